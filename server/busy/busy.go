// Package busy reads when people and venues are taken by other things, from
// calendars of theirs elsewhere, so that the planner plans around it.
//
// The names to know: Sources keeps where each owner's calendar is and reads it,
// Source is one of them as it stands. Of a calendar nothing is kept but when its
// owner is busy, and that only while seminars can be; addresses, which are
// secrets of their owners, are in the records and never in the journal or a log.
package busy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/server/programme"
	"kaskad/server/store"
)

// bucket holds one Source an owner, by a hash of the owner.
const bucket = "busy"

// Source is an owner's calendar elsewhere.
type Source struct {
	Owner   model.BusyOwner `json:"owner"`
	Address string          `json:"address,omitempty"` // "" for an uploaded file
	Tag     string          `json:"tag,omitempty"`     // its ETag at the last reading
	Until   int64           `json:"until,omitempty"`   // how far ahead that looked, seconds since 1970
	Read    int64           `json:"read,omitempty"`    // when it was last read, milliseconds since 1970; 0 for never
	Tried   int64           `json:"tried,omitempty"`
	Events  int             `json:"events"`            // looked at
	Dropped int             `json:"dropped,omitempty"` // of them, not understood
	Guessed int             `json:"guessed,omitempty"` // times whose zone was not known
	Times   int             `json:"times"`             // busy times that came of it
	Failed  *Failure        `json:"failed,omitempty"`  // of the last try; the times before it still hold
}

// Failure is a sentence for the owner.
type Failure struct {
	Key  string `json:"key"`
	Args []any  `json:"args,omitempty"`
}

// Sources reads calendars. Set every field before use but Client.
type Sources struct {
	Programme *programme.Service
	Store     store.Store
	// Private lets calendars be fetched from the own network too.
	Private bool
	Log     *slog.Logger

	once   sync.Once
	client *http.Client
}

func recordID(o model.BusyOwner) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s", o.Person, o.Venue))
	return hex.EncodeToString(sum[:])
}

// Of finds an owner's source.
func (s *Sources) Of(ctx context.Context, o model.BusyOwner) (Source, bool, error) {
	doc, err := s.Store.Get(ctx, bucket, recordID(o))
	if errors.Is(err, store.ErrNotFound) {
		return Source{}, false, nil
	}
	if err != nil {
		return Source{}, false, err
	}
	var x Source
	return x, true, json.Unmarshal(doc, &x)
}

// Subscribe reads an owner's calendar at an address, now and from now on. The
// error is a *model.Error with a sentence; nothing is kept then.
func (s *Sources) Subscribe(ctx context.Context, by model.Actor, o model.BusyOwner, address string) (Source, error) {
	address, err := cleanAddress(address)
	if err != nil {
		return Source{}, err
	}
	x := Source{Owner: o, Address: address}
	data, tag, err := s.fetch(ctx, x)
	if err != nil {
		return Source{}, err
	}
	return s.read(ctx, by, x, data, tag)
}

// Upload reads an owner's calendar once, from a file.
func (s *Sources) Upload(ctx context.Context, by model.Actor, o model.BusyOwner, data []byte) (Source, error) {
	return s.read(ctx, by, Source{Owner: o}, data, "")
}

// Remove forgets an owner's calendar and its busy times.
func (s *Sources) Remove(ctx context.Context, by model.Actor, o model.BusyOwner) error {
	if _, err := s.Programme.Do(ctx, by, model.TakeBusy{Owner: o}); err != nil {
		return err
	}
	return s.Store.Delete(ctx, bucket, recordID(o))
}

// patience bounds the reading of one calendar.
const patience = 10 * time.Second

// read takes a calendar's busy times in and keeps how it went.
func (s *Sources) read(ctx context.Context, by model.Actor, x Source, data []byte, tag string) (Source, error) {
	state := s.Programme.State()
	wanted := openTimes(state, s.Programme.Now())
	if len(wanted) == 0 {
		return x, model.Errorf(model.Conflict, "busy.no-slots", "the programme has no times ahead that somebody could be busy at")
	}
	limit, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	until := wanted[len(wanted)-1].To
	reading, err := calendar.ReadBusy(limit, data, calendar.ReadOptions{From: wanted[0].From, To: until,
		Zone: state.Roster.Zone, Ours: ours(state, x.Owner)})
	if err != nil {
		return x, err
	}
	times := overlap(reading.Busy, wanted)
	if _, err := s.Programme.Do(ctx, by, model.TakeBusy{Owner: x.Owner, Times: times}); err != nil {
		return x, err
	}
	now := s.Programme.Now().UnixMilli()
	x.Tag, x.Until, x.Read, x.Tried, x.Failed = tag, until.Unix(), now, now, nil
	x.Events, x.Dropped, x.Guessed, x.Times = reading.Events, reading.Dropped, reading.Guessed, len(times)
	return x, s.keep(ctx, x)
}

func (s *Sources) keep(ctx context.Context, x Source) error {
	doc, err := json.Marshal(x)
	if err != nil {
		return err
	}
	return s.Store.Put(ctx, bucket, recordID(x.Owner), doc)
}

// Run reads every calendar that has an address once more; it is a job. One that
// cannot be read keeps the times it gave before, and its owner sees why.
func (s *Sources) Run(ctx context.Context) (string, error) {
	if s.Programme.State().Roster == nil {
		return "", nil
	}
	var list []Source
	err := s.Store.All(ctx, bucket, func(id string, doc []byte) error {
		var x Source
		if err := json.Unmarshal(doc, &x); err != nil {
			return fmt.Errorf("busy times %s: %w", id, err)
		}
		if x.Address != "" {
			list = append(list, x)
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	failed := 0
	r := s.Programme.State().Roster
	for _, x := range list {
		if ctx.Err() != nil {
			break
		}
		if r.People[x.Owner.Person] == nil && r.Venues[x.Owner.Venue] == nil { // their address is nobody's business any more
			if err := s.Store.Delete(ctx, bucket, recordID(x.Owner)); err != nil {
				return "", err
			}
			continue
		}
		if err := s.refresh(ctx, x); err != nil {
			failed++
		}
	}
	if len(list) == 0 {
		return "", nil
	}
	return fmt.Sprintf("%d calendars of busy times read, %d could not be", len(list)-failed, failed), nil
}

// refresh reads one source again.
func (s *Sources) refresh(ctx context.Context, x Source) error {
	data, tag, err := s.fetch(ctx, x)
	if errors.Is(err, errUnchanged) {
		now := s.Programme.Now().UnixMilli()
		x.Read, x.Tried, x.Failed = now, now, nil
		return s.keep(ctx, x)
	}
	if err == nil {
		_, err = s.read(ctx, model.System, x, data, tag)
	}
	var told *model.Error
	if !errors.As(err, &told) {
		return err
	}
	x.Tried, x.Failed, x.Tag = s.Programme.Now().UnixMilli(), &Failure{told.Key, told.Args}, ""
	s.Log.Warn("busy times not read", "person", x.Owner.Person, "venue", x.Owner.Venue, "reason", told.Key)
	return errors.Join(err, s.keep(ctx, x))
}
