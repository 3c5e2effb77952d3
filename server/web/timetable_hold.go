package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/ui"
)

// held is a seminar that is picked up: the timetable shows where it
// may go. The same page serves the mouse, which fetches it when a drag begins,
// and whoever chooses a place by keyboard, by touch or without scripts.
type held struct {
	s     *Server
	v     *visit
	t     *showing
	x     *model.PublishedSeminar // nil when there is none to move
	card  card
	trial *model.Trial
	slots [][]*model.Slot // by column, those most like the present one first
	shut  string          // why it cannot be moved
	draft bool            // nobody has been told of it; v sees the draft as if they had
	real  *model.State
}

// hold picks up the seminar the address names; nil when it names none.
func (s *Server) hold(v *visit, b *board, t *showing) *held {
	id := v.Query("move")
	if id == "" {
		return nil
	}
	h := &held{s: s, v: v, t: t, real: v.state}
	if drafted := s.draftView(v, id); drafted != nil {
		h.v, h.draft = drafted, true
	}
	x := h.v.state.Seminars[id]
	if x == nil || x.Cancelled {
		h.shut = s.text(v, "timetable.gone")
		return h
	}
	h.x, h.card = x, s.newCard(b, model.Planned{Seminar: x.Seminar, Wave: x.Wave, Standing: model.AsPublished, Before: x})
	if !h.card.start.After(s.Programme.Now()) {
		h.shut = s.text(v, "error.has-begun")
		return h
	}
	h.trial = h.v.state.Trial()
	h.sortSlots()
	return h
}

// sortSlots lists the times of each column: of a day those at the same hour
// first, of a week those on the same weekday and at the same hour.
func (h *held) sortSlots() {
	r := h.v.state.Roster
	h.slots = make([][]*model.Slot, len(h.t.columns))
	now := h.s.Programme.Now()
	for i := range r.Problem.Slots {
		x := &r.Problem.Slots[i]
		if j := h.t.column(x.Start); j >= 0 && x.Start.After(now) && int(x.End.Sub(x.Start).Minutes()) >= r.Modules[h.x.Module].Minutes {
			h.slots[j] = append(h.slots[j], x)
		}
	}
	clock := func(t time.Time) string { return t.In(r.Zone).Format("15:04") }
	unlike := func(t time.Time) int {
		n := 0
		if clock(t) != clock(h.card.start) {
			n++
		}
		if t.In(r.Zone).Weekday() != h.card.start.In(r.Zone).Weekday() {
			n += 2
		}
		return n
	}
	for _, list := range h.slots {
		slices.SortStableFunc(list, func(a, b *model.Slot) int {
			return cmp.Or(cmp.Compare(unlike(a.Start), unlike(b.Start)), a.Start.Compare(b.Start))
		})
	}
}

func (h *held) shown() *ui.HeldSeminar {
	if h.x == nil {
		return &ui.HeldSeminar{Shut: h.shut}
	}
	lock := h.v.state.Locks[h.x.ID]
	return &ui.HeldSeminar{ID: h.x.ID, From: h.v.Query("from"), Text: h.s.seminarLabel(h.v, h.x), Locked: lock.Time || lock.Place || lock.Leaders,
		People: len(h.x.Attendees) + len(h.x.Leaders), Shut: h.shut, Draft: h.draft}
}

// lines are where in the timetable the seminar belongs now.
func (h *held) lines() []line { return timetableLines[h.t.by](h.s, h.v, &h.card) }

// nearRows is how many venues or leaders without a seminar are offered besides.
const nearRows = 8

// moreRows adds lines without a seminar at this time: the seminar's own, and the
// nearest venues or leaders that could take it.
func (h *held) moreRows(rows []ui.TimetableRow) []ui.TimetableRow {
	if h.x == nil || h.shut != "" {
		return rows
	}
	known := func(id string) bool {
		return slices.ContainsFunc(rows, func(r ui.TimetableRow) bool { return r.ID == id })
	}
	for _, l := range h.lines() {
		if !known(l.id) {
			rows = append([]ui.TimetableRow{l.row(len(h.t.columns))}, rows...)
		}
	}
	near := &hand{s: h.s, v: h.v, x: h.x, trial: h.trial}
	var choices ui.Choices
	path := ""
	switch h.t.by {
	case "venue":
		choices, path = near.venues(), "/venues/"
	case "leader":
		choices, path = near.leaders(), "/leaders/"
	}
	added := 0
	for _, o := range slices.Concat(choices.Free, choices.Other) {
		if added < nearRows && !known(o.Value) {
			rows = append(rows, line{o.Value, o.Label, path + url.PathEscape(o.Value)}.row(len(h.t.columns)))
			added++
		}
	}
	return rows
}

// findPlaces tells of every cell, and of every other seminar, whether the one
// picked up may go there.
func (h *held) findPlaces(rows []ui.TimetableRow) {
	if h.x == nil || h.shut != "" {
		return
	}
	for i := range rows {
		for j := range rows[i].Cells {
			cell := &rows[i].Cells[j]
			cell.Places, cell.Why, cell.Here = h.places(rows[i].ID, j)
			for k := range cell.Cards {
				h.trySwap(&cell.Cards[k])
			}
		}
	}
}

// shownPlaces is how many times of one day are offered, and triedPlaces how many
// of a cell are asked about.
const shownPlaces, triedPlaces = 4, 6

// places are the times of a line and a column that the seminar may have; when
// there are none, why not.
func (h *held) places(row string, column int) (list []ui.Place, why string, here bool) {
	moved := *h.x
	values := url.Values{}
	if why := h.onLine(&moved, row, values); why != "" {
		return nil, why, false
	}
	own := len(values) == 0
	here = own && within(h.t.columns[column], h.card.start)
	if len(h.slots[column]) == 0 && !here {
		return nil, h.s.text(h.v, "timetable.no-times"), here
	}
	most := shownPlaces
	if h.t.view == ui.MonthView {
		most = 1
	}
	var refused error
	for _, slot := range h.slots[column][:min(len(h.slots[column]), triedPlaces)] {
		if moved.Slot = slot.ID; own && slot.ID == h.x.Slot {
			continue
		}
		err := h.trial.FirstRefusal(&model.Edit{Kind: model.EditMove, Before: []model.PublishedSeminar{*h.x}, After: []model.PublishedSeminar{moved}}, h.s.Programme.Now())
		if err == nil {
			values.Set("slot", slot.ID)
			list = append(list, ui.Place{Value: values.Encode(), Start: slot.Start})
		} else if refused == nil {
			refused = err
		}
		if len(list) == most {
			break
		}
	}
	if len(list) == 0 && refused != nil {
		why = strings.Join(h.s.reasonsOf(h.v, refused), " ")
	}
	return list, why, here
}

// onLine puts the seminar on a line, and in values what that changes; or says
// why it does not belong there.
func (h *held) onLine(moved *model.PublishedSeminar, row string, values url.Values) (why string) {
	own := h.lines()
	if slices.ContainsFunc(own, func(l line) bool { return l.id == row }) {
		return ""
	}
	switch h.t.by {
	case "venue":
		moved.Venue = row
		values.Set("venue", row)
	case "leader":
		moved.Leaders = slices.Clone(h.x.Leaders)
		at := max(slices.Index(moved.Leaders, h.v.Query("from")), 0)
		switch {
		case row == "":
			moved.Leaders = []string{}
		case len(moved.Leaders) == 0:
			moved.Leaders = []string{row}
		default:
			moved.Leaders[at] = row
		}
		values["leader"] = append(moved.Leaders, "") // an empty one, so that nobody can be said
	default:
		return h.s.text(h.v, "timetable.other-"+h.t.by)
	}
	return ""
}

// trySwap tells whether the seminar picked up may change times with another.
func (h *held) trySwap(c *ui.TimetableCard) {
	y := h.v.state.Seminars[c.ID]
	if !c.Movable || y == nil || y.ID == h.x.ID || y.Slot == h.x.Slot || h.draft && !h.real.OnlyDrafted(y.ID) {
		return
	}
	a, b := *h.x, *y
	a.Slot, b.Slot = y.Slot, h.x.Slot
	c.Swap = &ui.Place{Value: y.ID, Start: c.Start}
	if err := h.trial.FirstRefusal(&model.Edit{Kind: model.EditSwap, Before: []model.PublishedSeminar{*h.x, *y}, After: []model.PublishedSeminar{a, b}}, h.s.Programme.Now()); err != nil {
		c.Swap.Value, c.Swap.Why = "", strings.Join(h.s.reasonsOf(h.v, err), " ")
	}
}
