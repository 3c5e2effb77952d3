package web

import (
	"slices"

	"kaskad/model"
	"kaskad/ui"
)

// guideCookie is "off" in the browser of a coordinator who has put the first steps away.
const guideCookie = "guide"

// help is for anybody; only a coordinator learns how far the programme has come.
func (s *Server) help(v *visit) error {
	if v.user == nil || v.user.Role != model.Coordinator {
		return s.show(v, ui.Help{})
	}
	return s.show(v, ui.Help{Coordinates: true, PutAway: v.Cookies(guideCookie) == "off", Steps: firstSteps(v.state)})
}

// keysCookie is "off" in the browser of who wants no keyboard shortcuts.
const keysCookie = "keys"

// keysPage lists the keyboard shortcuts.
func (s *Server) keysPage(v *visit) error {
	return s.show(v, ui.Keys{Coordinates: v.user != nil && v.user.Role == model.Coordinator, On: v.Cookies(keysCookie) != "off"})
}

// guide is what the overview shows of the first steps: nil when they are put away.
func guide(v *visit) *ui.FirstSteps {
	if v.user == nil || v.user.Role != model.Coordinator || v.Cookies(guideCookie) == "off" {
		return nil
	}
	steps := firstSteps(v.state)
	return &steps
}

func firstSteps(state *model.State) ui.FirstSteps {
	published := state.Told > 0
	away := func(c model.Circumstance) bool { return c.Kind == model.PersonAway }
	return ui.FirstSteps{
		Planned: state.Draft != nil || published, Published: published,
		Happened: slices.ContainsFunc(state.Circumstances, away),
	}
}
