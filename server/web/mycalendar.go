package web

import (
	"maps"
	"slices"
	"strconv"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/ui"
)

// alarmChoices are the reminders a person may choose, minutes before one has to leave.
var alarmChoices = []int{15, 60, 120, 24 * 60, 7 * 24 * 60}

// myCalendar is how a person's seminars come into the own calendar.
func (s *Server) myCalendar(v *visit) error {
	me := v.user.Person
	page := ui.MyCalendar{Known: v.state.Roster.People[me] != nil}
	if !page.Known {
		return s.show(v, page)
	}
	contact, _ := s.Programme.People.Contact(me)
	choice := v.state.Calendars.Choices[me]
	page.Channel, page.Strike, page.Language = ui.Channel(choice.Channel), choice.Strike, choice.Language
	page.CanMail, page.Protected = calendar.MayMail(contact), contact.Protected
	if page.Language == "" {
		page.Language = contact.Language
	}
	for _, minutes := range alarmChoices {
		chosen := choice.Alarms == nil && minutes == alarmChoices[0] || slices.Contains(choice.Alarms, minutes)
		page.Alarms = append(page.Alarms, ui.AlarmChoice{Minutes: minutes, Chosen: chosen})
	}
	if page.Channel.Subscribes() {
		page.Calendar = s.calendarCard(v, me)
		page.Fetches = s.fetchRows(v, feedRef{id: me})
	}
	page.Shared = s.sharedRows(v, v.state.Calendars.SharedBy(me))
	page.More = s.feedOffers(v, me)
	if v.user.Role == model.Leader {
		var err error
		if page.Busy, err = s.busyPanel(v, model.BusyOwner{Person: me}, "/my/calendar/busy"); err != nil {
			return err
		}
	}
	return s.show(v, page)
}

// feedOffers are the calendars a person may make and has not: of the units
// somebody is the contact of, and of the own busy times.
func (s *Server) feedOffers(v *visit, me string) []ui.FeedAction {
	var list []ui.FeedAction
	offer := func(kind model.FeedKind, of string) {
		a := s.feedAction(v, kind, of)
		if a.ID == "" && s.sharedIsOffered(v.state, model.SharedFeed{Kind: kind, Of: of, Owner: me}) {
			a.Name = s.sharedName(v.lang, v.state, model.SharedFeed{Kind: kind, Of: of})
			list = append(list, a)
		}
	}
	for _, unit := range slices.Sorted(maps.Keys(v.state.Calendars.Contacts)) {
		if v.state.Calendars.IsContact(unit, me) && v.state.Roster.Units[unit] != nil {
			offer(model.UnitFeed, unit)
		}
	}
	offer(model.BusyPersonFeed, me)
	return list
}

func (s *Server) chooseCalendar(v *visit) error {
	choice := model.CalendarChoice{Channel: model.Channel(v.FormValue("channel")), Strike: v.FormValue("strike") != "", Alarms: []int{}}
	for _, raw := range formValues(v, "alarm") {
		minutes, err := strconv.Atoi(raw)
		if err != nil {
			minutes = -1 // which is refused with a sentence
		}
		choice.Alarms = append(choice.Alarms, minutes)
	}
	if lang := v.FormValue("language"); slices.Contains(ui.Languages, lang) {
		choice.Language = lang
	}
	return s.changeAt(v, "/my/calendar", model.ChooseCalendar{Person: v.user.Person, Choice: choice}, "calendar.chosen")
}

func (s *Server) rotateFeed(v *visit) error {
	return s.changeAt(v, "/my/calendar", model.RotateFeed{Person: v.user.Person}, "my.feed-rotated")
}

func (s *Server) closeFeed(v *visit) error {
	return s.changeAt(v, "/my/calendar", model.CloseFeed{Person: v.user.Person}, "calendar.closed")
}

// calendarCard is a person's calendar address and how to use it.
func (s *Server) calendarCard(v *visit, person string) ui.CalendarCard {
	address := s.feedAddress(v.state, person)
	card := ui.CalendarCard{HTTPS: address, Webcal: webcal(address), Landing: s.Base + "/feed/" + s.feedToken(v.state, person)}
	if list := s.fetchRows(v, feedRef{id: person}); len(list) > 0 {
		card.Seen, card.SeenBy = list[0].At, list[0].By
	}
	return card
}

// fetchRows are the programs that fetch a feed, the latest first.
func (s *Server) fetchRows(v *visit, ref feedRef) []ui.FetchRow {
	var rows []ui.FetchRow
	for _, f := range s.Fetches.of(ref) {
		switch f.By {
		case aBrowser:
			f.By = s.text(v, "calendar.client.browser")
		case "":
			f.By = s.text(v, "calendar.client.unknown")
		}
		rows = append(rows, ui.FetchRow{By: f.By, At: f.At})
	}
	return rows
}
