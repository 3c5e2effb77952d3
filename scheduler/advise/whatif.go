package advise

import (
	"context"
	"slices"

	"kaskad/model"
	"kaskad/scheduler"
)

// Effect is what a change of the problem would break, and what mending the plan
// would take.
type Effect struct {
	Broken []scheduler.Obstacle // seminars that could not be held as they are, with why; by time
	Repair Answer               // the mended plan against the present one
	Lost   []Need               // needs met today that would be unmet
}

// WhatIf answers what a change would break and what a repair would cost. The
// present plan is not touched. The error is a reference of the problem that
// leads nowhere.
func (d *Desk) WhatIf(ctx context.Context, x Change) (Effect, error) {
	problem := x.Apply(d.problem)
	sketch, err := d.sketch.With(problem)
	if err != nil {
		return Effect{}, err
	}
	now := d.sketch.Broken()
	e := Effect{Broken: slices.DeleteFunc(sketch.Broken(), func(o scheduler.Obstacle) bool {
		return slices.ContainsFunc(now, func(was scheduler.Obstacle) bool {
			return was.Seminar == o.Seminar && slices.Equal(was.Blocks, o.Blocks)
		})
	})}
	if len(e.Broken) == 0 {
		return e, nil
	}
	start := (scheduler.Offer{}).Apply(d.problem, d.plan)
	result, err := scheduler.Repair(ctx, problem, scheduler.Options{Start: start, NotBefore: d.from, Locks: d.locks})
	if err != nil {
		return Effect{}, err
	}
	offer := between(d.plan, result.Plan)
	e.Repair = Answer{Offer: offer, Cost: result.Plan.Cost.Minus(d.sketch.Cost()), Told: d.told(offer)}
	for _, u := range (scheduler.Offer{}).Apply(problem, result.Plan).Unmet {
		if !slices.ContainsFunc(start.Unmet, func(was model.Unmet) bool { return was.Person == u.Person && was.Module == u.Module }) {
			e.Lost = append(e.Lost, Need{u.Person, u.Module, u.Reason})
		}
	}
	return e, nil
}

// between is what one plan has otherwise than another.
func between(was, now *model.Plan) scheduler.Offer {
	var o scheduler.Offer
	before := map[string]*model.Seminar{}
	for i := range was.Seminars {
		before[was.Seminars[i].ID] = &was.Seminars[i]
	}
	for _, x := range now.Seminars {
		if y := before[x.ID]; y == nil || y.Slot != x.Slot || y.Venue != x.Venue || !slices.Equal(y.Leaders, x.Leaders) || !samePeople(y.Attendees, x.Attendees) {
			o.Set = append(o.Set, x)
		}
		delete(before, x.ID)
	}
	for i := range was.Seminars {
		if before[was.Seminars[i].ID] != nil {
			o.Drop = append(o.Drop, was.Seminars[i].ID)
		}
	}
	return o
}

func samePeople(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
