package web

import (
	"time"

	"kaskad/model"
)

// shownArg is an argument of an error's text as the visitor may see it: ids of
// people and places become names.
func (s *Server) shownArg(v *visit, arg any) any {
	r := v.state.Roster
	switch x := arg.(type) {
	case model.PersonID:
		return s.shownName(v, string(x))
	case model.VenueID:
		if r != nil && r.Venues[string(x)] != nil {
			return r.Venues[string(x)].Name
		}
	case model.UnitID:
		if r != nil && r.Units[string(x)] != nil {
			return r.Units[string(x)].Name
		}
	case model.SeminarID:
		if seminar := v.state.Seminars[string(x)]; seminar != nil && r != nil {
			start, _ := r.Span(&seminar.Seminar)
			return r.Modules[seminar.Module].Name + " " + s.ui.When(v.lang, start)
		}
	case time.Time:
		return s.ui.When(v.lang, x)
	}
	return arg
}
