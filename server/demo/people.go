package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"kaskad/model"
)

// role is what a contact needs to know of a person.
type role struct {
	sector, employer string
	expert           bool
}

// addLeaders chooses leaders among ordinary employees: by municipality in
// proportion to its staff, by unit in proportion to the unit's.
func (b *builder) addLeaders() {
	r := dice(b.o.Seed, leaderDice)
	staff := make([]float64, len(b.towns))
	for i, t := range b.towns {
		staff[i] = float64(t.staff)
	}
	floor := 0
	if b.o.Staff >= wholeRegion {
		floor = 1
	}
	for i, n := range ShareAtLeast(b.o.Leaders, floor, staff) {
		b.towns[i].leaders = n
		if n > 0 {
			b.spreadLeaders(r, i, n)
		}
	}
}

// spreadLeaders draws n leaders of a municipality by systematic sampling:
// every unit has a chance in proportion to its staff, and since the units are
// listed by sector, every sector gets its part.
func (b *builder) spreadLeaders(r *rand.Rand, town, n int) {
	step := float64(b.towns[town].staff) / float64(n)
	next, passed := step*r.Float64(), 0.0
	for i := range b.units {
		u := &b.units[i]
		if u.town != town {
			continue
		}
		passed += float64(u.staff)
		for next < passed {
			u.leaders++
			next += step
		}
	}
}

// target is how many seminars each leader should lead: four modules for all
// staff in groups of 14, a number groups reach when a few seats stay empty, and
// no fewer than the four modules.
func (b *builder) target() int {
	return max(len(moduleIDs), (b.o.Staff*len(moduleIDs)+14*b.o.Leaders-1)/(14*b.o.Leaders))
}

// maxTotal is the most seminars a leader may be asked for: twice the target,
// ten where groups are too small for that to be enough, and more where the floor of one leader per municipality leaves a wave short:
// its leaders together must manage groups of 12 with three fifths to spare.
func (b *builder) maxTotal() int {
	most := max(10, 2*b.target())
	staff, leaders := b.byWave()
	for w := range staff {
		seats := len(moduleIDs) * staff[w] * 8
		perSeat := 12 * 5 * max(leaders[w], 1)
		most = max(most, (seats+perSeat-1)/perSeat)
	}
	return most
}

func (b *builder) leads(maxTotal int) *model.Leads {
	return &model.Leads{
		Tier: staffTier, Modules: slices.Clone(moduleIDs),
		MaxPerDay: new(1), MaxPerWeek: new(2), MaxTotal: new(maxTotal), Target: new(b.target()),
	}
}

// addPeople fills the units: leaders first, then their colleagues.
func (b *builder) addPeople() {
	absence, wish := dice(b.o.Seed, absenceDice), dice(b.o.Seed, wishDice)
	meetings, maxTotal := b.meetingTowns(), b.maxTotal()
	for i, u := range b.units {
		reach := b.reach(u, meetings)
		for n := range u.leaders + u.staff {
			p := model.Person{Unit: unitID(i), Tier: staffTier}
			if leader := n < u.leaders; leader {
				p.Tier, p.Leads = leaderTier, b.leads(maxTotal)
				p.Calendar = drawRota(absence, leaderTier)
			} else {
				p.Calendar = drawRota(absence, u.sector)
				if wish.IntN(100) < 10 {
					p.MaxTravel = new(reach + 15*wish.IntN(3))
				}
			}
			p.Closed = b.absences(absence, b.waves[u.wave], n < u.leaders)
			if !b.canAttend(u.wave, p.Calendar, p.Closed, n < u.leaders) {
				p.Closed = nil
			}
			p.Dislikes = drawDislikes(wish)
			b.add(p, role{sector: u.sector, employer: u.employer})
		}
	}
}

func (b *builder) add(p model.Person, r role) {
	p.ID = fmt.Sprintf("p%05d", len(b.people)+1)
	b.people = append(b.people, p)
	b.roles = append(b.roles, r)
}

// drawRota is a calendar id by the mix of the sector, empty for no rota.
func drawRota(r *rand.Rand, mix string) string {
	switch kind := pick(r, rotaMix[mix]); kind {
	case 0:
		return ""
	case 1:
		return rotas[r.IntN(partTime)].id
	default:
		chosen := rotas[partTime+kind-2]
		return calendarID(chosen, r.IntN(chosen.phases))
	}
}

var disliked = []model.HalfDay{"mon-am", "fri-pm", "mon-pm", "fri-am", "wed-am", "wed-pm", "tue-am", "thu-pm"}

// drawDislikes gives about 15 in 100 people one or two half-days they would
// rather not travel; Monday mornings and Friday afternoons lead.
func drawDislikes(r *rand.Rand) []model.HalfDay {
	if r.IntN(100) >= 15 {
		return nil
	}
	weights := []int{6, 6, 2, 2, 1, 1, 1, 1}
	first := pick(r, weights)
	list := []model.HalfDay{disliked[first]}
	if weights[first] = 0; r.IntN(3) == 0 {
		list = append(list, disliked[pick(r, weights)])
	}
	return list
}

// office is where outside experts start from.
type office = place

const officeEmployer = "Programkontoret DiREKT"

// leadersPerExpert: with four seminars a week and 14 leaders in each, one
// expert trains 30 leaders in four modules in little more than two weeks.
const leadersPerExpert = 30

// offices are the cities the experts travel from, those used first first.
var offices = []office{officeIn("1480"), officeIn("1488"), officeIn("1490"), officeIn("1496")}

func officeIn(code string) office {
	m := known.municipalities[slices.IndexFunc(known.municipalities, func(m municipality) bool { return m.code == code })]
	return office{name: m.seat, code: code, at: m.at}
}

// experts is how many outside experts train the leaders.
func (b *builder) experts() int {
	return max(2, int(math.Round(float64(b.o.Leaders)/leadersPerExpert)))
}

// usedOffices are the offices that have an expert.
func (b *builder) usedOffices() []office { return offices[:min(len(offices), b.experts())] }

// addExperts adds the outside experts, who need nothing and lead every module
// of the leaders' tier.
func (b *builder) addExperts() {
	for n := range b.experts() {
		b.add(model.Person{
			Unit: unitID(len(b.units) + n%len(b.usedOffices())),
			Leads: &model.Leads{
				Tier: leaderTier, Modules: slices.Clone(moduleIDs), MaxPerDay: new(1), MaxPerWeek: new(4),
			},
		}, role{sector: municipal, employer: officeEmployer, expert: true})
	}
}
