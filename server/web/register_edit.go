package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/server/programme"
	"kaskad/ui"
)

// longestField bounds what a field of the register may hold, in bytes.
const longestField = 200

// formReader reads the fields of a form and notes what is wrong with each.
type formReader struct {
	s      *Server
	v      *visit
	fields []ui.Field
	now    []string // what each field holds now, whatever was sent
	sent   bool     // the form was sent; else the fields show what there is
	failed bool
	first  []ui.HistoryLine // what others changed while the form was filled in
}

func (f *formReader) add(field ui.Field) *ui.Field {
	f.now = append(f.now, field.Value)
	if f.sent {
		field.Value = strings.TrimSpace(strings.ToValidUTF8(f.v.FormValue(field.Name), ""))
		field.Checked = field.Kind == ui.CheckField && field.Value != ""
	}
	if field.Label == "" {
		field.Label = field.Name
	}
	f.fields = append(f.fields, field)
	last := &f.fields[len(f.fields)-1]
	if len(last.Value) > longestField {
		f.wrong(last, f.s.text(f.v, "register.edit.too-long", "n", longestField))
	}
	return last
}

// raced tells whether somebody else has changed the record since the form was
// made; then each field that differs says what it holds now.
func (f *formReader) raced(kind programme.SubjectKind, id string) bool {
	f.first = f.s.changedFirst(f.v.UserContext(), f.v, kind, id)
	for i := range f.fields {
		if x := &f.fields[i]; len(f.first) > 0 && x.Kind != ui.CheckField && x.Value != f.now[i] {
			f.wrong(x, f.s.text(f.v, "register.edit.now", "value", f.now[i]))
		}
	}
	return len(f.first) > 0
}

func (f *formReader) wrong(field *ui.Field, text string) { field.Error, f.failed = text, true }

// text is a field that may be asked to hold something.
func (f *formReader) text(name, value string, needed bool) string {
	field := f.add(ui.Field{Kind: ui.TextField, Name: name, Value: value})
	if needed && field.Value == "" {
		f.wrong(field, f.s.text(f.v, "register.edit.needed"))
	}
	return field.Value
}

// number is a field that holds a number of at least least, or nothing.
func (f *formReader) number(name string, value *int, least int, hint string) *int {
	text := ""
	if value != nil {
		text = strconv.Itoa(*value)
	}
	field := f.add(ui.Field{Kind: ui.NumberField, Name: name, Value: text, Hint: hint})
	if field.Value == "" {
		return nil
	}
	n, err := strconv.Atoi(field.Value)
	if err != nil || n < least || n > 100_000 {
		f.wrong(field, f.s.text(f.v, "register.edit.number", "least", least))
		return value
	}
	return &n
}

func (f *formReader) check(name string, value bool) bool {
	return f.add(ui.Field{Kind: ui.CheckField, Name: name, Checked: value}).Checked
}

// form shows a form again with what is wrong.
func (s *Server) form(v *visit, page ui.RegisterForm, f *formReader) error {
	page.Fields, page.First = f.fields, f.first
	if len(f.first) > 0 {
		v.Status(fiber.StatusConflict)
	} else if f.failed || page.Error != "" {
		v.Status(fiber.StatusUnprocessableEntity)
	}
	return s.show(v, page)
}

// saved leads back to the page, or shows the form with the sentence of a refusal.
func (s *Server) saved(v *visit, page ui.RegisterForm, f *formReader, err error) error {
	if err == nil {
		return s.back(v, page.Back, ui.Success, s.text(v, "register.edit.saved"))
	}
	refused, ok := s.sentence(v, err)
	if !ok {
		return err
	}
	page.Error = refused
	return s.form(v, page, f)
}

func (s *Server) reader(v *visit) *formReader {
	return &formReader{s: s, v: v, sent: v.Method() == fiber.MethodPost}
}

// editPerson changes a person's contact, workplace and limits as a leader.
func (s *Server) editPerson(v *visit) error {
	x := s.register(v.state).byPerson[v.param("id")]
	if x == nil {
		return model.Errorf(model.NotFound, "error.no-person", "there is no person %s", v.param("id"))
	}
	path := "/people/" + url.PathEscape(x.ID)
	page := ui.RegisterForm{Kind: ui.People, Name: s.Programme.People.Name(x.ID), Back: path, Action: path + "/edit", Protected: x.contact.Protected, Merge: path + "/merge"}
	f := s.reader(v)
	contact := s.contactFields(f, x)
	place := s.placeFields(f, x)
	limits := s.limitFields(f, x)
	if !f.sent || f.failed || f.raced(programme.PersonSubject, x.ID) {
		return s.form(v, page, f)
	}
	by := v.user.Actor()
	if before, _ := s.Programme.People.Contact(x.ID); before != contact {
		if err := s.Programme.SaveContact(v.UserContext(), by, contact); err != nil {
			return s.saved(v, page, f, err)
		}
	}
	var err error
	if v.state.LoadedPerson(x.ID) != nil {
		_, err = s.Programme.Do(v.UserContext(), by, place)
	}
	if err == nil && limits != nil {
		_, err = s.Programme.Do(v.UserContext(), by, *limits)
	}
	return s.saved(v, page, f, err)
}

// contactFields are a person's name and address. Of a protected identity only
// the language and the protection itself are shown and taken.
func (s *Server) contactFields(f *formReader, x *personEntry) model.Contact {
	c, _ := s.Programme.People.Contact(x.ID)
	c.ID = x.ID
	if !c.Protected {
		c.Given = f.text("given", c.Given, true)
		c.Family = f.text("family", c.Family, true)
		field := f.add(ui.Field{Kind: ui.EmailField, Name: "email", Value: c.Email})
		c.Email = field.Value
		if _, err := calendar.Address(c.Email); err != nil && c.Email != "" {
			f.wrong(field, s.text(f.v, "sign-in.bad-email"))
		}
	}
	c.Occupation = f.text("occupation", c.Occupation, false)
	language := ui.Field{Kind: ui.ChoiceField, Name: "language", Value: c.Language}
	for _, lang := range ui.Languages {
		language.Options = append(language.Options, ui.Option{Value: lang, Label: s.named(f.v, "register.language", lang)})
	}
	if chosen := f.add(language); slices.Contains(ui.Languages, chosen.Value) {
		c.Language = chosen.Value
	}
	c.Protected = f.check("protected", c.Protected)
	return c
}

// placeFields are where a person works and how far they travel. The unit is
// written by name; those of the same municipality are suggested.
func (s *Server) placeFields(f *formReader, x *personEntry) model.EditPerson {
	place := model.EditPerson{ID: x.ID, Unit: x.Unit}
	field := ui.Field{Kind: ui.TextField, Name: "unit"}
	r := s.register(f.v.state)
	if x.unit != nil {
		field.Value = x.unit.Name
		for i := range r.units {
			if r.units[i].Area == x.unit.Area {
				field.Suggestions = append(field.Suggestions, r.units[i].Name)
			}
		}
	}
	sent := f.add(field)
	if unit := r.unitNamed(sent.Value, x.unit); unit != nil {
		place.Unit = unit.ID
	} else {
		f.wrong(sent, s.text(f.v, "register.edit.no-unit"))
	}
	loaded := f.v.state.LoadedPerson(x.ID)
	if loaded == nil {
		loaded = x.Person
	}
	place.MaxTravel = f.number("maxtravel", loaded.MaxTravel, 0, s.text(f.v, "register.edit.minutes"))
	return place
}

// unitNamed finds a unit by id or name, whatever the case; of several with one
// name the nearer one to the present is the present itself.
func (r *register) unitNamed(name string, present *unitEntry) *unitEntry {
	if present != nil && strings.EqualFold(present.Name, name) {
		return present
	}
	if u := r.byUnit[name]; u != nil {
		return u
	}
	var found *unitEntry
	for i := range r.units {
		if u := &r.units[i]; strings.EqualFold(u.Name, name) && (found == nil || present != nil && u.Area == present.Area) {
			found = u
		}
	}
	return found
}

// limitFields are how much a leader leads; nil for those who lead nothing.
func (s *Server) limitFields(f *formReader, x *personEntry) *model.EditLeader {
	loaded := f.v.state.LoadedPerson(x.ID)
	if loaded == nil || loaded.Leads == nil {
		return nil
	}
	none := s.text(f.v, "register.edit.no-limit")
	return &model.EditLeader{ID: x.ID, Target: f.number("target", loaded.Leads.Target, 0, ""), MaxPerDay: f.number("maxperday", loaded.Leads.MaxPerDay, 0, none),
		MaxPerWeek: f.number("maxperweek", loaded.Leads.MaxPerWeek, 0, none), MaxTotal: f.number("maxtotal", loaded.Leads.MaxTotal, 0, none)}
}

func (s *Server) editUnit(v *visit) error {
	u := s.register(v.state).byUnit[v.param("id")]
	if u == nil {
		return model.Errorf(model.NotFound, "error.no-unit", "there is no unit %s", v.param("id"))
	}
	path := "/units/" + url.PathEscape(u.ID)
	page := ui.RegisterForm{Kind: ui.Units, Name: u.Name, Back: path, Action: path + "/edit"}
	f := s.reader(v)
	edit := model.EditUnit{ID: u.ID, Name: f.text("name", u.Name, true), Employer: f.text("employer", u.Employer, false)}
	if !f.sent || f.failed || f.raced(programme.UnitSubject, u.ID) {
		return s.form(v, page, f)
	}
	_, err := s.Programme.Do(v.UserContext(), v.user.Actor(), edit)
	return s.saved(v, page, f, err)
}

func (s *Server) editVenue(v *visit) error {
	x := s.register(v.state).byVenue[v.param("id")]
	if x == nil {
		return model.Errorf(model.NotFound, "error.no-venue", "there is no venue %s", v.param("id"))
	}
	path := "/venues/" + url.PathEscape(x.ID)
	page := ui.RegisterForm{Kind: ui.Venues, Name: x.Name, Back: path, Action: path + "/edit"}
	f := s.reader(v)
	rooms := roomsOf(x.Venue)
	edit := model.EditVenue{ID: x.ID, Name: f.text("name", x.Name, true), Capacity: deref(f.number("capacity", &x.Capacity, 1, "")),
		Rooms: deref(f.number("rooms", &rooms, 1, "")), Now: s.Programme.Now()}
	if !f.sent || f.failed || f.raced(programme.VenueSubject, x.ID) {
		return s.form(v, page, f)
	}
	_, err := s.Programme.Do(v.UserContext(), v.user.Actor(), edit)
	return s.saved(v, page, f, err)
}
