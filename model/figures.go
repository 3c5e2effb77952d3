package model

import (
	"slices"
	"time"
)

// Figures are the programme in numbers at one moment.
type Figures struct {
	Staff        int // of the last tier
	StaffPlanned int // of them, how many have every need in a published seminar
	StaffTrained int // of them, how many have attended every need
	Leaders      int // of the tiers above the last
	LeadersReady int // of them, how many have attended every need
	HoursNeeded  int // minutes ÷ 60 of the last tier's needs
	HoursDone    int // of them, in seminars that have ended
	SeminarsOpen int // published without all leaders, still to come
}

// Figures counts the programme as it stands at now. Who had a seat in a seminar
// that has ended was there, unless attendance says otherwise.
func (s *State) Figures(now time.Time) Figures {
	var f Figures
	r := s.Roster
	last := r.Problem.Tiers[len(r.Problem.Tiers)-1].ID
	for i := range r.Problem.People {
		x := &r.Problem.People[i]
		if x.Tier == "" {
			continue
		}
		planned, done, minutes := s.progress(x, now)
		needs := r.Needs(x)
		if x.Tier != last {
			f.Leaders++
			if done == len(needs) {
				f.LeadersReady++
			}
			continue
		}
		f.Staff++
		if planned == len(needs) {
			f.StaffPlanned++
		}
		if done == len(needs) {
			f.StaffTrained++
		}
		for _, m := range needs {
			f.HoursNeeded += r.Modules[m].Minutes
		}
		f.HoursDone += minutes
	}
	f.HoursNeeded, f.HoursDone = f.HoursNeeded/60, f.HoursDone/60
	f.SeminarsOpen = s.openAhead(now)
	return f
}

// progress counts a person's planned and attended needs, and the minutes attended.
func (s *State) progress(x *Person, now time.Time) (planned, done, minutes int) {
	for _, seminar := range s.SeminarsOf(x.ID) {
		if seminar.Tier != x.Tier || !slices.Contains(seminar.Attendees, x.ID) {
			continue
		}
		planned++
		if _, end := s.Roster.Span(&seminar.Seminar); !end.After(now) {
			done++
			minutes += s.Roster.Modules[seminar.Module].Minutes
		}
	}
	return planned, done, minutes
}

// openAhead counts the seminars to come that lack a leader.
func (s *State) openAhead(now time.Time) (n int) {
	for _, x := range s.Seminars {
		if start, _ := s.Roster.Span(&x.Seminar); x.Open(s.Roster) && start.After(now) {
			n++
		}
	}
	return n
}
