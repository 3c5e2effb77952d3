package programme_test

import (
	"errors"
	"testing"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/server/store"
)

var (
	anna   = model.Contact{ID: "anna", Given: "Anna", Family: "Åberg", Email: " Anna.Aberg@Enhet.example.org", Language: "sv"}
	hidden = model.Contact{ID: "hidden", Given: "Hemlig", Family: "Person", Email: "h@enhet.example.org", Language: "en", Protected: true}
)

func TestADirectoryNamesAndFindsPeople(t *testing.T) {
	service, s, c := loaded(t)
	if err := service.People.Save(t.Context(), []model.Contact{anna, hidden}); err != nil {
		t.Fatal(err)
	}
	again, _ := open(t, s, c)
	for _, people := range []*programme.Directory{service.People, again.People} {
		for person, want := range map[string]string{"anna": "Anna Åberg", "hidden": "", "s00": "s00", "nobody": "nobody"} {
			if got := people.Name(person); got != want {
				t.Errorf("Name(%s) = %q, want %q", person, got, want)
			}
		}
		for email, want := range map[string]string{"anna.aberg@enhet.example.org": "anna", " ANNA.ABERG@ENHET.EXAMPLE.ORG ": "anna", "h@enhet.example.org": "hidden", "": "", "x@y": ""} {
			if got, ok := people.ByEmail(email); got.ID != want || ok != (want != "") {
				t.Errorf("ByEmail(%q) = %s, %v, want %q", email, got.ID, ok, want)
			}
		}
		if c, ok := people.Contact("hidden"); !ok || c != hidden {
			t.Errorf("Contact(hidden) = %+v, %v", c, ok)
		}
		if c, ok := people.Contact("nobody"); ok || c.ID != "nobody" || c.Language != "sv" || c.Protected {
			t.Errorf("Contact(nobody) = %+v, %v", c, ok)
		}
		if c, ok := people.Contact("anna"); !ok || c.ID != "anna" {
			t.Errorf("Contact(anna) = %+v, %v", c, ok)
		}
	}
}

func TestAnAddressGivenUpFindsNobody(t *testing.T) {
	service, _, _ := loaded(t)
	save := func(c ...model.Contact) {
		t.Helper()
		if err := service.People.Save(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	save(anna)
	moved := anna
	moved.Email = "aberg@annat.example.org"
	save(moved)
	if c, ok := service.People.ByEmail(anna.Email); ok {
		t.Errorf("the address anna has given up finds %s", c.ID)
	}
	bo := model.Contact{ID: "bo", Given: "Bo", Family: "Ek", Email: moved.Email}
	save(bo) // the address is passed on
	moved.Email = ""
	save(moved)
	if c, ok := service.People.ByEmail(bo.Email); !ok || c.ID != "bo" {
		t.Errorf("the address passed on finds %q, %v; want bo", c.ID, ok)
	}
}

func TestABlankAddressFindsNobody(t *testing.T) {
	service, _, _ := loaded(t)
	blank := anna
	blank.Email = " "
	if err := service.People.Save(t.Context(), []model.Contact{blank}); err != nil {
		t.Fatal(err)
	}
	if c, ok := service.People.ByEmail(""); ok {
		t.Errorf("no address at all finds %s", c.ID)
	}
}

func TestADirectoryThatCannotBeKeptIsNotUsed(t *testing.T) {
	service, s, c := loaded(t)
	s.Inject(func(method, _ string) store.Fault {
		if method == "InsertMany" {
			return store.LoseRequest
		}
		return store.NoFault
	})
	if err := service.People.Save(t.Context(), []model.Contact{anna}); !errors.Is(err, store.ErrInjected) {
		t.Errorf("Save() = %v", err)
	}
	if _, ok := service.People.Contact("anna"); ok {
		t.Error("a contact that was not kept is used")
	}
	s.Inject(func(string, string) store.Fault { return store.NoFault })
	if err := s.Put(t.Context(), "people", "bad", []byte("{")); err != nil {
		t.Fatal(err)
	}
	if _, err := programme.Open(t.Context(), s, "p", c.Now, nil); err == nil {
		t.Error("a directory that cannot be read is opened")
	}
}
