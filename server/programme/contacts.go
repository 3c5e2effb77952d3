package programme

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kaskad/model"
	"kaskad/server/store"
)

// SaveContact changes how a person is named and reached. The journal says that
// it has been changed and by whom, never to what. Conflict when somebody else
// has the address: it would sign in as both.
func (s *Service) SaveContact(ctx context.Context, by model.Actor, c model.Contact) error {
	if by.Role != model.Coordinator {
		return model.Errorf(model.Forbidden, "error.coordinators-only", "only coordinators may do this")
	}
	if other, taken := s.People.ByEmail(c.Email); taken && other.ID != c.ID {
		return model.Errorf(model.Conflict, "error.email-taken", "somebody else has this address")
	}
	if err := s.People.Save(ctx, []model.Contact{c}); err != nil {
		return err
	}
	_, err := s.Do(ctx, by, model.TellContacts{People: []string{c.ID}})
	return err
}

// Unite makes two records of one person one, by a command that does so. What the
// kept contact does not know is taken from the other; protection of either holds.
func (s *Service) Unite(ctx context.Context, by model.Actor, c model.Command, keep, gone string) error {
	contact, _ := s.People.Contact(keep)
	before := contact
	other, _ := s.People.Contact(gone)
	if _, err := s.Do(ctx, by, c); err != nil {
		return err
	}
	contact.ID = keep
	contact.Email, contact.Occupation, contact.Key = cmp.Or(contact.Email, other.Email), cmp.Or(contact.Occupation, other.Occupation), cmp.Or(contact.Key, other.Key)
	contact.Protected = contact.Protected || other.Protected
	if contact == before {
		return nil
	}
	return s.SaveContact(ctx, by, contact)
}

// named keeps the directory up with the journal: what another server has
// written about people is read again.
func (s *Service) named(ctx context.Context, events []model.Event) {
	if s.People == nil {
		return // the directory is read whole once the journal has been folded
	}
	for _, event := range events {
		var err error
		switch e := event.(type) {
		case model.ContactsChanged:
			err = s.People.refresh(ctx, e.People)
		case model.RosterAmended:
			if e.Staged != "" {
				err = errors.Join(s.People.adopt(ctx, e.Staged), s.People.reload(ctx))
			}
		case model.PeopleMerged:
			err = s.People.retire(ctx, e.Gone, e.Keep, s.now())
		case model.PeopleParted:
			err = s.People.part(ctx, e.Keep, e.Gone)
		}
		if err != nil {
			s.log.Error("contacts not read again", "programme", s.ID, "error", err)
		}
	}
}

// refresh reads some contacts again.
func (d *Directory) refresh(ctx context.Context, people []string) error {
	for _, id := range people {
		doc, err := d.store.Get(ctx, peopleBucket, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		var c model.Contact
		if err := json.Unmarshal(doc, &c); err != nil {
			return fmt.Errorf("contact of %s: %w", id, err)
		}
		d.mu.Lock()
		if d.byID[id] != c {
			d.keep(c)
			d.revision++
		}
		d.mu.Unlock()
	}
	return nil
}

// reload reads every contact again.
func (d *Directory) reload(ctx context.Context) error {
	fresh, err := openDirectory(ctx, d.store)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.byID, d.byEmail, d.retired = fresh.byID, fresh.byEmail, fresh.retired
	d.revision++
	return nil
}

// stagedBucket holds contacts that wait for the journal entry they belong to.
// With the entry they are made everybody's; without it they come to nothing.
const stagedBucket = "staged-contacts"

// stagedChunk is how many contacts a record holds: far below the greatest size of one.
const stagedChunk = 4000

// Stage lays contacts down under an id, to be adopted with a journal entry that names it.
func (d *Directory) Stage(ctx context.Context, id string, contacts []model.Contact) error {
	for n := 0; n*stagedChunk < len(contacts); n++ {
		doc, err := json.Marshal(contacts[n*stagedChunk : min((n+1)*stagedChunk, len(contacts))])
		if err != nil {
			return err
		}
		if err := d.store.Put(ctx, stagedBucket, fmt.Sprintf("%s/%04d", id, n), doc); err != nil {
			return err
		}
	}
	return nil
}

// adopt makes staged contacts everybody's. Doing it again is harmless, also half done.
func (d *Directory) adopt(ctx context.Context, id string) error {
	for n := 0; ; n++ {
		key := fmt.Sprintf("%s/%04d", id, n)
		doc, err := d.store.Get(ctx, stagedBucket, key)
		if errors.Is(err, store.ErrNotFound) {
			break
		}
		if err != nil {
			return err
		}
		var contacts []model.Contact
		if err := json.Unmarshal(doc, &contacts); err != nil {
			return fmt.Errorf("staged contacts %s: %w", key, err)
		}
		if err := d.Save(ctx, contacts); err != nil {
			return err
		}
	}
	return d.unstage(ctx, id)
}

// unstage takes staged contacts away, the last of them first: what is left of
// an interruption still begins at the beginning.
func (d *Directory) unstage(ctx context.Context, id string) error {
	var keys []string
	err := d.store.All(ctx, stagedBucket, func(key string, _ []byte) error {
		if strings.HasPrefix(key, id+"/") {
			keys = append([]string{key}, keys...)
		}
		return nil
	})
	for _, key := range keys {
		if err == nil {
			err = d.store.Delete(ctx, stagedBucket, key)
		}
	}
	return err
}

// settle finishes what a crash has interrupted: staged contacts whose entry is
// in the journal are adopted; old ones whose entry never came come to nothing.
func (s *Service) settle(ctx context.Context) error {
	staged := map[string]bool{}
	err := s.store.All(ctx, stagedBucket, func(key string, _ []byte) error {
		id, _, _ := strings.Cut(key, "/")
		staged[id] = true
		return nil
	})
	if err != nil {
		return err
	}
	imported := map[string]bool{}
	for _, id := range s.State().Imports {
		imported[id] = true
	}
	for id := range staged {
		if imported[id] {
			err = errors.Join(err, s.People.adopt(ctx, id))
			continue
		}
		if tooOld(id, s.now()) {
			err = errors.Join(err, s.People.unstage(ctx, id))
		}
	}
	for _, id := range s.merged() {
		err = errors.Join(err, s.People.erase(ctx, id)) // whether its keeper may be mailed about is not known here
	}
	for id := range s.People.retired {
		if r := s.State().Roster; r != nil && r.People[id] != nil { // the merge has been undone
			err = errors.Join(err, s.People.part(ctx, s.People.retired[id].Keeper.ID, id))
		}
	}
	return err
}

// merged are people who have had seats, are in the roster no more, and still have
// a contact: the server stopped between the entry and the contact.
func (s *Service) merged() (list []string) {
	state := s.State()
	if state.Roster == nil {
		return nil
	}
	for key := range state.Seats {
		if _, known := s.People.Contact(key.Person); known && state.Roster.People[key.Person] == nil && !slices.Contains(list, key.Person) {
			list = append(list, key.Person)
		}
	}
	return list
}
