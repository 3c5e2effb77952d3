package gallery

import "kaskad/ui"

func (s sampler) myCalendars() map[string]any {
	page := ui.MyCalendar{Known: true, CanMail: true, Channel: ui.ByFeed, Language: s.lang, Strike: true, Calendar: card()}
	for i, minutes := range []int{15, 60, 120, 1440, 10080} {
		page.Alarms = append(page.Alarms, ui.AlarmChoice{Minutes: minutes, Chosen: i%3 == 0})
	}
	page.Fetches = []ui.FetchRow{{By: "Outlook", At: s.at(2027, 5, 21, 6, 40)}, {By: "Apple Kalender", At: s.at(2027, 5, 20, 21, 5)}}
	page.Shared = s.sharedRows()[:1]
	page.More = []ui.FeedAction{{Kind: "busy-person", Of: "p1", Name: s.in("Upptagna tider, Karin Lindqvist", "Busy times, Karin Lindqvist")}}
	page.Busy = s.busyPanel(false)
	fresh := page
	fresh.Channel, fresh.Calendar, fresh.Strike, fresh.Fetches, fresh.Shared, fresh.Busy = "", ui.CalendarCard{}, false, nil, nil, &ui.BusyPanel{Action: "/my/calendar/busy"}
	hidden := fresh
	hidden.Busy = nil
	hidden.CanMail, hidden.Protected = false, true
	return map[string]any{"my-calendar": page, "my-calendar-first": fresh, "my-calendar-protected": hidden, "my-calendar-nobody": ui.MyCalendar{}}
}

func (s sampler) sharedRows() []ui.SharedRow {
	return []ui.SharedRow{
		{ID: "K0001", Kind: "unit", Name: s.in("Borta från Hemtjänsten Norr", "Away from Hemtjänsten Norr"), Owner: "Karin Lindqvist", Made: s.at(2027, 5, 3, 9, 0), Seen: s.at(2027, 5, 21, 6, 40), SeenBy: "Outlook"},
		{ID: "K0002", Kind: "wave", Name: s.waveName(2), Owner: s.in("Samordnare", "Coordinator"), Made: s.at(2027, 5, 4, 9, 0)},
	}
}

func (s sampler) calendars() map[string]any {
	page := ui.Calendars{Query: "norr", More: 12, LeftOut: 1, Feeds: s.sharedRows(), Pager: ui.Pager{Page: 1, Pages: 3}, Hits: []ui.FeedHit{
		{Name: places[0].venue, Note: s.in("Lokal", "Venue"), Actions: []ui.FeedAction{{Kind: "venue", Of: "v1"}, {Kind: "busy-venue", Of: "v1", ID: "K0003"}}},
		{Name: "Hemtjänsten Norr", Note: "Skövde", Href: "/calendars/units/u1", Actions: []ui.FeedAction{{Kind: "unit", Of: "u1"}}},
	}}
	notes := ui.CalendarNotes{Venues: []ui.VenueLink{{ID: "net", Name: "Teams", Link: "https://teams.example.se/möte"}}}
	for i, name := range modules {
		note := ui.ModuleNote{ID: name, Name: name}
		if i == 0 {
			note.Everyone = s.in("Tjänstekort.", "Your service card.")
			note.Leaders = s.in("Hämta nyckeln i receptionen.\nTa med namnlappar.", "Fetch the key at the reception.\nBring name tags.")
		}
		notes.Modules = append(notes.Modules, note)
	}
	unit := ui.UnitContacts{ID: "u1", Name: "Hemtjänsten Norr", Area: "Skövde", Action: ui.FeedAction{Kind: "unit", Of: "u1"}, Contacts: []ui.Option{{Value: "p1", Label: names[0]}}}
	empty := unit
	empty.Contacts, empty.Action.ID = nil, "K0001"
	venue := ui.VenueCalendar{ID: "v1", Name: places[0].venue, Busy: s.busyPanel(true), Actions: []ui.FeedAction{{Kind: "venue", Of: "v1"}, {Kind: "busy-venue", Of: "v1", ID: "K0003"}}}
	return map[string]any{"venue-calendar": venue, "calendars": page, "calendars-empty": ui.Calendars{Query: "x"}, "calendar-notes": notes, "unit-contacts": unit, "unit-contacts-none": empty,
		"calendar-shared": ui.SharedCalendar{ID: "K0001", Kind: "unit", Name: s.in("Borta från Hemtjänsten Norr", "Away from Hemtjänsten Norr"), Owner: names[0], Made: s.at(2027, 5, 3, 9, 0),
			Calendar: card(), Back: "/calendars", Fetches: []ui.FetchRow{{By: "Outlook", At: s.at(2027, 5, 21, 6, 40)}}}}
}

func (s sampler) busyPanel(venue bool) *ui.BusyPanel {
	p := &ui.BusyPanel{Action: "/my/calendar/busy", Venue: venue, Known: true, Host: "outlook.office365.com", Read: s.at(2027, 5, 21, 6, 23), Times: 42, Dropped: 1, Guessed: 3}
	p.Clashes, p.AllClashes = []ui.AgendaItem{s.item(0)}, 1
	if venue {
		p.Action, p.Host = "/calendars/venues/v1/busy", ""
		p.Failed = s.in("Det går inte att nå kalenderns server.", "The calendar's server cannot be reached.")
	}
	return p
}

func (s sampler) prints() map[string]any {
	first, led := s.item(0), s.item(2)
	agenda := ui.PrintAgenda{Name: "Karin Lindqvist", At: s.at(2027, 5, 21, 9, 0), Rows: []ui.PrintRow{
		{AgendaItem: first, Bring: s.in("Tjänstekort.", "Your service card.")}, {AgendaItem: led, Leading: true, BringToo: s.in("Nyckel.\nNamnlappar.", "The key.\nName tags.")}}}
	days := ui.Doors{ID: "v1", Venue: places[0].venue, Days: []ui.DoorDay{{Value: "2027-06-07", Date: first.Start, Seminars: 2}, {Value: "2027-06-09", Date: s.item(5).Start, Seminars: 1}}}
	day := days
	day.Day, day.Date, day.Rows = "2027-06-07", first.Start, []ui.AgendaItem{first, led}
	none := ui.Doors{ID: "v1", Venue: places[0].venue, Day: "2027-01-01"}
	return map[string]any{"my-agenda": agenda, "my-agenda-empty": ui.PrintAgenda{Name: "Karin Lindqvist"}, "doors": days, "doors-day": day, "doors-none": none}
}
