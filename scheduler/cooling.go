package scheduler

import (
	"math"
	"time"
)

// cooling is one descent of the temperature.
type cooling struct {
	from      int64         // iterations when it began
	began     time.Duration // time when it began
	moves     int64         // its length, if the run's limits leave it that much
	hot, cold float64
	daring    bool    // needs may be given up while it is hot
	seat      float64 // what a missing seat is taken to cost in the end
}

// movesPerNeed is the length of a cooling: of small problems, which are cooled
// many times over, and of others, which few runs are long enough to finish.
const (
	movesPerNeedSmall = 500
	movesPerNeed      = 8000
)

// heats are the hottest temperatures of successive coolings, as shares of what
// an attendance costs on average: what a move changes is of that order. The
// first keeps most of what construction has got right.
var heats = []float64{0.35, 6, 0.35, 15, 2, 0.35}

const coldest = 0.015

func (ch *annealer) cooling(k int) cooling {
	best := ch.best
	attended := len(best.at) - len(best.unmet)
	each := max(4, min(400, float64(best.total-best.c.baseCost)/float64(max(1, attended))))
	heat, moves, seat := heats[0], movesPerNeed*int64(ch.needs), float64(seatPrice)
	if len(best.at) <= smallProgramme {
		for i := range best.c.courses {
			seat = max(seat, needPrice*float64(min(best.c.courses[i].seatsMin, smallProgramme)))
		}
		heat, moves = heats[k%len(heats)], max(30_000, movesPerNeedSmall*int64(len(best.at)))
	}
	if x := ch.r.options.heat; x > 0 {
		heat *= x
	}
	return cooling{from: ch.iterations, began: ch.r.elapsed(), moves: moves, hot: heat * each, cold: coldest * each, daring: heat > 0.5, seat: seat}
}

// share is how much of the cooling is done, by its own length or by what is
// left of the run, whichever is further. A run limited by iterations never
// looks at the time, so that it can be repeated exactly.
func (c cooling) share(ch *annealer) float64 {
	r := ch.r
	done := float64(ch.iterations-c.from) / float64(c.moves)
	if ch.limit > 0 {
		return max(done, float64(ch.iterations-c.from)/float64(ch.limit-c.from))
	}
	if r.options.Time > 0 {
		return max(done, float64(r.elapsed()-c.began)/float64(max(1, r.options.Time-c.began)))
	}
	return done
}

// temperature falls geometrically.
func (c cooling) temperature(share float64) float64 {
	return c.hot * math.Pow(c.cold/c.hot, min(1, max(0, share)))
}

// prices are what unmet needs and missing seats are taken to cost. In the first part of a
// daring cooling a need is little enough to be given up for two others
// later; after that it outweighs any saving. Of a small problem, a missing seat ends
// as dear as all the needs of a seminar that has to be given up for it: else the
// search would stay where groups too small meet many needs.
func (c cooling) prices(share float64) prices {
	p := prices{needPrice, int64(seatPrice * math.Pow(c.seat/seatPrice, min(1, share/0.8)))}
	if c.daring && share < 0.6 {
		p.need = max(500, int64(5*c.hot))
	}
	return p
}
