package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kaskad/model"
)

// rota is a cycle of weeks, Monday to Friday, by one letter a day:
// D may leave for a half-day at any time, E works the evening (no afternoon
// seminar), N comes off a night (no morning seminar), X is off duty.
// Colleagues on one rota start it in different weeks: the phases.
type rota struct {
	id     string
	cycle  string
	phases int
}

// The first partTime rotas are the part-timers' fixed weekday off.
const partTime = 5

var rotas = []rota{
	{"part-mon", "XDDDD", 1}, {"part-tue", "DXDDD", 1}, {"part-wed", "DDXDD", 1}, {"part-thu", "DDDXD", 1}, {"part-fri", "DDDDX", 1},
	{"day", "DDDDX DXDDD DDDXD", 3},
	{"late", "EEXDD DDEEX XDDEE", 3},
	{"mixed", "DDXEE XDDDE EEDDX DDEEX EXDDD DEEXD", 3},
	{"flex", "DEXDD XDDED DDEEX EDDXD", 2},
	{"night", "NXXDN XNNXX DNXXN NNXXD", 2},
}

// rotaMix is how many in a hundred follow no rota, a part-time week, and each
// cycle in the order of rotas. Estimates.
var rotaMix = map[string][]int{
	municipal: {10, 15, 25, 18, 16, 8, 8},
	primary:   {55, 30, 15, 0, 0, 0, 0},
	hospitals: {15, 12, 25, 13, 14, 10, 11},
	// Leaders are free to go on training days: employers choose daytime staff.
	leaderTier: {55, 15, 30, 0, 0, 0, 0},
}

// openings are the weekly closed half-days of venues, Monday to Friday, in the
// letters of a rota; the last is a hall the council uses every third Thursday.
var openings = []rota{
	{"hall-mon", "XDDDD", 1},
	{"hall-tue", "DNDDD", 1},
	{"hall-wed", "DDEDD", 1},
	{"hall-fri", "DDDDE", 1},
	{"hall-thu", "DDDXD DDDDD DDDDD", 1},
}

// addCalendars writes every rota and opening as closed times inside the waves.
func (b *builder) addCalendars() {
	for _, r := range slices.Concat(rotas, openings) {
		weeks := strings.Fields(r.cycle)
		for phase := range r.phases {
			shift := phase * len(weeks) / r.phases
			b.addCalendar(calendarID(r, phase), func(week, weekday int) byte {
				return weeks[(week+shift)%len(weeks)][weekday]
			})
		}
	}
}

func calendarID(r rota, phase int) string {
	if r.phases == 1 {
		return r.id
	}
	return fmt.Sprintf("%s-%d", r.id, phase+1)
}

// addCalendar adds a calendar from the letter of each day with slots; week
// counts from the programme's first.
func (b *builder) addCalendar(id string, letter func(week, weekday int) byte) {
	calendar := model.Calendar{ID: id}
	closed := make([]bool, len(b.slots))
	first := mondayOf(b.waves[0].From)
	for i, s := range b.slots {
		y, m, d := s.Start.Date()
		date := day(y, m, d)
		// Half a day more makes up for the hour lost and won by summer time.
		week := int(date.Sub(first).Hours()+12) / (24 * 7)
		morning := s.Start.Hour() < 12
		from, to := date, date.AddDate(0, 0, 1)
		switch letter(week, int(date.Weekday())-1) {
		case 'D':
			continue
		case 'E':
			from = time.Date(y, m, d, 12, 0, 0, 0, zone)
			closed[i] = !morning
		case 'N':
			to = time.Date(y, m, d, 12, 0, 0, 0, zone)
			closed[i] = morning
		case 'X':
			closed[i] = true
		}
		if morning {
			calendar.Closed = append(calendar.Closed, model.Interval{From: from, To: to})
		}
	}
	b.calendars = append(b.calendars, calendar)
	b.closed[id] = closed
}
