package e2e_test

import (
	"net/url"
	"strings"
	"testing"
)

// A leader falls ill: the coordinator records it, sees what it breaks, looks at
// the solution and publishes it, and nobody else notices.
func TestWalkThroughAnIllness(t *testing.T) {
	t.Parallel()
	p := planned(t)
	publish(t, signIn(t, p, mailedLink(t, p, coordinatorEmail)))
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.visit("/changes")
	b.expectAt("/changes")
	if ask[bool](b, proposes) {
		t.Errorf("nothing has happened, and something is to be mended: %s", ask[string](b, mainText))
	}
	address, leader, day := someSeminar(b)
	b.visit("/changes/event?kind=person-away")
	b.expectAt("/changes/event")
	b.fill("#who", leader)
	b.fill("#from", day)
	b.fill("#to", day)
	b.press(".event-form button")
	b.expectAt("/changes")
	if text := ask[string](b, mainText); !strings.Contains(text, "The leader "+leader+" is away.") {
		t.Errorf("the page does not say what %s's illness breaks: %s", leader, text)
	}
	b.press("a[href='/changes/proposal']")
	b.expectAt("/changes/proposal")
	if text := ask[string](b, mainText); !strings.Contains(text, "instead of "+leader) {
		t.Errorf("the solution does not replace %s: %s", leader, text)
	}
	b.press(".confirm form button")
	b.expectAt("/changes")
	if ask[bool](b, proposes) {
		t.Errorf("there is something to mend still: %s", ask[string](b, mainText))
	}
	b.visit(address)
	if text := ask[string](b, "document.querySelector('[aria-labelledby=facts]').innerText"); strings.Contains(text, leader) || !strings.Contains(text, english(t, "seminar.leaders")) {
		t.Errorf("after the solution the seminar says: %s", text)
	}
	b.visit(address + "/change")
	ask[bool](b, "document.querySelector('#lock-time').click(), true")
	b.press("form[action$='/lock'] button")
	b.expectAt(address + "/change")
	if !ask[bool](b, "document.querySelector('#lock-time').checked && !document.querySelector('#lock-place').checked") {
		t.Error("the time is not locked after locking it")
	}
	b.visit("/timetable?week=" + day)
	if text := ask[string](b, mainText); !strings.Contains(text, english(t, "timetable.locked")) {
		t.Errorf("the timetable does not show the lock: %s", text)
	}
}

// An activity is made, shown and cancelled from its pages.
func TestWalkThroughAnActivity(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.visit("/activities")
	b.press("a[href='/activities/new']")
	b.fill("#type", "mentor")
	b.fill("#name", "Mentors of the north")
	b.fill("#date", "2027-03-22")
	b.fill("#count", "3")
	b.press("main form button.primary")
	b.expectAt("/activities")
	b.press("main tbody a")
	if n := ask[int](b, "document.querySelectorAll('[aria-labelledby=times] li').length"); n != 3 {
		t.Errorf("the activity shows %d times, want 3", n)
	}
	b.press("form[action$='/cancel'] button")
	if text := ask[string](b, mainText); !strings.Contains(text, english(t, "activities.cancelled")) {
		t.Errorf("the activity is not shown as cancelled: %s", text)
	}
	b.visit("/hours")
	b.expectAt("/hours")
}

const (
	mainText = "document.querySelector('main').innerText"
	proposes = "!!document.querySelector(\"a[href='/changes/proposal']\")"
)

// someSeminar is the last seminar of the list that somebody leads: its address, leader and day.
func someSeminar(b *tab) (address, leader, day string) {
	b.t.Helper()
	b.visit("/seminars?wave=w1")
	const row = "[...document.querySelectorAll('tbody tr')].findLast(r => r.querySelector('.badge.state-published') && !r.querySelector('.badge.warning'))"
	leader = strings.TrimSpace(ask[string](b, row+".querySelectorAll('td')[2].innerText"))
	day = ask[string](b, row+".querySelector('time').getAttribute('datetime').slice(0, 10)")
	link := ask[string](b, row+".querySelector('a').href")
	u, err := url.Parse(link)
	if err != nil {
		b.t.Fatal(err)
	}
	return u.Path, leader, day
}
