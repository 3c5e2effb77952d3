package web

import (
	"slices"

	"kaskad/model"
	"kaskad/ui"
)

// help is for anybody; only a coordinator learns how far the programme has come.
func (s *Server) help(v *visit) error {
	if v.user == nil || v.user.Role != model.Coordinator {
		return s.show(v, ui.Help{})
	}
	published := v.state.Told > 0
	return s.show(v, ui.Help{
		Coordinates: true, Planned: v.state.Draft != nil || published,
		Published: published,
		Happened:  slices.ContainsFunc(v.state.Circumstances, func(c model.Circumstance) bool { return c.Kind == model.PersonAway }),
	})
}
