package model_test

import (
	"strings"
	"testing"

	"kaskad/model"
)

func TestWhoMayMakeWhichCalendar(t *testing.T) {
	w := newWorld(t, programme())
	w.must(boss, model.SetUnitContact{Unit: "u", Person: "s0"})
	contact, other := model.Actor{Person: "s0", Role: model.Staff}, model.Actor{Person: "s1", Role: model.Staff}
	for _, c := range []struct {
		by   model.Actor
		feed model.OpenFeed
		want model.Code // "" is allowed
	}{
		{boss, model.OpenFeed{Kind: model.ProgrammeFeed}, ""},
		{boss, model.OpenFeed{Kind: model.ProgrammeFeed, Of: "w"}, model.NotFound},
		{boss, model.OpenFeed{Kind: model.WaveFeed, Of: "w"}, ""},
		{boss, model.OpenFeed{Kind: model.WaveFeed, Of: "none"}, model.NotFound},
		{boss, model.OpenFeed{Kind: model.AreaFeed}, model.NotFound},
		{boss, model.OpenFeed{Kind: model.VenueFeed, Of: "near"}, ""},
		{boss, model.OpenFeed{Kind: model.LeaderFeed, Of: "l0"}, ""},
		{boss, model.OpenFeed{Kind: model.LeaderFeed, Of: "s0"}, model.NotFound},
		{boss, model.OpenFeed{Kind: model.BusyVenueFeed, Of: "near"}, ""},
		{boss, model.OpenFeed{Kind: "whatever", Of: "near"}, model.NotFound},
		{contact, model.OpenFeed{Kind: model.UnitFeed, Of: "u"}, ""},
		{contact, model.OpenFeed{Kind: model.UnitFeed, Of: "u"}, model.Conflict},
		{contact, model.OpenFeed{Kind: model.UnitFeed, Of: "v"}, model.Forbidden},
		{contact, model.OpenFeed{Kind: model.WaveFeed, Of: "w"}, model.Forbidden},
		{other, model.OpenFeed{Kind: model.UnitFeed, Of: "u"}, model.Forbidden},
		{other, model.OpenFeed{Kind: model.BusyPersonFeed, Of: "s1"}, ""},
		{other, model.OpenFeed{Kind: model.BusyPersonFeed, Of: "s0"}, model.Forbidden},
	} {
		if err := w.do(c.by, c.feed); model.CodeOf(err) != c.want || (err == nil) != (c.want == "") {
			t.Errorf("%s makes %s of %q: %v, want %q", c.by.Person, c.feed.Kind, c.feed.Of, err, c.want)
		}
	}
	mine := w.state.Calendars.SharedBy("s0")
	if len(mine) != 1 || mine[0].Of != "u" {
		t.Fatalf("the contact has made %+v", mine)
	}
	if err := w.do(other, model.RenewFeed{ID: mine[0].ID}); model.CodeOf(err) != model.NotFound {
		t.Errorf("renewing somebody else's: %v, want not found", err)
	}
	w.must(contact, model.RenewFeed{ID: mine[0].ID})
	if got := w.state.Calendars.Shared[mine[0].ID].Generation; got != 1 {
		t.Errorf("generation %d after one renewal", got)
	}
	w.must(boss, model.SetUnitContact{Unit: "u", Person: "s0", Off: true})
	if len(w.state.Calendars.SharedBy("s0")) != 0 || len(w.state.Calendars.SharedBy("s1")) != 1 {
		t.Error("who is no contact any more keeps the unit's calendar, or somebody else has lost theirs")
	}
	if err := w.do(boss, model.RemoveFeed{ID: mine[0].ID}); model.CodeOf(err) != model.Conflict {
		t.Errorf("removing it again: %v, want a conflict", err)
	}
}

func TestNotesRenewTheSeatsTheyConcern(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("n1", "staff", "law", "8-8", "near", "l0", "s0"), seminar("n2", "staff", "ethics", "15-8", "near", "l1", "s0"))
	stamp := func(person, id string) int64 {
		seats := notice(t, w.state, person, id)
		return seats[len(seats)-1].Stamp
	}
	s0, l0, other := stamp("s0", "S00001"), stamp("l0", "S00001"), stamp("s0", "S00002")
	w.must(boss, model.NoteModule{Module: "law", Note: model.ModuleNote{Leaders: " Nyckel "}})
	if stamp("l0", "S00001") <= l0 || stamp("s0", "S00001") != s0 {
		t.Error("a note for leaders concerns others, or not them")
	}
	if got := notice(t, w.state, "l0", "S00001")[0].Sequence; got != 0 {
		t.Errorf("a note raises the sequence to %d; nothing material has changed", got)
	}
	w.must(boss, model.NoteModule{Module: "law", Note: model.ModuleNote{Everyone: "Penna", Leaders: "Nyckel"}})
	if stamp("s0", "S00001") <= s0 || stamp("s0", "S00002") != other {
		t.Error("a note for everyone does not reach them, or reaches another module")
	}
	seq := w.state.Seq
	if d, err := w.state.Decide(boss, model.NoteModule{Module: "law", Note: model.ModuleNote{Everyone: "Penna", Leaders: "Nyckel"}}); err != nil || len(d.Events) > 0 {
		t.Errorf("the same note again at %d: %v, %v", seq, d.Events, err)
	}
	if err := w.do(boss, model.NoteModule{Module: "law", Note: model.ModuleNote{Everyone: strings.Repeat("å", 1001)}}); model.CodeOf(err) != model.Invalid {
		t.Errorf("a note of 1001 characters: %v, want invalid", err)
	}
}

func TestAnOnlineVenueHasOneLink(t *testing.T) {
	p := programme()
	p.Venues = append(p.Venues, model.Venue{ID: "net", Name: "Teams", Online: true, Capacity: 99})
	w := newWorld(t, p)
	w.publish("w", seminar("n1", "staff", "law", "8-8", "net", "l0", "s0"))
	before := notice(t, w.state, "s0", "S00001")[0].Stamp
	for _, link := range []string{"http://x.se", "javascript:alert(1)", "https://", "https://a b.se", "https://x.se\r\nATTENDEE:mailto:evil@x.se", "https://x.se/" + strings.Repeat("a", 1000)} {
		if err := w.do(boss, model.LinkVenue{Venue: "net", Link: link}); model.CodeOf(err) != model.Invalid {
			t.Errorf("the link %.40q: %v, want invalid", link, err)
		}
	}
	if err := w.do(boss, model.LinkVenue{Venue: "near", Link: "https://x.se"}); model.CodeOf(err) != model.NotFound {
		t.Errorf("a link of a room: %v, want not found", err)
	}
	w.must(boss, model.LinkVenue{Venue: "net", Link: " https://möte.example.se/1 "})
	if w.state.Calendars.Links["net"] != "https://möte.example.se/1" || notice(t, w.state, "s0", "S00001")[0].Stamp <= before {
		t.Errorf("the link is %q", w.state.Calendars.Links["net"])
	}
}
