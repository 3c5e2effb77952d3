package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kaskad/model"
)

func TestASeminarIsChangedByHand(t *testing.T) {
	for name, c := range map[string]struct {
		path string
		form url.Values
		done func(s *site, x *model.PublishedSeminar) bool
	}{
		"move":    {"move", url.Values{"slot": {"2027-02-04"}, "venue": {"barn"}}, func(_ *site, x *model.PublishedSeminar) bool { return x.Slot == "2027-02-04" && x.Venue == "barn" }},
		"leaders": {"leaders", url.Values{"leader": {"shadow"}}, func(_ *site, x *model.PublishedSeminar) bool { return x.Leaders[0] == "shadow" }},
		"nobody":  {"leaders", url.Values{"leader": {""}}, func(_ *site, x *model.PublishedSeminar) bool { return len(x.Leaders) == 0 }},
		"cancel":  {"cancel", nil, func(_ *site, x *model.PublishedSeminar) bool { return x.Cancelled }},
		"lock": {"lock", url.Values{"time": {"1"}, "lead": {"1"}, "seat": {"bo"}}, func(s *site, x *model.PublishedSeminar) bool {
			l := s.service.State().Locks[x.ID]
			return l.Time && l.Leaders && !l.Place && len(l.People) == 1
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := sound(t)
			v := s.signedIn(coordinator)
			id := s.named("e1")
			a := v.get("/seminars/" + id + "/change")
			if a.status != http.StatusOK || !strings.Contains(a.body, "/seminars/"+id+"/"+c.path) {
				t.Fatalf("the form = %d: %s", a.status, words(a.body))
			}
			v.expect(v.submit("/seminars/"+id+"/"+c.path, c.form), http.StatusSeeOther)
			if x := s.service.State().Seminars[id]; !c.done(s, x) {
				t.Errorf("it is %+v", x)
			}
			v.expect(v.submit("/changes/undo", url.Values{"edit": {s.lastStep()}}), http.StatusSeeOther)
			if x := s.service.State().Seminars[id]; c.done(s, x) {
				t.Errorf("undone, it is %+v", x)
			}
		})
	}
}

func TestAChangeByHandIsRefusedWithEveryReason(t *testing.T) {
	s := sound(t)
	v := s.signedIn(coordinator)
	id := s.named("e1")
	s.do(model.Record{Circumstance: model.Circumstance{Kind: model.PersonAway, Person: "anna",
		From: s.service.State().Roster.Slots["2027-02-04"].Start, To: s.service.State().Roster.Slots["2027-02-04"].End}})
	s.do(model.Record{Circumstance: model.Circumstance{Kind: model.VenueClosed, Venue: "barn",
		From: s.service.State().Roster.Slots["2027-02-04"].Start, To: s.service.State().Roster.Slots["2027-02-04"].End}})
	a := v.submit("/seminars/"+id+"/move", url.Values{"slot": {"2027-02-04"}, "venue": {"barn"}})
	if a.status != http.StatusConflict || !strings.Contains(a.body, "Namn annason is away then.") || !strings.Contains(a.body, "Ladan is closed then.") {
		t.Errorf("moved onto two obstacles = %d: %s", a.status, words(a.body))
	}
	s.do(model.SetLock{Seminar: id, Lock: model.Lock{Time: true}})
	if a := v.submit("/seminars/"+id+"/cancel", nil); a.status != http.StatusConflict || !strings.Contains(a.body, "Unlock it first") {
		t.Errorf("cancelled though locked = %d: %s", a.status, words(a.body))
	}
	if a := v.get("/seminars/none/change"); a.status != http.StatusNotFound {
		t.Errorf("no seminar = %d", a.status)
	}
	if a := v.submit("/seminars/"+id+"/swap", url.Values{"with": {id}}); a.status != http.StatusConflict {
		t.Errorf("swapped with itself = %d", a.status)
	}
}

func TestSeminarsSwapTimesByHand(t *testing.T) {
	s := sound(t)
	v := s.signedIn(coordinator)
	a, b := s.named("e1"), s.named("l1")
	got := v.submit("/seminars/"+a+"/swap", url.Values{"with": {b}})
	if got.status != http.StatusConflict || !strings.Contains(got.body, "wrong order") {
		t.Errorf("swapped out of order = %d: %s", got.status, words(got.body))
	}
	b = s.named("e2")
	v.expect(v.submit("/seminars/"+a+"/swap", url.Values{"with": {b}}), http.StatusSeeOther)
	if x := s.service.State().Seminars[b]; x.Slot != "2027-02-03" {
		t.Errorf("swapped, it is %+v", x)
	}
}

// The locked venue closes: everybody must come another day, though the barn is free.
func TestAProposalSaysWhatLocksCost(t *testing.T) {
	s := sound(t)
	v := s.signedIn(coordinator)
	id := s.named("e1")
	s.do(model.SetLock{Seminar: id, Lock: model.Lock{Place: true}})
	slot := s.service.State().Roster.Slots["2027-02-03"]
	s.do(model.Record{Circumstance: model.Circumstance{Kind: model.VenueClosed, Venue: "room", From: slot.Start, To: slot.End}})
	a := v.get("/changes/proposal")
	if a.status != http.StatusOK || !strings.Contains(a.body, "With the locks") {
		t.Errorf("the proposal = %d: %s", a.status, words(a.body))
	}
}

// The hall is far from everybody, the law seminar late, and led by another than ethics was.
func TestALockSaysWhatItCosts(t *testing.T) {
	dear, free := 100, 0
	s := soundIn(t, func(p *model.Problem) {
		p.Programme.Weights = model.Weights{Earliness: &dear, Continuity: &dear, MovedSlot: &free, MovedVenue: &free, MovedLeader: &free}
		p.Venues[0].Lat, p.Venues[0].Lon = 58, 12
	})
	v := s.signedIn(coordinator)
	id := s.named("l1")
	costs := map[string]model.Lock{"the lock on the time": {Time: true}, "the lock on the venue": {Place: true}, "the lock on the leader": {Leaders: true}}
	for said, lock := range costs {
		s.do(model.SetLock{Seminar: id, Lock: lock})
		body := v.expect(v.get("/seminars/"+id+"/change"), http.StatusOK).body
		for other := range costs {
			if strings.Contains(body, "Without "+other) != (other == said) {
				t.Errorf("locked by %s the page says or hides what %s costs: %s", said, other, words(body))
			}
		}
	}
	all := model.Lock{Time: true, Place: true, Leaders: true}
	s.do(model.SetLock{Seminar: id, Lock: all})
	v.expect(v.get("/seminars/"+id+"/change"), http.StatusOK)
	answers := v.expect(v.get("/seminars/"+id+"/options"), http.StatusOK)
	for _, none := range []string{"options.leaders-none", "options.venues-none", "options.slots-none", "options.both-none"} {
		if strings.Contains(answers.body, english(t, none)) {
			t.Errorf("a locked seminar's answers say that nothing is free: %s", english(t, none))
		}
	}
	if n := len(answers.choices()); n > 0 {
		t.Errorf("after the page has asked without locks, %d answers break them", n)
	}
}
