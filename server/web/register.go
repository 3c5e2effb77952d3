package web

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kaskad/model"
)

// register is what the lists of people, units and venues draw from: one State
// and one revision of the directory, looked at once and shared from then on.
type register struct {
	board *board

	people   []personEntry // by name, Swedish
	units    []unitEntry   // by name
	venues   []venueEntry  // by name
	byPerson map[string]*personEntry
	byUnit   map[string]*unitEntry
	byVenue  map[string]*venueEntry
}

// personEntry is one person with what lists and filters ask for.
type personEntry struct {
	*model.Person
	contact model.Contact
	name    string // family name first; "" when the identity is protected
	order   int    // place in the list of names
	unit    *unitEntry
	shown   *unitEntry // the unit as lists say it: nil when the identity is protected
	search  string     // lower case: name, address, occupation, unit, municipality

	seats  []seat // attending, by time
	leads  []seat // leading, by time
	needs  []string
	done   int // needs attended
	booked int // needs with a seat to come that the person has been told of
	draft  int // needs with a seat to come that only the draft has
	time   int // minutes attended
	led    int // seminars led
	next   *card
}

// seat is one person's part in one seminar of the plan.
type seat struct {
	*card
	over bool // the seminar has ended, and was published
}

// missing counts the needs without a seat.
func (x *personEntry) missing() int { return max(len(x.needs)-x.done-x.booked-x.draft, 0) }

// seatOf is the seat a person has for a need; nil when there is none.
func (x *personEntry) seatOf(module string) *seat {
	at := slices.IndexFunc(x.seats, func(s seat) bool { return s.Module == module && s.Tier == x.Tier && s.Standing != model.ToCancel })
	if at < 0 {
		return nil
	}
	return &x.seats[at]
}

// unitEntry is a workplace with its people.
type unitEntry struct {
	*model.Unit
	order, areaOrder, employerOrder int
	areaName, search                string
	people                          []*personEntry
	staff, trained, missing, time   int // people with needs; of them trained; needs without a seat; minutes attended
}

// venueEntry is a place with its seminars.
type venueEntry struct {
	*model.Venue
	order, areaOrder       int
	area, areaName, search string // the municipality whose seat is nearest
	seats                  []seat // by time
	held, ahead, attendees int    // attendees of seminars to come
	next                   *card
}

// register is the State's and the directory's; callers must not change it.
func (s *Server) register(state *model.State) *register {
	now, revision := s.Programme.Now(), s.Programme.People.Revision()
	return s.listed.of(s, state, revision, func() *register { return s.newRegister(s.board(state), now) })
}

func (s *Server) newRegister(b *board, now time.Time) *register {
	r := &register{board: b}
	s.addUnits(r)
	s.addVenues(r)
	s.addPeople(r)
	for i := range b.seminars {
		r.addSeminar(&b.seminars[i], now)
	}
	for i := range r.people {
		r.people[i].count(b.state.Roster)
	}
	for i := range r.units {
		r.units[i].count()
	}
	return r
}

// alphabet gives every text its place in Swedish order; equal texts share one.
type alphabet struct {
	keys  *collate.Collator
	buf   collate.Buffer
	cache map[string]string
}

func newAlphabet() *alphabet {
	return &alphabet{keys: collate.New(language.Swedish), cache: map[string]string{}}
}

// key sorts as the text does.
func (a *alphabet) key(text string) string {
	if k, ok := a.cache[text]; ok {
		return k
	}
	a.buf.Reset()
	k := string(a.keys.KeyFromString(&a.buf, text))
	a.cache[text] = k
	return k
}

// places numbers texts by their order.
func (a *alphabet) places(texts map[string]int) {
	sorted := make([]string, 0, len(texts))
	for text := range texts {
		sorted = append(sorted, text)
	}
	slices.SortFunc(sorted, func(x, y string) int { return cmp.Compare(a.key(x), a.key(y)) })
	for i, text := range sorted {
		texts[text] = i
	}
}

func (s *Server) addUnits(r *register) {
	list := r.board.state.Roster.Problem.Units
	r.units, r.byUnit = make([]unitEntry, len(list)), make(map[string]*unitEntry, len(list))
	swedish, areas, employers := newAlphabet(), map[string]int{}, map[string]int{}
	for i := range list {
		u := unitEntry{Unit: &list[i], areaName: s.areaName(list[i].Area)}
		u.search = strings.ToLower(strings.Join([]string{u.Name, u.areaName, u.Employer, u.ID}, " "))
		areas[u.areaName], employers[u.Employer] = 0, 0
		r.units[i] = u
	}
	swedish.places(areas)
	swedish.places(employers)
	slices.SortStableFunc(r.units, func(x, y unitEntry) int { return cmp.Compare(swedish.key(x.Name), swedish.key(y.Name)) })
	for i := range r.units {
		u := &r.units[i]
		u.order, u.areaOrder, u.employerOrder = i, areas[u.areaName], employers[u.Employer]
		r.byUnit[u.ID] = u
	}
}

func (s *Server) addVenues(r *register) {
	list := r.board.state.Roster.Problem.Venues
	r.venues, r.byVenue = make([]venueEntry, len(list)), make(map[string]*venueEntry, len(list))
	swedish, areas := newAlphabet(), map[string]int{}
	for i := range list {
		x := venueEntry{Venue: &list[i]}
		x.area = s.nearestArea(x.Venue)
		x.areaName = s.areaName(x.area)
		x.search = strings.ToLower(x.Name + " " + x.areaName + " " + x.ID)
		areas[x.areaName] = 0
		r.venues[i] = x
	}
	swedish.places(areas)
	slices.SortStableFunc(r.venues, func(x, y venueEntry) int { return cmp.Compare(swedish.key(x.Name), swedish.key(y.Name)) })
	for i := range r.venues {
		x := &r.venues[i]
		x.order, x.areaOrder = i, areas[x.areaName]
		r.byVenue[x.ID] = x
	}
}

// farthestSeat is how far, in kilometres, a venue may lie from the seat of the municipality it is listed under.
const farthestSeat = 40

// nearestArea is the municipality whose seat is nearest to a venue; "" for
// online rooms and places outside the map.
func (s *Server) nearestArea(x *model.Venue) string {
	best, least := "", float64(farthestSeat)
	if x.Online {
		return best
	}
	for code, m := range s.places {
		if km := model.Kilometres(x.Lat, x.Lon, m.Lat, m.Lon); km < least || km == least && code < best {
			best, least = code, km
		}
	}
	return best
}

func (s *Server) addPeople(r *register) {
	roster := r.board.state.Roster
	list := roster.Problem.People
	r.people, r.byPerson = make([]personEntry, len(list)), make(map[string]*personEntry, len(list))
	swedish, keys := newAlphabet(), make(map[string]string, len(list))
	for i := range list {
		x := s.newEntry(r, &list[i])
		x.needs = roster.Needs(x.Person)
		// Family names repeat; a key made of the two names' is found far sooner than one made anew.
		keys[x.ID] = swedish.key(x.contact.Family) + "\x00" + swedish.key(x.contact.Given) + "\x00" + x.ID
		if x.name == "" { // at the end: the place must not give the name away
			keys[x.ID] = "\xff" + x.ID
		}
		r.people[i] = x
	}
	slices.SortFunc(r.people, func(x, y personEntry) int { return cmp.Compare(keys[x.ID], keys[y.ID]) })
	for i := range r.people {
		x := &r.people[i]
		x.order = i
		r.byPerson[x.ID] = x
		if x.unit != nil {
			x.unit.people = append(x.unit.people, x)
		}
	}
}

func (s *Server) newEntry(r *register, p *model.Person) personEntry {
	x := personEntry{Person: p, unit: r.byUnit[p.Unit]}
	contact, known := s.Programme.People.Contact(p.ID)
	if contact.Protected {
		x.contact = model.Contact{ID: p.ID, Language: contact.Language, Occupation: contact.Occupation, Protected: true}
	} else {
		x.contact, x.name = contact, listName(contact)
		if !known {
			x.name = p.ID
		}
	}
	words := []string{x.name, x.contact.Email, x.contact.Occupation, p.ID}
	if !contact.Protected {
		x.shown = x.unit
	}
	if x.shown != nil {
		words = append(words, x.shown.Name, x.shown.areaName)
	}
	x.search = strings.ToLower(strings.Join(words, " "))
	return x
}

// listName has the family name first, as the list is sorted.
func listName(c model.Contact) string {
	if c.Family == "" || c.Given == "" {
		return c.Family + c.Given
	}
	return c.Family + ", " + c.Given
}

// addSeminar hands a seminar's seats out; seminars come by time.
func (r *register) addSeminar(c *card, now time.Time) {
	told := c.Before != nil
	x := seat{card: c, over: told && !c.end.After(now)}
	for _, p := range c.Attendees {
		if e := r.byPerson[p]; e != nil {
			e.seats = append(e.seats, x)
		}
	}
	for _, p := range c.Leaders {
		if e := r.byPerson[p]; e != nil {
			e.leads = append(e.leads, x)
		}
	}
	v := r.byVenue[c.Venue]
	if v == nil || c.Standing == model.ToCancel {
		return
	}
	v.seats = append(v.seats, x)
	if x.over {
		v.held++
		return
	}
	v.ahead++
	v.attendees += len(c.Attendees)
	if v.next == nil {
		v.next = c
	}
}

// count adds up a person's seats.
func (x *personEntry) count(r *model.Roster) {
	for _, seat := range x.seats {
		switch {
		case seat.Tier != x.Tier || seat.Standing == model.ToCancel:
			continue
		case seat.over:
			x.done++
			x.time += r.Modules[seat.Module].Minutes
			continue
		case seat.Before != nil && slices.Contains(seat.Before.Attendees, x.ID):
			x.booked++
		default:
			x.draft++
		}
		if x.next == nil {
			x.next = seat.card
		}
	}
	for _, seat := range x.leads {
		switch {
		case seat.over:
			x.led++
		case x.next == nil || seat.start.Before(x.next.start):
			x.next = seat.card
		}
	}
}

func (u *unitEntry) count() {
	for _, x := range u.people {
		u.time += x.time
		if len(x.needs) == 0 {
			continue
		}
		u.staff++
		u.missing += x.missing()
		if x.done >= len(x.needs) {
			u.trained++
		}
	}
}
