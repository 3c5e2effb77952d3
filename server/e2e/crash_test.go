package e2e_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// crashes is how often the program dies while it sends: enough for one to fall
// between a mail and the record that it is out.
const crashes = 6

// A power cut in the middle of sending loses no message and doubles none. Mails
// are files named by the message's id, so a message that was out already and is
// sent again is the same file with the same bytes.
func TestEverySeatIsToldOnceThroughCrashes(t *testing.T) {
	t.Parallel()
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
	eventually(t, patience, "no message waits any more", func() bool {
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
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		// No answer when the program is killed, an early one when the cron has started the job.
		_, _, _ = v.tryPost("/outbox/run", nil)
	}()
	eventually(t, patience, "some mails are out", func() bool { return files(t, p) > mails })
	p.kill()
	<-answered
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

// Pages that follow a run hold a connection open; they must not hold up the end.
func TestStopsWhileSomebodyWatchesARun(t *testing.T) {
	t.Parallel()
	p := planned(t)
	v := signIn(t, p, p.links["coordinator"])
	v.page("/plan")
	before := revision(v)
	if status, where := v.post("/plan/start", url.Values{"seconds": {"600"}}); status != http.StatusSeeOther {
		t.Fatalf("starting a run: status %d, led to %q", status, where)
	}
	stream, err := v.client.Get(v.base + "/plan/events")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	first := make([]byte, len("event: progress"))
	if _, err := io.ReadFull(stream.Body, first); err != nil || string(first) != "event: progress" {
		t.Fatalf("the stream begins with %q, %v", first, err)
	}
	if code := p.stop(); code != 0 {
		t.Errorf("exit code %d after SIGTERM during a run, want 0:\n%s", code, p.log)
	}
	p.again()
	if now := revision(v); now != before {
		t.Errorf("after a run that was broken off the journal is at %q, want it as before: %s", now, before)
	}
}
