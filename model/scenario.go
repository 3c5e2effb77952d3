package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Scenario is a plan kept under a name beside the draft, with the settings it
// was made with, to be compared with others and perhaps adopted.
type Scenario struct {
	ID       string   `json:"id"` // "c" and the Seq of the entry that saved it
	Name     string   `json:"name"`
	Ref      string   `json:"ref"`  // of the plan's blob
	Base     uint64   `json:"base"` // the State's Seq the plan knows of
	Settings Settings `json:"settings"`
	At       int64    `json:"at"` // when it was saved, milliseconds since 1970
	By       string   `json:"by"` // the person id of who saved it
	Plan     *Plan    `json:"-"`
}

// Settings are what a plan was asked for, beside the roster.
type Settings struct {
	Weights  Weights `json:"weights,omitzero"`
	MaxMoved *int    `json:"maxMoved,omitempty"` // nil: unlimited
	Seconds  int     `json:"seconds"`            // how long the planner worked
}

// Settings are those of the problem; they say nothing of how long to plan.
func (p *Problem) Settings() Settings {
	return Settings{Weights: p.Programme.Weights, MaxMoved: p.Programme.MaxMoved}
}

// With is the problem under other settings. The problem itself is unchanged.
func (p *Problem) With(s Settings) *Problem {
	other := *p
	other.Programme.Weights, other.Programme.MaxMoved = s.Weights, s.MaxMoved
	return &other
}

// SameAs tells whether both ask the planner for the same, however long it may take.
func (s Settings) SameAs(other Settings) bool {
	limit := func(x *int) int {
		if x == nil {
			return -1
		}
		return *x
	}
	return s.Weights.Prices() == other.Weights.Prices() && limit(s.MaxMoved) == limit(other.MaxMoved)
}

// ScenarioSaved keeps a plan as a scenario.
type ScenarioSaved struct {
	Name     string   `json:"name"`
	Plan     string   `json:"plan"` // Ref of a Plan
	Base     uint64   `json:"base"`
	Settings Settings `json:"settings"`
}

// ScenarioDropped takes a scenario off the list.
type ScenarioDropped struct {
	Scenario string `json:"scenario"`
	Undoes   string `json:"undoes,omitempty"` // the edit this takes back
}

// ScenarioRestored puts a scenario back that was dropped.
type ScenarioRestored struct {
	Scenario Scenario `json:"scenario"`
	Undoes   string   `json:"undoes"` // the edit this takes back
}

func (ScenarioSaved) eventType() string    { return "scenario.saved" }
func (ScenarioDropped) eventType() string  { return "scenario.dropped" }
func (ScenarioRestored) eventType() string { return "scenario.restored" }

const (
	// MostScenarios are kept at a time: each is a whole plan in memory.
	MostScenarios = 20
	// LongestScenarioName in characters.
	LongestScenarioName = 60
)

// Scenario is the scenario of an id; nil when there is none.
func (s *State) Scenario(id string) *Scenario {
	for _, x := range s.Scenarios {
		if x.ID == id {
			return x
		}
	}
	return nil
}

// SaveScenario keeps a plan under a name. Without a Plan it is the draft.
type SaveScenario struct {
	Name     string
	Plan     *Plan  // nil: the draft, with the settings of the programme
	Base     uint64 // of Plan: the Seq of the State it was made from
	Settings Settings
}

func (c SaveScenario) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	name := strings.Join(strings.Fields(c.Name), " ")
	if err := s.mayName(name); err != nil {
		return Decision{}, err
	}
	if c.Plan == nil {
		return c.saveDraft(s, name)
	}
	if err := planFits(s.Roster.Problem, c.Plan); err != nil {
		return Decision{}, err
	}
	return withBlob(func(ref string) Event {
		return ScenarioSaved{Name: name, Plan: ref, Base: c.Base, Settings: c.Settings}
	}, c.Plan)
}

// saveDraft names the blob of the draft again. A draft that is neither stale nor
// made for other circumstances knows of everything there is so far.
func (c SaveScenario) saveDraft(s *State, name string) (Decision, error) {
	switch {
	case s.Draft == nil:
		return Decision{}, Errorf(NotFound, "error.scenario-no-draft", "there is no draft to save; make a plan first")
	case s.DraftStale():
		return Decision{}, Errorf(Conflict, "error.draft-stale", "published seminars have changed since this plan was made; run the planner again")
	}
	settings := s.Roster.Problem.Settings()
	settings.Seconds = s.Draft.Seconds
	base := s.Seq
	if s.DraftOutdated() {
		base = s.Draft.Base
	}
	return Decision{Events: []Event{ScenarioSaved{Name: name, Plan: s.Draft.Ref, Base: base, Settings: settings}}}, nil
}

// MayNameScenario tells why a new scenario may not have a name; nil when it may.
func (s *State) MayNameScenario(name string) error {
	return s.mayName(strings.Join(strings.Fields(name), " "))
}

func (s *State) mayName(name string) error {
	switch {
	case name == "":
		return Errorf(Invalid, "error.scenario-name", "give the scenario a name")
	case utf8.RuneCountInString(name) > LongestScenarioName:
		return Errorf(Invalid, "error.scenario-long", "the name is longer than %d characters; shorten it", LongestScenarioName)
	case slices.ContainsFunc(s.Scenarios, func(x *Scenario) bool { return strings.EqualFold(x.Name, name) }):
		return Errorf(Conflict, "error.scenario-taken", "there is a scenario called %s already; choose another name", name)
	case len(s.Scenarios) >= MostScenarios:
		return Errorf(Conflict, "error.scenario-many", "%d scenarios are kept at most; drop one first", MostScenarios)
	}
	return nil
}

// DropScenario takes a scenario off the list.
type DropScenario struct{ Scenario string }

func (c DropScenario) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	if s.Scenario(c.Scenario) == nil {
		return Decision{}, noScenario(c.Scenario)
	}
	return Decision{Events: []Event{ScenarioDropped{Scenario: c.Scenario}}}, nil
}

// undoDrop puts a dropped scenario back, or drops again what was put back.
func (s *State) undoDrop(e *Edit) (Decision, error) {
	there := s.Scenario(e.Scenario.ID) != nil
	switch {
	case there != e.Back:
		return Decision{}, Errorf(Conflict, "error.scenario-since", "somebody has dropped or put back this scenario since")
	case e.Back:
		return Decision{Events: []Event{ScenarioDropped{e.Scenario.ID, e.ID}}}, nil
	}
	if err := s.mayName(e.Scenario.Name); err != nil {
		return Decision{}, err
	}
	return Decision{Events: []Event{ScenarioRestored{*e.Scenario, e.ID}}}, nil
}

// AdoptScenario makes a scenario's plan the draft and its settings those of
// the programme, so that the next run goes on from there. The draft it replaces
// is kept as a scenario called Keep, unless it is one already, is stale, or there
// is no room; an empty Keep lets it go.
type AdoptScenario struct{ Scenario, Keep string }

func (c AdoptScenario) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	x := s.Scenario(c.Scenario)
	if x == nil {
		return Decision{}, noScenario(c.Scenario)
	}
	if err := s.ScenarioStale(x); err != nil {
		return Decision{}, err
	}
	d := Decision{Events: s.keepDraft(c.Keep)}
	if !s.Roster.Problem.Settings().SameAs(x.Settings) {
		loaded, err := withBlob(func(ref string) Event { return ProgrammeLoaded{Problem: ref} }, s.base.With(x.Settings))
		if err != nil {
			return Decision{}, err
		}
		d.Events, d.Blobs = append(d.Events, loaded.Events...), loaded.Blobs
	}
	d.Events = append(d.Events, DraftSaved{Plan: x.Ref, Base: x.Base, Seconds: x.Settings.Seconds})
	return d, nil
}

// keepDraft saves the draft that is about to be replaced, if it can be; a name
// that is taken gets a number.
func (s *State) keepDraft(name string) []Event {
	if name == "" || s.Draft == nil || slices.ContainsFunc(s.Scenarios, func(x *Scenario) bool { return x.Ref == s.Draft.Ref }) {
		return nil
	}
	const digits = 3 // a space and a number below a hundred
	if letters := []rune(name); len(letters) > LongestScenarioName-digits {
		name = strings.TrimSpace(string(letters[:LongestScenarioName-digits]))
	}
	for n := 1; n <= MostScenarios; n++ {
		numbered := name
		if n > 1 {
			numbered = fmt.Sprintf("%s %d", name, n)
		}
		if s.mayName(numbered) == nil {
			kept, err := SaveScenario{}.saveDraft(s, numbered)
			if err != nil {
				return nil // a stale draft is no scenario
			}
			return kept.Events
		}
	}
	return nil
}

func noScenario(id string) error {
	return Errorf(NotFound, "error.no-scenario", "there is no scenario %s any more", id)
}

// ScenarioStale tells why a scenario can no longer become the draft: the roster
// has lost something it uses, or people have been told of seminars it does not
// know or has otherwise. Nil when it can.
func (s *State) ScenarioStale(x *Scenario) error {
	if planFits(s.Roster.Problem, x.Plan) != nil {
		return Errorf(Conflict, "error.scenario-roster", "the programme has changed so that the scenario %s no longer fits it; plan it again", x.Name)
	}
	stale := Errorf(Conflict, "error.scenario-stale", "seminars have been published or changed since the scenario %s was made; plan it again", x.Name)
	if x.Base < s.Changed {
		return stale
	}
	if x.Base >= s.Told {
		return nil
	}
	// Something has been published since. The plan knows of it only if it came
	// from this plan, or is in it as it was told.
	known := map[string]*Seminar{}
	for i := range x.Plan.Seminars {
		seminar := &x.Plan.Seminars[i]
		known[seminar.ID], known[x.Ref+"/"+seminar.ID] = seminar, seminar
	}
	for id, told := range s.Seminars {
		own := known[told.DraftID]
		if own == nil {
			own = known[id]
		}
		if !told.Cancelled && (own == nil || !sameSeminar(own, &told.Seminar)) {
			return stale
		}
	}
	return nil
}

// AsPublished is a plan with the seminars people have been told of under the
// ids they were told: those published from it under another id (its blob is
// ref) get that one. The plan itself is unchanged.
func (s *State) AsPublished(plan *Plan, ref string) *Plan {
	told := map[string]string{}
	for id, x := range s.Seminars {
		if own, ours := strings.CutPrefix(x.DraftID, ref+"/"); ours && !x.Cancelled {
			told[own] = id
		}
	}
	if len(told) == 0 {
		return plan
	}
	renamed := *plan
	renamed.Seminars = slices.Clone(plan.Seminars)
	for i := range renamed.Seminars {
		if id := told[renamed.Seminars[i].ID]; id != "" {
			renamed.Seminars[i].ID = id
		}
	}
	return &renamed
}

func (s *State) saveScenario(e ScenarioSaved, by string, blobs Blobs) error {
	x := &Scenario{ID: fmt.Sprintf("c%d", s.Seq), Name: e.Name, Ref: e.Plan, Base: e.Base, Settings: e.Settings, At: s.At, By: by}
	if err := x.read(blobs); err != nil {
		return err
	}
	s.Scenarios = append(slices.Clone(s.Scenarios), x)
	return nil
}

func (x *Scenario) read(blobs Blobs) error {
	data, err := blobs(x.Ref)
	if err != nil {
		return fmt.Errorf("scenario %s: %w", x.Ref, err)
	}
	x.Plan, err = DecodePlan(data)
	return err
}

func (s *State) dropScenario(e ScenarioDropped, by string) error {
	x := s.Scenario(e.Scenario)
	if x == nil {
		return fmt.Errorf("drops scenario %q, which there is not", e.Scenario)
	}
	s.Scenarios = slices.DeleteFunc(slices.Clone(s.Scenarios), func(y *Scenario) bool { return y == x })
	s.rememberScenario(x, false, e.Undoes, by)
	return nil
}

func (s *State) restoreScenario(e ScenarioRestored, by string, blobs Blobs) error {
	x := e.Scenario
	if err := x.read(blobs); err != nil {
		return err
	}
	s.Scenarios = append(slices.Clone(s.Scenarios), &x)
	slices.SortStableFunc(s.Scenarios, func(a, b *Scenario) int { return cmp.Compare(a.At, b.At) })
	s.rememberScenario(&x, true, e.Undoes, by)
	return nil
}

// rememberScenario makes a drop, or its undoing, a step. The plan is left in its blob.
func (s *State) rememberScenario(x *Scenario, back bool, undoes, by string) {
	kept := *x
	kept.Plan = nil
	e := Edit{ID: fmt.Sprintf("D%05d", s.Seq), Kind: EditDrop, Scenario: &kept, Back: back, Undoes: undoes}
	if undoes != "" {
		e.Kind = EditUndo
	}
	s.remember(e, by)
}
