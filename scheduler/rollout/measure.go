package rollout

import (
	"slices"
	"time"

	"kaskad/model"
)

// Figures are what the waves of a problem ask for. Each wave is reckoned with its
// own leaders and the outside experts; that leaders of another wave may come
// over when they are trained is left for the plan to gain by.
type Figures struct {
	Weeks []Week // from the first slot's to the last slot's
	Waves []Wave // as the problem lists them; people without a wave last, if there are any, under the id ""
	Notes []Note // what does not go well, by wave and week
}

// Wave is one wave in figures. "Staff" are the people of the last tier who
// need something; seminars, seats and leaders are the last tier's too.
type Wave struct {
	ID       string
	From, To time.Time
	Areas    []Area
	Staff    int
	Leaders  int    // who may lead, once trained
	Ready    int    // of them, who may lead something when the wave starts
	Training int    // seminars of the tiers above
	Seminars int    // seminars needed
	Seats    int    // seats needed: people times modules
	Loads    []Load // one for each week of Figures.Weeks
	Most     int    // seminars in the busiest week
}

// Area is an area's part of a wave.
type Area struct {
	Code    string
	Staff   int
	Leaders int
}

// Load is one week of a wave.
type Load struct {
	Open     bool // seminars may run
	Training int  // seminars of the tiers above
	Seminars int  // seminars of the last tier
	Seats    int  // people in them
	Ready    int  // leaders who may lead something by now
	Can      int  // seminars those can lead
	Rooms    int  // seminars the rooms of the areas can hold, training included
}

// PerLeader is how many seminars each leader of the wave leads on average, in tenths.
func (w *Wave) PerLeader() int {
	if w.Leaders == 0 {
		return 0
	}
	return 10 * w.Seminars / w.Leaders
}

// Kind is what a note is about.
type Kind string

const (
	NoTime     Kind = "no-time"    // no seminar may run between the wave's dates
	TooShort   Kind = "too-short"  // the modules do not fit one after another: Have open weeks, Want at least
	TooFew     Kind = "too-few"    // Have people of a tier need Module, and a seminar takes Want at least
	NoTrainers Kind = "no-trainer" // nobody can train the leaders
	NoLeader   Kind = "no-leader"  // nobody in the wave will be able to lead Module
	Leaders    Kind = "leaders"    // Want seminars in the week, Have that leaders can lead
	Rooms      Kind = "rooms"      // Want seminars in the week, Have that rooms can hold
	Limit      Kind = "limit"      // Want seminars in the week in all waves, Have is the bound
	LeadTotal  Kind = "lead-total" // Want seminars, Have that leaders may be asked for in all
	Spare      Kind = "spare"      // Want units cannot spare their people in the wave's weeks
)

// Note is one thing that does not go well, in facts.
type Note struct {
	Kind   Kind
	Wave   string // "" with Limit
	Week   int    // index in Figures.Weeks; -1 when the whole wave is meant
	Module string
	Have   int
	Want   int
}

// Measure counts what the waves of a problem ask for. maxLoad bounds the
// seminars of the last tier in one week of the whole programme; 0: no bound.
func Measure(p *model.Problem, maxLoad int) *Figures {
	w := read(p)
	f := &Figures{Weeks: w.weeks}
	if len(w.tiers) == 0 {
		return f
	}
	for _, wave := range p.Waves {
		w.measure(f, wave.ID, w.period(wave.From, wave.To))
	}
	if slices.ContainsFunc(w.cells, func(c *cell) bool { return c.wave == "" }) {
		var all period // without a wave, any time will do
		if n := len(w.weeks); n > 0 {
			all = w.period(w.weeks[0].Monday, w.weeks[n-1].Monday.AddDate(0, 0, 7))
		}
		w.measure(f, "", all)
	}
	f.limit(maxLoad)
	return f
}

func (w *world) measure(f *Figures, id string, d period) {
	wave := Wave{ID: id, From: d.from, To: d.to, Loads: make([]Load, len(w.weeks))}
	m, last := w.newMass(), len(w.tiers)-1
	for _, c := range w.cells {
		if c.wave != id {
			continue
		}
		m.add(c, 1)
		m.spare = append(m.spare, c.spare...)
		wave.Areas = append(wave.Areas, Area{Code: c.area, Staff: c.people[last], Leaders: c.led[last].count})
	}
	c := w.course(m, &d)
	wave.Staff, wave.Leaders = m.people[last], m.led[last].count
	for k := range m.needs[last] {
		wave.Seats += m.needs[last][k]
		wave.Ready = max(wave.Ready, m.led[last].able[k])
	}
	for _, i := range d.open {
		wave.Loads[i] = Load{Open: true, Training: c.training[i], Seminars: c.seminars[i], Seats: c.seats[i],
			Ready: c.ready[i], Can: c.can[i], Rooms: m.rooms[i]}
		wave.Training += c.training[i]
		wave.Seminars += c.seminars[i]
		wave.Most = max(wave.Most, c.seminars[i])
	}
	f.Waves = append(f.Waves, wave)
	if len(wave.Areas) > 0 {
		f.Notes = append(f.Notes, w.notes(&wave, m, &c, &d)...)
	}
}

// notes says what does not go well in one wave.
func (w *world) notes(wave *Wave, m *mass, c *course, d *period) []Note {
	var list []Note
	last := &w.tiers[len(w.tiers)-1]
	whole := func(kind Kind, module string, have, want int) {
		list = append(list, Note{Kind: kind, Wave: wave.ID, Week: -1, Module: module, Have: have, Want: want})
	}
	if len(d.open) == 0 {
		whole(NoTime, "", 0, 0)
		return list
	}
	switch {
	case !c.trainers:
		whole(NoTrainers, "", 0, 0)
	case c.lacking >= 0 && m.led[len(w.tiers)-1].none(c.lacking) && w.roaming.led[len(w.tiers)-1].none(c.lacking):
		whole(NoLeader, last.Modules[c.lacking], 0, 0)
	case c.short:
		whole(TooShort, "", len(d.open), max(w.leastWeeks(), len(d.open)+1))
	}
	if t, k := w.fewest(m); t >= 0 {
		whole(TooFew, w.tiers[t].Modules[k], m.needs[t][k], w.tiers[t].Seats.Min)
	}
	for i := range wave.Loads {
		l := &wave.Loads[i]
		if c.lacking < 0 && c.trainers && l.Seminars > l.Can {
			list = append(list, Note{Kind: Leaders, Wave: wave.ID, Week: i, Have: l.Can, Want: l.Seminars})
		}
		if l.Seminars+l.Training > l.Rooms {
			list = append(list, Note{Kind: Rooms, Wave: wave.ID, Week: i, Have: l.Rooms, Want: l.Seminars + l.Training})
		}
	}
	if may := w.leadTotal(wave.ID); may >= 0 && wave.Leaders > 0 && wave.Seminars > may {
		whole(LeadTotal, "", may, wave.Seminars)
	}
	tight := 0
	for _, u := range m.spare {
		if u.away > u.maxAway*d.total {
			tight++
		}
	}
	if tight > 0 {
		whole(Spare, "", 0, tight)
	}
	return list
}

// fewest is a module that too few people need for a single seminar of it; -1 if there is none.
func (w *world) fewest(m *mass) (tier, module int) {
	for t := range w.tiers {
		for k, n := range m.needs[t] {
			if n > 0 && n < w.tiers[t].Seats.Min {
				return t, k
			}
		}
	}
	return -1, -1
}

// none tells whether nobody may ever lead a module.
func (l *leaders) none(module int) bool { return l.ready[module]+l.training[module] == 0 }

// leadTotal is how many seminars a wave's own leaders may lead in all; negative: not limited.
func (w *world) leadTotal(wave string) int {
	sum, last := 0, len(w.tiers)-1
	for _, c := range w.cells {
		if c.wave != wave {
			continue
		}
		if c.led[last].total < 0 {
			return -1
		}
		sum += c.led[last].total
	}
	return sum
}

// leastWeeks is how many weeks the cascade takes at least, one module after another.
func (w *world) leastWeeks() int {
	days := 0
	for t := range w.tiers {
		tier := &w.tiers[t]
		days += max(len(tier.Modules)-1, 0) * tier.GapDays
		if t < len(w.tiers)-1 {
			days += tier.PrepDays
		}
	}
	return days/7 + 1
}

// limit notes the weeks in which all waves together hold more seminars than wished.
func (f *Figures) limit(most int) {
	if most == 0 {
		return
	}
	for i := range f.Weeks {
		if n := f.Week(i); n > most {
			f.Notes = append(f.Notes, Note{Kind: Limit, Week: i, Have: most, Want: n})
		}
	}
}

// Week is how many seminars of the last tier all waves hold in a week.
func (f *Figures) Week(i int) int {
	sum := 0
	for k := range f.Waves {
		sum += f.Waves[k].Loads[i].Seminars
	}
	return sum
}

// Wave is a wave by its id; nil if there is none.
func (f *Figures) Wave(id string) *Wave {
	for i := range f.Waves {
		if f.Waves[i].ID == id {
			return &f.Waves[i]
		}
	}
	return nil
}
