package e2e_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// enter uses a one-time link in a tab, as a person does: open it, press the button.
func (b *tab) enter(link string) {
	b.t.Helper()
	b.language("en")
	b.visit(strings.TrimPrefix(link, b.base))
	b.press("main form button")
}

// expectAt checks which page the tab has come to.
func (b *tab) expectAt(path string) {
	b.t.Helper()
	u, err := url.Parse(b.where())
	if err != nil {
		b.t.Fatal(err)
	}
	if u.Path != path {
		b.t.Fatalf("came to %s, want %s: %s", u.Path, path, ask[string](b, "document.querySelector('main').innerText"))
	}
	b.settle(path)
}

func TestWalkOfACoordinator(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.expectAt("/overview")
	runPlanner(t, b)
	b.press("nav.nav a[href='/waves']")
	b.expectAt("/waves")
	b.press("a[href='/waves/publish?wave=w1']")
	b.expectAt("/waves/publish")
	b.press("main form button")
	b.expectAt("/waves")
	if !ask[bool](b, "!!document.querySelector('main .callout.success')") {
		t.Error("the page does not say that the wave is published")
	}
	if ask[bool](b, "!!document.querySelector(\"a[href='/waves/publish?wave=w1']\")") {
		t.Error("the published wave is offered for publishing once more")
	}
	b.back()
	b.expectAt("/waves/publish")
	if !strings.Contains(ask[string](b, "document.querySelector('main').innerText"), english(t, "publish.nothing.title")) {
		t.Error("going back after publishing offers to publish the same once more")
	}
	b.press("form.signed-in button")
	b.expectAt("/sign-in")
	b.visit("/overview")
	b.expectAt("/sign-in")
}

// runPlanner starts a run, sees its figures move without a reload, stops it and takes its plan.
func runPlanner(t *testing.T, b *tab) {
	t.Helper()
	b.press("nav.nav a[href='/plan']")
	b.expectAt("/plan")
	b.fill("#seconds", "120")
	b.press("form.start-form button")
	b.expectAt("/plan")
	ask[bool](b, "window.untouched = true")
	const clock = "document.querySelector('#progress .clock')?.textContent"
	before := ask[string](b, clock)
	b.await("the clock of the run moves", clock+" !== "+quoted(before))
	if !ask[bool](b, "window.untouched === true") {
		t.Error("the page was loaded again; progress should come over the event stream")
	}
	b.press("form[action='/plan/stop'] button")
	b.expectAt("/plan")
	b.press("form[action='/plan/use'] button")
	b.expectAt("/plan")
	if ask[bool](b, "!!document.querySelector(\"form[action='/plan/use']\")") {
		t.Error("a plan that is in use is still offered for use")
	}
}

// quoted is a text as a script writes it.
func quoted(s string) string { return strconv.Quote(s) }

func TestWalkOfAStaffMember(t *testing.T) {
	t.Parallel()
	p := planned(t)
	publish(t, signIn(t, p, p.links["coordinator"]))
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["staff member"])
	b.expectAt("/my")
	shown := ask[int](b, "document.querySelectorAll('.agenda .card').length")
	if shown < 4 {
		t.Errorf("the own page shows %d seminars, want one for each of the four modules", shown)
	}
	b.visit("/my/calendar")
	b.do("choose both", chromedp.Click(chromedp.CSS("input[value=both]")))
	b.press("form.form button[type=submit]")
	address := ask[string](b, "document.querySelector('#calendar-address').value")
	if got := strings.Count(ask[string](b, "fetch("+quoted(address)+").then(r => r.text())"), "BEGIN:VEVENT"); got != shown {
		t.Errorf("the calendar at %s has %d events, the page shows %d seminars", address, got, shown)
	}
	if webcal := ask[string](b, "document.querySelector('.calendar-card a.primary').getAttribute('href')"); strings.TrimPrefix(webcal, "webcal:") != strings.TrimPrefix(address, "http:") {
		t.Errorf("the subscribe button leads to %s, the address is %s", webcal, address)
	}
	if status := b.visit("/overview"); status != http.StatusForbidden {
		t.Errorf("a staff member gets status %d for the overview, want 403", status)
	}
}

func TestWalkOfALeader(t *testing.T) {
	t.Parallel()
	p := planned(t)
	coordinator := signIn(t, p, p.links["coordinator"])
	publish(t, coordinator)
	runInvites(t, coordinator)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	invitation := someLeaders(t, byFile(outbox(t, p)))
	b.enter(mailedLink(t, p, invitation.to))
	b.expectAt("/my")
	const handBacks = "document.querySelectorAll(\"form[action='/my/hand-back']\").length"
	leads := ask[int](b, handBacks)
	handBack := "li.card:has(time[datetime^='" + invitation.start(t) + "']) form[action='/my/hand-back']"
	seminar := ask[string](b, "document.querySelector("+quoted(handBack+" [name=seminar]")+").value")
	b.press(handBack + " button")
	b.expectAt("/my")
	if left := ask[int](b, handBacks); left != leads-1 {
		t.Errorf("leads %d seminars after handing one of %d back", left, leads)
	}
	claim := "form[action='/my/claim']:has([value='" + seminar + "']) button"
	if !ask[bool](b, "!!document.querySelector("+quoted(claim)+")") {
		t.Fatalf("the seminar handed back is not offered: %s", ask[string](b, "document.querySelector('main').innerText"))
	}
	b.press(claim)
	b.expectAt("/my")
	if now := ask[int](b, handBacks); now != leads {
		t.Errorf("leads %d seminars after claiming one back, want %d", now, leads)
	}
}
