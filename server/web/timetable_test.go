package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kaskad/model"
	"kaskad/server/auth"
)

func init() {
	access["GET /timetable"], access["GET /timetable/shift"], access["POST /timetable/shift"] = "coordinator", "coordinator", "coordinator"
}

func TestTimetableShowsTheWeekByAnything(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for by, label := range map[string]string{"venue": "Salen", "leader": "Namn lenason", "area": "Göteborg", "module": "Etik", "nonsense": "Salen"} {
		page := v.get("/timetable?week=2027-02-03&by=" + by)
		if page.status != http.StatusOK || !strings.Contains(page.body, `href="/seminars/`+s.named("d2")+`"`) || !strings.Contains(words(page.body), label) {
			t.Errorf("by %s the page answers %d without %s:\n%s", by, page.status, label, words(page.body))
		}
		if strings.Contains(page.body, s.named("d3")) {
			t.Errorf("by %s it shows next week's seminar", by)
		}
	}
	if page := v.get("/timetable"); !strings.Contains(page.body, s.named("d1")) {
		t.Error("without a week it does not show the week of the next seminar")
	}
	for _, odd := range []string{"0000-00-00", "99999-01-01", "%00"} {
		if page := v.get("/timetable?week=" + odd); page.status != http.StatusOK {
			t.Errorf("week %s: %d", odd, page.status)
		}
	}
}

func TestShiftingAWeekFromItsPageDoesWhatWasShownAndIsUndone(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	page := v.get("/timetable/shift?week=2027-02-08&weeks=-2").body
	if !strings.Contains(page, "<h2 id=\"stuck\"") {
		t.Errorf("nothing stands in the way of two weeks earlier:\n%s", words(page))
	}
	page = v.get("/timetable/shift?week=2027-02-08&weeks=1").body
	moves := regexp.MustCompile(`name="move" value="([^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(moves) != 2 {
		t.Fatalf("%d moves offered, want the two of that week:\n%s", len(moves), words(page))
	}
	v.expect(v.submit("/timetable/shift", url.Values{"move": {moves[0][1], moves[1][1]}, "back": {"https://elsewhere.example.org"}}), http.StatusSeeOther)
	if got := s.service.State().Seminars[s.named("d3")].Slot; got != "2027-02-17" {
		t.Errorf("moved to %s", got)
	}
	edits := s.service.State().Edits
	v.expect(v.submit("/changes/undo", url.Values{"edit": {edits[len(edits)-1].ID}}), http.StatusSeeOther)
	if got := s.service.State().Seminars[s.named("d3")].Slot; got != "2027-02-10" {
		t.Errorf("undone, it is at %s", got)
	}
	v.expect(v.submit("/timetable/shift", url.Values{"move": {s.named("d3") + "=nowhere"}}), http.StatusSeeOther)
	if got := s.service.State().Seminars[s.named("d3")].Slot; got != "2027-02-10" {
		t.Errorf("moved nowhere, it is at %s", got)
	}
}

// boss is the other coordinator, who signs in by address.
var boss = auth.User{Person: auth.Secret{1}.Pseudonym("Boss@kaskad.example.org"), Role: model.Coordinator}

// A seminar picked up: the page says where it may go and why not elsewhere; what
// is chosen is done, and undone and redone with one button each.
func TestASeminarIsPickedUpAndPutDownInTheTimetable(t *testing.T) {
	s := sound(t)
	v := s.signedIn(coordinator)
	id := s.named("e1")
	s.do(model.Record{Circumstance: model.Circumstance{Kind: model.PersonAway, Person: "anna",
		From: s.service.State().Roster.Slots["2027-02-05"].Start, To: s.service.State().Roster.Slots["2027-02-05"].End}})
	address := "/timetable?week=2027-02-03&move=" + id
	page := v.expect(v.get(address), http.StatusOK).body
	for _, want := range []string{`name="to" value="slot=2027-02-04"`, `name="to" value="slot=2027-02-04&amp;venue=barn"`, "Namn annason is away then.", english(t, "timetable.here")} {
		if !strings.Contains(page, want) {
			t.Errorf("picked up, the page lacks %q:\n%s", want, words(page))
		}
	}
	if strings.Contains(page, `value="slot=2027-02-05"`) {
		t.Error("a time when somebody is away is offered")
	}
	back := "/timetable?by=venue&week=2027-02-03"
	v.expectBack(v.submit("/seminars/"+id+"/move", url.Values{"to": {"slot=2027-02-04&venue=barn"}, "back": {back}}), back)
	x := func() *model.PublishedSeminar { return s.service.State().Seminars[id] }
	if x().Slot != "2027-02-04" || x().Venue != "barn" {
		t.Errorf("moved to %s at %s", x().Slot, x().Venue)
	}
	for _, slot := range []string{"2027-02-03", "2027-02-04"} { // undone, then redone
		step := regexp.MustCompile(`name="edit" value="([^"]+)"`).FindStringSubmatch(v.get(back).body)
		v.expectBack(v.submit("/changes/undo", url.Values{"edit": {step[1]}, "back": {back}}), back)
		if x().Slot != slot {
			t.Errorf("after %s it is at %s, want %s", step[1], x().Slot, slot)
		}
	}
	v.expectBack(v.submit("/seminars/"+id+"/move", url.Values{"to": {"leader=shadow&leader="}, "back": {back}}), back)
	v.expectBack(v.submit("/seminars/"+id+"/lock", url.Values{"whole": {"lock"}, "back": {back}}), back)
	if l := s.service.State().Locks[id]; x().Leaders[0] != "shadow" || !l.Time || !l.Place || !l.Leaders {
		t.Errorf("led by %v, locked %+v", x().Leaders, l)
	}
	if page := v.get(address).body; !strings.Contains(page, english(t, "timetable.unlock")) || strings.Contains(page, `name="to"`) {
		t.Errorf("locked, it can still be moved:\n%s", words(page))
	}
}

func TestThePickedUpSeminarIsShownByEveryLine(t *testing.T) {
	s := sound(t)
	v := s.signedIn(coordinator)
	for by, want := range map[string]string{"leader": `leader=shadow`, "area": `value="slot=2027-02-04"`, "module": `value="slot=2027-02-04"`} {
		for _, view := range []string{"week", "month"} {
			page := v.expect(v.get("/timetable?week=2027-02-03&by="+by+"&view="+view+"&move="+s.named("e1")), http.StatusOK).body
			if view == "week" && !strings.Contains(page, want) {
				t.Errorf("by %s the page lacks %s:\n%s", by, want, words(page))
			}
			if view == "month" && (!strings.Contains(page, `name="to"`) || by == "module" && !strings.Contains(page, english(t, "timetable.other-module"))) {
				t.Errorf("by %s the month is:\n%s", by, words(page))
			}
		}
	}
	if page := v.expect(v.get("/timetable?move=none"), http.StatusOK).body; !strings.Contains(page, english(t, "timetable.gone")) {
		t.Errorf("what is gone can be moved:\n%s", words(page))
	}
}

// Two coordinators, one seminar: the slower one is told by whom and how it was
// changed, and does it all the same only by sending it once more.
func TestWhoIsSlowerIsToldWhatTheOtherChanged(t *testing.T) {
	s := sound(t)
	slow, quick := s.signedIn(coordinator), s.signedIn(boss)
	id := s.named("e1")
	seen := seenOf(slow.get("/seminars/" + id + "/change").body)
	quick.expect(quick.submit("/seminars/"+id+"/move", url.Values{"venue": {"barn"}}), http.StatusSeeOther)
	a := slow.submit("/seminars/"+id+"/move", url.Values{"slot": {"2027-02-04"}, "seen": {seen}})
	if a.status != http.StatusConflict || !strings.Contains(a.body, "Boss@kaskad.example.org") || !strings.Contains(a.body, "changed venue from Salen to Ladan") {
		t.Errorf("the slower one reads (%d):\n%s", a.status, words(a.body))
	}
	if x := s.service.State().Seminars[id]; x.Slot != "2027-02-03" {
		t.Errorf("it was moved to %s unseen", x.Slot)
	}
	slow.expect(slow.submit("/seminars/"+id+"/move", url.Values{"slot": {"2027-02-04"}, "seen": {seenOf(a.body)}}), http.StatusSeeOther)
	if x := s.service.State().Seminars[id]; x.Slot != "2027-02-04" || x.Venue != "barn" {
		t.Errorf("in the end it is %s at %s", x.Slot, x.Venue)
	}
	news := slow.get("/revision?page=" + seen).body
	if !strings.Contains(news, "Boss@kaskad.example.org: ") || !strings.Contains(news, "New venue: Ladan, instead of Salen.") || strings.Contains(news, "2027-02-04") {
		t.Errorf("the open page is told:\n%s", news)
	}
}

func (v *visitor) expectBack(a answer, page string) {
	v.site.t.Helper()
	if a.status != http.StatusSeeOther || a.header.Get("Location") != page {
		v.site.t.Fatalf("it leads to %q (%d), want %q", a.header.Get("Location"), a.status, page)
	}
}

func seenOf(page string) string {
	return regexp.MustCompile(`name="seen" value="(\d+)"`).FindStringSubmatch(page)[1]
}
