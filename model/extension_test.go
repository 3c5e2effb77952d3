package model_test

import (
	"bytes"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kaskad/model"
)

// yearLong has slots on Mondays at 9 and Thursdays at 13 for 60 weeks from 4
// January 2027, none in July, and once on a Sunday.
func yearLong() *model.Problem {
	p := programme()
	zone, _ := time.LoadLocation(p.Programme.Timezone)
	p.Slots = nil
	add := func(day time.Time, hour int) {
		start := time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, zone)
		p.Slots = append(p.Slots, model.Slot{ID: start.Format("0102") + start.Format("-15") + start.Format("06"), Start: start, End: start.Add(3 * time.Hour)})
	}
	for week := range 60 {
		monday := time.Date(2027, 1, 4+7*week, 0, 0, 0, 0, zone)
		if monday.Month() == time.July {
			continue
		}
		add(monday, 9)
		add(monday.AddDate(0, 0, 3), 13)
	}
	add(time.Date(2028, 2, 20, 0, 0, 0, 0, zone), 10)
	return p
}

func until(year, month, day int) time.Time {
	zone, _ := time.LoadLocation("Europe/Stockholm")
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, zone)
}

func TestExtensionGoesOnAsTheWeeksBefore(t *testing.T) {
	p := yearLong()
	n := len(p.Slots)
	longer, err := p.Extended(until(2028, 9, 1))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Slots) != n {
		t.Error("the problem itself has more slots")
	}
	count := map[time.Month]int{}
	for _, s := range longer.Slots[n:] {
		local := s.Start.In(until(2028, 1, 1).Location())
		count[local.Month()]++
		monday := local.Weekday() == time.Monday && local.Hour() == 9
		thursday := local.Weekday() == time.Thursday && local.Hour() == 13
		if !monday && !thursday || s.End.Sub(s.Start) != 3*time.Hour || !local.Before(until(2028, 9, 1)) {
			t.Errorf("a new slot from %s to %s, want Mondays at 9 and Thursdays at 13 for 3 hours", local, s.End)
		}
	}
	// 52 weeks before 3 to 27 July there were none.
	if count[time.March] != 9 || count[time.July] != 1 || count[time.August] != 9 {
		t.Errorf("new slots by month: %v; want 9 in March, 1 in July (the 31st) and 9 in August", count)
	}
	if err := model.Validate(longer); err != nil {
		t.Errorf("the longer problem is not valid: %v", err)
	}
	if got := longer.Waves[0].To; !got.Equal(until(2028, 9, 1)) {
		t.Errorf("the last wave ends %s", got)
	}
}

func TestExtensionRefusesDaysThatDoNotLengthen(t *testing.T) {
	for day, want := range map[time.Time]string{
		until(2028, 2, 25): "error.extend-early", until(2027, 1, 1): "error.extend-early", until(2031, 3, 1): "error.extend-far", until(2028, 2, 26): "<nil>",
	} {
		if _, err := yearLong().Extended(day); keyOf(err) != want {
			t.Errorf("until %s: %v, want %s", day, err, want)
		}
	}
	empty := programme()
	empty.Slots = nil
	if _, err := empty.Extended(until(2028, 1, 1)); keyOf(err) != "error.extend-none" {
		t.Errorf("without slots: %v", err)
	}
}

// Only waves that end last get longer; in two steps or one the slots are the same.
func TestExtensionInTwoStepsIsTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := yearLong()
		p.Waves = append(p.Waves, model.Wave{ID: "later", From: p.Waves[0].From, To: p.Waves[0].To.AddDate(0, 1, 0)})
		first := rapid.IntRange(1, 300).Draw(rt, "days")
		second := rapid.IntRange(first+1, 700).Draw(rt, "more days")
		at := func(days int) time.Time { return until(2028, 2, 25+days) }
		whole, err := p.Extended(at(second))
		if err != nil {
			rt.Fatal(err)
		}
		half, err := p.Extended(at(first))
		if err != nil {
			rt.Fatal(err)
		}
		if whole.Waves[0].To != p.Waves[0].To || !whole.Waves[1].To.Equal(at(second)) {
			rt.Fatalf("waves end %s and %s", whole.Waves[0].To, whole.Waves[1].To)
		}
		for i, s := range half.Slots {
			if other := whole.Slots[i]; other.ID != s.ID || !other.Start.Equal(s.Start) || !other.End.Equal(s.End) {
				rt.Fatalf("slot %d is %v in one step and %v in the first of two", i, whole.Slots[i], s)
			}
		}
	})
}

func TestExtendingKeepsDraftAndPublication(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training())
	w.draft(training(), lesson("n2", "8-8", "s0"))
	before := w.state
	if err := w.do(model.Actor{Person: "s0", Role: model.Staff}, model.ExtendProgramme{Until: until(2027, 6, 1)}); model.CodeOf(err) != model.Forbidden {
		t.Errorf("staff extends: %v", err)
	}
	w.must(boss, model.ExtendProgramme{Until: until(2027, 6, 1)})
	if w.state.Draft == nil || w.state.Draft.Ref != before.Draft.Ref || w.state.DraftStale() != before.DraftStale() || len(w.state.Seminars) != 1 {
		t.Errorf("the draft is %+v with %d published seminars after extending, want both as they were", w.state.Draft, len(w.state.Seminars))
	}
	if more := len(w.state.Roster.Problem.Slots) - len(before.Roster.Problem.Slots); more <= 0 {
		t.Errorf("%d slots more", more)
	}
	data, err := w.state.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	restored, err := model.RestoreState(data, w.blob)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := restored.Snapshot(); !bytes.Equal(again, data) || len(restored.Roster.Problem.Slots) != len(w.state.Roster.Problem.Slots) {
		t.Error("a restored State is another one")
	}
	if err := w.do(boss, model.ExtendProgramme{Until: until(2027, 5, 1)}); keyOf(err) != "error.extend-early" {
		t.Errorf("extended to an earlier day: %v", err)
	}
}
