package web

import (
	"log/slog"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/server/store"
)

func TestAViewLastsAsLongAsItIsTrue(t *testing.T) {
	now := time.Date(2027, 2, 1, 7, 0, 0, 0, time.UTC)
	service, err := programme.Open(t.Context(), store.OpenMemory(), "p", func() time.Time { return now }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	boss := model.Actor{Person: "boss", Role: model.Coordinator}
	change := func(c model.Command) *model.State {
		t.Helper()
		state, err := service.Do(t.Context(), boss, c)
		if err != nil {
			t.Fatal(err)
		}
		return state
	}
	state := change(model.LoadProgramme{Problem: &model.Problem{
		Format: model.ProblemFormat, Programme: model.Programme{ID: "p", Timezone: "UTC", Travel: model.Travel{Detour: 1, KmH: 60}},
		Modules: []model.Module{{ID: "m", Minutes: 60}}, Sectors: []string{"s"},
		Tiers:  []model.Tier{{ID: "t", Modules: []string{"m"}, Seats: model.Seats{Max: 9}}},
		Slots:  []model.Slot{{ID: "a", Start: now.Add(time.Hour), End: now.Add(2 * time.Hour)}},
		Venues: []model.Venue{{ID: "v", Capacity: 9, Rooms: 1}}, Units: []model.Unit{{ID: "u", Sector: "s"}}, People: []model.Person{{ID: "x", Unit: "u", Tier: "t"}}}})

	s := &Server{Programme: service}
	var views lasting[string, int]
	made := 0
	ask := func(state *model.State, key string) int {
		return views.of(s, state, key, func() int { made++; return made })
	}
	expect := func(what string, got, want int) {
		t.Helper()
		if got != want {
			t.Errorf("%s: view %d, want %d", what, got, want)
		}
	}
	expect("the first who asks", ask(state, "a"), 1)
	expect("the second", ask(state, "a"), 1)
	expect("by another key", ask(state, "b"), 2)
	expect("by the first key, of which one is kept", ask(state, "a"), 3)
	views.most = 2
	expect("by another key again", ask(state, "b"), 4)
	expect("with room for two", ask(state, "a"), 3)
	now = now.Add(time.Hour + time.Second)
	expect("when a time has begun", ask(state, "a"), 5)
	next := change(model.RotateFeed{Person: "x"})
	expect("of the next State", ask(next, "a"), 6)
	expect("of the State that has passed", ask(state, "a"), 7)
	expect("of the next, which that has not displaced", ask(next, "a"), 6)

	broken := func() (err any) {
		defer func() { err = recover() }()
		return views.of(s, next, "c", func() int { panic("broken") })
	}
	if broken() != "broken" {
		t.Error("a view that breaks down is shown")
	}
	expect("after a breakdown", ask(next, "c"), 8)
}
