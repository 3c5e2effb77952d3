package scheduler

// catchment decides which venue each person goes to: nearest first, then
// venues whose people are better off elsewhere are closed one after the other.
func (st *state) catchment(ti int32, people []int32) []int32 {
	c := st.c
	open := make([]bool, c.nVenues)
	for v := range open {
		open[v] = c.seatsAt(ti, int32(v)) > 0
	}
	at := make([]int32, len(people))
	for {
		size := make([]int32, c.nVenues)
		for i, p := range people {
			at[i] = c.nearestOpen(p, open)
			if at[i] >= 0 {
				size[at[i]]++
			}
		}
		v := c.worstVenue(ti, people, at, size, open)
		if v < 0 {
			return at
		}
		open[v] = false
	}
}

func (c *compiled) nearestOpen(p int32, open []bool) int32 {
	u := int(c.people[p].unit)
	for _, v := range c.near[u*c.nVenues : (u+1)*c.nVenues] {
		if open[v] && c.dist[u*c.nVenues+int(v)] <= c.people[p].maxTravel {
			return v
		}
	}
	return none
}

// worstVenue is the open venue whose closing saves most, or none.
func (c *compiled) worstVenue(ti int32, people, at, size []int32, open []bool) int32 {
	courses := c.tiers[ti].courses
	saving := make([]int64, c.nVenues)
	for v := range saving {
		if open[v] && size[v] > 0 {
			seats := c.seatsAt(ti, int32(v))
			// The people need seats elsewhere, where full seminars cost their share.
			spare := int64(seats)*int64((size[v]+seats-1)/seats) - int64(size[v])
			for _, co := range courses {
				saving[v] += c.courses[co].fixedCost * spare / int64(seats)
			}
			if size[v] < c.courses[courses[0]].seatsMin {
				saving[v] = never / 4
			}
		}
	}
	for i, p := range people {
		if v := at[i]; v >= 0 {
			open[v] = false
			w := c.nearestOpen(p, open)
			open[v] = true
			if w < 0 {
				saving[v] -= never / 1000
				continue
			}
			u := int(c.people[p].unit) * c.nVenues
			saving[v] -= 2 * int64(c.dist[u+int(w)]-c.dist[u+int(v)]) * c.travelPrice * int64(len(courses))
		}
	}
	best, most := none, int64(0)
	for v := range saving {
		if open[v] && saving[v] > most {
			best, most = int32(v), saving[v]
		}
	}
	return best
}
