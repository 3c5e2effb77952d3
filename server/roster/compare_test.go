package roster_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/roster"
)

// register has one unit with three people: elin is known by her key, bo by his
// address, cia has a seat.
func register() roster.Register {
	contacts := map[string]model.Contact{
		"elin": {ID: "elin", Given: "Elin", Family: "Åkesson", Email: "elin@example.org", Language: "sv", Key: "1001"},
		"bo":   {ID: "bo", Given: "Bo", Family: "Öst", Email: "bo@example.org", Language: "en"},
		"cia":  {ID: "cia", Given: "Cia", Family: "Ek", Language: "sv", Protected: true},
	}
	return roster.Register{
		Problem: &model.Problem{Tiers: []model.Tier{{ID: "leaders"}, {ID: "staff"}}, Sectors: []string{"municipal", "primary", "hospital"},
			Waves:  []model.Wave{{ID: "w1"}, {ID: "w2"}},
			Units:  []model.Unit{{ID: "u1", Name: "Hemtjänsten Norrby", Employer: "Borås Stad", Sector: "municipal", Area: "1490", Wave: "w2"}},
			People: []model.Person{{ID: "elin", Unit: "u1", Tier: "staff"}, {ID: "bo", Unit: "u1", Tier: "staff"}, {ID: "cia", Unit: "u1", Tier: "staff"}}},
		Contact:   func(id string) (model.Contact, bool) { c, ok := contacts[id]; return c, ok },
		Areas:     []roster.Area{{Code: "1490", Name: "Borås", Lat: 57.7, Lon: 12.9}, {Code: "1480", Name: "Göteborg", Lat: 57.7, Lon: 12}},
		Seated:    func(id string) bool { return id == "cia" },
		Pseudonym: func(n string) string { return fmt.Sprintf("hidden-%d", len(n)) + n[len(n)-4:] },
		Now:       time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC), Zone: time.UTC,
	}
}

func compare(t *testing.T, text string, complete bool) *roster.Comparison {
	t.Helper()
	s, err := roster.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	c, err := roster.Compare(register(), s, roster.Options{Columns: s.Guess(), Complete: complete})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func said(c *roster.Comparison) string {
	var b strings.Builder
	for _, e := range c.New {
		fmt.Fprintf(&b, "new %d %s %s; ", e.Line, e.Name, e.Unit)
	}
	for _, e := range c.Changed {
		fmt.Fprintf(&b, "changed %d %s %v; ", e.Line, e.Name, e.Changes)
	}
	for _, e := range c.Gone {
		fmt.Fprintf(&b, "gone %s; ", e.ID)
	}
	for _, u := range c.Units {
		fmt.Fprintf(&b, "unit %s %s %s %s %s; ", u.ID, u.Name, u.Area, u.Sector, u.Wave)
	}
	for _, f := range c.Faults {
		fmt.Fprintf(&b, "%s %d %q %q; ", f.Key, f.Line, f.Column, f.Value)
	}
	fmt.Fprintf(&b, "same %d", c.Same)
	return b.String()
}

func TestCompareSaysWhatWouldChange(t *testing.T) {
	for name, c := range map[string]struct {
		rows, want string
		complete   bool
	}{
		"nothing":            {"1001;;Elin;Åkesson;;Hemtjänsten Norrby;;\n", "same 1", false},
		"by key":             {"1001;;Elin;Ek;;Hemtjänsten Norrby;;\n", "changed 2 Elin Ek [{family Åkesson Ek}]; same 0", false},
		"by address":         {"77;;Bo;Öst;BO@example.org;Hemtjänsten Norrby;;\n", "changed 2 Bo Öst [{email bo@example.org BO@example.org}]; same 0", false},
		"by Kaskad's id":     {"cia;;Cia;Ny;;Hemtjänsten Norrby;;\n", "changed 2  [{family  }]; same 0", false},
		"new":                {"2001;;Dan;Ny;dan@example.org;hemtjänsten  norrby;;\n", "new 2 Dan Ny Hemtjänsten Norrby; same 0", false},
		"new, protected":     {"2001;;Dan;Ny;;Hemtjänsten Norrby;;ja\n", "new 2  Hemtjänsten Norrby; same 0", false},
		"a new unit":         {"2001;;Dan;Ny;;Vårdcentralen Heimdal;Borås kommun;\n", "new 2 Dan Ny Vårdcentralen Heimdal; unit e0001 Vårdcentralen Heimdal 1490 primary w2; same 0", false},
		"same name, other":   {"2001;;Dan;Ny;;Hemtjänsten Norrby;Göteborgs Stad;\n", "new 2 Dan Ny Hemtjänsten Norrby; unit e0001 Hemtjänsten Norrby 1480 municipal ; same 0", false},
		"an unknown unit":    {"2001;;Dan;Ny;;Okänd;;\n", `import.unknown-unit 2 "Enhet" "Okänd"; same 0`, false},
		"an unknown place":   {"2001;;Dan;Ny;;Okänd;Atlantis;\n", `import.no-area 2 "Kommun" "Atlantis"; same 0`, false},
		"no sector":          {"2001;;Dan;Ny;;Okänd;1490;\n", `import.no-sector 2 "" ""; same 0`, false},
		"no unit":            {"2001;;Dan;Ny;;;;\n", `import.no-unit 2 "Enhet" ""; same 0`, false},
		"no name":            {"2001;;;;;Hemtjänsten Norrby;;\n", `import.no-name 2 "Efternamn" ""; same 0`, false},
		"a bad address":      {"2001;;Dan;Ny;dan;Hemtjänsten Norrby;;\n", `new 2 Dan Ny Hemtjänsten Norrby; import.bad-email 2 "E-post" "dan"; same 0`, false},
		"another's address":  {"1001;;Elin;Åkesson;bo@example.org;Hemtjänsten Norrby;;\n", `import.email-taken 2 "E-post" "bo@example.org"; same 1`, false},
		"a shared address":   {"1;;A;A;x@example.org;Hemtjänsten Norrby;;\n2;;B;B;x@example.org;Hemtjänsten Norrby;;\n", `new 2 A A Hemtjänsten Norrby; new 3 B B Hemtjänsten Norrby; import.email-taken 3 "E-post" "x@example.org"; same 0`, false},
		"twice":              {"1;;A;A;;Hemtjänsten Norrby;;\n1;;A;A;;Hemtjänsten Norrby;;\n", `new 2 A A Hemtjänsten Norrby; import.twice 3 "" ""; same 0`, false},
		"by number, twice":   {";19800101-1234;A;A;;Hemtjänsten Norrby;;\n;8001011234;A;A;;Hemtjänsten Norrby;;\n", `new 2 A A Hemtjänsten Norrby; import.twice 3 "" ""; same 0`, false},
		"a spoilt number":    {";1,98E+11;A;A;;Hemtjänsten Norrby;;\n", `new 2 A A Hemtjänsten Norrby; import.bad-number 2 "Personnummer" ""; same 0`, false},
		"by name and unit":   {";;bo;ÖST;;Hemtjänsten Norrby;;\n", "changed 2 bo ÖST [{given Bo bo} {family Öst ÖST}]; same 0", false},
		"another of a name":  {"9;;Elin;Åkesson;;Hemtjänsten Norrby;;\n", "new 2 Elin Åkesson Hemtjänsten Norrby; same 0", false},
		"a part of the list": {"1001;;Elin;Åkesson;;Hemtjänsten Norrby;;\n", "same 1", false},
		"the whole list":     {"1001;;Elin;Åkesson;;Hemtjänsten Norrby;;\n", "gone bo; gone cia; same 1", true},
		"of another":         {"2001;;Dan;Ny;;Vårdcentralen Heimdal;Borås;\n", "new 2 Dan Ny Vårdcentralen Heimdal; unit e0001 Vårdcentralen Heimdal 1490 primary w2; same 0", true},
	} {
		t.Run(name, func(t *testing.T) {
			got := said(compare(t, "Anställningsnummer;Personnummer;Förnamn;Efternamn;E-post;Enhet;Kommun;Skyddad identitet\n"+c.rows, c.complete))
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestComparisonsHoldWhatTheySay(t *testing.T) {
	c := compare(t, "Anställningsnummer;Personnummer;Namn;Enhet;Kommun;Anställd tom\n1001;;\"Åkesson, Elin\";Hemtjänsten Sjöbo;Borås;\n;19800101-1234;Dan Ny;Hemtjänsten Sjöbo;Borås;\n3;;Ulla Förr;Hemtjänsten Sjöbo;Borås;2027-02-28\n4;;Ulla Nu;Hemtjänsten Sjöbo;Borås;2027-03-01\n", true)
	a := c.Amendment
	if len(a.Units) != 1 || len(a.People) != 3 || a.People[0].ID != "elin" || a.People[0].Unit != a.Units[0].ID || a.People[1].ID != "r00001" || a.People[1].Tier != "staff" {
		t.Errorf("amendment %+v", a)
	}
	for _, contact := range c.Contacts {
		if strings.Contains(contact.Key, "8001011234") {
			t.Errorf("the personal identity number is kept: %+v", contact)
		}
	}
	if len(c.Contacts) != 2 {
		t.Errorf("contacts %+v, want those of the two who are new", c.Contacts)
	}
	if len(a.Gone)+len(c.Leaving) != 0 {
		t.Errorf("gone %v and leaving %v, though none of the file's units is theirs", a.Gone, c.Leaving)
	}
	whole := compare(t, "Anställningsnummer;Namn;Enhet\n1001;Elin Åkesson;Hemtjänsten Norrby\n", true)
	if got := fmt.Sprint(whole.Amendment.Gone, whole.Leaving); got != "[bo] [cia]" {
		t.Errorf("gone and leaving %s; want who has a seat to leave, the other to be taken out", got)
	}
}

func TestCompareAsksForTheColumnsItNeeds(t *testing.T) {
	for text, key := range map[string]string{"Anställningsnummer;Enhet\n1;x\n": "import.no-name-column", "Förnamn;Enhet\nA;x\n": "import.no-name-column", "Förnamn;Efternamn;Yrke\nA;B;C\n": "import.no-unit-column"} {
		s, err := roster.Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		_, err = roster.Compare(register(), s, roster.Options{Columns: s.Guess()})
		if e, ok := err.(*model.Error); !ok || e.Key != key {
			t.Errorf("%q: %v, want %s", text, err, key)
		}
	}
}
