package calendar_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
)

func readOptions(t testing.TB) calendar.ReadOptions {
	return calendar.ReadOptions{From: at(t, "2027-01-01T00:00:00Z"), To: at(t, "2028-01-01T00:00:00Z"), Zone: stockholm(t)}
}

// foreign is a calendar of somebody else's making with these lines in it.
func foreign(lines ...string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n")
}

func vevent(lines ...string) string {
	return "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Hemligt möte\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT"
}

// busyTimes reads a calendar and writes its busy times as Stockholm's clocks show them.
func busyTimes(t testing.TB, data []byte) (string, calendar.Reading) {
	t.Helper()
	r, err := calendar.ReadBusy(t.Context(), data, readOptions(t))
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	var list []string
	for _, i := range r.Busy {
		list = append(list, i.From.In(stockholm(t)).Format("0102-1504")+"/"+i.To.In(stockholm(t)).Format("0102-1504"))
	}
	return strings.Join(list, " "), r
}

func TestBusyTimesOfEveryKindOfEvent(t *testing.T) {
	const nine = "DTSTART;TZID=Europe/Stockholm:20270301T090000\r\nDTEND;TZID=Europe/Stockholm:20270301T100000"
	for _, c := range []struct{ name, event, want string }{
		{"by the clock", vevent(nine), "0301-0900/0301-1000"},
		{"in UTC", vevent("DTSTART:20270301T080000Z", "DTEND:20270301T090000Z"), "0301-0900/0301-1000"},
		{"floating", vevent("DTSTART:20270301T090000", "DURATION:PT1H"), "0301-0900/0301-1000"},
		{"a duration of everything", vevent("DTSTART:20270301T090000", "DURATION:P1DT2H30M10S"), "0301-0900/0302-1131"},
		{"Windows' zone", vevent("DTSTART;TZID=W. Europe Standard Time:20270301T090000", "DTEND;TZID=W. Europe Standard Time:20270301T100000"), "0301-0900/0301-1000"},
		{"Windows' zone of another", vevent("DTSTART;TZID=GMT Standard Time:20270301T090000", "DURATION:PT1H"), "0301-1000/0301-1100"},
		{"Outlook's list of towns", vevent(`DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna":20270301T090000`, "DURATION:PT1H"), "0301-0900/0301-1000"},
		{"a path", vevent("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Helsinki:20270301T090000", "DURATION:PT1H"), "0301-0800/0301-0900"},
		{"a zone nobody knows", vevent("DTSTART;TZID=Customized Time Zone:20270301T090000", "DURATION:PT1H"), "0301-0900/0301-1000"},
		{"a whole day", vevent("DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270302"), "0301-0000/0302-0000"},
		{"a whole day without end", vevent("DTSTART;VALUE=DATE:20270301"), "0301-0000/0302-0000"},
		{"the short day in March", vevent("DTSTART;VALUE=DATE:20270328", "DTEND;VALUE=DATE:20270330"), "0328-0000/0330-0000"},
		{"no length", vevent("DTSTART:20270301T090000"), ""},
		{"cancelled", vevent(nine, "STATUS:CANCELLED"), ""},
		{"transparent", vevent(nine, "TRANSP:TRANSPARENT"), ""},
		{"free in Outlook", vevent(nine, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), ""},
		{"elsewhere in Outlook", vevent(nine, "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"), ""},
		{"tentative", vevent(nine, "STATUS:TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"), "0301-0900/0301-1000"},
		{"before the time wanted", vevent("DTSTART:20260301T090000", "DURATION:PT1H"), ""},
		{"across its beginning", vevent("DTSTART:20261231T230000Z", "DURATION:PT2H"), "0101-0100/0101-0200"},
		{"weekly across the change of clocks", vevent("DTSTART;TZID=Europe/Stockholm:20270322T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"), "0322-0900/0322-1000 0329-0900/0329-1000"},
		{"until a day, that day included", vevent("DTSTART;TZID=Europe/Stockholm:20270301T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20270302"), "0301-0900/0301-1000 0302-0900/0302-1000"},
		{"until an instant", vevent("DTSTART;TZID=Europe/Stockholm:20270301T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20270302T075959Z"), "0301-0900/0301-1000"},
		{"without two of its days", vevent("DTSTART;TZID=Europe/Stockholm:20270301T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4",
			"EXDATE;TZID=Europe/Stockholm:20270302T090000,20270303T090000"), "0301-0900/0301-1000 0304-0900/0304-1000"},
		{"without a whole day", vevent("DTSTART;TZID=Europe/Stockholm:20270301T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;VALUE=DATE:20270302"), "0301-0900/0301-1000"},
		{"with a date more", vevent("DTSTART;TZID=Europe/Stockholm:20270301T090000", "DURATION:PT1H", "RDATE;TZID=Europe/Stockholm:20270305T120000"), "0301-0900/0301-1000 0305-1200/0305-1300"},
		{"one moved", vevent("DTSTART;TZID=Europe/Stockholm:20270301T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2") + "\r\n" +
			vevent("RECURRENCE-ID;TZID=Europe/Stockholm:20270302T090000", "DTSTART;TZID=Europe/Stockholm:20270302T140000", "DURATION:PT1H"), "0301-0900/0301-1000 0302-1400/0302-1500"},
		{"one cancelled, before its rule", vevent("RECURRENCE-ID:20270302T080000Z", "DTSTART:20270302T080000Z", "DURATION:PT1H", "STATUS:CANCELLED") + "\r\n" +
			vevent("DTSTART;TZID=Europe/Stockholm:20270301T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"), "0301-0900/0301-1000"},
		{"the rest moved to the day after and longer", vevent("DTSTART;TZID=Europe/Stockholm:20270315T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4") + "\r\n" +
			vevent("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Stockholm:20270322T090000", "DTSTART;TZID=Europe/Stockholm:20270323T130000", "DURATION:PT2H"),
			"0315-0900/0315-1000 0323-1300/0323-1500 0330-1300/0330-1500 0406-1300/0406-1500"},
		{"the rest cancelled, after one of it moved", vevent("DTSTART;TZID=Europe/Stockholm:20270301T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=5") + "\r\n" +
			vevent("RECURRENCE-ID;TZID=Europe/Stockholm:20270304T090000", "DTSTART;TZID=Europe/Stockholm:20270304T140000", "DURATION:PT1H") + "\r\n" +
			vevent("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Stockholm:20270303T090000", "DTSTART;TZID=Europe/Stockholm:20270303T090000", "DURATION:PT1H", "STATUS:CANCELLED"),
			"0301-0900/0301-1000 0302-0900/0302-1000 0304-1400/0304-1500"},
		{"the rest moved twice", vevent("DTSTART;VALUE=DATE:20270301", "RRULE:FREQ=WEEKLY;COUNT=4") + "\r\n" +
			vevent("RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20270315", "DTSTART;VALUE=DATE:20270317") + "\r\n" +
			vevent("RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20270322", "DTSTART;VALUE=DATE:20270326", "DTEND;VALUE=DATE:20270328"),
			"0301-0000/0302-0000 0308-0000/0309-0000 0317-0000/0318-0000 0326-0000/0328-0000"},
		{"free and busy", "BEGIN:VFREEBUSY\r\nFREEBUSY:20270301T080000Z/PT1H,20270301T100000Z/20270301T110000Z\r\nFREEBUSY;FBTYPE=FREE:20270302T080000Z/PT1H\r\nEND:VFREEBUSY",
			"0301-0900/0301-1000 0301-1100/0301-1200"},
		{"with an alarm and a to-do beside it", vevent(nine, "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDTSTART:20270401T090000\r\nEND:VALARM") + "\r\nBEGIN:VTODO\r\nDTSTART:20270501T090000Z\r\nDUE:20270501T100000Z\r\nEND:VTODO",
			"0301-0900/0301-1000"},
	} {
		if got, r := busyTimes(t, foreign(c.event)); got != c.want || r.Dropped > 0 {
			t.Errorf("%s: busy %q (%d dropped), want %q", c.name, got, r.Dropped, c.want)
		}
	}
}

func TestABrokenEventIsDroppedAndCounted(t *testing.T) {
	good := vevent("DTSTART:20270301T080000Z", "DURATION:PT1H")
	for what, bad := range map[string]string{
		"no start":                  vevent("DTEND:20270301T080000Z"),
		"a start that is none":      vevent("DTSTART:tomorrow"),
		"an end before the start":   vevent("DTSTART:20270301T080000Z", "DTEND:20270301T070000Z"),
		"a hundred years":           vevent("DTSTART:20270301T080000Z", "DURATION:P5000W"),
		"a line that panics":        vevent("DTSTART;A=B", "DURATION:PT1H"),
		"another that panics":       vevent(`DTSTART;A="B"C:20270301T080000Z`),
		"a rule every second":       vevent("DTSTART:20270301T080000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"),
		"a rule with all the hours": vevent("DTSTART:20270301T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYHOUR=0,1,2;BYMINUTE=0,1,2"),
		"a rule that is none":       vevent("DTSTART:20270301T080000Z", "DURATION:PT1H", "RRULE:FREQ=SOMETIMES"),
		"a rule from the stone age": vevent("DTSTART:00010101T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"),
		"an odd duration":           vevent("DTSTART:20270301T080000Z", "DURATION:PT1H1"),
	} {
		got, r := busyTimes(t, foreign(bad, good))
		if r.Dropped != 1 || r.Events != 2 || got != "0301-0900/0301-1000" {
			t.Errorf("%s: busy %q, %d of %d dropped", what, got, r.Dropped, r.Events)
		}
	}
	if _, r := busyTimes(t, foreign(vevent("DTSTART;TZID=Nowhere/Land:20270301T080000", "DURATION:PT1H"))); r.Guessed == 0 {
		t.Error("a zone nobody knows is not counted")
	}
}

func TestWhatIsNoCalendarIsRefused(t *testing.T) {
	for what, c := range map[string]struct {
		data string
		key  string
	}{
		"nothing":         {"", "busy.not-a-calendar"},
		"a web page":      {"<!doctype html><title>Sign in</title>", "busy.not-a-calendar"},
		"half a calendar": {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "busy.cut-off"},
		"crossed ends":    {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "busy.not-a-calendar"},
		"a deep well":     {strings.Repeat("BEGIN:VCALENDAR\n", 100_000), "busy.not-a-calendar"},
		"too much":        {"BEGIN:VCALENDAR\r\n" + strings.Repeat("X:y\r\n", 1_200_000) + "END:VCALENDAR\r\n", "busy.too-large"},
		"too many":        {"BEGIN:VCALENDAR\r\n" + strings.Repeat("BEGIN:VEVENT\r\nEND:VEVENT\r\n", 20_001) + "END:VCALENDAR\r\n", "busy.too-complex"},
	} {
		_, err := calendar.ReadBusy(t.Context(), []byte(c.data), readOptions(t))
		if e, ok := err.(*model.Error); !ok || e.Key != c.key {
			t.Errorf("%s: %v, want %s", what, err, c.key)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := calendar.ReadBusy(ended, foreign(vevent("DTSTART:20270301T080000Z", "DURATION:PT1H")), readOptions(t)); model.CodeOf(err) != model.Invalid {
		t.Errorf("out of time: %v", err)
	}
}

func TestAReadingKeepsNothingPrivate(t *testing.T) {
	o := readOptions(t)
	data := foreign(vevent("DTSTART:20270301T080013Z", "DTEND:20270301T085901Z", "LOCATION:Advokatbyrån", "ATTENDEE;CN=Advokat:mailto:x@y.se"))
	r, err := calendar.ReadBusy(t.Context(), data, o)
	if err != nil || len(r.Busy) != 1 || r.Busy[0].From.Second() != 0 || r.Busy[0].To.Minute() != 0 {
		t.Fatalf("the reading is %+v, %v; want whole minutes", r, err)
	}
	if text := fmt.Sprintf("%+v", r); strings.Contains(text, "Hemligt") || strings.Contains(text, "Advokat") {
		t.Errorf("the reading keeps %s", text)
	}
}

func TestOurOwnSeminarsMakeNobodyBusy(t *testing.T) {
	o := readOptions(t)
	var asked []string
	o.Ours = func(uid string, start, end time.Time) bool {
		asked = append(asked, fmt.Sprint(uid, " ", end.Sub(start)))
		return uid == "a"
	}
	r, err := calendar.ReadBusy(t.Context(), foreign(vevent("DTSTART:20270301T080000Z", "DURATION:PT1H"), "BEGIN:VFREEBUSY\r\nFREEBUSY:20270302T080000Z/PT1H\r\nEND:VFREEBUSY"), o)
	if err != nil || len(r.Busy) != 1 || !slices.Equal(asked, []string{" 1h0m0s", "a 1h0m0s"}) {
		t.Errorf("busy %v, asked %q, %v", r.Busy, asked, err)
	}
}

func TestFiveHundredEventsAreRead(t *testing.T) {
	var events []string
	for i := range 500 {
		start := at(t, "2027-01-04T08:00:00Z").AddDate(0, 0, i%300)
		events = append(events, strings.Replace(vevent("DTSTART:"+start.Format("20060102T150405Z"), "DURATION:PT30M"), "UID:a", fmt.Sprint("UID:", i), 1))
	}
	if got, r := busyTimes(t, foreign(events...)); r.Events != 500 || len(r.Busy) != 300 || r.Dropped > 0 {
		t.Errorf("%d events give %d busy times: %s", r.Events, len(r.Busy), got)
	}
}

func TestWhatWeWriteWeRead(t *testing.T) {
	s := programme(t)
	o := readOptions(t)
	feed := calendar.RenderFeed("x", "sv", source, stockholm(t), calendar.Events(s, "bo", look(t)))
	r, err := calendar.ReadBusy(t.Context(), feed.Body, o)
	if err != nil || len(r.Busy) != 2 || r.Dropped > 0 || !r.Busy[0].From.Equal(at(t, "2027-03-02T08:30:00+01:00")) {
		t.Errorf("our own feed reads as %+v, %v", r, err)
	}
	f := shared(model.BusyPersonFeed, "bo")
	times, changed := calendar.Busy(s, f, o.From)
	busy := calendar.RenderBusy("x", "sv", source, f, times, changed, o.From)
	if r, err := calendar.ReadBusy(t.Context(), busy.Body, o); err != nil || !slices.Equal(r.Busy, times) {
		t.Errorf("our own busy times read as %+v, %v; want %v", r, err, times)
	}
}

// FuzzReadBusy holds the reader to its promise for any bytes: it comes back,
// with busy times in order, apart, and inside what is wanted.
func FuzzReadBusy(f *testing.F) {
	f.Add(foreign(vevent("DTSTART:20270301T080000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20271231", "EXDATE;VALUE=DATE:20270308")))
	f.Add(foreign(vevent("DTSTART;TZID=W. Europe Standard Time:20270301T080000", "DTEND;VALUE=DATE:20270302"), vevent("RECURRENCE-ID:20270301T080000Z", "DTSTART:20270301T080000Z")))
	f.Add(foreign("BEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20270301T080000Z/PT1H,x/y\r\nEND:VFREEBUSY"))
	f.Add([]byte("\xEF\xBB\xBFBEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;A=B\nX;A=\"B\"C:1\nEND:VEVENT\nEND:VCALENDAR"))
	f.Add([]byte("begin:vcalendar\rBEGIN:VEVENT\r RULE:\rDURATION:PT\rEND:VEVENT\rEND:VCALENDAR"))
	f.Add(foreign(vevent("DTSTART:20270301T080000Z", "RRULE:FREQ=DAILY"), vevent("RECURRENCE-ID;RANGE=THISANDFUTURE:20270302T080000Z", "DTSTART:20270302T090000Z", "DURATION:PT1H")))
	f.Add([]byte("BEGIN:VCALENDAR\r\nBEGIN:A\r\nBEGIN:B\r\nBEGIN:C\r\nBEGIN:D\r\nBEGIN:E\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		o := readOptions(t)
		r, err := calendar.ReadBusy(ctx, data, o)
		if err != nil {
			if model.CodeOf(err) != model.Invalid || len(r.Busy) > 0 {
				t.Fatalf("the reading is %+v, %v", r, err)
			}
			return
		}
		last := o.From.Add(-1)
		for _, i := range r.Busy {
			if !i.From.After(last) || !i.From.Before(i.To) || i.To.After(o.To) || i.From.Second() != 0 || i.To.Second() != 0 {
				t.Fatalf("busy times %v", r.Busy)
			}
			last = i.To
		}
		if r.Dropped > 2*r.Events {
			t.Fatalf("%d of %d dropped", r.Dropped, r.Events)
		}
	})
}

// What is made to take memory, at the greatest length that is read.
func TestAHostileCalendarTakesBoundedMemory(t *testing.T) {
	fill := func(part string) []byte {
		return foreign(strings.Repeat(part+"\r\n", (calendar.MaxRead-500)/(len(part)+2)))
	}
	for what, data := range map[string][]byte{
		"components in each other": fill("BEGIN:A"),
		"a line that never ends":   fill(" x"),
		"events that repeat":       fill(vevent("DTSTART:20260101T000000Z", "RRULE:FREQ=DAILY", "DURATION:PT1M")),
		"dates without end":        foreign(vevent("DTSTART:20270301T080000Z", "DURATION:PT1M", "RDATE:"+strings.Repeat("20270301T080000Z,", 250_000)+"20270301T080000Z")),
		"changes of changes":       fill(vevent("RECURRENCE-ID;RANGE=THISANDFUTURE:20270302T080000Z", "DTSTART:20270302T080000Z")),
		"busy times":               foreign("BEGIN:VFREEBUSY\r\nFREEBUSY:" + strings.Repeat("20270301T080000Z/PT1M,", 200_000) + "20270301T080000Z/PT1M\r\nEND:VFREEBUSY"),
		"zones that nobody knows":  fill(vevent("DTSTART;TZID=nowhere:20270301T080000", "DURATION:PT1M")),
		"parameters":               foreign(vevent("DTSTART" + strings.Repeat(";X=1", 1_000_000) + ":20270301T080000Z")),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _ = calendar.ReadBusy(t.Context(), data, readOptions(t)) // read or refused, it comes back
		runtime.ReadMemStats(&after)
		if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 300 {
			t.Errorf("%s: takes %d MB of memory over its reading", what, taken)
		}
	}
}

func TestAnImpossibleRuleDoesNotHoldTheReaderUp(t *testing.T) {
	got, r := busyTimes(t, foreign(vevent("DTSTART:20270301T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")))
	if got != "" || r.Dropped > 0 {
		t.Errorf("30 February is %q, %d dropped", got, r.Dropped)
	}
}
