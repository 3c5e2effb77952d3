package clients_test

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/calendar"
	"kaskad/server/jobs"
	"kaskad/server/mail"
	"kaskad/server/programme"
	"kaskad/server/store"
	"kaskad/server/web"
)

// stage is Kaskad with a clock of the test's: programme, invite job and pages
// as the server has them, on a port of its own.
type stage struct {
	t       *testing.T
	service *programme.Service
	desk    *auth.Desk
	invites *jobs.Invites
	intake  *jobs.Intake
	store   *store.Memory
	log     *slog.Logger
	clock   *clock
	box     *box
	base    string            // http://host:port
	feeds   map[string]string // see feedOf
}

// organizer is whom every invitation comes from.
const organizer = "planering@kaskad.example.org"

var secret = auth.Secret{1}

// opening is when every stage begins: the nights that summer time ends and
// begins and ISO week 53 lie ahead of it, within a feed's 400 days.
var opening = time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)

// newStage opens a stage with the programme of this package. Mails go through
// the sender; nil keeps them in the stage's box.
func newStage(t *testing.T, sender mail.Sender) *stage {
	t.Helper()
	s := &stage{t: t, clock: &clock{now: opening}, box: &box{}, store: store.OpenMemory(), feeds: map[string]string{}}
	if sender == nil {
		sender = s.box
	}
	s.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	s.must(err)
	s.base = "http://" + listener.Addr().String()
	s.service, err = programme.Open(t.Context(), s.store, "p", s.clock.Now, s.log)
	s.must(err)
	t.Cleanup(s.service.Planner.Stop)
	s.must(s.service.People.Save(t.Context(), contacts()))
	s.do(model.LoadProgramme{Problem: problem()})
	for _, person := range everybody {
		s.do(model.ChooseCalendar{Person: person, Choice: choices[person]})
	}
	s.desk = &auth.Desk{Store: s.store, Now: s.clock.Now}
	from := calendar.Party{Name: "Kaskad", Email: organizer}
	s.invites = &jobs.Invites{Programme: s.service, Store: s.store, Sender: sender, From: from, Base: s.base, Alone: true,
		Mark: secret.SeatMark, Log: s.log}
	s.intake = &jobs.Intake{Programme: s.service, Store: s.store, Invites: s.invites, Log: s.log}
	runner, err := jobs.NewRunner(s.log, s.clock.Now, s.invites.Job("* * * * *"))
	s.must(err)
	t.Cleanup(runner.Close)
	site := &web.Server{Programme: s.service, Desk: s.desk, Secret: secret, Jobs: runner, Invites: s.invites,
		Intake: s.intake, Mail: sender, From: from, Base: s.base, Log: s.log}
	s.must(site.Open())
	go site.Listen(listener)
	t.Cleanup(func() { s.must(site.Shutdown(context.Background())) })
	return s
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) do(c model.Command) {
	s.t.Helper()
	_, err := s.service.Do(s.t.Context(), model.Actor{Person: "coordinator", Role: model.Coordinator}, c)
	s.must(err)
}

// plan changes the published seminars and publishes what comes of it.
func (s *stage) plan(change func([]model.Seminar) []model.Seminar) {
	s.t.Helper()
	s.clock.forward(time.Hour)
	var list []model.Seminar
	if published := s.service.State().PublishedPlan(); published != nil {
		list = published.Seminars
	}
	plan := &model.Plan{Format: model.PlanFormat, Problem: "direkt", Seminars: change(slices.Clone(list)), Unmet: []model.Unmet{}}
	s.do(model.SaveDraft{Base: s.service.State().Seq, Plan: plan})
	s.do(model.Publish{Wave: "w1", Draft: s.service.State().Draft.Ref})
}

// tell makes a chapter come true.
func (s *stage) tell(c chapter) {
	s.t.Helper()
	if c.choose != "" {
		s.clock.forward(time.Hour)
		s.do(model.ChooseCalendar{Person: "anna", Choice: model.CalendarChoice{Channel: c.choose}})
	}
	if c.change != nil {
		s.plan(c.change)
	}
	s.mailOut()
}

// mailOut runs the invite job as the cron does, until nothing more is to be sent.
func (s *stage) mailOut() {
	s.t.Helper()
	for range 15 {
		_, err := s.invites.Run(s.t.Context())
		s.must(err)
		s.clock.forward(time.Minute)
	}
}

var feedAddress = regexp.MustCompile(`value="(http[^"]+/cal/[^"]+\.i[cf][sb])"`)

// feedOf is the address of a person's calendar, as their own page shows it when
// it is asked for first.
func (s *stage) feedOf(person string) string {
	s.t.Helper()
	if s.feeds[person] == "" {
		s.feeds[person] = s.addressOn(s.signIn(auth.User{Person: person, Role: model.Staff}), "/my")
	}
	return s.feeds[person]
}

// addressOn is the calendar address that a page shows.
func (s *stage) addressOn(v *http.Client, page string) string {
	s.t.Helper()
	m := feedAddress.FindStringSubmatch(s.answer(v.Get(s.base + page)))
	if m == nil {
		s.t.Fatalf("%s shows no calendar address", page)
	}
	return m[1]
}

// signIn is a web client that has used a one-time link.
func (s *stage) signIn(u auth.User) *http.Client {
	s.t.Helper()
	token, err := s.desk.Link(s.t.Context(), u, auth.PrintedLink)
	s.must(err)
	jar, err := cookiejar.New(nil)
	s.must(err)
	v := &http.Client{Jar: jar, Timeout: patience}
	page := s.answer(v.Get(s.base + "/sign-in/" + token))
	form := url.Values{"csrf": {formToken.FindStringSubmatch(page + `name="csrf" value="none"`)[1]}}
	s.answer(v.PostForm(s.base+"/sign-in/"+token, form))
	return v
}

var formToken = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

// patience is how long any of the programs here may take for one answer.
const patience = 2 * time.Minute

func (s *stage) answer(resp *http.Response, err error) string {
	s.t.Helper()
	s.must(err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	s.must(err)
	if resp.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: status %d\n%s", resp.Request.URL, resp.StatusCode, body)
	}
	return string(body)
}

// fetch is a feed as any calendar program gets it.
func (s *stage) fetch(address string) string {
	s.t.Helper()
	return s.answer((&http.Client{Timeout: patience}).Get(address))
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// box is a mail server that keeps every mail as it would go over the wire.
type box struct {
	mu    sync.Mutex
	mails [][]byte
}

func (b *box) Describe() string { return "a test" }

func (b *box) Send(_ context.Context, m mail.Message) error {
	data, err := m.Bytes()
	if err != nil {
		return &mail.PermanentError{Err: err}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mails = append(b.mails, data)
	return nil
}

// taken hands over the letters that have come since it was last asked.
func (b *box) taken(t *testing.T) []letter {
	t.Helper()
	b.mu.Lock()
	mails := b.mails
	b.mails = nil
	b.mu.Unlock()
	var list []letter
	for _, data := range mails {
		list = append(list, readLetter(t, data))
	}
	return list
}

// problem is a programme whose times are those that calendars get wrong.
func problem() *model.Problem {
	leads := &model.Leads{Tier: "staff", Modules: []string{"ethics", "law"}}
	p := &model.Problem{
		Format:    model.ProblemFormat,
		Programme: model.Programme{ID: "direkt", Name: "DiREKT", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1, KmH: 60}},
		Tiers:     []model.Tier{{ID: "staff", Modules: []string{"ethics", "law"}, Seats: model.Seats{Max: 9}, Order: model.Free}},
		Modules:   []model.Module{{ID: "ethics", Name: "Etik, bemötande; värdegrund", Minutes: 60}, {ID: "law", Name: "Juridik", Minutes: 60}},
		Sectors:   []string{"municipal"},
		Waves:     []model.Wave{{ID: "w1", Name: "Första", From: opening, To: opening.AddDate(0, 13, 0)}},
		Venues: []model.Venue{{ID: "hall", Name: "Skövde stadshus, sal Å; plan 2", Lat: 58.3910, Lon: 13.8454, Capacity: 9, Rooms: 9},
			{ID: "barn", Name: "Ladan 🏡 i Habo – en lokal med ett så långt namn att raden måste vikas mitt bland ååååå och 🏡🏡🏡", Lat: 57.9, Lon: 14.07, Capacity: 9, Rooms: 9}},
		Units: []model.Unit{{ID: "u", Name: "Enheten", Sector: "municipal", Area: "1496", Lat: 58.5, Lon: 13.2, Wave: "w1"}},
	}
	for id, span := range spans {
		start, end, _ := strings.Cut(span, " ")
		p.Slots = append(p.Slots, model.Slot{ID: id, Start: instant(start), End: instant(end)})
	}
	slices.SortFunc(p.Slots, func(a, b model.Slot) int { return a.Start.Compare(b.Start) })
	for _, id := range []string{"anna", "bo", "cilla", "dora", "emil", "hidden"} {
		p.People = append(p.People, model.Person{ID: id, Unit: "u", Tier: "staff"})
	}
	for _, id := range []string{"lena", "leo"} {
		p.People = append(p.People, model.Person{ID: id, Unit: "u", Leads: leads})
	}
	return p
}

// spans are the slots of the programme.
var spans = map[string]string{
	"plain":    "2026-11-10T09:00:00+01:00 2026-11-10T12:00:00+01:00",
	"summer":   "2027-06-15T09:00:00+02:00 2027-06-15T12:00:00+02:00",
	"autumn":   "2026-10-25T01:30:00+02:00 2026-10-25T04:00:00+01:00", // over the night that summer time ends
	"repeated": "2026-10-25T02:15:00+02:00 2026-10-25T02:15:00+01:00", // from the first 02:15 to the second
	"second":   "2026-10-25T02:30:00+01:00 2026-10-25T03:30:00+01:00", // from the second 02:30
	"spring":   "2027-03-28T01:00:00+01:00 2027-03-28T04:00:00+02:00", // over the hour that is not there
	"eve":      "2026-12-31T22:00:00+01:00 2027-01-01T00:30:00+01:00", // over New Year
	"week53":   "2026-12-29T13:00:00+01:00 2026-12-29T16:00:00+01:00", // 2026 has an ISO week 53
	"sunday53": "2027-01-03T13:00:00+01:00 2027-01-03T16:00:00+01:00", // its last day, in 2027
	"week1":    "2027-01-04T08:00:00+01:00 2027-01-04T11:00:00+01:00",
}

func instant(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err) // the times of this package
	}
	return t
}

func contacts() []model.Contact {
	return []model.Contact{
		{ID: "anna", Given: "Anna", Family: "Åberg", Email: address("anna"), Language: "sv"},
		{ID: "bo", Given: `Bo "Bosse"`, Family: "Ek, von; Öster:Malm", Email: address("bo"), Language: "en"},
		{ID: "cilla", Given: "Cilla", Family: "Ο'Брайен 🙂", Email: address("cilla"), Language: "sv"},
		{ID: "dora", Given: "Dora", Family: strings.Repeat("Ångström-", 12) + "Öberg", Email: address("dora"), Language: "en"},
		{ID: "emil", Given: "Emil;CN=x", Family: "\r\nATTENDEE:mailto:evil@example.org", Email: address("emil"), Language: "sv"},
		{ID: "hidden", Given: "Hemlige", Family: "Dunkelgren", Email: address("hidden"), Language: "sv", Protected: true},
		{ID: "lena", Given: "Lena", Family: "Lund", Email: address("lena"), Language: "sv"},
		{ID: "leo", Given: "Leo", Family: "Lind", Email: address("leo"), Language: "en"},
	}
}

// everybody is who has a calendar on a stage.
var everybody = slices.Sorted(maps.Keys(choices))

// choices are how the seminars come into each person's calendar: both ways, so
// that every seat is seen on both, with all that can be chosen about them.
var choices = map[string]model.CalendarChoice{
	"anna":   {Channel: model.ByBoth},
	"bo":     {Channel: model.ByBoth, Alarms: []int{0, 60, 1440}, Strike: true},
	"cilla":  {Channel: model.ByBoth, Alarms: []int{}},
	"dora":   {Channel: model.ByBoth, Language: "sv"},
	"emil":   {Channel: model.ByBoth, Alarms: []int{30}},
	"hidden": {Channel: model.ByBoth},
	"lena":   {Channel: model.ByBoth, Strike: true},
	"leo":    {Channel: model.ByBoth, Language: "sv"},
}

func address(person string) string { return person + "@enhet.example.org" }
