package clients_test

import (
	"slices"
	"testing"

	"kaskad/model"
	"kaskad/server/auth"
)

// A seminar that is put into a calendar by hand, from a file, must be the same
// appointment as the invitation to it.
func TestParsersReadFiles(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.plan(story[0].change)
	s.mailOut()
	var samples []sample
	for _, l := range s.box.taken(t) {
		n := s.notice(uidOf(l.object))
		v := s.signIn(auth.User{Person: n.Person, Role: model.Staff})
		want := s.letterSample("a file", l, map[string]entry{}).want.Events[0]
		want.Organizer, want.Attendee, want.AttendeeName, want.Answer, want.Attendees = "", "", "", "", 0
		samples = append(samples, sample{name: "the file of " + n.Person, body: s.answer(v.Get(s.base + "/seminars/" + n.Seminar + "/calendar.ics")),
			want: reading{Events: []entry{want}}})
	}
	if !slices.ContainsFunc(samples, func(x sample) bool { return x.name == "the file of anna" }) {
		t.Error("Anna has no seminar to put into her calendar")
	}
	expectReadings(t, samples)
}
