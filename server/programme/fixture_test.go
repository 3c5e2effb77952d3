package programme_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/server/store"
)

var coordinator = model.Actor{Person: "boss", Role: model.Coordinator}

func as(person string) model.Actor { return model.Actor{Person: person, Role: model.Leader} }

// clock stands still until it is moved.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	fault string // panics when a function of this name asks for the time
}

func newClock() *clock { return &clock{now: time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)} }

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

// log is what a service has logged.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// open opens the programme p of a store, as one of perhaps several servers.
func open(t *testing.T, s store.Store, c *clock) (*programme.Service, *log) {
	t.Helper()
	l := &log{}
	service, err := programme.Open(t.Context(), s, "p", c.Now, slog.New(slog.NewTextHandler(l, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Planner.Stop)
	return service, l
}

// loaded has the small programme of these tests.
func loaded(t *testing.T) (*programme.Service, *store.Memory, *clock) {
	t.Helper()
	s, c := store.OpenMemory(), newClock()
	service, _ := open(t, s, c)
	do(t, service, coordinator, model.LoadProgramme{Problem: problem()})
	return service, s, c
}

// published has one seminar of each day published, all led by the first leader.
func published(t *testing.T) (*programme.Service, *store.Memory, *clock) {
	t.Helper()
	service, s, c := loaded(t)
	do(t, service, coordinator, model.SaveDraft{Plan: plan(), Base: service.State().Seq})
	do(t, service, coordinator, model.Publish{Draft: service.State().Draft.Ref})
	return service, s, c
}

func do(t *testing.T, s *programme.Service, by model.Actor, c model.Command) {
	t.Helper()
	if _, err := s.Do(t.Context(), by, c); err != nil {
		t.Fatalf("%T: %v", c, err)
	}
}

// leaders is how many there are, enough for a crowd at one seminar.
const leaders = 50

func leaderID(i int) string { return fmt.Sprintf("l%02d", i) }

func problem() *model.Problem {
	p := &model.Problem{
		Format:    model.ProblemFormat,
		Programme: model.Programme{ID: "p", Name: "P", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1, KmH: 60}},
		Tiers:     []model.Tier{{ID: "staff", Modules: []string{"law"}, Seats: model.Seats{Max: 9}}},
		Modules:   []model.Module{{ID: "law", Name: "Juridik", Minutes: 60}},
		Sectors:   []string{"municipal"},
		Venues:    []model.Venue{{ID: "room", Name: "Salen", Lat: 57, Lon: 12, Capacity: 9, Rooms: 9}},
		Units:     []model.Unit{{ID: "u", Name: "Enheten", Sector: "municipal", Lat: 57, Lon: 12}},
	}
	// The first slots are before the tests' Monday: nothing new may be planned there.
	for i := range 12 {
		at := time.Date(2027, 1, 1+3*i, 9, 0, 0, 0, time.UTC)
		p.Slots = append(p.Slots, model.Slot{ID: fmt.Sprintf("t%02d", i), Start: at, End: at.Add(time.Hour)})
	}
	for i := range 12 {
		p.People = append(p.People, model.Person{ID: fmt.Sprintf("s%02d", i), Unit: "u", Tier: "staff"})
	}
	for i := range leaders {
		p.People = append(p.People, model.Person{ID: leaderID(i), Unit: "u", Leads: &model.Leads{Tier: "staff", Modules: []string{"law"}}})
	}
	return p
}

func plan() *model.Plan {
	p := &model.Plan{Format: model.PlanFormat, Problem: "p", Unmet: []model.Unmet{}}
	for i := range 6 {
		p.Seminars = append(p.Seminars, model.Seminar{ID: fmt.Sprintf("d%d", i), Tier: "staff", Module: "law", Slot: fmt.Sprintf("t%02d", 4+i),
			Venue: "room", Leaders: []string{leaderID(0)}, Attendees: []string{fmt.Sprintf("s%02d", 2*i), fmt.Sprintf("s%02d", 2*i+1)}})
	}
	return p
}

// snapshot is a State as bytes: equal States give equal ones.
func snapshot(t *testing.T, s *programme.Service) string {
	t.Helper()
	data, err := s.State().Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
