package jobs_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kaskad/model"
	"kaskad/server/jobs"
	"kaskad/server/jobs/jobstest"
	"kaskad/server/mail"
	"kaskad/server/mail/reply"
	"kaskad/server/store"
)

func mark(uid string) string { return "m" + uid[:8] }

// withIntake is an office whose invitations can be answered: one seminar, a
// and b attend, everybody has been invited.
func withIntake(t *testing.T) (*office, *jobs.Intake) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a", "b"))
	return o, o.intake()
}

func (o *office) intake() *jobs.Intake {
	o.t.Helper()
	o.invites.Mark = mark
	o.run()
	return &jobs.Intake{Programme: o.service, Store: o.store, Invites: o.invites, Results: "mx.kaskad.example.org", Log: slog.New(slog.DiscardHandler)}
}

func (o *office) uid(person string, generation int) string {
	uid := model.SeatKey{Person: person, Seminar: "S00001"}.UID("p", generation)
	return uid + "-" + mark(uid) + "-invite"
}

// says is a reply as a calendar program writes it.
type says struct {
	uid, attendee, from, status, header string
	sequence, second                    int
}

func (s says) bytes() []byte {
	return fmt.Appendf(nil, "From: %s\r\nMessage-ID: <x%d@y>\r\n%sContent-Type: text/calendar; method=REPLY\r\n\r\n"+
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:%s\r\nSEQUENCE:%d\r\nDTSTAMP:20270104T10%02d00Z\r\n"+
		"ATTENDEE;PARTSTAT=%s:mailto:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", s.from, s.second, s.header, s.uid, s.sequence, s.second, s.status, s.attendee)
}

const anna = "a@enhet.example.org"

func (o *office) take(in *jobs.Intake, s says) jobs.Received {
	o.t.Helper()
	before := map[string]bool{}
	o.must(in.Load(o.t.Context()))
	for _, r := range in.List() {
		before[r.ID] = true
	}
	o.must(in.Take(o.t.Context(), s.bytes()))
	for _, r := range in.List() {
		if !before[r.ID] {
			return r.Received
		}
	}
	return jobs.Received{}
}

func (o *office) seat(person string) model.Seat {
	seats := o.service.State().Seats[model.SeatKey{Person: person, Seminar: "S00001"}]
	return seats[len(seats)-1]
}

func TestAnswersCount(t *testing.T) {
	for _, c := range []struct {
		name string
		says says
		want jobs.Outcome
		seat model.Answer
	}{
		{"accepted", says{attendee: anna, from: anna, status: "ACCEPTED"}, jobs.Taken, model.Accepted},
		{"declined", says{attendee: anna, from: anna, status: "DECLINED"}, jobs.Taken, model.Declined},
		{"perhaps, in other letters", says{attendee: "A@Enhet.example.org", from: anna, status: "TENTATIVE"}, jobs.Taken, model.Tentative},
		{"from an alias, by mail of the invited", says{attendee: "alias@enhet.example.org", from: anna, status: "ACCEPTED"}, jobs.Taken, model.Accepted},
		{"forwarded, and sent by an assistant", says{attendee: anna, from: "assistant@enhet.example.org", status: "DECLINED"}, jobs.Taken, model.Declined},
		{"in her name, from another organisation", says{attendee: anna, from: "somebody@elsewhere.example.org", status: "DECLINED"}, jobs.Stranger, ""},
		{"forwarded to and declined by somebody else", says{attendee: "other@enhet.example.org", from: "other@enhet.example.org", status: "DECLINED"}, jobs.Stranger, ""},
		{"a sender our mail server does not believe", says{attendee: anna, from: anna, status: "DECLINED",
			header: "Authentication-Results: mx.kaskad.example.org; dmarc=fail header.from=enhet.example.org\r\n"}, jobs.Stranger, ""},
		{"a sender some other server does not believe", says{attendee: anna, from: anna, status: "ACCEPTED",
			header: "Authentication-Results: mx.elsewhere.example; dmarc=fail\r\n"}, jobs.Taken, model.Accepted},
		{"a UID without its mark", says{uid: model.SeatKey{Person: "a", Seminar: "S00001"}.UID("p", 0) + "-invite", attendee: anna, from: anna, status: "DECLINED"}, jobs.Unknown, ""},
		{"delegated", says{attendee: anna, from: anna, status: "DELEGATED"}, jobs.Noted, ""},
	} {
		o, in := withIntake(t)
		if c.says.uid == "" {
			c.says.uid = o.uid("a", 0)
		}
		if got := o.take(in, c.says); got.Outcome != c.want {
			t.Errorf("%s: outcome %q, want %q", c.name, got.Outcome, c.want)
		}
		if got := o.seat("a").Answer; got != c.seat {
			t.Errorf("%s: the seat says %q, want %q", c.name, got, c.seat)
		}
	}
}

func TestAnswersComeTwiceAndInAnyOrder(t *testing.T) {
	o, in := withIntake(t)
	yes := says{uid: o.uid("a", 0), attendee: anna, from: anna, status: "ACCEPTED", second: 5}
	no := says{uid: o.uid("a", 0), attendee: anna, from: anna, status: "DECLINED", second: 2}
	if got := o.take(in, yes); got.Outcome != jobs.Taken {
		t.Fatalf("outcome %q", got.Outcome)
	}
	seq := o.service.State().Seq
	if got := o.take(in, yes); got != (jobs.Received{}) || o.service.State().Seq != seq {
		t.Errorf("the same answer again is recorded as %+v, entry %d after %d", got, o.service.State().Seq, seq)
	}
	if got := o.take(in, no); got.Outcome != jobs.Outdated || o.seat("a").Answer != model.Accepted {
		t.Errorf("an answer given before the last: %q, seat %q", got.Outcome, o.seat("a").Answer)
	}
}

func TestAnswersToAnEarlierVersionDoNotCount(t *testing.T) {
	o, in := withIntake(t)
	o.publish(lesson("S00001", "two", "a", "b"))
	for _, status := range []string{"ACCEPTED", "DECLINED"} {
		if got := o.take(in, says{uid: o.uid("a", 0), attendee: anna, from: anna, status: status}); got.Outcome != jobs.Outdated {
			t.Errorf("%s to the time before the move: %q, want outdated", status, got.Outcome)
		}
	}
	if got := o.seat("a"); got.Cancelled || got.Answer != "" {
		t.Errorf("seat %+v", got)
	}
}

// Who tidies an old seminar out of the calendar sends a decline, and was there.
func TestADeclineAfterTheSeminarTakesNobodyOut(t *testing.T) {
	o, in := withIntake(t)
	start, _ := o.service.State().Roster.Span(&o.service.State().Seminars["S00001"].Seminar)
	o.now = start
	no := says{uid: o.uid("a", 0), attendee: anna, from: anna, status: "DECLINED"}
	if got := o.take(in, no); got.Outcome != jobs.Late || o.seat("a").Cancelled || o.seat("a").Answer != "" {
		t.Errorf("declined when it began: %q, seat %+v", got.Outcome, o.seat("a"))
	}
	o.now = start.Add(-time.Minute)
	no.second = 1 // another mail
	if got := o.take(in, no); got.Outcome != jobs.Taken || !o.seat("a").Cancelled {
		t.Errorf("declined before: %q, seat %+v", got.Outcome, o.seat("a"))
	}
}

func TestDecliningTakesTheSeminarOutOfTheCalendarOnce(t *testing.T) {
	o, in := withIntake(t)
	no := says{uid: o.uid("a", 0), attendee: anna, from: anna, status: "DECLINED"}
	o.take(in, no)
	o.now = o.now.Add(5 * time.Minute)
	o.run()
	o.run()
	if got := o.kinds()[jobs.Cancel]; got != 1 {
		t.Fatalf("%d cancellations after one decline, want 1", got)
	}
}

func TestWhoRegretsDecliningGetsTheSeatBackWhileItIsFree(t *testing.T) {
	yes := func(o *office, second int) says {
		return says{uid: o.uid("a", 0), attendee: anna, from: anna, status: "ACCEPTED", second: second}
	}
	o, in := withIntake(t)
	o.take(in, says{uid: o.uid("a", 0), attendee: anna, from: anna, status: "DECLINED", second: 5})
	if got := o.take(in, yes(o, 4)); got.Outcome != jobs.Gone || !o.seat("a").Cancelled {
		t.Errorf("an acceptance from before the decline: %q, seat %+v", got.Outcome, o.seat("a"))
	}
	if got := o.take(in, yes(o, 9)); got.Outcome != jobs.Taken || o.seat("a").Cancelled || o.seat("a").Answer != model.Accepted {
		t.Errorf("accepting after all: %q, seat %+v", got.Outcome, o.seat("a"))
	}

	o, in = withIntake(t)
	o.take(in, says{uid: o.uid("a", 0), attendee: anna, from: anna, status: "DECLINED", second: 5})
	o.do(model.BookSeat{Person: "c", Seminar: "S00001"})
	full := jobstest.Problem()
	full.Venues[0].Capacity = 2
	o.do(model.LoadProgramme{Problem: full})
	if got := o.take(in, yes(o, 9)); got.Outcome != jobs.Gone || !o.seat("a").Cancelled {
		t.Errorf("accepting when the seat is taken: %q, seat %+v", got.Outcome, o.seat("a"))
	}
}

func TestBouncesMarkTheMessage(t *testing.T) {
	o, in := withIntake(t)
	var id string
	for _, r := range o.invites.List() {
		if r.Person == "a" {
			id = fmt.Sprintf("%s.%d.%d", o.uid("a", 0), r.Sequence, r.Stamp)
		}
	}
	bounce := "From: MAILER-DAEMON@mx.example.org\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=R\r\n\r\n" +
		"--R\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n" +
		"--R\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <" + id + "@kaskad.example.org>\r\n--R--\r\n"
	o.must(in.Take(t.Context(), []byte(bounce)))
	if got := o.invites.Counts(); got != (jobs.Tally{Sent: 2, Failed: 1}) {
		t.Errorf("%+v after a bounce, want 2 sent and 1 failed", got)
	}
	if list := in.List(); len(list) != 1 || list[0].Person != "a" || list[0].Outcome != jobs.Returned || !list[0].Waits() {
		t.Errorf("records %+v; want one of a's, returned", list)
	}
}

func TestBouncesAreKnownByTheAddressTheyComeBackTo(t *testing.T) {
	o, in := withIntake(t)
	for _, r := range o.invites.List() {
		if r.Person == "b" {
			o.must(in.Take(t.Context(), []byte("From: MAILER-DAEMON@mx.example.org\r\nTo: plan+"+mail.ReturnMark(r.ID)+"@kaskad.example.org\r\nSubject: failure\r\n\r\nIt came back.\r\n")))
		}
	}
	if list := in.List(); len(list) != 1 || list[0].Person != "b" || o.invites.Counts().Failed != 1 {
		t.Errorf("records %+v; want one of b's", list)
	}
}

// What becomes of mails as programs write them, each when the seat is as it was invited to.
func TestWhatBecomesOfMailsOfEveryKind(t *testing.T) {
	for file, want := range map[string]jobs.Outcome{
		"google-declined-note.eml": jobs.Taken, "icloud-tentative.eml": jobs.Taken, "apple-declined.eml": jobs.Taken,
		"assistant-declined.eml": jobs.Taken, "forwarded-invitation-accepted.eml": jobs.Stranger, "delegated.eml": jobs.Noted,
		"counter.eml": jobs.ToRead, "refresh.eml": jobs.Noted, "invitation-sent-back.eml": jobs.ToRead, "winmail.eml": jobs.ToRead,
		"answer-forwarded.eml": jobs.ToRead, "read-receipt.eml": jobs.Noted, "exchange-out-of-office.eml": jobs.Noted, "vacation.eml": jobs.Noted,
		"exchange-ndr.eml": jobs.Returned, "google-bounce.eml": jobs.Returned, "exim-bounce.eml": jobs.Returned, "delay.eml": jobs.Noted,
	} {
		o, in := withIntake(t)
		data, err := os.ReadFile(filepath.Join("..", "mail", "reply", "testdata", file))
		o.must(err)
		var sent string
		for _, r := range o.invites.List() {
			if r.Person == "a" {
				sent = r.ID
			}
		}
		mail := strings.NewReplacer("0123456789abcdef0123456789abcdef-Ab3dEf6h-invite", o.uid("a", 0), "anna%40enhet", "a%40enhet", "anna@enhet", "a@enhet",
			"bo@annan", "b@annan", "Anna@Enhet", "A@Enhet", "0123.2.1798876980", sent).Replace(string(data))
		o.must(in.Take(t.Context(), []byte(mail)))
		list := in.List()
		if len(list) != 1 || list[0].Outcome != want || list[0].Person != "a" && file != "answer-forwarded.eml" {
			t.Errorf("%s: %+v, want %s", file, list, want)
			continue
		}
		if declined := o.seat("a").Cancelled; declined != (want == jobs.Taken && list[0].Answer == model.Declined) {
			t.Errorf("%s: the seat is %+v", file, o.seat("a"))
		}
		if waits := want == jobs.Stranger || want == jobs.ToRead || want == jobs.Returned; list[0].Waits() != waits {
			t.Errorf("%s: waits for a coordinator: %t", file, !waits)
		}
	}
}

// A mail server may send a mail back before it has said that it has taken it, and
// to another server than the one that sent it.
func TestABounceCountsHoweverFastItComes(t *testing.T) {
	o := newOffice(t)
	o.publish(lesson("n", "one", "a"))
	first := o.invites
	o.start()
	other := &jobs.Intake{Programme: o.service, Store: o.store, Invites: o.invites, Log: slog.New(slog.DiscardHandler)}
	o.must(other.Invites.Load(t.Context()))
	back := func(in *jobs.Intake, id string) {
		o.must(in.Take(t.Context(), []byte("From: MAILER-DAEMON@mx.example.org\r\nTo: plan+"+mail.ReturnMark(id)+"@kaskad.example.org\r\nSubject: failure "+id+"\r\n\r\nIt came back.\r\n")))
	}
	own := &jobs.Intake{Programme: first.Programme, Store: o.store, Invites: first, Log: slog.New(slog.DiscardHandler)}
	n := 0
	o.post.answer = func(id string) error {
		back([]*jobs.Intake{own, other}[n%2], id)
		n++
		return nil
	}
	if _, err := first.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := first.Counts(); got != (jobs.Tally{Failed: 2}) {
		t.Errorf("%+v, want both returned, to whichever server", got)
	}
	for _, in := range []*jobs.Intake{own, other} {
		for _, r := range in.List() {
			if r.Outcome != jobs.Returned {
				t.Errorf("%+v, want it known", r)
			}
		}
	}
}

func TestLettersAreForCoordinators(t *testing.T) {
	o, in := withIntake(t)
	for _, c := range []struct {
		mail string
		want jobs.Outcome
		from bool
	}{
		{"From: " + anna + "\r\nSubject: Sv\r\n\r\nJag kan inte.\r\n", jobs.ToRead, true},
		{"From: shop@example.com\r\nSubject: Buy\r\n\r\nNow.\r\n", jobs.Unknown, true},
		{"From: " + anna + "\r\nAuto-Submitted: auto-replied\r\n\r\nLedig.\r\n", jobs.Noted, false},
	} {
		o.must(in.Take(t.Context(), []byte(c.mail)))
		i := slices.IndexFunc(in.List(), func(r jobs.Record) bool { return r.Outcome == c.want })
		if i < 0 || (in.List()[i].From != "") != c.from {
			t.Errorf("%q: records %+v, want one %s", c.mail, in.List(), c.want)
		}
	}
	if in.Waiting() != 1 {
		t.Errorf("%d mails wait for a coordinator, want 1", in.Waiting())
	}
	for _, r := range in.List() {
		if r.Outcome == jobs.ToRead {
			o.must(in.Handle(t.Context(), r.ID, "", coordinator))
		}
	}
	if in.Waiting() != 0 {
		t.Error("a handled mail still waits")
	}
}

func TestACoordinatorMayCountAStrangersAnswer(t *testing.T) {
	o, in := withIntake(t)
	o.take(in, says{uid: o.uid("a", 0), attendee: "annas@other.example.org", from: "annas@other.example.org", status: "DECLINED"})
	o.must(in.Handle(t.Context(), in.List()[0].ID, model.Declined, coordinator))
	if !o.seat("a").Cancelled || in.List()[0].Outcome != jobs.Taken || in.Waiting() != 0 {
		t.Errorf("seat %+v, record %+v", o.seat("a"), in.List()[0])
	}
}

func TestAWishForTheInvitationIsMet(t *testing.T) {
	o, in := withIntake(t)
	before := len(o.post.got)
	o.must(in.Take(t.Context(), []byte(strings.ReplaceAll(string(says{uid: o.uid("b", 0), attendee: "x@y.example", from: "x@y.example", second: 1}.bytes()), "REPLY", "REFRESH"))))
	refresh := strings.ReplaceAll(string(says{uid: o.uid("a", 0), attendee: anna, from: anna, status: "NEEDS-ACTION"}.bytes()), "REPLY", "REFRESH")
	o.must(in.Take(t.Context(), []byte(refresh)))
	o.now = o.now.Add(time.Hour)
	o.run()
	sent := 0
	for _, n := range o.post.times {
		sent += n
	}
	if len(o.post.got) != before || sent != before+1 {
		t.Errorf("%d messages, sent %d times; want the same %d, one of them twice", len(o.post.got), sent, before)
	}
	for _, r := range in.List() {
		if r.Kind != reply.Refresh || r.Outcome != jobs.Noted {
			t.Errorf("record %+v", r)
		}
	}
}

// TestIntakeSurvivesACrashAnywhere ends the server at every call of the store
// while an answer is taken in; the mail comes again, as mail does.
func TestIntakeSurvivesACrashAnywhere(t *testing.T) {
	for _, fault := range []store.Fault{store.CrashBefore, store.CrashAfter, store.LoseRequest, store.LoseReply} {
		for step, tried := 0, true; tried; step++ {
			// In the bubble a commit's patience with a dead store takes no time.
			synctest.Test(t, func(t *testing.T) { tried = declineWithFault(t, fault, step) })
		}
	}
}

// declineWithFault takes a decline in with a fault at one call of the store, and
// then again; false when there is no such call.
func declineWithFault(t *testing.T, fault store.Fault, step int) bool {
	o, in := withIntake(t)
	calls := 0
	o.store.Inject(func(string, string) store.Fault {
		calls++
		if calls == step+1 {
			return fault
		}
		return store.NoFault
	})
	no := says{uid: o.uid("a", 0), attendee: anna, from: anna, status: "DECLINED"}
	_ = in.Take(t.Context(), no.bytes())
	if calls <= step {
		return false
	}
	o.start()
	in = o.intake()
	o.must(in.Take(t.Context(), no.bytes()))
	if seats := o.service.State().Seats[model.SeatKey{Person: "a", Seminar: "S00001"}]; len(seats) != 1 || !seats[0].Cancelled || seats[0].Answer != model.Declined {
		t.Errorf("fault %v at call %d: seats %+v", fault, step, seats)
	}
	if list := in.List(); len(list) != 1 {
		t.Errorf("fault %v at call %d: %d records of one mail", fault, step, len(list))
	}
	for range 3 {
		o.now = o.now.Add(10 * time.Minute)
		o.run()
	}
	if got := o.kinds()[jobs.Cancel]; got != 1 {
		t.Errorf("fault %v at call %d: %d cancellations, want 1", fault, step, got)
	}
	return true
}

func TestAnotherServerSeesWhatCameBack(t *testing.T) {
	o, in := withIntake(t)
	other := &jobs.Intake{Programme: o.service, Store: o.store, Invites: o.invites, Log: slog.New(slog.DiscardHandler)}
	o.must(other.Load(t.Context()))
	o.take(in, says{uid: o.uid("a", 0), attendee: "x@elsewhere.example", from: "x@elsewhere.example", status: "DECLINED"})
	o.now = o.now.Add(time.Minute)
	o.must(other.Load(t.Context()))
	if other.Waiting() != 1 {
		t.Errorf("%d mails wait on the other server, want 1", other.Waiting())
	}
}
