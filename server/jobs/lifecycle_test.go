package jobs_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	ical "github.com/emersion/go-ical"
	gomail "github.com/emersion/go-message/mail"
	"pgregory.net/rapid"

	"kaskad/model"
	"kaskad/server/jobs"
	"kaskad/server/mail"
	"kaskad/server/store"
)

// calendarObject is one invitation as a calendar program reads it.
type calendarObject struct {
	method, uid, start, place string
	sequence                  int
	stamp                     string
}

// client is a person's calendar, filled by mails alone. It obeys RFC 5546: of
// one UID the greatest (SEQUENCE, DTSTAMP) counts, whenever it comes.
type client map[string]calendarObject

func (c client) take(o calendarObject) {
	before, known := c[o.uid]
	if !known || cmp.Or(cmp.Compare(o.sequence, before.sequence), cmp.Compare(o.stamp, before.stamp)) > 0 {
		c[o.uid] = o
	}
}

// obey takes whatever comes last, as GNOME's calendar and others do.
func (c client) obey(o calendarObject) { c[o.uid] = o }

// shows lists what stands in the calendar, as "start place".
func (c client) shows() []string {
	var list []string
	for _, o := range c {
		if o.method == "REQUEST" {
			list = append(list, o.start+" "+o.place)
		}
	}
	slices.Sort(list)
	return list
}

// life is an office with calendars at the other end, and everything that happens to it.
type life struct {
	*office
	rt      *rapid.T
	intake  *jobs.Intake
	mails   []mail.Message // every calendar message that was accepted, in order; retries too
	sent    []time.Time    // when each was
	trouble func() (accepted bool, err error)
}

// quiet is the least time between two mails of a seat, and as long as a mail may
// take at most.
const quiet = 2 * time.Minute

func (l *life) Describe() string { return "calendars" }

func (l *life) Send(_ context.Context, m mail.Message) error {
	accepted, err := l.trouble()
	if accepted && m.Calendar != nil {
		l.mails, l.sent = append(l.mails, m), append(l.sent, l.now)
	}
	return err
}

var everybody = []string{"a", "b", "leader"}

func newLife(t *testing.T, rt *rapid.T) *life {
	l := &life{office: newOffice(t), rt: rt, trouble: func() (bool, error) { return true, nil }}
	l.open()
	return l
}

// open starts the server's parts, as a server does.
func (l *life) open() {
	l.start()
	l.invites.Sender, l.invites.Mark, l.invites.Settle, l.invites.Gap = l, mark, time.Minute, quiet
	l.intake = &jobs.Intake{Programme: l.service, Store: l.store, Invites: l.invites, Log: slog.New(slog.DiscardHandler)}
}

func (l *life) must(err error) {
	if err != nil {
		l.rt.Fatal(err)
	}
}

// try gives a command that may well be refused.
func (l *life) try(c model.Command) {
	if _, err := l.service.Do(context.Background(), coordinator, c); err != nil && model.CodeOf(err) == "" {
		l.rt.Fatal(err)
	}
}

// step lets one thing happen.
func (l *life) step() {
	rt, state := l.rt, l.service.State()
	person := rapid.SampledFrom(everybody).Draw(rt, "person")
	switch rapid.IntRange(0, 9).Draw(rt, "what") {
	case 0, 1:
		l.publishAnything()
	case 2:
		l.reply(person)
	case 3:
		seminar := fmt.Sprintf("S%05d", rapid.IntRange(1, 3).Draw(rt, "seminar"))
		seat, generation, _ := state.Live(person, seminar)
		l.try(model.GiveAnswer{Person: person, Seminar: seminar, Generation: generation, Sequence: seat.Sequence, Stamp: l.now.Unix(),
			Answer: rapid.SampledFrom([]model.Answer{model.Accepted, model.Declined}).Draw(rt, "answer")})
		l.try(model.BookSeat{Person: person, Seminar: fmt.Sprintf("S%05d", rapid.IntRange(1, 3).Draw(rt, "other"))})
	case 4:
		seminar := fmt.Sprintf("S%05d", rapid.IntRange(1, 3).Draw(rt, "seminar"))
		l.try(model.HandBack{Person: "leader", Seminar: seminar})
		l.try(model.Claim{Person: "leader", Seminar: seminar})
	case 5:
		channel := rapid.SampledFrom([]model.Channel{model.ByMail, model.ByFeed}).Draw(rt, "channel")
		l.try(model.ChooseCalendar{Person: person, Choice: model.CalendarChoice{Channel: channel}})
	case 6:
		l.crash()
	default:
		l.sendSome()
	}
	l.now = l.now.Add(time.Duration(rapid.IntRange(0, 240).Draw(rt, "seconds")) * time.Second)
}

// publishAnything publishes a plan of up to three seminars, old ones kept,
// moved, filled otherwise or left out, and new ones.
func (l *life) publishAnything() {
	state := l.service.State()
	var list []model.Seminar
	for i := range 3 {
		if !rapid.Bool().Draw(l.rt, "held") {
			continue
		}
		x := lesson(fmt.Sprintf("n%d", i), rapid.SampledFrom([]string{"one", "two"}).Draw(l.rt, "slot"))
		for _, p := range []string{"a", "b", "c"} {
			if rapid.Bool().Draw(l.rt, "attends") {
				x.Attendees = append(x.Attendees, p)
			}
		}
		if id := fmt.Sprintf("S%05d", i+1); state.Seminars[id] != nil && !state.Seminars[id].Cancelled {
			x.ID = id
		}
		if len(x.Attendees) > 0 {
			list = append(list, x)
		}
	}
	l.try(model.SaveDraft{Base: state.Seq, Plan: &model.Plan{Format: model.PlanFormat, Problem: "p", Seminars: append([]model.Seminar{}, list...), Unmet: []model.Unmet{}}})
	if draft := l.service.State().Draft; draft != nil {
		l.try(model.Publish{Draft: draft.Ref})
	}
}

// reply answers, as a calendar program would, something that has been mailed.
func (l *life) reply(person string) {
	var mine []calendarObject
	for _, m := range l.mails {
		if m.To.Email == person+"@enhet.example.org" && m.Method == "REQUEST" {
			mine = append(mine, l.parse(m))
		}
	}
	if len(mine) == 0 {
		return
	}
	o := rapid.SampledFrom(mine).Draw(l.rt, "answered")
	address := person + "@enhet.example.org"
	answer := says{uid: o.uid, attendee: address, from: address, sequence: o.sequence, second: rapid.IntRange(0, 59).Draw(l.rt, "second"),
		status: rapid.SampledFrom([]string{"ACCEPTED", "TENTATIVE", "DECLINED"}).Draw(l.rt, "status")}
	for range rapid.IntRange(1, 2).Draw(l.rt, "times") {
		l.must(l.intake.Take(context.Background(), answer.bytes()))
	}
}

// sendSome runs the job with a mail server that takes, refuses for now, or
// takes and loses its answer.
func (l *life) sendSome() {
	mood := rapid.IntRange(0, 3).Draw(l.rt, "mood")
	n := 0
	l.trouble = func() (bool, error) {
		n++
		switch {
		case mood == 1 && n%2 == 0:
			return false, errTemporary
		case mood == 2 && n%3 == 0:
			return true, errors.New("the connection broke after the mail was accepted")
		}
		return true, nil
	}
	ctx := context.Background()
	if mood == 3 {
		ctx = jobs.AskedFor(ctx)
	}
	_, _ = l.invites.Run(ctx)
	l.trouble = func() (bool, error) { return true, nil }
}

// crash ends the server at some call of the store while it sends, and starts it again.
func (l *life) crash() {
	at, calls := rapid.IntRange(1, 12).Draw(l.rt, "call"), 0
	fault := rapid.SampledFrom([]store.Fault{store.CrashBefore, store.CrashAfter, store.LoseReply}).Draw(l.rt, "fault")
	l.store.Inject(func(string, string) store.Fault {
		if calls++; calls == at {
			return fault
		}
		return store.NoFault
	})
	_, _ = l.invites.Run(context.Background())
	l.store.Inject(func(string, string) store.Fault { return store.NoFault })
	l.open()
}

// settle lets time pass until nothing more is to be sent.
func (l *life) settle() {
	for range 60 {
		l.now = l.now.Add(10 * time.Minute)
		_, err := l.invites.Run(context.Background())
		l.must(err)
		if len(l.invites.Pending(l.service.State())) == 0 {
			return
		}
	}
	l.rt.Fatalf("after ten hours there is still something to send: %+v", l.invites.Pending(l.service.State()))
}

// planned is what a person's calendar must show, by the plan.
func (l *life) planned(person string) []string {
	state := l.service.State()
	var list []string
	for _, x := range state.SeminarsOf(person) {
		seat, _, ok := state.Live(person, x.ID)
		if !ok || seat.Subscribed {
			continue
		}
		start, _ := state.Roster.Span(&x.Seminar)
		list = append(list, start.In(state.Roster.Zone).Format("20060102T150405")+" Salen")
	}
	slices.Sort(list)
	return list
}

// parse reads a mail as a calendar program does, and holds it to the rules.
func (l *life) parse(m mail.Message) calendarObject {
	calendar, err := ical.NewDecoder(bytes.NewReader(m.Calendar)).Decode()
	l.must(err)
	method, err := calendar.Props.Text(ical.PropMethod)
	l.must(err)
	events := calendar.Events()
	if len(events) != 1 || method != m.Method {
		l.rt.Fatalf("%d events, method %s in the object and %s in the mail", len(events), method, m.Method)
	}
	e := events[0]
	text := func(name string) string {
		p := e.Props.Get(name)
		if p == nil {
			return ""
		}
		return p.Value
	}
	if attendees := e.Props.Values(ical.PropAttendee); len(attendees) != 1 || attendees[0].Value != "mailto:"+m.To.Email {
		l.rt.Fatalf("attendees %v in a mail to %s", attendees, m.To.Email)
	}
	o := calendarObject{method: method, uid: text(ical.PropUID), start: text(ical.PropDateTimeStart), place: text(ical.PropLocation), stamp: text(ical.PropDateTimeStamp)}
	_, err = fmt.Sscan(text(ical.PropSequence), &o.sequence)
	l.must(err)
	if !strings.HasSuffix(o.uid, "-invite") || text(ical.PropOrganizer) != "mailto:plan@kaskad.example.org" {
		l.rt.Fatalf("UID %s from %s", o.uid, text(ical.PropOrganizer))
	}
	return o
}

// check delivers the mails, in order and in any other order, and compares what
// calendars show with the plan; and it holds every mail to the rules.
func (l *life) check() {
	bytesOf, content := map[string][]byte{}, map[string]string{}
	inOrder, anyOrder, obedient := map[string]client{}, map[string]client{}, map[string]client{}
	for _, p := range everybody {
		address := p + "@enhet.example.org"
		inOrder[address], anyOrder[address], obedient[address] = client{}, client{}, client{}
	}
	for _, m := range l.mails {
		data, err := m.Bytes()
		l.must(err)
		if before, again := bytesOf[m.ID]; again && !bytes.Equal(before, data) {
			l.rt.Fatalf("message %s went out twice with different bytes", m.ID)
		}
		bytesOf[m.ID] = data
		l.expectNobodyElse(m, data)
		o := l.parse(m)
		version := fmt.Sprintf("%s %d %s", o.uid, o.sequence, o.stamp)
		if said := fmt.Sprintf("%s %s %s", o.method, o.start, o.place); content[version] != "" && content[version] != said {
			l.rt.Fatalf("%s says %q and %q", version, content[version], said)
		} else {
			content[version] = said
		}
		inOrder[m.To.Email].take(o)
	}
	order := make([]int, len(l.mails))
	for i := range order {
		order[i] = i
	}
	for _, i := range rapid.Permutation(order).Draw(l.rt, "delivered") {
		anyOrder[l.mails[i].To.Email].take(l.parse(l.mails[i]))
	}
	for _, i := range l.delayed() {
		obedient[l.mails[i].To.Email].obey(l.parse(l.mails[i]))
	}
	for _, p := range everybody {
		for how, clients := range map[string]map[string]client{"in order": inOrder, "in any order": anyOrder, "each somewhat late, to a calendar that obeys the last": obedient} {
			if got, want := clients[p+"@enhet.example.org"].shows(), l.planned(p); !slices.Equal(got, want) {
				l.rt.Fatalf("delivered %s, %s's calendar shows %q, and the plan says %q", how, p, got, want)
			}
		}
	}
}

// delayed are the mails in the order they arrive when each takes up to the quiet
// time: many overtake others.
func (l *life) delayed() []int {
	arrives, order := make([]time.Time, len(l.mails)), make([]int, len(l.mails))
	for i := range order {
		order[i] = i
		arrives[i] = l.sent[i].Add(time.Duration(rapid.IntRange(0, int(quiet/time.Second)-1).Draw(l.rt, "delay")) * time.Second)
	}
	slices.SortStableFunc(order, func(a, b int) int { return arrives[a].Compare(arrives[b]) })
	return order
}

// expectNobodyElse: no mail tells anybody's address but its receiver's, and
// nothing of a person whose identity is protected.
func (l *life) expectNobodyElse(m mail.Message, data []byte) {
	r, err := gomail.CreateReader(bytes.NewReader(data))
	l.must(err)
	texts := []string{string(data), string(m.Calendar), m.Text, m.HTML}
	for {
		part, err := r.NextPart()
		if err == io.EOF {
			break
		}
		l.must(err)
		body, err := io.ReadAll(part.Body)
		l.must(err)
		texts = append(texts, string(body))
	}
	for _, p := range []string{"a", "b", "c", "leader"} {
		address := p + "@enhet.example.org"
		for _, text := range texts {
			if address != m.To.Email && strings.Contains(strings.ReplaceAll(text, m.To.Email, ""), " "+address) || p == "c" && strings.Contains(text, "Namn c") {
				l.rt.Fatalf("the mail to %s tells of %s", m.To.Email, address)
			}
		}
	}
}

// TestCalendarsSayWhatThePlanSays leads random lives: publishing, moving,
// cancelling, booking, answering by mail and page, handing back and claiming,
// changing channel, with a mail server and a store that fail. At the end every
// calendar, filled by the mails alone, must show the plan. Ten thousand lives:
// go test ./server/jobs -run Calendars -rapid.checks=10000
func TestCalendarsSayWhatThePlanSays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := newLife(t, rt)
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			l.step()
		}
		l.settle()
		l.check()
		for _, r := range l.invites.List() {
			if !r.Sent && !r.Replaced {
				rt.Fatalf("message %s is neither sent nor replaced", r.ID)
			}
		}
	})
}
