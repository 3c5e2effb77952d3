package check

import (
	"slices"
	"time"
)

// stay is somebody or something being somewhere from one instant up to, but
// not including, another.
type stay struct {
	who      string
	from, to time.Time
}

// crowd is an instant at which more are there than may be.
type crowd struct {
	at    time.Time
	count int
}

// crowds finds every instant at which somebody arrives and more than limit
// different ones are then there.
func crowds(stays []stay, limit int) []crowd {
	type event struct {
		at   time.Time
		who  string
		step int // +1 arrives, -1 leaves
	}
	var events []event
	for _, s := range stays {
		if s.from.Before(s.to) {
			events = append(events, event{s.from, s.who, 1}, event{s.to, s.who, -1})
		}
	}
	slices.SortFunc(events, func(a, b event) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return a.step - b.step // who leaves at an instant is no longer there
	})
	present := map[string]int{}
	var found []crowd
	for i, e := range events {
		present[e.who] += e.step
		if present[e.who] == 0 {
			delete(present, e.who)
		}
		last := i == len(events)-1 || !events[i+1].at.Equal(e.at)
		if last && e.step > 0 && len(present) > limit {
			found = append(found, crowd{at: e.at, count: len(present)})
		}
	}
	return found
}
