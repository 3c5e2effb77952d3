package web

import (
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kaskad/model"
	"kaskad/ui"
)

// board is what the coordinators' pages draw from: one State, looked at once.
// It is made at the first request after a change and shared from then on.
type board struct {
	state    *model.State
	seminars []card // by time
	byID     map[string]*card
	areas    []area // by name
	byArea   map[string]*area
	waves    map[string]int // wave id → number, 1 and up

	// Of the last tier, in the draft or the publication:
	planned int            // people with a seat for every need
	minutes int            // the participants' time
	targets map[string]int // module id → people who need it

	unplanned int     // people of any tier without a seat for something they need
	unfit     []*card // seminars that their venue cannot hold, see unfit
}

// card is a seminar with what lists and filters ask for.
type card struct {
	model.Planned
	start, end time.Time
	areas      map[string]int // municipality code → attendees
	sectors    map[string]int
	search     string // lower case: leaders, venue, module, areas
}

// area is a municipality with its people.
type area struct {
	code, name string
	wave       string // of most of its units
	people     []*model.Person
	units      []*model.Unit
}

// board is the State's; callers must not change it.
func (s *Server) board(state *model.State) *board {
	return s.latest.of(s, state, only{}, func() *board { return s.newBoard(state) })
}

func (s *Server) newBoard(state *model.State) *board {
	b := &board{state: state, byID: map[string]*card{}, byArea: map[string]*area{}, waves: map[string]int{}}
	for i, w := range state.Roster.Problem.Waves {
		b.waves[w.ID] = i + 1
	}
	s.addAreas(b)
	for _, x := range state.Working() {
		b.seminars = append(b.seminars, s.newCard(b, x))
	}
	for i := range b.seminars {
		b.byID[b.seminars[i].ID] = &b.seminars[i]
	}
	b.count()
	b.unfit = unfit(b)
	return b
}

// count adds up what is the same for as long as the State is.
func (b *board) count() {
	r := b.state.Roster
	last := r.Problem.Tiers[len(r.Problem.Tiers)-1].ID
	seats := map[string]int{}
	for i := range b.seminars {
		c := &b.seminars[i]
		if c.Standing == model.ToCancel {
			continue
		}
		if c.Tier == last {
			b.minutes += len(c.Attendees) * r.Modules[c.Module].Minutes
		}
		for _, p := range c.Attendees {
			seats[p]++
		}
	}
	b.targets = map[string]int{}
	for i := range r.Problem.People {
		x := &r.Problem.People[i]
		needs := r.Needs(x)
		if x.Tier != "" && seats[x.ID] < len(needs) {
			b.unplanned++
		}
		if x.Tier != last {
			continue
		}
		for _, m := range needs {
			b.targets[m]++
		}
		if seats[x.ID] == len(needs) {
			b.planned++
		}
	}
}

func (s *Server) addAreas(b *board) {
	r := b.state.Roster
	units := map[string][]*model.Unit{}
	people := map[string][]*model.Person{}
	for i := range r.Problem.Units {
		u := &r.Problem.Units[i]
		units[u.Area] = append(units[u.Area], u)
	}
	for i := range r.Problem.People {
		if x := &r.Problem.People[i]; x.Tier != "" {
			people[r.Units[x.Unit].Area] = append(people[r.Units[x.Unit].Area], x)
		}
	}
	for code, list := range units {
		if len(people[code]) == 0 {
			continue
		}
		count := map[string]int{}
		for _, u := range list {
			count[u.Wave]++
		}
		wave := slices.MaxFunc(slices.Sorted(maps.Keys(count)), func(a, b string) int { return count[a] - count[b] })
		b.areas = append(b.areas, area{code: code, name: s.areaName(code), wave: wave, people: people[code], units: list})
	}
	swedish := collate.New(language.Swedish)
	slices.SortFunc(b.areas, func(x, y area) int { return swedish.CompareString(x.name, y.name) })
	for i := range b.areas {
		b.byArea[b.areas[i].code] = &b.areas[i]
	}
}

// areaName is a municipality's name, or its code when Kaskad does not know it.
func (s *Server) areaName(code string) string {
	if m, ok := s.places[code]; ok {
		return m.Name
	}
	return code
}

func (s *Server) newCard(b *board, x model.Planned) card {
	r := b.state.Roster
	c := card{Planned: x, areas: map[string]int{}, sectors: map[string]int{}}
	c.start, c.end = r.Span(&x.Seminar)
	for _, p := range x.Attendees {
		if person := r.People[p]; person != nil {
			u := r.Units[person.Unit]
			c.areas[u.Area]++
			c.sectors[u.Sector]++
		}
	}
	words := []string{x.ID, r.Venues[x.Venue].Name, r.Modules[x.Module].Name}
	for _, l := range x.Leaders {
		words = append(words, s.Programme.People.Name(l))
	}
	for code := range c.areas {
		words = append(words, s.areaName(code))
	}
	c.search = strings.ToLower(strings.Join(words, " "))
	return c
}

// mainArea is where most attendees work.
func (c *card) mainArea() string {
	best := ""
	for _, code := range slices.Sorted(maps.Keys(c.areas)) {
		if c.areas[code] > c.areas[best] {
			best = code
		}
	}
	return best
}

var stateOf = map[model.Standing]ui.SeminarState{
	model.Drafted: ui.SeminarDraft, model.AsPublished: ui.SeminarPublished,
	model.ToChange: ui.SeminarChanged, model.ToCancel: ui.SeminarChanged,
}

// row is a seminar as a list shows it.
func (s *Server) row(v *visit, b *board, c *card) ui.SeminarRow {
	r := b.state.Roster
	tier := r.Tiers[c.Tier]
	venue := r.Venues[c.Venue]
	row := ui.SeminarRow{
		ID: c.ID, Start: c.start, End: c.end, Module: r.Modules[c.Module].Name, Area: s.areaName(c.mainArea()),
		Venue: venue.Name, Online: venue.Online, Attendees: len(c.Attendees), Seats: r.SeatsIn(&c.Seminar),
		Wave: b.waves[c.Wave], WaveName: s.waveName(v, b.state, c.Wave), State: stateOf[c.Standing],
		NeedsLeader: len(c.Leaders) < r.LeadersPerSeminar(c.Tier),
	}
	if tier != &r.Problem.Tiers[len(r.Problem.Tiers)-1] {
		row.Tier = s.tierName(v, c.Tier)
	}
	if row.State == ui.SeminarPublished && !c.end.After(s.Programme.Now()) {
		row.State = ui.SeminarHeld
	}
	for _, l := range c.Leaders {
		row.Leaders = append(row.Leaders, s.shownName(v, l))
	}
	for _, sector := range r.Problem.Sectors {
		row.Sectors = append(row.Sectors, ui.SectorCount{Name: s.sectorName(v, sector), N: c.sectors[sector]})
		if c.sectors[sector] == 0 {
			row.MissingSectors++
		}
	}
	if c.Standing == model.ToCancel {
		row.Findings = append(row.Findings, ui.Notice{Kind: ui.Warning, Text: s.text(v, "seminar.to-cancel")})
	}
	return row
}

// shownName is how others see a person.
func (s *Server) shownName(v *visit, person string) string {
	if name := s.Programme.People.Name(person); name != "" {
		return name
	}
	return s.text(v, "person.protected")
}

// workplace is where a person works, as a list or a file may say it: nil for
// somebody with a protected identity, whom unit, time and place together would give away.
func (s *Server) workplace(state *model.State, person string) *model.Unit {
	x := state.Roster.People[person]
	if contact, _ := s.Programme.People.Contact(person); x == nil || contact.Protected {
		return nil
	}
	return state.Roster.Units[x.Unit]
}

// named is a name the programme's data gives as an id only: the text for it if
// there is one, else the id.
func (s *Server) named(v *visit, key, id string) string {
	if text := s.text(v, key+"."+id); text != key+"."+id {
		return text
	}
	return id
}

func (s *Server) tierName(v *visit, id string) string   { return s.named(v, "tier", id) }
func (s *Server) sectorName(v *visit, id string) string { return s.named(v, "sector", id) }

func (s *Server) waveName(v *visit, state *model.State, id string) string {
	w := state.Roster.Waves[id]
	switch {
	case w == nil:
		return s.text(v, "wave.none")
	case w.Name != "":
		return w.Name
	}
	return id
}
