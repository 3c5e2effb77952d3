package model_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kaskad/model"
)

// world is a programme in memory: State, blobs and a clock that moves a minute with every command.
type world struct {
	t     testing.TB
	state *model.State
	blobs map[string][]byte
	log   []model.Entry
	now   int64
}

var boss = model.Actor{Person: "boss", Role: model.Coordinator}

func newWorld(t testing.TB, p *model.Problem) *world {
	w := &world{t: t, state: model.NewState(), blobs: map[string][]byte{}, now: time.Date(2027, 1, 2, 8, 0, 0, 0, time.UTC).UnixMilli()}
	w.must(boss, model.LoadProgramme{Problem: p})
	return w
}

func (w *world) do(by model.Actor, c model.Command) error {
	d, err := w.state.Decide(by, c)
	if err != nil {
		return err
	}
	for ref, blob := range d.Blobs {
		w.blobs[ref] = blob
	}
	w.now += time.Minute.Milliseconds()
	raw, err := model.EncodeEvents(d.Events)
	if err != nil {
		w.t.Fatal(err)
	}
	events, err := model.DecodeEvents(raw)
	if err != nil {
		w.t.Fatal(err)
	}
	e := model.Entry{Seq: w.state.Seq + 1, At: w.now, Actor: by.Person, Events: events}
	next, err := w.state.Apply(e, w.blob)
	if err != nil {
		w.t.Fatal(err)
	}
	w.state, w.log = next, append(w.log, e)
	return nil
}

func (w *world) must(by model.Actor, c model.Command) {
	w.t.Helper()
	if err := w.do(by, c); err != nil {
		w.t.Fatalf("%T: %v", c, err)
	}
}

func (w *world) blob(ref string) ([]byte, error) {
	if data, ok := w.blobs[ref]; ok {
		return data, nil
	}
	return nil, fmt.Errorf("no blob %s", ref)
}

// publish takes a plan of these seminars as the draft and publishes a wave of it.
func (w *world) publish(wave string, seminars ...model.Seminar) {
	w.t.Helper()
	w.draft(seminars...)
	w.must(boss, model.Publish{Wave: wave, Draft: w.state.Draft.Ref})
}

func (w *world) draft(seminars ...model.Seminar) {
	w.t.Helper()
	plan := &model.Plan{Format: model.PlanFormat, Problem: "x", Seminars: append([]model.Seminar{}, seminars...), Unmet: []model.Unmet{}}
	w.must(boss, model.SaveDraft{Plan: plan, Base: w.state.Seq})
}

// programme has two leaders and four staff in one wave, six slots on three days a week apart, two venues.
func programme() *model.Problem {
	at := func(day, hour int) time.Time { return time.Date(2027, 3, day, hour, 0, 0, 0, time.UTC) }
	one, two := 1, 2
	p := &model.Problem{
		Format:    model.ProblemFormat,
		Programme: model.Programme{ID: "x", Name: "X", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1.25, KmH: 60, Fixed: 4}},
		Tiers: []model.Tier{{ID: "leaders", Modules: []string{"law"}, Seats: model.Seats{Max: 9}, PrepDays: 7},
			{ID: "staff", Modules: []string{"law", "ethics"}, Seats: model.Seats{Max: 9}, GapDays: 7}},
		Modules: []model.Module{{ID: "law", Name: "Juridik", Minutes: 120}, {ID: "ethics", Name: "Etik", Minutes: 120}},
		Sectors: []string{"municipal", "hospital"},
		Waves:   []model.Wave{{ID: "w", From: at(1, 0), To: at(31, 0)}},
		Venues: []model.Venue{{ID: "near", Name: "Salen", Lat: 57.70, Lon: 11.97, Capacity: 9},
			{ID: "far", Name: "Bortre salen", Lat: 58.35, Lon: 12.32, Capacity: 9}},
		Units: []model.Unit{{ID: "u", Name: "Ettan", Sector: "municipal", Lat: 57.70, Lon: 11.97, Wave: "w", MaxAway: &two},
			{ID: "v", Name: "Tvåan", Sector: "hospital", Lat: 57.71, Lon: 11.98, Wave: "w"}},
	}
	for _, day := range []int{1, 8, 15} {
		for _, hour := range []int{8, 13} {
			p.Slots = append(p.Slots, model.Slot{ID: fmt.Sprintf("%d-%d", day, hour), Start: at(day, hour), End: at(day, hour+3)})
		}
	}
	for i := range 4 {
		unit := []string{"u", "v"}[i%2]
		p.People = append(p.People, model.Person{ID: fmt.Sprintf("s%d", i), Unit: unit, Tier: "staff"})
	}
	for i := range 2 {
		p.People = append(p.People, model.Person{ID: fmt.Sprintf("l%d", i), Unit: "v", Tier: "leaders",
			Leads: &model.Leads{Tier: "staff", Modules: []string{"law"}, MaxPerDay: &one}})
	}
	p.People = append(p.People, model.Person{ID: "x", Unit: "v", Leads: &model.Leads{Tier: "leaders", Modules: []string{"law"}}})
	return p
}

func seminar(id, tier, module, slot, venue, leader string, attendees ...string) model.Seminar {
	return model.Seminar{ID: id, Tier: tier, Module: module, Slot: slot, Venue: venue, Leaders: []string{leader}, Attendees: attendees}
}

func training() model.Seminar { return seminar("n1", "leaders", "law", "1-8", "near", "x", "l0", "l1") }

func notice(t testing.TB, s *model.State, person, seminar string) []model.Seat {
	t.Helper()
	seats := s.Seats[model.SeatKey{Person: person, Seminar: seminar}]
	if len(seats) == 0 {
		t.Fatalf("%s has no seat in %s", person, seminar)
	}
	return seats
}

func TestPublishSeatsEveryone(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1", "s2", "s3"))
	if n := len(w.state.Notices()); n != 3+5 {
		t.Errorf("%d notices, want one per seat: 8", n)
	}
	if got := w.state.Seminars["S00002"]; got == nil || got.Slot != "8-8" {
		t.Errorf("seminar S00002 = %+v", got)
	}
	err := w.do(boss, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
	if model.CodeOf(err) != model.Conflict {
		t.Errorf("publishing the same again: %v, want a conflict", err)
	}
}

func TestPublishWavesOfOneDraftOneAfterTheOther(t *testing.T) {
	p := programme()
	p.Waves = append(p.Waves, model.Wave{ID: "late", From: p.Waves[0].From, To: p.Waves[0].To})
	p.Units[0].Wave = "late"
	w := newWorld(t, p)
	w.draft(seminar("n1", "staff", "law", "8-8", "near", "l0", "s1", "s3"), seminar("n2", "staff", "law", "15-8", "near", "l1", "s0", "s2"))
	ref := w.state.Draft.Ref
	w.must(boss, model.Publish{Wave: "w", Draft: ref})
	if n := len(w.state.Seminars); n != 1 {
		t.Fatalf("%d seminars after the first wave, want 1", n)
	}
	w.must(boss, model.Publish{Wave: "late", Draft: ref})
	for _, x := range w.state.Working() {
		if x.Standing != model.AsPublished {
			t.Errorf("%s is %s, want as published", x.ID, x.Standing)
		}
	}
}

func TestSequenceRisesWithTimeAndPlaceOnly(t *testing.T) {
	for _, c := range []struct {
		name     string
		change   func(*model.Seminar)
		sequence int
		newer    bool
	}{
		{"nothing", func(*model.Seminar) {}, 0, false},
		{"time", func(s *model.Seminar) { s.Slot = "8-13" }, 1, true},
		{"place", func(s *model.Seminar) { s.Venue = "far" }, 1, true},
		{"leader", func(s *model.Seminar) { s.Leaders = []string{"l1"} }, 0, true},
		{"another participant", func(s *model.Seminar) { s.Attendees = []string{"s0", "s3"} }, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, programme())
			w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1"))
			before := notice(t, w.state, "s0", "S00002")[0]
			changed := seminar("S00002", "staff", "law", "8-8", "near", "l0", "s0", "s1")
			c.change(&changed)
			first := training()
			first.ID = "S00001"
			w.draft(first, changed)
			err := w.do(boss, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
			if c.name == "nothing" != (model.CodeOf(err) == model.Conflict) {
				t.Fatalf("publish: %v", err)
			}
			after := notice(t, w.state, "s0", "S00002")[0]
			if after.Sequence != c.sequence || (after.Stamp > before.Stamp) != c.newer || after.Cancelled {
				t.Errorf("seat %+v → %+v; want sequence %d, newer %t", before, after, c.sequence, c.newer)
			}
		})
	}
}

func TestSeatGivenBackIsANewGeneration(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "15-8", "near", "l0", "s0", "s1"))
	w.must(model.Actor{Person: "l0", Role: model.Leader}, model.HandBack{Person: "l0", Seminar: "S00002"})
	if !w.state.Seminars["S00002"].Open(w.state.Roster) {
		t.Error("the seminar is not open after its leader handed it back")
	}
	w.must(model.Actor{Person: "l0", Role: model.Leader}, model.Claim{Person: "l0", Seminar: "S00002"})
	seats := notice(t, w.state, "l0", "S00002")
	if len(seats) != 2 || !seats[0].Cancelled || seats[0].Sequence != 1 || seats[1].Cancelled || seats[1].Sequence != 0 || !seats[1].Leading {
		t.Errorf("seats = %+v; want a cancelled generation and a new one", seats)
	}
	key := model.SeatKey{Person: "l0", Seminar: "S00002"}
	if key.UID("x", 0) == key.UID("x", 1) {
		t.Error("two generations have one UID")
	}
}

func TestCancelledSeatKeepsWhatItWasFor(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("n", "staff", "law", "8-8", "near", "l0", "s0", "s1"))
	w.publish("w", seminar("S00001", "staff", "law", "15-8", "far", "l0", "s0")) // s1 is out, and it moves
	if seat := notice(t, w.state, "s1", "S00001")[0]; !seat.Cancelled || seat.Slot != "8-8" || seat.Venue != "near" {
		t.Errorf("seat = %+v; want the time and place it was cancelled at", seat)
	}
}

func TestDraftIsStaleAfterAClaim(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "15-8", "near", "l0", "s0", "s1"))
	ref := w.state.Draft.Ref
	w.must(boss, model.HandBack{Person: "l0", Seminar: "S00002"})
	if err := w.do(boss, model.Publish{Wave: "w", Draft: ref}); model.CodeOf(err) != model.Conflict || !w.state.DraftStale() {
		t.Errorf("publish from a stale draft: %v, want a conflict", err)
	}
}

func TestCannotLeadNamesTheRule(t *testing.T) {
	leader := func(p *model.Problem, i int) *model.Person { return &p.People[4+i] }
	for _, c := range []struct {
		name  string
		setup func(p *model.Problem)
		slot  string
		more  []model.Seminar
		want  string // text key; "" means it is allowed
	}{
		{"trained and free", func(*model.Problem) {}, "15-8", nil, ""},
		{"prepDays reached to the day", func(*model.Problem) {}, "8-8", nil, ""},
		{"prepDays missed by one", func(p *model.Problem) { p.Tiers[0].PrepDays = 8 }, "8-8", nil, "lead.not-ready"},
		{"other module", func(p *model.Problem) { leader(p, 1).Leads.Modules = []string{"ethics"} }, "15-8", nil, "lead.other-module"},
		{"from later", func(p *model.Problem) { leader(p, 1).Leads.From = time.Date(2027, 3, 16, 0, 0, 0, 0, time.UTC) }, "15-8", nil, "lead.too-early"},
		{"away", func(p *model.Problem) {
			leader(p, 1).Closed = []model.Interval{{From: time.Date(2027, 3, 15, 9, 0, 0, 0, time.UTC), To: time.Date(2027, 3, 15, 10, 0, 0, 0, time.UTC)}}
		}, "15-8", nil, "lead.away"},
		{"away until it starts", func(p *model.Problem) {
			leader(p, 1).Closed = []model.Interval{{From: time.Date(2027, 3, 15, 6, 0, 0, 0, time.UTC), To: time.Date(2027, 3, 15, 8, 0, 0, 0, time.UTC)}}
		}, "15-8", nil, ""},
		{"one a day, leads in the afternoon", func(*model.Problem) {}, "15-8", []model.Seminar{seminar("n3", "staff", "law", "15-13", "near", "l1", "s2")}, "lead.day-full"},
		{"too far to get there", func(p *model.Problem) { leader(p, 1).Leads.MaxPerDay = nil; p.Slots[4].End = p.Slots[5].Start }, "15-8",
			[]model.Seminar{seminar("n3", "staff", "law", "15-13", "far", "l1", "s2")}, "lead.too-far"},
		{"in another seminar", func(p *model.Problem) { leader(p, 1).Leads.MaxPerDay = nil }, "15-8",
			[]model.Seminar{seminar("n3", "staff", "law", "15-8", "far", "l1", "s2")}, "lead.busy"},
		{"unit cannot spare another", func(p *model.Problem) { three := 3; p.Units[1].MaxAway = &three }, "15-8", nil, "lead.unit-full"},
		{"unit can spare just so many", func(p *model.Problem) { four := 4; p.Units[1].MaxAway = &four }, "15-8", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := programme()
			c.setup(p)
			w := newWorld(t, p)
			w.publish("w", append([]model.Seminar{training(), seminar("n2", "staff", "law", c.slot, "near", "x", "s0", "s1", "s3")}, c.more...)...)
			reason := w.state.CannotLead("l1", w.state.Seminars["S00002"])
			got := ""
			if reason != nil {
				got = reason.Key
			}
			if got != c.want {
				t.Errorf("reason %q, want %q", got, c.want)
			}
		})
	}
}

func TestOthersMayNotActForALeader(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "15-8", "near", "l0", "s0"))
	other := model.Actor{Person: "l1", Role: model.Leader}
	for _, c := range []model.Command{model.HandBack{Person: "l0", Seminar: "S00002"}, model.Claim{Person: "l0", Seminar: "S00002"},
		model.RotateFeed{Person: "l0"}, model.Publish{Wave: "w"}, model.SaveDraft{}, model.LoadProgramme{Problem: programme()}} {
		if err := w.do(other, c); model.CodeOf(err) != model.Forbidden {
			t.Errorf("%T: %v, want forbidden", c, err)
		}
	}
}

// TestStateSurvivesItsSnapshot walks at random and compares, at every step, the
// State folded so far, the one restored from its snapshot, and at the end the
// one folded from the whole journal. It also holds calendars to their promise:
// whatever happens, content never changes without a greater (sequence, stamp).
func TestStateSurvivesItsSnapshot(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, programme())
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			before := w.state
			switch rapid.IntRange(0, 9).Draw(rt, "what") {
			case 0:
				w.draft(randomPlan(rt, w.state)...)
				if err := w.do(boss, model.Publish{Wave: "w", Draft: w.state.Draft.Ref}); err != nil && model.CodeOf(err) != model.Conflict {
					rt.Fatal(err)
				}
			case 1, 2:
				ids := slices.Collect(func(yield func(string) bool) {
					for id := range w.state.Seminars {
						if !yield(id) {
							return
						}
					}
				})
				slices.Sort(ids)
				if len(ids) == 0 {
					continue
				}
				id, person := rapid.SampledFrom(ids).Draw(rt, "seminar"), rapid.SampledFrom([]string{"l0", "l1", "x"}).Draw(rt, "leader")
				_ = w.do(boss, model.HandBack{Person: person, Seminar: id}) // refused is as good
				_ = w.do(boss, model.Claim{Person: person, Seminar: id})
			case 3:
				w.must(boss, model.RotateFeed{Person: "s0"})
			case 4:
				randomChoice(rt, w)
			case 5, 6:
				notices := w.state.Notices()
				if len(notices) == 0 {
					continue
				}
				n := rapid.SampledFrom(notices).Draw(rt, "notice")
				said := rapid.SampledFrom([]model.Answer{model.Accepted, model.Tentative, model.Declined}).Draw(rt, "answer")
				_ = w.do(boss, model.GiveAnswer{Person: n.Person, Seminar: n.Seminar, Generation: n.Generation, Sequence: n.Sequence,
					Answer: said, Stamp: int64(rapid.IntRange(0, 9).Draw(rt, "stamp"))})
				_ = w.do(boss, model.BookSeat{Person: n.Person, Seminar: n.Seminar}) // refused is as good
			case 7:
				randomAmendment(rt, w)
			default:
				randomChange(rt, w)
			}
			checkSeats(rt, before, w.state)
			checkSnapshot(rt, w)
		}
		replayed := model.NewState()
		for _, e := range w.log {
			next, err := replayed.Apply(e, w.blob)
			if err != nil {
				rt.Fatal(err)
			}
			replayed = next
		}
		if !bytes.Equal(snapshot(rt, replayed), snapshot(rt, w.state)) {
			rt.Error("folding the journal again gives another State")
		}
	})
}

func randomPlan(rt *rapid.T, s *model.State) []model.Seminar {
	var list []model.Seminar
	for i := range rapid.IntRange(0, 3).Draw(rt, "seminars") {
		x := seminar(fmt.Sprintf("n%d", i), "staff", "law", s.Roster.Problem.Slots[rapid.IntRange(0, 5).Draw(rt, "slot")].ID,
			rapid.SampledFrom([]string{"near", "far"}).Draw(rt, "venue"), rapid.SampledFrom([]string{"l0", "l1"}).Draw(rt, "leader"))
		for p := range 4 {
			if rapid.Bool().Draw(rt, "attends") && s.Roster.People[fmt.Sprintf("s%d", p)] != nil { // two may have been merged
				x.Attendees = append(x.Attendees, fmt.Sprintf("s%d", p))
			}
		}
		if id := fmt.Sprintf("S%05d", i+1); len(x.Attendees) > 0 {
			if old := s.Seminars[id]; old != nil && !old.Cancelled && rapid.Bool().Draw(rt, "keep") {
				x.ID = id
			}
			list = append(list, x)
		}
	}
	return list
}

func checkSeats(rt *rapid.T, before, after *model.State) {
	for key, seats := range before.Seats {
		now := after.Seats[key]
		if len(now) < len(seats) {
			rt.Fatalf("%v lost a generation", key)
		}
		for g, was := range seats {
			is := now[g]
			if is.Sequence == was.Sequence { // an answer is no content: nobody is sent anything for it
				is.Answer, is.Answered, was.Answer, was.Answered = "", 0, "", 0
			}
			if is != was && (is.Sequence < was.Sequence || is.Stamp <= was.Stamp) {
				rt.Fatalf("%v generation %d went from %+v to %+v", key, g, was, is)
			}
			if was.Cancelled && !is.Cancelled {
				rt.Fatalf("%v generation %d came back to life", key, g)
			}
		}
	}
	for _, x := range after.Seminars {
		for _, person := range slices.Concat(x.Attendees, x.Leaders, x.Absent) {
			if !x.Cancelled && after.Roster.People[person] == nil {
				rt.Fatalf("%s in %s is not in the roster", person, x.ID)
			}
			seats := after.Seats[model.SeatKey{Person: person, Seminar: x.ID}]
			if len(seats) == 0 || seats[len(seats)-1].Cancelled != x.Cancelled {
				rt.Fatalf("%s in %s (cancelled %t) has seats %+v", person, x.ID, x.Cancelled, seats)
			}
		}
	}
}

func checkSnapshot(rt *rapid.T, w *world) {
	data := snapshot(rt, w.state)
	restored, err := model.RestoreState(data, w.blob)
	if err != nil {
		rt.Fatal(err)
	}
	if !bytes.Equal(snapshot(rt, restored), data) {
		rt.Fatal("a restored State gives another snapshot")
	}
}

func snapshot(rt *rapid.T, s *model.State) []byte {
	data, err := s.Snapshot()
	if err != nil {
		rt.Fatal(err)
	}
	return data
}

func TestLoadProgrammeKeepsWhatIsPublished(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training())
	without := programme()
	without.People = slices.DeleteFunc(without.People, func(p model.Person) bool { return p.ID == "l1" })
	if err := w.do(boss, model.LoadProgramme{Problem: without}); model.CodeOf(err) != model.Invalid {
		t.Errorf("a roster without someone who has a seat: %v, want invalid", err)
	}
	empty := programme()
	empty.Tiers, empty.People = nil, nil
	if err := newWorld(t, programme()).do(boss, model.LoadProgramme{Problem: empty}); model.CodeOf(err) != model.Invalid {
		t.Errorf("a roster without tiers: %v, want invalid", err)
	}
	w.must(boss, model.LoadProgramme{Problem: programme()})
	if w.state.Draft != nil || len(w.state.Seminars) != 1 {
		t.Errorf("draft %v and %d seminars after a new roster; want no draft and the published seminar", w.state.Draft, len(w.state.Seminars))
	}
}

func TestSaveDraftRefusesAPlanThatDoesNotFit(t *testing.T) {
	w := newWorld(t, programme())
	for name, plan := range map[string]*model.Plan{
		"no format":     {Problem: "x", Seminars: []model.Seminar{}, Unmet: []model.Unmet{}},
		"no list":       {Format: model.PlanFormat, Problem: "x", Unmet: []model.Unmet{}},
		"unknown slot":  {Format: model.PlanFormat, Problem: "x", Seminars: []model.Seminar{seminar("n", "staff", "law", "9-9", "near", "l0", "s0")}, Unmet: []model.Unmet{}},
		"unknown unmet": {Format: model.PlanFormat, Problem: "x", Seminars: []model.Seminar{}, Unmet: []model.Unmet{{Person: "nobody", Module: "law"}}},
	} {
		if err := w.do(boss, model.SaveDraft{Plan: plan}); model.CodeOf(err) != model.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}

func TestApplyRefusesADamagedJournal(t *testing.T) {
	w := newWorld(t, programme())
	for name, e := range map[string]model.Entry{
		"a gap":           {Seq: 3, Events: []model.Event{model.FeedRotated{Person: "s0"}}},
		"a missing blob":  {Seq: 2, Events: []model.Event{model.DraftSaved{Plan: "gone"}}},
		"no such seminar": {Seq: 2, Events: []model.Event{model.LeadersSet{Seminar: "S9"}}},
	} {
		if _, err := w.state.Apply(e, w.blob); err == nil {
			t.Errorf("%s was taken in", name)
		}
	}
	if _, err := model.DecodeEvents(json.RawMessage(`[{"type":"from.the.future","data":{}}]`)); err == nil {
		t.Error("an unknown event was taken in")
	}
}

func TestFiguresCountWhatHasBeenHeld(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1"),
		seminar("n3", "staff", "ethics", "15-8", "near", "l0", "s0", "s1"))
	end := w.state.Roster.Slots["15-8"].End
	for _, c := range []struct {
		now                       time.Time
		trained, ready, hoursDone int
	}{{end.Add(-time.Second), 0, 2, 4}, {end, 2, 2, 8}, {w.state.Roster.Slots["1-8"].Start, 0, 0, 0}} {
		f := w.state.Figures(c.now)
		if f.StaffTrained != c.trained || f.LeadersReady != c.ready || f.HoursDone != c.hoursDone || f.HoursNeeded != 16 || f.StaffPlanned != 2 {
			t.Errorf("at %s: %+v", c.now, f)
		}
	}
}
