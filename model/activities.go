package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Credit says what gives a participant of an activity minutes.
type Credit string

const (
	CreditNone       Credit = "none"       // nothing: it is offered, not counted
	CreditAttendance Credit = "attendance" // having been there, each time it is held
	CreditCompletion Credit = "completion" // having finished it, once
)

// ActivityType is a kind of activity as a programme has it. Types are data: a
// programme brings its own. Seminars with a plan of seats are the scheduler's
// and no type of these.
type ActivityType struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Dated   bool   `json:"dated"` // it is held at given times, and shows in calendars
	Named   bool   `json:"named"` // it has named participants; otherwise people drop in and are counted
	Credit  Credit `json:"credit"`
	Minutes int    `json:"minutes"` // credited each time, or once, unless the activity says otherwise
	Funder  string `json:"funder,omitempty"`
}

// Activity is one theme day, course, mentor pair or the like.
type Activity struct {
	ID        string     `json:"id"`
	Type      string     `json:"type"`
	Name      string     `json:"name"`
	Area      string     `json:"area,omitempty"` // as units have it
	Place     string     `json:"place,omitempty"`
	Link      string     `json:"link,omitempty"` // https address
	Leaders   []string   `json:"leaders,omitempty"`
	People    []string   `json:"people,omitempty"` // the named participants, sorted
	Times     []Interval `json:"times,omitempty"`  // by start; whole minutes
	Minutes   int        `json:"minutes"`          // credited each time, or once
	Cancelled bool       `json:"cancelled,omitempty"`
	Sequence  int        `json:"sequence,omitempty"` // RFC 5545 3.8.7.4: rises when times or place change, or it is cancelled
	Stamp     int64      `json:"stamp,omitempty"`    // seconds since 1970 of the last change; set when folded
	// Held is what is recorded of each time by its start (RFC 3339, UTC), or under "" of an activity without times.
	Held map[string]Participation `json:"held,omitempty"`
}

// Participation is who took part.
type Participation struct {
	People []string `json:"people,omitempty"` // of those named, sorted
	Heads  int      `json:"heads,omitempty"`  // who dropped in
}

// ActivityBook is a programme's activities besides seminars.
type ActivityBook struct {
	Types  []ActivityType `json:"types,omitempty"` // in the order people see them
	List   []*Activity    `json:"list,omitempty"`  // by id
	Issued int            `json:"issued,omitempty"`
}

// Type finds a type; nil if there is none.
func (b ActivityBook) Type(id string) *ActivityType {
	return find(b.Types, func(t *ActivityType) bool { return t.ID == id })
}

// Find finds an activity; nil if there is none.
func (b ActivityBook) Find(id string) *Activity {
	for _, a := range b.List {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// Of lists the activities somebody takes part in or leads, by id.
func (b ActivityBook) Of(person string) (list []*Activity) {
	for _, a := range b.List {
		if slices.Contains(a.People, person) || slices.Contains(a.Leaders, person) {
			list = append(list, a)
		}
	}
	return list
}

// completes: the activity credits its completion, whatever its times.
func (b ActivityBook) completes(a *Activity) bool {
	t := b.Type(a.Type)
	return t != nil && t.Credit == CreditCompletion
}

// Occasion is the key of a time in Held.
func Occasion(t Interval) string { return t.From.UTC().Format(time.RFC3339) }

// ActivityTypesSet replaces the types.
type ActivityTypesSet struct {
	Types []ActivityType `json:"types"`
}

// ActivitySaved keeps a new or changed activity.
type ActivitySaved struct {
	Activity Activity `json:"activity"`
}

// ActivityCancelled calls an activity off.
type ActivityCancelled struct {
	ID string `json:"id"`
}

// ParticipationRecorded says who took part; recording it again corrects it.
type ParticipationRecorded struct {
	Activity      string        `json:"activity"`
	Occasion      string        `json:"occasion"`
	Participation Participation `json:"participation"`
}

func (ActivityTypesSet) eventType() string      { return "activity.types" }
func (ActivitySaved) eventType() string         { return "activity.saved" }
func (ActivityCancelled) eventType() string     { return "activity.cancelled" }
func (ParticipationRecorded) eventType() string { return "activity.participation" }

// SetActivityTypes replaces the programme's types. A type that activities are
// of stays.
type SetActivityTypes struct{ Types []ActivityType }

func (c SetActivityTypes) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	if err := ValidateTypes(c.Types); err != nil {
		return Decision{}, err
	}
	for _, a := range s.Activities.List {
		if !slices.ContainsFunc(c.Types, func(t ActivityType) bool { return t.ID == a.Type }) {
			return Decision{}, Errorf(Conflict, "error.type-in-use", "the type of %q is missing; keep it, or change the activity first", a.Name)
		}
	}
	return Decision{Events: []Event{ActivityTypesSet{c.Types}}}, nil
}

// ValidateTypes finds the first fault in a list of types, and says where.
func ValidateTypes(types []ActivityType) error {
	seen := map[string]bool{}
	for i, t := range types {
		where := fmt.Sprintf("types[%d]", i)
		switch {
		case strings.TrimSpace(t.ID) == "" || strings.TrimSpace(t.Name) == "":
			return Errorf(Invalid, "error.type-name", "%s: a type needs an id and a name", where)
		case seen[t.ID]:
			return Errorf(Invalid, "error.type-twice", "%s: the id %q is there twice", where, t.ID)
		case t.Credit != CreditNone && t.Credit != CreditAttendance && t.Credit != CreditCompletion:
			return Errorf(Invalid, "error.type-credit", `%s: credit is %q; it can be "none", "attendance" or "completion"`, where, t.Credit)
		case t.Credit == CreditAttendance && !t.Dated, t.Credit != CreditNone && !t.Named:
			return Errorf(Invalid, "error.type-fits", "%s: minutes for attendance need times and named participants, and minutes for completion need named participants", where)
		case t.Minutes < 0 || t.Minutes > mostMinutes:
			return Errorf(Invalid, "error.type-minutes", "%s: minutes must be between 0 and %d", where, mostMinutes)
		}
		seen[t.ID] = true
	}
	return nil
}

const (
	mostMinutes = 10_000 // a full month's work
	mostTimes   = 200
	longestName = 200 // runes
)

// SaveActivity keeps a new activity, one without ID, or changes one.
type SaveActivity struct{ Activity Activity }

func (c SaveActivity) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	a := c.Activity
	a.People, a.Leaders = tidy(a.People), tidy(a.Leaders)
	a.Times = slices.SortedFunc(slices.Values(a.Times), func(x, y Interval) int { return x.From.Compare(y.From) })
	if err := s.canSave(&a); err != nil {
		return Decision{}, err
	}
	a.Stamp, a.Held, a.Sequence, a.Cancelled = 0, nil, 0, false
	if a.ID == "" {
		a.ID = fmt.Sprintf("A%05d", s.Activities.Issued+1)
		return Decision{Events: []Event{ActivitySaved{a}}}, nil
	}
	before := s.Activities.Find(a.ID)
	if before == nil {
		return Decision{}, Errorf(NotFound, "error.no-activity", "there is no activity %s", a.ID)
	}
	if before.Cancelled {
		return Decision{}, Errorf(Conflict, "error.activity-cancelled", "this activity has been cancelled")
	}
	for _, held := range slices.Sorted(maps.Keys(before.Held)) {
		if held != "" && !slices.ContainsFunc(a.Times, func(t Interval) bool { return Occasion(t) == held }) {
			return Decision{}, Errorf(Conflict, "error.occasion-held", "participation is recorded for a time that would be gone; keep that time")
		}
	}
	return Decision{Events: []Event{ActivitySaved{a}}}, nil
}

func tidy(people []string) []string { return slices.Compact(slices.Sorted(slices.Values(people))) }

func (s *State) canSave(a *Activity) error {
	t := s.Activities.Type(a.Type)
	n := utf8.RuneCountInString(strings.TrimSpace(a.Name))
	switch {
	case t == nil:
		return Errorf(Invalid, "error.no-type", "choose what kind of activity it is")
	case n == 0 || n > longestName:
		return Errorf(Invalid, "error.activity-name", "give the activity a name of at most %d characters", longestName)
	case t.Dated && len(a.Times) == 0:
		return Errorf(Invalid, "error.activity-times", "say when it is held")
	case !t.Dated && len(a.Times) > 0:
		return Errorf(Invalid, "error.activity-undated", "an activity of this kind has no times")
	case len(a.Times) > mostTimes:
		return Errorf(Invalid, "error.activity-many", "an activity can have %d times at most", mostTimes)
	case !t.Named && len(a.People) > 0:
		return Errorf(Invalid, "error.activity-drop-in", "to an activity of this kind people come without being named")
	case a.Minutes < 0 || a.Minutes > mostMinutes:
		return Errorf(Invalid, "error.activity-minutes", "minutes must be between 0 and %d", mostMinutes)
	case a.Link != "" && !strings.HasPrefix(a.Link, "https://"):
		return Errorf(Invalid, "error.activity-link", "a link begins with https://")
	}
	for i, x := range a.Times {
		if !x.From.Before(x.To) {
			return Errorf(Invalid, "error.from-to", "the end must come after the beginning")
		}
		if i > 0 && x.From.Before(a.Times[i-1].To) {
			return Errorf(Invalid, "error.activity-overlap", "two of the times overlap")
		}
	}
	for _, p := range slices.Concat(a.People, a.Leaders) {
		if s.Roster.People[p] == nil {
			return Errorf(NotFound, "error.no-person", "there is no person %s", p)
		}
	}
	return nil
}

// CancelActivity calls an activity off; what has been recorded of it stays.
type CancelActivity struct{ ID string }

func (c CancelActivity) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	switch a := s.Activities.Find(c.ID); {
	case a == nil:
		return Decision{}, Errorf(NotFound, "error.no-activity", "there is no activity %s", c.ID)
	case a.Cancelled:
		return Decision{}, Errorf(Conflict, "error.activity-cancelled", "this activity has been cancelled")
	}
	return Decision{Events: []Event{ActivityCancelled(c)}}, nil
}

// RecordParticipation says who took part at one time of an activity, or who has
// finished one without times. A coordinator may do it, and who leads it; not
// before it has begun.
type RecordParticipation struct {
	Activity, Occasion string
	Participation      Participation
	Now                time.Time
}

func (c RecordParticipation) decide(s *State, by Actor) (Decision, error) {
	a := s.Activities.Find(c.Activity)
	if a == nil {
		return Decision{}, Errorf(NotFound, "error.no-activity", "there is no activity %s", c.Activity)
	}
	if by.Role != Coordinator && !slices.Contains(a.Leaders, by.Person) {
		return Decision{}, Errorf(Forbidden, "error.not-your-activity", "only coordinators and who leads the activity may do this")
	}
	at := slices.IndexFunc(a.Times, func(t Interval) bool { return Occasion(t) == c.Occasion })
	switch {
	case at < 0 && (c.Occasion != "" || len(a.Times) > 0 && !s.Activities.completes(a)):
		return Decision{}, Errorf(NotFound, "error.no-occasion", "the activity is not held at that time")
	case at >= 0 && a.Times[at].From.After(c.Now):
		return Decision{}, Errorf(Conflict, "error.activity-not-begun", "it has not begun yet")
	case c.Participation.Heads < 0 || c.Participation.Heads > 100_000:
		return Decision{}, Errorf(Invalid, "error.heads", "how many came is a number from 0 to 100,000")
	}
	now := Participation{People: tidy(c.Participation.People), Heads: c.Participation.Heads}
	for _, p := range now.People {
		if !slices.Contains(a.People, p) {
			return Decision{}, Errorf(Conflict, "error.no-participant", "somebody chosen does not take part in this activity")
		}
	}
	return Decision{Events: []Event{ParticipationRecorded{a.ID, c.Occasion, now}}}, nil
}

func (b *ActivityBook) take(event Event, at int64) error {
	switch e := event.(type) {
	case ActivityTypesSet:
		b.Types = e.Types
		return nil
	case ActivitySaved:
		return b.change(e.Activity.ID, at, func(a *Activity) { *a = e.Activity.after(a) })
	case ActivityCancelled:
		return b.change(e.ID, at, func(a *Activity) {
			a.Cancelled = true
			a.Sequence++
		})
	case ParticipationRecorded:
		return b.change(e.Activity, 0, func(a *Activity) {
			held := maps.Clone(a.Held)
			if held == nil {
				held = map[string]Participation{}
			}
			held[e.Occasion] = e.Participation
			a.Held = held
		})
	}
	return fmt.Errorf("no activity event: %T", event)
}

// after is the activity as saved over what it was.
func (a Activity) after(before *Activity) Activity {
	a.Held, a.Sequence = before.Held, before.Sequence
	same := func(x, y Interval) bool { return x.From.Equal(y.From) && x.To.Equal(y.To) }
	if before.Stamp > 0 && (!slices.EqualFunc(a.Times, before.Times, same) || a.Place != before.Place || a.Link != before.Link) {
		a.Sequence++
	}
	return a
}

// change replaces an activity by a changed copy, or adds it. The stamp rises
// with every change that calendars show: at is milliseconds since 1970, 0 for a
// change they do not.
func (b *ActivityBook) change(id string, at int64, how func(*Activity)) error {
	i, known := slices.BinarySearchFunc(b.List, id, func(a *Activity, id string) int { return strings.Compare(a.ID, id) })
	now := Activity{}
	if known {
		now = *b.List[i]
	}
	stamp := now.Stamp
	how(&now)
	if now.Stamp = stamp; at > 0 {
		now.Stamp = max(at/1000, stamp+1)
	}
	b.List = slices.Clone(b.List)
	if known {
		b.List[i] = &now
		return nil
	}
	if now.ID != id {
		return fmt.Errorf("changes activity %q, which there is not", id)
	}
	b.Issued++
	b.List = slices.Insert(b.List, i, &now)
	return nil
}
