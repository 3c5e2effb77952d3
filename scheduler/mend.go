package scheduler

import (
	"context"
	"slices"

	"kaskad/model"
)

// Repair mends a plan that circumstances have broken, and touches nothing
// else: it starts from Options.Start, or what is published, takes out what the
// rules no longer allow, and finds for each thing taken out the way that
// disturbs least. Most to least wanted:
//
//   - a seminar without a leader gets another one, if need be one who is
//     relieved elsewhere; one without a room gets another venue at its time;
//   - else it moves in time, or its people are seated in other seminars,
//     whichever costs less by the contract (disruption is part of the price);
//   - a person without a seat gets one for just that module, else another way
//     through the modules; a further seminar is held where enough people wait;
//   - what is left is unmet, with its reason.
//
// A plan that breaks nothing comes back byte for byte. Fixed and frozen
// seminars and Options.Locks are kept as in Solve. Nobody is added to a seminar
// that starts before NotBefore, and such a seminar is not called off for having
// become too small (H2). Nothing is moved beyond MaxMoved unless
// circumstances have moved more people by themselves.
//
// Needs listed in the start's Unmet were known to be unmet and are left so, as
// are those of people with whom the start has nothing to do: planning them is
// for Solve. Iterations, Time and Seed are not read: a repair tries a few
// thousand things and is done; cancelling ctx ends it with what is mended so far.
func Repair(ctx context.Context, p *model.Problem, o Options) (*Result, error) {
	start := startPlan(p, o)
	if start == nil {
		start = &model.Plan{Seminars: []model.Seminar{}}
	}
	c, n, err := compile(p, o.NotBefore)
	if err != nil {
		return nil, err
	}
	c.firstJoined = c.firstAllowed
	c.compileLocks(referencePlan(p, o), o.Locks, n)
	m := newMender(ctx, c, n)
	m.run(start)
	// What circumstances move by themselves may come after what was moved by
	// choice: with less to choose, both keep within the limit.
	for limit := c.maxMoved; m.st.moved > c.maxMoved && limit > 0; {
		limit = max(0, limit-(m.st.moved-c.maxMoved))
		careful := *c
		careful.maxMoved = limit
		again := newMender(ctx, &careful, n)
		again.run(start)
		if again.st.moved < m.st.moved {
			m = again
		}
	}
	return &Result{Plan: m.plan(start), Iterations: m.tries}, nil
}

func newMender(ctx context.Context, c *compiled, n *names) *mender {
	return &mender{st: newState(c), c: c, n: n, ctx: ctx, homeless: map[int32]bool{}, mine: make([]bool, len(c.needs)),
		kept: newKnown()}
}

func (m *mender) run(start *model.Plan) {
	m.st.pin(m.n, m.kept)
	m.load(start)
	m.claim(start)
	m.mend()
}

// mender repairs one plan.
type mender struct {
	st   *state
	c    *compiled
	n    *names
	kept *known
	ctx  context.Context
	ro   router

	homeless map[int32]bool // seminars whose venue or time is not allowed any more
	mine     []bool         // by need: the repair is about it
	tries    int64
}

func (m *mender) stop() bool { return m.ctx.Err() != nil }

// load places the start's seminars as they are, without those the rules keep
// out, and remembers what is missing.
func (m *mender) load(start *model.Plan) {
	for _, s := range m.kept.others(start, m.n) {
		m.loadSeminar(s)
	}
}

func (m *mender) loadSeminar(given *model.Seminar) {
	st, n := m.st, m.n
	co, t, v, ok := m.c.locate(given, n)
	if !ok {
		return
	}
	fits := st.roomFor(co, t, v, none)
	s := st.hold(co, t, v, st.newSeries())
	st.sems[s].published = m.kept.add(given.ID)
	if i, locked := m.c.lockOf[given.ID]; locked {
		st.setLock(s, i)
	}
	if !fits {
		m.homeless[s] = true
	}
	st.loadLeaders(given, s, n)
	for _, id := range given.Attendees {
		a := m.c.needNamed(n, id, co)
		if a >= 0 && st.at[a] < 0 && int32(len(st.members[s])) < m.c.seats(co, v) && st.canAttend(a, t, v) {
			st.attach(a, s)
		}
	}
}

// claim notes which needs the repair is about: those met in the start, and
// those of people of a wave and tier that take part in it, without what the start gives as
// unmet.
func (m *mender) claim(start *model.Plan) {
	c := m.c
	takesPart := map[[2]int32]bool{} // wave and tier
	for _, s := range start.Seminars {
		for _, id := range s.Attendees {
			if p, ok := m.n.person[id]; ok {
				takesPart[[2]int32{c.people[p].wave, c.people[p].tier}] = true
			}
		}
	}
	for a := range c.needs {
		pe := &c.people[c.needs[a].person]
		m.mine[a] = takesPart[[2]int32{pe.wave, pe.tier}]
	}
	for _, u := range start.Unmet {
		p, ok := m.n.person[u.Person]
		if !ok || c.people[p].tier < 0 {
			continue
		}
		if co, ok := c.courseOf[[2]int32{c.people[p].tier, m.n.module[u.Module]}]; ok {
			if a := c.needOfPerson(p, co); a >= 0 && m.st.at[a] < 0 {
				m.mine[a] = false
			}
		}
	}
}

// plan writes the mended state out. What is as it was is written as it was, and
// when everything is, in the same order too.
func (m *mender) plan(start *model.Plan) *model.Plan {
	out := m.st.seminarsOf(m.n, m.kept)
	before := map[string]*model.Seminar{}
	for i := range start.Seminars {
		before[start.Seminars[i].ID] = &start.Seminars[i]
	}
	same := len(out.Seminars) == len(start.Seminars)
	for i := range out.Seminars {
		was := before[out.Seminars[i].ID]
		if was == nil || !alike(was, &out.Seminars[i]) {
			same = false
			continue
		}
		out.Seminars[i] = *was
	}
	if same {
		out.Seminars = slices.Clone(start.Seminars)
	}
	out.Unmet = m.unmet(start)
	return out
}

// alike: the two seminars are one and the same, whatever the order of attendees.
func alike(a, b *model.Seminar) bool {
	return a.ID == b.ID && a.Tier == b.Tier && a.Module == b.Module && a.Slot == b.Slot && a.Venue == b.Venue &&
		slices.Equal(a.Leaders, b.Leaders) &&
		slices.Equal(slices.Sorted(slices.Values(a.Attendees)), slices.Sorted(slices.Values(b.Attendees)))
}

// unmet lists the needs no seminar meets: with the reason given at the start,
// or found now for those the repair was about.
func (m *mender) unmet(start *model.Plan) []model.Unmet {
	st, c := m.st, m.c
	type key struct{ person, module string }
	reasons := map[key]string{}
	for _, u := range start.Unmet {
		reasons[key{u.Person, u.Module}] = u.Reason
	}
	out := append([]model.Unmet{}, c.foreign...)
	sv := newSurveyor(st)
	for a := range c.needs {
		if st.at[a] >= 0 {
			continue
		}
		nd := &c.needs[a]
		u := model.Unmet{Person: c.problem.People[nd.person].ID, Module: c.problem.Modules[c.courses[nd.course].module].ID, Reason: NotPlanned}
		switch {
		case m.mine[a]:
			u.Reason = sv.reason(int32(a))
		case reasons[key{u.Person, u.Module}] != "":
			u.Reason = reasons[key{u.Person, u.Module}]
		}
		out = append(out, u)
	}
	return out
}
