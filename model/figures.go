package model

import (
	"slices"
	"time"
)

// Figures are the programme in numbers at one moment.
type Figures struct {
	People         int // with something to learn, all tiers
	Staff          int // of the last tier
	StaffPlanned   int // of them, how many have every need in a published seminar
	StaffTrained   int // of them, how many have attended every need
	Leaders        int // of the tiers above the last
	LeadersReady   int // of them, how many have attended all they lead
	HoursNeeded    int // minutes ÷ 60 of the last tier's needs
	HoursPlanned   int // published, past and to come
	HoursDone      int // past
	SeminarsOpen   int // published without all leaders, still to come
	Seminars       int // published, not cancelled
	First, Last    time.Time
	Published      map[string]int // seminars by wave
	PublishedUnmet int            // needs of the last tier in no published seminar
}

// Figures counts the programme as it stands at now. Attendance is taken from
// the plan: who had a seat in a seminar that has ended was there.
func (s *State) Figures(now time.Time) Figures {
	f := Figures{Published: map[string]int{}}
	r := s.Roster
	last := r.Problem.Tiers[len(r.Problem.Tiers)-1].ID
	for i := range r.Problem.People {
		x := &r.Problem.People[i]
		if x.Tier == "" {
			continue
		}
		f.People++
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
		f.PublishedUnmet += len(needs) - planned
		for _, m := range needs {
			f.HoursNeeded += r.Modules[m].Minutes
		}
		f.HoursPlanned += minutes[0]
		f.HoursDone += minutes[1]
	}
	f.HoursNeeded, f.HoursPlanned, f.HoursDone = f.HoursNeeded/60, f.HoursPlanned/60, f.HoursDone/60
	s.countSeminars(&f, now)
	return f
}

// progress counts a person's planned and attended needs and their minutes.
func (s *State) progress(x *Person, now time.Time) (planned, done int, minutes [2]int) {
	for _, seminar := range s.SeminarsOf(x.ID) {
		if seminar.Tier != x.Tier || !slices.Contains(seminar.Attendees, x.ID) {
			continue
		}
		planned++
		minutes[0] += s.Roster.Modules[seminar.Module].Minutes
		if _, end := s.Roster.Span(&seminar.Seminar); !end.After(now) {
			done++
			minutes[1] += s.Roster.Modules[seminar.Module].Minutes
		}
	}
	return planned, done, minutes
}

func (s *State) countSeminars(f *Figures, now time.Time) {
	for _, x := range s.Seminars {
		if x.Cancelled {
			continue
		}
		f.Seminars++
		f.Published[x.Wave]++
		start, end := s.Roster.Span(&x.Seminar)
		if x.Open(s.Roster) && start.After(now) {
			f.SeminarsOpen++
		}
		if f.First.IsZero() || start.Before(f.First) {
			f.First = start
		}
		if end.After(f.Last) {
			f.Last = end
		}
	}
}
