package web

import "kaskad/server/answers"

// speaker says answers to a visitor, who sees names as coordinators do.
func (s *Server) speaker(v *visit) answers.Speaker {
	return answers.Speaker{
		UI: s.ui, Lang: v.lang, Roster: v.state.Roster, Area: s.areaName,
		Name: func(person string) string { return s.askedName(v, person) },
		Hidden: func(person string) bool {
			contact, _ := s.Programme.People.Contact(person)
			return contact.Protected
		},
		Wave:   func(id string) string { return s.waveName(v, v.state, id) },
		Reason: func(text string) string { return s.unmetText(v, text) },
	}
}

// askedName is how answers name a person: a name says which of several it is,
// and who has none because of a protected identity is said to be such a one.
func (s *Server) askedName(v *visit, person string) string {
	if name := s.Programme.People.Name(person); name != "" {
		return name
	}
	return s.text(v, "seminar.protected")
}
