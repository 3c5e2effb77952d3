package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/jobs"
	"kaskad/server/mail"
)

var errTemporary = errors.New("451 later, please")

func TestTheMailServersLimitsHold(t *testing.T) {
	o := newOffice(t)
	o.invites.Limits = jobs.Limits{PerMinute: 2, PerDay: 3}
	o.publish(lesson("n", "one", "a", "b"), lesson("m", "two", "a", "b"))
	n, done := o.invites.Waiting(0)
	if want := o.now.Add(24*time.Hour + time.Minute); n != 6 || !done.Equal(want) {
		t.Errorf("%d messages, done %v; want 6, %v", n, done, want)
	}
	for _, step := range []struct {
		later time.Duration
		sent  int
	}{{0, 2}, {30 * time.Second, 2}, {30 * time.Second, 3}, {time.Minute, 3}, {23*time.Hour + 58*time.Minute, 5}, {time.Minute, 6}} {
		o.now = o.now.Add(step.later)
		o.run()
		if got := o.invites.Counts().Sent; got != step.sent {
			t.Fatalf("%v later: %d sent, want %d", step.later, got, step.sent)
		}
	}
}

func TestWhatConcernsTheNearestDaysLeavesFirst(t *testing.T) {
	o := newOffice(t)
	o.invites.Limits.PerMinute = 3
	o.publish(lesson("n", "two", "a", "b"), lesson("m", "one", "a", "b"))
	o.run()
	for _, r := range o.invites.List() {
		if !r.Told.Start.Equal(seminarStart) {
			t.Errorf("told first: a seminar on %v, want that of %v", r.Told.Start, seminarStart)
		}
	}
}

func TestChangesInARowAreOneMail(t *testing.T) {
	o := newOffice(t)
	o.invites.Settle, o.invites.Gap = time.Minute, 2*time.Minute
	o.publish(lesson("n", "one", "a"))
	o.run()
	o.publish(lesson("S00001", "two", "a"))
	o.now = o.now.Add(-time.Minute) // the moment it was published
	o.run()
	if got := o.kinds(); got[jobs.Update] != 0 {
		t.Fatalf("%v: the change was mailed before it settled", got)
	}
	o.now = o.now.Add(30 * time.Second)
	o.publish(lesson("S00001", "one", "a"))
	o.now = o.now.Add(2 * time.Minute)
	o.run()
	if got := o.kinds(); got[jobs.Update] != 2 {
		t.Errorf("%v, want one mail each to a and the leader about both changes", got)
	}
}

func TestAnInvitationWaitsForTheCancellationBeforeIt(t *testing.T) {
	o := newOffice(t)
	o.invites.Gap = 10 * time.Minute
	o.publish(lesson("n", "one", "a", "b"))
	o.run()
	o.now = o.now.Add(time.Hour)
	o.publish(lesson("S00001", "one", "b"))
	o.run()
	o.publish(lesson("S00001", "one", "a", "b"))
	o.run()
	if got := o.kinds(); got[jobs.Cancel] != 1 || got[jobs.Invite] != 3 {
		t.Fatalf("%v: a was invited again right after the cancellation", got)
	}
	o.now = o.now.Add(10 * time.Minute)
	o.run()
	if got := o.kinds(); got[jobs.Invite] != 4 {
		t.Errorf("%v, want a's new invitation once things are quiet", got)
	}
}

// Both were decided before either was mailed, and the new seminar is the earlier one.
func TestAnInvitationWaitsForACancellationStillToCome(t *testing.T) {
	o := newOffice(t)
	o.invites.Gap = 10 * time.Minute
	o.publish(lesson("n", "two", "a", "b"))
	o.run()
	o.now = o.now.Add(time.Hour)
	o.publish(lesson("S00001", "two", "b"))
	o.publish(lesson("S00001", "one", "a", "b"))
	before := o.kinds()
	o.run()
	if got := o.kinds(); got[jobs.Cancel] != 1 || got[jobs.Invite] != before[jobs.Invite] {
		t.Fatalf("%v after %v: want a's cancellation, and no new invitation yet", got, before)
	}
	o.now = o.now.Add(10 * time.Minute)
	o.run()
	if got := o.kinds(); got[jobs.Invite] != before[jobs.Invite]+1 {
		t.Errorf("%v, want a's new invitation once things are quiet", got)
	}
}

func TestByHandChangesNeedNotSettle(t *testing.T) {
	o := newOffice(t)
	o.invites.Settle, o.invites.Gap = time.Hour, time.Hour
	o.publish(lesson("n", "one", "a"))
	if o.run(); len(o.post.got) != 0 {
		t.Fatalf("%d messages before anything settled", len(o.post.got))
	}
	if _, err := o.invites.Run(jobs.AskedFor(t.Context())); err != nil || len(o.post.got) != 2 {
		t.Errorf("%d messages, %v; want 2 when somebody asks for them", len(o.post.got), err)
	}
	o.publish(lesson("S00001", "two", "a"))
	if _, err := o.invites.Run(jobs.AskedFor(t.Context())); err != nil || len(o.post.got) != 2 {
		t.Errorf("%d messages, %v; a second about the same seat could overtake the first", len(o.post.got), err)
	}
}

func TestAMessageThatNeverLeftIsReplaced(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a"))
	o.post.answer = func(string) error { return errTemporary }
	o.run()
	o.post.answer = nil
	o.publish(lesson("S00001", "two", "a"))
	o.run()
	if got := o.invites.Counts(); got != (jobs.Tally{Sent: 2}) {
		t.Errorf("%+v; want 2 sent and none left in the queue", got)
	}
	for _, data := range o.post.got {
		if strings.Contains(string(data), "flyttats") {
			t.Error("who has heard of nothing is told that it has moved")
		}
	}
}

func TestDeadLettersCanBeSentAgain(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a"))
	o.post.answer = func(string) error { return &mail.PermanentError{Code: 550, Err: errors.New("no such user")} }
	o.run()
	o.post.answer = nil
	contact, _ := o.service.People.Contact("a")
	contact.Email = "mended@enhet.example.org"
	o.must(o.service.People.Save(t.Context(), []model.Contact{contact}))
	outbox := o.invites.Outbox()
	for _, r := range outbox.List() {
		if !outbox.Resendable(r) {
			t.Errorf("%+v cannot be sent again", r)
		}
		o.must(outbox.Resend(t.Context(), r.ID))
	}
	o.run()
	if got := o.invites.Counts(); got != (jobs.Tally{Sent: 2}) {
		t.Fatalf("%+v, want 2 sent", got)
	}
	if !slices.ContainsFunc(slices.Collect(func(yield func(string) bool) {
		for _, data := range o.post.got {
			if !yield(string(data)) {
				return
			}
		}
	}), func(m string) bool { return strings.Contains(m, "To: \"Namn a\" <mended@") }) {
		t.Error("nothing went to the mended address")
	}
	if err := outbox.Resend(t.Context(), "nothing"); model.CodeOf(err) != model.NotFound {
		t.Errorf("an unknown message: %v, want not found", err)
	}
}

func TestWhatIsPutOffForDaysIsADeadLetter(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a"))
	o.post.answer = func(string) error { return errTemporary }
	for range 4*24 + 1 {
		_, _ = o.invites.Run(t.Context())
		o.now = o.now.Add(time.Hour)
	}
	if got := o.invites.Counts(); got != (jobs.Tally{Failed: 2}) {
		t.Errorf("%+v after four days, want 2 given up", got)
	}
}

// TestOnlyOneServerSendsAtATime: the second waits for its turn, and takes it
// when the first has died with it.
func TestOnlyOneServerSendsAtATime(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a", "b"))
	first := o.invites
	o.start()
	second := o.invites
	o.post.answer = func(string) error {
		if _, err := second.Run(t.Context()); err != nil {
			t.Error(err)
		}
		return nil
	}
	if _, err := first.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := second.Counts(); got != (jobs.Tally{}) {
		t.Errorf("the second server sent %+v while the first was at it", got)
	}
	o.post.answer = nil
	if _, err := second.Run(t.Context()); err != nil || second.Counts().Sent != 3 || len(o.post.got) != 3 {
		t.Errorf("%+v, %v: the second does not know what the first has sent", second.Counts(), err)
	}
}

func TestRunsAreRememberedAndCaughtUp(t *testing.T) {
	o := newOffice(t)
	runs := make(chan string, 10)
	job := jobs.Job{Name: "nightly", Schedule: "0 4 * * *", Run: nil}
	start := func() *jobs.Runner {
		job.Run = reporting(runs)
		r, err := jobs.NewRunner(slog.New(slog.DiscardHandler), func() time.Time { return o.now }, job)
		o.must(err)
		r.Memory = o.store
		return r
	}
	r := start()
	r.Start()
	if _, err := r.Run(t.Context(), "nightly"); err != nil {
		t.Fatal(err)
	}
	r.Close()
	r = start()
	r.Start()
	if got := r.List()[0]; got.Result != "done" || !got.Last.Equal(o.now) {
		t.Errorf("after a restart the job stands at %+v", got)
	}
	r.Close()
	if len(runs) != 1 {
		t.Errorf("%d runs, want 1: nothing was missed", len(runs))
	}
	o.now = o.now.Add(25 * time.Hour)
	r = start()
	<-runs // the one asked for
	r.Start()
	<-runs // the one missed
	r.Close()
	if len(runs) != 0 {
		t.Errorf("%d runs more than the one that was missed", len(runs))
	}
}

// reporting is a job that says each time that it has run.
func reporting(runs chan<- string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		runs <- "run"
		return "done", nil
	}
}
