package scheduler

import (
	"cmp"
	"slices"
)

// catchment is the people who go to one venue and how many series it takes.
type catchment struct {
	tier, venue int32
	series      int
	people      []int32 // sorted by unit
	// order is the people as they are to be booked, and the first homeless of
	// them have nowhere else to go; nil and 0 where all are alike.
	order    []int32
	homeless int
	missed   int64 // price of an empty seat when slots are compared
}

// fullness is the share of seats a series is taken to fill when catchments are
// cut: rotas and unit limits always keep some people from the common slots.
const fullness = 0.9

// catchments cuts the people of one tier and zone into catchments by rounding the
// averaged solution of the bound's relaxation, without time, for the tier's first
// module: where the bound sends people is where a good plan does.
func (st *state) catchments(ti int32, people []int32, stop func() bool) []catchment {
	f := st.flow(ti, people, stop)
	out := make([]catchment, len(f.venues))
	for i := range out {
		out[i] = catchment{tier: ti, venue: f.venues[i], missed: missed}
	}
	type portion struct {
		venue int
		part  float64
	}
	for g := range f.types {
		var parts []portion
		for i := range f.venues {
			if f.came[i][g] > 0.02 {
				parts = append(parts, portion{i, f.came[i][g]})
			}
		}
		left := f.types[g].people
		for len(left) > 0 && len(parts) > 0 {
			slices.SortStableFunc(parts, func(x, y portion) int { return cmp.Compare(y.part, x.part) })
			out[parts[0].venue].people = append(out[parts[0].venue].people, left[0])
			left = left[1:]
			parts[0].part--
		}
	}
	for i := range out {
		out[i].series = int(max(f.held[i], float64(len(out[i].people))/f.seats[i]) + 0.7)
		st.sortByUnit(out[i].people)
	}
	out = slices.DeleteFunc(out, func(k catchment) bool { return len(k.people) == 0 })
	slices.SortStableFunc(out, func(x, y catchment) int { return len(y.people) - len(x.people) })
	return out
}

// roominess is the share of a venue's free slots that series are taken to fill
// at most: the rest does not suit people, leaders or the days between modules.
const roominess = 0.6

// seriesRoom is how many series of the tier's modules venue v has room for in a
// zone; people without a wave use every zone.
func (st *state) seriesRoom(ti, zone, v int32) int32 {
	c := st.c
	free := int32(0)
	for t := range c.slots.start {
		if (zone == 0 || c.slots.zone[t] == zone) && c.venueOpen.has(v, int32(t)) {
			used := int32(0)
			for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
				used = max(used, int32(st.used[int(v)*c.slots.segments+int(g)]))
			}
			free += max(0, c.venueRooms[v]-used)
		}
	}
	return max(1, int32(roominess*float64(free))/int32(max(1, len(c.tiers[ti].courses))))
}

func (st *state) sortByUnit(people []int32) {
	slices.SortStableFunc(people, func(a, b int32) int { return int(st.c.people[a].unit - st.c.people[b].unit) })
}
