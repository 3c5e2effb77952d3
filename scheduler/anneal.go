package scheduler

// search improves one state by simulated annealing (Kirkpatrick, Gelatt,
// Vecchi 1983) over several small neighbourhoods. A move is made, priced as it
// is made, and taken back unless its price stays below a threshold drawn
// beforehand, -T ln(u).
type search struct {
	st     *state
	c      *compiled
	r      *rng
	temp   float64
	limit  int64 // the price the move at hand may cost at most
	prices prices
	from   standing
	zones  []bool  // the chain's own; nil: all
	mine   []int32 // the needs of their people; nil: all

	pairs  []booking // scratch of path moves
	pool   []int32   // scratch of moves that set people free
	cohort []int32
	waits  []int32
	behind []int32
	mask   []uint64
	chain  []transfer
	drawn  [leadersDrawn]int32
	router router
	tries  int64
	priced int64 // of them, moves whose price was looked at
	stats  [nMoves]struct{ tried, kept int64 }
}

// standing is what a state is worth: rules first, then needs, then minutes.
type standing struct {
	broken, excess, unmet int // excess: people moved beyond maxMoved (H13)
	short, total          int64
}

// Prices of what only a move as a whole can put right. A missing seat costs
// about what a seminar costs per head and more, so that a seminar below
// seats.min is filled or given up; an unmet need outweighs any saving.
const (
	seatPrice = 300
	needPrice = 1_000_000
	// excessPrice outweighs meeting all a person's needs: H13 is a rule.
	excessPrice = 100 * needPrice
)

type booking struct{ need, seminar int32 }

func (st *state) standing() standing {
	return standing{st.broken, max(0, st.moved-st.c.maxMoved), len(st.unmet), st.short, st.total}
}

// prices are what an unmet need and a seat missing below seats.min are taken to cost.
type prices struct{ need, seat int64 }

// worth folds needs, missing seats and minutes into one number.
func (x standing) worth(p prices) int64 {
	return x.total + p.seat*x.short + p.need*int64(x.unmet) + excessPrice*int64(x.excess)
}

// better orders by the rules, then as the contract does.
func (x standing) better(y standing) bool {
	if x.broken != y.broken {
		return x.broken < y.broken
	}
	if x.excess != y.excess {
		return x.excess < y.excess
	}
	if x.short != y.short && (x.short == 0 || y.short == 0) {
		return x.short == 0
	}
	if x.unmet != y.unmet {
		return x.unmet < y.unmet
	}
	return x.total < y.total
}

// owns: the person of need a is of a zone that the chain may change.
func (se *search) owns(a int32) bool {
	return se.zones == nil || se.zones[se.c.people[se.c.needs[a].person].zone]
}

// begin starts a move and draws what it may cost.
func (se *search) begin() {
	se.from = se.st.standing()
	se.st.begin()
}

// decide keeps the move or takes it back.
func (se *search) decide(ok bool) bool {
	st := se.st
	now := st.standing()
	if ok && now.broken <= se.from.broken && now.excess <= se.from.excess &&
		now.worth(se.prices)-se.from.worth(se.prices) <= se.limit {
		st.commit()
		return true
	}
	st.rollback()
	return false
}

// move kinds, in the order of their table.
const (
	movePathSwap = iota
	movePathJoin
	moveSeatSwap
	moveSeat
	moveSlot
	moveVenue
	moveLeader
	moveSeriesLeader
	moveLeaderSwap
	moveSeriesVenue
	moveInsert
	moveClose
	moveRoute
	moveRebuild
	moveEject
	moveShift
	moveLure
	moveRuin
	moveChain
	moveReplay
	moveRestore
	moveFirst
	nMoves
)

// mix is how often, in parts of 1,024, each kind is tried.
var mix = [nMoves]int{265, 150, 130, 98, 100, 10, 60, 50, 40, 6, 7, 4, 8, 8, 70, 4, 2, 0, 12}

// tightMix is the mix while needs are unmet and the problem is small: more of
// the moves that open, shift and give up seminars.
var tightMix = [nMoves]int{120, 80, 100, 110, 68, 20, 60, 30, 20, 10, 80, 30, 40, 10, 60, 50, 24, 77, 0, 3, 20, 12}

// moveTable spreads a mix over a table that one draw indexes.
type moveTable [1024]uint8

func spread(mix [nMoves]int) (t moveTable) {
	i := 0
	for k, n := range mix {
		for range n {
			t[i] = uint8(k)
			i++
		}
	}
	return t
}

// wantingMix is the mix of other problems while needs are unmet.
var wantingMix = [nMoves]int{215, 150, 130, 110, 100, 10, 60, 50, 40, 6, 60, 4, 8, 5, 70, 4, 2, 0}

// smallMix is the mix of a small problem whose needs are all met.
var smallMix = [nMoves]int{185, 120, 120, 110, 84, 20, 80, 50, 40, 10, 0, 10, 12, 10, 57, 40, 10, 30, 0, 0, 24, 12}

var roomyMoves, wantingMoves, smallMoves, tightMoves = spread(mix), spread(wantingMix), spread(smallMix), spread(tightMix)

// smallProgramme is the number of needs up to which all neighbourhoods are
// cheap enough to be tried often.
const smallProgramme = 500

// run makes n moves at the given temperature.
func (se *search) run(n int64, temp float64) {
	se.temp = temp
	for i := int64(0); i < n; i++ {
		se.step()
	}
	se.tries += n
}

// applies: there is something in the problem that a kind of move could change.
func (se *search) applies(k uint8) bool {
	switch k {
	case moveInsert:
		return len(se.st.unmet) > 0
	case moveRestore:
		return len(se.c.told) > 0
	case moveFirst:
		return se.c.maxLeaders > 1
	}
	return true
}

func (se *search) step() {
	st := se.st
	se.limit = int64(se.temp * se.r.exponential())
	table := &roomyMoves
	switch small, wanting := len(st.at) <= smallProgramme, len(st.unmet) > 0; {
	case small && wanting:
		table = &tightMoves
	case small:
		table = &smallMoves
	case wanting:
		table = &wantingMoves
	}
	k := table[se.r.next()>>54]
	if !se.applies(k) {
		k = moveSlot
	}
	if len(st.open) == 0 {
		k = moveInsert
	}
	kept := false
	switch k {
	case movePathSwap:
		kept = se.pathSwap()
	case movePathJoin:
		kept = se.pathJoin()
	case moveSeatSwap:
		kept = se.seatSwap()
	case moveSeat:
		kept = se.seatMove()
	case moveSlot:
		kept = se.slotMove()
	case moveVenue:
		kept = se.venueMove()
	case moveLeader:
		kept = se.leaderMove()
	case moveSeriesLeader:
		kept = se.seriesLeader()
	case moveLeaderSwap:
		kept = se.leaderSwap()
	case moveSeriesVenue:
		kept = se.seriesVenue()
	case moveInsert:
		kept = se.insertMove()
	case moveClose:
		kept = se.closeMove()
	case moveRoute:
		kept = se.routeMove()
	case moveRebuild:
		kept = se.rebuildMove()
	case moveEject:
		kept = se.seatEject()
	case moveShift:
		kept = se.shiftMove()
	case moveLure:
		kept = se.lureMove()
	case moveRuin:
		kept = se.ruinMove()
	case moveChain:
		kept = se.chainMove()
	case moveReplay:
		kept = se.replayMove()
	case moveRestore:
		kept = se.restoreMove()
	case moveFirst:
		kept = se.firstMove()
	}
	se.stats[k].tried++
	if kept {
		se.stats[k].kept++
	}
}
