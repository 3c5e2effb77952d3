package check

import (
	"slices"

	"kaskad/model"
)

// terms are the contract's cost table; Total is their sum.
var terms = []struct {
	count func(*reading) int
	into  func(*model.Cost) *int
}{
	{(*reading).travelCost, func(c *model.Cost) *int { return &c.Travel }},
	{(*reading).leaderTravelCost, func(c *model.Cost) *int { return &c.LeaderTravel }},
	{(*reading).seminarsCost, func(c *model.Cost) *int { return &c.Seminars }},
	{(*reading).mixCost, func(c *model.Cost) *int { return &c.Mix }},
	{(*reading).crowdingCost, func(c *model.Cost) *int { return &c.Crowding }},
	{(*reading).continuityCost, func(c *model.Cost) *int { return &c.Continuity }},
	{(*reading).paceCost, func(c *model.Cost) *int { return &c.Pace }},
	{(*reading).earlinessCost, func(c *model.Cost) *int { return &c.Earliness }},
	{(*reading).fairnessCost, func(c *model.Cost) *int { return &c.Fairness }},
	{(*reading).preferenceCost, func(c *model.Cost) *int { return &c.Preference }},
	{(*reading).disruptionCost, func(c *model.Cost) *int { return &c.Disruption }},
}

// cost counts the whole table: needs for Unmet, minutes for the rest.
func (r *reading) cost() model.Cost {
	c := model.Cost{Unmet: r.unmetNeeds()}
	for _, term := range terms {
		minutes := term.count(r)
		*term.into(&c) = minutes
		c.Total += minutes
	}
	return c
}

// weight is a weight of the problem or the contract's default.
func weight(w *int, otherwise int) int {
	if w == nil {
		return otherwise
	}
	return *w
}

func (r *reading) weights() model.Weights { return r.problem.Programme.Weights }

// unmetNeeds: "number of unmet needs".
func (r *reading) unmetNeeds() int {
	n := 0
	for _, who := range r.people {
		for _, module := range who.needs {
			if !who.attended(module) {
				n++
			}
		}
	}
	return n
}

// travelCost: "return trip of every attendance × weights.travel".
func (r *reading) travelCost() int {
	minutes := 0
	for _, s := range r.seminars {
		for _, who := range s.attendees {
			minutes += 2 * r.oneWay(who.unit, s.venue)
		}
	}
	return minutes * weight(r.weights().Travel, 1)
}

// leaderTravelCost: "return trip unit → venue of every leading × weights.leaderTravel".
func (r *reading) leaderTravelCost() int {
	minutes := 0
	for _, s := range r.seminars {
		for _, who := range s.leaders {
			minutes += 2 * r.oneWay(who.unit, s.venue)
		}
	}
	return minutes * weight(r.weights().LeaderTravel, 1)
}

// seminarsCost: "per seminar: leadersPerSeminar × (module minutes + weights.prep)".
func (r *reading) seminarsCost() int {
	minutes := 0
	for _, s := range r.seminars {
		minutes += orOne(s.tier.LeadersPerSeminar) * (s.module.Minutes + weight(r.weights().Prep, 60))
	}
	return minutes
}

// mixCost: "per seminar and sector that has any person in that tier:
// max(0, weights.mixMin − attendees of the sector) × weights.mix".
func (r *reading) mixCost() int {
	sectors := map[*model.Tier]map[string]bool{}
	for _, who := range r.people {
		if sectors[who.tier] == nil {
			sectors[who.tier] = map[string]bool{}
		}
		sectors[who.tier][who.unit.Sector] = true
	}
	missing := 0
	for _, s := range r.seminars {
		there := map[string]int{}
		for _, who := range s.attendees {
			there[who.unit.Sector]++
		}
		for sector := range sectors[s.tier] {
			missing += max(0, weight(r.weights().MixMin, 2)-there[sector])
		}
	}
	return missing * weight(r.weights().Mix, 20)
}

// crowdingCost: "per seminar and unit: max(0, attendees of the unit −
// weights.crowdMax) × weights.crowd".
func (r *reading) crowdingCost() int {
	tooMany := 0
	for _, s := range r.seminars {
		there := map[string]int{}
		for _, who := range s.attendees {
			there[who.unit.ID]++
		}
		for _, n := range there {
			tooMany += max(0, n-weight(r.weights().CrowdMax, 4))
		}
	}
	return tooMany * weight(r.weights().Crowd, 10)
}

// continuityCost: "per person: (number of different leaders[0] over the
// attended seminars − 1, at least 0) × weights.continuity".
func (r *reading) continuityCost() int {
	extra := 0
	for _, who := range r.people {
		var met []string
		for _, s := range who.attends {
			if len(s.plan.Leaders) > 0 && !slices.Contains(met, s.plan.Leaders[0]) {
				met = append(met, s.plan.Leaders[0])
			}
		}
		extra += max(0, len(met)-1)
	}
	return extra * weight(r.weights().Continuity, 15)
}

// paceCost: "per person and pair of consecutive (by start) attended or done
// modules: full weeks of the elapsed time beyond weights.paceDays × 24 h
// between their starts × weights.pace".
func (r *reading) paceCost() int {
	allowed := int64(weight(r.weights().PaceDays, 35)) * 24 * 60 * 60
	weeks := 0
	for _, who := range r.people {
		for i := 1; i < len(who.starts); i++ {
			weeks += fullWeeks(secondsBetween(who.starts[i-1].at, who.starts[i].at) - allowed)
		}
	}
	return weeks * weight(r.weights().Pace, 5)
}

// earlinessCost: "per attendance: full weeks from the start of the wave (no
// wave: of the first slot) to the slot × weights.earliness".
func (r *reading) earlinessCost() int {
	if len(r.problem.Slots) == 0 {
		return 0
	}
	first := slices.MinFunc(r.problem.Slots, func(a, b model.Slot) int { return a.Start.Compare(b.Start) }).Start
	weeks := 0
	for _, who := range r.people {
		from := first
		if who.wave != nil {
			from = who.wave.From
		}
		for _, s := range who.attends {
			weeks += fullWeeks(secondsBetween(from, s.slot.start))
		}
	}
	return weeks * weight(r.weights().Earliness, 1)
}

// fairnessCost: "per leader: max(0, number led − target)² × weights.fairness
// (no target: none)".
func (r *reading) fairnessCost() int {
	squares := 0
	for _, who := range r.people {
		if who.is.Leads == nil || who.is.Leads.Target == nil {
			continue
		}
		over := max(0, len(who.leads)-*who.is.Leads.Target)
		squares += over * over
	}
	return squares * weight(r.weights().Fairness, 10)
}

// preferenceCost: "per attendance in a disliked half-day × weights.preference".
func (r *reading) preferenceCost() int {
	disliked := 0
	for _, who := range r.people {
		for _, s := range who.attends {
			if slices.Contains(who.is.Dislikes, s.slot.half) {
				disliked++
			}
		}
	}
	return disliked * weight(r.weights().Preference, 10)
}

// disruptionCost: "per published attendance: slot changed or dropped
// weights.movedSlot; else venue changed weights.movedVenue; else leaders[0]
// changed weights.movedLeader. Per published leading that is dropped or moved:
// weights.movedSlot".
func (r *reading) disruptionCost() int {
	w := r.weights()
	price := map[change]int{
		kept:          0,
		slotChanged:   weight(w.MovedSlot, 120),
		venueChanged:  weight(w.MovedVenue, 45),
		leaderChanged: weight(w.MovedLeader, 10),
	}
	minutes := 0
	r.attendanceChanges(func(_ string, c change) { minutes += price[c] })
	if r.problem.Published == nil {
		return minutes
	}
	for _, s := range r.problem.Published.Seminars {
		for _, id := range s.Leaders {
			if !stillLeads(r.byID[id], s) {
				minutes += price[slotChanged]
			}
		}
	}
	return minutes
}

// stillLeads: the person leads the same tier and module in the same slot.
func stillLeads(who *person, s model.Seminar) bool {
	return who != nil && slices.ContainsFunc(who.leads, func(now *seminar) bool {
		return now.tier.ID == s.Tier && now.module.ID == s.Module && now.slot.id == s.Slot
	})
}
