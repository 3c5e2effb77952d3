package programme

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kaskad/model"
)

// retiredBucket holds the contacts of records that have been made one with
// another. Nobody is found by them or signs in with them; they are kept for as
// long as it takes to take back by mail what was sent to them, and the merge can be undone.
const retiredBucket = "retired-contacts"

// retiredKept is well beyond the days a mail is tried.
const retiredKept = model.PartedWithin

type retired struct {
	model.Contact
	At     int64         `json:"at"`               // milliseconds since 1970
	Keeper model.Contact `json:"keeper,omitzero"`  // of the record that stayed, as it was
	Silent bool          `json:"silent,omitempty"` // nothing may be mailed there: the keeper is protected
}

func (d *Directory) loadRetired(ctx context.Context) error {
	return d.store.All(ctx, retiredBucket, func(id string, doc []byte) error {
		var r retired
		if err := json.Unmarshal(doc, &r); err != nil {
			return fmt.Errorf("former contact of %s: %w", id, err)
		}
		d.retired[id] = r
		return nil
	})
}

// retire takes a contact out of the directory, but for Reach and part.
func (d *Directory) retire(ctx context.Context, id, keep string, now time.Time) error {
	c, known := d.Contact(id)
	if !known {
		return nil
	}
	keeper, _ := d.Contact(keep)
	r := retired{c, now.UnixMilli(), keeper, keeper.Protected}
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := d.store.Put(ctx, retiredBucket, id, doc); err != nil {
		return err
	}
	d.mu.Lock()
	d.retired[id] = r
	d.mu.Unlock()
	return d.erase(ctx, id)
}

// part gives a merged record its contact back, and takes from the keeper's what
// came from it. Nothing happens when it is erased, or back already.
func (d *Directory) part(ctx context.Context, keep, gone string) error {
	d.mu.RLock()
	r, ok := d.retired[gone]
	d.mu.RUnlock()
	if !ok {
		return d.refresh(ctx, []string{keep, gone})
	}
	contacts := []model.Contact{r.Contact}
	if c, known := d.Contact(keep); known {
		for _, x := range []struct {
			now      *string
			from, at string
		}{{&c.Email, r.Email, r.Keeper.Email}, {&c.Occupation, r.Occupation, r.Keeper.Occupation}, {&c.Key, r.Key, r.Keeper.Key}} {
			if x.at == "" && *x.now == x.from {
				*x.now = ""
			}
		}
		c.Protected = c.Protected && (r.Keeper.Protected || !r.Protected)
		contacts = []model.Contact{c, r.Contact}
	}
	if other, taken := d.ByEmail(r.Email); taken && other.ID != keep && other.ID != gone {
		contacts[len(contacts)-1].Email = "" // it would sign in as both
	}
	if err := d.Save(ctx, contacts); err != nil {
		return err
	}
	if err := d.store.Delete(ctx, retiredBucket, gone); err != nil {
		return err
	}
	d.mu.Lock()
	delete(d.retired, gone)
	d.mu.Unlock()
	return nil
}

// erase takes a contact out of the directory.
func (d *Directory) erase(ctx context.Context, id string) error {
	if err := d.store.Delete(ctx, peopleBucket, id); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, known := d.byID[id]; known {
		d.disown(id)
		delete(d.byID, id)
		d.revision++
	}
	return nil
}

// Reach is the contact that what was sent to somebody is taken back by: the
// person's own, or the one a merged record had.
func (d *Directory) Reach(person string) model.Contact {
	d.mu.RLock()
	r, ok := d.retired[person]
	d.mu.RUnlock()
	if c, known := d.Contact(person); known || !ok || r.Silent {
		return c
	}
	return r.Contact
}

// Sweep erases the contacts that have been retired for long enough, and says how many.
func (d *Directory) Sweep(ctx context.Context, now time.Time) (n int, err error) {
	d.mu.RLock()
	var old []string
	for id, r := range d.retired {
		if now.Sub(time.UnixMilli(r.At)) > retiredKept {
			old = append(old, id)
		}
	}
	d.mu.RUnlock()
	for _, id := range old {
		if err := d.store.Delete(ctx, retiredBucket, id); err != nil {
			return n, err
		}
		d.mu.Lock()
		delete(d.retired, id)
		d.mu.Unlock()
		n++
	}
	return n, nil
}
