package e2e_test

import (
	"strings"
	"testing"
	"time"
)

// unknownOutcome is how long the invite job leaves a message alone that it had
// begun to send when the program died: two minutes, and one until the cron runs.
const unknownOutcome = 4 * time.Minute

// A power cut in the middle of sending loses no message and doubles none. Mails
// are files named by the message's id, so a message that was out already and is
// sent again is the same file with the same bytes.
func TestEverySeatIsToldOnceThroughACrash(t *testing.T) {
	t.Parallel() // it waits most of the time
	p := planned(t)
	coordinator := signIn(t, p, p.links["coordinator"])
	announced := publish(t, coordinator)
	coordinator.page("/outbox")
	ran := make(chan error, 1)
	go func() {
		_, _, err := coordinator.tryPost("/outbox/run", nil)
		ran <- err
	}()
	eventually(t, patience, "some mails are out", func() bool { return files(t, p) > announced/10 })
	p.kill()
	if err := <-ran; err == nil {
		t.Fatalf("the job had ended before the program was killed: %d mails", files(t, p))
	}
	if sent := files(t, p); sent >= announced {
		t.Fatalf("all %d mails were out before the program was killed", sent)
	}
	p = p.again()
	runInvites(t, coordinator)
	eventually(t, unknownOutcome, "no message waits any more", func() bool {
		return !strings.Contains(coordinator.page("/outbox?state=queued"), `<tr role="row"><th role="rowheader"`)
	})
	expectOneLetterASeat(t, outbox(t, p), announced)
	if received := receipts(t, coordinator); received != announced {
		t.Errorf("%d messages are on record as written, want %d", received, announced)
	}
}

// receipts counts the messages that the outbox page lists as written to files.
func receipts(t *testing.T, v *visitor) (n int) {
	t.Helper()
	for page := "/outbox?state=file"; page != ""; {
		body := v.page(page)
		n += strings.Count(body, `<tr role="row"><th role="rowheader"`)
		page = nextPage(body)
	}
	return n
}
