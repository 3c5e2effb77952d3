package jobs_test

import (
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/jobs"
)

func (o *office) subscribe(person string) {
	o.t.Helper()
	o.do(model.ChooseCalendar{Person: person, Choice: model.CalendarChoice{Channel: model.ByFeed}})
}

func TestNewsAtShortNoticeIsMailedToSubscribersToo(t *testing.T) {
	o, l := withLetters(t)
	o.subscribe("a")
	o.run()
	urgent := func() int { return o.kinds()[jobs.Urgent] }
	o.remind(l)
	if urgent() != 0 {
		t.Fatal("choosing to subscribe is news")
	}
	o.at(49 * time.Hour)
	o.do(model.HandBack{Person: "leader", Seminar: "S00001"})
	o.at(47 * time.Hour)
	o.remind(l)
	if urgent() != 0 {
		t.Error("news more than two days ahead is mailed")
	}
	o.do(model.Claim{Person: "leader", Seminar: "S00001"})
	o.at(46 * time.Hour)
	for range 2 {
		o.remind(l)
	}
	if urgent() != 1 || !strings.Contains(o.letter(jobs.Urgent), "Kort varsel") || strings.Contains(o.letter(jobs.Urgent), "text/calendar") {
		t.Fatalf("%d letters of short notice:\n%s", urgent(), o.letter(jobs.Urgent))
	}
	o.publish(lesson("S00001", "one", "b", "c"))
	o.at(40 * time.Hour)
	o.remind(l)
	if urgent() != 2 {
		t.Errorf("%d letters of short notice after a has lost the seat, want 2", urgent())
	}
	o.at(-time.Minute)
	o.remind(l)
	if urgent() != 2 {
		t.Error("news of what is over is mailed")
	}
}
