package web

import (
	"net/url"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/ui"
)

// historyShown bounds the lines of a page.
const historyShown = 60

// history is what the journal tells of somebody or something, in words, newest first.
func (s *Server) history(v *visit, kind programme.SubjectKind, id string) ([]ui.HistoryLine, error) {
	lines, err := s.Programme.History.Of(v.UserContext(), kind, id)
	if err != nil {
		return nil, err
	}
	var list []ui.HistoryLine
	for _, l := range lines[:min(len(lines), historyShown)] {
		line := ui.HistoryLine{At: time.UnixMilli(l.At), Who: s.actorName(v, l.Actor), Text: s.happening(v, l)}
		if l.Now != nil && kind != programme.SeminarSubject {
			line.Href = "/seminars/" + url.PathEscape(l.Now.ID)
		}
		list = append(list, line)
	}
	return list, nil
}

// actorName is who made an entry. A coordinator who is nobody of the programme
// is known by address, to other coordinators.
func (s *Server) actorName(v *visit, actor string) string {
	switch _, known := s.Programme.People.Contact(actor); {
	case actor == model.System.Person:
		return "Kaskad"
	case known:
		return s.shownName(v, actor)
	}
	if v.user != nil && v.user.Role == model.Coordinator {
		for _, email := range s.Coordinators {
			if s.Secret.Pseudonym(email) == actor {
				return email
			}
		}
	}
	return s.text(v, "role.coordinator")
}

func (s *Server) happening(v *visit, l programme.HistoryLine) string {
	key := "history." + string(l.What)
	if l.Now == nil {
		return s.text(v, key, "what", s.fieldNames(v, l.Fields))
	}
	now, was := &l.Now.Seminar, &l.Now.Seminar
	if l.Before != nil {
		was = &l.Before.Seminar
	}
	switch {
	case l.What == programme.Joined:
		key = "history.published"
	case l.What == programme.Reseated:
		return s.text(v, key, "n", l.In, "out", l.Out)
	case l.Person != "":
		return s.text(v, "history.led-"+string(l.What), "name", s.shownName(v, l.Person))
	}
	return s.text(v, key, "module", s.moduleName(v, now.Module), "when", s.startText(v, now), "venue", s.venueName(v, now.Venue),
		"before", s.startText(v, was), "from", s.venueName(v, was.Venue))
}

// fieldNames are the changed fields as people call them.
func (s *Server) fieldNames(v *visit, fields []string) string {
	var names []string
	for _, f := range fields {
		names = append(names, s.named(v, "history.field", strings.ToLower(f)))
	}
	return strings.Join(names, ", ")
}

// The roster may have lost what an old line names.

func (s *Server) moduleName(v *visit, id string) string {
	if m := v.state.Roster.Modules[id]; m != nil {
		return m.Name
	}
	return id
}

func (s *Server) venueName(v *visit, id string) string {
	if x := v.state.Roster.Venues[id]; x != nil {
		return x.Name
	}
	return id
}

func (s *Server) startText(v *visit, x *model.Seminar) string {
	start, _ := v.state.Roster.Span(x)
	if start.IsZero() {
		return x.Slot
	}
	return s.ui.When(v.lang, start)
}
