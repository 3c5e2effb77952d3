package web

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/ui"
)

// Several coordinators at once: every form of theirs says which revision of the
// programme its page showed. What others have done since is told in words, with
// their names, to pages that are open and to whoever was slower.

// shownNews is how many changes by others are told one by one, the latest.
const shownNews = 5

// news is what others have done since a revision, oldest first.
func (s *Server) news(v *visit, since uint64) []ui.HistoryLine {
	if v.user == nil || since >= v.state.Seq {
		return nil
	}
	entries, err := s.Programme.Since(v.UserContext(), since)
	if err != nil { // the page is shown all the same, without them
		s.Log.Error("what has changed since is not told", "error", err)
		return nil
	}
	var list []ui.HistoryLine
	for _, e := range entries {
		if e.Actor == v.user.Person {
			continue
		}
		for _, event := range e.Events {
			if text := s.eventNews(v, event); text != "" {
				list = append(list, ui.HistoryLine{At: time.UnixMilli(e.At), Who: s.actorName(v, e.Actor), Text: text})
			}
		}
	}
	return list[max(0, len(list)-shownNews):]
}

// seen is the revision that the page showed on which a form was sent; without
// one the present: nothing has changed for whoever has not looked.
func (v *visit) seen() uint64 {
	if n, err := strconv.ParseUint(v.FormValue("seen"), 10, 64); err == nil {
		return n
	}
	return v.state.Seq
}

// newsOfConflict tells somebody whose form was refused what others have done meanwhile.
func (s *Server) newsOfConflict(v *visit) []ui.HistoryLine {
	if v.told || v.Method() != fiber.MethodPost || v.Response().StatusCode() != fiber.StatusConflict {
		return nil
	}
	return s.news(v, v.seen())
}

// eventNews says in words what an event means to other coordinators; nothing
// when it means nothing to them.
func (s *Server) eventNews(v *visit, event model.Event) string {
	seminar := func(key, id string) string { return s.text(v, key, "what", s.shownArg(v, model.SeminarID(id))) }
	switch e := event.(type) {
	case model.SeminarsEdited:
		return strings.Join(append([]string{s.editText(v, &e.Edit) + "."}, s.editLines(v, &e.Edit)...), " ")
	case model.DraftEdited:
		return strings.Join(append([]string{s.editText(v, &e.Edit) + "."}, s.editLines(v, &e.Edit)...), " ")
	case model.LockSet:
		return seminar("edit.did.lock", e.Seminar) + ". " + s.lockText(v, e.Lock)
	case model.LeadersSet:
		return seminar("edit.did.leaders", e.Seminar)
	case model.AttendanceTaken:
		return seminar("news.attendance", e.Seminar)
	case model.WavePublished:
		return s.text(v, "news.published", "wave", s.waveName(v, v.state, e.Wave))
	case model.PlanRepaired:
		return s.text(v, "news.repaired")
	case model.DraftSaved:
		return s.text(v, "news.draft")
	case model.WavesSet:
		return s.text(v, "news.waves")
	case model.CircumstanceRecorded:
		return s.eventText(v, &e.Circumstance)
	case model.CircumstanceWithdrawn:
		return s.text(v, "event.withdrawn")
	case model.RosterAmended, model.ContactsChanged, model.PeopleMerged, model.PeopleParted, model.ProgrammeLoaded, model.ProgrammeExtended:
		return s.text(v, "news.register")
	case model.ScenarioSaved, model.ScenarioDropped, model.ScenarioRestored:
		return s.text(v, "news.scenarios")
	case model.ActivitySaved, model.ActivityCancelled, model.ActivityTypesSet:
		return s.text(v, "news.activities")
	}
	return ""
}

// clashing are the happenings that a change of the same seminar would undo unseen.
var clashing = []programme.Happening{programme.Moved, programme.Rehoused, programme.Cancelled, programme.Assigned, programme.Relieved, programme.Locked}

// changedFirst is what others have done to something since the page with the
// form was made: the difference, in words.
func (s *Server) changedFirst(ctx context.Context, v *visit, kind programme.SubjectKind, id string) (list []ui.HistoryLine) {
	since := v.seen()
	if since >= v.state.Seq {
		return nil
	}
	lines, err := s.Programme.History.Of(ctx, kind, id)
	if err != nil {
		s.Log.Error("what has changed since is not told", "error", err)
		return nil
	}
	for _, l := range slices.Backward(lines) {
		if l.Seq > since && l.Actor != v.user.Person && (kind != programme.SeminarSubject || slices.Contains(clashing, l.What)) {
			list = append(list, ui.HistoryLine{At: time.UnixMilli(l.At), Who: s.actorName(v, l.Actor), Text: s.happening(v, l)})
		}
	}
	v.told = len(list) > 0
	return list
}

// revision answers a page that asks whether the programme has changed since it
// was made: with the revision there is and, below, what others have done; or
// nothing when it is the page's own.
func (s *Server) revision(v *visit) error {
	now := strconv.FormatUint(v.state.Seq, 10)
	if v.Query("page") == now {
		return v.SendStatus(fiber.StatusNoContent)
	}
	since, err := strconv.ParseUint(v.Query("page"), 10, 64)
	if err != nil {
		return v.SendString(now)
	}
	for _, line := range s.news(v, since) {
		now += "\n" + line.Who + ": " + line.Text
	}
	return v.SendString(now)
}
