package e2e_test

import (
	"html"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// planned starts a program that has its first plan.
func planned(t *testing.T, args ...string) *program {
	t.Helper()
	first.once.Do(func() { first.plan(t) })
	if !first.ready {
		t.Fatal("the first program did not come to a plan")
	}
	data := t.TempDir()
	if err := os.CopyFS(data, os.DirFS(first.data)); err != nil {
		t.Fatal(err)
	}
	return serve(t, data, args...)
}

// first is the data folder of a program that has planned and stopped. Planning
// again for every test would cost more than most of them.
var first firstPlan

type firstPlan struct {
	once  sync.Once
	data  string // made by TestMain
	ready bool
}

func (f *firstPlan) plan(t *testing.T) {
	p := serve(t, f.data)
	awaitFirstPlan(t, p)
	if code := p.stop(); code != 0 {
		t.Fatalf("exit code %d after SIGTERM, want 0:\n%s", code, p.log)
	}
	f.ready = true
}

// awaitFirstPlan waits for the journal's third entry, after the programme and its kinds of activities.
func awaitFirstPlan(t *testing.T, p *program) {
	t.Helper()
	anyone := newVisitor(t, p)
	eventually(t, patience, "the demonstration is planned", func() bool { return revision(anyone) == "ok 3" })
}

// publish publishes the first wave and returns how many mails its page announced.
func publish(t *testing.T, v *visitor) (mails int) {
	t.Helper()
	page := v.page("/waves/publish?wave=w1")
	mails = figure(t, page, "publish.mails")
	if mails < 100 {
		t.Fatalf("the page announces %d mails, want the hundreds of seats of a wave", mails)
	}
	status, where := v.post("/waves/publish?wave=w1", hidden(page, "revision"))
	if status != http.StatusSeeOther || where != "/waves" {
		t.Fatalf("publishing: status %d, led to %q; want 303 to /waves", status, where)
	}
	if kind, sentence := v.flash("/waves"); kind != "success" {
		t.Fatalf("publishing ended in %s: %s", kind, sentence)
	}
	return mails
}

// hidden takes hidden fields out of a page's forms, to be sent back.
func hidden(page string, names ...string) url.Values {
	form := url.Values{}
	for _, name := range names {
		if m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page); m != nil {
			form.Set(name, m[1])
		}
	}
	return form
}

// runInvites runs the invite job to its end; the cron may be running it just now.
func runInvites(t *testing.T, v *visitor) {
	t.Helper()
	eventually(t, patience, "the invite job has run", func() bool {
		v.page("/outbox")
		if status, where := v.post("/outbox/run", nil); status != http.StatusSeeOther {
			t.Fatalf("running the invite job: status %d, led to %q", status, where)
		}
		kind, _ := v.flash("/outbox")
		return kind == "success"
	})
}

// revision is the number of the journal's last entry.
func revision(v *visitor) string { return strings.TrimSpace(v.page("/healthz")) }

func TestEverySeatIsToldOnce(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	awaitFirstPlan(t, p)
	coordinator := signIn(t, p, p.links["coordinator"])
	announced := publish(t, coordinator)
	if seats := publishedSeats(t, coordinator); seats != announced {
		t.Errorf("the publish page announced %d mails; the seminars' pages show %d seats of people who may be mailed", announced, seats)
	}
	runInvites(t, coordinator)
	expectOneLetterASeat(t, outbox(t, p), announced)
	runInvites(t, coordinator)
	if n := files(t, p); n != announced {
		t.Errorf("running the job again made %d mails of %d", n, announced)
	}
	t.Run("restart", func(t *testing.T) { expectNothingNewAfterRestart(t, p, coordinator, announced) })
}

// publishedSeats counts the seats of the published wave, attending and leading,
// of people whose identity is not protected, from the pages of its seminars.
func publishedSeats(t *testing.T, v *visitor) (seats int) {
	t.Helper()
	protected := english(t, "seminar.protected")
	for _, id := range seminarIDs(t, v, "/seminars?wave=w1") {
		page := v.page("/seminars/" + id)
		seats += strings.Count(page, `<tr><th scope="row">`) - strings.Count(page, `<tr><th scope="row"><span class="note">`+protected)
		m := regexp.MustCompile(`(?s)<dt>` + english(t, "seminar.leaders") + `</dt><dd>(.*?)</dd>`).FindStringSubmatch(page)
		if m == nil {
			t.Fatalf("seminar %s names no leaders", id)
		}
		for leader := range strings.SplitSeq(strings.TrimSuffix(m[1], "<br>"), "<br>") {
			if leader != english(t, "person.protected") {
				seats++
			}
		}
	}
	return seats
}

func seminarIDs(t *testing.T, v *visitor, list string) []string {
	t.Helper()
	found := map[string]bool{}
	for list != "" {
		page := v.page(list)
		for _, m := range regexp.MustCompile(`href="/seminars/([^"?]+)"`).FindAllStringSubmatch(page, -1) {
			found[m[1]] = true
		}
		list = nextPage(page)
	}
	var ids []string
	for id := range found {
		ids = append(ids, id)
	}
	return ids
}

var nextLink = regexp.MustCompile(`href="([^"]+)" rel="next"`)

// nextPage is where a list goes on, "" at its end.
func nextPage(page string) string {
	if m := nextLink.FindStringSubmatch(page); m != nil {
		return html.UnescapeString(m[1])
	}
	return ""
}

func expectOneLetterASeat(t *testing.T, letters []letter, want int) {
	t.Helper()
	if len(letters) != want {
		t.Errorf("%d mails, want the %d announced", len(letters), want)
	}
	uids := map[string]string{}
	for _, l := range letters {
		if l.method != "REQUEST" || l.event["METHOD"] != "REQUEST" {
			t.Errorf("%s: method %q in the mail and %q in the calendar, want REQUEST", l.file, l.method, l.event["METHOD"])
		}
		if other := uids[l.uid()]; other != "" || l.uid() == "" {
			t.Errorf("%s: UID %q is also in %q", l.file, l.uid(), other)
		}
		uids[l.uid()] = l.file
		if attendee := l.event["ATTENDEE"]; !strings.EqualFold(attendee, "mailto:"+l.to) {
			t.Errorf("%s: sent to %s, but invites %s", l.file, l.to, attendee)
		}
	}
}

func expectNothingNewAfterRestart(t *testing.T, p *program, coordinator *visitor, mails int) {
	staff := signIn(t, p, p.links["staff member"])
	before := feedOf(t, staff)
	atRevision := revision(coordinator)
	if code := p.stop(); code != 0 {
		t.Errorf("exit code %d after SIGTERM, want 0:\n%s", code, p.log)
	}
	p = p.again()
	if now := revision(coordinator); now != atRevision {
		t.Errorf("after the restart at revision %q, before it %q", now, atRevision)
	}
	after := feedOf(t, staff)
	if after.etag != before.etag || after.body != before.body {
		t.Errorf("the feed changed over a restart: ETag %s, was %s", after.etag, before.etag)
	}
	if page := coordinator.page("/waves/publish?wave=w1"); !strings.Contains(page, english(t, "publish.nothing.title")) {
		t.Error("the published wave is to be published once more after the restart")
	}
	runInvites(t, coordinator)
	if n := files(t, p); n != mails {
		t.Errorf("%d mails after the restart, %d before", n, mails)
	}
}

func TestFeedShowsTheSeatsOfTheOwnPage(t *testing.T) {
	t.Parallel()
	p := planned(t)
	coordinator := signIn(t, p, p.links["coordinator"])
	staff := signIn(t, p, p.links["staff member"])
	expectCalendar(t, feedOf(t, staff), nil)
	publish(t, coordinator)
	want := ownPage(t, staff)
	if len(want) < 4 {
		t.Fatalf("the own page shows %d seminars, want a place in each of the four modules: %v", len(want), want)
	}
	feed := feedOf(t, staff)
	expectCalendar(t, feed, want)
	resp, body := staff.get(feed.path, "If-None-Match", feed.etag)
	if resp.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("asked with its own ETag the feed answers %d and %d bytes, want 304 and none", resp.StatusCode, len(body))
	}
	if resp, _ := staff.get("/cal/" + strings.Repeat("A", 43) + ".ics"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("an address nobody has answers %d, want 404", resp.StatusCode)
	}
}

type feed struct{ path, etag, body string }

// feedOf subscribes, beside the invitations, and fetches the calendar whose
// address the own page then shows.
func feedOf(t *testing.T, v *visitor) feed {
	t.Helper()
	v.page("/my/calendar")
	if status, where := v.post("/my/calendar", url.Values{"channel": {"both"}, "alarm": {"15"}}); status != http.StatusSeeOther || where != "/my/calendar" {
		t.Fatalf("choosing to subscribe: status %d, led to %q", status, where)
	}
	m := regexp.MustCompile(`value="` + regexp.QuoteMeta(v.base) + `(/cal/[^"]+\.ics)"`).FindStringSubmatch(v.page("/my"))
	if m == nil {
		t.Fatal("the own page shows no calendar address")
	}
	resp, body := (&visitor{t: t, base: v.base, client: &http.Client{Timeout: patience}}).get(m[1])
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("the calendar answers %d", resp.StatusCode)
	}
	return feed{m[1], resp.Header.Get("ETag"), body}
}

// expectCalendar reads a feed with every calendar program of this machine.
func expectCalendar(t *testing.T, f feed, want []appointment) {
	t.Helper()
	for name, read := range map[string]func(*testing.T, string) ([]appointment, bool){"khal": byKhal, "python-icalendar": byPython} {
		if got, ok := read(t, f.body); ok && !slices.Equal(got, want) {
			t.Errorf("%s reads %v from the calendar; the own page shows %v", name, got, want)
		}
	}
}

// ownPage are the seminars to come that the own page shows, attending and leading.
func ownPage(t *testing.T, v *visitor) []appointment {
	t.Helper()
	page, _, _ := strings.Cut(v.page("/my"), `aria-labelledby="open"`)
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	var list []appointment
	for _, m := range regexp.MustCompile(`(?s)<h4>(.*?)</h4>.*?<time datetime="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		at, err := time.Parse(time.RFC3339, html.UnescapeString(m[2]))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, appointment{at.In(zone).Format(wallClock), text(m[1])})
	}
	return sorted(list)
}
