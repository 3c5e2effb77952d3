package demo

import "slices"

// A town is a meeting town when the units of its wave within commute minutes
// of it can spare at least gathering people in one half-day: then a seminar
// there can be filled whoever else is away.
const (
	commute   = 40
	gathering = 24
)

// meetingTowns lists, per wave, the towns with a venue where seminars can
// surely be filled, or all towns with a venue when none is large enough.
func (b *builder) meetingTowns() [][]int {
	spare := make([]int, len(b.towns))
	for _, u := range b.units {
		spare[u.town] += u.maxAway
	}
	lists := make([][]int, len(b.waves))
	fallback := make([][]int, len(b.waves))
	for i, t := range b.towns {
		if !slices.Contains(b.venueTown, i) {
			continue
		}
		sum := 0
		for j, other := range b.towns {
			if other.wave == t.wave && minutes(t.at, other.at) <= commute {
				sum += spare[j]
			}
		}
		fallback[t.wave] = append(fallback[t.wave], i)
		if sum >= gathering {
			lists[t.wave] = append(lists[t.wave], i)
		}
	}
	for w := range lists {
		if len(lists[w]) == 0 {
			lists[w] = fallback[w]
		}
	}
	return lists
}

// reach is a travel limit in minutes, at least 60 and a multiple of 15, that
// leaves a person of the unit the venues of the nearest meeting town and three
// venues in all where there are as many at hand.
func (b *builder) reach(u unit, meetings [][]int) int {
	town, best := -1, 0
	for _, t := range meetings[u.wave] {
		if m := minutes(u.at, b.towns[t].at); town < 0 || m < best {
			town, best = t, m
		}
	}
	var times []int
	meeting := -1
	for i, v := range b.venues {
		if t := b.venueTown[i]; t == town || t == u.town {
			m := minutes(u.at, point{v.Lat, v.Lon})
			times = append(times, m)
			if t == town && (meeting < 0 || m < meeting) {
				meeting = m
			}
		}
	}
	slices.Sort(times)
	limit := max(60, meeting, times[min(2, len(times)-1)])
	return (limit + 14) / 15 * 15
}
