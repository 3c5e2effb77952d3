package scheduler

import (
	"time"

	"kaskad/model"
)

// Sketch is a plan laid out over its problem as it stands, right or wrong, so
// that single changes can be tried: what the rules say to them and what they
// would cost. Nothing it is asked changes the plan, the problem or later answers.
//
// A plan may break rules before anybody asks, for instance lack a leader: such
// a fault stays as it is unless the change mends it. What the format allows but
// no plan can mean, such as somebody in two places at once, is left out and
// listed by Odd.
//
// A Sketch must not be used by two goroutines at once.
type Sketch struct {
	c   *compiled
	n   *names
	st  *state
	odd []string
	now model.Cost // of the plan as it is laid out

	whole *model.Plan
	from  time.Time

	of   map[string]int32 // seminar id → index
	ids  []string         // by index; "" for what only a trial holds
	plan map[string]*model.Seminar
}

// NewSketch lays out a plan. New and moved seminars start at or after
// notBefore; zero: any slot will do. The error is a reference of the problem
// that leads nowhere.
func NewSketch(p *model.Problem, plan *model.Plan, notBefore time.Time) (*Sketch, error) {
	c, n, err := compile(p, notBefore)
	if err != nil {
		return nil, err
	}
	return layOut(c, n, plan, notBefore), nil
}

// With is the same plan laid out over another problem, which has the same
// places, units and leaders, and perhaps further people at the end of its list.
func (k *Sketch) With(p *model.Problem) (*Sketch, error) {
	c, n, err := compileLike(p, k.from, k.c)
	if err != nil {
		return nil, err
	}
	return layOut(c, n, k.whole, k.from), nil
}

func layOut(c *compiled, n *names, plan *model.Plan, notBefore time.Time) *Sketch {
	k := &Sketch{c: c, n: n, st: newState(c), whole: plan, from: notBefore, of: map[string]int32{}, plan: map[string]*model.Seminar{}}
	kept := map[string]bool{}
	for i := range c.pinned {
		kept[c.pinned[i].seminar.ID] = true
	}
	for i := range plan.Seminars {
		k.place(&plan.Seminars[i], kept[plan.Seminars[i].ID])
	}
	k.now = k.st.recount()
	return k
}

// Odd lists the ids of seminars of which something could not be laid out.
func (k *Sketch) Odd() []string { return k.odd }

// Cost is what the plan costs as it is laid out.
func (k *Sketch) Cost() model.Cost { return k.now }

// place lays out one seminar as given.
func (k *Sketch) place(given *model.Seminar, kept bool) {
	st, c := k.st, k.c
	co, t, v, known := c.locate(given, k.n)
	if !known || k.plan[given.ID] != nil {
		k.odd = append(k.odd, given.ID)
		return
	}
	s := st.hold(co, t, v, st.newSeries())
	st.sems[s].pinned = kept || t < c.firstAllowed
	k.name(s, given.ID)
	k.plan[given.ID] = given
	fits := true
	for j, id := range given.Leaders {
		l := k.leader(id)
		ok := l >= 0 && int32(j) < c.courses[co].leaders && st.isFree(c.leaders[l].person, t, none)
		if ok {
			st.setLeader(s, int32(j), l)
		}
		fits = fits && ok
	}
	for _, id := range given.Attendees {
		a := c.needNamed(k.n, id, co)
		ok := a >= 0 && st.at[a] < 0 && st.isFree(c.needs[a].person, t, none)
		if ok {
			st.attach(a, s)
		}
		fits = fits && ok
	}
	if !fits {
		k.odd = append(k.odd, given.ID)
	}
}

func (k *Sketch) name(s int32, id string) {
	for int(s) >= len(k.ids) {
		k.ids = append(k.ids, "")
	}
	k.ids[s], k.of[id] = id, s
}

func (k *Sketch) leader(person string) int32 { return k.c.leaderNamed(k.n, person) }

func (k *Sketch) personOf(l int32) string { return k.c.problem.People[k.c.leaders[l].person].ID }

func (k *Sketch) slotID(t int32) string { return k.c.problem.Slots[k.c.slots.original[t]].ID }

func (k *Sketch) venueID(v int32) string { return k.c.problem.Venues[v].ID }
