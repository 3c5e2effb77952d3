package forecast

// plenty is more seats than any programme has people, and still adds up.
const plenty = 1 << 40

// pools are the seats of each area.
type pools map[string]*pool

// pool is what an area's leaders or rooms can still take by week, and in all.
type pool struct {
	week      []int
	left      int // over all weeks ahead
	used, all int // by the plan; without it
}

func (p pools) of(area string, weeks int) *pool {
	if p[area] == nil {
		p[area] = &pool{week: make([]int, weeks)}
	}
	return p[area]
}

func (p *pool) add(week, seats int) {
	p.week[week] += seats
	p.all += seats
}

// spend takes seats whether there are any or not: the plan knows better.
func (p *pool) spend(week, seats int) {
	p.week[week] -= seats
	p.left -= seats
	p.used += seats
}

func (p *pool) free(week int) int { return max(0, min(p.week[week], p.left)) }

// share is how much of what there was the plan uses, in percent.
func (p *pool) share() int {
	all := min(p.all, p.left+p.used)
	if all <= 0 {
		return 0
	}
	return min(100, 100*p.used/all)
}

// free adds up a week's seats of the areas near to one.
func (p pools) free(near []string, week int) (n int) {
	for _, area := range near {
		if pool := p[area]; pool != nil {
			n += pool.free(week)
		}
	}
	return n
}

// take uses seats, the nearest first.
func (p pools) take(near []string, week, n int) {
	for _, area := range near {
		if pool := p[area]; pool != nil {
			some := min(pool.free(week), n)
			pool.week[week] -= some
			pool.left -= some
			n -= some
		}
	}
}
