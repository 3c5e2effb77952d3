package model_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kaskad/model"
)

func choose(w *world, person string, channel model.Channel) {
	w.t.Helper()
	w.must(model.Actor{Person: person, Role: model.Staff}, model.ChooseCalendar{Person: person, Choice: model.CalendarChoice{Channel: channel}})
}

// mailed are the seats of a person that mails should tell of, oldest first.
func mailed(s *model.State, person string) (list []model.Notice) {
	for _, n := range s.Notices() {
		if n.Person == person {
			list = append(list, n)
		}
	}
	return list
}

func TestSubscribingTakesBackWhatWasInvitedTo(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("n", "staff", "law", "8-8", "near", "l0", "s0", "s1"))
	choose(w, "s0", model.ByFeed)
	seats := notice(t, w.state, "s0", "S00001")
	if len(seats) != 2 || !seats[0].Cancelled || !seats[0].Switched || seats[0].Sequence != 1 || seats[1].Cancelled || !seats[1].Subscribed {
		t.Errorf("seats = %+v; want the invited life cancelled and a subscribed one", seats)
	}
	if list := mailed(w.state, "s0"); len(list) != 1 || !list[0].Cancelled || list[0].Slot != "8-8" {
		t.Errorf("mails should tell %+v; want one cancellation", list)
	}
	if len(mailed(w.state, "s1")) != 1 || notice(t, w.state, "s1", "S00001")[0].Cancelled {
		t.Error("somebody else's seat was touched")
	}
	w.publish("w", seminar("S00001", "staff", "law", "15-8", "near", "l0", "s0", "s1"))
	if list := mailed(w.state, "s0"); len(list) != 1 {
		t.Errorf("a move is told by mail to somebody who subscribes: %+v", list)
	}
	choose(w, "s0", model.ByMail)
	if list := mailed(w.state, "s0"); len(list) != 2 || list[1].Cancelled || list[1].Generation != 2 || list[1].Sequence != 0 {
		t.Errorf("back to mail: %+v; want a new invitation with a new identity", list)
	}
}

func TestWhenAChannelWasChosenIsKept(t *testing.T) {
	w := newWorld(t, programme())
	choose(w, "s0", model.ByMail)
	first := w.state.Calendars.Choices["s0"].At
	if first != w.state.At {
		t.Errorf("chosen at %d, want %d, when it was committed", first, w.state.At)
	}
	w.now += 1000
	w.must(model.Actor{Person: "s0", Role: model.Staff},
		model.ChooseCalendar{Person: "s0", Choice: model.CalendarChoice{Channel: model.ByMail, Strike: true, At: 7}})
	if got := w.state.Calendars.Choices["s0"]; got.At != first || !got.Strike {
		t.Errorf("the same channel with another mark: %+v; want the mark, and the time it had", got)
	}
	w.now += 1000
	choose(w, "s0", model.ByFeed)
	if got := w.state.Calendars.Choices["s0"].At; got != w.state.At || got == first {
		t.Errorf("another channel is of %d, want %d", got, w.state.At)
	}
}

func TestNewSeatsFollowTheChannel(t *testing.T) {
	for channel, want := range map[model.Channel]int{model.Undecided: 1, model.ByMail: 1, model.ByFeed: 0, model.ByBoth: 1} {
		w := newWorld(t, programme())
		if channel != model.Undecided {
			choose(w, "s0", channel)
		}
		w.publish("w", seminar("n", "staff", "law", "8-8", "near", "l0", "s0"))
		if got := len(mailed(w.state, "s0")); got != want {
			t.Errorf("with channel %q %d seats are told by mail, want %d", channel, got, want)
		}
	}
}

func TestASeatThatIsOverStaysWhereItWas(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("n", "staff", "law", "8-8", "near", "l0", "s0"))
	w.now = w.state.Roster.Slots["8-8"].End.UnixMilli()
	choose(w, "s0", model.ByFeed)
	if seats := notice(t, w.state, "s0", "S00001"); len(seats) != 1 || seats[0].Cancelled {
		t.Errorf("seats = %+v; a seminar that is over needs no news", seats)
	}
}

func TestChoosingIsCheckedAndSaysNothingTwice(t *testing.T) {
	w := newWorld(t, programme())
	me := model.Actor{Person: "s0", Role: model.Staff}
	for name, c := range map[string]model.CalendarChoice{
		"no channel": {}, "an unknown channel": {Channel: "pigeon"}, "too many alarms": {Channel: model.ByMail, Alarms: []int{1, 2, 3, 4, 5, 6}},
		"an alarm afterwards": {Channel: model.ByMail, Alarms: []int{-1}}, "an alarm long before": {Channel: model.ByMail, Alarms: []int{40321}},
	} {
		if err := w.do(me, model.ChooseCalendar{Person: "s0", Choice: c}); model.CodeOf(err) != model.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
	if err := w.do(me, model.ChooseCalendar{Person: "s1", Choice: model.CalendarChoice{Channel: model.ByFeed}}); model.CodeOf(err) != model.Forbidden {
		t.Errorf("choosing for somebody else: %v, want forbidden", err)
	}
	w.must(me, model.ChooseCalendar{Person: "s0", Choice: model.CalendarChoice{Channel: model.ByFeed, Alarms: []int{60, 15, 60}}})
	if got := w.state.Calendars.Choices["s0"].Alarms; !slices.Equal(got, []int{15, 60}) {
		t.Errorf("alarms = %v, want them in order and once", got)
	}
	d, err := w.state.Decide(me, model.ChooseCalendar{Person: "s0", Choice: model.CalendarChoice{Channel: model.ByFeed, Alarms: []int{15, 60}}})
	if err != nil || len(d.Events) != 0 {
		t.Errorf("choosing the same again: %v, %v; want nothing to commit", d.Events, err)
	}
}

func TestAClosedAddressOpensAsANewOne(t *testing.T) {
	w := newWorld(t, programme())
	choose(w, "s0", model.ByFeed)
	me := model.Actor{Person: "s0", Role: model.Staff}
	w.must(me, model.CloseFeed{Person: "s0"})
	if !w.state.Calendars.Closed["s0"] || w.state.Calendars.Choices["s0"].Channel != model.ByMail {
		t.Errorf("after closing: %+v", w.state.Calendars)
	}
	if err := w.do(me, model.CloseFeed{Person: "s0"}); model.CodeOf(err) != model.Conflict {
		t.Errorf("closing twice: %v, want a conflict", err)
	}
	before := w.state.Feeds["s0"]
	choose(w, "s0", model.ByFeed)
	if w.state.Calendars.Closed["s0"] || w.state.Feeds["s0"] != before+1 {
		t.Errorf("subscribing again: closed %t, generation %d; want a new address", w.state.Calendars.Closed["s0"], w.state.Feeds["s0"])
	}
}

// randomChoice is a step of the random walks.
func randomChoice(rt *rapid.T, w *world) {
	person := rapid.SampledFrom([]string{"s0", "s1", "l0"}).Draw(rt, "chooser")
	switch rapid.IntRange(0, 9).Draw(rt, "kind of choice") {
	case 0:
		_ = w.do(boss, model.CloseFeed{Person: person})
		return
	case 1:
		_ = w.do(boss, model.OpenFeed{Kind: rapid.SampledFrom(model.FeedKinds()).Draw(rt, "feed"), Of: rapid.SampledFrom([]string{"", "w", "near", "u", person}).Draw(rt, "of")})
		return
	case 2:
		_ = w.do(boss, model.RenewFeed{ID: "K0001"})
		_ = w.do(boss, model.RemoveFeed{ID: "K0002"})
		return
	case 3:
		w.must(boss, model.SetUnitContact{Unit: "u", Person: person, Off: rapid.Bool().Draw(rt, "off")})
		return
	case 5:
		randomBusy(rt, w, person)
		return
	case 4:
		w.must(boss, model.NoteModule{Module: "law", Note: model.ModuleNote{Everyone: rapid.SampledFrom([]string{"", "Penna", "Kort"}).Draw(rt, "note")}})
		return
	}
	channel := rapid.SampledFrom([]model.Channel{model.ByMail, model.ByFeed, model.ByBoth}).Draw(rt, "channel")
	w.must(boss, model.ChooseCalendar{Person: person, Choice: model.CalendarChoice{Channel: channel, Alarms: []int{15}[:rapid.IntRange(0, 1).Draw(rt, "alarms")]}})
}
