package web_test

import (
	"testing"
	"time"

	"kaskad/scheduler"
	"kaskad/scheduler/advise"
	"kaskad/server/web"
)

func init() {
	fillings = append(fillings, "seminar", "x", "change", "x", "was", 1, "now", 1, "area", "x", "from", "x", "to", "x", "more", "x", "effects", "x")
}

// Keys that are put together from a fact, a term of the cost or a piece of news.
func TestEveryAnswerHasWords(t *testing.T) {
	renderer := web.Renderer(t, time.UTC)
	for _, fact := range scheduler.Facts() {
		expectText(t, renderer, "fact."+string(fact), "answers/speaker.go")
	}
	for _, term := range []string{"unmet", "travel", "leaderTravel", "seminars", "mix", "crowding", "continuity", "pace", "earliness", "fairness", "preference", "disruption"} {
		expectText(t, renderer, "effect."+term+".more", "answers/speaker.go")
		expectText(t, renderer, "effect."+term+".less", "answers/speaker.go")
	}
	for _, kind := range advise.ChangeKinds() {
		expectText(t, renderer, "change."+string(kind), "answers/speaker.go")
	}
	expectText(t, renderer, "change."+string(advise.NewLeader)+"-any", "answers/speaker.go")
	for _, fact := range []scheduler.Fact{scheduler.Away, scheduler.Busy, scheduler.Order, scheduler.Gap, scheduler.LeadsBefore, scheduler.UnitFull,
		scheduler.OutsideWave, scheduler.TooFar, scheduler.SeatsFull} { // what can stand against a seat
		expectText(t, renderer, "ask.count."+string(fact), "answers/lines.go")
	}
	for _, news := range []advise.News{advise.Moved, advise.Invited, advise.Cancelled, advise.OtherLeader} {
		expectText(t, renderer, "told."+string(news), "answers/speaker.go")
	}
}
