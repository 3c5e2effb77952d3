package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/scheduler/compare"
	"kaskad/ui"
)

// measured keeps the figures of plans: a judge reads the whole plan for them.
type measured struct {
	mu      sync.Mutex
	figures map[string]compare.Figures
}

// mostMeasured is as many plans as a page can list a few times over.
const mostMeasured = 4 * model.MostScenarios

// measure counts a plan against what is published.
func (s *Server) measure(state *model.State, x namedPlan) compare.Figures {
	key := fmt.Sprint(x.ref, " ", state.Roster.Ref, " ", state.Told, " ", state.Changed)
	s.measured.mu.Lock()
	defer s.measured.mu.Unlock()
	if f, ok := s.measured.figures[key]; ok {
		return f
	}
	if len(s.measured.figures) >= mostMeasured || s.measured.figures == nil {
		s.measured.figures = map[string]compare.Figures{}
	}
	f := compare.Measure(state.PlanningProblem(time.Time{}), x.plan)
	s.measured.figures[key] = f
	return f
}

// compareScenarios sets the plans the address names side by side.
func (s *Server) compareScenarios(v *visit) error {
	page, err := once(s, v, func() (ui.Compare, error) { return s.comparison(v), nil })
	if err != nil {
		return err
	}
	return s.show(v, page)
}

func (s *Server) comparison(v *visit) ui.Compare {
	var chosen []namedPlan
	asked := v.all("with")
	for _, x := range s.plans(v) {
		if fitsRoster(v.state, x) && slices.Contains(asked, x.id) {
			chosen = append(chosen, x)
		}
	}
	if len(chosen) < 2 {
		return ui.Compare{}
	}
	page := ui.Compare{By: v.Query("by", "unit"), Area: v.Query("area"), Query: v.Query("q"), Group: v.Query("group")}
	if !slices.Contains(page.Ways(), page.By) {
		page.By = "unit"
	}
	var figures []compare.Figures
	for _, x := range chosen {
		p := ui.ComparedPlan{ID: x.id, Name: x.name, Kept: x.scenario != nil, Current: x.id == draftID}
		if x.scenario != nil {
			p.Stale = s.staleness(v, x.scenario)
			p.Current = v.state.Draft != nil && v.state.Draft.Ref == x.ref
		}
		page.Plans = append(page.Plans, p)
		figures = append(figures, s.measure(v.state, x))
	}
	page.Rows = compareRows(figures)
	for _, a := range s.board(v.state).areas {
		page.Areas = append(page.Areas, ui.Option{Value: a.code, Label: a.name})
	}
	s.listDifferences(v, &page, pick(chosen, v.Query("from"), 0), pick(chosen, v.Query("to"), 1))
	return page
}

// all are the values the address gives a name, which may stand there several times.
func (v *visit) all(name string) []string {
	at, err := url.Parse(v.OriginalURL())
	if err != nil {
		return nil
	}
	return at.Query()[name]
}

// pick is the plan of an id, or the one at a place in the list.
func pick(list []namedPlan, id string, otherwise int) namedPlan {
	for _, x := range list {
		if x.id == id {
			return x
		}
	}
	return list[otherwise]
}

// measures are the rows of the comparison. better is −1 where less is better,
// 1 where more is, and 0 where neither is.
var measures = []struct {
	key, form string
	better    int
	of        func(compare.Figures) int
}{
	{"unmet", "number", -1, func(f compare.Figures) int { return f.Unmet }},
	{"complete", "number", 1, func(f compare.Figures) int { return f.Complete }},
	{"travelEach", "minutes", -1, compare.Figures.TravelEach},
	{"leaderTravel", "hours", -1, func(f compare.Figures) int { return f.LeaderTravel }},
	{"seminars", "number", -1, func(f compare.Figures) int { return f.Seminars }},
	{"fill", "number", 0, func(f compare.Figures) int { return f.Attending / max(f.Seminars, 1) }},
	{"mixed", "number", 1, func(f compare.Figures) int { return f.Mixed }},
	{"last", "date", -1, func(f compare.Figures) int { return int(f.Last.Unix() / (24 * 60 * 60)) }},
	{"leaders", "number", 0, func(f compare.Figures) int { return f.Leaders }},
	{"mostLed", "number", -1, func(f compare.Figures) int { return f.MostLed }},
	{"disliked", "number", -1, func(f compare.Figures) int { return f.Disliked }},
	{"told", "number", -1, func(f compare.Figures) int { return f.Told }},
	{"moved", "number", -1, func(f compare.Figures) int { return f.Moved }},
	{"cost", "hours", -1, func(f compare.Figures) int { return f.Cost.Total }},
}

func compareRows(figures []compare.Figures) []ui.CompareRow {
	var rows []ui.CompareRow
	for _, m := range measures {
		row := ui.CompareRow{Key: m.key, Form: m.form}
		var values []int
		for _, f := range figures {
			values = append(values, m.of(f))
		}
		best := slices.MaxFunc(values, func(a, b int) int { return m.better * (a - b) })
		differ := slices.Min(values) != slices.Max(values)
		for i, n := range values {
			cell := ui.CompareCell{N: n, At: figures[i].Last, Best: differ && m.better != 0 && n == best}
			switch delta := n - values[0]; {
			case delta > 0:
				cell.Sign, cell.Delta = "+", delta
			case delta < 0:
				cell.Sign, cell.Delta = "−", -delta
			}
			row.Cells = append(row.Cells, cell)
		}
		rows = append(rows, row)
	}
	return rows
}

// listDifferences puts what differs between two plans in words, added up over
// units, areas or leaders, or one by one for one of them.
func (s *Server) listDifferences(v *visit, page *ui.Compare, from, to namedPlan) {
	page.From, page.To = from.id, to.id
	r := v.state.Roster
	all := compare.Differences(r.Problem, from.plan, to.plan)
	hidden := map[string]bool{}
	group := s.grouping(v, page)
	var shown []compare.Difference
	for _, d := range all {
		switch contact, _ := s.Programme.People.Contact(d.Person); {
		case group(d.Person) == "" || page.By == "leader" && !d.Leads:
		case contact.Protected:
			hidden[d.Person] = true
		default:
			shown = append(shown, d)
		}
	}
	page.Count, page.Hidden = len(shown), len(hidden)
	if page.Group != "" {
		s.listLines(v, page, shown, group)
		return
	}
	groups := compare.By(r.Problem, shown, group)
	var found []compare.Group
	for _, g := range groups {
		if strings.Contains(strings.ToLower(s.groupName(v, page.By, g.ID)), strings.ToLower(strings.TrimSpace(page.Query))) {
			found = append(found, g)
		}
	}
	page.Pager, found = paged(v, found)
	for _, g := range found {
		page.Groups = append(page.Groups, ui.CompareGroup{ID: g.ID, Name: s.groupName(v, page.By, g.ID), Text: s.groupText(v, g)})
	}
}

// grouping tells which unit, area or leader a person's differences count for;
// "" for people outside the chosen area.
func (s *Server) grouping(v *visit, page *ui.Compare) func(person string) string {
	r := v.state.Roster
	return func(person string) string {
		unit := r.Units[r.People[person].Unit]
		switch {
		case page.Area != "" && unit.Area != page.Area:
			return ""
		case page.By == "area":
			return cmp.Or(unit.Area, "–")
		case page.By == "leader":
			return person
		}
		return unit.ID
	}
}

func (s *Server) groupName(v *visit, by, id string) string {
	switch u := v.state.Roster.Units[id]; {
	case by == "area":
		return s.areaName(id)
	case by == "leader":
		return s.shownName(v, id)
	case u != nil:
		return u.Name
	}
	return id
}

// groupText is one line on a group, what matters most first.
func (s *Server) groupText(v *visit, g compare.Group) string {
	var parts []string
	add := func(key string, n int) {
		if n > 0 {
			parts = append(parts, s.text(v, "compare.part."+key, "n", n))
		}
	}
	add("gained", g.Gained)
	add("lost", g.Lost)
	add("time", g.Times)
	add("place", g.Places)
	add("leader", g.Others)
	add("leads-more", g.Leads)
	add("leads-less", -g.Leads)
	add("leads-other", g.Led-max(g.Leads, -g.Leads))
	if g.Travel > 0 {
		parts = append(parts, s.text(v, "compare.part.further", "time", s.ui.Length(v.lang, g.Travel)))
	} else if g.Travel < 0 {
		parts = append(parts, s.text(v, "compare.part.nearer", "time", s.ui.Length(v.lang, -g.Travel)))
	}
	return strings.Join(parts, ", ")
}

func (s *Server) listLines(v *visit, page *ui.Compare, all []compare.Difference, group func(string) string) {
	own := slices.DeleteFunc(all, func(d compare.Difference) bool { return group(d.Person) != page.Group })
	page.Title, page.Count = s.groupName(v, page.By, page.Group), len(own)
	page.Pager, own = paged(v, own)
	for _, d := range own {
		key := "compare.line."
		if d.Leads {
			key += "leads."
		}
		pairs := []any{"name", s.shownName(v, d.Person), "module", v.state.Roster.Modules[d.Module].Name}
		if d.From != nil {
			pairs = append(pairs, "from", s.whenAndWhere(v, d.From))
		}
		if d.To != nil {
			pairs = append(pairs, "to", s.whenAndWhere(v, d.To))
		}
		page.Lines = append(page.Lines, s.text(v, key+string(d.Kind), pairs...))
	}
}

func (s *Server) whenAndWhere(v *visit, x *model.Seminar) string {
	start, _ := v.state.Roster.Span(x)
	return s.ui.When(v.lang, start) + ", " + v.state.Roster.Venues[x.Venue].Name
}
