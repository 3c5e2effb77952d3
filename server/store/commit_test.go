package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"kaskad/server/store"
	"kaskad/server/store/storetest"
)

// many is enough faults to outlast any patience.
func many(f store.Fault) []store.Fault {
	faults := make([]store.Fault, 1000)
	for i := range faults {
		faults[i] = f
	}
	return faults
}

func TestCommitFindsOutWhatHappened(t *testing.T) {
	for _, c := range []struct {
		name   string
		rival  bool // another entry has the number
		faults []store.Fault
		want   store.Outcome
		err    error
	}{
		{"nothing goes wrong", false, nil, store.Committed, nil},
		{"a lost request is sent again", false, []store.Fault{store.LoseRequest, store.LoseRequest}, store.Committed, nil},
		{"a lost reply is a success", false, []store.Fault{store.LoseReply}, store.Committed, nil},
		{"a taken number with nobody to be read is tried again", false, []store.Fault{store.AnswerTaken, store.AnswerTaken}, store.Committed, nil},
		{"a rival is a conflict", true, nil, store.Conflict, nil},
		{"a rival behind a lost request is a conflict", true, []store.Fault{store.LoseRequest}, store.Conflict, nil},
		{"a rival behind a lost reply is a conflict", true, []store.Fault{store.LoseReply}, store.Conflict, nil},
		{"requests lost for ever leave it open", false, many(store.LoseRequest), store.Unknown, store.ErrInjected},
		{"a crash leaves it open", false, []store.Fault{store.CrashBefore}, store.Unknown, store.ErrCrashed},
		{"a crash after the work leaves it open", false, []store.Fault{store.CrashAfter}, store.Unknown, store.ErrCrashed},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := store.OpenMemory()
				e := storetest.Entries("p", 1)[0]
				if c.rival {
					other := e
					other.Nonce = store.NewNonce()
					if err := m.Append(t.Context(), other); err != nil {
						t.Fatal(err)
					}
				}
				m.Inject(failing("Append", c.faults...))
				start := time.Now()
				outcome, err := store.Commit(t.Context(), m, e)
				if outcome != c.want || !errors.Is(err, c.err) {
					t.Errorf("Commit = %v, %v, want %v, %v", outcome, err, c.want, c.err)
				}
				if took := time.Since(start); took > 16*time.Second {
					t.Errorf("Commit took %v", took)
				}
			})
		})
	}
}

func TestCommitDoesNotSendWhatCannotBeStored(t *testing.T) {
	e := storetest.Entries("p", 1)[0]
	e.Events = json.RawMessage(`{}`)
	outcome, err := store.Commit(t.Context(), store.OpenMemory(), e)
	if outcome != store.Refused || !errors.Is(err, store.ErrInvalid) {
		t.Errorf("Commit = %v, %v, want Refused", outcome, err)
	}
}

// seats is a tiny programme: each seat is claimed by one leader.
type seats struct {
	*store.Committer
	taken  map[string]string // seat → who
	folded int
}

var errTakenSeat = errors.New("the seat is taken")

func openSeats(s store.Store) *seats {
	r := &seats{taken: map[string]string{}}
	r.Committer = store.NewCommitter(s, "p", store.Head{}, func(e store.Entry) error {
		var events []string
		if err := json.Unmarshal(e.Events, &events); err != nil {
			return err
		}
		if r.taken[events[0]] != "" {
			return fmt.Errorf("seat %s is given twice", events[0])
		}
		r.taken[events[0]] = e.Actor
		r.folded++
		return nil
	}, time.Now)
	return r
}

func (r *seats) claim(ctx context.Context, seat, who string) error {
	_, err := r.Commit(ctx, who, func() (json.RawMessage, error) {
		if r.taken[seat] != "" {
			return nil, errTakenSeat
		}
		return json.Marshal([]string{seat})
	})
	return err
}

func TestCommitterAsksAgainWhenAnotherServerWasFirst(t *testing.T) {
	m := store.OpenMemory()
	a, b := openSeats(m), openSeats(m)
	for _, seat := range []string{"s1", "s2"} {
		if err := a.claim(t.Context(), seat, "a"); err != nil {
			t.Fatal(err)
		}
	}
	// b has folded nothing yet and believes both are free.
	if err := b.claim(t.Context(), "s2", "b"); err != errTakenSeat {
		t.Errorf("claim of a taken seat = %v, want the error of decide as it is", err)
	}
	if err := b.claim(t.Context(), "s3", "b"); err != nil {
		t.Errorf("claim of a free seat = %v", err)
	}
	if head, err := a.CatchUp(t.Context()); err != nil || head.Seq != 3 || a.taken["s3"] != "b" || a.folded != 3 {
		t.Errorf("CatchUp = %+v, %v with %v, want the third entry folded once", head, err, a.taken)
	}
}

func TestCommitterWritesNothingWithoutEvents(t *testing.T) {
	m := store.OpenMemory()
	c := openSeats(m)
	e, err := c.Commit(t.Context(), "a", func() (json.RawMessage, error) { return nil, nil })
	if e.Seq != 0 || err != nil {
		t.Errorf("Commit = %+v, %v, want nothing", e, err)
	}
	if names, _ := m.Programmes(t.Context()); len(names) != 0 {
		t.Errorf("the store holds %q", names)
	}
}

func TestCommitterGoesOnWhenItsCallerLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := store.OpenMemory()
		c := openSeats(m)
		ctx, leave := context.WithTimeout(t.Context(), time.Millisecond)
		defer leave()
		m.Inject(failing("Append", store.LoseRequest, store.LoseRequest))
		if err := c.claim(ctx, "s1", "a"); err != nil || c.taken["s1"] != "a" {
			t.Errorf("claim = %v with %v, want it committed and folded", err, c.taken)
		}
		if err := c.claim(ctx, "s2", "a"); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("claim of one who has left = %v", err)
		}
	})
}

func TestCommitterDoesNotKeepCallersWaitingForever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := store.OpenMemory()
		c := openSeats(m)
		m.Inject(failing("Append", many(store.LoseRequest)...))
		first := make(chan error)
		go func() { first <- c.claim(t.Context(), "s1", "a") }()
		synctest.Wait()
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		if _, err := c.CatchUp(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("CatchUp behind a stuck commit = %v, want the caller's own deadline", err)
		}
		if err := <-first; !errors.Is(err, store.ErrInjected) {
			t.Errorf("claim = %v, want the store's error", err)
		}
	})
}

func TestCommitterStopsBeforeWhatMustNotBe(t *testing.T) {
	m := store.OpenMemory()
	c := openSeats(m)
	if err := c.claim(t.Context(), "s1", "a"); err != nil {
		t.Fatal(err)
	}
	head, err := c.CatchUp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wrong := store.Entry{Programme: "p", Seq: 2, Nonce: store.NewNonce(), Events: json.RawMessage(`["s1"]`), Prev: head.Hash}
	if err := m.Append(t.Context(), wrong); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := c.claim(t.Context(), "s2", "a"); err == nil {
			t.Error("Commit goes on behind an entry that cannot be folded")
		}
	}
	if after, err := c.CatchUp(t.Context()); err == nil || after != head {
		t.Errorf("CatchUp = %+v, %v, want to stay at %+v", after, err, head)
	}
}

func TestCommitterNoticesABrokenChain(t *testing.T) {
	m := store.OpenMemory()
	entries := storetest.Entries("p", 3)
	for i, e := range entries[:2] {
		e.Events = json.RawMessage(fmt.Sprintf(`["s%d"]`, i))
		if i == 1 {
			e.Prev = entries[2].Hash()
		}
		if err := m.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	var chain *store.ChainError
	c := openSeats(m)
	if head, err := c.CatchUp(t.Context()); !errors.As(err, &chain) || chain.Seq != 2 || head.Seq != 1 {
		t.Errorf("CatchUp = %+v, %v, want a *ChainError at entry 2", head, err)
	}
}
