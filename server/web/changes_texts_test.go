package web_test

import (
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/web"
)

func init() { fillings = append(fillings, "from", "x", "to", "x") }

// Texts whose keys are put together from what has happened or was done.
func TestEventsAndEditsHaveTexts(t *testing.T) {
	renderer := web.Renderer(t, time.UTC)
	for _, kind := range model.CircumstanceKinds() {
		for _, form := range []string{"event.do.", "event.help.", "event.text."} {
			expectText(t, renderer, form+string(kind), "changes.go")
		}
	}
	for _, key := range []string{"event.text.venue-closed-for-good", "event.text.unit-spares-any",
		"event.text.person-away-day", "event.text.venue-closed-day", "edit.did.redo"} {
		expectText(t, renderer, key, "changes.go")
	}
	for _, kind := range []string{"leader", "room", "person", "order", "unit", "seats", "rule"} {
		expectText(t, renderer, "broken.sum."+kind, "changes_broken.go")
	}
	for _, kind := range []model.EditKind{model.EditMove, model.EditLeaders, model.EditCancel, model.EditSwap, model.EditUndo, model.EditArrange} {
		expectText(t, renderer, "edit.did."+string(kind), "changes.go")
	}
	for _, limit := range []string{"day-full", "week-full", "all-led"} {
		expectText(t, renderer, "edit."+limit, "model/trial_leader.go")
	}
}
