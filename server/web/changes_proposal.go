package web

import (
	"slices"
	"strings"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
	"kaskad/server/programme"
	"kaskad/ui"
)

// shownDifferences and shownMoved bound the lists of a proposal.
const shownDifferences, shownMoved = 100, 100

func revisionOf(p *programme.Proposal) string { return itoa(int(p.State.Seq)) + "-" + p.Ref[:16] }

func (s *Server) repairPage(v *visit) (ui.Proposal, error) {
	p, err := s.Programme.Propose(v.UserContext())
	if err != nil {
		return ui.Proposal{}, err
	}
	v.state = p.State
	page := ui.Proposal{Revision: revisionOf(p), Outdated: p.State.DraftOutdated() || p.State.DraftStale(), Files: s.MailDir}
	s.listRepaired(v, p, &page)
	s.listMoved(v, p, &page)
	if !page.Nothing() {
		if err := s.countRepair(v, p, &page); err != nil {
			return page, err
		}
	}
	s.listLeft(v, p, &page)
	s.listFaults(v, p, &page)
	s.tellLocks(v, p, &page)
	return page, nil
}

// countRepair counts who gets which message, as publishing a wave does.
func (s *Server) countRepair(v *visit, p *programme.Proposal, page *ui.Proposal) error {
	decision, err := p.State.Decide(v.user.Actor(), p.Command())
	if model.CodeOf(err) == model.Conflict {
		return nil // somebody was faster; publishing will say so
	}
	if err != nil {
		return err
	}
	var sums ui.Publish
	if err := s.countDecision(v, decision, &sums); err != nil {
		return err
	}
	page.Told, page.Invites, page.Updates, page.Voids, page.Unreachable = sums.People, sums.Invites, sums.Updates, sums.Voids, sums.Unreachable
	return nil
}

// listRepaired says what changes, seminar by seminar, by time.
func (s *Server) listRepaired(v *visit, p *programme.Proposal, page *ui.Proposal) {
	r := v.state.Roster
	var list []ui.Difference
	row := func(x *model.Seminar, kind string) ui.Difference {
		d := ui.Difference{Kind: kind, Module: r.Modules[x.Module].Name, Venue: r.Venues[x.Venue].Name}
		d.Start, d.End = r.Span(x)
		return d
	}
	for i := range p.Change.Set {
		now := &p.Change.Set[i]
		was := v.state.Seminars[now.ID]
		if was == nil {
			d := row(&now.Seminar, "new")
			d.Lines = []string{s.text(v, "diff.new", "n", len(now.Attendees), "who", s.namesOf(v, now.Leaders))}
			d.People = len(now.Attendees) + len(now.Leaders)
			list = append(list, d)
			continue
		}
		d := row(&was.Seminar, "moved")
		d.Href = "/seminars/" + now.ID
		d.Lines, d.People = s.differences(v, &was.Seminar, &now.Seminar)
		list = append(list, d)
	}
	for _, id := range p.Change.Drop {
		was := v.state.Seminars[id]
		d := row(&was.Seminar, "cancelled")
		d.Href, d.People = "/seminars/"+id, len(was.Attendees)+len(was.Leaders)
		d.Lines = []string{s.text(v, "diff.cancelled")}
		list = append(list, d)
	}
	slices.SortStableFunc(list, func(a, b ui.Difference) int { return a.Start.Compare(b.Start) })
	if n := len(list) - shownDifferences; n > 0 {
		page.MoreSeminars, list = n, list[:shownDifferences]
	}
	page.Seminars = list
}

// differences puts what changes of one seminar in words, with how many it concerns.
func (s *Server) differences(v *visit, was, now *model.Seminar) (lines []string, people int) {
	r := v.state.Roster
	say := func(key string, pairs ...any) { lines = append(lines, s.text(v, key, pairs...)) }
	everybody := false
	if was.Slot != now.Slot {
		from, _ := r.Span(was)
		to, _ := r.Span(now)
		say("diff.time", "a", s.ui.When(v.lang, to), "b", s.ui.When(v.lang, from))
		everybody = true
	}
	if was.Venue != now.Venue {
		say("diff.venue", "a", r.Venues[now.Venue].Name, "b", r.Venues[was.Venue].Name)
		everybody = true
	}
	if !slices.Equal(was.Leaders, now.Leaders) {
		everybody = true
		switch {
		case len(now.Leaders) == 0:
			say("diff.no-leader", "b", s.namesOf(v, was.Leaders))
		case len(was.Leaders) == 0:
			say("diff.first-leader", "a", s.namesOf(v, now.Leaders))
		default:
			say("diff.leader", "a", s.namesOf(v, now.Leaders), "b", s.namesOf(v, was.Leaders))
		}
	}
	in, out := apart(now.Attendees, was.Attendees), apart(was.Attendees, now.Attendees)
	if len(in) > 0 {
		say("diff.in", "n", len(in), "who", s.namesOf(v, in))
	}
	if len(out) > 0 {
		say("diff.out", "n", len(out), "who", s.namesOf(v, out))
	}
	people = len(in) + len(out)
	if everybody {
		people = len(now.Attendees) + len(out) + len(now.Leaders) + len(apart(was.Leaders, now.Leaders))
	}
	return lines, people
}

// apart lists who is in a and not in b.
func apart(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(p string) bool { return slices.Contains(b, p) })
}

// shownNames is how many people are named in one sentence.
const shownNames = 6

func (s *Server) namesOf(v *visit, people []string) string {
	var names []string
	for _, p := range people[:min(len(people), shownNames)] {
		names = append(names, s.shownName(v, p))
	}
	if n := len(people) - shownNames; n > 0 {
		names = append(names, s.text(v, "diff.more-names", "n", n))
	}
	return strings.Join(names, ", ")
}

// seatChange is one need that is met at another time than people have been
// told; was or now is "" when there is no seat.
type seatChange struct{ person, module, was, now string }

// seatChanges lists what a plan changes of when people attend what, by time of
// what they have been told.
func seatChanges(state *model.State, plan *model.Plan) (list []seatChange) {
	type seat struct{ person, module string }
	told, next := map[seat]string{}, map[seat]string{} // slots
	var order []seat
	for _, x := range state.SeminarsByTime() {
		if x.Cancelled {
			continue
		}
		for _, who := range x.Attendees {
			told[seat{who, x.Module}] = x.Slot
			order = append(order, seat{who, x.Module})
		}
	}
	for _, x := range plan.Seminars {
		for _, who := range x.Attendees {
			k := seat{who, x.Module}
			if next[k] = x.Slot; told[k] == "" && state.Seminars[x.ID] != nil {
				order = append(order, k)
			}
		}
	}
	for _, k := range order {
		was, now := told[k], next[k]
		if was == now || now == "" && state.HasLeft(k.person, state.Roster.Slots[was].Start) {
			continue
		}
		list = append(list, seatChange{k.person, k.module, was, now})
	}
	return list
}

// peopleOf counts the people that changes concern.
func peopleOf(list []seatChange) int {
	people := map[string]bool{}
	for _, x := range list {
		people[x.person] = true
	}
	return len(people)
}

// listMoved names everybody whose time changes or whose seat goes, and what for.
func (s *Server) listMoved(v *visit, p *programme.Proposal, page *ui.Proposal) {
	list := seatChanges(v.state, p.Plan)
	page.Moved, page.MorePeople = peopleOf(list), max(0, len(list)-shownMoved)
	when := func(slot string) string { return s.ui.When(v.lang, v.state.Roster.Slots[slot].Start) }
	for _, x := range list[:min(len(list), shownMoved)] {
		c := ui.PersonChange{Name: s.shownName(v, x.person)}
		module := v.state.Roster.Modules[x.module].Name
		switch {
		case x.was == "":
			c.Text = s.text(v, "moved.seat", "module", module, "a", when(x.now))
		case x.now == "":
			c.Text = s.text(v, "moved.lost", "module", module, "a", when(x.was))
		default:
			c.Text = s.text(v, "moved.time", "module", module, "a", when(x.now), "b", when(x.was))
		}
		page.People = append(page.People, c)
	}
}

// tellLocks says what locks cost, when the proposal would be better without.
func (s *Server) tellLocks(v *visit, p *programme.Proposal, page *ui.Proposal) {
	if p.Unlocked == nil {
		return
	}
	unmet, without := len(p.Plan.Unmet), len(p.Unlocked.Unmet)
	moved := peopleOf(seatChanges(v.state, p.Unlocked))
	if without < unmet || without == unmet && moved < page.Moved {
		page.Left = append(page.Left, ui.Notice{Kind: ui.Info, Text: s.text(v, "lock.costs.repair", "n", unmet, "least", without, "most", page.Moved, "value", moved)})
	}
}

// listFaults says which rules the plan still breaks, by the independent judge:
// what is frozen, or what circumstances leave no way to mend.
func (s *Server) listFaults(v *visit, p *programme.Proposal, page *ui.Proposal) {
	now := s.Programme.Now()
	problem := v.state.PlanningProblem(now)
	problem.Programme.MaxMoved = nil
	for _, x := range check.Check(problem, p.Plan).Violations {
		f := s.faultOf(v, x, now)
		if f.kind == "" || len(page.Left) == shownFindings {
			continue
		}
		page.Left = append(page.Left, ui.Notice{Kind: ui.Warning, Text: s.seminarLabel(v, v.state.Seminars[x.Seminar]) + ": " + f.text})
	}
}

// listLeft says what the proposal leaves undone of what was promised or has come since.
func (s *Server) listLeft(v *visit, p *programme.Proposal, page *ui.Proposal) {
	known := map[[2]string]bool{}
	if v.state.Draft != nil {
		for _, u := range v.state.Draft.Plan.Unmet {
			known[[2]string{u.Person, u.Module}] = true
		}
	}
	for _, u := range p.Plan.Unmet {
		if known[[2]string{u.Person, u.Module}] || u.Reason == scheduler.NotPlanned {
			continue
		}
		if len(page.Left) == shownFindings {
			return
		}
		page.Left = append(page.Left, ui.Notice{Kind: ui.Warning, Text: s.text(v, "proposal.left", "who", s.shownName(v, u.Person),
			"module", v.state.Roster.Modules[u.Module].Name, "reason", s.unmetText(v, u.Reason))})
	}
}
