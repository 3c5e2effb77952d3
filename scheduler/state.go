package scheduler

// state is one plan in the making: flat arrays over a compiled problem, its
// price kept up to date by every operation. Rules that no operation can break
// on the way are checked before it (rules.go); those that hold only once a
// move is complete are counted in broken and short:
//
//   - broken: leader places not filled, needs skipped by later modules of a
//     strict tier (H4), modules led though the leader's own need is not met (H5);
//   - short: seats below seats.min over all open seminars (H2).
//
// A state with both at 0 is a valid plan. Operations append to log, so a move
// that turns out badly is taken back by rollback.
type state struct {
	c *compiled

	total int64 // the contract's total
	short int64
	// broken counts what is unfinished; see above.
	broken int
	moved  int // people whose published slot is changed or dropped (H13)

	at    []int32 // need → seminar, or none
	pos   []int32 // place among the seminar's members, or in unmet
	when  []int32 // need → its seminar's slot, or none
	under []int32 // need → its seminar's first leader, or none
	unmet []int32 // needs no seminar meets

	sems    []seminar
	members [][]int32 // seminar → needs
	lead    []int32   // seminar × maxLeaders → leader or none
	count   []int16   // seminar × sector → attendees
	free    []int32   // closed seminars, to be used again
	open    []int32
	cells   [][]int32 // (course × venue × zone) → open seminars

	busy      []uint64 // person × segment: attending or leading
	away      []uint16 // segment × unit: those of one slot are asked for together
	used      []uint16 // venue × segment: rooms in use
	changed   []int16  // person → published attendances moved or dropped
	led       [][]int32
	ledWeek   []int16 // leader × week
	ledDay    []int16 // leader × day
	ledModule []int16 // leader × module
	unitSeen  []int16 // scratch of slotFits, all zero between calls

	series     [][]int32 // series → open seminars
	idleSeries int32     // where to look for an empty one

	chooser chooser // scratch

	log     []change
	graves  []seminar // what the log's closed seminars were
	logging bool
	before  tally // of the move at hand
}

// tally is what a state's running sums were.
type tally struct {
	total, short  int64
	broken, moved int
}

// seminar is one meeting of the plan in the making.
type seminar struct {
	course, slot, venue int32
	series              int32 // meetings planned together share it
	openPos, cellPos    int32
	published           int32 // index in the list of known ids, or none
	lock                int32 // index in the compiled locks, or none
	pinned              bool
	live                bool
}

type changeKind uint8

const (
	attached changeKind = iota
	detached
	ledSet
	slotSet
	venueSet
	opened
	closed
)

// change is one logged operation: what to undo, on what, and the value before.
type change struct {
	kind    changeKind
	a, b, c int32
}

func newState(c *compiled) *state {
	N, S := len(c.needs), c.slots.segments
	st := &state{c: c, total: c.baseCost + c.basePace, broken: c.unheld(), moved: c.strangers,
		at: make([]int32, N), pos: make([]int32, N), unmet: make([]int32, N), when: make([]int32, N), under: make([]int32, N),
		cells:   make([][]int32, len(c.courses)*len(c.venueCap)*c.slots.zones),
		busy:    make([]uint64, len(c.people)*c.words),
		away:    make([]uint16, len(c.unitMax)*S),
		used:    make([]uint16, len(c.venueCap)*S),
		changed: make([]int16, len(c.people)),
		led:     make([][]int32, len(c.leaders)),
		ledWeek: make([]int16, len(c.leaders)*c.slots.weeks), ledDay: make([]int16, len(c.leaders)*c.slots.days),
		ledModule: make([]int16, len(c.leaders)*len(c.problem.Modules)),
		unitSeen:  make([]int16, len(c.unitMax)),
	}
	for a := range st.at {
		st.at[a], st.when[a], st.under[a] = none, none, none
		st.pos[a], st.unmet[a] = int32(a), int32(a)
		nd := &c.needs[a]
		if nd.pubSlot >= 0 {
			st.changed[nd.person]++
		}
		if nd.again >= 0 {
			st.changed[nd.person] += int16(len(c.toldAgain[nd.again]))
		}
	}
	for p := range st.changed {
		if c.baseMoved[p] {
			st.changed[p]++
		}
		if st.changed[p] > 0 {
			st.moved++
		}
	}
	return st
}

func (st *state) note(k changeKind, a, b, c int32) {
	if st.logging {
		st.log = append(st.log, change{k, a, b, c})
	}
}

// begin starts a move; end it with commit or rollback.
func (st *state) begin() {
	st.log, st.graves, st.logging = st.log[:0], st.graves[:0], true
	st.before = tally{st.total, st.short, st.broken, st.moved}
}

func (st *state) commit() { st.logging = false }

// rollback takes the move back, last operation first. Nothing is priced: what
// the state was worth is known.
func (st *state) rollback() {
	st.logging = false
	for i := len(st.log) - 1; i >= 0; i-- {
		switch ch := st.log[i]; ch.kind {
		case attached:
			st.unseat(ch.a)
		case detached:
			st.seat(ch.a, ch.b)
		case ledSet:
			st.relead(ch.a, ch.b, ch.c)
		case slotSet:
			st.retime(ch.a, ch.b)
		case venueSet:
			st.replace(ch.a, ch.b)
		case opened:
			st.close(ch.a)
		case closed:
			sm := st.graves[ch.b]
			st.hold(sm.course, sm.slot, sm.venue, sm.series)
			st.sems[ch.a].published, st.sems[ch.a].lock = sm.published, sm.lock
		}
	}
	x := &st.before
	st.total, st.short, st.broken, st.moved = x.total, x.short, x.broken, x.moved
}

// relead is setLeader without its price.
func (st *state) relead(s, j, l int32) {
	if old := st.leaderOf(s, j); old >= 0 {
		st.unlead(old, s)
	}
	st.name(s, j, l)
	if l >= 0 {
		st.enlead(l, s)
	}
}

// newSeries names a series, to be filled by hold.
func (st *state) newSeries() int32 {
	for i := st.idleSeries; i < int32(len(st.series)); i++ {
		if len(st.series[i]) == 0 {
			st.idleSeries = i + 1
			return i
		}
	}
	st.idleSeries = 0
	st.series = append(st.series, nil)
	return int32(len(st.series) - 1)
}

func (st *state) leaderOf(s, j int32) int32 { return st.lead[s*st.c.maxLeaders+j] }

// attach books need a into seminar s. The caller has asked canAttend.
func (st *state) attach(a, s int32) {
	st.total += st.attendCost(a, s)
	st.broken += st.skipped(a, -1) - st.keepsSeat(a, s)
	if int32(len(st.members[s])) < st.c.courses[st.sems[s].course].seatsMin {
		st.short--
	}
	st.seat(a, s)
	st.note(attached, a, s, 0)
}

// detach takes need a out of its seminar and into unmet.
func (st *state) detach(a int32) {
	s := st.at[a]
	if int32(len(st.members[s])) <= st.c.courses[st.sems[s].course].seatsMin {
		st.short++
	}
	st.unseat(a)
	st.broken += st.skipped(a, +1) + st.keepsSeat(a, s)
	st.total -= st.attendCost(a, s)
	st.note(detached, a, s, 0)
}

// seat is attach without its price.
func (st *state) seat(a, s int32) {
	c := st.c
	sm, nd := &st.sems[s], &c.needs[a]
	last := st.unmet[len(st.unmet)-1]
	st.unmet[st.pos[a]], st.pos[last] = last, st.pos[a]
	st.unmet = st.unmet[:len(st.unmet)-1]
	st.at[a], st.pos[a] = s, int32(len(st.members[s]))
	st.when[a], st.under[a] = sm.slot, st.first(s)
	st.members[s] = append(st.members[s], a)
	st.count[int(s)*c.nSectors+int(nd.sector)]++
	st.occupy(nd.person, sm.slot)
	st.unmove(nd, sm.slot)
}

// unseat is detach without its price.
func (st *state) unseat(a int32) {
	c := st.c
	s := st.at[a]
	sm, nd := &st.sems[s], &c.needs[a]
	list := st.members[s]
	last := list[len(list)-1]
	list[st.pos[a]], st.pos[last] = last, st.pos[a]
	st.members[s] = list[:len(list)-1]
	st.at[a], st.pos[a] = none, int32(len(st.unmet))
	st.when[a], st.under[a] = none, none
	st.unmet = append(st.unmet, a)
	st.count[int(s)*c.nSectors+int(nd.sector)]--
	st.release(nd.person, sm.slot)
	st.move(nd, sm.slot)
}

// skipped is the change in broken when unattended need a gets attended
// (sign -1) or has just ceased to be (sign +1); a itself is unattended while
// it is counted.
func (st *state) skipped(a int32, sign int) int {
	c := st.c
	pe := &c.people[c.needs[a].person]
	n := 0
	if pe.leader >= 0 && st.ledModule[int(pe.leader)*c.nModules+int(c.courses[c.needs[a].course].module)] > 0 {
		n++
	}
	if !c.tiers[pe.tier].strict {
		return n * sign
	}
	later := false
	for b := a + 1; b < pe.needTo; b++ {
		later = later || st.at[b] >= 0
	}
	if later {
		return (n + 1) * sign
	}
	// With a attended, the open needs just before it are skipped on its account.
	for b := a - 1; b >= pe.needFrom && st.at[b] < 0; b-- {
		n--
	}
	return n * sign
}

func (st *state) occupy(p, t int32) {
	c := st.c
	row := st.busy[int(p)*c.words : (int(p)+1)*c.words]
	u := c.people[p].unit
	for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
		setBit(row, g)
		st.away[int(g)*len(c.unitMax)+int(u)]++
	}
}

func (st *state) release(p, t int32) {
	c := st.c
	row := st.busy[int(p)*c.words : (int(p)+1)*c.words]
	u := c.people[p].unit
	for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
		row[g>>6] &^= 1 << (uint(g) & 63)
		st.away[int(g)*len(c.unitMax)+int(u)]--
	}
}

// setLeader gives leader place j of s to leader l, or to nobody.
func (st *state) setLeader(s, j, l int32) {
	old := st.leaderOf(s, j)
	st.broken -= st.loosened(s)
	if j == 0 {
		st.total -= st.firstLeaderCost(s)
	}
	if old >= 0 {
		st.total -= st.leadCost(old, s, -1)
		st.unlead(old, s)
		st.broken++
	}
	st.name(s, j, l)
	if l >= 0 {
		st.total += st.leadCost(l, s, 0)
		st.enlead(l, s)
		st.broken--
	}
	if j == 0 {
		st.total += st.firstLeaderCost(s)
	}
	st.broken += st.loosened(s)
	st.note(ledSet, s, j, old)
}

// name writes leader l in place j of s, and in who its members know.
func (st *state) name(s, j, l int32) {
	st.lead[s*st.c.maxLeaders+j] = l
	if j == 0 {
		for _, a := range st.members[s] {
			st.under[a] = l
		}
	}
}

func (st *state) enlead(l, s int32) {
	c := st.c
	sm := &st.sems[s]
	st.led[l] = append(st.led[l], s)
	st.ledWeek[int(l)*c.slots.weeks+int(c.slots.week[sm.slot])]++
	st.ledDay[int(l)*c.slots.days+int(c.slots.day[sm.slot])]++
	m := c.courses[sm.course].module
	k := int(l)*c.nModules + int(m)
	if st.ledModule[k]++; st.ledModule[k] == 1 {
		st.broken += st.unready(l, m)
	}
	st.occupy(c.leaders[l].person, sm.slot)
}

func (st *state) unlead(l, s int32) {
	c := st.c
	sm := &st.sems[s]
	list := st.led[l]
	for i, x := range list {
		if x == s {
			list[i] = list[len(list)-1]
			st.led[l] = list[:len(list)-1]
			break
		}
	}
	st.ledWeek[int(l)*c.slots.weeks+int(c.slots.week[sm.slot])]--
	st.ledDay[int(l)*c.slots.days+int(c.slots.day[sm.slot])]--
	m := c.courses[sm.course].module
	k := int(l)*c.nModules + int(m)
	if st.ledModule[k]--; st.ledModule[k] == 0 {
		st.broken -= st.unready(l, m)
	}
	st.release(c.leaders[l].person, sm.slot)
}

// unready is 1 when leader l needs module m and attends it nowhere.
func (st *state) unready(l, m int32) int {
	if a := st.c.leaders[l].need[m]; a >= 0 && st.at[a] < 0 {
		return 1
	}
	return 0
}

// setSlot moves seminar s to slot t with everybody in it. The caller has asked slotFits.
func (st *state) setSlot(s, t int32) {
	old := st.sems[s].slot
	st.broken -= st.loosened(s)
	st.total -= st.timeCost(s)
	st.retime(s, t)
	st.total += st.timeCost(s)
	st.broken += st.loosened(s)
	st.note(slotSet, s, old, 0)
}

// retime is setSlot without its price.
func (st *state) retime(s, t int32) {
	c := st.c
	sm := &st.sems[s]
	old := sm.slot
	st.unfileCell(s)
	st.useRoom(s, -1)
	for _, a := range st.members[s] {
		nd := &c.needs[a]
		st.release(nd.person, old)
		st.move(nd, old)
	}
	for j := int32(0); j < c.maxLeaders; j++ {
		if l := st.leaderOf(s, j); l >= 0 {
			st.unlead(l, s)
		}
	}
	sm.slot = t
	st.fileCell(s)
	st.useRoom(s, +1)
	for _, a := range st.members[s] {
		nd := &c.needs[a]
		st.occupy(nd.person, t)
		st.unmove(nd, t)
		st.when[a] = t
	}
	for j := int32(0); j < c.maxLeaders; j++ {
		if l := st.leaderOf(s, j); l >= 0 {
			st.enlead(l, s)
		}
	}
}

// setVenue moves seminar s to venue v. The caller has asked venueFits.
func (st *state) setVenue(s, v int32) {
	old := st.sems[s].venue
	st.broken -= st.loosened(s)
	st.total -= st.placeCost(s)
	st.replace(s, v)
	st.total += st.placeCost(s)
	st.broken += st.loosened(s)
	st.note(venueSet, s, old, 0)
}

// replace is setVenue without its price.
func (st *state) replace(s, v int32) {
	st.unfileCell(s)
	st.useRoom(s, -1)
	st.sems[s].venue = v
	st.fileCell(s)
	st.useRoom(s, +1)
}
