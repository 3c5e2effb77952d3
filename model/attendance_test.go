package model_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"kaskad/model"
)

// taught is a programme whose leaders have been trained and who then lead S00002.
func taught(t testing.TB) *world {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1", "s2", "s3"))
	return w
}

func TestAttendanceIsTakenAndCorrected(t *testing.T) {
	w := taught(t)
	l0 := model.Actor{Person: "l0", Role: model.Leader}
	later := at(8, 12)
	w.must(l0, model.TakeAttendance{Seminar: "S00002", Absent: []string{"s1", "s3", "s1"}, Now: later})
	x := w.state.Seminars["S00002"]
	if !slices.Equal(x.Attendees, []string{"s0", "s2"}) || !slices.Equal(x.Absent, []string{"s1", "s3"}) || x.Taken != w.now {
		t.Fatalf("after taking it: %+v", x)
	}
	if w.state.Amended != w.state.Seq {
		t.Error("needs are back, and the plan does not hear of it")
	}
	w.must(boss, model.TakeAttendance{Seminar: "S00002", Now: later})
	if x := w.state.Seminars["S00002"]; len(x.Absent) != 0 || len(x.Attendees) != 4 {
		t.Errorf("corrected: %+v", x)
	}
	amended := w.state.Amended
	w.must(boss, model.TakeAttendance{Seminar: "S00002", Now: later})
	if w.state.Amended != amended {
		t.Error("the same attendance again makes the plan stale")
	}
}

func TestAttendanceIsRefused(t *testing.T) {
	w := taught(t)
	for name, c := range map[string]struct {
		by   model.Actor
		what model.TakeAttendance
		key  string
	}{
		"another leader": {model.Actor{Person: "l1", Role: model.Leader}, model.TakeAttendance{Seminar: "S00002", Now: at(8, 12)}, "error.not-your-seminar"},
		"an attendee":    {model.Actor{Person: "s0", Role: model.Staff}, model.TakeAttendance{Seminar: "S00002", Now: at(8, 12)}, "error.not-your-seminar"},
		"too early":      {boss, model.TakeAttendance{Seminar: "S00002", Now: at(8, 7)}, "error.not-begun"},
		"a stranger":     {boss, model.TakeAttendance{Seminar: "S00002", Absent: []string{"l1"}, Now: at(8, 12)}, "error.not-expected"},
		"nobody came":    {boss, model.TakeAttendance{Seminar: "S00002", Absent: []string{"s0", "s1", "s2", "s3"}, Now: at(8, 12)}, "error.nobody-came"},
		"no seminar":     {boss, model.TakeAttendance{Seminar: "S9", Now: at(8, 12)}, "error.no-seminar"},
	} {
		err := w.do(c.by, c.what)
		if e, ok := err.(*model.Error); !ok || e.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

// sums adds the ledger up by state.
func sums(s *model.State, now time.Time) (minutes [4]int) {
	s.Hours(now, func(e model.HourEntry) { minutes[e.State] += e.Minutes })
	return minutes
}

func TestHoursFollowTheSeminars(t *testing.T) {
	w := taught(t)
	if got, want := sums(w.state, at(1, 0)), [4]int{model.HoursPlanned: 6 * 120}; got != want {
		t.Errorf("before anything: %v, want %v", got, want)
	}
	if got, want := sums(w.state, at(5, 0)), [4]int{model.HoursPlanned: 4 * 120, model.HoursHeld: 2 * 120}; got != want {
		t.Errorf("after the first seminar: %v, want %v", got, want)
	}
	w.must(boss, model.TakeAttendance{Seminar: "S00002", Absent: []string{"s1"}, Now: at(8, 12)})
	if got, want := sums(w.state, at(9, 0)), [4]int{model.HoursHeld: 2 * 120, model.HoursAttended: 3 * 120, model.HoursMissed: 120}; got != want {
		t.Errorf("after attendance: %v, want %v", got, want)
	}
}

var kinds = []model.ActivityType{
	{ID: "mentor", Name: "Mentorspar", Dated: true, Named: true, Credit: model.CreditAttendance, Minutes: 60},
	{ID: "web", Name: "Webbkurs", Named: true, Credit: model.CreditCompletion, Minutes: 45},
	{ID: "fair", Name: "Minimässa", Dated: true, Credit: model.CreditNone},
}

func hour(day, h int) model.Interval { return model.Interval{From: at(day, h), To: at(day, h+1)} }

func TestActivitiesAreKeptCreditedAndCancelled(t *testing.T) {
	w := taught(t)
	w.must(boss, model.SetActivityTypes{Types: kinds})
	pair := model.Activity{Type: "mentor", Name: "s0 och s1", People: []string{"s1", "s0"}, Leaders: []string{"s0"}, Times: []model.Interval{hour(9, 8), hour(2, 8)}, Minutes: 60}
	w.must(boss, model.SaveActivity{Activity: pair})
	w.must(boss, model.SaveActivity{Activity: model.Activity{Type: "web", Name: "Kurs", People: []string{"s0", "s1"}, Minutes: 45}})
	w.must(boss, model.SaveActivity{Activity: model.Activity{Type: "fair", Name: "Mässa", Times: []model.Interval{hour(2, 8)}}})
	first := w.state.Activities.Find("A00001")
	if first == nil || !first.Times[0].From.Equal(at(2, 8)) || !slices.Equal(first.People, []string{"s0", "s1"}) || first.Sequence != 0 {
		t.Fatalf("kept: %+v", first)
	}
	base := sums(w.state, at(1, 0))[model.HoursPlanned] - 6*120
	if want := 2*2*60 + 2*45; base != want {
		t.Errorf("%d minutes planned in activities, want %d", base, want)
	}
	s0 := model.Actor{Person: "s0", Role: model.Staff}
	w.must(s0, model.RecordParticipation{Activity: "A00001", Occasion: model.Occasion(hour(2, 8)), Participation: model.Participation{People: []string{"s1"}}, Now: at(2, 10)})
	w.must(boss, model.RecordParticipation{Activity: "A00002", Participation: model.Participation{People: []string{"s0"}}, Now: at(2, 10)})
	w.must(boss, model.RecordParticipation{Activity: "A00003", Occasion: model.Occasion(hour(2, 8)), Participation: model.Participation{Heads: 40}, Now: at(2, 10)})
	if got := sums(w.state, at(1, 0)); got[model.HoursAttended] != 60+45 || got[model.HoursMissed] != 60 {
		t.Errorf("recorded: %v", got)
	}
	moved := *first
	moved.Times = []model.Interval{hour(2, 8), hour(10, 8)}
	stamp := first.Stamp
	w.must(boss, model.SaveActivity{Activity: moved})
	if a := w.state.Activities.Find("A00001"); a.Sequence != 1 || a.Stamp <= stamp || len(a.Held) != 1 {
		t.Errorf("moved: %+v", a)
	}
	w.must(boss, model.CancelActivity{ID: "A00001"})
	if a := w.state.Activities.Find("A00001"); a.Sequence != 2 || !a.Cancelled {
		t.Errorf("cancelled: %+v", a)
	}
	if got := sums(w.state, at(1, 0)); got[model.HoursAttended] != 60+45 {
		t.Errorf("what was held counts no more after cancelling: %v", got)
	}
	snap, err := w.state.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	back, err := model.RestoreState(snap, w.blob)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := back.Snapshot(); err != nil || !bytes.Equal(again, snap) {
		t.Errorf("a checkpoint does not come back as it was: %v", err)
	}
}

func TestActivitiesAreChecked(t *testing.T) {
	w := taught(t)
	w.must(boss, model.SetActivityTypes{Types: kinds})
	good := model.Activity{Type: "mentor", Name: "Par", People: []string{"s0"}, Leaders: []string{"s1"}, Times: []model.Interval{hour(2, 8)}}
	w.must(boss, model.SaveActivity{Activity: good})
	change := func(how func(*model.Activity)) model.SaveActivity {
		a := good
		how(&a)
		return model.SaveActivity{Activity: a}
	}
	record := model.RecordParticipation{Activity: "A00001", Occasion: model.Occasion(hour(2, 8)), Now: at(2, 9)}
	w.must(boss, record)
	early, stranger, heads, never := record, record, record, record
	early.Now, stranger.Participation.People, heads.Participation.Heads, never.Occasion = at(1, 0), []string{"s2"}, -1, "2027"
	for key, c := range map[string]model.Command{
		"error.no-type":            change(func(a *model.Activity) { a.Type = "?" }),
		"error.activity-name":      change(func(a *model.Activity) { a.Name = " " }),
		"error.activity-times":     change(func(a *model.Activity) { a.Times = nil }),
		"error.activity-undated":   change(func(a *model.Activity) { a.Type = "web" }),
		"error.activity-drop-in":   change(func(a *model.Activity) { a.Type = "fair" }),
		"error.activity-minutes":   change(func(a *model.Activity) { a.Minutes = -1 }),
		"error.activity-link":      change(func(a *model.Activity) { a.Link = "javascript:x" }),
		"error.activity-overlap":   change(func(a *model.Activity) { a.Times = []model.Interval{hour(2, 8), hour(2, 8)} }),
		"error.activity-many":      change(func(a *model.Activity) { a.Times = make([]model.Interval, 201) }),
		"error.from-to":            change(func(a *model.Activity) { a.Times = []model.Interval{{From: at(2, 8), To: at(2, 8)}} }),
		"error.no-person":          change(func(a *model.Activity) { a.People = []string{"?"} }),
		"error.no-activity":        change(func(a *model.Activity) { a.ID = "A9" }),
		"error.occasion-held":      change(func(a *model.Activity) { a.ID, a.Times = "A00001", []model.Interval{hour(3, 8)} }),
		"error.type-in-use":        model.SetActivityTypes{},
		"error.type-name":          model.SetActivityTypes{Types: []model.ActivityType{{ID: "x"}}},
		"error.type-twice":         model.SetActivityTypes{Types: append(slices.Clone(kinds), kinds[0])},
		"error.type-credit":        model.SetActivityTypes{Types: []model.ActivityType{{ID: "x", Name: "x", Credit: "?"}}},
		"error.type-fits":          model.SetActivityTypes{Types: []model.ActivityType{{ID: "x", Name: "x", Credit: model.CreditAttendance}}},
		"error.type-minutes":       model.SetActivityTypes{Types: []model.ActivityType{{ID: "x", Name: "x", Credit: model.CreditNone, Minutes: -1}}},
		"error.activity-not-begun": early,
		"error.no-participant":     stranger,
		"error.heads":              heads,
		"error.no-occasion":        never,
	} {
		err := w.do(boss, c)
		if e, ok := err.(*model.Error); !ok || e.Key != key {
			t.Errorf("%+v: %v, want %s", c, err, key)
		}
	}
	s2 := model.Actor{Person: "s2", Role: model.Staff}
	for _, c := range []model.Command{model.SetActivityTypes{}, model.SaveActivity{}, model.CancelActivity{}, record} {
		if err := w.do(s2, c); model.CodeOf(err) != model.Forbidden {
			t.Errorf("%T by somebody: %v", c, err)
		}
	}
	w.must(boss, model.CancelActivity{ID: "A00001"})
	for _, c := range []model.Command{model.CancelActivity{ID: "A00001"}, change(func(a *model.Activity) { a.ID = "A00001" })} {
		if err := w.do(boss, c); model.CodeOf(err) != model.Conflict {
			t.Errorf("%T of a cancelled activity: %v", c, err)
		}
	}
}

// Who did not come still has the invitation in the calendar.
func TestACancelledSeminarIsCancelledForWhoWasAbsent(t *testing.T) {
	w := taught(t)
	w.must(boss, model.TakeAttendance{Seminar: "S00002", Absent: []string{"s1"}, Now: at(8, 12)})
	if err := w.do(boss, model.BookSeat{Person: "s1", Seminar: "S00002"}); model.CodeOf(err) != model.Infeasible {
		t.Errorf("who did not come books a second seat in it: %v", err)
	}
	w.must(boss, model.CancelSeminar{Seminar: "S00002"})
	if seats := notice(t, w.state, "s1", "S00002"); len(seats) != 1 || !seats[0].Cancelled {
		t.Errorf("cancelled, the absent one is told %+v", seats)
	}
	w.must(boss, model.Undo{Edit: "E00001"})
	w.must(boss, model.TakeAttendance{Seminar: "S00002", Now: at(8, 12)})
	if seats := notice(t, w.state, "s1", "S00002"); len(seats) != 2 || seats[1].Cancelled {
		t.Errorf("back again, who came after all is told %+v", seats)
	}
}

func TestAMergeCountsASeminarOnce(t *testing.T) {
	for _, keep := range []string{"s0", "s1"} {
		w := taught(t)
		w.must(boss, model.TakeAttendance{Seminar: "S00002", Absent: []string{"s1"}, Now: at(8, 12)})
		gone := map[string]string{"s0": "s1", "s1": "s0"}[keep]
		w.must(boss, model.MergePeople{Keep: keep, Gone: gone})
		x := w.state.Seminars["S00002"]
		if !slices.Contains(x.Attendees, keep) || len(x.Absent) != 0 {
			t.Errorf("one record came and the other not; merged into %s: %v came, %v not", keep, x.Attendees, x.Absent)
		}
	}
}

func TestWhoWasAbsentTakesTheSeatAlongIntoAMerge(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1"))
	w.must(boss, model.TakeAttendance{Seminar: "S00002", Absent: []string{"s1"}, Now: at(8, 12)})
	w.must(boss, model.MergePeople{Keep: "s2", Gone: "s1"})
	if gone, now := notice(t, w.state, "s1", "S00002"), notice(t, w.state, "s2", "S00002"); !gone[0].Cancelled || len(now) != 1 || now[0].Cancelled {
		t.Fatalf("the record that is gone has %+v, the one kept %+v", gone, now)
	}
	w.must(boss, model.TakeAttendance{Seminar: "S00002", Now: at(8, 12)})
	w.must(boss, model.CancelSeminar{Seminar: "S00002"})
	if now := notice(t, w.state, "s2", "S00002"); !now[0].Cancelled {
		t.Errorf("a cancelled seminar leaves %+v", now)
	}
}

func TestWhatHasBegunIsNeitherAnsweredNorTakenNorLeft(t *testing.T) {
	w := taught(t)
	w.must(boss, model.HandBack{Person: "l0", Seminar: "S00002", Now: at(8, 7)})
	begun, _ := w.state.Roster.Span(&w.state.Seminars["S00002"].Seminar)
	for _, c := range []model.Command{
		model.GiveAnswer{Person: "s0", Seminar: "S00002", Answer: model.Declined, Now: begun},
		model.BookSeat{Person: "s0", Seminar: "S00002", Now: begun},
		model.Claim{Person: "l0", Seminar: "S00002", Now: begun},
		model.HandBack{Person: "x", Seminar: "S00001", Now: begun},
	} {
		err := w.do(boss, c)
		if e, ok := err.(*model.Error); !ok || e.Key != "error.begun" {
			t.Errorf("%T when it has begun: %v", c, err)
		}
	}
	w.must(boss, model.Claim{Person: "l0", Seminar: "S00002", Now: begun.Add(-time.Minute)})
}

// Hours of somebody who is not in the roster are in no line of the ledger.
func TestAMergeTakesActivitiesAndLocksAlong(t *testing.T) {
	w := taught(t)
	w.must(boss, model.SetActivityTypes{Types: kinds})
	w.must(boss, model.SaveActivity{Activity: model.Activity{Type: "mentor", Name: "Par", People: []string{"s0", "s1"}, Leaders: []string{"s1"}, Times: []model.Interval{hour(2, 8)}, Minutes: 60}})
	w.must(boss, model.RecordParticipation{Activity: "A00001", Occasion: model.Occasion(hour(2, 8)), Participation: model.Participation{People: []string{"s1"}}, Now: at(2, 10)})
	w.must(boss, model.SetLock{Seminar: "S00002", Lock: model.Lock{People: []string{"s1"}}})
	before := w.state.Activities.Find("A00001")
	w.must(boss, model.MergePeople{Keep: "s0", Gone: "s1"})
	a := w.state.Activities.Find("A00001")
	if !slices.Equal(a.People, []string{"s0"}) || !slices.Equal(a.Leaders, []string{"s0"}) || !slices.Equal(a.Held[model.Occasion(hour(2, 8))].People, []string{"s0"}) {
		t.Errorf("the activity after the merge: %+v", a)
	}
	if !slices.Equal(before.People, []string{"s0", "s1"}) || !slices.Equal(before.Held[model.Occasion(hour(2, 8))].People, []string{"s1"}) {
		t.Error("the merge wrote into the State before it")
	}
	if got := sums(w.state, at(3, 0)); got[model.HoursAttended] != 60 {
		t.Errorf("%d minutes attended in the activity, want 60", got[model.HoursAttended])
	}
	if got := w.state.Locks["S00002"].People; !slices.Equal(got, []string{"s0"}) {
		t.Errorf("the lock holds %v", got)
	}
}
