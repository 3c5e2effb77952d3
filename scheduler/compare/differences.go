package compare

import (
	"cmp"
	"slices"

	"kaskad/model"
)

// Kind is what becomes of a person's part in a seminar from one plan to another.
type Kind string

const (
	Gained Kind = "gained" // the second plan has it only
	Lost   Kind = "lost"   // the first plan has it only
	Time   Kind = "time"   // another time, and perhaps another place and leader
	Place  Kind = "place"  // the same time, another place
	Leader Kind = "leader" // the same time and place, another first leader
)

// Difference is one person's seat in one module, or one seminar they lead.
type Difference struct {
	Person, Module string
	Leads          bool
	Kind           Kind
	From, To       *model.Seminar // in the first and the second plan; nil when that has none
}

// Differences lists what differs between two plans, in the problem's order of
// people and by module. Leading is compared by time: another time is one
// seminar lost and one gained.
func Differences(p *model.Problem, a, b *model.Plan) []Difference {
	var list []Difference
	was, is := partsOf(a), partsOf(b)
	for i := range p.People {
		x := &p.People[i]
		id := x.ID
		for _, m := range p.Modules {
			list = appendSeat(list, id, m.ID, was[part{id, m.ID, "", false}], is[part{id, m.ID, "", false}])
		}
		if x.Leads != nil {
			list = append(list, leadings(p, id, was, is)...)
		}
	}
	return list
}

// part names a person's part in a plan: a module attended, or a module led at a time.
type part struct {
	person, module, slot string
	leads                bool
}

func partsOf(plan *model.Plan) map[part]*model.Seminar {
	found := map[part]*model.Seminar{}
	for i := range plan.Seminars {
		s := &plan.Seminars[i]
		for _, p := range s.Attendees {
			found[part{p, s.Module, "", false}] = s
		}
		for _, p := range s.Leaders {
			found[part{p, s.Module, s.Slot, true}] = s
		}
	}
	return found
}

func appendSeat(list []Difference, person, module string, from, to *model.Seminar) []Difference {
	d := Difference{Person: person, Module: module, From: from, To: to}
	switch {
	case from == nil && to == nil:
		return list
	case from == nil:
		d.Kind = Gained
	case to == nil:
		d.Kind = Lost
	case from.Slot != to.Slot:
		d.Kind = Time
	case from.Venue != to.Venue:
		d.Kind = Place
	case first(from.Leaders) != first(to.Leaders):
		d.Kind = Leader
	default:
		return list
	}
	return append(list, d)
}

// leadings are the seminars a person leads in one of the plans only, or elsewhere.
func leadings(p *model.Problem, person string, was, is map[part]*model.Seminar) []Difference {
	var list []Difference
	for _, slot := range p.Slots {
		for _, m := range p.Modules {
			key := part{person, m.ID, slot.ID, true}
			from, to := was[key], is[key]
			d := Difference{Person: person, Module: m.ID, Leads: true, From: from, To: to}
			switch {
			case from == nil && to == nil:
				continue
			case from == nil:
				d.Kind = Gained
			case to == nil:
				d.Kind = Lost
			case from.Venue != to.Venue:
				d.Kind = Place
			default:
				continue
			}
			list = append(list, d)
		}
	}
	return list
}

// Group adds up the differences of a unit, an area or a leader.
type Group struct {
	ID                                  string
	People                              int // with any difference
	Gained, Lost, Times, Places, Others int // attendances; Others: another leader
	Leads                               int // change in the number of seminars led
	Led                                 int // seminars led that are gained, lost or elsewhere
	Travel                              int // change of the way there and back, minutes, attending and leading
}

// Changes is the number of differences.
func (g Group) Changes() int { return g.Gained + g.Lost + g.Times + g.Places + g.Others + g.Led }

// By adds up differences over the group of each person, those with most first
// and by id among equals. The differences of people whose group is "" are left out.
func By(p *model.Problem, list []Difference, group func(person string) string) []Group {
	r := model.NewRoster(p, "")
	found := map[string]*Group{}
	seen := map[string]bool{}
	for _, d := range list {
		id := group(d.Person)
		if id == "" {
			continue
		}
		g := found[id]
		if g == nil {
			g = &Group{ID: id}
			found[id] = g
		}
		if !seen[d.Person] {
			seen[d.Person] = true
			g.People++
		}
		g.add(r, d)
	}
	groups := make([]Group, 0, len(found))
	for _, g := range found {
		groups = append(groups, *g)
	}
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Or(b.Changes()-a.Changes(), cmp.Compare(a.ID, b.ID)) })
	return groups
}

func (g *Group) add(r *model.Roster, d Difference) {
	way := func(s *model.Seminar) int {
		x := r.People[d.Person]
		if s == nil || x == nil {
			return 0
		}
		return 2 * r.TravelMinutes(x.Unit, s.Venue)
	}
	g.Travel += way(d.To) - way(d.From)
	if d.Leads {
		g.Led++
		switch d.Kind {
		case Gained:
			g.Leads++
		case Lost:
			g.Leads--
		}
		return
	}
	switch d.Kind {
	case Gained:
		g.Gained++
	case Lost:
		g.Lost++
	case Time:
		g.Times++
	case Place:
		g.Places++
	case Leader:
		g.Others++
	}
}
