package jobstest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/server/jobs"
	"kaskad/server/mail"
	"kaskad/server/programme"
	"kaskad/server/store"
)

// TwoServers lets two servers on one store live through random weeks: both plan,
// take answers in and run their jobs at the same moment, and die in the midst of
// it. Afterwards every calendar, filled by the mails alone, must show the plan;
// the mails of a seat must have left in order; and what went out twice must be
// the same bytes, after the server that sent it first has died. open opens the store
// anew, the same for all calls of one seed.
func TwoServers(t *testing.T, seeds int, open func(t *testing.T, seed uint64) store.Store) {
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			w := &world{t: t, rand: rand.New(rand.NewPCG(seed, 0)), refused: map[string]bool{},
				now: time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC), open: func() store.Store { return open(t, seed) }}
			w.servers[0] = w.start()
			w.must(w.servers[0].programme.People.Save(t.Context(), Contacts()))
			w.do(0, model.LoadProgramme{Problem: Problem()})
			w.servers[1] = w.start()
			for range 40 {
				w.step()
			}
			w.settle()
			for day := range 25 { // until the seminars are near: questions, reminders, figures
				w.forward(24 * time.Hour)
				if day < 20 && w.rand.IntN(6) == 0 {
					w.plan(w.rand.IntN(2))
				}
				w.work()
			}
			w.settle()
			w.check()
		})
	}
}

// world is two servers, the time, and a mail server that keeps what it is given.
type world struct {
	t       *testing.T
	rand    *rand.Rand
	open    func() store.Store
	servers [2]*server

	mu      sync.Mutex
	now     time.Time
	mails   []posted // in the order they were accepted
	refused map[string]bool
}

// posted is a mail and the life of the server it came from.
type posted struct {
	mail.Message
	from *life
}

// server is what one server runs.
type server struct {
	life      *life
	programme *programme.Service
	invites   *jobs.Invites
	intake    *jobs.Intake
	letters   *jobs.Letters
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) forward(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// take takes a mail in; every third it puts off at first.
func (w *world) take(_ context.Context, m mail.Message, from *life) error {
	runtime.Gosched() // the other server may be at it
	w.mu.Lock()
	defer w.mu.Unlock()
	if m.ID[len(m.ID)-1]%3 == 0 && !w.refused[m.ID] {
		w.refused[m.ID] = true
		return fmt.Errorf("451 later, please")
	}
	w.mails = append(w.mails, posted{m, from})
	return nil
}

// start is a server that has just come up.
func (w *world) start() *server {
	w.t.Helper()
	s := &server{life: &life{}}
	s.life.steps.Store(forEver)
	opened := mortal{w.open(), s.life}
	w.t.Cleanup(func() { opened.Close() })
	log := slog.New(slog.DiscardHandler)
	var err error
	s.programme, err = programme.Open(w.t.Context(), opened, "p", w.clock, log)
	w.must(err)
	s.invites = &jobs.Invites{Programme: s.programme, Store: opened, Sender: mouth{w.take, s.life}, From: calendar.Party{Name: "Kaskad", Email: "plan@kaskad.example.org"},
		Base: "https://kaskad.example.org", Settle: time.Minute, Gap: 2 * time.Minute, Log: log}
	s.intake = &jobs.Intake{Programme: s.programme, Store: opened, Invites: s.invites, Log: log}
	s.letters = &jobs.Letters{Invites: s.invites, Intake: s.intake, Reminders: []time.Duration{10 * 24 * time.Hour, 3 * 24 * time.Hour}, Coordinators: []string{"boss@kaskad.example.org"}}
	return s
}

// jobs runs what the cron would.
func (s *server) jobs(ctx context.Context) {
	for _, run := range []func(context.Context) (string, error){s.invites.Run, s.letters.Remind, s.letters.Chase, s.letters.Digest} {
		_, _ = run(ctx) // who has died says so, and the others go on
	}
}

func (w *world) do(i int, c model.Command) {
	w.t.Helper()
	_, err := w.servers[i].programme.Do(w.t.Context(), model.Actor{Person: "boss", Role: model.Coordinator}, c)
	if err != nil && model.CodeOf(err) == "" {
		w.t.Fatal(err)
	}
}

// step lets something happen, and the servers work.
func (w *world) step() {
	w.t.Helper()
	i := w.rand.IntN(2)
	switch w.rand.IntN(4) {
	case 0, 1:
		w.plan(i)
	case 2:
		w.answer(i)
	}
	w.forward(time.Duration(w.rand.IntN(150)) * time.Second)
	w.work()
}

// work runs the jobs of both servers at the same moment; often one of them dies
// over it, and another comes up in its place.
func (w *world) work() {
	w.t.Helper()
	dies := w.rand.IntN(6)
	if dies < 2 {
		w.servers[dies].life.steps.Store(w.rand.Int64N(60) + 1)
	}
	var running sync.WaitGroup
	for _, s := range w.servers {
		running.Go(func() { s.jobs(w.t.Context()) })
	}
	running.Wait()
	if dies < 2 {
		w.servers[dies].life.steps.Store(0)
		w.servers[dies] = w.start()
	}
}

// plan publishes up to three seminars at random, old ones moved, filled
// otherwise or left out.
func (w *world) plan(i int) {
	w.t.Helper()
	w.must(w.servers[i].programme.CatchUp(w.t.Context()))
	state := w.servers[i].programme.State()
	list := []model.Seminar{}
	for n := range 3 {
		x := Lesson(fmt.Sprintf("n%d", n), []string{"one", "two"}[w.rand.IntN(2)])
		for _, p := range []string{"a", "b", "c"} {
			if w.rand.IntN(2) == 0 {
				x.Attendees = append(x.Attendees, p)
			}
		}
		if id := fmt.Sprintf("S%05d", n+1); state.Seminars[id] != nil && !state.Seminars[id].Cancelled {
			x.ID = id
		}
		if len(x.Attendees) > 0 && w.rand.IntN(3) > 0 {
			list = append(list, x)
		}
	}
	w.do(i, model.SaveDraft{Base: state.Seq, Plan: &model.Plan{Format: model.PlanFormat, Problem: "p", Seminars: list, Unmet: []model.Unmet{}}})
	if draft := w.servers[i].programme.State().Draft; draft != nil {
		w.do(i, model.Publish{Draft: draft.Ref})
	}
}

// answer lets both servers take the same answer of somebody in at once, as two
// do that read one mailbox.
func (w *world) answer(i int) {
	w.t.Helper()
	var o object
	for _, m := range w.mails {
		if m.Method == "REQUEST" && w.rand.IntN(3) == 0 {
			o = read(m.Message)
		}
	}
	if o.uid == "" {
		return
	}
	status := []string{"ACCEPTED", "TENTATIVE", "DECLINED"}[w.rand.IntN(3)]
	data := fmt.Appendf(nil, "From: %s\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:%s\r\nSEQUENCE:%d\r\n"+
		"DTSTAMP:%s\r\nATTENDEE;PARTSTAT=%s:mailto:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", o.to, o.uid, o.sequence, w.now.Format("20060102T150405Z"), status, o.to)
	var taking sync.WaitGroup
	for _, s := range w.servers {
		taking.Go(func() {
			if err := s.intake.Take(w.t.Context(), data); err != nil {
				w.t.Error(err)
			}
		})
	}
	taking.Wait()
}

// settle lets time pass until neither has anything to send.
func (w *world) settle() {
	w.t.Helper()
	for range 60 {
		w.forward(10 * time.Minute)
		waiting := 0
		for _, s := range w.servers {
			s.jobs(w.t.Context())
			w.must(s.programme.CatchUp(w.t.Context()))
			waiting += len(s.invites.Pending(s.programme.State())) + s.invites.Counts().Queued
		}
		if waiting == 0 {
			return
		}
	}
	w.t.Fatal("after ten hours there is still something to send")
}

// object is one calendar message.
type object struct {
	to, method, uid, start string
	sequence               int
	stamp                  string
}

var line = regexp.MustCompile(`(?m)^(UID|SEQUENCE|DTSTAMP|DTSTART)[^:\r\n]*:(.*?)\r$`)

func read(m mail.Message) object {
	o := object{to: m.To.Email, method: m.Method}
	for _, found := range line.FindAllStringSubmatch(event(m), -1) {
		switch value := found[2]; found[1] {
		case "UID":
			o.uid = value
		case "SEQUENCE":
			o.sequence, _ = strconv.Atoi(value)
		case "DTSTAMP":
			o.stamp = value
		case "DTSTART":
			o.start = value
		}
	}
	return o
}

// event is the event of a message, without its zone.
func event(m mail.Message) string {
	_, event, _ := strings.Cut(string(m.Calendar), "BEGIN:VEVENT")
	return event
}

func (o object) version() string { return fmt.Sprintf("%06d %s", o.sequence, o.stamp) }

// check holds the mails to the rules, and what calendars make of them to the plan.
func (w *world) check() {
	w.t.Helper()
	bytesOf, from := map[string][]byte{}, map[string]*life{}
	shows := map[string]object{} // by UID, what the last mail said
	for _, m := range w.mails {
		data, err := m.Bytes()
		w.must(err)
		if before, again := bytesOf[m.ID]; again {
			if !bytes.Equal(before, data) {
				w.t.Errorf("message %s went out twice with different bytes", m.ID)
			}
			if left(from[m.ID]) > 0 {
				w.t.Errorf("message %s went out twice, and the server that sent it first lives", m.ID)
			}
		}
		bytesOf[m.ID], from[m.ID] = data, m.from
		if m.Calendar == nil {
			continue
		}
		o := read(m.Message)
		if before, told := shows[o.uid]; told && o.version() < before.version() {
			w.t.Errorf("%s to %s, version %s, left after version %s", o.method, o.to, o.version(), before.version())
		}
		shows[o.uid] = o
	}
	state := w.servers[0].programme.State()
	for _, p := range []string{"a", "b", "leader"} {
		var got, want []string
		for _, o := range shows {
			if o.to == p+"@enhet.example.org" && o.method == "REQUEST" {
				got = append(got, o.start)
			}
		}
		for _, x := range state.SeminarsOf(p) {
			start, _ := state.Roster.Span(&x.Seminar)
			want = append(want, start.In(state.Roster.Zone).Format("20060102T150405"))
		}
		if slices.Sort(got); !slices.Equal(got, sorted(want)) {
			w.t.Errorf("%s's calendar shows %q, and the plan says %q", p, got, want)
		}
	}
	for _, s := range w.servers {
		w.checkReceipts(s)
	}
	if len(bytesOf) < 5 {
		w.t.Errorf("only %d messages went out", len(bytesOf))
	}
}

func (w *world) checkReceipts(s *server) {
	w.t.Helper()
	w.must(s.invites.Outbox().Refresh(w.t.Context()))
	asked := map[string]bool{}
	for _, r := range s.invites.List() {
		if !r.Sent && !r.Replaced {
			w.t.Errorf("message %s is neither sent nor replaced", r.ID)
		}
		if r.Kind != jobs.Chase {
			continue
		}
		for _, seat := range r.Covers {
			if asked[seat] {
				w.t.Errorf("%s is asked twice about %s", r.Person, seat)
			}
			asked[seat] = true
		}
	}
}

func sorted[T cmp.Ordered](list []T) []T { slices.Sort(list); return list }
