// Package programme runs one programme: its State in memory, its journal in
// the store, its people, and the planner when it is at work.
//
// Three names to know: Service answers and changes, Planner works on the next
// draft, Directory names people. Nothing here knows HTTP, mail or calendars.
package programme

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"kaskad/model"
	"kaskad/server/store"
)

// Service is the one door to a programme in this process. Reading is a load of
// a pointer; a change is decided, committed to the journal and folded by one
// committer. All methods may be called from any goroutine.
type Service struct {
	ID      string
	Planner *Planner
	People  *Directory
	History *History

	store     store.Store
	committer *store.Committer
	state     atomic.Pointer[model.State]
	changed   atomic.Pointer[chan struct{}] // closed with the next State
	head      store.Head                    // of the last folded entry; touched in the committer's turn only
	fresh     map[string][]byte
	proposed  proposals
	log       *slog.Logger
	now       func() time.Time
}

// Open folds the programme's journal, from its newest checkpoint if that can
// be read. A programme without entries opens empty.
func Open(ctx context.Context, s store.Store, id string, now func() time.Time, log *slog.Logger) (*Service, error) {
	svc := &Service{ID: id, store: s, now: now, log: log}
	svc.state.Store(model.NewState())
	svc.changed.Store(new(make(chan struct{})))
	if err := svc.restore(ctx); err != nil {
		log.Warn("checkpoint not used; folding the whole journal", "programme", id, "error", err)
		svc.head = store.Head{}
		svc.state.Store(model.NewState())
	}
	svc.committer = store.NewCommitter(s, id, svc.head, svc.fold, now)
	if _, err := svc.committer.CatchUp(ctx); err != nil {
		return nil, err
	}
	people, err := openDirectory(ctx, s)
	if err != nil {
		return nil, err
	}
	svc.People = people
	if err := svc.settle(ctx); err != nil {
		return nil, err
	}
	svc.Planner = newPlanner(svc)
	svc.History = newHistory(svc)
	return svc, nil
}

// State is the programme as it stands. It never changes; ask again for the next.
func (s *Service) State() *model.State { return s.state.Load() }

// Changed is closed when there is another State than at the time of the call.
func (s *Service) Changed() <-chan struct{} { return *s.changed.Load() }

// Now is the time by the clock the service was opened with.
func (s *Service) Now() time.Time { return s.now() }

// Do decides a command and commits what it comes to. The error is a
// *model.Error when a rule stands against it, by the newest State: another
// server may have made possible what this one would refuse.
func (s *Service) Do(ctx context.Context, by model.Actor, c model.Command) (*model.State, error) {
	before := s.State()
	err := s.commit(ctx, by, c)
	if model.CodeOf(err) != "" && s.CatchUp(ctx) == nil && s.State() != before {
		err = s.commit(ctx, by, c)
	}
	if err != nil && model.CodeOf(err) == "" {
		s.log.Error("change not committed", "programme", s.ID, "command", fmt.Sprintf("%T", c), "error", err)
	}
	return s.State(), err
}

func (s *Service) commit(ctx context.Context, by model.Actor, c model.Command) error {
	_, err := s.committer.Commit(ctx, by.Person, func() (json.RawMessage, error) {
		decision, err := s.State().Decide(by, c)
		if err != nil || len(decision.Events) == 0 {
			return nil, err
		}
		for _, blob := range decision.Blobs {
			if _, err := s.store.PutBlob(ctx, blob); err != nil {
				return nil, fmt.Errorf("store payload: %w", err)
			}
		}
		s.fresh = decision.Blobs
		return model.EncodeEvents(decision.Events)
	})
	return err
}

// CatchUp folds what other servers have committed.
func (s *Service) CatchUp(ctx context.Context) error {
	_, err := s.committer.CatchUp(ctx)
	return err
}

// fold takes one journal entry into the State and swaps it in.
func (s *Service) fold(e store.Entry) error {
	events, err := model.DecodeEvents(e.Events)
	if err != nil {
		return err
	}
	next, err := s.State().Apply(model.Entry{Seq: e.Seq, At: e.At, Actor: e.Actor, Events: events}, s.blob)
	if err != nil {
		return err
	}
	head, err := s.head.Next(e)
	if err != nil {
		return err
	}
	s.head, s.fresh = head, nil
	s.state.Store(next)
	close(*s.changed.Swap(new(make(chan struct{}))))
	s.named(context.Background(), events)
	return nil
}

func (s *Service) blob(ref string) ([]byte, error) {
	if data := s.fresh[ref]; data != nil {
		return data, nil
	}
	return s.store.Blob(context.Background(), ref)
}

// checkpoint is a folded State with the end of the journal it was folded from.
type checkpoint struct {
	Hash  string          `json:"hash"`
	State json.RawMessage `json:"state"`
}

// Checkpoint stores the folded State so that the next start need not fold the
// whole journal. It does nothing when the newest checkpoint is up to date.
func (s *Service) Checkpoint(ctx context.Context) error {
	head, err := s.committer.CatchUp(ctx)
	if err != nil {
		return err
	}
	state := s.State()
	seq, _, err := s.store.Checkpoint(ctx, s.ID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if state.Seq == 0 || seq == state.Seq || head.Seq != state.Seq {
		return nil
	}
	data, err := state.Snapshot()
	if err != nil {
		return err
	}
	data, err = json.Marshal(checkpoint{Hash: head.Hash, State: data})
	if err != nil {
		return err
	}
	return s.store.PutCheckpoint(ctx, s.ID, state.Seq, data)
}

func (s *Service) restore(ctx context.Context) error {
	seq, data, err := s.store.Checkpoint(ctx, s.ID)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	var c checkpoint
	if err := json.Unmarshal(data, &c); err != nil {
		return err
	}
	state, err := model.RestoreState(c.State, s.blob)
	if err != nil {
		return err
	}
	if state.Seq != seq {
		return fmt.Errorf("checkpoint of entry %d holds the state of entry %d", seq, state.Seq)
	}
	// A journal put back from a backup may be older than the checkpoint, or another one.
	last, err := s.store.Entry(ctx, s.ID, seq)
	if err != nil {
		return fmt.Errorf("checkpoint of entry %d: %w", seq, err)
	}
	if last.Hash() != c.Hash {
		return fmt.Errorf("checkpoint of entry %d is not of this journal", seq)
	}
	s.head = store.Head{Seq: seq, Hash: c.Hash}
	s.state.Store(state)
	return nil
}

// Verify folds a programme's whole journal from its first entry, so that every
// hash, payload and event is looked at. It returns the number of entries.
func Verify(ctx context.Context, s store.Store, id string) (uint64, error) {
	head, state := store.Head{}, model.NewState()
	blobs := func(ref string) ([]byte, error) { return s.Blob(ctx, ref) }
	err := s.Entries(ctx, id, 1, func(e store.Entry) error {
		next, err := head.Next(e)
		if err != nil {
			return err
		}
		events, err := model.DecodeEvents(e.Events)
		if err != nil {
			return err
		}
		if state, err = state.Apply(model.Entry{Seq: e.Seq, At: e.At, Actor: e.Actor, Events: events}, blobs); err != nil {
			return err
		}
		head = next
		return nil
	})
	return head.Seq, err
}
