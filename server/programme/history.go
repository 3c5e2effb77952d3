package programme

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"sync"

	"kaskad/model"
	"kaskad/server/store"
)

// Happening says what happened to somebody or something in one journal entry.
type Happening string

const (
	Invited   Happening = "invited"   // has a seat in the seminar from now on
	Removed   Happening = "removed"   // has the seat no more
	Assigned  Happening = "assigned"  // leads the seminar from now on
	Relieved  Happening = "relieved"  // leads it no more
	Moved     Happening = "moved"     // the seminar has a new time
	Rehoused  Happening = "rehoused"  // the seminar has a new venue
	Cancelled Happening = "cancelled" // the seminar is cancelled
	Joined    Happening = "joined"    // is in the roster from now on
	Left      Happening = "left"      // is in the roster no more
	Amended   Happening = "amended"   // details of the roster have changed
	Readdress Happening = "readdress" // the calendar address was renewed
	Renamed   Happening = "renamed"   // name or address were changed
	Merged    Happening = "merged"    // another record of the same person was merged in
	Missed    Happening = "missed"    // had a seat and did not come
	Reseated  Happening = "reseated"  // of a seminar: attendees came or went
	Locked    Happening = "locked"    // of a seminar: its locks were changed
)

// HistoryLine is one thing in the life of a person, unit, venue or seminar.
type HistoryLine struct {
	Seq    uint64
	At     int64 // milliseconds since 1970
	Actor  string
	What   Happening
	Before *model.PublishedSeminar // of a seminar that was moved; else nil
	Now    *model.PublishedSeminar // the seminar it is about; nil for the roster
	Fields []string                // of an amendment: the names of the fields in the open format
	Person string                  // of a seminar: who leads it from now on, or no more
	In     int                     // of a seminar: how many came to it
	Out    int                     // and how many went
}

// SubjectKind keeps the ids of people, units, venues and seminars apart.
type SubjectKind byte

const (
	PersonSubject  SubjectKind = 'p'
	UnitSubject    SubjectKind = 'u'
	VenueSubject   SubjectKind = 'v'
	SeminarSubject SubjectKind = 's'
)

type subject struct {
	kind SubjectKind
	id   string
}

// History is what the journal tells of each person, unit, venue and seminar. It
// folds the journal a second time, from its first entry, when it is first asked,
// and from then on only what is new. What changed is the difference between the
// States before and after an entry, so that it holds for every kind of event.
type History struct {
	service *Service

	mu    sync.Mutex
	state *model.State
	lines map[subject][]HistoryLine
}

func newHistory(s *Service) *History {
	return &History{service: s, state: model.NewState(), lines: map[subject][]HistoryLine{}}
}

// Of lists what happened to one subject, newest first, by the journal as it stands.
func (h *History) Of(ctx context.Context, kind SubjectKind, id string) ([]HistoryLine, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.follow(ctx); err != nil {
		return nil, err
	}
	list := slices.Clone(h.lines[subject{kind, id}])
	slices.Reverse(list)
	return list, nil
}

func (h *History) follow(ctx context.Context) error {
	newest := h.service.State()
	if h.state.Seq >= newest.Seq {
		return nil
	}
	err := h.service.store.Entries(ctx, h.service.ID, h.state.Seq+1, func(e store.Entry) error {
		if e.Seq > newest.Seq {
			return nil
		}
		events, err := model.DecodeEvents(e.Events)
		if err != nil {
			return err
		}
		entry := model.Entry{Seq: e.Seq, At: e.At, Actor: e.Actor, Events: events}
		next := newest // the last one has been folded already
		if e.Seq < newest.Seq {
			if next, err = h.state.Apply(entry, h.service.blob); err != nil {
				return err
			}
		}
		h.take(entry, h.state, next)
		h.state = next
		return nil
	})
	return err
}

// take writes down what an entry did.
func (h *History) take(e model.Entry, before, now *model.State) {
	line := HistoryLine{Seq: e.Seq, At: e.At, Actor: e.Actor}
	for _, id := range slices.Sorted(maps.Keys(now.Seminars)) {
		if was, is := before.Seminars[id], now.Seminars[id]; was != is {
			h.seminar(line, was, is)
		}
	}
	for _, person := range slices.Sorted(maps.Keys(now.Feeds)) {
		if before.Feeds[person] != now.Feeds[person] {
			h.add(PersonSubject, person, line.as(Readdress))
		}
	}
	if before.Roster != now.Roster && before.Roster != nil {
		h.roster(line, before.Roster, now.Roster)
	}
	for _, event := range e.Events { // what leaves no trace in the State
		switch x := event.(type) {
		case model.ContactsChanged:
			for _, person := range x.People {
				h.add(PersonSubject, person, line.as(Renamed))
			}
		case model.PeopleMerged:
			h.add(PersonSubject, x.Keep, line.as(Merged))
		case model.LockSet:
			if is := now.Seminars[x.Seminar]; is != nil {
				locked := line.as(Locked)
				locked.Now = is
				h.add(SeminarSubject, is.ID, locked)
			}
		}
	}
}

func (l HistoryLine) as(what Happening) HistoryLine {
	l.What = what
	return l
}

func (h *History) add(kind SubjectKind, id string, line HistoryLine) {
	key := subject{kind, id}
	h.lines[key] = append(h.lines[key], line)
}

// seminar writes down how one seminar changed, for itself and for all in it.
func (h *History) seminar(line HistoryLine, was, is *model.PublishedSeminar) {
	line.Now = is
	if was == nil {
		was = &model.PublishedSeminar{Seminar: model.Seminar{Slot: is.Slot, Venue: is.Venue}}
		h.add(SeminarSubject, is.ID, line.as(Joined))
	}
	line.Before = was
	if is.Cancelled && !was.Cancelled {
		for _, p := range slices.Concat(was.Attendees, was.Leaders) {
			h.add(PersonSubject, p, line.as(Cancelled))
		}
		h.add(SeminarSubject, is.ID, line.as(Cancelled))
		h.add(VenueSubject, is.Venue, line.as(Cancelled))
		return
	}
	h.people(line, was.Absent, is.Absent, Missed, Invited)
	came := func(list []string, absent ...[]string) []string { // whose absence is said already
		return slices.DeleteFunc(slices.Clone(list), func(p string) bool { return slices.Contains(slices.Concat(absent...), p) })
	}
	h.people(line, came(was.Attendees, is.Absent), came(is.Attendees, was.Absent), Invited, Removed)
	h.people(line, was.Leaders, is.Leaders, Assigned, Relieved)
	if was.ID != "" {
		h.company(line, was, is)
	}
	for _, change := range []struct {
		what     Happening
		happened bool
	}{{Moved, was.Slot != is.Slot}, {Rehoused, was.Venue != is.Venue}} {
		if !change.happened {
			continue
		}
		h.add(SeminarSubject, is.ID, line.as(change.what))
		for _, p := range slices.Concat(is.Attendees, is.Leaders) {
			if slices.Contains(was.Attendees, p) || slices.Contains(was.Leaders, p) {
				h.add(PersonSubject, p, line.as(change.what))
			}
		}
	}
	if was.Venue != is.Venue {
		h.add(VenueSubject, was.Venue, line.as(Rehoused))
		h.add(VenueSubject, is.Venue, line.as(Rehoused))
	}
}

// company writes down for the seminar itself who leads it and how many attend.
func (h *History) company(line HistoryLine, was, is *model.PublishedSeminar) {
	for _, change := range []struct {
		what  Happening
		these []string
		those []string
	}{{Relieved, was.Leaders, is.Leaders}, {Assigned, is.Leaders, was.Leaders}} {
		for _, p := range change.these {
			if !slices.Contains(change.those, p) {
				led := line.as(change.what)
				led.Person = p
				h.add(SeminarSubject, is.ID, led)
			}
		}
	}
	seated := line.as(Reseated)
	seated.In, seated.Out = fresh(was.Attendees, is.Attendees), fresh(is.Attendees, was.Attendees)
	if seated.In+seated.Out > 0 {
		h.add(SeminarSubject, is.ID, seated)
	}
}

// fresh counts who is in the second list and not in the first.
func fresh(was, is []string) (n int) {
	for _, p := range is {
		if !slices.Contains(was, p) {
			n++
		}
	}
	return n
}

// people writes down who came into a seminar and who went out of it.
func (h *History) people(line HistoryLine, was, is []string, came, went Happening) {
	for _, p := range is {
		if !slices.Contains(was, p) {
			h.add(PersonSubject, p, line.as(came))
		}
	}
	for _, p := range was {
		if !slices.Contains(is, p) {
			h.add(PersonSubject, p, line.as(went))
		}
	}
}

// roster writes down what is new, gone and changed in the roster.
func (h *History) roster(line HistoryLine, was, is *model.Roster) {
	compare(h, line, PersonSubject, was.People, is.People)
	compare(h, line, UnitSubject, was.Units, is.Units)
	compare(h, line, VenueSubject, was.Venues, is.Venues)
}

func compare[T any](h *History, line HistoryLine, kind SubjectKind, was, is map[string]*T) {
	for _, id := range slices.Sorted(maps.Keys(is)) {
		before, now := was[id], is[id]
		if before == nil {
			h.add(kind, id, line.as(Joined))
			continue
		}
		if fields := differing(before, now); len(fields) > 0 {
			changed := line.as(Amended)
			changed.Fields = fields
			h.add(kind, id, changed)
		}
	}
	for id := range was {
		if is[id] == nil {
			h.add(kind, id, line.as(Left))
		}
	}
}

// differing names the fields of two records of the open format that differ.
func differing[T any](a, b *T) []string {
	x, y := reflect.ValueOf(*a), reflect.ValueOf(*b)
	var fields []string
	for i := range x.NumField() {
		if !reflect.DeepEqual(x.Field(i).Interface(), y.Field(i).Interface()) {
			fields = append(fields, x.Type().Field(i).Name)
		}
	}
	return fields
}
