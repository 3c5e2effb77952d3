package jobs_test

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/jobs"
	"kaskad/server/store"
)

// withLetters is an office where a, b and c (protected) attend a seminar on 1
// February at 08:00 UTC, invited on 4 January.
func withLetters(t *testing.T) (*office, *jobs.Letters) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a", "b", "c"))
	o.run()
	return o, o.letters()
}

func (o *office) letters() *jobs.Letters {
	o.t.Helper()
	in := &jobs.Intake{Programme: o.service, Store: o.store, Invites: o.invites, Log: slog.New(slog.DiscardHandler)}
	o.must(in.Load(o.t.Context()))
	return &jobs.Letters{Invites: o.invites, Intake: in, Reminders: []time.Duration{72 * time.Hour, 3 * time.Hour}, Coordinators: []string{"boss@kaskad.example.org"}}
}

var seminarStart = time.Date(2027, 2, 1, 8, 0, 0, 0, time.UTC)

func (o *office) at(before time.Duration) { o.now = seminarStart.Add(-before) }

func (o *office) letter(kind jobs.Kind) string {
	for id, data := range o.post.got {
		if strings.HasPrefix(id, string(kind)+".") {
			return string(data)
		}
	}
	return ""
}

func (o *office) remind(l *jobs.Letters) {
	o.t.Helper()
	_, err := l.Remind(o.t.Context())
	o.must(err)
}

func TestRemindersComeOnceEach(t *testing.T) {
	o, l := withLetters(t)
	for _, step := range []struct {
		before time.Duration
		want   map[jobs.Kind]int
	}{
		{73 * time.Hour, map[jobs.Kind]int{}},
		{72 * time.Hour, map[jobs.Kind]int{jobs.Remind: 2}},
		{25 * time.Hour, map[jobs.Kind]int{jobs.Remind: 2}},
		{24 * time.Hour, map[jobs.Kind]int{jobs.Remind: 2, jobs.Brief: 1}},
		{3 * time.Hour, map[jobs.Kind]int{jobs.Remind: 4, jobs.Brief: 1}},
		{time.Hour, map[jobs.Kind]int{jobs.Remind: 4, jobs.Brief: 1}},
		{-time.Minute, map[jobs.Kind]int{jobs.Remind: 4, jobs.Brief: 1}},
	} {
		o.at(step.before)
		o.remind(l)
		o.remind(l)
		got := o.kinds()
		delete(got, jobs.Invite)
		if !maps.Equal(got, step.want) {
			t.Errorf("%v before: letters %v, want %v", step.before, got, step.want)
		}
	}
	if slices.Max(slices.Collect(maps.Values(o.post.times))) != 1 {
		t.Errorf("a letter went out twice: %v", o.post.times)
	}
}

func TestAfterDowntimeOneReminderIsEnough(t *testing.T) {
	o, l := withLetters(t)
	o.at(2 * time.Hour)
	o.remind(l)
	if got := o.kinds(); got[jobs.Remind] != 2 || got[jobs.Brief] != 1 {
		t.Errorf("letters after the server was away for days: %v, want one reminder each and the brief", got)
	}
}

func TestWhoIsBookedLateIsNotReminded(t *testing.T) {
	o, l := withLetters(t)
	o.at(71 * time.Hour)
	o.publish(lesson("S00001", "one", "a", "b", "c"), lesson("m", "two", "a"))
	o.remind(l)
	if got := o.kinds()[jobs.Remind]; got != 2 {
		t.Errorf("%d reminders, want 2: nobody of the seminar that was planned within three days", got)
	}
}

func TestTheBriefCountsEverybodyAndNamesNobodyProtected(t *testing.T) {
	o, l := withLetters(t)
	o.do(model.GiveAnswer{Person: "a", Seminar: "S00001", Answer: model.Accepted, Stamp: 1})
	o.at(24 * time.Hour)
	o.remind(l)
	text := o.letter(jobs.Brief)
	for _, want := range []string{"3 bokade: 1 har tackat ja, 0 kanske, 2 har inte svarat", "Namn a, Enheten", "Dessutom 1 som inte"} {
		if !strings.Contains(strings.ReplaceAll(text, "=\r\n", ""), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "Namn c") {
		t.Error("the brief names a person with a protected identity")
	}
}

func TestWhoHasNotAnsweredIsAskedOnce(t *testing.T) {
	o, l := withLetters(t)
	chase := func() int {
		t.Helper()
		_, err := l.Chase(t.Context())
		o.must(err)
		return o.kinds()[jobs.Chase]
	}
	o.do(model.GiveAnswer{Person: "b", Seminar: "S00001", Answer: model.Accepted, Stamp: 1})
	o.now = o.now.Add(7*24*time.Hour - 2*time.Minute)
	if got := chase(); got != 0 {
		t.Errorf("%d letters before a week has gone, want none", got)
	}
	o.now = o.now.Add(2 * time.Minute)
	chase()
	if got := chase(); got != 2 { // a and the leader
		t.Errorf("%d letters, want 2", got)
	}
	o.now = o.now.Add(7 * 24 * time.Hour)
	if got := chase(); got != 2 {
		t.Errorf("%d letters a week later, want no more than 2", got)
	}
}

// A server that has not looked since asks nobody about what another has asked.
func TestAnotherServerAsksNobodyTwice(t *testing.T) {
	o, first := withLetters(t)
	o.start()
	second := o.letters()
	o.must(second.Invites.Load(t.Context()))
	o.now = o.now.Add(7 * 24 * time.Hour)
	if _, err := first.Chase(t.Context()); err != nil || o.kinds()[jobs.Chase] != 0 {
		t.Fatalf("%v: the second knows of what the first has sent: %v", err, o.kinds())
	}
	o.publish(lesson("S00001", "one", "a", "b", "c"), lesson("m", "two", "a"))
	o.run()
	o.now = o.now.Add(7 * 24 * time.Hour)
	if _, err := second.Chase(t.Context()); err != nil {
		t.Fatal(err)
	}
	asked := map[string]int{}
	for _, r := range second.Invites.List() {
		if r.Kind == jobs.Chase {
			for _, seat := range r.Covers {
				asked[seat]++
			}
		}
	}
	if want := map[string]int{"S00001/a/0/0": 1, "S00001/b/0/0": 1, "S00001/leader/0/0": 1, "S00002/a/0/0": 1, "S00002/leader/0/0": 1}; !maps.Equal(asked, want) {
		t.Errorf("asked about %v, want %v", asked, want)
	}
}

func TestWhoWaitsIsOfferedSeatsOnce(t *testing.T) {
	o, l := withLetters(t)
	chase := func() int {
		t.Helper()
		o.now = o.now.Add(25 * time.Hour)
		_, err := l.Chase(t.Context())
		o.must(err)
		return o.kinds()[jobs.Offer]
	}
	o.do(model.GiveAnswer{Person: "a", Seminar: "S00001", Answer: model.Declined, Stamp: 1})
	o.run()
	if got := chase(); got != 0 {
		t.Errorf("%d offers while there is no seat, want none", got)
	}
	o.publish(lesson("S00001", "one", "b", "c"), lesson("m", "two", "c"))
	chase()
	if got := chase(); got != 1 {
		t.Errorf("%d offers of the new seat, want 1", got)
	}
}

func TestTheDayInFiguresComesOnceOnWorkingDays(t *testing.T) {
	o, l := withLetters(t)
	o.do(model.GiveAnswer{Person: "a", Seminar: "S00001", Answer: model.Declined, Stamp: time.Date(2027, 1, 5, 12, 0, 0, 0, time.UTC).Unix()})
	for _, step := range []struct {
		at   time.Time
		want int
	}{
		{time.Date(2027, 1, 6, 4, 50, 0, 0, time.UTC), 0}, // ten to six
		{time.Date(2027, 1, 6, 5, 0, 0, 0, time.UTC), 1},
		{time.Date(2027, 1, 6, 5, 15, 0, 0, time.UTC), 1},
		{time.Date(2027, 1, 9, 8, 0, 0, 0, time.UTC), 1},   // Saturday
		{time.Date(2027, 1, 11, 20, 0, 0, 0, time.UTC), 2}, // Monday, after a day without a server
	} {
		o.now = step.at
		_, err := l.Digest(t.Context())
		o.must(err)
		if got := o.kinds()[jobs.Digest]; got != step.want {
			t.Errorf("%v: %d letters, want %d", step.at, got, step.want)
		}
	}
	if text := o.letter(jobs.Digest); !strings.Contains(text, "v=C3=A4ntelistan") {
		t.Errorf("the figures do not tell of the waiting list:\n%s", text)
	}
}

func TestTheDayInFiguresIsInTheLanguageChosen(t *testing.T) {
	o, l := withLetters(t)
	contact, _ := o.service.People.Contact("a")
	l.Coordinators = []string{contact.Email}
	o.do(model.ChooseCalendar{Person: "a", Choice: model.CalendarChoice{Channel: model.ByMail, Language: "nb"}})
	o.do(model.GiveAnswer{Person: "a", Seminar: "S00001", Answer: model.Declined, Stamp: time.Date(2027, 1, 5, 12, 0, 0, 0, time.UTC).Unix()})
	o.now = time.Date(2027, 1, 6, 8, 0, 0, 0, time.UTC)
	_, err := l.Digest(t.Context())
	o.must(err)
	if text := o.letter(jobs.Digest); !strings.Contains(text, "Kaskad: status i dag") {
		t.Errorf("the figures are not in the Norwegian their reader has chosen:\n%s", text)
	}
}

// TestLettersSurviveACrashAnywhere ends the server at every call of the store
// while letters go out, starts it again and lets time pass: everyone gets theirs,
// and what came twice came with the same bytes (post refuses it otherwise).
func TestLettersSurviveACrashAnywhere(t *testing.T) {
	for _, c := range []struct {
		name string
		now  time.Time
		run  func(*jobs.Letters, *testing.T) error
		want int
	}{
		{"remind", seminarStart.Add(-20 * time.Hour), func(l *jobs.Letters, t *testing.T) error { _, err := l.Remind(t.Context()); return err }, 3},
		{"chase", seminarStart.AddDate(0, 0, -14), func(l *jobs.Letters, t *testing.T) error { _, err := l.Chase(t.Context()); return err }, 3},
		{"digest", time.Date(2027, 1, 6, 8, 0, 0, 0, time.UTC), func(l *jobs.Letters, t *testing.T) error { _, err := l.Digest(t.Context()); return err }, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, fault := range []store.Fault{store.CrashBefore, store.CrashAfter, store.LoseRequest, store.LoseReply} {
				for step, tried := 0, true; tried; step++ {
					o, l := withLetters(t)
					o.do(model.HandBack{Person: "leader", Seminar: "S00001"}) // something to tell coordinators
					o.do(model.Claim{Person: "leader", Seminar: "S00001"})
					o.publish(lesson("S00001", "one", "a", "b", "c"), model.Seminar{ID: "m", Tier: "staff", Module: "law", Slot: "two", Venue: "room", Leaders: []string{}, Attendees: []string{"c"}})
					o.run()
					invited := len(o.post.got)
					o.now = c.now
					tried = faultAt(o, fault, step, func() { _ = c.run(l, t) })
					o.start()
					l = o.letters()
					for range 4 {
						o.now = o.now.Add(5 * time.Minute)
						o.must(c.run(l, t))
					}
					if got, counts := len(o.post.got)-invited, o.invites.Counts(); got != c.want || counts.Queued != 0 {
						t.Fatalf("fault %v at call %d: %d letters, %+v; want %d, none in the queue", fault, step, got, counts, c.want)
					}
				}
			}
		})
	}
}

// faultAt does something with a fault at one call of the store; false when
// there was no such call.
func faultAt(o *office, fault store.Fault, step int, do func()) bool {
	calls := 0
	o.store.Inject(func(string, string) store.Fault {
		if calls++; calls == step+1 {
			return fault
		}
		return store.NoFault
	})
	do()
	o.store.Inject(func(string, string) store.Fault { return store.NoFault })
	return calls > step
}

// What is put off is not sent to who has got a protected identity since, nor
// beside a later reminder that says the same.
func TestALetterThatIsPutOffIsLookedAtAgain(t *testing.T) {
	o, l := withLetters(t)
	o.at(72 * time.Hour)
	o.post.answer = func(string) error { return errTemporary }
	o.remind(l)
	o.post.answer = nil
	contact, _ := o.service.People.Contact("b")
	contact.Protected = true
	o.must(o.service.People.Save(t.Context(), []model.Contact{contact}))
	o.at(3 * time.Hour)
	o.remind(l)
	var sent []string
	for id := range o.post.got {
		if strings.HasPrefix(id, string(jobs.Remind)+".") {
			sent = append(sent, id)
		}
	}
	if at := fmt.Sprint(seminarStart.Add(-3 * time.Hour).Unix()); len(sent) != 1 || !strings.HasSuffix(sent[0], at) || o.invites.Counts().Queued != 0 {
		t.Errorf("%v, %+v: want one reminder of three hours before, to a", sent, o.invites.Counts())
	}
}

// What the preview shows is what running every job by hand sends, byte for byte.
func TestThePreviewShowsExactlyTheMailsToCome(t *testing.T) {
	o, l := withLetters(t)
	o.publish(lesson("S00001", "one", "a", "b", "c"), lesson("m", "two", "a"))
	o.run()
	o.at(72 * time.Hour)
	o.post.answer = func(id string) error {
		if strings.HasPrefix(id, string(jobs.Remind)) {
			return errTemporary
		}
		return nil
	}
	o.remind(l)
	o.at(20 * time.Hour) // a Sunday
	o.now = o.now.AddDate(0, 0, -2)
	o.post.answer = nil
	o.do(model.GiveAnswer{Person: "a", Seminar: "S00002", Answer: model.Declined, Stamp: o.now.Unix()})
	o.do(model.GiveAnswer{Person: "b", Seminar: "S00001", Answer: model.Accepted, Stamp: o.now.Unix()})
	coming, err := l.Coming(t.Context())
	o.must(err)
	want, kinds := map[string]string{}, map[jobs.Kind]int{}
	for _, written := range coming {
		r, err := written()
		o.must(err)
		data, err := r.Message.Bytes()
		o.must(err)
		want[r.Message.ID] = string(data)
		kinds[r.Kind]++
	}
	before := maps.Clone(o.post.got)
	for _, run := range []func(context.Context) (string, error){l.Digest, o.invites.Run, l.Remind, l.Chase} {
		if _, err := run(jobs.AskedFor(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	got := map[string]string{}
	for id, data := range o.post.got {
		if _, old := before[id]; !old {
			got[id] = string(data)
		}
	}
	if !maps.Equal(got, want) || kinds[jobs.Cancel] != 1 || kinds[jobs.Remind] != 2 || kinds[jobs.Digest] != 1 || kinds[jobs.Chase] == 0 {
		t.Errorf("shown %v, %d in all, sent %v", kinds, len(want), slices.Sorted(maps.Keys(got)))
	}
}

func TestALetterThatIsPutOffEndsWithItsUse(t *testing.T) {
	o, l := withLetters(t)
	o.at(72 * time.Hour)
	o.post.answer = func(string) error { return errTemporary }
	o.remind(l)
	o.post.answer = nil
	o.do(model.GiveAnswer{Person: "a", Seminar: "S00001", Answer: model.Declined, Stamp: 1})
	o.now = o.now.Add(time.Hour)
	o.remind(l)
	if got := o.invites.Counts(); got.Queued != 0 || o.kinds()[jobs.Remind] != 2 || strings.Count(strings.Join(slices.Collect(maps.Keys(o.post.got)), " "), "reminder.") != 1 {
		t.Errorf("%+v, %v: want b reminded, and a, who has declined, not", got, o.kinds())
	}
}
