package programme_test

import (
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/server/store"
)

func TestContactsAreKnownToEveryServer(t *testing.T) {
	service, s, c := loaded(t)
	other, _ := open(t, s, c)
	x := model.Contact{ID: "s00", Given: "Ny", Family: "Person", Email: "ny@enhet.example.org", Language: "sv"}
	if err := service.SaveContact(t.Context(), coordinator, x); err != nil {
		t.Fatal(err)
	}
	if err := other.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, _ := other.People.Contact("s00"); got != x {
		t.Errorf("the other server knows %+v", got)
	}
	if err := service.SaveContact(t.Context(), as("s00"), x); model.CodeOf(err) != model.Forbidden {
		t.Errorf("somebody else changed a contact: %v", err)
	}
	x.ID = "s01"
	if err := service.SaveContact(t.Context(), coordinator, x); model.CodeOf(err) != model.Conflict {
		t.Errorf("two people share an address: %v", err)
	}
	lines, err := service.History.Of(t.Context(), programme.PersonSubject, "s00")
	if err != nil || len(lines) != 1 || lines[0].What != programme.Renamed || lines[0].Actor != "boss" {
		t.Errorf("history %+v, %v", lines, err)
	}
}

func TestAnImportIsWholeAfterACrash(t *testing.T) {
	service, s, c := loaded(t)
	people := make([]model.Contact, 9000) // more than one record holds
	for i := range people {
		people[i] = model.Contact{ID: "c" + string(rune('0'+i%10)) + time.Duration(i).String(), Given: "A", Family: "B", Language: "sv"}
	}
	x := *service.State().LoadedPerson("s00")
	x.Calendar = ""
	change := model.ImportRoster{Base: service.State().Seq, Amendment: model.Amendment{People: []model.Person{x}}}
	if err := service.Import(t.Context(), coordinator, change, people); err != nil {
		t.Fatal(err)
	}
	if _, known := service.People.Contact(people[8999].ID); !known {
		t.Fatal("the last contact did not come along")
	}
	staged := service.State().Imports[0]
	// As if the server had stopped between the entry and the contacts, and before another's entry.
	unasked := programme.StageID(c.Now(), store.NewNonce())
	for id, name := range map[string]string{staged: "Again", unasked: "Never"} {
		if err := service.People.Stage(t.Context(), id, []model.Contact{{ID: "late" + name, Given: name, Language: "sv"}}); err != nil {
			t.Fatal(err)
		}
	}
	again, _ := open(t, s, c)
	if _, known := again.People.Contact("lateAgain"); !known {
		t.Error("the contacts of a committed import are lost")
	}
	if _, known := again.People.Contact("lateNever"); known {
		t.Error("the contacts of an import that never was are taken in")
	}
	left := 0
	count := func(string, []byte) error { left++; return nil }
	if err := s.All(t.Context(), "staged-contacts", count); err != nil || left != 1 {
		t.Errorf("%d records still wait, %v; want the one whose entry may come", left, err)
	}
	c.now = c.now.Add(25 * time.Hour)
	open(t, s, c)
	left = 0
	if err := s.All(t.Context(), "staged-contacts", count); err != nil || left != 0 {
		t.Errorf("%d records still wait after a day, %v", left, err)
	}
	stale := model.ImportRoster{Base: 0, Amendment: model.Amendment{People: []model.Person{x}}}
	if err := service.Import(t.Context(), coordinator, stale, people[:1]); model.CodeOf(err) != model.Conflict {
		t.Errorf("an import of what has changed since: %v, want conflict", err)
	}
	if err := s.All(t.Context(), "staged-contacts", count); err != nil || left != 0 {
		t.Errorf("%d records wait after a refused import, %v", left, err)
	}
}
