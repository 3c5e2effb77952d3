package web

import (
	"crypto/rand"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/ui"
)

// shownMatches is how many people or units are offered to choose from.
const shownMatches = 20

// eventForm asks what has happened.
func (s *Server) eventForm(v *visit) error {
	if v.Query("kind") == absences {
		return s.chooseSeminar(v)
	}
	kind := model.CircumstanceKind(v.Query("kind"))
	if !slices.Contains(model.CircumstanceKinds(), kind) {
		return model.Errorf(model.NotFound, "error.no-such-event", "Kaskad knows no event of kind %q", string(kind))
	}
	page := s.emptyEvent(v, kind)
	page.Query, page.Venue = v.Query("who"), v.Query("venue")
	s.choose(v, &page, v.Query("id"))
	return s.show(v, page)
}

func (s *Server) emptyEvent(v *visit, kind model.CircumstanceKind) ui.Event {
	r := v.state.Roster
	today := s.Programme.Now().In(r.Zone).Format(time.DateOnly)
	page := ui.Event{Kind: string(kind), From: today}
	if kind == model.PersonAway {
		page.To = today
	}
	if kind == model.VenueClosed {
		for i := range r.Problem.Venues {
			page.Venues = append(page.Venues, ui.Option{Value: r.Problem.Venues[i].ID, Label: r.Problem.Venues[i].Name})
		}
		byLabel(page.Venues)
	}
	if kind == model.PeopleJoin {
		for _, t := range slices.Backward(r.Problem.Tiers) {
			page.Tiers = append(page.Tiers, ui.Option{Value: t.ID, Label: s.tierName(v, t.ID)})
		}
		page.Tier = page.Tiers[0].Value
	}
	return page
}

// choose finds whom or which unit the event is about: by id, or by what was written.
func (s *Server) choose(v *visit, page *ui.Event, id string) {
	switch {
	case page.AsksPerson():
		if v.state.Roster.People[id] != nil {
			page.Chosen = s.personOption(v, id)
		} else if page.Query != "" {
			page.Matches = s.findPeople(v, page.Query, page.Kind == string(model.LeaderStops))
		}
	case page.AsksUnit():
		if u := v.state.Roster.Units[id]; u != nil {
			page.Chosen = ui.Option{Value: id, Label: u.Name}
		} else if page.Query != "" {
			page.Matches = s.findUnits(v, page.Query)
		}
	}
	if len(page.Matches) == 1 {
		page.Chosen, page.Matches = page.Matches[0], nil
	}
}

// personOption names a person with the unit, to tell namesakes apart.
func (s *Server) personOption(v *visit, id string) ui.Option {
	label := s.shownName(v, id)
	if c, _ := s.Programme.People.Contact(id); !c.Protected {
		label += ", " + v.state.Roster.Units[v.state.Roster.People[id].Unit].Name
	}
	return ui.Option{Value: id, Label: label}
}

// findPeople lists people by id, address or a part of the name.
func (s *Server) findPeople(v *visit, query string, leads bool) (list []ui.Option) {
	query = strings.ToLower(strings.TrimSpace(query))
	people := v.state.Roster.Problem.People
	for i := range people {
		x := &people[i]
		if leads && x.Leads == nil {
			continue
		}
		c, _ := s.Programme.People.Contact(x.ID)
		name := strings.ToLower(s.Programme.People.Name(x.ID)) // "" for who is protected
		if strings.EqualFold(x.ID, query) || name != "" && (strings.Contains(name, query) || strings.EqualFold(c.Email, query)) {
			list = append(list, s.personOption(v, x.ID))
		}
		if len(list) == shownMatches {
			break
		}
	}
	byLabel(list)
	return list
}

func (s *Server) findUnits(v *visit, query string) (list []ui.Option) {
	query = strings.ToLower(strings.TrimSpace(query))
	for i := range v.state.Roster.Problem.Units {
		if u := &v.state.Roster.Problem.Units[i]; strings.Contains(strings.ToLower(u.Name), query) && len(list) < shownMatches {
			list = append(list, ui.Option{Value: u.ID, Label: u.Name})
		}
	}
	byLabel(list)
	return list
}

// absences stands among the kinds of events: who did not come is said where
// attendance is taken, and this leads there.
const absences = "people-absent"

// shownHeld is how many of the latest seminars are offered for absences.
const shownHeld = 40

// chooseSeminar lists the latest seminars held, or leads to the chosen one.
func (s *Server) chooseSeminar(v *visit) error {
	if id := v.Query("seminar"); v.state.Seminars[id] != nil {
		return v.Redirect("/seminars/"+url.PathEscape(id)+"/attendance", fiber.StatusSeeOther)
	}
	page := ui.Event{Kind: absences}
	now := s.Programme.Now()
	for _, x := range slices.Backward(v.state.SeminarsByTime()) {
		if start, _ := v.state.Roster.Span(&x.Seminar); !x.Cancelled && !start.After(now) && len(page.Seminars) < shownHeld {
			page.Seminars = append(page.Seminars, ui.Option{Value: x.ID, Label: s.seminarLabel(v, x)})
		}
	}
	return s.show(v, page)
}

func (s *Server) seminarLabel(v *visit, x *model.PublishedSeminar) string {
	start, _ := v.state.Roster.Span(&x.Seminar)
	return s.ui.When(v.lang, start) + ", " + v.state.Roster.Modules[x.Module].Name + ", " + v.state.Roster.Venues[x.Venue].Name
}

// recordEvent keeps what has happened. Nothing that is published changes yet.
func (s *Server) recordEvent(v *visit) error {
	kind := model.CircumstanceKind(v.FormValue("kind"))
	if !slices.Contains(model.CircumstanceKinds(), kind) {
		return model.Errorf(model.NotFound, "error.no-such-event", "Kaskad knows no event of kind %q", string(kind))
	}
	page := s.emptyEvent(v, kind)
	page.Query, page.From, page.To, page.MaxAway = v.FormValue("who"), v.FormValue("from"), v.FormValue("to"), v.FormValue("most")
	page.Tier, page.List, page.Venue = v.FormValue("tier"), v.FormValue("list"), v.FormValue("venue")
	s.choose(v, &page, v.FormValue("id"))
	x, contacts, err := s.readEvent(v, &page)
	if err == nil {
		_, err = s.Programme.Do(v.UserContext(), v.user.Actor(), model.Record{Circumstance: x})
	}
	if err != nil {
		return s.eventRefused(v, page, err)
	}
	if len(contacts) > 0 {
		if err := s.Programme.People.Save(v.UserContext(), contacts); err != nil {
			return err
		}
	}
	return s.back(v, "/changes", ui.Success, s.text(v, "event.recorded"))
}

func (s *Server) eventRefused(v *visit, page ui.Event, err error) error {
	refused, ok := s.sentence(v, err)
	if !ok && model.CodeOf(err) != model.Invalid {
		return err
	}
	if !ok {
		refused = err.Error()
	}
	page.Error = refused
	v.Status(fiber.StatusUnprocessableEntity)
	return s.show(v, page)
}

// readEvent reads the form into an event; the error says what is missing.
func (s *Server) readEvent(v *visit, page *ui.Event) (x model.Circumstance, contacts []model.Contact, err error) {
	x.Kind = model.CircumstanceKind(page.Kind)
	if page.AsksPerson() || page.AsksUnit() {
		if page.Chosen.Value == "" {
			return x, nil, chooseFirst(page)
		}
		x.Person = page.Chosen.Value
		if page.AsksUnit() {
			x.Person, x.Unit = "", page.Chosen.Value
		}
	}
	if page.AsksFrom() {
		if x.From, err = s.day(v, page.From, 0); err != nil {
			return x, nil, err
		}
	}
	if page.AsksTo() && (page.To != "" || x.Kind == model.PersonAway) {
		if x.To, err = s.day(v, page.To, 1); err != nil {
			return x, nil, err
		}
	}
	switch x.Kind {
	case model.VenueClosed:
		x.Venue = page.Venue
	case model.UnitSpares:
		x.MaxAway, err = readMost(page.MaxAway)
	case model.PeopleJoin:
		x.People, contacts, err = readJoiners(page)
		x.Unit = ""
		for _, c := range contacts {
			if _, taken := s.Programme.People.ByEmail(c.Email); taken && c.Email != "" {
				err = model.Errorf(model.Conflict, "error.address-taken", "somebody else has the address %s already", c.Email)
			}
		}
	}
	return x, contacts, err
}

func chooseFirst(page *ui.Event) error {
	switch {
	case len(page.Matches) > 1:
		return model.Errorf(model.Invalid, "error.choose-match", "several fit; choose one")
	case page.Query == "":
		return model.Errorf(model.Invalid, "error.choose-somebody", "say whom or what it is about")
	}
	return model.Errorf(model.Invalid, "error.no-match", "nobody and nothing is called %s", page.Query)
}

// day is midnight of a date where the programme runs, so many days later.
func (s *Server) day(v *visit, date string, later int) (time.Time, error) {
	t, err := time.ParseInLocation(time.DateOnly, date, v.state.Roster.Zone)
	if err != nil {
		return t, model.Errorf(model.Invalid, "error.no-date", "write the date as year-month-day, such as 2027-03-01")
	}
	return t.AddDate(0, 0, later), nil
}

func readMost(text string) (*int, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 {
		return nil, model.Errorf(model.Invalid, "error.no-number", "write a whole number, or nothing")
	}
	return &n, nil
}

// readJoiners reads a list of people, one a line: name, and an address if there
// is one, with a comma, a semicolon or a tab between, as copied from a sheet.
func readJoiners(page *ui.Event) (people []model.Person, contacts []model.Contact, err error) {
	for _, line := range strings.Split(page.List, "\n") {
		fields := strings.FieldsFunc(line, func(r rune) bool { return r == ';' || r == ',' || r == '\t' })
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		if len(fields) == 0 || fields[0] == "" {
			continue
		}
		c := model.Contact{ID: newPersonID(), Language: ui.Languages[0]}
		c.Given, c.Family, _ = strings.Cut(fields[0], " ")
		for _, f := range fields[1:] {
			if strings.Contains(f, "@") {
				c.Email = f
			} else if c.Family == "" {
				c.Family = f
			}
		}
		if c.Family == "" || len(fields) > 3 {
			return nil, nil, model.Errorf(model.Invalid, "error.joiner-line", "write given name, family name and address on each line: %s", strings.TrimSpace(line))
		}
		contacts = append(contacts, c)
		people = append(people, model.Person{ID: c.ID, Unit: page.Chosen.Value, Tier: page.Tier})
	}
	return people, contacts, nil
}

// newPersonID is an id nobody has, which says nothing about the person.
func newPersonID() string {
	var b [6]byte
	rand.Read(b[:]) // never fails, says its documentation
	return "n" + hex.EncodeToString(b[:])
}
