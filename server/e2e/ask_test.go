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
