package programme_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/server/store"
)

func TestOpeningFoldsTheJournal(t *testing.T) {
	service, s, c := published(t)
	do(t, service, as(leaderID(0)), model.HandBack{Person: leaderID(0), Seminar: "S00001"})
	do(t, service, as(leaderID(1)), model.RotateFeed{Person: leaderID(1)})
	again, _ := open(t, s, c)
	if got, want := snapshot(t, again), snapshot(t, service); got != want {
		t.Errorf("after a restart the state is\n%s\nwant\n%s", got, want)
	}
	if n, err := programme.Verify(t.Context(), s, "p"); err != nil || n != 5 {
		t.Errorf("Verify() = %d, %v; want 5 entries", n, err)
	}
	fresh, _ := open(t, store.OpenMemory(), c)
	if fresh.State().Seq != 0 || fresh.State().Roster != nil {
		t.Error("a programme without entries does not open empty")
	}
	if _, err := fresh.Do(t.Context(), coordinator, model.Publish{}); model.CodeOf(err) != model.NotFound {
		t.Errorf("a change before a programme is loaded: %v", err)
	}
}

func TestACheckpointIsTheWholeFold(t *testing.T) {
	service, s, c := published(t)
	if err := service.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	do(t, service, as(leaderID(0)), model.HandBack{Person: leaderID(0), Seminar: "S00001"})
	var asked []string
	s.Inject(func(method, _ string) store.Fault { asked = append(asked, method); return store.NoFault })
	again, l := open(t, s, c)
	if got, want := snapshot(t, again), snapshot(t, service); got != want || l.String() != "" {
		t.Errorf("from the checkpoint the state is\n%s\nwant\n%s\nlog: %s", got, want, l)
	}
	if !strings.Contains(strings.Join(asked, " "), "Checkpoint") {
		t.Errorf("the checkpoint was not asked for: %v", asked)
	}
	do(t, again, as(leaderID(1)), model.Claim{Person: leaderID(1), Seminar: "S00001"})
	if n, err := programme.Verify(t.Context(), s, "p"); err != nil || n != 5 {
		t.Errorf("Verify() = %d, %v; want 5 entries", n, err)
	}
}

func TestACheckpointIsMadeOncePerState(t *testing.T) {
	service, s, _ := published(t)
	made := 0
	s.Inject(func(method, _ string) store.Fault {
		if method == "PutCheckpoint" {
			made++
		}
		return store.NoFault
	})
	for range 3 {
		if err := service.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if made != 1 {
		t.Errorf("three times nothing new made %d checkpoints, want 1", made)
	}
	fresh, _ := open(t, s, newClock())
	if err := fresh.Checkpoint(t.Context()); err != nil || made != 1 {
		t.Errorf("a restart made checkpoint %d, %v", made, err)
	}
}

func TestADamagedCheckpointIsNotUsed(t *testing.T) {
	for what, damage := range map[string]func(data string) string{
		"half":                   func(data string) string { return data[:len(data)/2] },
		"of no form":             func(string) string { return "\x00\xff" },
		"of another journal":     func(data string) string { return strings.Replace(data, `"hash":"`, `"hash":"00`, 1) },
		"of another entry":       func(data string) string { return strings.Replace(data, `"seq":3`, `"seq":2`, 1) },
		"of a roster not stored": func(data string) string { return strings.Replace(data, `"problem":"`, `"problem":"00`, 1) },
	} {
		t.Run(what, func(t *testing.T) {
			service, s, c := published(t)
			if err := service.Checkpoint(t.Context()); err != nil {
				t.Fatal(err)
			}
			seq, data, err := s.Checkpoint(t.Context(), "p")
			if err != nil {
				t.Fatal(err)
			}
			damaged := damage(string(data))
			if damaged == string(data) {
				t.Fatal("the checkpoint is not damaged")
			}
			if err := s.PutCheckpoint(t.Context(), "p", seq, []byte(damaged)); err != nil {
				t.Fatal(err)
			}
			again, l := open(t, s, c)
			if got, want := snapshot(t, again), snapshot(t, service); got != want {
				t.Errorf("the state is\n%s\nwant\n%s", got, want)
			}
			if !strings.Contains(l.String(), "level=WARN") || !strings.Contains(l.String(), "checkpoint not used") {
				t.Errorf("nobody is warned: %s", l)
			}
			do(t, again, as(leaderID(0)), model.HandBack{Person: leaderID(0), Seminar: "S00001"})
		})
	}
}

func TestACheckpointAheadOfTheJournalIsNotUsed(t *testing.T) {
	service, s, _ := published(t)
	if err := service.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	seq, data, err := s.Checkpoint(t.Context(), "p")
	if err != nil {
		t.Fatal(err)
	}
	older, restored, c := loaded(t) // the journal as a backup has it
	for _, at := range []uint64{seq, 1} {
		if err := restored.PutCheckpoint(t.Context(), "p", at, data); err != nil {
			t.Fatal(err)
		}
	}
	again, l := open(t, restored, c)
	if again.State().Seq != older.State().Seq || !strings.Contains(l.String(), "checkpoint not used") {
		t.Errorf("the state is of entry %d, want the journal's last, %d; log: %s", again.State().Seq, older.State().Seq, l)
	}
	do(t, again, as(leaderID(1)), model.RotateFeed{Person: leaderID(1)})
	if n, err := programme.Verify(t.Context(), restored, "p"); err != nil || n != 2 {
		t.Errorf("Verify() = %d, %v; want 2 entries without a gap", n, err)
	}
}

func TestAChangeIsCommittedOnceWhateverIsLost(t *testing.T) {
	for _, c := range []struct {
		method string
		fault  store.Fault
	}{
		{"Append", store.LoseReply}, {"Append", store.LoseRequest}, {"Append", store.AnswerTaken}, {"Entry", store.LoseReply}, {"Entry", store.LoseRequest},
	} {
		t.Run(fmt.Sprint(c.method, c.fault), func(t *testing.T) {
			service, s, clock := published(t)
			seq := service.State().Seq
			lost := 3
			s.Inject(func(method, _ string) store.Fault {
				if method == c.method && lost > 0 {
					lost--
					return c.fault
				}
				return store.NoFault
			})
			_, err := service.Do(t.Context(), as(leaderID(0)), model.HandBack{Person: leaderID(0), Seminar: "S00001"})
			if err != nil || service.State().Seq != seq+1 {
				t.Errorf("the change ends in %v at revision %d, want %d", err, service.State().Seq, seq+1)
			}
			s.Inject(func(string, string) store.Fault { return store.NoFault })
			if n, err := programme.Verify(t.Context(), s, "p"); err != nil || n != seq+1 {
				t.Errorf("Verify() = %d, %v; want %d entries", n, err, seq+1)
			}
			again, _ := open(t, s, clock)
			if len(again.State().Seminars["S00001"].Leaders) != 0 {
				t.Error("after a restart the seminar is not handed back")
			}
		})
	}
}

func TestAChangeWhosePayloadIsLostIsNotMade(t *testing.T) {
	service, s, _ := loaded(t)
	for _, fault := range []store.Fault{store.LoseReply, store.LoseRequest} {
		s.Inject(func(method, _ string) store.Fault {
			if method == "PutBlob" {
				return fault
			}
			return store.NoFault
		})
		if _, err := service.Do(t.Context(), coordinator, model.SaveDraft{Plan: plan(), Base: 1}); !errors.Is(err, store.ErrInjected) || service.State().Seq != 1 {
			t.Errorf("with fault %d: %v at revision %d, want the store's error at 1", fault, err, service.State().Seq)
		}
	}
	s.Inject(func(string, string) store.Fault { return store.NoFault })
	do(t, service, coordinator, model.SaveDraft{Plan: plan(), Base: 1})
}

func TestAVisitorWhoLeavesDoesNotLoseTheChange(t *testing.T) {
	service, s, _ := published(t)
	ctx, leave := context.WithCancel(t.Context())
	s.Inject(func(method, _ string) store.Fault {
		if method == "Append" {
			leave()
		}
		return store.NoFault
	})
	if _, err := service.Do(ctx, as(leaderID(0)), model.HandBack{Person: leaderID(0), Seminar: "S00001"}); err != nil {
		t.Errorf("the change of a visitor who leaves: %v", err)
	}
	if len(service.State().Seminars["S00001"].Leaders) != 0 {
		t.Error("the change is not made")
	}
}

func TestARefusalIsByTheNewestState(t *testing.T) {
	one, s, c := loaded(t)
	two, _ := open(t, s, c)
	do(t, one, coordinator, model.SaveDraft{Plan: plan(), Base: 1})
	ref := one.State().Draft.Ref
	if two.State().Draft != nil {
		t.Fatal("the second server knows already")
	}
	do(t, two, coordinator, model.Publish{Draft: ref})
	if _, err := one.Do(t.Context(), coordinator, model.Publish{Draft: ref}); model.CodeOf(err) != model.Conflict {
		t.Errorf("publishing the same twice: %v, want a conflict", err)
	}
	if got, want := snapshot(t, one), snapshot(t, two); got != want {
		t.Errorf("the servers differ:\n%s\n%s", got, want)
	}
}

func TestOneOfFiftyLeadersWins(t *testing.T) {
	one, s, c := published(t)
	do(t, one, as(leaderID(0)), model.HandBack{Person: leaderID(0), Seminar: "S00001"})
	two, _ := open(t, s, c)
	servers := []*programme.Service{one, two}
	var race sync.WaitGroup
	outcomes := make([]error, leaders)
	start := make(chan struct{})
	for i := range leaders {
		race.Go(func() {
			<-start
			_, outcomes[i] = servers[i%2].Do(t.Context(), as(leaderID(i)), model.Claim{Person: leaderID(i), Seminar: "S00001"})
		})
	}
	close(start)
	race.Wait()
	var winners []string
	for i, err := range outcomes {
		switch {
		case err == nil:
			winners = append(winners, leaderID(i))
		case model.CodeOf(err) != model.Conflict:
			t.Errorf("%s is told %v, want that somebody else was first", leaderID(i), err)
		}
	}
	for _, server := range servers {
		if err := server.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	got := fmt.Sprint(one.State().Seminars["S00001"].Leaders)
	if len(winners) != 1 || got != fmt.Sprint(winners) || snapshot(t, one) != snapshot(t, two) {
		t.Errorf("%v have won and %s lead it; want one, on both servers", winners, got)
	}
}

func TestTwoServersConverge(t *testing.T) {
	one, s, c := published(t)
	two, _ := open(t, s, c)
	var rounds sync.WaitGroup
	for i, server := range []*programme.Service{one, two} {
		for seminar := 1; seminar <= 6; seminar++ {
			rounds.Go(func() {
				id, me := fmt.Sprintf("S%05d", seminar), leaderID(10*(i+1)+seminar)
				for range 5 {
					// Either may fail: the other server has it just now.
					_, _ = server.Do(t.Context(), coordinator, model.HandBack{Person: leaderID(0), Seminar: id})
					_, _ = server.Do(t.Context(), as(me), model.Claim{Person: me, Seminar: id})
					_, _ = server.Do(t.Context(), as(me), model.HandBack{Person: me, Seminar: id})
				}
			})
		}
	}
	rounds.Wait()
	for _, server := range []*programme.Service{one, two} {
		if err := server.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		for id, x := range server.State().Seminars {
			if len(x.Leaders) > 1 {
				t.Errorf("%s is led by %v, want one at most", id, x.Leaders)
			}
		}
	}
	n, err := programme.Verify(t.Context(), s, "p")
	if err != nil || n < 3+6 || n != one.State().Seq || snapshot(t, one) != snapshot(t, two) {
		t.Errorf("Verify() = %d, %v; the servers are at %d and %d", n, err, one.State().Seq, two.State().Seq)
	}
}

func TestAnAlteredJournalIsNotOpened(t *testing.T) {
	_, s, c := published(t)
	altered := store.OpenMemory()
	err := s.Entries(t.Context(), "p", 1, func(e store.Entry) error {
		for _, ref := range strings.Split(string(e.Events), `"`) {
			if data, err := s.Blob(t.Context(), ref); err == nil {
				if _, err := altered.PutBlob(t.Context(), data); err != nil {
					return err
				}
			}
		}
		if e.Seq == 2 {
			e.Actor = "mallory"
		}
		return altered.Append(t.Context(), e)
	})
	if err != nil {
		t.Fatal(err)
	}
	var broken *store.ChainError
	if _, err := programme.Open(t.Context(), altered, "p", c.Now, nil); !errors.As(err, &broken) {
		t.Errorf("Open() of an altered journal: %v", err)
	}
	if _, err := programme.Verify(t.Context(), altered, "p"); !errors.As(err, &broken) {
		t.Errorf("Verify() of an altered journal: %v", err)
	}
}
