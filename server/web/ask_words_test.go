package web_test

import (
	"testing"
	"time"

	"kaskad/scheduler"
	"kaskad/scheduler/advise"
	"kaskad/ui"
)

// Keys that are put together from a fact, a term of the cost or a piece of news.
func TestEveryAnswerHasWords(t *testing.T) {
	renderer, err := ui.New(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	for _, fact := range scheduler.Facts() {
		expectText(t, renderer, "fact."+string(fact), "ask_words.go")
	}
	for _, term := range []string{"unmet", "travel", "leaderTravel", "seminars", "mix", "crowding", "continuity", "pace", "earliness", "fairness", "preference", "disruption"} {
		expectText(t, renderer, "effect."+term+".more", "ask_words.go")
		expectText(t, renderer, "effect."+term+".less", "ask_words.go")
	}
	for _, news := range []advise.News{advise.Moved, advise.Invited, advise.Cancelled, advise.OtherLeader} {
		expectText(t, renderer, "told."+string(news), "ask_words.go")
	}
}
