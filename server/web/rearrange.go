package web

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/ui"
)

// rearrangeRoutes are what a coordinator does to a seminar by hand.
func (s *Server) rearrangeRoutes() {
	app := s.app
	app.Get("/seminars/:id/change", s.page(s.rearrange, coordinators))
	app.Post("/seminars/:id/move", s.page(s.moveSeminar, coordinators))
	app.Post("/seminars/:id/leaders", s.page(s.changeLeaders, coordinators))
	app.Post("/seminars/:id/swap", s.page(s.swapSeminars, coordinators))
	app.Post("/seminars/:id/cancel", s.page(s.cancelSeminar, coordinators))
	app.Post("/seminars/:id/lock", s.page(s.lockSeminar, coordinators))
}

// rearrange shows what can be changed by hand.
func (s *Server) rearrange(v *visit) error {
	page, err := s.rearrangePage(v, nil)
	if err != nil {
		return err
	}
	return s.show(v, page)
}

// moveSeminar takes the fields of the form, or all in one, as a place of the
// timetable sends them.
func (s *Server) moveSeminar(v *visit) error {
	c := model.MoveSeminar{Seminar: v.param("id"), Slot: v.FormValue("slot"), Venue: v.FormValue("venue"), Now: s.Programme.Now()}
	if to, err := url.ParseQuery(v.FormValue("to")); err == nil && len(to) > 0 {
		c.Slot, c.Venue = to.Get("slot"), to.Get("venue")
		if leaders, given := to["leader"]; given {
			c.Leaders = slices.DeleteFunc(leaders, func(l string) bool { return l == "" })
		}
	}
	return s.byHand(v, c, "hand.moved")
}

func (s *Server) changeLeaders(v *visit) error {
	var leaders []string
	for _, l := range v.Request().PostArgs().PeekMulti("leader") {
		if len(l) > 0 {
			leaders = append(leaders, string(l))
		}
	}
	return s.byHand(v, model.ChangeLeaders{Seminar: v.param("id"), Leaders: leaders, Now: s.Programme.Now()}, "hand.led")
}

func (s *Server) swapSeminars(v *visit) error {
	return s.byHand(v, model.SwapSlots{A: v.param("id"), B: v.FormValue("with"), Now: s.Programme.Now()}, "hand.swapped", v.FormValue("with"))
}

func (s *Server) cancelSeminar(v *visit) error {
	return s.byHand(v, model.CancelSeminar{Seminar: v.param("id"), Now: s.Programme.Now()}, "hand.cancelled")
}

// lockSeminar takes the fields of the form; or, as the timetable sends it, locks
// all but seats, or nothing.
func (s *Server) lockSeminar(v *visit) error {
	lock := model.Lock{Time: v.FormValue("time") != "", Place: v.FormValue("place") != "", Leaders: v.FormValue("lead") != "",
		People: formValues(v, "seat")}
	if whole := v.FormValue("whole"); whole != "" {
		on := whole == "lock"
		x := v.state.Seminars[v.param("id")]
		if v.state.OnlyDrafted(v.param("id")) {
			lock = model.Lock{Time: on}
			return s.byHand(v, model.SetLock{Seminar: v.param("id"), Lock: lock}, "hand.locked")
		}
		lock = model.Lock{Time: on, Place: on, Leaders: on && x != nil && len(x.Leaders) > 0 && !x.Open(v.state.Roster), People: v.state.Locks[v.param("id")].People}
	}
	return s.byHand(v, model.SetLock{Seminar: v.param("id"), Lock: lock}, "hand.locked")
}

// byHand gives a command about a seminar, and others it names, and leads back to
// where it can be undone; or shows every reason why not, first of all that
// somebody else has changed it since the form was made.
func (s *Server) byHand(v *visit, c model.Command, done string, others ...string) error {
	ids := append([]string{v.param("id")}, others...)
	given := model.Unchanged{Then: c}
	drafted := s.draftView(v, v.param("id"))
	if drafted != nil {
		done += "-draft"
	}
	for _, id := range ids {
		if first := s.changedFirst(v.UserContext(), v, programme.SeminarSubject, id); len(first) > 0 {
			return s.refuseByHand(v, nil, first)
		}
		seen := v.state
		if drafted != nil {
			seen = drafted.state
		}
		if x := seen.Seminars[id]; x != nil {
			given.Seminars = append(given.Seminars, x)
		}
	}
	var command model.Command = given
	if drafted != nil {
		command = inDraft(given)
	}
	_, err := s.Programme.Do(v.UserContext(), v.user.Actor(), command)
	if err == nil {
		path := "/changes"
		if _, locks := c.(model.SetLock); locks {
			path = "/seminars/" + url.PathEscape(v.param("id")) + "/change"
		}
		return s.back(v, s.backTo(v, path), ui.Success, s.text(v, done))
	}
	reasons := s.reasonsOf(v, err)
	if len(reasons) == 0 || model.CodeOf(err) == model.NotFound {
		return err
	}
	v.state = s.Programme.State()
	return s.refuseByHand(v, reasons, nil)
}

// refuseByHand shows the forms again, with what was chosen.
func (s *Server) refuseByHand(v *visit, reasons []string, first []ui.HistoryLine) error {
	page, err := s.rearrangePage(v, reasons)
	if err != nil {
		return err
	}
	page.First = first
	for _, field := range []struct {
		choices *ui.Choices
		name    string
	}{{&page.Slots, "slot"}, {&page.Venues, "venue"}} {
		if value := v.FormValue(field.name); value != "" {
			field.choices.Chosen = value
		}
	}
	v.Status(fiber.StatusConflict)
	return s.show(v, page)
}

func (s *Server) rearrangePage(v *visit, reasons []string) (ui.Rearrange, error) {
	id := v.param("id")
	b := s.board(v.state)
	drafted := s.draftView(v, id)
	if drafted != nil {
		v = drafted
	}
	x := v.state.Seminars[id]
	if x == nil || x.Cancelled {
		return ui.Rearrange{}, model.Errorf(model.NotFound, "error.no-seminar", "there is no seminar %s", id)
	}
	c := s.newCard(b, model.Planned{Seminar: x.Seminar, Wave: x.Wave, Standing: model.AsPublished, Before: x})
	page := ui.Rearrange{SeminarRow: s.row(v, b, &c), Reasons: reasons, Draft: drafted != nil}
	if !c.start.After(s.Programme.Now()) {
		page.Shut = s.text(v, "error.has-begun")
		return page, nil
	}
	h := &hand{s: s, v: v, x: x, trial: v.state.Trial()}
	page.Slots, page.Venues, page.Leaders, page.Swaps = h.slots(), h.venues(), h.leaders(), h.swaps()
	for j := range v.state.Roster.LeadersPerSeminar(x.Tier) {
		who := ""
		if j < len(x.Leaders) {
			who = x.Leaders[j]
		}
		page.Places = append(page.Places, who)
	}
	page.Locks = s.locksOf(v, x)
	if !page.Draft {
		page.Costs = s.lockCosts(v, x)
	}
	return page, nil
}

func (s *Server) locksOf(v *visit, x *model.PublishedSeminar) ui.Locks {
	l := v.state.Locks[x.ID]
	locks := ui.Locks{Time: l.Time, Place: l.Place, Leaders: l.Leaders}
	for _, p := range x.Attendees {
		locks.People = append(locks.People, ui.LockedSeat{ID: p, Name: s.personOption(v, p).Label, Locked: slices.Contains(l.People, p)})
	}
	slices.SortFunc(locks.People, func(a, b ui.LockedSeat) int { return cmp.Compare(a.Name, b.Name) })
	return locks
}
