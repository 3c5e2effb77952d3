package model_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kaskad/model"
)

// randomAmendment edits the roster in one of the ways there are; refused is as good.
func randomAmendment(rt *rapid.T, w *world) {
	n := rapid.IntRange(0, 3).Draw(rt, "number")
	person := rapid.SampledFrom([]string{"s0", "s1", "s2", "l0", "nobody"}).Draw(rt, "person")
	_ = w.do(boss, rapid.SampledFrom([]model.Command{
		model.EditPerson{ID: person, Unit: "v", MaxTravel: &n},
		model.EditLeader{ID: person, Target: &n, MaxTotal: &n},
		model.EditUnit{ID: "u", Name: "Ettan igen"},
		model.EditVenue{ID: "near", Name: "Salen", Capacity: 9 - n, Rooms: 1 + n, Now: time.UnixMilli(w.now)},
		model.MergePeople{Keep: "s3", Gone: rapid.SampledFrom([]string{"s2", "l0"}).Draw(rt, "gone")}, // others are asked for by name
		model.TellContacts{People: []string{person}},
	}).Draw(rt, "amendment"))
}

func TestEditsAmendTheRosterAndNothingElse(t *testing.T) {
	w := newWorld(t, programme())
	w.must(boss, model.Record{Circumstance: model.Circumstance{Kind: model.PersonAway, Person: "l0", From: at(8, 0), To: at(9, 0)}})
	w.draft(training())
	amended := w.state.Amended
	three, thirty := 3, 30
	w.must(boss, model.EditUnit{ID: "u", Name: "Nya ettan", Employer: "Staden"})
	w.must(boss, model.EditVenue{ID: "near", Name: "Stora salen", Capacity: 9, Rooms: 1})
	if u, v := w.state.Roster.Units["u"], w.state.Roster.Venues["near"]; u.Name != "Nya ettan" || u.Employer != "Staden" || v.Name != "Stora salen" || v.Rooms != 0 {
		t.Errorf("unit %+v and venue %+v", u, v)
	}
	if w.state.Amended != amended || w.state.Draft == nil {
		t.Error("new names alone made the draft outdated")
	}
	w.must(boss, model.EditLeader{ID: "l0", Target: &three})
	w.must(boss, model.EditPerson{ID: "s0", Unit: "v", MaxTravel: &thirty})
	l0, s0 := w.state.Roster.People["l0"], w.state.Roster.People["s0"]
	if *l0.Leads.Target != 3 || len(l0.Closed) != 1 || s0.Unit != "v" || *s0.MaxTravel != 30 || !w.state.DraftOutdated() {
		t.Errorf("leader %+v %+v, person %+v", l0, l0.Leads, s0)
	}
	if n := len(w.state.LoadedPerson("l0").Closed); n != 0 {
		t.Errorf("an absence recorded later stands %d times in the loaded roster", n)
	}
	seq := w.state.Seq
	for _, c := range []model.Command{model.EditUnit{ID: "u", Name: "Nya ettan", Employer: "Staden"}, model.EditPerson{ID: "s0", Unit: "v", MaxTravel: &thirty},
		model.EditLeader{ID: "l0", Target: &three, MaxPerDay: l0.Leads.MaxPerDay, MaxPerWeek: l0.Leads.MaxPerWeek, MaxTotal: l0.Leads.MaxTotal},
		model.EditVenue{ID: "near", Name: "Stora salen", Capacity: 9, Rooms: 1}} {
		if d, err := w.state.Decide(boss, c); err != nil || len(d.Events) > 0 {
			t.Errorf("%T that changes nothing gives %d events, %v", c, len(d.Events), err)
		}
	}
	if w.state.Seq != seq {
		t.Error("the journal grew")
	}
}

func TestEditsAreRefusedWithASentence(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("n1", "staff", "law", "8-8", "near", "x", "s0", "s1"))
	minus, before, after := -1, at(1, 0), at(9, 0)
	staff := model.Actor{Person: "s0", Role: model.Staff}
	for name, c := range map[string]struct {
		by   model.Actor
		what model.Command
		key  string
	}{
		"not a coordinator":     {staff, model.EditUnit{ID: "u", Name: "x"}, "error.coordinators-only"},
		"no such unit":          {boss, model.EditUnit{ID: "z", Name: "x"}, "error.no-unit"},
		"no name":               {boss, model.EditUnit{ID: "u"}, "error.no-name"},
		"no such venue":         {boss, model.EditVenue{ID: "z", Name: "x", Capacity: 1, Rooms: 1}, "error.no-venue"},
		"no seats":              {boss, model.EditVenue{ID: "near", Name: "x", Rooms: 1}, "error.at-least-one"},
		"too few seats":         {boss, model.EditVenue{ID: "near", Name: "x", Capacity: 1, Rooms: 1, Now: before}, "error.venue-too-small"},
		"no such person":        {boss, model.EditPerson{ID: "z", Unit: "u"}, "error.no-person"},
		"to no unit":            {boss, model.EditPerson{ID: "s0", Unit: "z"}, "error.no-unit"},
		"below nothing":         {boss, model.EditPerson{ID: "s0", Unit: "u", MaxTravel: &minus}, "error.negative"},
		"no leader":             {boss, model.EditLeader{ID: "s0"}, "lead.no-leader"},
		"a negative limit":      {boss, model.EditLeader{ID: "l0", MaxPerDay: &minus}, "error.negative"},
		"merged with itself":    {boss, model.MergePeople{Keep: "s0", Gone: "s0"}, "error.merge-itself"},
		"merged across tiers":   {boss, model.MergePeople{Keep: "s0", Gone: "l0"}, "error.merge-tiers"},
		"merged with nobody":    {boss, model.MergePeople{Keep: "s0", Gone: "z"}, "error.no-person"},
		"an import looked at":   {boss, model.ImportRoster{Base: 0, Amendment: model.Amendment{Gone: []string{"s3"}}, Leaving: []string{"z"}}, "error.no-person"},
		"contacts by the staff": {staff, model.TellContacts{}, "error.coordinators-only"},
	} {
		if err := w.do(c.by, c.what); keyOf(err) != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
	w.must(boss, model.EditVenue{ID: "near", Name: "Trång", Capacity: 1, Rooms: 1, Now: after}) // the seminar is over by then
	if err := w.do(boss, model.ImportRoster{Base: w.state.Amended - 1}); keyOf(err) != "error.roster-changed" {
		t.Errorf("an import made from an older roster: %v", err)
	}
}

func TestMergingMovesSeatsAndUnitesNeeds(t *testing.T) {
	p := programme()
	p.People = append(p.People, model.Person{ID: "twin", Unit: "u", Tier: "staff", Done: []model.Done{{Module: "ethics", Start: at(1, 0)}},
		Closed: []model.Interval{{From: at(20, 0), To: at(21, 0)}}})
	w := newWorld(t, p)
	w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1"), seminar("n3", "staff", "law", "8-13", "near", "l0", "twin", "s2"),
		seminar("n4", "staff", "ethics", "15-8", "near", "l0", "s1", "s3"))
	w.must(boss, model.MergePeople{Keep: "s3", Gone: "twin"})
	if w.state.Roster.People["twin"] != nil {
		t.Fatal("the other record is still there")
	}
	merged := w.state.Roster.People["s3"]
	if needs := w.state.Roster.Needs(merged); !slices.Equal(needs, []string{"law"}) || len(merged.Closed) != 1 {
		t.Errorf("needs %v, closed %v; want law only, and the absence", needs, merged.Closed)
	}
	for id, want := range map[string][]string{"S00002": {"s0", "s1"}, "S00003": {"s3", "s2"}, "S00004": {"s1", "s3"}} {
		if got := w.state.Seminars[id].Attendees; !slices.Equal(got, want) {
			t.Errorf("%s is attended by %v, want %v", id, got, want)
		}
	}
	old := w.state.Seats[model.SeatKey{Person: "twin", Seminar: "S00003"}]
	if new := w.state.Seats[model.SeatKey{Person: "s3", Seminar: "S00003"}]; len(new) != 1 || new[0].Cancelled || !old[0].Cancelled {
		t.Errorf("seats %+v and %+v; want the old one cancelled and a new one", old, new)
	}
	w.must(boss, model.MergePeople{Keep: "s0", Gone: "s1"}) // both attend law: the keeper's seat stays
	if got := w.state.Seminars["S00002"].Attendees; !slices.Equal(got, []string{"s0"}) {
		t.Errorf("after merging two who attend the same seminar it has %v", got)
	}
}

func TestImportsAreOneEntry(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("n1", "staff", "law", "8-8", "near", "x", "s0", "s1"))
	changed := *w.state.LoadedPerson("s2")
	changed.Unit = "v"
	entries := len(w.log)
	w.must(boss, model.ImportRoster{Base: w.state.Seq, Staged: "i1", Leaving: []string{"s1"}, Now: at(9, 0), Amendment: model.Amendment{
		People: []model.Person{changed, {ID: "new", Unit: "w", Tier: "staff"}}, Units: []model.Unit{{ID: "w", Name: "Trean", Sector: "municipal", Wave: "w"}}, Gone: []string{"s3"}}})
	r := w.state.Roster
	if r.People["new"] == nil || r.Units["w"] == nil || r.People["s3"] != nil || r.People["s2"].Unit != "v" || !w.state.HasLeft("s1", at(10, 0)) {
		t.Errorf("the roster after the import: %d people, %d units", len(r.People), len(r.Units))
	}
	if len(w.log) != entries+1 {
		t.Errorf("%d entries, want one", len(w.log)-entries)
	}
	if err := w.do(boss, model.ImportRoster{Base: w.state.Seq, Amendment: model.Amendment{Gone: []string{"s0"}}}); err == nil {
		t.Error("somebody with a seat was taken out of the roster")
	}
}
