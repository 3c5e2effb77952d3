package jobs

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kaskad/server/store"
)

// turnBucket holds whose turn it is to send: one document an era, and the
// highest era counts. An era is taken by inserting its number, so that of any
// number of servers one gets it.
const turnBucket = "sending"

// turnLasts is how long a turn holds without being renewed: a server that has
// died in the midst of it holds the others up for so long.
const turnLasts = 2 * time.Minute

// errNotMine: another server is sending. Nothing is wrong.
var errNotMine = errors.New("another server is sending")

// turn keeps servers on one store from sending at the same time, so that the
// messages of a seat leave one after the other.
type turn struct {
	me    string
	era   uint64
	until time.Time
}

type era struct {
	Holder string `json:"holder"`
	Until  int64  `json:"until"` // milliseconds since 1970
}

// begin takes the turn, if nobody has it. What another server has sent in its
// own is read first.
func (t *turn) begin(ctx context.Context, o *Outbox) error {
	if o.Alone {
		return o.Load(ctx)
	}
	if t.me == "" {
		var b [8]byte
		rand.Read(b[:]) // never fails, says its documentation
		t.me = hex.EncodeToString(b[:])
	}
	number, last, err := t.newest(ctx, o)
	if err != nil {
		return err
	}
	if last.Holder != t.me {
		if o.Now().UnixMilli() < last.Until {
			return errNotMine
		}
		o.mu.Lock()
		o.loaded = false
		o.mu.Unlock()
	}
	if err := t.take(ctx, o, number+1); err != nil {
		return err
	}
	return o.Load(ctx)
}

// renew keeps the turn while a long run goes on.
func (t *turn) renew(ctx context.Context, o *Outbox) error {
	if o.Alone || t.until.Sub(o.Now()) > turnLasts/2 {
		return nil
	}
	return t.take(ctx, o, t.era+1)
}

// end lets the next server in at once.
func (t *turn) end(ctx context.Context, o *Outbox) error {
	if o.Alone || t.until.IsZero() {
		return nil
	}
	t.until = time.Time{}
	doc, err := json.Marshal(era{t.me, 0})
	if err != nil {
		return err
	}
	return o.Store.Put(context.WithoutCancel(ctx), turnBucket, eraName(t.era), doc)
}

func (t *turn) take(ctx context.Context, o *Outbox, number uint64) error {
	until := o.Now().Add(turnLasts)
	doc, err := json.Marshal(era{t.me, until.UnixMilli()})
	if err != nil {
		return err
	}
	err = o.Store.Insert(ctx, turnBucket, eraName(number), doc)
	if errors.Is(err, store.ErrTaken) {
		return errNotMine
	}
	if err != nil {
		return err
	}
	before := t.era
	t.era, t.until = number, until
	if before == 0 {
		return nil
	}
	return o.Store.Delete(ctx, turnBucket, eraName(before)) // the newer one stands above it
}

// newest is the highest era and whose it is.
func (t *turn) newest(ctx context.Context, o *Outbox) (number uint64, last era, err error) {
	err = o.Store.All(ctx, turnBucket, func(id string, doc []byte) error {
		if _, err := fmt.Sscanf(id, "%d", &number); err != nil {
			return fmt.Errorf("turn %q: %w", id, err)
		}
		return json.Unmarshal(doc, &last)
	})
	return number, last, err
}

// eraName sorts as its number does.
func eraName(number uint64) string { return fmt.Sprintf("%020d", number) }
