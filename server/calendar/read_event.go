package calendar

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	ical "github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"

	"kaskad/model"
)

// event is what matters of an event: when it keeps somebody busy.
type event struct {
	uid        string
	start      time.Time
	length     time.Duration // of an event by the clock
	days       int           // of an event of whole days; 0 of one by the clock
	free       bool          // it keeps nobody busy
	recurrence time.Time     // the occurrence it stands for; zero of any other
	following  bool          // it also says how those after that one are (RANGE=THISANDFUTURE)
	changes    []*event      // those that say so of this one, by the occurrence
	rule       string        // RRULE; "" for none
	more       []time.Time   // RDATE
	except     []time.Time   // EXDATE by the clock
	exceptDays []time.Time   // EXDATE of whole days
}

var errNoTime = errors.New("calendar: an event without a time")

func (r *reader) event(c *ical.Component) (*event, error) {
	e := &event{uid: value(c, ical.PropUID), free: free(c), rule: value(c, ical.PropRecurrenceRule)}
	p := c.Props.Get(ical.PropDateTimeStart)
	if p == nil {
		return nil, errNoTime
	}
	start, whole, err := r.moment(p, p.Value)
	if err != nil {
		return nil, err
	}
	e.start = start
	if err := r.length(e, c, whole); err != nil {
		return nil, err
	}
	if p := c.Props.Get(ical.PropRecurrenceID); p != nil {
		if e.recurrence, _, err = r.moment(p, p.Value); err != nil {
			return nil, err
		}
		e.following = strings.EqualFold(p.Params.Get(ical.ParamRange), "THISANDFUTURE")
		e.rule = ""
	}
	return e, r.exceptions(e, c)
}

// free tells whether an event leaves the time free: cancelled, transparent, or
// marked so by Outlook, which writes whole days as opaque.
func free(c *ical.Component) bool {
	switch strings.ToUpper(value(c, "X-MICROSOFT-CDO-BUSYSTATUS")) {
	case "FREE", "WORKINGELSEWHERE":
		return true
	}
	return strings.EqualFold(value(c, ical.PropStatus), "CANCELLED") || strings.EqualFold(value(c, ical.PropTransparency), "TRANSPARENT")
}

func value(c *ical.Component, name string) string {
	if p := c.Props.Get(name); p != nil {
		return strings.TrimSpace(p.Value)
	}
	return ""
}

// longestEvent keeps one event from covering a programme by a slip.
const longestEvent = 400 * day

func (r *reader) length(e *event, c *ical.Component, whole bool) error {
	end := c.Props.Get(ical.PropDateTimeEnd)
	text := value(c, ical.PropDuration)
	switch {
	case end != nil:
		until, _, err := r.moment(end, end.Value)
		if err != nil {
			return err
		}
		e.length = until.Sub(e.start)
	case text != "":
		length, err := duration(text)
		if err != nil {
			return err
		}
		e.length = length
	case whole:
		e.length = day
	}
	if e.length < 0 || e.length > longestEvent {
		return errors.New("calendar: an event that ends before it begins, or never")
	}
	if whole {
		e.days = max(1, int((e.length+day/2)/day)) // a day of 23 or 25 hours is one
	}
	return nil
}

// end is when an occurrence ends: days are days of the calendar, whatever the clocks do.
func (e *event) end(start time.Time) time.Time {
	if e.days > 0 {
		return start.AddDate(0, 0, e.days)
	}
	return start.Add(e.length)
}

func (r *reader) exceptions(e *event, c *ical.Component) error {
	for _, p := range c.Props[ical.PropExceptionDates] {
		for text := range strings.SplitSeq(p.Value, ",") {
			when, whole, err := r.moment(&p, text)
			if err != nil {
				return err
			}
			if whole {
				e.exceptDays = append(e.exceptDays, when)
			} else {
				e.except = append(e.except, when)
			}
		}
	}
	for _, p := range c.Props[ical.PropRecurrenceDates] {
		for text := range strings.SplitSeq(p.Value, ",") {
			begin, _, _ := strings.Cut(text, "/")
			when, _, err := r.moment(&p, begin)
			if err != nil {
				return err
			}
			e.more = append(e.more, when)
		}
	}
	return nil
}

// occupy adds every occurrence of an event.
func (r *reader) occupy(ctx context.Context, e *event) error {
	if e.free && len(e.changes) == 0 {
		return nil
	}
	starts := []time.Time{e.start}
	if e.rule != "" {
		var err error
		if starts, err = r.repeated(ctx, e); err != nil {
			return err
		}
	}
	for _, start := range append(starts, e.more...) {
		if e.recurrence.IsZero() && (r.replaced[instance{e.uid, start.Unix()}] || e.isExcepted(start)) {
			continue
		}
		if len(r.busy) > maxOccurrences {
			return nil // the caller sees it
		}
		if as, start := e.asOf(start); !as.free {
			r.take(e.uid, start, as.end(start))
		}
	}
	return nil
}

// asOf is an occurrence as the last change before it leaves it, and when that
// begins: moved by as many days, to the same time by the clock, as the occurrence
// the change names (RFC 5545 3.8.4.4 gives it as a difference).
func (e *event) asOf(start time.Time) (*event, time.Time) {
	as := e
	for _, c := range e.changes {
		if c.recurrence.After(start) {
			break
		}
		as = c
	}
	if as == e {
		return e, start
	}
	zone := e.start.Location()
	from, to := as.recurrence.In(zone), as.start.In(zone)
	year, month, date := start.Date()
	hour, minute, second := to.Clock()
	return as, time.Date(year, month, date+daysBetween(from, to), hour, minute, second, 0, zone)
}

// daysBetween counts the midnights from one moment to another in its zone.
func daysBetween(from, to time.Time) int {
	midnight := func(t time.Time) time.Time {
		year, month, date := t.Date()
		return time.Date(year, month, date, 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(to).Sub(midnight(from)) / day)
}

// slack is how far from where its rule puts them changes may move occurrences.
func (e *event) slack() (most time.Duration) {
	for _, c := range e.changes {
		most = max(most, c.start.Sub(c.recurrence).Abs()+c.end(c.start).Sub(c.start))
	}
	return min(most, longestEvent)
}

func (e *event) isExcepted(start time.Time) bool {
	if slices.ContainsFunc(e.except, start.Equal) {
		return true
	}
	return slices.ContainsFunc(e.exceptDays, func(d time.Time) bool {
		y, m, n := start.Date()
		return d.Year() == y && d.Month() == m && d.Day() == n
	})
}

// Rules that would be tried for longer than they are worth.
var refusedParts = []string{"BYHOUR", "BYMINUTE", "BYSECOND", "BYEASTER"}

const (
	earliestRule = 1970
	maxRule      = 300 // characters
	maxTries     = 50_000
)

// repeated lists when a repeated event begins, as far as it is wanted.
func (r *reader) repeated(ctx context.Context, e *event) ([]time.Time, error) {
	rule, err := ruleFor(e)
	if err != nil {
		return nil, err
	}
	var starts []time.Time
	from, to := r.o.From.Add(-e.slack()), r.o.To.Add(e.slack())
	next := rule.Iterator()
	for range maxTries {
		start, more := next()
		if !more || !start.Before(to) || ctx.Err() != nil {
			return starts, nil
		}
		if e.end(start).After(from) {
			starts = append(starts, start)
		}
	}
	return nil, errors.New("calendar: an event repeated without end")
}

var untilDay = regexp.MustCompile(`UNTIL=\d{8}(;|$)`)

func ruleFor(e *event) (rule *rrule.RRule, err error) {
	defer func() {
		if p := recover(); p != nil {
			rule, err = nil, errors.New("calendar: a rule that cannot be read")
		}
	}()
	text := strings.ToUpper(e.rule)
	if len(text) > maxRule || slices.ContainsFunc(refusedParts, func(part string) bool { return strings.Contains(text, part) }) {
		return nil, errors.New("calendar: a rule that is not read")
	}
	option, err := rrule.StrToROptionInLocation(text, e.start.Location())
	if err != nil {
		return nil, err
	}
	if option.Freq > rrule.DAILY || e.start.Year() < earliestRule || option.Interval < 0 || option.Interval > 1000 {
		return nil, errors.New("calendar: a rule that is not read")
	}
	if e.days == 0 && untilDay.MatchString(text) { // many mean the whole of that day
		option.Until = option.Until.Add(day - time.Second)
	}
	option.Dtstart = e.start
	return rrule.NewRRule(*option)
}

// freeBusy adds the busy times of a VFREEBUSY.
func (r *reader) freeBusy(c *ical.Component) error {
	var failed error
	for _, p := range c.Props[ical.PropFreeBusy] {
		if strings.EqualFold(p.Params.Get("FBTYPE"), "FREE") {
			continue
		}
		for text := range strings.SplitSeq(p.Value, ",") {
			if i, err := r.period(&p, text); err != nil {
				failed = err
			} else if len(r.busy) <= maxOccurrences {
				r.take("", i.From, i.To)
			}
		}
	}
	return failed
}

// period is a PERIOD, RFC 5545 3.3.9.
func (r *reader) period(p *ical.Prop, text string) (model.Interval, error) {
	begin, rest, ok := strings.Cut(strings.TrimSpace(text), "/")
	if !ok {
		return model.Interval{}, errNoTime
	}
	from, _, err := r.moment(p, begin)
	if err != nil {
		return model.Interval{}, err
	}
	if strings.HasPrefix(rest, "P") || strings.HasPrefix(rest, "+P") {
		length, err := duration(rest)
		return model.Interval{From: from, To: from.Add(length)}, err
	}
	to, _, err := r.moment(p, rest)
	return model.Interval{From: from, To: to}, err
}

// duration is a DURATION, RFC 5545 3.3.6, of at most longestEvent.
func duration(text string) (time.Duration, error) {
	text = strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "+")
	rest, ok := strings.CutPrefix(text, "P")
	if !ok || rest == "" {
		return 0, errNoTime
	}
	var total time.Duration
	inTime, digits := false, 0
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == 'T' && !inTime && digits == i:
			inTime, digits = true, i+1
		case c >= '0' && c <= '9':
		default:
			unit, known := durationUnits[unitKey{c, inTime}]
			n, err := strconv.Atoi(rest[digits:i])
			if !known || err != nil || n > int(longestEvent/unit) {
				return 0, errNoTime
			}
			total, digits = total+time.Duration(n)*unit, i+1
		}
	}
	if digits != len(rest) || total > longestEvent {
		return 0, errNoTime
	}
	return total, nil
}

type unitKey struct {
	letter byte
	inTime bool
}

var durationUnits = map[unitKey]time.Duration{{'W', false}: 7 * day, {'D', false}: day, {'H', true}: time.Hour, {'M', true}: time.Minute, {'S', true}: time.Second}
