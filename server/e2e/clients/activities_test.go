package clients_test

import (
	"strings"
	"testing"
	"time"

	"kaskad/model"
)

// Activities beside the seminars are in the feeds of who takes part, whatever
// way the seminars come.
func TestParsersReadActivities(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.do(model.SetActivityTypes{Types: []model.ActivityType{
		{ID: "pair", Name: "Mentorspar", Dated: true, Named: true, Credit: model.CreditAttendance, Minutes: 90}}})
	s.do(model.ChooseCalendar{Person: "bo", Choice: model.CalendarChoice{Channel: model.ByBoth, Strike: true}})
	meetings := model.Activity{Type: "pair", Name: "Par ett; kafé, \\ 🙂", Place: "Kafét, Å", Link: "https://moten.example.org/a?b=c,d;e",
		Leaders: []string{"leo"}, People: []string{"anna", "bo", "hidden"},
		Times: []model.Interval{during("autumn"), during("week53"), during("eve"), during("spring")}}
	s.do(model.SaveActivity{Activity: meetings})
	meetings.ID = s.service.State().Activities.List[0].ID
	var samples []sample
	gather := func(name string) {
		for _, person := range everybody {
			samples = append(samples, s.feedSample(name, person))
		}
	}
	gather("meetings")
	s.clock.forward(time.Hour)
	meetings.Place, meetings.Times = "Ladan", meetings.Times[1:]
	s.do(model.SaveActivity{Activity: meetings})
	gather("elsewhere, and one less")
	s.clock.forward(time.Hour)
	s.do(model.ChooseCalendar{Person: "anna", Choice: model.CalendarChoice{Channel: model.ByMail}})
	s.do(model.CancelActivity{ID: meetings.ID})
	gather("cancelled")
	for _, x := range samples {
		taking := strings.HasSuffix(x.name, "anna") || strings.HasSuffix(x.name, "bo") || strings.HasSuffix(x.name, "hidden") || strings.HasSuffix(x.name, "leo")
		if taking != (len(x.want.Events) >= 3) {
			t.Errorf("%s holds %d events", x.name, len(x.want.Events))
		}
	}
	expectReadings(t, samples)
}

// during is one of the stage's spans of time.
func during(slot string) model.Interval {
	start, end, _ := strings.Cut(spans[slot], " ")
	return model.Interval{From: instant(start), To: instant(end)}
}
