package roster

import (
	"cmp"
	"fmt"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	"kaskad/model"
)

// Register is what Kaskad knows before a file is taken in.
type Register struct {
	Problem *model.Problem // as loaded and edited
	Contact func(person string) (model.Contact, bool)
	Areas   []Area
	// Seated tells whether somebody attends or leads anything that is published.
	Seated func(person string) bool
	// Pseudonym hides a personal identity number; the same one gives the same.
	Pseudonym func(number string) string
	Now       time.Time
	Zone      *time.Location
}

// Area is a municipality with its place, for units that are new.
type Area struct {
	Code, Name string
	Lat, Lon   float64
}

// Options say how a file is to be read.
type Options struct {
	Columns []Meaning // one for each column of the sheet
	// Complete: the file is the whole register of the employers in it; staff of
	// theirs who are not in it have left.
	Complete bool
}

// Fault is something wrong with one cell, or with a whole row. Faulty rows are
// not taken in; a Note is taken in all the same.
type Fault struct {
	Line   int
	Column string // its heading; "" for the whole row
	Value  string
	*model.Error
	Note bool
}

// Entry is one person the file is about.
type Entry struct {
	Line      int // 0 for those who are gone
	ID        string
	Name      string // "" when protected
	Unit      string // name
	Changes   []Change
	Protected bool
}

// Change is one detail that differs. Field is a column key of the register.
type Change struct{ Field, From, To string }

// Comparison is what taking a file in would do, and nothing else.
type Comparison struct {
	New, Changed, Gone []Entry
	Same               int
	Units              []model.Unit // new ones
	Faults             []Fault

	Amendment model.Amendment
	Contacts  []model.Contact
	Leaving   []string // of those gone, who have seats

	hidden []int // lines about protected identities
}

// HiddenLines are the lines of the file about protected identities: they are
// shown to nobody. A nil comparison hides every line it could have hidden: none.
func (c *Comparison) HiddenLines() []int {
	if c == nil {
		return nil
	}
	return c.hidden
}

// Compare says what a sheet would change. It fails with a *model.Error only
// when the columns say too little to know anybody by.
func Compare(r Register, s *Sheet, o Options) (*Comparison, error) {
	c := &comparer{r: r, s: s, o: o, at: map[Meaning]int{}, seen: map[string]int{}, emails: map[string]int{}}
	for i, m := range o.Columns {
		if _, twice := c.at[m]; m != Ignored && !twice && i < len(s.Header) {
			c.at[m] = i
		}
	}
	if !c.has(Name) && !(c.has(Given) && c.has(Family)) {
		return nil, model.Errorf(model.Invalid, "import.no-name-column", "say which column holds the name, or given name and family name")
	}
	if !c.has(UnitName) && !c.has(UnitID) {
		return nil, model.Errorf(model.Invalid, "import.no-unit-column", "say which column holds the unit")
	}
	c.index()
	for i := range s.Rows {
		c.row(&s.Rows[i])
	}
	if o.Complete {
		c.gone()
	}
	c.out.Amendment.Units = c.out.Units
	for i := range c.out.Faults {
		if slices.Contains(c.out.hidden, c.out.Faults[i].Line) {
			c.out.Faults[i].Value = ""
		}
	}
	slices.SortStableFunc(c.out.Faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return &c.out, nil
}

type comparer struct {
	r   Register
	s   *Sheet
	o   Options
	at  map[Meaning]int
	out Comparison

	byID, byUnit map[string]int           // index in the problem
	byKey        map[string]string        // contact key → person
	byEmail      map[string]string        // lower case → person
	byName       map[string]string        // plain name and unit → the only person of it, "" for several
	units        map[string][]*model.Unit // plain name → units, new ones included
	seen         map[string]int           // person → line that was about them
	emails       map[string]int           // lower case → line that has it
	employers    map[string]bool          // of units in the file
	next         int                      // number of the next new person
}

func (c *comparer) has(m Meaning) bool { _, ok := c.at[m]; return ok }

func (c *comparer) cell(row *Row, m Meaning) string {
	if i, ok := c.at[m]; ok {
		return row.Cells[i]
	}
	return ""
}

func (c *comparer) index() {
	p := c.r.Problem
	c.byID, c.byUnit = make(map[string]int, len(p.People)), make(map[string]int, len(p.Units))
	c.byName = map[string]string{}
	c.byKey, c.byEmail, c.units, c.employers = map[string]string{}, map[string]string{}, map[string][]*model.Unit{}, map[string]bool{}
	for i := range p.Units {
		c.byUnit[p.Units[i].ID] = i
		c.units[plainName(p.Units[i].Name)] = append(c.units[plainName(p.Units[i].Name)], &p.Units[i])
	}
	for i := range p.People {
		x := &p.People[i]
		c.byID[x.ID] = i
		if digits, ours := strings.CutPrefix(x.ID, newPrefix); ours {
			if n, err := strconv.Atoi(digits); err == nil {
				c.next = max(c.next, n)
			}
		}
		contact, _ := c.r.Contact(x.ID)
		if contact.Key != "" {
			c.byKey[contact.Key] = x.ID
		}
		if at := nameAt(contact, x.Unit); c.byName[at] != "" {
			c.byName[at] = "" // two of one name: nobody is taken for the other
		} else if _, several := c.byName[at]; !several && !contact.Protected {
			c.byName[at] = x.ID
		}
		if contact.Email != "" {
			c.byEmail[strings.ToLower(contact.Email)] = x.ID
		}
	}
}

// newPrefix begins the ids of people who come by a file; they say nothing about anybody.
const newPrefix = "r"

// row takes one row in.
func (c *comparer) row(row *Row) {
	contact, ok := c.contact(row)
	if !ok || c.ended(row) {
		return
	}
	unit := c.unit(row)
	if unit == nil {
		return
	}
	id, known := c.recognise(row, &contact)
	if !known {
		id, known = c.namesake(contact, unit)
	}
	if line := c.seen[id]; known && line > 0 {
		c.note(row, Ignored, model.Errorf(model.Invalid, "import.twice", "this person is on line %d already; that line counts", line))
		return
	}
	if !known {
		c.next++
		id = fmt.Sprintf("%s%05d", newPrefix, c.next)
		if contact.Key != "" {
			c.byKey[contact.Key] = id
		}
	}
	c.seen[id] = row.Line
	if before, _ := c.r.Contact(id); contact.Protected || before.Protected {
		c.out.hidden = append(c.out.hidden, row.Line)
	}
	c.employers[employerOf(unit)] = true
	contact.ID = id
	if known {
		c.change(row, contact, unit)
		return
	}
	c.join(row, contact, unit)
}

// contact reads name and address; false for a row without a name.
func (c *comparer) contact(row *Row) (model.Contact, bool) {
	contact := model.Contact{Given: c.cell(row, Given), Family: c.cell(row, Family), Occupation: c.cell(row, Occupation), Email: c.cell(row, Email),
		Language: "sv", Key: c.key(row)}
	if whole := c.cell(row, Name); contact.Given == "" && contact.Family == "" && whole != "" {
		contact.Given, contact.Family = splitName(whole)
	}
	if contact.Given == "" && contact.Family == "" {
		c.fault(row, cmp.Or(c.one(Family), c.one(Name)), model.Errorf(model.Invalid, "import.no-name", "the name is missing"))
		return contact, false
	}
	contact.Protected = isYes(c.cell(row, Protected))
	if contact.Email != "" {
		if a, err := mail.ParseAddress(contact.Email); err != nil || a.Address != contact.Email || !strings.Contains(contact.Email, "@") {
			c.note(row, Email, model.Errorf(model.Invalid, "import.bad-email", "this is no e-mail address; the person is taken in without one"))
			contact.Email = ""
		}
	}
	return contact, true
}

// one is the meaning if some column has it.
func (c *comparer) one(m Meaning) Meaning {
	if c.has(m) {
		return m
	}
	return Ignored
}

// key is what the employer knows the person by. A personal identity number is
// hidden at once. One that a spreadsheet has spoilt is none.
func (c *comparer) key(row *Row) string {
	if key := c.cell(row, Key); key != "" {
		return key
	}
	digits := digitsOf(c.cell(row, Number))
	if len(digits) == 12 {
		digits = digits[2:] // with and without the century it is the same person
	}
	if len(digits) != 10 {
		if c.cell(row, Number) != "" {
			c.note(row, Number, model.Errorf(model.Invalid, "import.bad-number", "this is no personal identity number; perhaps a spreadsheet has rounded it"))
		}
		return ""
	}
	return c.r.Pseudonym("number " + digits)
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		if r == '-' || r == '+' || r == ' ' {
			return -1
		}
		return 'x'
	}, text)
}

// splitName takes "Family, Given" apart, or "Given Family" at its last space.
func splitName(whole string) (given, family string) {
	if family, given, comma := strings.Cut(whole, ","); comma {
		return strings.TrimSpace(given), strings.TrimSpace(family)
	}
	at := strings.LastIndexByte(whole, ' ')
	if at < 0 {
		return "", whole
	}
	return strings.TrimSpace(whole[:at]), whole[at+1:]
}

func isYes(text string) bool {
	return slices.Contains([]string{"ja", "j", "yes", "y", "x", "1", "true", "sant", "s", "skyddad", "skyddadidentitet", "skyddadfolkbokföring", "sekretess", "sekretessmarkering", "sekretessmarkerad"}, plainName(text))
}

// ended tells whether the employment is over.
func (c *comparer) ended(row *Row) bool {
	text := c.cell(row, Ends)
	for _, form := range []string{time.DateOnly, "20060102", "2006/01/02", "02.01.2006"} {
		if day, err := time.ParseInLocation(form, text, c.r.Zone); err == nil {
			return day.AddDate(0, 0, 1).Before(c.r.Now)
		}
	}
	return false
}

// change writes down what differs for somebody Kaskad knows.
func (c *comparer) change(row *Row, contact model.Contact, unit *model.Unit) {
	i, inRoster := c.byID[contact.ID]
	if !inRoster {
		return // new in this file
	}
	before, _ := c.r.Contact(contact.ID)
	after := before
	after.ID, after.Language = contact.ID, cmp.Or(before.Language, "sv")
	entry := Entry{Line: row.Line, ID: contact.ID, Unit: unit.Name, Protected: before.Protected || contact.Protected}
	set := func(field string, from *string, to string) {
		if to != "" && *from != to {
			entry.Changes = append(entry.Changes, Change{field, *from, to})
			*from = to
		}
	}
	set("given", &after.Given, contact.Given)
	set("family", &after.Family, contact.Family)
	set("email", &after.Email, contact.Email)
	set("occupation", &after.Occupation, contact.Occupation)
	if before.Key == "" {
		after.Key = contact.Key
	}
	if contact.Protected && !before.Protected { // a file never lifts a protection
		after.Protected = true
		entry.Changes = append(entry.Changes, Change{Field: "protected"})
	}
	person := c.r.Problem.People[i]
	if person.Unit != unit.ID {
		entry.Changes = append(entry.Changes, Change{"unit", c.unitName(person.Unit), unit.Name})
		person.Unit = unit.ID
		c.out.Amendment.People = append(c.out.Amendment.People, person)
	}
	if before != after {
		c.out.Contacts = append(c.out.Contacts, after)
	}
	if len(entry.Changes) == 0 {
		c.out.Same++
		return
	}
	entry.Name = shownName(after, &entry)
	c.out.Changed = append(c.out.Changed, entry)
}

// shownName is a name as a comparison may show it; of a protected identity it
// hides the changes of name and address too.
func shownName(x model.Contact, e *Entry) string {
	if !e.Protected {
		return strings.TrimSpace(x.Given + " " + x.Family)
	}
	for i, change := range e.Changes {
		if change.Field != "unit" {
			e.Changes[i].From, e.Changes[i].To = "", ""
		}
	}
	return ""
}

func (c *comparer) unitName(id string) string {
	if i, ok := c.byUnit[id]; ok {
		return c.r.Problem.Units[i].Name
	}
	return id
}

// join writes down somebody new, in the programme's last tier.
func (c *comparer) join(row *Row, contact model.Contact, unit *model.Unit) {
	tiers := c.r.Problem.Tiers
	c.out.Amendment.People = append(c.out.Amendment.People, model.Person{ID: contact.ID, Unit: unit.ID, Tier: tiers[len(tiers)-1].ID})
	c.out.Contacts = append(c.out.Contacts, contact)
	entry := Entry{Line: row.Line, ID: contact.ID, Unit: unit.Name, Protected: contact.Protected}
	entry.Name = shownName(contact, &entry)
	c.out.New = append(c.out.New, entry)
}

// gone are the staff of the file's employers who are not in it.
func (c *comparer) gone() {
	tiers := c.r.Problem.Tiers
	for i := range c.r.Problem.People {
		x := &c.r.Problem.People[i]
		u, ok := c.byUnit[x.Unit]
		if c.seen[x.ID] > 0 || x.Tier != tiers[len(tiers)-1].ID || x.Leads != nil || !ok || !c.employers[employerOf(&c.r.Problem.Units[u])] {
			continue
		}
		contact, _ := c.r.Contact(x.ID)
		entry := Entry{ID: x.ID, Unit: c.r.Problem.Units[u].Name, Protected: contact.Protected}
		entry.Name = shownName(contact, &entry)
		c.out.Gone = append(c.out.Gone, entry)
		if c.r.Seated(x.ID) {
			c.out.Leaving = append(c.out.Leaving, x.ID)
			continue
		}
		c.out.Amendment.Gone = append(c.out.Amendment.Gone, x.ID)
	}
}

func (c *comparer) fault(row *Row, m Meaning, err *model.Error) {
	f := Fault{Line: row.Line, Error: err}
	if i, ok := c.at[m]; ok && m != Ignored {
		f.Column, f.Value = c.s.Header[i], row.Cells[i]
	}
	if m == Number || isYes(c.cell(row, Protected)) { // never shown
		f.Value = ""
	}
	c.out.Faults = append(c.out.Faults, f)
}

func (c *comparer) note(row *Row, m Meaning, err *model.Error) {
	c.fault(row, m, err)
	c.out.Faults[len(c.out.Faults)-1].Note = true
}
