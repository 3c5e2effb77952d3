package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Outcome is what became of an entry.
type Outcome int

const (
	// Unknown: nobody could be asked in time; the entry may appear yet.
	Unknown Outcome = iota
	// Committed: the entry is in the journal, for good.
	Committed
	// Conflict: another entry has the number, and can be read. Catch up, decide
	// again, try the next number.
	Conflict
	// Refused: the entry is not storable; nothing was sent.
	Refused
)

// patience bounds how long one commit is pursued: longer than a MongoDB
// replica set takes to elect a new primary (12 s at the defaults).
const patience = 15 * time.Second

// Commit appends e and finds out what became of it.
//
// A lost reply is an unknown outcome, not a failure. Commit then reads the
// number back: its own nonce means the entry got through, another nonce a
// conflict, nothing there that it must try again. Trying again is safe, for at
// most one insert of a number succeeds and the nonce says whose. ErrTaken is read
// back too: the first try of a retried insert may be what took the number.
//
// The error is nil for Committed and Conflict. Commit goes on until ctx ends or
// 15 s have passed.
func Commit(ctx context.Context, s Store, e Entry) (Outcome, error) {
	if err := e.Check(); err != nil {
		return Refused, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var pause backoff
	for {
		err := s.Append(ctx, e)
		if err == nil {
			return Committed, nil
		}
		stored, readErr := s.Entry(ctx, e.Programme, e.Seq)
		switch {
		case readErr == nil && stored.Nonce == e.Nonce:
			return Committed, nil
		case readErr == nil:
			return Conflict, nil
		}
		// Taken, yet not to be read: the winner is not on a majority of the
		// replicas yet. It must not be folded before it is.
		if pause.wait(ctx) != nil {
			return Unknown, fmt.Errorf("commit entry %d of %q: outcome unknown: %w", e.Seq, e.Programme, err)
		}
	}
}

// Committer is the one writer and reader of a programme's journal in this
// process. It keeps goroutines from racing at the store, and folds every entry,
// own or foreign, exactly once and in order.
type Committer struct {
	store     Store
	programme string
	fold      func(Entry) error
	now       func() time.Time
	turn      chan struct{} // holds one token: whoever has it may touch head and call fold
	head      Head
}

// NewCommitter makes a committer that stands at head: the zero Head to fold the
// journal from its start, or where a checkpoint left off.
//
// fold takes one entry into the caller's state. It is never called twice at a
// time. Its error means that the journal holds what the rules forbid: the
// committer stays before that entry, so that nothing more is written.
func NewCommitter(s Store, programme string, head Head, fold func(Entry) error, now func() time.Time) *Committer {
	c := &Committer{store: s, programme: programme, head: head, fold: fold, now: now, turn: make(chan struct{}, 1)}
	c.turn <- struct{}{}
	return c
}

// CatchUp folds what others have appended. With nothing new it costs one read
// of one key.
func (c *Committer) CatchUp(ctx context.Context) (Head, error) {
	if err := c.lock(ctx); err != nil {
		return Head{}, err
	}
	defer c.unlock()
	err := c.catchUp(ctx)
	return c.head, err
}

// Commit asks decide for events, appends them as one entry and folds it. When
// another server was first, it folds that server's entry and asks decide again,
// for the answer may have changed. decide sees a state nobody else is folding.
//
// Without events nothing is written and the zero Entry returned. An error of
// decide is returned as it is. A commit once sent is pursued even if ctx ends,
// so that state and journal do not part because a browser was closed.
func (c *Committer) Commit(ctx context.Context, actor string, decide func() (json.RawMessage, error)) (Entry, error) {
	if err := c.lock(ctx); err != nil {
		return Entry{}, err
	}
	defer c.unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	var pause backoff
	for {
		events, err := decide()
		if err != nil || len(events) == 0 {
			return Entry{}, err
		}
		e := Entry{Programme: c.programme, Seq: c.head.Seq + 1, Nonce: NewNonce(), At: c.now().UnixMilli(),
			Actor: actor, Events: events, Prev: c.head.Hash}
		outcome, err := Commit(ctx, c.store, e)
		switch {
		case err != nil:
			return Entry{}, err
		case outcome == Committed:
			return e, c.follow(e)
		}
		if err := c.catchUp(ctx); err != nil {
			return Entry{}, err
		}
		// Without a pause of random length one server of three can lose for seconds on end.
		if err := pause.wait(ctx); err != nil {
			return Entry{}, fmt.Errorf("commit to %q: others were first every time: %w", c.programme, err)
		}
	}
}

// catchUp reads one key first, since on an up-to-date journal that is the
// cheapest question in every store, and a range only if there is something.
func (c *Committer) catchUp(ctx context.Context) error {
	_, err := c.store.Entry(ctx, c.programme, c.head.Seq+1)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err == nil {
		err = c.store.Entries(ctx, c.programme, c.head.Seq+1, c.follow)
	}
	if err != nil {
		return fmt.Errorf("catch up with %q after entry %d: %w", c.programme, c.head.Seq, err)
	}
	return nil
}

func (c *Committer) follow(e Entry) error {
	next, err := c.head.Next(e)
	if err != nil {
		return err
	}
	if err := c.fold(e); err != nil {
		return fmt.Errorf("fold entry %d: %w", e.Seq, err)
	}
	c.head = next
	return nil
}

func (c *Committer) lock(ctx context.Context) error {
	select {
	case <-c.turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *Committer) unlock() { c.turn <- struct{}{} }

// backoff waits longer each time, 5 ms doubling to 1 s, and never exactly as
// long as its rival.
type backoff struct{ next time.Duration }

func (b *backoff) wait(ctx context.Context) error {
	b.next = min(max(5*time.Millisecond, 2*b.next), time.Second)
	t := time.NewTimer(b.next/2 + rand.N(b.next/2))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
