package web

import (
	"slices"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/scheduler/check"
	"kaskad/ui"
)

// shownBroken is how many broken seminars are listed one by one.
const shownBroken = 100

// shownReasons is how many reasons of one seminar are said one by one.
const shownReasons = 3

// faultKinds are the kinds of faults the summary counts, worst first.
var faultKinds = []string{"leader", "room", "person", "order", "unit", "seats", "rule"}

// fault is one breach of a rule by what is published.
type fault struct {
	kind, text, seminar string
}

// judgement is what the independent judge says of what people have been told.
type judgement struct {
	each    []check.Violation
	between []check.Violation // of rules between several seminars, of those to come alone
}

// judgementLasts is how long a judgement of one State is good.
const judgementLasts = 10 * time.Minute

// judge asks the independent judge, once for every State and every while.
func (s *Server) judge(state *model.State) *judgement {
	now := s.Programme.Now()
	return s.judged.of(s, state, now.UnixNano()/int64(judgementLasts), func() *judgement { return newJudgement(state, now) })
}

func newJudgement(state *model.State, now time.Time) *judgement {
	j := &judgement{}
	if published := state.PublishedPlan(); published != nil {
		problem := state.PlanningProblem(now)
		problem.Programme.MaxMoved = nil
		j.each = check.Check(problem, published).Violations
		if slices.ContainsFunc(j.each, isBetween) { // of fewer seminars no more can break such a rule
			ahead := *published
			ahead.Seminars = slices.DeleteFunc(slices.Clone(published.Seminars), func(x model.Seminar) bool {
				start, _ := state.Roster.Span(&x)
				return start.Before(now)
			})
			j.between = slices.DeleteFunc(check.Check(problem, &ahead).Violations, func(x check.Violation) bool { return !isBetween(x) })
		}
	}
	return j
}

// isBetween: the rule is one between several seminars.
func isBetween(x check.Violation) bool { return x.Seminar == "" && (x.Code == "H8" || x.Code == "H9") }

// faults are what is wrong with what people have been told, as far as it is
// still to come, in words.
func (s *Server) faults(v *visit) []fault {
	var list []fault
	now := s.Programme.Now()
	j := s.judge(v.state)
	for _, x := range j.each {
		if f := s.faultOf(v, x, now); f.kind != "" {
			list = append(list, f)
		}
	}
	for _, x := range j.between {
		list = append(list, s.between(v, x))
	}
	return list
}

// brokenSeminars counts the seminars to come that break a rule; those that
// merely lack a leader are counted by themselves.
func (s *Server) brokenSeminars(state *model.State) int {
	broken, now := map[string]bool{}, s.Programme.Now()
	for _, x := range s.judge(state).each {
		if seminar := state.Seminars[x.Seminar]; seminar != nil && x.Code != "H6" {
			if start, _ := state.Roster.Span(&seminar.Seminar); start.After(now) {
				broken[x.Seminar] = true
			}
		}
	}
	return len(broken)
}

// between is a fault between several seminars.
func (s *Server) between(v *visit, x check.Violation) fault {
	if x.Code == "H8" {
		return fault{kind: "room", text: s.text(v, "broken.venue-full", "a", s.shownArg(v, model.VenueID(x.Venue)))}
	}
	return fault{kind: "unit", text: s.text(v, "broken.unit", "a", s.shownArg(v, model.UnitID(x.Unit)))}
}

// faultOf says a breach by a seminar to come in words; its kind is empty for others.
func (s *Server) faultOf(v *visit, x check.Violation, now time.Time) fault {
	seminar := v.state.Seminars[x.Seminar]
	if seminar == nil {
		return fault{}
	}
	start, end := v.state.Roster.Span(&seminar.Seminar)
	if start.Before(now) {
		return fault{}
	}
	f := fault{kind: "rule", seminar: x.Seminar}
	who := s.shownName(v, x.Person)
	leads := slices.Contains(seminar.Leaders, x.Person)
	switch x.Code {
	case "H1":
		f.kind, f.text = "person", s.text(v, "broken.not-needed", "a", who)
	case "H2":
		f.kind, f.text = "seats", s.text(v, "broken.seats", "n", len(seminar.Attendees))
	case "H3":
		f.kind, f.text = s.absence(v, x.Person, start, end, leads)
	case "H4":
		f.kind, f.text = "order", s.text(v, "broken.order", "a", who)
	case "H5":
		f.kind, f.text = "leader", s.text(v, "broken.may-not-lead", "a", who)
	case "H6":
		f.kind, f.text = "leader", s.text(v, "broken.no-leader")
	case "H7":
		f.kind, f.text = "leader", s.text(v, "broken.leads-too-much", "a", who)
	case "H8":
		f.kind, f.text = "room", s.text(v, "broken.venue-closed", "a", s.shownArg(v, model.VenueID(x.Venue)))
	default:
		f.text = s.text(v, "broken.rule", "a", x.Detail)
	}
	return f
}

// absence is a breach of H3 by somebody who is away or in two places.
func (s *Server) absence(v *visit, person string, start, end time.Time, leads bool) (kind, text string) {
	kind, key := "person", "broken.away"
	if leads {
		kind, key = "leader", "broken.leader-away"
	}
	for _, x := range v.state.SeminarsOf(person) {
		if from, to := v.state.Roster.Span(&x.Seminar); from.Before(end) && start.Before(to) && !from.Equal(start) {
			key = "broken.busy"
		}
	}
	if v.state.HasLeft(person, start) {
		key = "broken.left"
	}
	return kind, s.text(v, key, "a", s.shownName(v, person))
}

// listBroken fills in what is broken, seminar by seminar and in figures.
func (s *Server) listBroken(v *visit, page *ui.Changes) {
	r := v.state.Roster
	byID := map[string]*ui.Broken{}
	var order []string
	count := map[string]map[string]bool{}
	for _, f := range s.faults(v) {
		if count[f.kind] == nil {
			count[f.kind] = map[string]bool{}
		}
		key := f.seminar
		if key == "" {
			key = f.text
		}
		count[f.kind][key] = true
		row := byID[key]
		if row == nil {
			row = &ui.Broken{ID: f.seminar}
			if x := v.state.Seminars[f.seminar]; x != nil {
				row.Start, row.End = r.Span(&x.Seminar)
				row.Module, row.Venue = r.Modules[x.Module].Name, r.Venues[x.Venue].Name
			}
			byID[key] = row
			order = append(order, key)
		}
		if !slices.Contains(row.Reasons, f.text) {
			row.Reasons = append(row.Reasons, f.text)
		}
	}
	for _, kind := range faultKinds {
		if n := len(count[kind]); n > 0 {
			page.Summary = append(page.Summary, ui.Notice{Kind: ui.Warning, Text: s.text(v, "broken.sum."+kind, "n", n)})
		}
	}
	for _, key := range order {
		row := byID[key]
		if n := len(row.Reasons) - shownReasons; n > 1 {
			row.Reasons = append(row.Reasons[:shownReasons:shownReasons], s.text(v, "broken.more", "n", n))
		}
		page.Broken = append(page.Broken, *row)
	}
	slices.SortStableFunc(page.Broken, func(a, b ui.Broken) int {
		if d := a.Start.Compare(b.Start); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	})
	if n := len(page.Broken) - shownBroken; n > 0 {
		page.More, page.Broken = n, page.Broken[:shownBroken]
	}
	if page.Waiting = waiting(v.state); page.Waiting > 0 {
		page.Summary = append(page.Summary, ui.Notice{Kind: ui.Warning, Text: s.text(v, "broken.sum.waiting", "n", page.Waiting)})
	}
}

// waiting counts the needs without a published seat of people whose wave is
// published, but those a draft has, or knows it cannot meet.
func waiting(state *model.State) (n int) {
	r := state.Roster
	type need struct{ person, module string }
	met := map[need]bool{}
	takesPart := map[[2]string]bool{}
	for _, x := range state.Working() {
		if x.Standing == model.ToCancel {
			continue
		}
		for _, p := range x.Attendees {
			met[need{p, x.Module}] = true
			if who := r.People[p]; who != nil && x.Before != nil {
				takesPart[[2]string{r.Units[who.Unit].Wave, who.Tier}] = true
			}
		}
	}
	for _, u := range state.KnownUnmet() {
		met[need{u.Person, u.Module}] = true
	}
	for i := range r.Problem.People {
		x := &r.Problem.People[i]
		if x.Tier == "" || !takesPart[[2]string{r.Units[x.Unit].Wave, x.Tier}] {
			continue
		}
		for _, m := range r.Needs(x) {
			if !met[need{x.ID, m}] {
				n++
			}
		}
	}
	return n
}
