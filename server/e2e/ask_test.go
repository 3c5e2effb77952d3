package e2e_test

import (
	"strings"
	"testing"
)

// A coordinator asks who else could lead a seminar, and takes the first answer.
func TestACoordinatorTakesAnotherLeader(t *testing.T) {
	t.Parallel()
	p := planned(t)
	publish(t, signIn(t, p, p.links["coordinator"]))
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(mailedLink(t, p, coordinatorEmail))
	b.visit("/seminars/S00040")
	b.press("main a[href$='options#leaders']")
	b.expectAt("/seminars/S00040/options")
	const first = "section[aria-labelledby='leaders'] li.choice"
	name := ask[string](b, "document.querySelector("+quoted(first+" h3")+").textContent")
	b.press(first + " button")
	b.expectAt("/seminars/S00040")
	if !ask[bool](b, "!!document.querySelector('main .callout.success')") {
		t.Error("the page does not say that the leader has changed")
	}
	if leads := ask[string](b, "document.querySelector('main dl.details').innerText"); !strings.Contains(leads, name) {
		t.Errorf("the seminar's page does not name %s: %s", name, leads)
	}
	b.visit("/seminars/S00040/options")
	b.expectAccessible("en /seminars/S00040/options")
	b.expectKeyboard("/seminars/S00040/options")
}

// A coordinator asks what would happen if a leader were away, follows an answer
// to a seminar and asks a person's questions from the person's page.
func TestACoordinatorAsksWhatIfAndWhy(t *testing.T) {
	t.Parallel()
	p := planned(t)
	publish(t, signIn(t, p, p.links["coordinator"]))
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(mailedLink(t, p, coordinatorEmail))
	b.visit("/plan")
	b.press("main a[href='/ask']")
	b.expectAt("/ask")
	b.expectAccessible("en /ask")
	b.expectKeyboard("/ask")
	before := ask[string](b, "fetch('/healthz').then(r => r.text())")
	b.fill("#person-to", "2027-12-31")
	b.press("form:has(#person) button")
	b.expectAt("/ask/what-if")
	if broken := ask[int](b, "document.querySelectorAll(\"section[aria-labelledby='broken'] li\").length"); broken == 0 {
		t.Error("nothing would break without the first leader for all the year")
	}
	if changes := ask[int](b, "document.querySelectorAll(\"section[aria-labelledby='mend'] li\").length"); changes == 0 {
		t.Error("no repair is told")
	}
	b.expectAccessible("en /ask/what-if")
	if after := ask[string](b, "fetch('/healthz').then(r => r.text())"); after != before {
		t.Errorf("asking has changed the programme from %s to %s", before, after)
	}
	b.visit("/people")
	b.press("main tbody a[href^='/people/']")
	b.press("main a[href^='/ask/person/']")
	if text := ask[string](b, "document.querySelector('main').innerText"); !strings.Contains(text, english(t, "ask.seats")) {
		t.Errorf("the person's seats are not explained: %s", text)
	}
	b.expectAccessible("en /ask/person, come to by the person's page")
}
