package web

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/ui"
)

func (s *Server) newActivity(v *visit) error {
	return s.showActivityForm(v, ui.ActivityForm{From: "13:00", To: "15:00"}, nil)
}

func (s *Server) editActivity(v *visit) error {
	a, err := v.activity()
	if err != nil {
		return err
	}
	form := ui.ActivityForm{ID: url.PathEscape(a.ID), Type: a.Type, Name: a.Name, Area: a.Area, Place: a.Place, Link: a.Link,
		Minutes: strconv.Itoa(a.Minutes), Leaders: s.emails(a.Leaders), People: s.emails(a.People), From: "13:00", To: "15:00"}
	return s.showActivityForm(v, form, a.Times)
}

// emails are people's addresses, one a line; the id of somebody without, or with
// protected identity.
func (s *Server) emails(people []string) string {
	var lines []string
	for _, p := range people {
		if contact, ok := s.Programme.People.Contact(p); ok && contact.Email != "" && !contact.Protected {
			p = contact.Email
		}
		lines = append(lines, p)
	}
	return strings.Join(lines, "\n")
}

func (s *Server) showActivityForm(v *visit, form ui.ActivityForm, times []model.Interval) error {
	for _, t := range v.state.Activities.Types {
		form.Types = append(form.Types, ui.Option{Value: t.ID, Label: t.Name})
	}
	for _, a := range s.board(v.state).areas {
		form.Areas = append(form.Areas, ui.Option{Value: a.code, Label: a.name})
	}
	for _, x := range times {
		zone := v.state.Roster.Zone
		form.Times = append(form.Times, ui.Option{Value: x.From.UTC().Format(time.RFC3339) + "/" + x.To.UTC().Format(time.RFC3339),
			Label: s.ui.When(v.lang, x.From) + "–" + x.To.In(zone).Format("15:04")})
	}
	return s.show(v, form)
}

// saveActivity takes the form in; what was typed stays when it is refused.
func (s *Server) saveActivity(v *visit) error {
	form := ui.ActivityForm{Type: v.FormValue("type"), Name: v.FormValue("name"), Area: v.FormValue("area"), Place: v.FormValue("place"), Link: v.FormValue("link"),
		Minutes: v.FormValue("minutes"), Leaders: v.FormValue("leaders"), People: v.FormValue("people"),
		Date: v.FormValue("date"), From: v.FormValue("from"), To: v.FormValue("to"), Every: v.FormValue("every"), Count: v.FormValue("count")}
	a := model.Activity{Type: form.Type, Name: strings.TrimSpace(form.Name), Area: form.Area, Place: strings.TrimSpace(form.Place), Link: strings.TrimSpace(form.Link)}
	done := "/activities"
	if v.param("id") != "" {
		was, err := v.activity()
		if err != nil {
			return err
		}
		a.ID, form.ID, done = was.ID, url.PathEscape(was.ID), activityHref(was.ID)
	}
	kept := keptTimes(formValues(v, "time"))
	err := s.readActivity(v, &form, &a, kept)
	if err == nil {
		_, err = s.Programme.Do(v.UserContext(), v.user.Actor(), model.SaveActivity{Activity: a})
	}
	if err == nil {
		return s.back(v, done, ui.Success, s.text(v, "activities.saved"))
	}
	refused, ok := s.sentence(v, err)
	if !ok {
		return err
	}
	form.Error = refused
	return s.showActivityForm(v, form, kept)
}

func (s *Server) readActivity(v *visit, form *ui.ActivityForm, a *model.Activity, kept []model.Interval) (err error) {
	a.Minutes = -1
	if t := v.state.Activities.Type(form.Type); t != nil && form.Minutes == "" {
		a.Minutes = t.Minutes
	} else if n, wrong := strconv.Atoi(form.Minutes); wrong == nil {
		a.Minutes = n
	}
	if a.Leaders, err = s.peopleOf(v, form.Leaders); err != nil {
		return err
	}
	if a.People, err = s.peopleOf(v, form.People); err != nil {
		return err
	}
	added, err := newTimes(form, v.state.Roster.Zone)
	a.Times = slices.Concat(kept, added)
	return err
}

// peopleOf finds the people of a list of addresses, or ids, one a line.
func (s *Server) peopleOf(v *visit, text string) (people []string, err error) {
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n\r\t ,;", r) }) {
		contact, ok := s.Programme.People.ByEmail(line)
		switch {
		case ok:
			people = append(people, contact.ID)
		case v.state.Roster.People[line] != nil:
			people = append(people, line)
		default:
			return nil, model.Errorf(model.Invalid, "error.activity-email", "nobody in the programme has the address %s", line)
		}
	}
	return people, nil
}

func keptTimes(values []string) (times []model.Interval) {
	for _, value := range values {
		from, to, _ := strings.Cut(value, "/")
		a, errA := time.Parse(time.RFC3339, from)
		b, errB := time.Parse(time.RFC3339, to)
		if errors.Join(errA, errB) == nil {
			times = append(times, model.Interval{From: a, To: b})
		}
	}
	return times
}

// newTimes is the series of times the form adds: none without a first day.
func newTimes(form *ui.ActivityForm, zone *time.Location) (times []model.Interval, err error) {
	if form.Date == "" {
		return nil, nil
	}
	from, errA := time.ParseInLocation("2006-01-02 15:04", form.Date+" "+form.From, zone)
	to, errB := time.ParseInLocation("2006-01-02 15:04", form.Date+" "+form.To, zone)
	count, errC := strconv.Atoi(form.Count)
	every, errD := strconv.Atoi(form.Every)
	if errors.Join(errA, errB, errC, errD) != nil || count < 1 || count > 100 || every < 1 || every > 52 {
		return nil, model.Errorf(model.Invalid, "error.activity-time", "give date and times such as 2027-03-01, 13:00 and 15:00")
	}
	for i := range count { // calendar weeks: the clock stays when summer time begins
		times = append(times, model.Interval{From: from.AddDate(0, 0, 7*every*i), To: to.AddDate(0, 0, 7*every*i)})
	}
	return times, nil
}
