package clients_test

import (
	"net/http"
	"testing"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/calendar"
)

// sharedOf is what the shared calendars of this package are of.
var sharedOf = map[model.FeedKind]string{
	model.ProgrammeFeed: "", model.WaveFeed: "w1", model.AreaFeed: "1496", model.VenueFeed: "hall", model.LeaderFeed: "leo",
	model.UnitFeed: "u", model.BusyPersonFeed: "leo", model.BusyVenueFeed: "hall",
}

func TestParsersReadSharedCalendars(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	coordinator := s.signIn(auth.User{Person: "coordinator", Role: model.Coordinator})
	for _, kind := range model.FeedKinds() {
		s.do(model.OpenFeed{Kind: kind, Of: sharedOf[kind]})
	}
	shared := s.service.State().Calendars.SharedBy("coordinator")
	if len(shared) != len(model.FeedKinds()) {
		t.Fatalf("there are %d shared calendars, want one of each of %v", len(shared), model.FeedKinds())
	}
	var samples []sample
	for _, c := range story {
		s.plan(c.change)
		for _, f := range shared {
			samples = append(samples, s.sharedSample(c.name, coordinator, f))
		}
	}
	for _, x := range samples[len(samples)-len(shared):] {
		if len(x.want.Events)+len(x.want.Busy) == 0 {
			t.Errorf("%s is empty", x.name)
		}
	}
	expectReadings(t, samples)
}

// sharedSample is a shared calendar, and what the product says is in it.
func (s *stage) sharedSample(chapter string, coordinator *http.Client, f model.SharedFeed) sample {
	s.t.Helper()
	x := sample{name: chapter + ": the calendar of the " + string(f.Kind), body: s.fetch(s.addressOn(coordinator, "/calendars/"+f.ID))}
	state, look := s.service.State(), s.look(f.Owner)
	if f.Kind == model.BusyPersonFeed || f.Kind == model.BusyVenueFeed {
		times, _ := calendar.Busy(state, f, s.clock.Now())
		for _, i := range times {
			x.want.Busy = append(x.want.Busy, [2]int64{i.From.Unix(), i.To.Unix()})
		}
		return x
	}
	for _, e := range calendar.SharedEvents(state, f, look) {
		x.want.Events = append(x.want.Events, told(e))
	}
	x.want = x.want.sorted()
	return x
}
