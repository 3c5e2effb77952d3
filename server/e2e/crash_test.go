package e2e_test

import (
	"strings"
	"testing"
	"time"
)

// unknownOutcome is how long the invite job leaves a message alone that it had
// begun to send when the program died: two minutes, and one until the cron runs.
const unknownOutcome = 4 * time.Minute

// crashes is how often the program dies while it sends: enough for one to fall
// between a mail and the record that it is out.
const crashes = 6

// A power cut in the middle of sending loses no message and doubles none. Mails
// are files named by the message's id, so a message that was out already and is
// sent again is the same file with the same bytes.
func TestEverySeatIsToldOnceThroughCrashes(t *testing.T) {
	t.Parallel() // it waits most of the time
	p := planned(t)
	coordinator := signIn(t, p, p.links["coordinator"])
	announced := publish(t, coordinator)
	for n := 1; n <= crashes; n++ {
		killWhileSending(t, p, coordinator, announced*n/(crashes+1))
		if sent := files(t, p); sent >= announced {
			t.Fatalf("all %d mails were out before the program was killed", sent)
		}
		p = p.again()
	}
	runInvites(t, coordinator)
	t.Logf("%d of %d messages are on record after %d crashes", receipts(t, coordinator), announced, crashes)
	eventually(t, unknownOutcome, "no message waits any more", func() bool {
		return strings.Count(coordinator.page("/outbox?state=queued"), messageRow) == 0
	})
	expectOneLetterASeat(t, outbox(t, p), announced)
	runInvites(t, coordinator)
	if recorded, written := receipts(t, coordinator), files(t, p); recorded != announced || written != announced {
		t.Errorf("%d messages on record and %d files, want %d of each", recorded, written, announced)
	}
}

// killWhileSending runs the invite job and kills the program when so many mails are out.
func killWhileSending(t *testing.T, p *program, v *visitor, mails int) {
	t.Helper()
	v.page("/outbox")
	ran := make(chan error, 1)
	go func() {
		_, _, err := v.tryPost("/outbox/run", nil)
		ran <- err
	}()
	eventually(t, patience, "some mails are out", func() bool { return files(t, p) > mails })
	p.kill()
	if err := <-ran; err == nil {
		t.Fatalf("the job had ended before the program was killed: %d mails", files(t, p))
	}
}

// receipts counts the messages that the outbox page lists as written to files.
func receipts(t *testing.T, v *visitor) (n int) {
	t.Helper()
	for page := "/outbox?state=file"; page != ""; {
		body := v.page(page)
		n += strings.Count(body, messageRow)
		page = nextPage(body)
	}
	return n
}

const messageRow = `<tr role="row"><th role="rowheader"`
