package web

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/ui"
)

// Ids of the two plans that are no scenarios.
const publishedID, draftID = "published", "draft"

// mostWeight bounds what may be typed: a price beyond it means never.
const mostWeight = 10000

// namedPlan is a plan as the pages of scenarios know it.
type namedPlan struct {
	id, name string
	plan     *model.Plan     // published seminars under the ids people were told
	ref      string          // names the plan's content
	scenario *model.Scenario // nil for the draft and what is published
}

// plans lists what can be compared: what is published, the draft, the scenarios.
func (s *Server) plans(v *visit) []namedPlan {
	var list []namedPlan
	state := v.state
	if p := state.PublishedPlan(); p != nil {
		list = append(list, namedPlan{id: publishedID, name: s.text(v, "scenarios.published"), plan: p, ref: publishedID})
	}
	if d := state.Draft; d != nil {
		list = append(list, namedPlan{id: draftID, name: s.text(v, "scenarios.draft"), plan: state.AsPublished(d.Plan, d.Ref), ref: d.Ref})
	}
	for _, x := range state.Scenarios {
		list = append(list, namedPlan{id: x.ID, name: x.Name, plan: state.AsPublished(x.Plan, x.Ref), ref: x.Ref, scenario: x})
	}
	return list
}

// scenarios lists them with the figures that matter most.
func (s *Server) scenarios(v *visit) error { return s.show(v, s.scenarioList(v)) }

func (s *Server) scenarioList(v *visit) ui.Scenarios {
	page := ui.Scenarios{CanSave: v.state.Draft != nil && !v.state.DraftStale() && len(v.state.Scenarios) < model.MostScenarios}
	if run, ok := s.Programme.Planner.Current(); ok && !run.Finished {
		page.Planned = run.Trial
	}
	for i, x := range s.plans(v) {
		page.Rows = append(page.Rows, s.scenarioRow(v, x, i < 2))
	}
	return page
}

func (s *Server) scenarioRow(v *visit, x namedPlan, chosen bool) ui.ScenarioRow {
	row := ui.ScenarioRow{ID: x.id, Name: x.name, Chosen: chosen, Kept: x.scenario != nil}
	if d := v.state.Draft; x.id == draftID {
		row.At = time.UnixMilli(d.At)
	} else if x.scenario != nil {
		row.At, row.By = time.UnixMilli(x.scenario.At), s.keptBy(v, x.scenario)
		row.Settings = append(s.settingsInWords(v, x.scenario.Settings), s.text(v, "scenarios.setting.seconds", "n", x.scenario.Settings.Seconds))
		row.Stale = s.staleness(v, x.scenario)
		row.Current = d != nil && d.Ref == x.ref
	}
	if !fitsRoster(v.state, x) {
		return row
	}
	f := s.measure(v.state, x)
	row.Known, row.Unmet, row.Seminars, row.Mixed, row.TravelEach, row.Last = true, f.Unmet, f.Seminars, f.Mixed, f.TravelEach(), f.Last
	return row
}

func (s *Server) keptBy(v *visit, x *model.Scenario) string {
	if _, known := s.Programme.People.Contact(x.By); known {
		return s.shownName(v, x.By)
	}
	return s.text(v, "role.coordinator")
}

func (s *Server) staleness(v *visit, x *model.Scenario) string {
	text, _ := s.sentence(v, v.state.ScenarioStale(x))
	return text
}

// fitsRoster tells whether everything a plan names is still there.
func fitsRoster(state *model.State, x namedPlan) bool {
	if x.scenario == nil {
		return true
	}
	var e *model.Error
	return !errors.As(state.ScenarioStale(x.scenario), &e) || e.Key != "error.scenario-roster"
}

// settingsInWords says what a scenario was asked for other than the programme is.
func (s *Server) settingsInWords(v *visit, asked model.Settings) []string {
	now := v.state.Roster.Problem.Settings()
	var list []string
	for _, group := range weights {
		for _, w := range group.weights {
			value, usual := w.price(asked.Weights.Prices()), w.price(now.Weights.Prices())
			if value != usual {
				list = append(list, s.text(v, "scenarios.setting", "what", s.text(v, "weight."+w.key), "value", value, "usual", usual))
			}
		}
	}
	without := asked
	without.Weights = now.Weights
	switch {
	case without.SameAs(now):
	case asked.MaxMoved == nil:
		list = append(list, s.text(v, "scenarios.setting.free"))
	default:
		list = append(list, s.text(v, "scenarios.setting.moved", "n", *asked.MaxMoved))
	}
	return list
}

// saveScenario keeps the draft under a name.
func (s *Server) saveScenario(v *visit) error {
	name := v.FormValue("name")
	_, err := s.Programme.Do(v.UserContext(), v.user.Actor(), model.SaveScenario{Name: name})
	var refused *model.Error
	if errors.As(err, &refused) {
		page := s.scenarioList(v)
		page.Name = name
		page.Error, _ = s.sentence(v, refused)
		v.Status(statusOf[refused.Code])
		return s.show(v, page)
	}
	if err != nil {
		return err
	}
	return s.back(v, "/scenarios", ui.Success, s.text(v, "scenarios.saved", "name", strings.Join(strings.Fields(name), " ")))
}

func (s *Server) adoptScenario(v *visit) error {
	adopt := model.AdoptScenario{Scenario: v.param("id")}
	if x := v.state.Scenario(adopt.Scenario); x != nil {
		adopt.Keep = s.text(v, "scenarios.before", "name", x.Name)
	}
	return s.withScenario(v, adopt, "scenarios.adopted")
}

func (s *Server) dropScenario(v *visit) error {
	name := v.param("id")
	if x := v.state.Scenario(name); x != nil {
		name = x.Name
	}
	if _, err := s.Programme.Do(v.UserContext(), v.user.Actor(), model.DropScenario{Scenario: v.param("id")}); err != nil {
		return err
	}
	return s.backUndoing(v, "/scenarios", s.text(v, "scenarios.dropped", "name", name), s.lastStep(v, model.EditDrop))
}

// withScenario does what is asked of a scenario and says so.
func (s *Server) withScenario(v *visit, c model.Command, done string) error {
	x := v.state.Scenario(v.param("id"))
	if _, err := s.Programme.Do(v.UserContext(), v.user.Actor(), c); err != nil {
		return err
	}
	name := v.param("id")
	if x != nil {
		name = x.Name
	}
	return s.back(v, "/scenarios", ui.Success, s.text(v, done, "name", name))
}

// newScenario is the form; a preset fills it in.
func (s *Server) newScenario(v *visit) error {
	settings := v.state.Roster.Problem.Settings()
	page := ui.ScenarioNew{Seconds: itoa(usualSeconds), Published: len(v.state.Seminars) > 0}
	for _, p := range presets {
		page.Presets = append(page.Presets, ui.Option{Value: p.key, Label: s.text(v, "preset."+p.key)})
		if p.key == v.Query("preset") {
			prices := settings.Weights.Prices()
			p.change(&prices)
			settings.Weights = weightsOf(prices)
			page.Name = s.text(v, "preset."+p.key)
		}
	}
	if settings.MaxMoved != nil {
		page.MaxMoved = itoa(*settings.MaxMoved)
	}
	prices := settings.Weights.Prices()
	page.Groups = s.weightGroups(v, func(w weightField) string { return itoa(w.price(prices)) })
	return s.show(v, page)
}

func (s *Server) weightGroups(v *visit, value func(weightField) string) []ui.WeightGroup {
	usual := v.state.Roster.Problem.Programme.Weights.Prices()
	costs, total := map[string]int{}, 0
	if d := v.state.Draft; d != nil {
		total = d.Plan.Cost.Total
		for _, row := range s.costRows(v, d.Plan.Cost, d.Plan) {
			costs[row.Key] = row.Minutes
		}
	}
	var list []ui.WeightGroup
	for _, group := range weights {
		g := ui.WeightGroup{Key: group.key}
		for _, w := range group.weights {
			g.Fields = append(g.Fields, ui.WeightField{Key: w.key, Unit: w.unit, Value: value(w), Usual: w.price(usual), Cost: costs[costOf[w.key]], Total: total})
		}
		list = append(list, g)
	}
	return list
}

// planScenario starts a run whose plan is kept as a scenario.
func (s *Server) planScenario(v *visit) error {
	page := ui.ScenarioNew{Name: v.FormValue("name"), Seconds: v.FormValue("seconds"), MaxMoved: strings.TrimSpace(v.FormValue("maxMoved"))}
	settings, wrong := s.settingsOf(v, &page)
	seconds, err := strconv.Atoi(page.Seconds)
	switch {
	case wrong:
		page.Error = s.text(v, "scenario-new.bad", "most", mostWeight)
	case err != nil || seconds < leastSeconds || seconds > mostSeconds:
		page.Error = s.text(v, "plan.bad-seconds", "least", leastSeconds, "most", mostSeconds)
	default:
		trial := programme.Trial{Name: page.Name, By: v.user.Actor(), Settings: settings}
		err := s.Programme.Planner.Try(time.Duration(seconds)*time.Second, v.state.Seq+1, trial)
		if err == nil {
			return v.Redirect("/plan", fiber.StatusSeeOther)
		}
		text, known := s.sentence(v, err)
		if !known {
			return err
		}
		page.Error = text
	}
	v.Status(fiber.StatusUnprocessableEntity)
	return s.show(v, page)
}

// settingsOf reads the form's settings and puts them in the page as typed.
func (s *Server) settingsOf(v *visit, page *ui.ScenarioNew) (settings model.Settings, wrong bool) {
	prices := v.state.Roster.Problem.Programme.Weights.Prices()
	page.Groups = s.weightGroups(v, func(w weightField) string { return v.FormValue(w.key) })
	for i, group := range weights {
		for j, w := range group.weights {
			n, err := strconv.Atoi(v.FormValue(w.key))
			if err != nil || n < 0 || n > mostWeight {
				page.Groups[i].Fields[j].Wrong, wrong = true, true
				continue
			}
			w.set(&prices, n)
		}
	}
	settings.Weights = weightsOf(prices)
	if page.MaxMoved == "" {
		return settings, wrong
	}
	most, err := strconv.Atoi(page.MaxMoved)
	settings.MaxMoved = &most
	return settings, wrong || err != nil || most < 0
}
