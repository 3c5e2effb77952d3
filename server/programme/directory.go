package programme

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"kaskad/model"
	"kaskad/server/store"
)

// peopleBucket holds one model.Contact a person: apart from journal and plans,
// so that erasing a person is deleting one record.
const peopleBucket = "people"

// Directory names people and knows how to reach them.
type Directory struct {
	store store.Store

	mu       sync.RWMutex
	byID     map[string]model.Contact
	byEmail  map[string]string // address → id; nobody has the empty one
	retired  map[string]retired
	revision uint64 // rises with every change
}

func openDirectory(ctx context.Context, s store.Store) (*Directory, error) {
	d := &Directory{store: s, byID: map[string]model.Contact{}, byEmail: map[string]string{}, retired: map[string]retired{}}
	if err := d.loadRetired(ctx); err != nil {
		return nil, err
	}
	err := s.All(ctx, peopleBucket, func(id string, doc []byte) error {
		var c model.Contact
		if err := json.Unmarshal(doc, &c); err != nil {
			return fmt.Errorf("contact of %s: %w", id, err)
		}
		d.keep(c)
		return nil
	})
	return d, err
}

func (d *Directory) keep(c model.Contact) {
	// An address a person has given up must not sign in as them any more.
	d.disown(c.ID)
	d.byID[c.ID] = c
	if email := address(c.Email); email != "" {
		d.byEmail[email] = c.ID
	}
}

// disown takes a person's address from them; the caller holds the lock.
func (d *Directory) disown(person string) {
	if email := address(d.byID[person].Email); d.byEmail[email] == person {
		delete(d.byEmail, email)
	}
}

// address is a mail address as it is looked up: people write it in many ways.
func address(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// Save stores contacts, replacing those of the same people.
func (d *Directory) Save(ctx context.Context, contacts []model.Contact) error {
	docs := make(map[string][]byte, len(contacts))
	for _, c := range contacts {
		doc, err := json.Marshal(c)
		if err != nil {
			return err
		}
		docs[c.ID] = doc
	}
	if err := d.store.InsertMany(ctx, peopleBucket, docs); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range contacts {
		d.keep(c)
	}
	d.revision++
	return nil
}

// Revision rises with every change of a contact: what is drawn from the
// directory is current for as long as it stays the same.
func (d *Directory) Revision() uint64 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.revision
}

// Contact finds a person's contact. A person nobody has registered has only an id.
func (d *Directory) Contact(person string) (model.Contact, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	c, ok := d.byID[person]
	if !ok {
		c = model.Contact{ID: person, Language: "sv"}
	}
	return c, ok
}

// ByEmail finds the person an address belongs to, whatever the case of its letters.
func (d *Directory) ByEmail(email string) (model.Contact, bool) {
	d.mu.RLock()
	id, ok := d.byEmail[address(email)]
	d.mu.RUnlock()
	if !ok {
		return model.Contact{}, false
	}
	return d.Contact(id)
}

// Name is how others may see a person: "" for a protected identity, the id for
// someone without a contact.
func (d *Directory) Name(person string) string {
	c, ok := d.Contact(person)
	switch {
	case c.Protected:
		return ""
	case !ok:
		return person
	}
	return c.Name()
}
