// Package jobstest holds what sends messages to its promises on any store:
// two servers that send, answer and die must lose no message and send none
// twice in effect.
//
// One name to know: TwoServers. It runs on the store in memory beside the jobs'
// own tests, and on MongoDB over the wire in mongotest.
package jobstest

import (
	"time"

	"kaskad/model"
)

// Problem is a programme of one lesson, two times and four people, one of them
// with a protected identity (see Contacts).
func Problem() *model.Problem {
	at := func(day int) time.Time { return time.Date(2027, 2, day, 8, 0, 0, 0, time.UTC) }
	p := &model.Problem{
		Format:    model.ProblemFormat,
		Programme: model.Programme{ID: "p", Name: "P", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1, KmH: 60}},
		Tiers:     []model.Tier{{ID: "staff", Modules: []string{"law"}, Seats: model.Seats{Max: 9}}},
		Modules:   []model.Module{{ID: "law", Name: "Juridik", Minutes: 60}},
		Sectors:   []string{"municipal"},
		Slots:     []model.Slot{{ID: "one", Start: at(1), End: at(1).Add(time.Hour)}, {ID: "two", Start: at(2), End: at(2).Add(time.Hour)}},
		Venues:    []model.Venue{{ID: "room", Name: "Salen", Lat: 57, Lon: 12, Capacity: 9}},
		Units:     []model.Unit{{ID: "u", Name: "Enheten", Sector: "municipal", Lat: 57, Lon: 12}},
		People:    []model.Person{{ID: "leader", Unit: "u", Leads: &model.Leads{Tier: "staff", Modules: []string{"law"}}}},
	}
	for _, id := range []string{"a", "b", "c"} {
		p.People = append(p.People, model.Person{ID: id, Unit: "u", Tier: "staff"})
	}
	return p
}

// Contacts are the people of Problem; c has a protected identity.
func Contacts() []model.Contact {
	var contacts []model.Contact
	for _, id := range []string{"a", "b", "c", "leader"} {
		contacts = append(contacts, model.Contact{ID: id, Given: "Namn", Family: id, Email: id + "@enhet.example.org", Language: "sv", Protected: id == "c"})
	}
	return contacts
}

// Lesson is a seminar of Problem, which the leader leads.
func Lesson(id, slot string, attendees ...string) model.Seminar {
	return model.Seminar{ID: id, Tier: "staff", Module: "law", Slot: slot, Venue: "room", Leaders: []string{"leader"}, Attendees: attendees}
}
