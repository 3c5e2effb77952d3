package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"time"

	"kaskad/model"
	"kaskad/ui"
)

// activityRoutes is the part of the site map about what is offered besides seminars.
func (s *Server) activityRoutes() {
	app := s.app
	app.Get("/activities", s.page(s.activities, coordinators))
	app.Get("/activities/kinds", s.page(s.activityKinds, coordinators))
	app.Post("/activities/kinds", s.page(s.saveActivityKinds, coordinators))
	app.Get("/activities/new", s.page(s.newActivity, coordinators))
	app.Post("/activities/new", s.page(s.saveActivity, coordinators))
	app.Get("/activities/:id", s.page(s.activity, anyone))
	app.Get("/activities/:id/edit", s.page(s.editActivity, coordinators))
	app.Post("/activities/:id/edit", s.page(s.saveActivity, coordinators))
	app.Post("/activities/:id/cancel", s.page(s.cancelActivity, coordinators))
	app.Get("/activities/:id/participation", s.page(s.participation, anyone))
	app.Post("/activities/:id/participation", s.page(s.recordParticipation, anyone))
}

func activityHref(id string) string { return "/activities/" + url.PathEscape(id) }

func (s *Server) activities(v *visit) error {
	now := s.Programme.Now()
	var page ui.Activities
	page.Kinds = shownKinds(v.state.Activities.Types)
	var rows []ui.ActivityRow
	for _, a := range v.state.Activities.List {
		row := ui.ActivityRow{ID: url.PathEscape(a.ID), Name: a.Name, Area: s.areaName(a.Area), Place: a.Place, Times: len(a.Times), People: len(a.People), Cancelled: a.Cancelled}
		if t := v.state.Activities.Type(a.Type); t != nil {
			row.Kind = t.Name
		}
		row.Over = len(a.Times) > 0
		for _, x := range a.Times {
			if row.Next = x.From; x.To.After(now) {
				row.Over = false
				break
			}
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b ui.ActivityRow) int {
		return cmp.Or(cmp.Compare(when(a), when(b)), a.Next.Compare(b.Next))
	})
	page.Total = len(rows)
	page.Pager, page.Rows = paged(v, rows)
	return s.show(v, page)
}

// when orders activities: those to come, those at any time, those that are over.
func when(a ui.ActivityRow) int {
	switch {
	case a.Over || a.Cancelled:
		return 2
	case a.Next.IsZero():
		return 1
	}
	return 0
}

// asked is the activity of the address.
func (v *visit) activity() (*model.Activity, error) {
	if a := v.state.Activities.Find(v.param("id")); a != nil {
		return a, nil
	}
	return nil, model.Errorf(model.NotFound, "error.no-activity", "there is no activity %s", v.param("id"))
}

// concerned is the activity of the address, to those who may see it:
// coordinators, and who leads it or takes part.
func (s *Server) concerned(v *visit, leading bool) (*model.Activity, error) {
	a, err := v.activity()
	if err != nil || v.user.Role == model.Coordinator || slices.Contains(a.Leaders, v.user.Person) {
		return a, err
	}
	if !leading && slices.Contains(a.People, v.user.Person) {
		return a, nil
	}
	return nil, model.Errorf(model.NotFound, "error.no-activity", "there is no activity %s", v.param("id"))
}

// activity is one activity in full. Who takes part is named only to
// coordinators and who leads it.
func (s *Server) activity(v *visit) error {
	a, err := s.concerned(v, false)
	if err != nil {
		return err
	}
	leads := v.user.Role == model.Coordinator || slices.Contains(a.Leaders, v.user.Person)
	page := ui.ActivityPage{ID: url.PathEscape(a.ID), Name: a.Name, Place: a.Place, Link: a.Link, Minutes: a.Minutes, Cancelled: a.Cancelled,
		Credit: string(model.CreditNone), Coordinates: v.user.Role == model.Coordinator}
	if a.Area != "" {
		page.Area = s.areaName(a.Area)
	}
	for _, p := range a.Leaders {
		page.Leaders = append(page.Leaders, s.shownName(v, p))
	}
	if leads {
		for _, p := range a.People {
			page.People = append(page.People, s.shownName(v, p))
		}
	}
	for _, x := range a.Times {
		page.Times = append(page.Times, s.activityTime(a, x, model.Occasion(x), leads))
	}
	if t := v.state.Activities.Type(a.Type); t != nil {
		page.Kind, page.Credit, page.Named = t.Name, string(t.Credit), t.Named
		if t.Credit == model.CreditCompletion {
			page.Finished = s.activityTime(a, model.Interval{}, "", leads)
		}
	}
	return s.show(v, page)
}

func (s *Server) activityTime(a *model.Activity, x model.Interval, occasion string, leads bool) ui.ActivityTime {
	held, recorded := a.Held[occasion]
	t := ui.ActivityTime{Start: x.From, End: x.To, Recorded: recorded, Came: len(held.People) + held.Heads}
	if leads && !x.From.After(s.Programme.Now()) {
		t.Record = activityHref(a.ID) + "/participation?occasion=" + url.QueryEscape(occasion)
	}
	return t
}

func (s *Server) cancelActivity(v *visit) error {
	a, err := v.activity()
	if err != nil {
		return err
	}
	return s.changeAt(v, activityHref(a.ID), model.CancelActivity{ID: a.ID}, "activities.cancel.done")
}

// participation asks who came, how many, or who has finished.
func (s *Server) participation(v *visit) error {
	a, err := s.concerned(v, true)
	if err != nil {
		return err
	}
	occasion := v.Query("occasion")
	held, recorded := a.Held[occasion]
	t := v.state.Activities.Type(a.Type)
	page := ui.Attendance{Title: a.Name, Place: a.Place, Action: activityHref(a.ID) + "/participation", Back: activityHref(a.ID),
		Occasion: occasion, Finished: occasion == "", Drop: t != nil && !t.Named, Heads: held.Heads}
	for _, x := range a.Times {
		if model.Occasion(x) == occasion {
			page.Start, page.End = x.From, x.To
		}
	}
	page.People = s.attendanceRows(v, a.People, func(p string) bool {
		return slices.Contains(held.People, p) || !recorded && occasion != ""
	})
	return s.show(v, page)
}

func (s *Server) recordParticipation(v *visit) error {
	a, err := s.concerned(v, true)
	if err != nil {
		return err
	}
	heads, _ := strconv.Atoi(v.FormValue("heads"))
	if v.FormValue("heads") != "" && heads == 0 && v.FormValue("heads") != "0" {
		heads = -1 // no number: the model says so
	}
	return s.changeAt(v, activityHref(a.ID), model.RecordParticipation{Activity: a.ID, Occasion: v.FormValue("occasion"),
		Participation: model.Participation{People: formValues(v, "here"), Heads: heads}, Now: s.Programme.Now()}, "activities.recorded")
}

func shownKinds(types []model.ActivityType) (list []ui.ActivityKind) {
	for _, t := range types {
		list = append(list, ui.ActivityKind{ID: t.ID, Name: t.Name, Dated: t.Dated, Named: t.Named, Credit: string(t.Credit), Minutes: t.Minutes, Funder: t.Funder})
	}
	return list
}

// emptyKinds are the rows for new kinds.
const emptyKinds = 2

func (s *Server) activityKinds(v *visit) error {
	return s.showKinds(v, shownKinds(v.state.Activities.Types), "")
}

func (s *Server) showKinds(v *visit, rows []ui.ActivityKind, refused string) error {
	for range emptyKinds {
		rows = append(rows, ui.ActivityKind{Credit: string(model.CreditNone)})
	}
	return s.show(v, ui.ActivityKinds{Rows: rows, Error: refused})
}

// saveActivityKinds takes all rows in; what was typed stays when one is refused.
func (s *Server) saveActivityKinds(v *visit) error {
	ids, names, credits := formValues(v, "id"), formValues(v, "name"), formValues(v, "credit")
	minutes, funders := formValues(v, "minutes"), formValues(v, "funder")
	dated, named := formValues(v, "dated"), formValues(v, "named")
	var types []model.ActivityType
	for i, name := range names {
		if name == "" || i >= len(ids) || i >= len(credits) || i >= len(minutes) || i >= len(funders) {
			continue
		}
		n, err := strconv.Atoi(minutes[i])
		if err != nil && minutes[i] != "" {
			n = -1 // no number: the model says so
		}
		row := strconv.Itoa(i)
		t := model.ActivityType{ID: ids[i], Name: name, Credit: model.Credit(credits[i]), Minutes: n, Funder: funders[i],
			Dated: slices.Contains(dated, row), Named: slices.Contains(named, row)}
		if t.ID == "" {
			t.ID = freeKind(v.state.Activities.Types, types)
		}
		types = append(types, t)
	}
	_, err := s.Programme.Do(v.UserContext(), v.user.Actor(), model.SetActivityTypes{Types: types})
	if err == nil {
		return s.back(v, "/activities", ui.Success, s.text(v, "activities.kinds.saved"))
	}
	if refused, ok := s.sentence(v, err); ok {
		return s.showKinds(v, shownKinds(types), refused)
	}
	return err
}

// freeKind is an id that no type has.
func freeKind(lists ...[]model.ActivityType) string {
	for n := 1; ; n++ {
		id := "kind-" + strconv.Itoa(n)
		if !slices.ContainsFunc(slices.Concat(lists...), func(t model.ActivityType) bool { return t.ID == id }) {
			return id
		}
	}
}

// myActivities are those of a person to come, or at any time, for the own page.
func (s *Server) myActivities(v *visit, person string, now time.Time) (list []ui.ActivityRow) {
	for _, a := range v.state.Activities.Of(person) {
		if a.Cancelled {
			continue
		}
		row := ui.ActivityRow{ID: url.PathEscape(a.ID), Name: a.Name, Place: a.Place, Over: len(a.Times) > 0}
		for _, x := range a.Times {
			if row.Next = x.From; x.To.After(now) {
				row.Over = false
				break
			}
		}
		if !row.Over {
			list = append(list, row)
		}
	}
	slices.SortStableFunc(list, func(a, b ui.ActivityRow) int { return a.Next.Compare(b.Next) })
	return list
}
