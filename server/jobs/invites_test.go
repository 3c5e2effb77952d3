package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/server/jobs"
	"kaskad/server/jobs/jobstest"
	"kaskad/server/mail"
	"kaskad/server/programme"
	"kaskad/server/store"
)

// office is a server's worth of sending: a store that outlives it, a clock, a mail server.
type office struct {
	t       *testing.T
	store   *store.Memory
	now     time.Time
	post    *post
	service *programme.Service
	invites *jobs.Invites
}

// post is a mail server that remembers what it was given.
type post struct {
	got    map[string][]byte // message id → its bytes
	times  map[string]int
	answer func(id string) error // before anything is kept; nil accepts all
}

func (p *post) Describe() string { return "a test" }

func (p *post) Send(_ context.Context, m mail.Message) error {
	if p.answer != nil {
		if err := p.answer(m.ID); err != nil {
			return err
		}
	}
	data, err := m.Bytes()
	if err != nil {
		return &mail.PermanentError{Err: err}
	}
	if before, ok := p.got[m.ID]; ok && !bytes.Equal(before, data) {
		return errors.New("the same message came with other bytes")
	}
	p.got[m.ID] = data
	p.times[m.ID]++
	return nil
}

var lesson = jobstest.Lesson

var coordinator = model.Actor{Person: "boss", Role: model.Coordinator}

func newOffice(t *testing.T) *office {
	o := &office{t: t, store: store.OpenMemory(), now: time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC),
		post: &post{got: map[string][]byte{}, times: map[string]int{}}}
	o.start()
	o.must(o.service.People.Save(t.Context(), jobstest.Contacts()))
	o.do(model.LoadProgramme{Problem: jobstest.Problem()})
	return o
}

// start opens what a server opens; after a crash, once more.
func (o *office) start() {
	o.t.Helper()
	o.store.Restart()
	log := slog.New(slog.DiscardHandler)
	service, err := programme.Open(o.t.Context(), o.store, "p", func() time.Time { return o.now }, log)
	o.must(err)
	o.service = service
	o.invites = &jobs.Invites{Programme: service, Store: o.store, Sender: o.post, From: calendar.Party{Name: "Kaskad", Email: "plan@kaskad.example.org"},
		Base: "https://kaskad.example.org", Log: log}
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) do(c model.Command) {
	o.t.Helper()
	_, err := o.service.Do(o.t.Context(), coordinator, c)
	o.must(err)
}

// publish makes these seminars what people are told.
func (o *office) publish(seminars ...model.Seminar) {
	o.t.Helper()
	o.do(model.SaveDraft{Base: o.service.State().Seq, Plan: &model.Plan{Format: model.PlanFormat, Problem: "p", Seminars: append([]model.Seminar{}, seminars...), Unmet: []model.Unmet{}}})
	o.do(model.Publish{Draft: o.service.State().Draft.Ref})
	o.now = o.now.Add(time.Minute)
}

// kinds counts the messages by what they are about.
func (o *office) kinds() map[jobs.Kind]int {
	count := map[jobs.Kind]int{}
	for _, r := range o.invites.List() {
		count[r.Kind]++
	}
	return count
}

func (o *office) run() {
	o.t.Helper()
	_, err := o.invites.Run(o.t.Context())
	o.must(err)
}

func TestInviteTellsEveryoneOnce(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a", "b", "c"))
	o.run()
	o.run()
	if len(o.post.got) != 3 || slices.Max(slices.Collect(maps.Values(o.post.times))) != 1 {
		t.Errorf("messages %v; want one each for a, b and the leader, none for c whose identity is protected", o.post.times)
	}
}

func TestInviteTellsWhatChanges(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a", "b"))
	o.run()
	o.publish(lesson("S00001", "two", "a"))
	o.run()
	if got, want := o.kinds(), (map[jobs.Kind]int{jobs.Invite: 3, jobs.Update: 2, jobs.Cancel: 1}); !maps.Equal(got, want) {
		t.Errorf("messages %v, want %v", got, want)
	}
	o.publish()
	o.run()
	if got := o.kinds()[jobs.Cancel]; got != 3 {
		t.Errorf("%d cancellations after all was cancelled, want 3", got)
	}
}

func TestASwapOfLeadersReachesBoth(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a"))
	o.run()
	swapped := lesson("S00001", "one", "a")
	swapped.Leaders = []string{"b"}
	o.publish(swapped)
	o.run()
	told := map[string]jobs.Kind{}
	for _, r := range o.invites.List() {
		if r.Stamp > o.invites.List()[len(o.invites.List())-1].Stamp {
			told[r.Person] = r.Kind
		}
	}
	if want := (map[string]jobs.Kind{"leader": jobs.Cancel, "b": jobs.Invite, "a": jobs.Update}); !maps.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

// Of two records that are one person the one that goes has been invited at an
// address of its own: that calendar would show the seminar for ever.
func TestAMergedRecordsInvitationsAreTakenBackWhereTheyWent(t *testing.T) {
	for _, protected := range []bool{false, true} {
		o := newOffice(t)
		o.publish(lesson("n", "one", "a"))
		o.run()
		keep, _ := o.service.People.Contact("b")
		keep.Protected = protected
		o.must(o.service.People.Save(t.Context(), []model.Contact{keep}))
		before := maps.Clone(o.post.got)
		o.do(model.MergePeople{Keep: "b", Gone: "a"})
		o.start() // which nobody forgets by starting again
		o.now = o.now.Add(time.Hour)
		o.run()
		sent := map[string]string{}
		for id, data := range o.post.got {
			if _, old := before[id]; !old {
				_, to, _ := strings.Cut(string(data), "\r\nTo: ")
				to, _, _ = strings.Cut(to, "\r\n")
				_, method, _ := strings.Cut(string(data), "method=")
				sent[to] = strings.TrimRight(method[:7], ";\r\n ")
			}
		}
		want := map[string]string{`"Namn a" <a@enhet.example.org>`: "CANCEL", `"Namn b" <b@enhet.example.org>`: "REQUEST"}
		if protected {
			want = map[string]string{}
		}
		if !maps.Equal(sent, want) {
			t.Errorf("protected %t: sent %q, want %q", protected, sent, want)
		}
		if _, known := o.service.People.ByEmail("a@enhet.example.org"); known {
			t.Error("the address of the record that is gone still signs in")
		}
		if n, err := o.service.People.Sweep(t.Context(), o.now.AddDate(0, 0, 15)); err != nil || n != 1 || o.service.People.Reach("a").Email != "" {
			t.Errorf("%d former contacts erased, %v", n, err)
		}
	}
}

func TestInviteSaysNothingOfWhatNobodyWasTold(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a"))
	o.publish() // cancelled before the job has run
	o.run()
	if len(o.post.got) != 0 {
		t.Errorf("%d messages about a seminar nobody had heard of, want none", len(o.post.got))
	}
}

func TestInviteSaysNothingOfThePast(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a"))
	o.now = time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC) // the minute it ends
	o.run()
	if len(o.post.got) != 0 {
		t.Errorf("%d messages about a seminar that is over, want none", len(o.post.got))
	}
}

func TestInviteTriesAgainWhatWasPutOff(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a"))
	o.post.answer = func(string) error { return errors.New("451 later, please") }
	o.run()
	o.run() // too soon: nothing may be tried
	if got := o.invites.Counts(); got != (jobs.Tally{Queued: 2}) {
		t.Fatalf("%+v after a temporary refusal, want 2 queued", got)
	}
	o.post.answer = nil
	o.now = o.now.Add(2 * time.Minute)
	o.run()
	if got := o.invites.Counts(); got != (jobs.Tally{Sent: 2}) {
		t.Errorf("%+v once the mail server takes mails, want 2 sent", got)
	}
}

func TestInviteGivesUpWhatIsRefusedForGood(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a"))
	o.post.answer = func(string) error { return &mail.PermanentError{Code: 550, Err: errors.New("no such user")} }
	o.run()
	o.post.answer = nil
	o.now = o.now.Add(24 * time.Hour)
	o.run()
	if got := o.invites.Counts(); got != (jobs.Tally{Failed: 2}) || len(o.post.got) != 0 {
		t.Errorf("%+v, %d messages; want 2 refused and none sent again", got, len(o.post.got))
	}
}

// TestInviteSurvivesACrashAnywhere ends the server at every call of the store,
// before and after the call took effect, starts it again and lets time pass:
// everyone must have been told, and whatever came twice came with the same bytes
// (post refuses it otherwise).
func TestInviteSurvivesACrashAnywhere(t *testing.T) {
	for _, fault := range []store.Fault{store.CrashBefore, store.CrashAfter, store.LoseRequest, store.LoseReply} {
		for step := 0; ; step++ {
			o := newOffice(t)
			o.publish(lesson("n", "one", "a", "b"), lesson("m", "two", "a", "b"))
			calls := 0
			o.store.Inject(func(string, string) store.Fault {
				calls++
				if calls == step+1 {
					return fault
				}
				return store.NoFault
			})
			_, err := o.invites.Run(t.Context())
			if calls <= step {
				break // the run has fewer calls: every one has been tried
			}
			if err == nil {
				t.Errorf("fault %v at call %d: the run says it went well", fault, step)
			}
			o.start()
			for range 3 {
				o.now = o.now.Add(5 * time.Minute)
				o.run()
			}
			if len(o.post.got) != 6 || o.invites.Counts() != (jobs.Tally{Sent: 6}) {
				t.Fatalf("fault %v at call %d: %d messages, %+v; want 6, all sent", fault, step, len(o.post.got), o.invites.Counts())
			}
		}
	}
}

func TestInviteGoesOnAtOnceWhenAlone(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a"))
	o.store.Inject(func(method, key string) store.Fault {
		if method == "Put" && key == "receipts" {
			return store.CrashBefore // sent, and nobody knows
		}
		return store.NoFault
	})
	if _, err := o.invites.Run(t.Context()); err == nil {
		t.Fatal("the run says it went well")
	}
	o.store.Inject(func(string, string) store.Fault { return store.NoFault })
	o.start()
	o.invites.Alone = true
	o.run()
	if got := o.invites.Counts(); got != (jobs.Tally{Sent: 2}) {
		t.Errorf("%+v right after the restart, want 2 sent", got)
	}
}

// TestTwoServersTellEveryoneOnce lets two servers on one store run in turns.
func TestTwoServersTellEveryoneOnce(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a", "b"))
	first := o.invites
	o.start()
	second := o.invites
	o.must(second.Load(t.Context())) // before the first has sent anything
	for _, server := range []*jobs.Invites{first, second, first, second} {
		if _, err := server.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.now = o.now.Add(10 * time.Minute)
	}
	for id, n := range o.post.times {
		if n != 1 {
			t.Errorf("message %s went out %d times", id, n)
		}
	}
	if len(o.post.got) != 3 {
		t.Errorf("%d messages, want 3", len(o.post.got))
	}
}

func TestRunnerKeepsAJobFromRunningTwiceAtOnce(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	r := runner(t, jobs.Job{Name: "slow", Schedule: "@every 1h", Run: func(context.Context) (string, error) {
		close(started)
		<-release
		return "", nil
	}})
	done := make(chan error, 1)
	go func() { _, err := r.Run(t.Context(), "slow"); done <- err }()
	<-started
	if _, err := r.Run(t.Context(), "slow"); model.CodeOf(err) != model.Conflict {
		t.Errorf("second run at once: %v, want a conflict", err)
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestRunnerSurvivesAPanic(t *testing.T) {
	runs := 0
	r := runner(t, jobs.Job{Name: "bad", Schedule: "@every 1h", Run: func(context.Context) (string, error) {
		runs++
		panic(fmt.Sprintf("run %d", runs))
	}})
	for range 2 {
		status, err := r.Run(t.Context(), "bad")
		if model.CodeOf(err) != model.Unavailable || !status.Failed || status.Running {
			t.Errorf("status %+v, err %v; want a failed job that is not running", status, err)
		}
	}
	if runs != 2 {
		t.Errorf("%d runs, want 2: a job that broke down must run again", runs)
	}
}

func TestRunnerRefusesWhatItDoesNotKnow(t *testing.T) {
	if _, err := runner(t).Run(t.Context(), "nothing"); model.CodeOf(err) != model.NotFound {
		t.Errorf("unknown job: %v, want not found", err)
	}
	if _, err := jobs.NewRunner(slog.New(slog.DiscardHandler), time.Now, jobs.Job{Name: "x", Schedule: "sometimes"}); err == nil {
		t.Error("a schedule nobody can read was taken")
	}
}

func runner(t *testing.T, list ...jobs.Job) *jobs.Runner {
	t.Helper()
	r, err := jobs.NewRunner(slog.New(slog.DiscardHandler), time.Now, list...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	r.Start()
	return r
}

// undo takes the last step back as the pages do.
func (o *office) undo() {
	o.t.Helper()
	o.must(o.invites.Hold(o.t.Context(), func(still bool) error {
		state := o.service.State()
		e := state.Edits[len(state.Edits)-1]
		c := model.Undo{Edit: e.ID, Now: o.now}
		if still {
			c.Untold = o.invites.Untold(state, e.Seats)
		}
		o.do(c)
		return nil
	}))
	o.now = o.now.Add(time.Hour)
}

// What is taken back before its mails have left is never mailed of; what is taken
// back later is told to those who were told of it.
func TestTakingBackTellsWhoWasTold(t *testing.T) {
	first := lesson("n", "one", "a", "b")
	for name, step := range map[string]struct {
		do    func(o *office)
		after map[jobs.Kind]int // of mails, when the step was told first
	}{
		"a first publication":             {func(o *office) { o.publish(lesson("S00001", "one", "a", "b"), lesson("m", "two", "c")) }, map[jobs.Kind]int{jobs.Cancel: 1}},
		"a publication that moves":        {func(o *office) { o.publish(lesson("S00001", "two", "a", "b")) }, map[jobs.Kind]int{jobs.Update: 3}},
		"a publication that cancels":      {func(o *office) { o.publish() }, map[jobs.Kind]int{jobs.Invite: 3}},
		"a publication with other people": {func(o *office) { o.publish(lesson("S00001", "one", "a")) }, map[jobs.Kind]int{jobs.Invite: 1}},
		"a cancellation by hand":          {func(o *office) { o.do(model.CancelSeminar{Seminar: "S00001"}) }, map[jobs.Kind]int{jobs.Invite: 3}},
		"a move by hand":                  {func(o *office) { o.do(model.MoveSeminar{Seminar: "S00001", Slot: "two"}) }, map[jobs.Kind]int{jobs.Update: 3}},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.publish(first)
			o.run()
			before := len(o.post.got)
			step.do(o)
			o.undo()
			o.run()
			if n := len(o.post.got) - before; n != 0 {
				t.Errorf("%d mails of what nobody had been told, want none: %v", n, o.kinds())
			}
			o.undo() // and done again
			o.run()
			told := o.kinds()
			o.undo()
			o.run()
			got := o.kinds()
			for kind, n := range told {
				if got[kind] -= n; got[kind] == 0 {
					delete(got, kind)
				}
			}
			if !maps.Equal(got, step.after) {
				t.Errorf("taken back after it was told, the mails are %v, want %v", got, step.after)
			}
		})
	}
}
