package web

import (
	"slices"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/ui"
)

// shownOpen is how many open seminars a leader is offered at once.
const shownOpen = 20

// my is a person's own page. A coordinator has no seminars of the own, and the page says so.
func (s *Server) my(v *visit) error {
	now := s.Programme.Now()
	me := v.user.Person
	page := ui.My{Name: s.nameOf(v, me), Leader: v.user.Role == model.Leader}
	x := v.state.Roster.People[me]
	if x == nil {
		return s.show(v, page)
	}
	page.Modules = len(v.state.Roster.Needs(x))
	page.Channel = ui.Channel(v.state.Calendars.Choices[me].Channel)
	if page.Channel.Subscribes() {
		page.Calendar = s.calendarCard(v, me)
	}
	for _, seminar := range v.state.SeminarsOf(me) {
		item := s.agendaItem(v, seminar, me)
		leading := slices.Contains(seminar.Leaders, me)
		switch over := !item.End.After(now); {
		case over && leading:
			page.Led++
			if seminar.Taken == 0 {
				page.ToReport = append(page.ToReport, item)
			}
		case over:
			page.Done++
			page.Minutes += v.state.Roster.Modules[seminar.Module].Minutes
			page.Past = append(page.Past, item)
		case leading:
			page.Leads = addDay(page.Leads, item, v.state.Roster.Zone)
		default:
			page.Agenda = addDay(page.Agenda, item, v.state.Roster.Zone)
		}
	}
	page.Activities = s.myActivities(v, me, now)
	page.Choices = s.choices(v, me)
	if x.Leads != nil {
		if x.Leads.Target != nil {
			page.Target = *x.Leads.Target
		}
		page.Open = s.openSeminars(v, me, now)
	}
	return s.show(v, page)
}

func (s *Server) agendaItem(v *visit, seminar *model.PublishedSeminar, me string) ui.AgendaItem {
	r := v.state.Roster
	venue := r.Venues[seminar.Venue]
	item := ui.AgendaItem{ID: seminar.ID, Module: r.Modules[seminar.Module].Name, Venue: venue.Name, Online: venue.Online,
		Attendees: len(seminar.Attendees), Seats: r.SeatsIn(&seminar.Seminar), State: ui.SeminarPublished,
		HandBack: slices.Contains(seminar.Leaders, me)}
	item.Start, item.End = r.Span(&seminar.Seminar)
	item.Join = v.state.Calendars.Links[seminar.Venue]
	item.Reply = s.reply(v, seminar, me, item.Start)
	if x := r.People[me]; x != nil {
		item.TravelMinutes = r.TravelMinutes(x.Unit, seminar.Venue)
	}
	for _, l := range seminar.Leaders {
		item.Leaders = append(item.Leaders, s.shownName(v, l))
	}
	return item
}

func addDay(days []ui.AgendaDay, item ui.AgendaItem, zone *time.Location) []ui.AgendaDay {
	if n := len(days); n > 0 && model.CalendarDays(days[n-1].Date, item.Start, zone) == 0 {
		days[n-1].Items = append(days[n-1].Items, item)
		return days
	}
	return append(days, ui.AgendaDay{Date: item.Start, Items: []ui.AgendaItem{item}})
}

func (s *Server) openSeminars(v *visit, me string, now time.Time) []ui.OpenSeminar {
	var list []ui.OpenSeminar
	for _, seminar := range v.state.OpenNear(me) {
		if start, _ := v.state.Roster.Span(&seminar.Seminar); !start.After(now) || len(list) == shownOpen {
			continue
		}
		open := ui.OpenSeminar{AgendaItem: s.agendaItem(v, seminar, me), Allowed: true}
		if reason := v.state.CannotLead(me, seminar); reason != nil {
			open.Allowed = false
			open.Reason, _ = s.sentence(v, reason)
		}
		list = append(list, open)
	}
	return list
}

func (s *Server) claim(v *visit) error {
	return s.change(v, model.Claim{Person: v.user.Person, Seminar: v.FormValue("seminar"), Now: s.Programme.Now()}, "my.claimed")
}

func (s *Server) handBack(v *visit) error {
	return s.change(v, model.HandBack{Person: v.user.Person, Seminar: v.FormValue("seminar"), Now: s.Programme.Now()}, "my.handed-back")
}

// change gives a command and leads back to the own page with how it went.
func (s *Server) change(v *visit, c model.Command, done string) error {
	return s.changeAt(v, "/my", c, done)
}

// changeAt gives a command and leads to a page with how it went.
func (s *Server) changeAt(v *visit, page string, c model.Command, done string) error {
	_, err := s.Programme.Do(v.UserContext(), v.user.Actor(), c)
	if err == nil {
		return s.back(v, page, ui.Success, s.text(v, done))
	}
	if reasons := s.reasonsOf(v, err); len(reasons) > 0 {
		return s.back(v, page, ui.Failure, strings.Join(reasons, " "))
	}
	return err
}

func (s *Server) feedToken(state *model.State, person string) string {
	return s.Secret.FeedToken(state.Roster.Problem.Programme.ID, person, state.Feeds[person])
}

func (s *Server) look(person string) calendar.Look {
	contact, _ := s.Programme.People.Contact(person)
	return calendar.Look{Language: contact.Language, Base: s.Base, Name: s.Programme.People.Name, Now: s.Programme.Now()}
}
