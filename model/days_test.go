package model

import (
	"testing"
	"time"
)

// Days and weeks follow one another, through changes of the clock and of the year.
func TestDaysAndWeeksFollowOneAnother(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	noon := time.Date(2026, 12, 1, 12, 0, 0, 0, zone)
	for range 400 {
		day := DayNumber(noon, zone)
		year, month, date := noon.Date()
		if at := Midnight(day, zone); !at.Equal(time.Date(year, month, date, 0, 0, 0, 0, zone)) {
			t.Fatalf("day %d of %s begins at %s", day, noon, at)
		}
		monday := Monday(noon, zone)
		if y, w := noon.ISOWeek(); monday.Weekday() != time.Monday || !monday.Equal(Midnight(FirstDay(WeekNumber(day)), zone)) {
			t.Fatalf("week %d of %d begins at %s", w, y, monday)
		} else if my, mw := monday.ISOWeek(); my != y || mw != w {
			t.Fatalf("%s is in week %d of %d, its Monday in %d of %d", noon, w, y, mw, my)
		}
		next := noon.AddDate(0, 0, 1)
		if CalendarDays(noon, next, zone) != 1 || WeekNumber(DayNumber(next, zone))-WeekNumber(day) != CalendarDays(monday, Monday(next, zone), zone)/7 {
			t.Fatalf("%s is not the day after %s", next, noon)
		}
		noon = next
	}
}

func TestHalfDaysEndAtTwelveAndFive(t *testing.T) {
	for clock, want := range map[string]HalfDay{"00:00": "mon-am", "11:59": "mon-am", "12:00": "mon-pm", "16:59": "mon-pm", "17:00": "mon-eve", "23:59": "mon-eve"} {
		at, err := time.Parse(time.DateTime, "2027-03-01 "+clock+":00")
		if got := HalfDayOf(at); err != nil || got != want {
			t.Errorf("%s on a Monday is %q, want %q (%v)", clock, got, want, err)
		}
	}
}
