package demo_test

import (
	"testing"
	"time"

	"kaskad/server/demo"
)

func date(t testing.TB, s string) time.Time {
	t.Helper()
	stockholm, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	d, err := time.ParseInLocation("2006-01-02", s, stockholm)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The almanac's dates of 2026 to 2030.
func TestMovableHolidaysFollowTheAlmanac(t *testing.T) {
	for _, year := range []struct {
		easter string
		free   []string
	}{
		{"2026-04-05", []string{"2026-04-03", "2026-04-06", "2026-05-14", "2026-05-24", "2026-06-19", "2026-10-31"}},
		{"2027-03-28", []string{"2027-03-26", "2027-03-29", "2027-05-06", "2027-05-16", "2027-06-25", "2027-11-06"}},
		{"2028-04-16", []string{"2028-04-14", "2028-04-17", "2028-05-25", "2028-06-04", "2028-06-23", "2028-11-04"}},
		{"2029-04-01", []string{"2029-03-30", "2029-04-02", "2029-05-10", "2029-05-20", "2029-06-22", "2029-11-03"}},
		{"2030-04-21", []string{"2030-04-19", "2030-04-22", "2030-05-30", "2030-06-09", "2030-06-21", "2030-11-02"}},
	} {
		easter := date(t, year.easter)
		if got := demo.Easter(easter.Year()); !got.Equal(easter) {
			t.Errorf("Easter = %s, want %s", got.Format("2006-01-02"), year.easter)
		}
		for _, free := range year.free {
			if !demo.Holiday(date(t, free)) {
				t.Errorf("%s is no holiday", free)
			}
		}
	}
}

func TestEasterKeepsToItsLimits(t *testing.T) {
	for easter, year := range map[string]int{"1818-03-22": 1818, "1943-04-25": 1943, "1954-04-18": 1954, "2285-03-22": 2285} {
		if got := demo.Easter(year).Format("2006-01-02"); got != easter {
			t.Errorf("Easter(%d) = %s, want %s", year, got, easter)
		}
	}
}

func TestAYearHasItsHolidays(t *testing.T) {
	// 16 holidays and eves of 2027, of which the national day falls on a Sunday.
	got := 0
	for d := date(t, "2027-01-01"); d.Year() == 2027; d = d.AddDate(0, 0, 1) {
		if demo.Holiday(d) {
			got++
		}
	}
	if got != 16 {
		t.Errorf("%d holidays in 2027, want 16", got)
	}
}

func TestSqueezeDaysLieBetweenHolidayAndWeekend(t *testing.T) {
	for day, want := range map[string]bool{
		"2027-05-07": true,  // Friday after Ascension
		"2028-06-05": true,  // Monday before the national day
		"2027-05-05": false, // Wednesday before Ascension
		"2027-05-14": false, // an ordinary Friday
	} {
		if got := demo.Squeezed(date(t, day)); got != want {
			t.Errorf("Squeezed(%s) = %v, want %v", day, got, want)
		}
	}
}

func TestSlotsAreWorkingHalfDaysOfTheTerms(t *testing.T) {
	problem, _ := demo.Direkt(demo.Options{})
	ids := map[string]bool{}
	for _, s := range problem.Slots {
		ids[s.ID] = true
		if _, week := s.Start.ISOWeek(); week >= 25 && week <= 33 || week >= 51 || week == 1 {
			t.Errorf("slot %s is in week %d", s.ID, week)
		}
		if demo.Holiday(s.Start) || demo.Squeezed(s.Start) || s.Start.Weekday() == time.Saturday || s.Start.Weekday() == time.Sunday {
			t.Errorf("slot %s is on a free day", s.ID)
		}
		if s.End.Sub(s.Start) != 3*time.Hour {
			t.Errorf("slot %s lasts %v", s.ID, s.End.Sub(s.Start))
		}
	}
	for id, want := range map[string]bool{
		"2027-01-11-am": true, "2027-03-01-pm": true, "2027-06-18-pm": true, "2027-08-23-am": true, "2027-12-17-pm": true,
		"2028-06-16-pm": true, "2027-03-26-am": false, "2027-05-06-am": false, "2027-05-07-am": false, "2027-06-21-am": false,
	} {
		if ids[id] != want {
			t.Errorf("slot %s is there: %v, want %v", id, ids[id], want)
		}
	}
	// 23 weeks, less two days at Easter and two at Ascension.
	spring := 0
	for _, s := range problem.Slots {
		if s.Start.Before(problem.Waves[0].To) {
			spring++
		}
	}
	if spring != 2*(23*5-4) {
		t.Errorf("%d half-days in spring 2027, want %d", spring, 2*(23*5-4))
	}
	if _, offset := problem.Slots[0].Start.Zone(); offset != 3600 {
		t.Errorf("the first slot has offset %d s, want 3600", offset)
	}
}

func TestWavesStartInTheFirstTermThatIsLongEnough(t *testing.T) {
	for start, want := range map[string]string{
		"2027-01-01": "2027-01-11", // after the Christmas break
		"2027-02-03": "2027-02-03", // in the middle of spring
		"2027-04-01": "2027-08-23", // too late for spring
		"2027-07-01": "2027-08-23",
		"2027-11-01": "2028-01-10", // too late for autumn
	} {
		problem, _ := demo.Direkt(demo.Options{Staff: 600, Start: date(t, start)})
		if got := problem.Waves[0].From.Format("2006-01-02"); got != want {
			t.Errorf("start %s: first wave from %s, want %s", start, got, want)
		}
		for i := 1; i < len(problem.Waves); i++ {
			if problem.Waves[i].From.Before(problem.Waves[i-1].To) {
				t.Errorf("start %s: wave %d overlaps the one before", start, i+1)
			}
		}
	}
}
