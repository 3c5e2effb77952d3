package calendar

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	ical "github.com/emersion/go-ical"

	"kaskad/model"
)

// Bounds of what is read: anybody's calendar comes in here, and some are hostile.
const (
	MaxRead        = 5 << 20 // bytes of a calendar
	maxComponents  = 20_000
	maxEventBytes  = 256 << 10
	maxNesting     = 4
	maxOccurrences = 20_000 // of all events together
	maxChanges     = 100    // of the rest of one repeated event
)

// ReadOptions say how a calendar is read.
type ReadOptions struct {
	From, To time.Time      // what lies outside is left out
	Zone     *time.Location // of times without one
	// Ours tells of an event that it is one of our own, read back: it makes
	// nobody busy. Nil: none is.
	Ours func(uid string, start, end time.Time) bool
}

// Reading is when somebody is busy by a calendar, and nothing else of it.
type Reading struct {
	Busy    []model.Interval // by time, apart from each other, whole minutes, in UTC
	Events  int              // how many events and busy times were looked at
	Dropped int              // of them, how many could not be read
	Guessed int              // times whose zone nobody knows, read as the programme's
}

// ReadBusy reads when somebody is busy by a calendar of anybody's making: events
// and free/busy, repeated ones with their exceptions. An event that cannot be
// read is dropped and counted, never the calendar. The error is a *model.Error
// with a sentence when it is no calendar, too large, or takes longer than ctx.
func ReadBusy(ctx context.Context, data []byte, o ReadOptions) (Reading, error) {
	if len(data) > MaxRead {
		return Reading{}, model.Errorf(model.Invalid, "busy.too-large", "the calendar is larger than %d MB", MaxRead>>20)
	}
	blocks, err := components(data)
	if err != nil {
		return Reading{}, err
	}
	r := reader{o: o, zones: map[string]zoneFound{}, replaced: map[instance]bool{}}
	var events []*event
	for _, block := range blocks {
		if err := r.spent(ctx); err != nil {
			return Reading{}, err
		}
		r.result.Events++
		c, err := decoded(block)
		if err == nil && c.Name == ical.CompFreeBusy {
			err = r.freeBusy(c)
		} else if err == nil {
			var e *event
			if e, err = r.event(c); err == nil {
				events = append(events, e)
			}
		}
		if err != nil {
			r.result.Dropped++
		}
	}
	r.connect(events)
	for _, e := range events {
		if err := r.spent(ctx); err != nil {
			return Reading{}, err
		}
		if err := r.occupy(ctx, e); err != nil {
			r.result.Dropped++
		}
	}
	if err := r.spent(ctx); err != nil {
		return Reading{}, err
	}
	r.result.Busy = model.Joined(r.busy)
	return r.result, nil
}

// connect tells repeated events what others say of their occurrences.
func (r *reader) connect(events []*event) {
	changes := map[string][]*event{}
	for _, e := range events {
		if e.recurrence.IsZero() {
			continue
		}
		r.replaced[instance{e.uid, e.recurrence.Unix()}] = true
		if e.following && len(changes[e.uid]) < maxChanges {
			changes[e.uid] = append(changes[e.uid], e)
		}
	}
	for _, list := range changes {
		slices.SortStableFunc(list, func(a, b *event) int { return a.recurrence.Compare(b.recurrence) })
	}
	for _, e := range events {
		if e.recurrence.IsZero() && e.rule != "" {
			e.changes = changes[e.uid]
		}
	}
}

// reader gathers busy times.
type reader struct {
	o        ReadOptions
	zones    map[string]zoneFound
	replaced map[instance]bool // occurrences that an event of their own stands for
	busy     []model.Interval
	result   Reading
}

// instance is one occurrence of a repeated event.
type instance struct {
	uid  string
	unix int64
}

// spent tells when a calendar asks for more than it should.
func (r *reader) spent(ctx context.Context) error {
	if ctx.Err() != nil || len(r.busy) > maxOccurrences {
		return model.Errorf(model.Invalid, "busy.too-complex", "the calendar holds more than can be read; publish a shorter stretch of time")
	}
	return nil
}

// take adds a busy time, as far as it is wanted: whole minutes, so that nothing
// of how it was made shows.
func (r *reader) take(uid string, start, end time.Time) {
	if r.o.Ours != nil && r.o.Ours(uid, start, end) {
		return
	}
	from, to := start.UTC().Truncate(time.Minute), end.UTC()
	if cut := to.Truncate(time.Minute); cut.Before(to) {
		to = cut.Add(time.Minute)
	}
	if from.Before(r.o.From) {
		from = r.o.From.UTC()
	}
	if to.After(r.o.To) {
		to = r.o.To.UTC()
	}
	if from.Before(to) {
		r.busy = append(r.busy, model.Interval{From: from, To: to})
	}
}

// decoded reads one component by itself. go-ical's decoder panics on some lines.
func decoded(block []byte) (c *ical.Component, err error) {
	defer func() {
		if p := recover(); p != nil {
			c, err = nil, fmt.Errorf("calendar: unreadable: %v", p)
		}
	}()
	whole := bytes.Join([][]byte{[]byte("BEGIN:VCALENDAR\r\n"), block, frameEnd}, nil)
	parsed, err := ical.NewDecoder(bytes.NewReader(whole)).Decode()
	if err != nil {
		return nil, err
	}
	if len(parsed.Children) != 1 {
		return nil, errors.New("calendar: not one component")
	}
	return parsed.Children[0], nil
}
