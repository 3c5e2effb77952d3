package web

import (
	"fmt"
	"testing"
	"time"

	"kaskad/model"
)

func TestSmallFlowsGoTogether(t *testing.T) {
	r := &model.Roster{Problem: &model.Problem{}, People: map[string]*model.Person{}, Units: map[string]*model.Unit{"u": {ID: "u", Area: "1490"}}, Venues: map[string]*model.Venue{}}
	a := &area{code: "1490"}
	for i := range 100 {
		x := &model.Person{ID: fmt.Sprintf("p%02d", i), Unit: "u"}
		r.People[x.ID] = x
		a.people = append(a.people, x)
	}
	b := &board{state: &model.State{Roster: r}}
	meet := func(venue string, standing model.Standing, from, to int) {
		r.Venues[venue] = &model.Venue{ID: venue, Name: venue, Online: true}
		c := card{Planned: model.Planned{Seminar: model.Seminar{Venue: venue}, Standing: standing}, areas: map[string]int{"1490": to - from}}
		for i := from; i < to; i++ {
			c.Attendees = append(c.Attendees, a.people[i].ID)
		}
		b.seminars = append(b.seminars, c)
	}
	meet("large", model.AsPublished, 0, 40)
	meet("large", model.AsPublished, 20, 60) // twenty of them once more
	meet("limit", model.AsPublished, 0, 3)
	meet("small", model.AsPublished, 0, 2)
	meet("smaller", model.AsPublished, 1, 2)
	meet("off", model.ToCancel, 0, 90)
	var s Server
	flows := s.flowsFrom(b, a, time.Time{}, nil)
	if len(flows) != 3 || flows[0].Value != "large" || flows[0].People != 60 || flows[1].Value != "limit" || flows[1].People != 3 {
		t.Fatalf("flows %+v", flows)
	}
	if rest := flows[2]; rest.Value != "" || rest.Others != 2 || rest.People != 2 {
		t.Errorf("the small ones together are %+v", rest)
	}
	for i := range 12 {
		meet(fmt.Sprintf("room%02d", i), model.AsPublished, 0, 10)
	}
	if flows = s.flowsFrom(b, a, time.Time{}, nil); len(flows) != mostFlows+1 || flows[mostFlows].Others != 16-mostFlows {
		t.Errorf("of sixteen venues %d rows are shown, the last for %d", len(flows), flows[len(flows)-1].Others)
	}
}
