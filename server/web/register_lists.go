package web

import (
	"net/url"
	"slices"

	"kaskad/model"
	"kaskad/ui"
)

func (s *Server) people(v *visit) error {
	return showList(s, v, s.peopleList(v, s.register(v.state)))
}

func (s *Server) leaderList(v *visit) error {
	return showList(s, v, s.leadersList(v, s.register(v.state)))
}

func (s *Server) unitList(v *visit) error {
	return showList(s, v, s.unitsList(v, s.register(v.state)))
}

func (s *Server) venueList(v *visit) error {
	return showList(s, v, s.venuesList(v, s.register(v.state)))
}

func personHref(x *personEntry) string { return "/people/" + url.PathEscape(x.ID) }

func (s *Server) nameColumn(v *visit) column[personEntry] {
	return column[personEntry]{ui.Column{Key: "name", Fixed: true}, func(x *personEntry) ui.Cell {
		if x.name == "" {
			return ui.Cell{Text: s.text(v, "register.protected")}
		}
		return ui.Cell{Text: x.name}
	}, by(func(x *personEntry) int { return x.order })}
}

// workColumns say where a person works.
func (s *Server) workColumns(v *visit, r *register) []column[personEntry] {
	unit := func(text func(*unitEntry) string) func(*personEntry) ui.Cell {
		return func(x *personEntry) ui.Cell {
			if x.shown == nil {
				return ui.Cell{}
			}
			return ui.Cell{Text: text(x.shown)}
		}
	}
	place := func(order func(*unitEntry) int) func(a, b *personEntry) int {
		return by(func(x *personEntry) int {
			if x.shown == nil { // its place would give it away
				return -1
			}
			return order(x.shown)
		})
	}
	return []column[personEntry]{
		{usual("unit"), unit(func(u *unitEntry) string { return u.Name }), place(func(u *unitEntry) int { return u.order })},
		{usual("area"), unit(func(u *unitEntry) string { return u.areaName }), place(func(u *unitEntry) int { return u.areaOrder })},
		{spare("employer"), unit(func(u *unitEntry) string { return u.Employer }), place(func(u *unitEntry) int { return u.employerOrder })},
		{usual("sector"), unit(func(u *unitEntry) string { return s.sectorName(v, u.Sector) }),
			place(func(u *unitEntry) int { return slices.Index(v.state.Roster.Problem.Sectors, u.Sector) })},
		{usual("wave"), func(x *personEntry) ui.Cell {
			if x.unit == nil {
				return ui.Cell{Kind: ui.WaveCell}
			}
			return s.waveCell(v, r.board, x.unit.Wave)
		}, place(func(u *unitEntry) int { return r.board.waves[u.Wave] })},
	}
}

func (s *Server) contactColumns() []column[personEntry] {
	return []column[personEntry]{
		{spare("occupation"), func(x *personEntry) ui.Cell { return ui.Cell{Text: x.contact.Occupation} },
			byText(func(x *personEntry) string { return x.contact.Occupation })},
		{spare("email"), func(x *personEntry) ui.Cell { return ui.Cell{Text: x.contact.Email} },
			byText(func(x *personEntry) string { return x.contact.Email })},
		{spare("id"), func(x *personEntry) ui.Cell { return ui.Cell{Text: x.ID} }, byText(func(x *personEntry) string { return x.ID })},
	}
}

func (s *Server) peopleList(v *visit, r *register) *listing[personEntry] {
	l := &listing[personEntry]{kind: ui.People, rows: r.people, href: personHref, search: func(x *personEntry) string { return x.search }}
	l.columns = append([]column[personEntry]{s.nameColumn(v)}, s.workColumns(v, r)...)
	l.columns = append(l.columns,
		column[personEntry]{number("done"), func(x *personEntry) ui.Cell {
			return ui.Cell{Kind: ui.NumberCell, N: x.done, Of: len(x.needs)}
		}, by(func(x *personEntry) int { return x.done })},
		column[personEntry]{number("booked"), func(x *personEntry) ui.Cell {
			cell := numberCell(x.booked)
			if x.draft > 0 {
				cell.Note = s.text(v, "register.in-draft", "n", x.draft)
			}
			return cell
		}, by(func(x *personEntry) int { return x.booked })},
		column[personEntry]{ui.Column{Key: "draft", Number: true}, func(x *personEntry) ui.Cell { return numberCell(x.draft) },
			by(func(x *personEntry) int { return x.draft })},
		column[personEntry]{number("missing"), func(x *personEntry) ui.Cell { return numberCell(x.missing()) }, by((*personEntry).missing)},
		column[personEntry]{ui.Column{Key: "time", Number: true}, func(x *personEntry) ui.Cell { return ui.Cell{Kind: ui.TimeCell, N: x.time} },
			by(func(x *personEntry) int { return x.time })},
		column[personEntry]{spare("next"), func(x *personEntry) ui.Cell { return nextCell(x.next) }, byNext(func(x *personEntry) *card { return x.next })})
	l.columns = append(l.columns, s.contactColumns()...)
	l.filters = []filter[personEntry]{
		{s.chooseArea(v, r.board), func(x *personEntry, code string) bool { return x.unit != nil && x.unit.Area == code }},
		{s.chooseWave(v), func(x *personEntry, wave string) bool { return inWave(x.unit, wave) }},
		{s.chooseSector(v), func(x *personEntry, sector string) bool { return x.unit != nil && x.unit.Sector == sector }},
		{s.chooseStanding(v), standingFits},
		{s.choosePart(v), func(x *personEntry, part string) bool { return partOf(x.Person) == part }},
	}
	if u := r.byUnit[v.Query("unit")]; u != nil { // offered by the unit's own page alone: there are hundreds
		one := ui.Select{Name: "unit", Label: s.text(v, "register.col.unit"), All: s.text(v, "hours.all")}
		l.filters = append(l.filters, filter[personEntry]{withChoice(one, u.ID, u.Name), func(x *personEntry, id string) bool { return x.unit == u }})
	}
	return l
}

// chooseStanding asks how far people have come.
func (s *Server) chooseStanding(v *visit) ui.Select {
	sel := ui.Select{Name: "standing", Label: s.text(v, "register.standing"), All: s.text(v, "register.all-standings")}
	sel = withChoice(sel, "missing", s.text(v, "register.standing.missing"))
	sel = withChoice(sel, "booked", s.text(v, "register.standing.booked"))
	sel = withChoice(sel, "begun", s.text(v, "register.standing.begun"))
	return withChoice(sel, "trained", s.text(v, "register.standing.trained"))
}

func standingFits(x *personEntry, standing string) bool {
	switch trained := x.done >= len(x.needs); standing {
	case "missing":
		return x.missing() > 0
	case "booked":
		return len(x.needs) > 0 && x.missing() == 0 && !trained
	case "begun":
		return x.done > 0 && !trained
	case "trained":
		return len(x.needs) > 0 && trained
	}
	return false
}

func (s *Server) choosePart(v *visit) ui.Select {
	sel := ui.Select{Name: "part", Label: s.text(v, "register.part"), All: s.text(v, "register.all-parts")}
	sel = withChoice(sel, "staff", s.text(v, "register.part.staff"))
	sel = withChoice(sel, "leader", s.text(v, "register.part.leader"))
	return withChoice(sel, "other", s.text(v, "register.part.other"))
}

func (s *Server) leadersList(v *visit, r *register) *listing[personEntry] {
	var rows []personEntry
	for i := range r.people {
		if r.people[i].Leads != nil {
			rows = append(rows, r.people[i])
		}
	}
	l := &listing[personEntry]{kind: ui.Leaders, rows: rows, href: func(x *personEntry) string { return "/leaders/" + url.PathEscape(x.ID) },
		search: func(x *personEntry) string { return x.search }}
	work := s.workColumns(v, r)
	l.columns = append([]column[personEntry]{s.nameColumn(v)}, work...)
	l.columns = append(l.columns, s.leadColumns(v)...)
	l.columns = append(l.columns, s.contactColumns()...)
	modules := ui.Select{Name: "module", Label: s.text(v, "seminar.module"), All: s.text(v, "seminars.all-modules")}
	for _, m := range v.state.Roster.Problem.Modules {
		modules = withChoice(modules, m.ID, m.Name)
	}
	load := ui.Select{Name: "load", Label: s.text(v, "register.load"), All: s.text(v, "register.all-loads")}
	for _, value := range []string{"none", "under", "over"} {
		load = withChoice(load, value, s.named(v, "register.load", value))
	}
	l.filters = []filter[personEntry]{
		{s.chooseArea(v, r.board), func(x *personEntry, code string) bool { return x.unit != nil && x.unit.Area == code }},
		{s.chooseWave(v), func(x *personEntry, wave string) bool { return inWave(x.unit, wave) }},
		{modules, func(x *personEntry, id string) bool { return slices.Contains(x.Leads.Modules, id) }},
		{load, loadFits},
	}
	return l
}

// loadFits compares what a leader leads in all with the target.
func loadFits(x *personEntry, load string) bool {
	switch n, target := len(x.leads), x.Leads.Target; load {
	case "none":
		return n == 0
	case "under":
		return target != nil && n < *target
	case "over":
		return target != nil && n > *target
	}
	return false
}

func (s *Server) leadColumns(v *visit) []column[personEntry] {
	target := func(x *personEntry) int {
		if x.Leads.Target == nil {
			return 0
		}
		return *x.Leads.Target
	}
	ahead := func(x *personEntry) int { return len(x.leads) - x.led }
	return []column[personEntry]{
		{spare("modules"), func(x *personEntry) ui.Cell { return ui.Cell{Text: moduleNames(v.state.Roster, x.Leads.Modules)} },
			by(func(x *personEntry) int { return len(x.Leads.Modules) })},
		{number("led"), func(x *personEntry) ui.Cell { return numberCell(x.led) }, by(func(x *personEntry) int { return x.led })},
		{number("ahead"), func(x *personEntry) ui.Cell { return numberCell(ahead(x)) }, by(ahead)},
		{number("target"), func(x *personEntry) ui.Cell {
			if x.Leads.Target == nil {
				return ui.Cell{}
			}
			return numberCell(target(x))
		}, by(target)},
		{ui.Column{Key: "done", Number: true}, func(x *personEntry) ui.Cell {
			return ui.Cell{Kind: ui.NumberCell, N: x.done, Of: len(x.needs)}
		}, by(func(x *personEntry) int { return x.done })},
		{usual("next"), func(x *personEntry) ui.Cell { return nextCell(x.next) }, byNext(func(x *personEntry) *card { return x.next })},
	}
}

func moduleNames(r *model.Roster, ids []string) string {
	text := ""
	for i, id := range ids {
		if i > 0 {
			text += ", "
		}
		if m := r.Modules[id]; m != nil {
			id = m.Name
		}
		text += id
	}
	return text
}

func (s *Server) unitsList(v *visit, r *register) *listing[unitEntry] {
	l := &listing[unitEntry]{kind: ui.Units, rows: r.units, href: func(u *unitEntry) string { return "/units/" + url.PathEscape(u.ID) },
		search: func(u *unitEntry) string { return u.search }}
	l.columns = []column[unitEntry]{
		{ui.Column{Key: "name", Fixed: true}, func(u *unitEntry) ui.Cell { return ui.Cell{Text: u.Name} }, by(func(u *unitEntry) int { return u.order })},
		{usual("area"), func(u *unitEntry) ui.Cell { return ui.Cell{Text: u.areaName} }, by(func(u *unitEntry) int { return u.areaOrder })},
		{usual("employer"), func(u *unitEntry) ui.Cell { return ui.Cell{Text: u.Employer} }, by(func(u *unitEntry) int { return u.employerOrder })},
		{usual("sector"), func(u *unitEntry) ui.Cell { return ui.Cell{Text: s.sectorName(v, u.Sector)} },
			by(func(u *unitEntry) int { return slices.Index(v.state.Roster.Problem.Sectors, u.Sector) })},
		{usual("wave"), func(u *unitEntry) ui.Cell { return s.waveCell(v, r.board, u.Wave) }, by(func(u *unitEntry) int { return r.board.waves[u.Wave] })},
		{number("trained"), func(u *unitEntry) ui.Cell { return ui.Cell{Kind: ui.NumberCell, N: u.trained, Of: u.staff} },
			by(func(u *unitEntry) int { return u.trained })},
		{number("missing"), func(u *unitEntry) ui.Cell { return numberCell(u.missing) }, by(func(u *unitEntry) int { return u.missing })},
		{number("away"), func(u *unitEntry) ui.Cell {
			if u.MaxAway == nil {
				return ui.Cell{}
			}
			return numberCell(*u.MaxAway)
		}, by(unitAway)},
		{ui.Column{Key: "time", Number: true}, func(u *unitEntry) ui.Cell { return ui.Cell{Kind: ui.TimeCell, N: u.time} }, by(func(u *unitEntry) int { return u.time })},
		{spare("id"), func(u *unitEntry) ui.Cell { return ui.Cell{Text: u.ID} }, byText(func(u *unitEntry) string { return u.ID })},
	}
	l.filters = []filter[unitEntry]{
		{s.chooseArea(v, r.board), func(u *unitEntry, code string) bool { return u.Area == code }},
		{s.chooseWave(v), inWave},
		{s.chooseSector(v), func(u *unitEntry, sector string) bool { return u.Sector == sector }},
	}
	return l
}

// unitAway puts units without a limit last.
func unitAway(u *unitEntry) int {
	if u.MaxAway == nil {
		return 1 << 30
	}
	return *u.MaxAway
}

func (s *Server) venuesList(v *visit, r *register) *listing[venueEntry] {
	l := &listing[venueEntry]{kind: ui.Venues, rows: r.venues, href: func(x *venueEntry) string { return "/venues/" + url.PathEscape(x.ID) },
		search: func(x *venueEntry) string { return x.search }}
	l.columns = []column[venueEntry]{
		{ui.Column{Key: "name", Fixed: true}, func(x *venueEntry) ui.Cell { return ui.Cell{Text: x.Name} }, by(func(x *venueEntry) int { return x.order })},
		{usual("near"), func(x *venueEntry) ui.Cell {
			if x.Online {
				return ui.Cell{Kind: ui.BadgeCell, Text: s.text(v, "online")}
			}
			return ui.Cell{Text: x.areaName}
		}, by(func(x *venueEntry) int { return x.areaOrder })},
		{number("capacity"), func(x *venueEntry) ui.Cell { return numberCell(x.Capacity) }, by(func(x *venueEntry) int { return x.Capacity })},
		{number("rooms"), func(x *venueEntry) ui.Cell { return numberCell(roomsOf(x.Venue)) }, by(func(x *venueEntry) int { return roomsOf(x.Venue) })},
		{number("held"), func(x *venueEntry) ui.Cell { return numberCell(x.held) }, by(func(x *venueEntry) int { return x.held })},
		{number("ahead-venue"), func(x *venueEntry) ui.Cell { return numberCell(x.ahead) }, by(func(x *venueEntry) int { return x.ahead })},
		{number("seats"), func(x *venueEntry) ui.Cell {
			return ui.Cell{Kind: ui.NumberCell, N: x.attendees, Of: x.ahead * x.Capacity}
		},
			by(func(x *venueEntry) int { return x.attendees })},
		{usual("next"), func(x *venueEntry) ui.Cell { return nextCell(x.next) }, byNext(func(x *venueEntry) *card { return x.next })},
		{spare("id"), func(x *venueEntry) ui.Cell { return ui.Cell{Text: x.ID} }, byText(func(x *venueEntry) string { return x.ID })},
	}
	use := ui.Select{Name: "use", Label: s.text(v, "register.use"), All: s.text(v, "register.all-uses")}
	for _, value := range []string{"used", "unused", "online", "risk"} {
		use = withChoice(use, value, s.named(v, "register.use", value))
	}
	risky := venuesAtRisk(r.board, s.Programme.Now())
	l.filters = []filter[venueEntry]{
		{s.chooseArea(v, r.board), func(x *venueEntry, code string) bool { return x.area == code }},
		{use, func(x *venueEntry, use string) bool {
			return use == "online" && x.Online || use == "used" && x.ahead > 0 || use == "unused" && x.ahead == 0 || use == "risk" && risky[x.ID] > 0
		}},
	}
	return l
}

// roomsOf is a venue's number of rooms; one when nothing else is said.
func roomsOf(x *model.Venue) int { return max(x.Rooms, 1) }
