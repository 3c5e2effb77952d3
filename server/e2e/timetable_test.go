package e2e_test

import (
	"net/url"
	"strings"
	"testing"
)

const colleagueEmail = "kollega@direkt.example.org"

// inTimetable opens the timetable of the published first wave, and returns where it
// stands and a seminar of that week which may go elsewhere in it.
func inTimetable(t *testing.T, b *tab) (path, id string) {
	t.Helper()
	b.size(1280, 2400)
	for week := 2; ; week++ { // weeks of the second month, when most is going on
		path = "/timetable?view=week&week=2027-02-0" + string(rune('0'+week%8))
		b.visit(path)
		for _, id := range ask[[]string](b, `[...document.querySelectorAll("[data-seminar]:has(.grip)")].map(e => e.dataset.seminar)`) {
			b.visit(path + "&move=" + id)
			if ask[bool](b, `!!document.querySelector("td.can > .place") && !!document.querySelector("td.cannot > .why")`) {
				return path, id
			}
		}
		if week == 7 {
			t.Fatal("no seminar of the week may go anywhere else in it")
		}
	}
}

// placed is where a seminar stands in the table: its line, column and hour.
func (b *tab) placed(id string) string {
	b.t.Helper()
	return ask[string](b, placeOf(id))
}

func placeOf(id string) string {
	return `(() => { const card = document.querySelector("[data-seminar='` + id + `']"), td = card?.closest("td");
	return td ? [td.parentElement.dataset.line, td.cellIndex, card.querySelector(".clock").textContent].join(" ") : "nowhere"; })()`
}

// cellOf makes a selector of the n-th cell of a kind while a seminar is picked up.
func (b *tab) cellOf(kind string) string {
	b.t.Helper()
	return ask[string](b, `(() => { const td = document.querySelector("`+kind+`"); return "tr[data-line='" + td.parentElement.dataset.line + "'] > :nth-child(" + (td.cellIndex + 1) + ")"; })()`)
}

// Moving by the mouse: allowed places light up, others say why not, a drop moves;
// then one button takes it back, and one does it again.
func TestTimetableByMouse(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	publish(t, signIn(t, p, mailedLink(t, p, coordinatorEmail)))
	b.enter(p.links["coordinator"])
	path, id := inTimetable(t, b)
	allowed, refused := b.cellOf("tr:has(.week-item) td.can:has(> .place)"), b.cellOf("td.cannot:has(> .why)")
	b.expectAccessible("en a seminar picked up")
	b.visit(path)
	b.size(1280, 2400)
	was := b.placed(id)
	ask[bool](b, lift(id))
	b.await("the places light up", `document.querySelector("`+allowed+`").classList.contains("can")`)
	if why := ask[string](b, hover(refused)); why == "" {
		t.Error("a place that is not allowed does not say why while something hovers over it")
	}
	b.visit(path)
	b.drag("[data-seminar='"+id+"'] .grip", allowed)
	b.expectAt("/timetable")
	moved := b.placed(id)
	if moved == was {
		t.Errorf("dropped elsewhere, it still stands at %s", was)
	}
	b.press("form.step button[aria-keyshortcuts='Control+Z']")
	if now := b.placed(id); now != was {
		t.Errorf("undone, it stands at %s, want %s", now, was)
	}
	b.press("form.step button[aria-keyshortcuts='Control+Y']")
	if now := b.placed(id); now != moved {
		t.Errorf("redone, it stands at %s, want %s", now, moved)
	}
	b.expectNoViolations("en /timetable with steps to undo")
	b.visit("/timetable?view=month&by=leader&week=2027-02-01")
	b.expectAccessible("en the month by leader")
	b.settle("the timetable")
}

// lift begins to drag a card, and hover holds it over a cell, as the browser tells a page.
func lift(id string) string {
	return `document.querySelector("[data-seminar='` + id + `'] .grip").dispatchEvent(new DragEvent("dragstart", {bubbles: true, dataTransfer: new DataTransfer()}))`
}

func hover(cell string) string {
	return `(document.querySelector("` + cell + `").dispatchEvent(new DragEvent("dragover", {bubbles: true, cancelable: true, dataTransfer: new DataTransfer()})), document.getElementById("why").textContent)`
}

// The same with the keyboard alone: publish, pick up, choose a place, undo, lock, cancel.
func TestTimetableByKeyboard(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.visit("/waves/publish?wave=w1")
	b.tabTo("form[action='/waves/publish'] button")
	b.enterLoads()
	b.expectAt("/waves")
	if ask[bool](b, `!!document.querySelector("a[href='/waves/publish?wave=w1']")`) {
		t.Error("published by keyboard, the wave waits to be published")
	}
	path, id := inTimetable(t, b)
	b.visit(path)
	was := b.placed(id)
	pick := func() {
		b.tabTo("[data-seminar='" + id + "'] .pick")
		b.enterLoads()
	}
	pick()
	b.tabTo("td.can > .place")
	b.enterLoads()
	if b.placed(id) == was {
		t.Errorf("the place chosen by keyboard does nothing")
	}
	b.tabTo("form.step button")
	b.enterLoads()
	if now := b.placed(id); now != was {
		t.Errorf("undone, it stands at %s, want %s", now, was)
	}
	pick()
	b.tabTo("[data-tray] button[name=whole]")
	b.enterLoads()
	b.expectText(english(t, "timetable.locked"))
	pick()
	if ask[bool](b, `!!document.querySelector("td.can")`) {
		t.Error("what is locked may be moved")
	}
	b.tabTo("[data-tray] button[name=whole]")
	b.enterLoads()
	pick()
	b.tabTo("[data-tray] button[name=cancel]")
	b.enterLoads()
	if now := b.placed(id); now != "nowhere" {
		t.Errorf("cancelled, it stands at %s", now)
	}
}

// Two coordinators, each in a window of their own: the open page follows, and
// who is slower is told by whom and how the seminar was changed.
func TestTwoCoordinatorsChangeTheSameSeminar(t *testing.T) {
	t.Parallel()
	p := planned(t, "--coordinators", coordinatorEmail+","+colleagueEmail)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	publish(t, signIn(t, p, mailedLink(t, p, coordinatorEmail)))
	b.enter(p.links["coordinator"])
	path, id := inTimetable(t, b)
	to := ask[string](b, `document.querySelector("td.can > .place").value`)
	colleague := signIn(t, p, mailedLink(t, p, colleagueEmail))
	b.visit(path)
	was := b.placed(id)
	colleague.page("/seminars/" + id + "/change")
	if status, where := colleague.post("/seminars/"+id+"/move", url.Values{"to": {to}}); status != 303 {
		t.Fatalf("the colleague's move: %d to %s", status, where)
	}
	ask[bool](b, `document.dispatchEvent(new Event("visibilitychange")), true`)
	b.await("the open timetable shows it", placeOf(id)+" !== "+quoted(was))
	b.visit("/seminars/" + id + "/change")
	if status, where := colleague.post("/seminars/"+id+"/lock", url.Values{"place": {"1"}}); status != 303 {
		t.Fatalf("the colleague's lock: %d to %s", status, where)
	}
	b.press("form[action$='/cancel'] button")
	main := ask[string](b, "document.querySelector('main').innerText")
	for _, want := range []string{colleagueEmail, english(t, "news.first")} {
		if !strings.Contains(main, want) {
			t.Errorf("the slower one is not told %q:\n%s", want, main)
		}
	}
	b.expectNoViolations("en a conflict")
}
