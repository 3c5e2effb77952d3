package gallery

import "kaskad/ui"

func (s sampler) myCalendars() map[string]any {
	page := ui.MyCalendar{Known: true, CanMail: true, Channel: ui.ByFeed, Language: s.lang, Strike: true, Calendar: card()}
	for i, minutes := range []int{15, 60, 120, 1440, 10080} {
		page.Alarms = append(page.Alarms, ui.AlarmChoice{Minutes: minutes, Chosen: i%3 == 0})
	}
	page.Fetches = []ui.FetchRow{{By: "Outlook", At: s.at(2027, 5, 21, 6, 40)}, {By: "Apple Kalender", At: s.at(2027, 5, 20, 21, 5)}}
	fresh := page
	fresh.Channel, fresh.Calendar, fresh.Strike, fresh.Fetches = "", ui.CalendarCard{}, false, nil
	hidden := fresh
	hidden.CanMail, hidden.Protected = false, true
	return map[string]any{"my-calendar": page, "my-calendar-first": fresh, "my-calendar-protected": hidden, "my-calendar-nobody": ui.MyCalendar{}}
}
