package scheduler

import (
	"fmt"
	"math"
	"sort"
	"time"
	_ "time/tzdata" // zone rules come with the program: the planner reads no file of the machine

	"kaskad/model"
)

const (
	none      = int32(-1)
	unlimited = int32(math.MaxInt32)
	day       = 24 * 60 * 60
	week      = 7 * day

	// everDays is longer than any two dates lie apart, and far from overflow when added to one.
	everDays = 10_000_000
	// mostSeats and mostRooms are more than any plan fills; products of them stay small.
	mostSeats, mostRooms = 1_000_000, 100_000
)

// compiled is a Problem as flat arrays of small integers. It is written once,
// by compile, and only read afterwards. Indices: p person, u unit, v venue,
// t slot (in order of start), c course, s seminar, l leader, a need.
type compiled struct {
	problem *model.Problem
	price   model.Prices

	distances
	slots    slotTable
	courses  []course
	tiers    []tier
	courseOf map[[2]int32]int32 // (tier, module) → course

	venueCap    []int32
	venueRooms  []int32
	venueOnline []bool
	venueOpen   bitTable // venue × slot

	unitSector  []int32
	unitWave    []int32
	unitMax     []int32   // people away at one instant, unlimited when it cannot bind
	nearLeaders [][]int32 // course × venue: leaders of the course in order of distance
	nearUnits   [][]int32 // venue: units in order of distance
	unitPeople  [][]int32
	courseNeeds [][]int32

	people  []person
	leaders []leader
	needs   []need
	done    []doneModule
	foreign []model.Unmet // needs of modules the person's tier does not have

	earliness []int32  // (wave+1) × slot, already weighed
	lastDate  []int32  // wave+1: the last on which there is a slot
	attendOK  bitTable // class × slot
	leadOK    bitTable // leader × slot

	pinned       []pinnedSeminar
	pubLeads     [][]pubLead // by leader
	toldAgain    [][]told
	told         []toldSeminar // published and not pinned
	baseCost     int64         // disruption nothing can avoid: published attendances nobody needs any more
	baseMoved    []bool        // people moved by them
	strangers    int           // published people the problem no longer knows: moved, whatever the plan
	basePace     int64         // of modules already done
	settledPace  int64         // what of it no attendance can come between
	maxMoved     int
	firstAllowed int32 // first slot that new and moved seminars may use
	firstJoined  int32 // first slot whose seminars people may be added to
	locks        []lock
	lockOf       map[string]int32 // seminar id → lock

	words        int // words of a busy mask
	maxLeaders   int32
	nSectors     int
	nModules     int
	travelPrice  int64
	paceSeconds  int64
	hasPublished bool
}

// course is one module of one tier: what a seminar teaches to whom.
type course struct {
	tier, module, rank int32
	seatsMin, seatsMax int32
	leaders            int32
	online             bool
	fixedCost          int64    // of holding it once
	slotOK             []uint64 // slots long enough
	slots              []int32  // those that new and moved seminars may use
}

// tier is a level of the cascade.
type tier struct {
	courses  []int32
	strict   bool
	gap      int32
	prep     int32
	sectors  []bool // which have people in this tier
	nSectors int32
}

type person struct {
	unit, tier, class, leader int32
	zone                      int32
	maxTravel                 int32
	dislikes                  uint32
	needFrom, needTo          int32
	doneFrom, doneTo          int32
	wave                      int32
}

// need is one (person, module) to be met.
type need struct {
	person, course, unit, sector int32
	rank                         int32 // of the module in the tier
	pubSlot, pubVenue, pubLead   int32 // what the person has been told; none when nothing
	again                        int32 // index in toldAgain when told more than once, or none
	lock                         int32 // of the seminar that must meet it, or none
}

type doneModule struct {
	start int64
	day   int32
	rank  int32
}

type leader struct {
	person                    int32
	teaches                   []bool  // by course
	need                      []int32 // by module: the leader's own need of it, or none
	readyDay                  []int32 // by module: first day allowed by a done module, the first time it was done
	readyAt                   []int64 // by module: instant the done module started, or undone
	maxDay, maxWeek, maxTotal int32
	target                    int32
	prep                      int32 // of the own tier
}

type pubLead struct{ course, slot int32 }

// told is one published attendance beyond the first of a need. A published
// plan from elsewhere may contradict itself; the contract prices every line.
type told struct{ slot, venue, lead int32 }

// pinnedSeminar is kept exactly as given: fixed, or published and frozen (H12).
type pinnedSeminar struct {
	seminar model.Seminar
}

// bitTable is rows of bits, one bit per slot.
type bitTable struct {
	words int
	bits  []uint64
}

func newBitTable(rows, n int) bitTable {
	w := (n + 63) / 64
	return bitTable{words: w, bits: make([]uint64, rows*w)}
}
func (b *bitTable) row(i int32) []uint64 { return b.bits[int(i)*b.words : (int(i)+1)*b.words] }
func (b *bitTable) has(i, t int32) bool {
	return b.bits[int(i)*b.words+int(t>>6)]>>(uint(t)&63)&1 != 0
}

func setBit(row []uint64, t int32)      { row[t>>6] |= 1 << (uint(t) & 63) }
func hasBit(row []uint64, t int32) bool { return row[t>>6]>>(uint(t)&63)&1 != 0 }

// names maps the problem's ids to indices.
type names struct {
	slot, venue, unit, person, module, tier, wave, sector, calendar map[string]int32
}

func index[T any](list []T, id func(*T) string) map[string]int32 {
	m := make(map[string]int32, len(list))
	for i := range list {
		m[id(&list[i])] = int32(i)
	}
	return m
}

// compile turns a valid Problem into arrays. The only errors are an unknown
// time zone and references that lead nowhere, which a decoded Problem has not.
func compile(p *model.Problem, notBefore time.Time) (*compiled, *names, error) {
	return compileLike(p, notBefore, nil)
}

// compileLike compiles a problem that has the places, units and leaders of one
// compiled before, perhaps with further people at the end: distances and what is
// ranked by them are taken from there. Nil: there is none.
func compileLike(p *model.Problem, notBefore time.Time, like *compiled) (*compiled, *names, error) {
	zone, err := time.LoadLocation(p.Programme.Timezone)
	if err != nil {
		return nil, nil, fmt.Errorf("time zone %q: %w", p.Programme.Timezone, err)
	}
	c := &compiled{problem: p, price: p.Programme.Weights.Prices(), maxMoved: math.MaxInt}
	if p.Programme.MaxMoved != nil {
		c.maxMoved = *p.Programme.MaxMoved
	}
	c.slots = compileSlots(p.Slots, p.Waves, zone)
	n := &names{
		slot:     c.slots.byID(p.Slots),
		venue:    index(p.Venues, func(x *model.Venue) string { return x.ID }),
		unit:     index(p.Units, func(x *model.Unit) string { return x.ID }),
		person:   index(p.People, func(x *model.Person) string { return x.ID }),
		module:   index(p.Modules, func(x *model.Module) string { return x.ID }),
		tier:     index(p.Tiers, func(x *model.Tier) string { return x.ID }),
		wave:     index(p.Waves, func(x *model.Wave) string { return x.ID }),
		calendar: index(p.Calendars, func(x *model.Calendar) string { return x.ID }),
		sector:   index(p.Sectors, func(x *string) string { return *x }),
	}
	c.firstAllowed = int32(sort.Search(len(c.slots.start), func(i int) bool {
		return c.slots.start[i] >= notBefore.Unix() || notBefore.IsZero()
	}))
	c.words = (c.slots.segments + 63) / 64
	c.nSectors, c.nModules = len(p.Sectors), len(p.Modules)
	c.travelPrice, c.paceSeconds = int64(c.price.Travel), int64(c.price.PaceDays)*day
	c.hasPublished, c.maxLeaders = p.Published != nil, 1
	if err := c.compileTiers(p, n); err != nil {
		return nil, nil, err
	}
	c.compileVenues(p, n)
	if err := c.compileUnits(p, n); err != nil {
		return nil, nil, err
	}
	if like != nil {
		c.distances = like.distances
	} else {
		c.distances = measure(p, n, usualSight)
	}
	if err := c.compilePeople(p, n, zone); err != nil {
		return nil, nil, err
	}
	c.compilePublished(p, n)
	c.listUnits()
	if like != nil {
		c.nearUnits = like.nearUnits
	} else {
		c.rankUnits()
	}
	if like != nil && len(like.leaders) == len(c.leaders) {
		c.nearLeaders = like.nearLeaders
	} else {
		c.rankLeaders()
	}
	c.courseNeeds = make([][]int32, len(c.courses))
	for a := range c.needs {
		c.courseNeeds[c.needs[a].course] = append(c.courseNeeds[c.needs[a].course], int32(a))
	}
	return c, n, nil
}

func (c *compiled) compileTiers(p *model.Problem, n *names) error {
	c.courseOf = map[[2]int32]int32{}
	for ti := range p.Tiers {
		t := &p.Tiers[ti]
		tr := tier{strict: t.Order != model.Free, gap: int32(min(t.GapDays, everDays)), prep: int32(min(t.PrepDays, everDays)), sectors: make([]bool, len(p.Sectors))}
		for rank, id := range t.Modules {
			mi, ok := n.module[id]
			if !ok {
				return fmt.Errorf("tier %s: unknown module %q", t.ID, id)
			}
			m := &p.Modules[mi]
			lps := max(1, t.LeadersPerSeminar)
			c.maxLeaders = max(c.maxLeaders, int32(lps))
			co := course{tier: int32(ti), module: mi, rank: int32(rank), online: m.Online,
				seatsMin: int32(min(max(1, t.Seats.Min), mostSeats)), seatsMax: int32(min(t.Seats.Max, mostSeats)), leaders: int32(lps),
				fixedCost: int64(lps) * int64(m.Minutes+c.price.Prep), slotOK: c.slots.longEnough(m.Minutes)}
			for t := c.firstAllowed; int(t) < c.slots.len(); t++ {
				if hasBit(co.slotOK, t) {
					co.slots = append(co.slots, t)
				}
			}
			c.courseOf[[2]int32{int32(ti), mi}] = int32(len(c.courses))
			tr.courses = append(tr.courses, int32(len(c.courses)))
			c.courses = append(c.courses, co)
		}
		c.tiers = append(c.tiers, tr)
	}
	return nil
}

func (c *compiled) compileVenues(p *model.Problem, n *names) {
	calendars := make([][]model.Interval, len(p.Calendars))
	for i := range p.Calendars {
		calendars[i] = p.Calendars[i].Closed
	}
	c.venueOpen = newBitTable(len(p.Venues), c.slots.len())
	for i := range p.Venues {
		v := &p.Venues[i]
		c.venueCap = append(c.venueCap, int32(min(v.Capacity, mostSeats)))
		c.venueRooms = append(c.venueRooms, int32(min(max(1, v.Rooms), mostRooms)))
		c.venueOnline = append(c.venueOnline, v.Online)
		row := c.venueOpen.row(int32(i))
		c.slots.openAll(row)
		c.slots.closeFor(row, v.Closed)
		if k, ok := n.calendar[v.Calendar]; ok {
			c.slots.closeFor(row, calendars[k])
		}
	}
}

func (c *compiled) compileUnits(p *model.Problem, n *names) error {
	inUnit := make([]int, len(p.Units))
	for i := range p.People {
		if u, ok := n.unit[p.People[i].Unit]; ok {
			inUnit[u]++
		}
	}
	for i := range p.Units {
		u := &p.Units[i]
		sector, ok := n.sector[u.Sector]
		if !ok {
			return fmt.Errorf("unit %s: unknown sector %q", u.ID, u.Sector)
		}
		limit, wave := unlimited, none
		if u.MaxAway != nil && *u.MaxAway < inUnit[i] {
			limit = int32(*u.MaxAway)
		}
		if w, ok := n.wave[u.Wave]; ok {
			wave = w
		}
		c.unitSector = append(c.unitSector, sector)
		c.unitWave = append(c.unitWave, wave)
		c.unitMax = append(c.unitMax, limit)
	}
	return nil
}

// countSectors takes over which sectors have people in each tier from the
// programme that this problem is a part of.
func (c *compiled) countSectors(sectors [][]bool) {
	for i, has := range sectors {
		c.tiers[i].sectors, c.tiers[i].nSectors = has, 0
		for _, x := range has {
			if x {
				c.tiers[i].nSectors++
			}
		}
	}
}

func (c *compiled) listUnits() {
	c.unitPeople = make([][]int32, len(c.unitMax))
	for p := range c.people {
		u := c.people[p].unit
		c.unitPeople[u] = append(c.unitPeople[u], int32(p))
	}
}
