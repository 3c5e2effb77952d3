package scheduler

import (
	"fmt"
	"math"
	"sort"
	"time"

	"kaskad/model"
)

func (c *compiled) compilePeople(p *model.Problem, n *names, loc *time.Location) error {
	cal := newBitTable(len(p.Calendars), c.slots.len())
	for i := range p.Calendars {
		c.slots.openAll(cal.row(int32(i)))
		c.slots.closeFor(cal.row(int32(i)), p.Calendars[i].Closed)
	}
	classes := &classSet{of: map[string]int32{}}
	c.leadOK.words = (c.slots.len() + 63) / 64
	row := make([]uint64, c.leadOK.words)
	for i := range p.People {
		q := &p.People[i]
		unit, ok := n.unit[q.Unit]
		if !ok {
			return fmt.Errorf("person %s: unknown unit %q", q.ID, q.Unit)
		}
		pe := person{unit: unit, tier: none, leader: none, maxTravel: unlimited, wave: c.unitWave[unit]}
		if pe.wave >= 0 {
			pe.zone = c.slots.waveZone[pe.wave]
		}
		if t, ok := n.tier[q.Tier]; ok {
			pe.tier = t
		}
		if q.MaxTravel != nil {
			pe.maxTravel = int32(*q.MaxTravel)
		}
		for _, h := range q.Dislikes {
			pe.dislikes |= halfDayBit(h)
		}
		clear(row)
		c.slots.openAll(row)
		c.slots.closeFor(row, q.Closed)
		if k, ok := n.calendar[q.Calendar]; ok {
			for w, b := range cal.row(k) {
				row[w] &= b
			}
		}
		if q.Leads != nil {
			pe.leader = int32(len(c.leaders))
			c.addLeader(p, n, int32(i), row)
		}
		if pe.wave >= 0 {
			for t := range c.slots.start {
				if !c.slots.inWave(int32(t), pe.wave) {
					row[t>>6] &^= 1 << (uint(t) & 63)
				}
			}
		}
		pe.class = classes.add(row)
		c.addNeeds(p, n, int32(i), &pe, loc)
		c.people = append(c.people, pe)
	}
	c.attendOK = bitTable{words: c.leadOK.words, bits: classes.bits}
	c.linkLeaders(p, n, loc)
	c.weighSlots()
	return nil
}

// classSet keeps one copy of each availability pattern: people on the same
// rota share a row, which keeps the table in the cache.
type classSet struct {
	of   map[string]int32
	bits []uint64
}

func (s *classSet) add(row []uint64) int32 {
	key := make([]byte, 0, len(row)*8)
	for _, w := range row {
		for k := 0; k < 64; k += 8 {
			key = append(key, byte(w>>k))
		}
	}
	id, ok := s.of[string(key)]
	if !ok {
		id = int32(len(s.of))
		s.of[string(key)] = id
		s.bits = append(s.bits, row...)
	}
	return id
}

func (c *compiled) addNeeds(p *model.Problem, n *names, i int32, pe *person, loc *time.Location) {
	q := &p.People[i]
	pe.needFrom, pe.doneFrom = int32(len(c.needs)), int32(len(c.done))
	if pe.tier >= 0 {
		sector := c.unitSector[pe.unit]
		tr := &c.tiers[pe.tier]
		if !tr.sectors[sector] {
			tr.sectors[sector] = true
			tr.nSectors++
		}
		for _, m := range p.NeedsOf(q, &p.Tiers[pe.tier]) {
			co, ok := c.courseOf[[2]int32{pe.tier, n.module[m]}]
			if !ok {
				c.foreign = append(c.foreign, model.Unmet{Person: q.ID, Module: m, Reason: "The module is not part of the person's tier."})
			}
			if !ok || c.needOf(pe.needFrom, co) >= 0 {
				continue
			}
			c.needs = append(c.needs, need{person: i, course: co, unit: pe.unit, sector: sector,
				rank: c.courses[co].rank, pubSlot: none, pubVenue: none, pubLead: none, again: none, lock: none})
		}
		mine := c.needs[pe.needFrom:]
		sort.SliceStable(mine, func(a, b int) bool { return mine[a].rank < mine[b].rank })
	}
	for _, d := range q.Done {
		dm := doneModule{start: d.Start.Unix(), day: localDay(d.Start.In(loc)), rank: none}
		if pe.tier >= 0 {
			if co, ok := c.courseOf[[2]int32{pe.tier, n.module[d.Module]}]; ok {
				dm.rank = c.courses[co].rank
			}
		}
		c.done = append(c.done, dm)
	}
	pe.needTo, pe.doneTo = int32(len(c.needs)), int32(len(c.done))
	before := c.done[pe.doneFrom:]
	sort.SliceStable(before, func(a, b int) bool { return before[a].start < before[b].start })
	for i := 1; i < len(before); i++ {
		c.basePace += c.pace(before[i].start - before[i-1].start)
		if c.slots.len() == 0 || before[i].start <= c.slots.start[0] {
			c.settledPace += c.pace(before[i].start - before[i-1].start)
		}
	}
}

// needOf finds the need of a course among those from index from on.
func (c *compiled) needOf(from, course int32) int32 {
	for a := from; a < int32(len(c.needs)); a++ {
		if c.needs[a].course == course {
			return a
		}
	}
	return none
}

func (c *compiled) addLeader(p *model.Problem, n *names, i int32, open []uint64) {
	q := p.People[i].Leads
	or := func(v *int, d int32) int32 {
		if v == nil {
			return d
		}
		return int32(min(*v, math.MaxInt32))
	}
	ld := leader{person: i, teaches: make([]bool, len(c.courses)), maxDay: or(q.MaxPerDay, unlimited),
		maxWeek: or(q.MaxPerWeek, unlimited), maxTotal: or(q.MaxTotal, unlimited), target: or(q.Target, unlimited)}
	t, ok := n.tier[q.Tier]
	for _, m := range q.Modules {
		if co, found := c.courseOf[[2]int32{t, n.module[m]}]; ok && found {
			ld.teaches[co] = true
		}
	}
	c.leaders = append(c.leaders, ld)
	c.leadOK.bits = append(c.leadOK.bits, open...)
	row := c.leadOK.row(int32(len(c.leaders) - 1))
	for t := range c.slots.start {
		if !q.From.IsZero() && c.slots.start[t] < q.From.Unix() {
			row[t>>6] &^= 1 << (uint(t) & 63)
		}
	}
}

// undone is when a leader did a module that the leader has not done.
const undone = math.MinInt64

// linkLeaders notes when a leader's own learning allows leading (H5).
func (c *compiled) linkLeaders(p *model.Problem, n *names, loc *time.Location) {
	for i := range c.leaders {
		l := &c.leaders[i]
		pe := &c.people[l.person]
		l.need = make([]int32, len(p.Modules))
		l.readyDay = make([]int32, len(p.Modules))
		l.readyAt = make([]int64, len(p.Modules))
		for m := range l.need {
			l.need[m], l.readyDay[m], l.readyAt[m] = none, 0, undone
		}
		if pe.tier >= 0 {
			l.prep = c.tiers[pe.tier].prep
		}
		for a := pe.needFrom; a < pe.needTo; a++ {
			l.need[c.courses[c.needs[a].course].module] = a
		}
		for _, d := range p.People[l.person].Done {
			if m, ok := n.module[d.Module]; ok && (l.readyAt[m] == undone || d.Start.Unix() < l.readyAt[m]) {
				l.readyDay[m], l.readyAt[m] = localDay(d.Start.In(loc))+l.prep, d.Start.Unix()
			}
		}
	}
}

// weighSlots prices lateness: weeks since the wave (or the first slot) began. It also
// notes when a wave ends.
func (c *compiled) weighSlots() {
	T := c.slots.len()
	c.earliness = make([]int32, (len(c.slots.waveFrom)+1)*T)
	for w := -1; w < len(c.slots.waveFrom); w++ {
		last := int32(0)
		if t := c.slots.lastOf(int32(w)); t >= 0 {
			last = c.slots.date[t]
		}
		c.lastDate = append(c.lastDate, last)
		for t := 0; t < T; t++ {
			from := c.slots.start[0]
			if w >= 0 {
				from = c.slots.waveFrom[w]
			}
			weeks := max(0, c.slots.start[t]-from) / week
			c.earliness[(w+1)*T+t] = int32(weeks) * int32(c.price.Earliness)
		}
	}
}

// compilePublished notes what people have been told, and pins what may not change (H12).
func (c *compiled) compilePublished(p *model.Problem, n *names) {
	c.pubLeads = make([][]pubLead, len(c.leaders))
	c.baseMoved = make([]bool, len(c.people))
	pinned := map[string]bool{}
	for _, s := range p.Fixed {
		if !pinned[s.ID] {
			pinned[s.ID] = true
			c.pinned = append(c.pinned, pinnedSeminar{s})
		}
	}
	if p.Published == nil {
		return
	}
	for _, s := range p.Published.Seminars {
		t, okT := n.slot[s.Slot]
		co, okC := c.courseOf[[2]int32{n.tier[s.Tier], n.module[s.Module]}]
		if okT && c.slots.start[t] < p.Programme.FrozenUntil.Unix() && !p.Programme.FrozenUntil.IsZero() && !pinned[s.ID] {
			pinned[s.ID] = true
			c.pinned = append(c.pinned, pinnedSeminar{s})
		}
		first := none
		for j, id := range s.Leaders {
			i, ok := n.person[id]
			if ok && j == 0 {
				first = i
			}
			c.baseCost += int64(c.price.MovedSlot)
			if !ok || !okT || !okC {
				continue
			}
			if l := c.people[i].leader; l >= 0 {
				c.pubLeads[l] = append(c.pubLeads[l], pubLead{co, t})
			}
		}
		for _, id := range s.Attendees {
			c.baseCost += int64(c.price.MovedSlot)
			i, ok := n.person[id]
			if !ok {
				c.strangers++
				continue
			}
			a := none
			for k := c.people[i].needFrom; okC && k < c.people[i].needTo; k++ {
				if c.needs[k].course == co {
					a = k
				}
			}
			if a < 0 || !okT {
				c.baseMoved[i] = true
				continue
			}
			c.tell(&c.needs[a], told{t, n.venue[s.Venue], first})
		}
		if !pinned[s.ID] {
			c.addTold(&s, n)
		}
	}
}

// tell notes one published attendance of a need.
func (c *compiled) tell(nd *need, x told) {
	if nd.pubSlot < 0 {
		nd.pubSlot, nd.pubVenue, nd.pubLead = x.slot, x.venue, x.lead
		return
	}
	if nd.again < 0 {
		nd.again = int32(len(c.toldAgain))
		c.toldAgain = append(c.toldAgain, nil)
	}
	c.toldAgain[nd.again] = append(c.toldAgain[nd.again], x)
}
