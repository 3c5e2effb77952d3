package advise

import (
	"cmp"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
)

// Desk is where questions about one plan of one problem are asked. It must not
// be used by two goroutines at once.
type Desk struct {
	problem *model.Problem
	plan    *model.Plan
	from    time.Time
	roster  *model.Roster
	sketch  *scheduler.Sketch
	byID    map[string]*model.Seminar
	locks   map[string]model.Lock
	faults  int // that the judge finds in the plan as it is; -1 before it was asked
}

// Open prepares to answer questions about a plan. Answers put nothing before
// notBefore and change nothing that starts earlier; zero: any time will do. The
// error is a reference of the problem that leads nowhere.
func Open(problem *model.Problem, plan *model.Plan, notBefore time.Time) (*Desk, error) {
	sketch, err := scheduler.NewSketch(problem, plan, notBefore)
	if err != nil {
		return nil, err
	}
	d := &Desk{problem: problem, plan: plan, from: notBefore, roster: model.NewRoster(problem, ""), sketch: sketch, byID: map[string]*model.Seminar{}, faults: -1}
	for i := range plan.Seminars {
		d.byID[plan.Seminars[i].ID] = &plan.Seminars[i]
	}
	return d, nil
}

// Keep makes every answer leave alone what locks hold of seminars, by id.
func (d *Desk) Keep(locks map[string]model.Lock) { d.locks = locks }

// Answer is a change of the plan that the rules allow.
type Answer struct {
	scheduler.Offer
	Cost model.Cost // what the plan costs with it less what it costs without
	Told []Told     // everybody whose calendar changes, by person
}

// News is what somebody is told.
type News string

// What people are told, from the least to the most that changes for them.
const (
	OtherLeader News = "leader"  // somebody else leads
	Invited     News = "invited" // takes part from now on
	Moved       News = "moved"   // another time or place
	Cancelled   News = "cancelled"
)

// Told is one person and the greatest thing they are told.
type Told struct {
	Person string
	News   News
}

// try turns an offer into an answer; false when a rule stands against it.
func (d *Desk) try(o scheduler.Offer) (Answer, bool) {
	a, block := d.Check(o)
	return a, block == nil
}

// tryAll keeps the first most offers that the rules allow.
func (d *Desk) tryAll(offers []scheduler.Offer, most int) []Answer {
	var list []Answer
	for _, o := range offers {
		if len(list) == most {
			break
		}
		if a, ok := d.try(o); ok {
			list = append(list, a)
		}
	}
	return list
}

// Check is the answer that an offer of somebody's own comes to, or the first
// rule that stands against it.
func (d *Desk) Check(o scheduler.Offer) (Answer, *scheduler.Block) {
	if b := d.locked(o); b != nil {
		return Answer{Offer: o}, b
	}
	cost, block := d.sketch.Try(o)
	return Answer{o, cost, d.told(o)}, block
}

// locked is the first lock that an offer would break.
func (d *Desk) locked(o scheduler.Offer) *scheduler.Block {
	for i := range o.Set {
		now, was, l := &o.Set[i], d.byID[o.Set[i].ID], d.locks[o.Set[i].ID]
		if was == nil || l.Empty() {
			continue
		}
		leaves := func(p string) bool { return !slices.Contains(now.Attendees, p) }
		if l.Time && now.Slot != was.Slot || l.Place && now.Venue != was.Venue || l.Leaders && !slices.Equal(now.Leaders, was.Leaders) ||
			slices.ContainsFunc(l.People, leaves) {
			return &scheduler.Block{Fact: scheduler.Locked, Seminar: now.ID}
		}
	}
	for _, id := range o.Drop {
		if !d.locks[id].Empty() {
			return &scheduler.Block{Fact: scheduler.Locked, Seminar: id}
		}
	}
	return nil
}

var weight = map[News]int{OtherLeader: 1, Invited: 2, Moved: 3, Cancelled: 4}

// told compares every seminar of an offer with what it is now.
func (d *Desk) told(o scheduler.Offer) []Told {
	news := map[string]News{}
	tell := func(person string, n News) {
		switch was := news[person]; {
		case was == Cancelled && n == Invited, was == Invited && n == Cancelled:
			news[person] = Moved // out of one seminar and into another
		case weight[n] > weight[was]:
			news[person] = n
		}
	}
	for i := range o.Set {
		d.compare(d.byID[o.Set[i].ID], &o.Set[i], tell)
	}
	for _, id := range o.Drop {
		d.compare(d.byID[id], &model.Seminar{}, tell)
	}
	var list []Told
	for p, n := range news {
		list = append(list, Told{p, n})
	}
	slices.SortFunc(list, func(a, b Told) int { return cmp.Compare(a.Person, b.Person) })
	return list
}

func (d *Desk) compare(was, now *model.Seminar, tell func(string, News)) {
	if was == nil {
		was = &model.Seminar{}
	}
	before, after := people(was), people(now)
	for _, p := range before {
		if !slices.Contains(after, p) {
			tell(p, Cancelled)
		}
	}
	for _, p := range after {
		switch {
		case !slices.Contains(before, p):
			tell(p, Invited)
		case was.Slot != now.Slot || was.Venue != now.Venue:
			tell(p, Moved)
		case !slices.Equal(was.Leaders, now.Leaders):
			tell(p, OtherLeader)
		}
	}
}

func people(x *model.Seminar) []string { return append(slices.Clone(x.Attendees), x.Leaders...) }

// Shown is how many answers a question gets at most, of each kind.
const Shown = 8

// Leaders answers who could lead a seminar.
type Leaders struct {
	Answers []Answer          // the cheapest first
	More    int               // further leaders who most likely could: they are not tried
	Blocked []scheduler.Block // of the others who lead the module, what stands against each; the nearest first
}

// Leaders answers who could lead a seminar: in an empty place if it has one,
// else instead of somebody.
func (d *Desk) Leaders(seminar string) Leaders {
	offers, blocked := d.sketch.LeaderOffers(seminar)
	offers = slices.DeleteFunc(offers, func(o scheduler.Offer) bool { return d.locked(o) != nil })
	a := Leaders{Answers: d.tryAll(offers, Shown), Blocked: blocked}
	if len(a.Answers) == Shown { // with fewer, all have been tried
		a.More = len(offers) - Shown
	}
	return a
}

// Places answers where else a seminar could be held with all its people, the
// cheapest first.
type Places struct {
	Venues []Answer // at the same time
	Slots  []Answer // at the same venue
	Both   []Answer // another time at another venue
}

// Places answers where else a seminar could be held with all its people.
func (d *Desk) Places(seminar string) Places {
	offers := d.sketch.PlaceOffers(seminar, 2*Shown)
	return Places{
		Venues: d.tryAll(offers[scheduler.OtherVenue], Shown),
		Slots:  d.tryAll(offers[scheduler.OtherSlot], Shown),
		Both:   d.tryAll(offers[scheduler.OtherSlotAndVenue], Shown),
	}
}
