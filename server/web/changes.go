package web

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/ui"
)

// shownEvents is how many events and edits the page lists, the newest first.
const shownEvents = 50

// changesRoutes are the pages about what has happened and what is done by hand.
func (s *Server) changesRoutes() {
	app := s.app
	app.Get("/changes", s.page(s.changes, coordinators))
	app.Get("/changes/event", s.page(s.eventForm, coordinators))
	app.Post("/changes/event", s.page(s.recordEvent, coordinators))
	app.Post("/changes/withdraw", s.page(s.withdrawEvent, coordinators))
	app.Get("/changes/proposal", s.page(s.repair, coordinators))
	app.Post("/changes/proposal", s.page(s.publishRepair, coordinators))
	app.Post("/changes/undo", s.page(s.undoEdit, coordinators))
	s.rearrangeRoutes()
}

// changes shows what has happened, what that breaks, and what was done by hand.
func (s *Server) changes(v *visit) error {
	page, err := once(s, v, func() (ui.Changes, error) { return s.changesPage(v), nil })
	if err != nil {
		return err
	}
	return s.show(v, page)
}

func (s *Server) changesPage(v *visit) ui.Changes {
	page := ui.Changes{Outdated: v.state.DraftOutdated() || v.state.DraftStale()}
	for _, kind := range model.CircumstanceKinds() {
		page.Kinds = append(page.Kinds, ui.Option{Value: string(kind), Label: s.text(v, "event.do."+string(kind))})
	}
	page.Kinds = append(page.Kinds, ui.Option{Value: absences, Label: s.text(v, "event.do.people-absent")})
	s.listBroken(v, &page)
	for _, x := range slices.Backward(v.state.Circumstances) {
		if len(page.Happened) < shownEvents {
			page.Happened = append(page.Happened, ui.Happening{ID: x.ID, Text: s.eventText(v, &x), At: time.UnixMilli(x.At)})
		}
	}
	page.Edits = s.editRows(v)
	return page
}

// eventText says what happened in one sentence.
func (s *Server) eventText(v *visit, x *model.Circumstance) string {
	r := v.state.Roster
	pairs := []any{"who", s.shownName(v, x.Person), "from", s.ui.Day(v.lang, x.From), "to", s.ui.Day(v.lang, x.To.Add(-time.Second)), "n", 0}
	key := "event.text." + string(x.Kind)
	if !x.To.IsZero() && pairs[3] == pairs[5] {
		key += "-day"
	}
	switch x.Kind {
	case model.VenueClosed:
		pairs[1] = s.shownArg(v, model.VenueID(x.Venue))
		if x.To.IsZero() {
			key += "-for-good"
		}
	case model.UnitSpares:
		pairs[1] = s.shownArg(v, model.UnitID(x.Unit))
		if x.MaxAway == nil {
			key += "-any"
		} else {
			pairs[7] = *x.MaxAway
		}
	case model.PeopleJoin:
		pairs[7] = len(x.People)
		if len(x.People) > 0 {
			pairs[1] = s.shownArg(v, model.UnitID(x.People[0].Unit))
		}
	}
	if p := r.People[x.Person]; x.Person != "" && p == nil {
		pairs[1] = s.text(v, "event.gone")
	}
	return s.text(v, key, pairs...)
}

// withdrawEvent takes an event back.
func (s *Server) withdrawEvent(v *visit) error {
	return s.changeAt(v, "/changes", model.Withdraw{ID: v.FormValue("event")}, "event.withdrawn")
}

// reasonsOf are the sentences of a refusal; none when it was a fault of ours.
func (s *Server) reasonsOf(v *visit, err error) (list []string) {
	var all *model.Refusal
	if errors.As(err, &all) {
		return s.groupedReasons(v, all.Reasons)
	}
	if text, ok := s.sentence(v, err); ok {
		list = append(list, text)
	}
	return list
}

// likeReasons is how many reasons of one kind are said one by one.
const likeReasons = 2

// groupedReasons says the reasons in words; of many alike the first few, and
// whom else they are about.
func (s *Server) groupedReasons(v *visit, reasons []*model.Error) (list []string) {
	others := map[string][]string{}
	said := map[string]int{}
	for _, e := range reasons {
		who, person := model.PersonID(""), false
		if len(e.Args) > 0 {
			who, person = e.Args[0].(model.PersonID)
		}
		if said[e.Key]++; person && said[e.Key] > likeReasons {
			others[e.Key] = append(others[e.Key], string(who))
			continue
		}
		text, _ := s.sentence(v, e)
		list = append(list, text)
	}
	var also []string
	for _, e := range reasons {
		if more := others[e.Key]; len(more) > 0 {
			also = append(also, s.text(v, "hand.also", "n", len(more), "who", s.namesOf(v, more), "reason", s.alike(v, e)))
			delete(others, e.Key)
		}
	}
	return append(list, also...)
}

// alike is a reason without its person: the sentence about the others of its kind.
func (s *Server) alike(v *visit, e *model.Error) string {
	text, _ := s.sentence(v, e)
	return strings.TrimSuffix(strings.TrimPrefix(text, s.shownArg(v, e.Args[0]).(string)+" "), ".")
}

// repair shows what a repair would change, and for whom.
func (s *Server) repair(v *visit) error {
	page, err := once(s, v, func() (ui.Proposal, error) { return s.repairPage(v) })
	if err != nil {
		return err
	}
	return s.show(v, page)
}

// publishRepair does what the page showed, and only that.
func (s *Server) publishRepair(v *visit) error {
	p, err := s.Programme.Propose(v.UserContext())
	if err != nil {
		return err
	}
	if v.FormValue("revision") != revisionOf(p) {
		err = model.Errorf(model.Conflict, "error.publish-changed", "something has changed since you opened this page; look at it once more")
	} else {
		_, err = s.Programme.Do(v.UserContext(), v.user.Actor(), p.Command())
	}
	if err == nil {
		return s.back(v, "/changes", ui.Success, s.text(v, "proposal.done"))
	}
	refused, ok := s.sentence(v, err)
	if !ok {
		return err
	}
	v.state = s.Programme.State()
	page, err := s.repairPage(v)
	if err != nil {
		return err
	}
	page.Error = refused
	v.Status(fiber.StatusConflict)
	return s.show(v, page)
}

// byLabel sorts options as people read them.
func byLabel(list []ui.Option) {
	slices.SortFunc(list, func(a, b ui.Option) int { return cmp.Compare(a.Label, b.Label) })
}
