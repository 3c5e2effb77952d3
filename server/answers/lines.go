package answers

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/scheduler/advise"
	"kaskad/ui"
)

// ByID finds the seminars of a plan.
func ByID(plan *model.Plan) map[string]*model.Seminar {
	at := map[string]*model.Seminar{}
	for i := range plan.Seminars {
		at[plan.Seminars[i].ID] = &plan.Seminars[i]
	}
	return at
}

// Newcomer leads now and did not before; "" when nobody does.
func Newcomer(was, now *model.Seminar) string {
	for _, l := range now.Leaders {
		if !slices.Contains(was.Leaders, l) {
			return l
		}
	}
	return ""
}

// Seminar names a seminar by what it is about, when and where.
func (s Speaker) Seminar(x *model.Seminar) string {
	start, _ := s.Roster.Span(x)
	return s.t("ask.seminar-text", "module", s.Roster.Modules[x.Module].Name, "when", s.UI.When(s.Lang, start), "venue", s.Roster.Venues[x.Venue].Name)
}

// Seat names a seminar with the way there of a person, unless that would tell
// where somebody with a protected identity works.
func (s Speaker) Seat(x *model.Seminar, person string) string {
	minutes := 0
	if who := s.Roster.People[person]; who != nil && !s.Hidden(person) {
		minutes = s.Roster.TravelMinutes(who.Unit, x.Venue)
	}
	if minutes == 0 {
		return s.Seminar(x)
	}
	return s.t("ask.seat-text", "seminar", s.Seminar(x), "time", s.Length(minutes))
}

func seminarPage(id string) string { return "/seminars/" + url.PathEscape(id) }

// Offer says a change of a plan seminar by seminar.
func (s Speaker) Offer(plan *model.Plan, a advise.Answer) []ui.AskLine {
	at := ByID(plan)
	var list []ui.AskLine
	for i := range a.Set {
		now := &a.Set[i]
		was := at[now.ID]
		if was == nil {
			list = append(list, ui.AskLine{Text: s.Seminar(now), Why: s.t("ask.is-new", "n", len(now.Attendees))})
			continue
		}
		list = append(list, ui.AskLine{Text: s.Seminar(was), Href: seminarPage(now.ID), Why: strings.Join(s.differs(was, now), " ")})
	}
	for _, id := range a.Drop {
		list = append(list, ui.AskLine{Text: s.Seminar(at[id]), Href: seminarPage(id), Why: s.t("ask.is-dropped")})
	}
	return list
}

// differs says how a seminar would be otherwise than it is.
func (s Speaker) differs(was, now *model.Seminar) []string {
	var parts []string
	start, _ := s.Roster.Span(now)
	when, venue := s.UI.When(s.Lang, start), s.Roster.Venues[now.Venue].Name
	switch {
	case was.Slot != now.Slot && was.Venue != now.Venue:
		parts = append(parts, s.t("ask.moves-both", "when", when, "venue", venue))
	case was.Slot != now.Slot:
		parts = append(parts, s.t("ask.moves-time", "when", when))
	case was.Venue != now.Venue:
		parts = append(parts, s.t("ask.moves-venue", "venue", venue))
	}
	if who := Newcomer(was, now); who != "" {
		parts = append(parts, s.t("ask.new-leader", "who", s.Leader(who)))
	}
	if in := missing(was.Attendees, now.Attendees); in > 0 {
		parts = append(parts, s.t("ask.come", "n", in))
	}
	if out := missing(now.Attendees, was.Attendees); out > 0 {
		parts = append(parts, s.t("ask.go", "n", out))
	}
	return parts
}

// missing counts who of b is not in a.
func missing(a, b []string) (n int) {
	for _, p := range b {
		if !slices.Contains(a, p) {
			n++
		}
	}
	return n
}

// Way says where an answer leads a person, and what else it changes.
func (s Speaker) Way(plan *model.Plan, person string, a advise.Answer, draft bool) ui.Choice {
	at := ByID(plan)
	c := ui.Choice{Total: a.Cost.Total, Told: s.Told(a.Told, draft)}
	c.Better, c.Worse = s.Effects(a.Cost)
	for i := range a.Set {
		now := &a.Set[i]
		was := at[now.ID]
		if !slices.Contains(now.Attendees, person) || was != nil && slices.Contains(was.Attendees, person) {
			continue
		}
		if c.Title == "" {
			c.Title = s.Seat(now, person)
		} else {
			c.Facts = append(c.Facts, s.Seminar(now))
		}
		if was == nil {
			c.Facts = append(c.Facts, s.t("ask.is-new", "n", len(now.Attendees)))
		}
	}
	if n := len(a.Set) + len(a.Drop); n > 1 {
		c.Facts = append(c.Facts, s.t("ask.touches", "n", n))
	}
	c.Button = c.Title
	return c
}

// Remedy says what would have to change, and where that leads a person.
func (s Speaker) Remedy(plan *model.Plan, person string, r advise.Remedy, draft bool) ui.Choice {
	c := s.Way(plan, person, r.Answer, draft)
	c.Facts = append([]string{c.Title}, c.Facts...)
	c.Title = s.t("ask.remedy-if", "change", s.Changes(r.Changes))
	return c
}

// Near says of the nearest seminars what stands against a seat in each.
func (s Speaker) Near(plan *model.Plan, l advise.Lack) []ui.AskLine {
	at := ByID(plan)
	var list []ui.AskLine
	for _, o := range l.Near {
		line := ui.AskLine{Text: s.Seat(at[o.Seminar], l.Person), Href: seminarPage(o.Seminar)}
		if len(o.Blocks) > 0 {
			line.Why = s.Block(o.Blocks[0])
		}
		list = append(list, line)
	}
	return list
}

// Counts says against how many seminars each fact stands.
func (s Speaker) Counts(list []advise.Count) []string {
	var texts []string
	for _, c := range list {
		texts = append(texts, s.t("ask.count."+string(c.Fact), "n", c.N))
	}
	return texts
}

// Seats explains a person's seats one by one.
func (s Speaker) Seats(plan *model.Plan, person string, list []advise.SeatWhy) []ui.AskSeat {
	at := ByID(plan)
	var seats []ui.AskSeat
	for _, y := range list {
		seat := ui.AskSeat{ID: y.Seminar, AskLine: ui.AskLine{Text: s.Seat(at[y.Seminar], person), Href: seminarPage(y.Seminar)}}
		seat.Nearer, seat.Sooner = s.alternatives(person, y.Nearer), s.alternatives(person, y.Sooner)
		seats = append(seats, seat)
	}
	return seats
}

func (s Speaker) alternatives(person string, list []advise.Alternative) []ui.AskLine {
	var lines []ui.AskLine
	for _, a := range list {
		there := &a.Set[0]
		line := ui.AskLine{Text: s.Seat(there, person), Href: seminarPage(there.ID)}
		lines = append(lines, s.weigh(a, line))
	}
	return lines
}

// weigh says why an alternative is not what the plan has.
func (s Speaker) weigh(a advise.Alternative, line ui.AskLine) ui.AskLine {
	if a.Block == nil {
		line.Why = s.t("ask.costs", "more", s.More(a.Cost.Total), "effects", s.SumUp(a.Cost))
		return line
	}
	line.Why = s.Block(*a.Block)
	if a.Remedy != nil {
		line.If = s.t("ask.would-go", "change", s.Changes(a.Remedy.Changes))
	}
	return line
}

// Place explains the place and time of a seminar.
func (s Speaker) Place(why advise.SeminarWhy) (nearer, sooner []ui.AskLine) {
	for _, a := range why.Nearer {
		nearer = append(nearer, s.weigh(a, ui.AskLine{Text: s.Roster.Venues[a.Set[0].Venue].Name + ":"}))
	}
	for _, a := range why.Sooner {
		start, _ := s.Roster.Span(&a.Set[0])
		sooner = append(sooner, s.weigh(a, ui.AskLine{Text: s.UI.When(s.Lang, start) + ":"}))
	}
	return nearer, sooner
}

// Leads says of a leader's seminars who would be next best.
func (s Speaker) Leads(plan *model.Plan, list []advise.Leads) []ui.AskLine {
	at := ByID(plan)
	var lines []ui.AskLine
	for _, y := range list {
		x := at[y.Seminar]
		line := ui.AskLine{Text: s.Seminar(x), Href: seminarPage(x.ID) + "/options", Why: s.t("ask.only-leader")}
		if y.Next != nil {
			line.Why = s.t("ask.next-leader", "who", s.Name(Newcomer(x, &y.Next.Set[0])), "more", s.More(y.Next.Cost.Total), "effects", s.SumUp(y.Next.Cost))
		}
		lines = append(lines, line)
	}
	return lines
}

// Rules are the limits that act on a person.
func (s Speaker) Rules(x *model.Person) []string {
	r := s.Roster
	var list []string
	if x.MaxTravel != nil {
		list = append(list, s.t("ask.rule.travel", "time", s.Length(*x.MaxTravel)))
	}
	u := r.Units[x.Unit]
	if u.MaxAway != nil && !s.Hidden(x.ID) {
		list = append(list, s.t("ask.rule.unit", "unit", u.Name, "n", *u.MaxAway))
	}
	if w := r.Waves[u.Wave]; w != nil && x.Tier != "" {
		list = append(list, s.t("ask.rule.wave", "wave", s.Wave(w.ID), "from", s.UI.Day(s.Lang, w.From), "to", s.UI.Day(s.Lang, w.To.Add(-time.Second))))
	}
	if t := r.Tiers[x.Tier]; t != nil && t.GapDays > 0 {
		list = append(list, s.t("ask.rule.gap", "n", t.GapDays))
	}
	l := x.Leads
	if l == nil {
		return list
	}
	limit := func(n *int, text func(n int) string) {
		if n != nil {
			list = append(list, text(*n))
		}
	}
	limit(l.MaxPerDay, func(n int) string { return s.t("ask.rule.day", "n", n) })
	limit(l.MaxPerWeek, func(n int) string { return s.t("ask.rule.week", "n", n) })
	limit(l.MaxTotal, func(n int) string { return s.t("ask.rule.all", "n", n) })
	limit(l.Target, func(n int) string { return s.t("ask.rule.target", "n", n) })
	return list
}

// Broken says of seminars why they could not be held as they are.
func (s Speaker) Broken(plan *model.Plan, e advise.Effect) []ui.AskLine {
	at := ByID(plan)
	var list []ui.AskLine
	for _, o := range e.Broken {
		list = append(list, ui.AskLine{Text: s.Seminar(at[o.Seminar]), Href: seminarPage(o.Seminar), Why: s.Block(o.Blocks[0])})
	}
	return list
}

// Lost says which needs would be unmet.
func (s Speaker) Lost(list []advise.Need) []ui.AskLine {
	var lines []ui.AskLine
	for _, n := range list {
		lines = append(lines, ui.AskLine{Text: s.t("ask.lost", "who", s.Name(n.Person), "module", s.Roster.Modules[n.Module].Name),
			Href: "/ask/person/" + url.PathEscape(n.Person), Why: s.Reason(n.Reason)})
	}
	return lines
}
