package scheduler

import "time"

// Fact is what stands against something, as the rules of the contract see it.
type Fact string

// The facts. Each names the rule it comes from.
const (
	Away         Fact = "away"          // H3: own absence or rota
	Busy         Fact = "busy"          // H3: in another seminar
	SlotShort    Fact = "slot-short"    // H3: the slot is shorter than the module
	Order        Fact = "order"         // H4: modules come in order
	Gap          Fact = "gap"           // H4: Want days between modules, Have there would be
	NotMine      Fact = "not-mine"      // H5: does not lead this module
	NotYet       Fact = "not-yet"       // H5: leads from When on
	NotTrained   Fact = "not-trained"   // H5: attends the module nowhere
	NotReady     Fact = "not-ready"     // H5: Want days of preparation after attending, Have there would be
	LeadsBefore  Fact = "leads-before"  // H5: leads the module too soon after that
	InIt         Fact = "in-it"         // H6: takes part already
	DayFull      Fact = "day-full"      // H7: leads Want that day, the most
	WeekFull     Fact = "week-full"     // H7: leads Want that week, the most
	AllFull      Fact = "all-full"      // H7: leads Want in all, the most
	TooFarToHop  Fact = "too-far-hop"   // H7: no time to get from another seminar that day
	NoRoom       Fact = "no-room"       // H8: all Want rooms are taken
	VenueClosed  Fact = "venue-closed"  // H8
	UnitFull     Fact = "unit-full"     // H9: the unit can spare Want
	OutsideWave  Fact = "outside-wave"  // H10
	TooFar       Fact = "too-far"       // H11: Have minutes one way, at most Want
	NotOnline    Fact = "not-online"    // H11: the module needs a room
	SeatsFull    Fact = "seats-full"    // H2: all Want seats are taken
	TooFew       Fact = "too-few"       // H2: Have people, at least Want
	NeedsLeaders Fact = "needs-leaders" // H6: Have leaders, Want needed
	Kept         Fact = "kept"          // H12: begun, fixed or frozen
	Locked       Fact = "locked"        // somebody has locked what would change
	TooManyMoved Fact = "too-many"      // H13: at most Want people may be moved
	Unknown      Fact = "unknown"       // F: no such seminar, person, slot or venue
)

// Facts lists every fact there is, for those who put them into words.
func Facts() []Fact {
	return []Fact{Away, Busy, SlotShort, Order, Gap, NotMine, NotYet, NotTrained, NotReady, LeadsBefore, InIt, DayFull, WeekFull, AllFull,
		TooFarToHop, NoRoom, VenueClosed, UnitFull, OutsideWave, TooFar, NotOnline, SeatsFull, TooFew, NeedsLeaders, Kept, Locked, TooManyMoved, Unknown}
}

// Block is one fact with what it is about; parts it has none of are empty.
type Block struct {
	Fact                         Fact
	Person, Unit, Venue, Seminar string
	Have, Want                   int
	When                         time.Time
}

// attendBlock is the first rule against need a being met in slot t at venue v,
// as canAttend asks them; nil when none is.
func (k *Sketch) attendBlock(a, t, v int32) *Block {
	if list := k.attendBlocks(a, t, v); len(list) > 0 {
		return &list[0]
	}
	return nil
}

// attendBlocks are all the rules against it.
func (k *Sketch) attendBlocks(a, t, v int32) (list []Block) {
	st, c := k.st, k.c
	nd := &c.needs[a]
	pe := &c.people[nd.person]
	is := func(f Fact, have, want int32) {
		list = append(list, Block{Fact: f, Person: c.problem.People[nd.person].ID, Unit: c.problem.Units[pe.unit].ID,
			Venue: k.venueID(v), Have: int(have), Want: int(want)})
	}
	if far := c.away(nd.unit, v); far > pe.maxTravel {
		is(TooFar, far, pe.maxTravel)
	}
	if !c.attendOK.has(pe.class, t) {
		if pe.wave >= 0 && !c.slots.inWave(t, pe.wave) {
			is(OutsideWave, 0, 0)
		} else {
			is(Away, 0, 0)
		}
	}
	own := none
	if s := st.at[a]; s >= 0 {
		own = st.sems[s].slot
	}
	if !st.isFree(nd.person, t, own) {
		is(Busy, 0, 0)
	}
	if !st.unitSpares(pe.unit, t, own, 0) {
		is(UnitFull, 0, c.unitMax[pe.unit])
	}
	if !st.inOrder(a, pe, t) {
		list = append(list, *k.orderBlock(a, pe, t, &Block{Person: c.problem.People[nd.person].ID}))
	}
	if !st.leadsLater(a, pe, t) {
		is(LeadsBefore, 0, 0)
	}
	return list
}

// orderBlock tells order from gap.
func (k *Sketch) orderBlock(a int32, pe *person, t int32, b *Block) *Block {
	st, c := k.st, k.c
	gap, nearest := c.tiers[pe.tier].gap, int32(1<<30)
	look := func(date int32) {
		d := c.slots.date[t] - date
		nearest = min(nearest, max(d, -d))
	}
	for x := pe.needFrom; x < pe.needTo; x++ {
		if s := st.at[x]; s >= 0 && x != a {
			look(c.slots.date[st.sems[s].slot])
		}
	}
	for d := pe.doneFrom; d < pe.doneTo; d++ {
		look(c.done[d].day)
	}
	b.Fact = Order
	if nearest < gap {
		b.Fact, b.Have, b.Want = Gap, int(nearest), int(gap)
	}
	return b
}

// leadBlock is the first rule against leader l leading course co in slot t at
// venue v, as canLead asks them; nil when none is.
func (k *Sketch) leadBlock(l, co, t, v, except int32) *Block {
	st, c := k.st, k.c
	ld := &c.leaders[l]
	b := &Block{Person: k.personOf(l), Unit: c.problem.Units[c.people[ld.person].unit].ID, Venue: k.venueID(v)}
	is := func(f Fact, want int32) *Block { b.Fact, b.Want = f, int(want); return b }
	if !ld.teaches[co] {
		return is(NotMine, 0)
	}
	if !c.leadOK.has(l, t) {
		if from := c.problem.People[ld.person].Leads.From; !from.IsZero() && c.slots.start[t] < from.Unix() {
			b.When = from
			return is(NotYet, 0)
		}
		return is(Away, 0)
	}
	own, n := none, int32(len(st.led[l]))
	if except >= 0 && st.isLed(l, except) {
		own = st.sems[except].slot
		n--
	}
	inWeek := int32(st.ledWeek[int(l)*c.slots.weeks+int(c.slots.week[t])])
	inDay := int32(st.ledDay[int(l)*c.slots.days+int(c.slots.day[t])])
	if own >= 0 && c.slots.week[own] == c.slots.week[t] {
		inWeek--
	}
	if own >= 0 && c.slots.day[own] == c.slots.day[t] {
		inDay--
	}
	switch {
	case n >= ld.maxTotal:
		return is(AllFull, ld.maxTotal)
	case !st.isFree(ld.person, t, own):
		return is(Busy, 0)
	case !st.unitSpares(c.people[ld.person].unit, t, own, 0):
		return is(UnitFull, c.unitMax[c.people[ld.person].unit])
	case inWeek >= ld.maxWeek:
		return is(WeekFull, ld.maxWeek)
	case inDay >= ld.maxDay:
		return is(DayFull, ld.maxDay)
	case !st.dayAllows(l, t, v, except, own):
		return is(TooFarToHop, 0)
	case !st.hasLearnt(l, c.courses[co].module, t):
		if a := ld.need[c.courses[co].module]; a >= 0 && st.at[a] < 0 {
			return is(NotTrained, 0)
		}
		return is(NotReady, ld.prep)
	}
	return nil
}

// roomBlock is the first rule against n people meeting for course co in slot t
// at venue v when seminar except has left; nil when none is.
func (k *Sketch) roomBlock(co, t, v, except int32, n int) *Block {
	st, c := k.st, k.c
	b := &Block{Venue: k.venueID(v)}
	switch {
	case c.venueOnline[v] && !c.courses[co].online:
		b.Fact = NotOnline
	case n > int(c.seats(co, v)):
		b.Fact, b.Have, b.Want = SeatsFull, n, int(c.seats(co, v))
	case !hasBit(c.courses[co].slotOK, t):
		b.Fact = SlotShort
	case !c.venueOpen.has(v, t):
		b.Fact = VenueClosed
	case !st.roomFor(co, t, v, except):
		b.Fact, b.Want = NoRoom, int(c.venueRooms[v])
	default:
		return nil
	}
	return b
}
