package jobs

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
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

// news is the holder of an era that only tells of changed receipts: whoever sends
// next, or goes on sending, reads them again.
const news = "news"

// errNotMine: another server is sending. Nothing is wrong.
var errNotMine = errors.New("another server is sending")

// turn keeps servers on one store from sending at the same time, so that the
// messages of a seat leave one after the other.
type turn struct {
	me    string
	era   uint64
	until time.Time
	held  atomic.Bool // from begin to end; the rest is touched in a run only
}

type era struct {
	Holder string `json:"holder"`
	Until  int64  `json:"until"` // milliseconds since 1970
}

// begin takes the turn, if nobody has it. What another server has sent in its
// own is read first, and what has been changed since.
func (t *turn) begin(ctx context.Context, o *Outbox) error {
	if o.Alone {
		return o.Load(ctx)
	}
	if t.me == "" {
		var b [8]byte
		rand.Read(b[:]) // never fails, says its documentation
		t.me = hex.EncodeToString(b[:])
	}
	eras, last, err := t.newest(ctx, o)
	if err != nil {
		return err
	}
	if last.Holder != t.me && o.Now().UnixMilli() < last.Until {
		return errNotMine
	}
	if err := t.take(ctx, o, after(eras)); err != nil {
		return err
	}
	t.held.Store(true)
	for _, past := range eras {
		if err := o.Store.Delete(ctx, turnBucket, eraName(past)); err != nil {
			return err
		}
	}
	if err := o.CatchUp(ctx); err != nil {
		return err
	}
	if last.Holder == t.me {
		return o.Load(ctx)
	}
	return o.reload(ctx)
}

// renew keeps the turn while a long run goes on.
func (t *turn) renew(ctx context.Context, o *Outbox) error {
	if o.Alone || t.until.Sub(o.Now()) > turnLasts/2 {
		return nil
	}
	err := t.take(ctx, o, t.era+1)
	if !errors.Is(err, errNotMine) {
		return err
	}
	eras, last, err := t.newest(ctx, o)
	if err != nil {
		return err
	}
	if last.Holder != news || o.Now().After(t.until) {
		return errNotMine
	}
	if err := t.take(ctx, o, after(eras)); err != nil {
		return err
	}
	return o.reload(ctx)
}

// end lets the next server in at once.
func (t *turn) end(ctx context.Context, o *Outbox) error {
	if !t.held.Swap(false) {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	eras, last, err := t.newest(ctx, o)
	if err != nil || last.Holder != t.me && last.Holder != news {
		return err // it has lasted too long, and another server has taken over
	}
	doc, err := json.Marshal(era{last.Holder, 0})
	if err != nil {
		return err
	}
	return o.Store.Put(ctx, turnBucket, eraName(after(eras)-1), doc)
}

// disturb tells the other servers that a receipt has been changed outside of a
// run. The server whose turn it is knows already.
func (t *turn) disturb(ctx context.Context, o *Outbox) error {
	for !t.held.Load() {
		eras, last, err := t.newest(ctx, o)
		if err != nil {
			return err
		}
		doc, err := json.Marshal(era{news, last.Until})
		if err != nil {
			return err
		}
		err = o.Store.Insert(ctx, turnBucket, eraName(after(eras)), doc)
		if !errors.Is(err, store.ErrTaken) {
			return err
		}
	}
	return nil
}

// take takes an era. A number below the highest may be free, since old ones are
// deleted: only the highest counts, so it is looked for once more.
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
	eras, _, err := t.newest(ctx, o)
	if err != nil {
		return err
	}
	if after(eras) != number+1 {
		return errors.Join(errNotMine, o.Store.Delete(ctx, turnBucket, eraName(number)))
	}
	t.era, t.until = number, until
	return nil
}

// newest lists the eras there are, and whose the last is.
func (t *turn) newest(ctx context.Context, o *Outbox) (eras []uint64, last era, err error) {
	err = o.Store.All(ctx, turnBucket, func(id string, doc []byte) error {
		var number uint64
		if _, err := fmt.Sscanf(id, "%d", &number); err != nil {
			return fmt.Errorf("turn %q: %w", id, err)
		}
		eras, last = append(eras, number), era{}
		return json.Unmarshal(doc, &last)
	})
	return eras, last, err
}

// after is the number of the era after these.
func after(eras []uint64) uint64 {
	if len(eras) == 0 {
		return 1
	}
	return eras[len(eras)-1] + 1
}

// eraName sorts as its number does.
func eraName(number uint64) string { return fmt.Sprintf("%020d", number) }
