package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/busy"
	"kaskad/server/calendar"
	"kaskad/server/jobs"
	"kaskad/server/mail"
	"kaskad/server/programme"
	"kaskad/server/store"
	"kaskad/server/web"
)

// site is a whole server in memory, with a clock and a mail server of the test's.
type site struct {
	t       testing.TB
	web     *web.Server
	store   *store.Memory
	clock   *clock
	post    *post
	service *programme.Service
	desk    *auth.Desk
	invites *jobs.Invites
	intake  *jobs.Intake
	log     *journal

	listener *listener // see dial
}

// clock is the time by which the whole site lives.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	fault string // panics when a function of this name asks for the time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fault != "" && strings.Contains(string(debug.Stack()), c.fault) {
		panic("broken clock")
	}
	return c.now
}

func (c *clock) broken(function string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fault = function
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// post is a mail server that keeps what it is given.
type post struct {
	mu     sync.Mutex
	mails  []mail.Message
	refuse error // what it answers instead, if anything
}

func (p *post) Describe() string { return "a test" }

func (p *post) Send(_ context.Context, m mail.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refuse != nil {
		return p.refuse
	}
	p.mails = append(p.mails, m)
	return nil
}

// taken hands over the mails that have come since it was last asked.
func (p *post) taken() []mail.Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	mails := p.mails
	p.mails = nil
	return mails
}

// journal is what the site has logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

var (
	coordinator = auth.User{Person: "coordinator", Role: model.Coordinator}
	leader      = auth.User{Person: "lena", Role: model.Leader}
	staff       = auth.User{Person: "anna", Role: model.Staff}
)

// empty is a site without a programme, at nine on a Monday in January 2027.
func empty(t testing.TB) *site { return open(t, base, func(*site) {}) }

// open makes a site at an address; prepare fills its store before anybody comes.
func open(t testing.TB, at string, prepare func(*site)) *site {
	t.Helper()
	s := &site{t: t, store: store.OpenMemory(), post: &post{}, log: &journal{}, clock: &clock{now: time.Date(2027, 1, 4, 8, 0, 0, 0, time.UTC)}}
	log := slog.New(slog.NewTextHandler(s.log, nil))
	var err error
	s.service, err = programme.Open(t.Context(), s.store, "p", s.clock.Now, log)
	s.must(err)
	t.Cleanup(s.service.Planner.Stop)
	prepare(s)
	s.desk = &auth.Desk{Store: s.store, Now: s.clock.Now}
	from := calendar.Party{Name: "Kaskad", Email: "plan@kaskad.example.org"}
	s.invites = &jobs.Invites{Programme: s.service, Store: s.store, Sender: s.post, From: from, Base: at, Log: log}
	s.must(s.invites.Load(t.Context()))
	s.intake = &jobs.Intake{Programme: s.service, Store: s.store, Invites: s.invites, Log: log}
	s.must(s.intake.Load(t.Context()))
	letters := &jobs.Letters{Invites: s.invites, Intake: s.intake, Reminders: []time.Duration{72 * time.Hour}}
	runner, err := jobs.NewRunner(log, s.clock.Now, s.invites.Job("* * * * *"))
	s.must(err)
	t.Cleanup(runner.Close)
	s.web = &web.Server{Programme: s.service, Desk: s.desk, Secret: auth.Secret{1}, Jobs: runner, Invites: s.invites, Intake: s.intake, Letters: letters, Mail: s.post,
		From: from, Base: at, Coordinators: []string{"Boss@kaskad.example.org"}, Fetches: &web.Fetches{Store: s.store}, Busy: &busy.Sources{Programme: s.service, Store: s.store, Private: true, Log: log}, Log: log}
	s.web.ShareTemplates(t)
	s.must(s.web.Open())
	t.Cleanup(func() { s.must(s.web.Shutdown(context.Background())) })
	return s
}

const base = "https://kaskad.example.org"

// loaded has the small programme of this package's tests.
func loaded(t testing.TB) *site {
	t.Helper()
	return open(t, base, func(s *site) {
		s.must(s.service.People.Save(t.Context(), contacts()))
		s.do(model.LoadProgramme{Problem: problem()})
	})
}

// planned has a draft too, and published has told everybody about it.
func planned(t testing.TB) *site {
	t.Helper()
	s := loaded(t)
	s.draft(lessons()...)
	return s
}

func published(t testing.TB) *site {
	t.Helper()
	s := planned(t)
	s.publish("w1")
	s.publish("")
	s.send()
	return s
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) do(c model.Command) {
	s.t.Helper()
	_, err := s.service.Do(s.t.Context(), coordinator.Actor(), c)
	s.must(err)
}

func (s *site) draft(seminars ...model.Seminar) {
	s.t.Helper()
	plan := &model.Plan{Format: model.PlanFormat, Problem: "direkt", Seminars: seminars,
		Unmet: []model.Unmet{{Person: "bo", Module: "law", Reason: "no seat"}}, Cost: model.Cost{Unmet: 1}}
	s.do(model.SaveDraft{Base: s.service.State().Seq, Plan: plan})
}

func (s *site) publish(wave string) {
	s.t.Helper()
	s.do(model.Publish{Wave: wave, Draft: s.service.State().Draft.Ref})
	s.clock.forward(time.Minute)
}

// send runs the invite job and hands over what it sent.
func (s *site) send() []mail.Message {
	s.t.Helper()
	_, err := s.invites.Run(s.t.Context())
	s.must(err)
	s.clock.forward(time.Minute)
	return s.post.taken()
}

// named finds the seminar that was published from a draft's.
func (s *site) named(draftID string) string {
	s.t.Helper()
	for id, x := range s.service.State().Seminars {
		if strings.HasSuffix(x.DraftID, "/"+draftID) {
			return id
		}
	}
	s.t.Fatalf("no seminar was published from %s", draftID)
	return ""
}

// problem has two tiers, a wave and people without one, and two with a
// protected identity: hidden attends, shadow leads.
func problem() *model.Problem {
	at := func(day, hour int) time.Time { return time.Date(2027, 2, day, hour, 0, 0, 0, time.UTC) }
	leads := &model.Leads{Tier: "staff", Modules: []string{"law", "ethics"}}
	p := &model.Problem{
		Format:    model.ProblemFormat,
		Programme: model.Programme{ID: "direkt", Name: "DiREKT", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1, KmH: 60}},
		Tiers: []model.Tier{{ID: "leaders", Modules: []string{"ethics"}, Seats: model.Seats{Max: 9}},
			{ID: "staff", Modules: []string{"ethics", "law"}, Seats: model.Seats{Max: 9}}},
		Modules: []model.Module{{ID: "ethics", Name: "Etik", Minutes: 60}, {ID: "law", Name: "Juridik", Minutes: 60}},
		Sectors: []string{"municipal", "primary"},
		Waves:   []model.Wave{{ID: "w1", Name: "Första", From: at(1, 0), To: at(28, 0)}},
		Venues: []model.Venue{{ID: "room", Name: "Salen", Lat: 57.7, Lon: 12, Capacity: 9, Rooms: 9},
			{ID: "barn", Name: "Ladan", Lat: 57.71, Lon: 12, Capacity: 9, Rooms: 9}},
		Units: []model.Unit{{ID: "u", Name: "Enheten", Sector: "municipal", Area: "1480", Lat: 57.7, Lon: 12, Wave: "w1"},
			{ID: "x", Name: "Kontoret", Sector: "primary", Area: "1490", Lat: 57.72, Lon: 12.9}},
		People: []model.Person{{ID: "lena", Unit: "u", Tier: "leaders", Leads: leads}, {ID: "shadow", Unit: "u", Leads: leads},
			{ID: "anna", Unit: "u", Tier: "staff"}, {ID: "bo", Unit: "u", Tier: "staff"}, {ID: "hidden", Unit: "u", Tier: "staff"},
			{ID: "cilla", Unit: "x", Tier: "staff"}},
	}
	for day := 1; day <= 20; day++ {
		id := at(day, 8).Format(time.DateOnly)
		p.Slots = append(p.Slots, model.Slot{ID: id, Start: at(day, 8), End: at(day, 9)})
	}
	return p
}

// Names of people whose identity is protected: they must occur nowhere.
var secretNames = []string{"Hemlige", "Skuggan", "Dunkelgren", "hemlig.adress"}

func contacts() []model.Contact {
	list := []model.Contact{
		{ID: "hidden", Given: "Hemlige", Family: "Dunkelgren", Email: "hemlig.adress1@enhet.example.org", Language: "sv", Protected: true},
		{ID: "shadow", Given: "Skuggan", Family: "Dunkelgren", Email: "hemlig.adress2@enhet.example.org", Language: "sv", Protected: true},
	}
	for _, id := range []string{"lena", "anna", "bo", "cilla"} {
		list = append(list, model.Contact{ID: id, Given: "Namn", Family: id + "son", Email: id + "@enhet.example.org", Language: "en"})
	}
	return list
}

// lessons is a plan for the small programme: three seminars in the wave, one
// outside it. One has no leader yet.
func lessons() []model.Seminar {
	return []model.Seminar{
		lesson("d1", "leaders", "ethics", "2027-02-01", "shadow", "lena"),
		lesson("d2", "staff", "ethics", "2027-02-03", "lena", "anna", "bo", "hidden"),
		lesson("d3", "staff", "law", "2027-02-10", "shadow", "anna", "hidden"),
		lesson("d4", "staff", "law", "2027-02-12", "lena", "cilla"),
	}
}

func lesson(id, tier, module, slot, leader string, attendees ...string) model.Seminar {
	return model.Seminar{ID: id, Tier: tier, Module: module, Slot: slot, Venue: "room", Leaders: []string{leader}, Attendees: attendees}
}

// visitor is a browser: it keeps cookies and follows nothing.
type visitor struct {
	site    *site
	cookies map[string]string
}

func (s *site) visitor() *visitor { return &visitor{site: s, cookies: map[string]string{}} }

// signedIn is a visitor who has used a one-time link.
func (s *site) signedIn(u auth.User) *visitor {
	s.t.Helper()
	token, err := s.desk.Link(s.t.Context(), u, auth.MailedLink)
	s.must(err)
	v := s.visitor()
	v.expect(v.submit("/sign-in/"+token, nil), http.StatusSeeOther)
	return v
}
