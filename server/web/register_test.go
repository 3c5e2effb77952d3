package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kaskad/model"
)

// named gives people of the small programme names of their own.
func (s *site) name(id, given, family string) {
	s.t.Helper()
	s.must(s.service.People.Save(s.t.Context(), []model.Contact{{ID: id, Given: given, Family: family, Email: id + "@enhet.example.org", Language: "sv"}}))
}

// inOrder expects texts to stand on a page one after the other.
func inOrder(t *testing.T, page answer, texts ...string) {
	t.Helper()
	text, at := words(page.body), 0
	for _, want := range texts {
		next := strings.Index(text[at:], want)
		if next < 0 {
			t.Fatalf("%s does not say %q after what stands before it in %v:\n%s", page.asked, want, texts, text)
		}
		at += next + len(want)
	}
}

func TestPeopleAreSortedAsInSweden(t *testing.T) {
	s := published(t)
	for id, family := range map[string]string{"anna": "Zetterberg", "bo": "Åberg", "cilla": "Ödman", "lena": "Ärlig"} {
		s.name(id, "Kim", family)
	}
	v := s.signedIn(coordinator)
	order := []string{"Zetterberg, Kim", "Åberg, Kim", "Ärlig, Kim", "Ödman, Kim"}
	inOrder(t, v.expect(v.get("/people"), http.StatusOK, "6 people"), append(order, "Protected identity")...)
	inOrder(t, v.get("/people?sort=-name"), "Ödman, Kim", "Ärlig, Kim", "Åberg, Kim", "Zetterberg, Kim")
	s.name("bo", "Kim", "Adamsson")
	inOrder(t, v.get("/people"), "Adamsson, Kim", "Zetterberg, Kim") // a changed name is in its place at once
}

func TestListsFilterBySearchAndChoice(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for address, want := range map[string]string{
		"/people?q=NAMN+annason":                     "1 person",
		"/people?q=kontoret":                         "1 person",
		"/people?area=1490":                          "1 person",
		"/people?wave=none":                          "1 person",
		"/people?sector=primary":                     "1 person",
		"/people?part=leader":                        "2 people",
		"/people?part=staff&wave=w1":                 "3 people",
		"/people?standing=missing":                   "2 people", // bo lacks law, cilla ethics
		"/people?standing=booked":                    "3 people",
		"/people?standing=trained":                   "0 people",
		"/people?q=nobody":                           "0 people",
		"/leaders":                                   "2 method leaders",
		"/leaders?load=none":                         "0 method leaders",
		"/leaders?module=law":                        "2 method leaders",
		"/units?sector=primary":                      "1 unit",
		"/units?q=enheten":                           "1 unit",
		"/venues?use=unused":                         "1 venue",
		"/venues?use=used":                           "1 venue",
		"/people?sort=nonsense&cols=nonsense&page=9": "6 people",
	} {
		v.expect(v.get(address), http.StatusOK, want)
	}
	s.clock.forward(60 * 24 * 3600e9) // all seminars are over
	v = s.signedIn(coordinator)
	v.expect(v.get("/people?standing=trained"), http.StatusOK, "3 people")
	v.expect(v.get("/people?standing=begun"), http.StatusOK, "2 people")
	part := v.get("/people?q=anna", "HX-Request", "true")
	if strings.Contains(part.body, "<html") || !strings.Contains(part.body, `id="results"`) {
		t.Errorf("a partial update is not a part: %.200s", part.body)
	}
}

func TestColumnsAreChosen(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	usual := v.get("/people")
	if strings.Contains(usual.body, "anna@enhet.example.org") {
		t.Error("addresses are shown though nobody asked for them")
	}
	chosen := v.expect(v.get("/people?cols=none&cols=email&sort=email"), http.StatusOK, "anna@enhet.example.org")
	if strings.Contains(chosen.body, `data-label="Unit"`) || !strings.Contains(chosen.body, `cols=email`) {
		t.Error("the choice of columns is not kept")
	}
	if only := v.get("/people?cols=none"); strings.Contains(only.body, "data-label=") {
		t.Error("a column is shown though none was chosen")
	}
}

func TestPagesOfTheRegisterTellAll(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for address, want := range map[string][]string{
		"/people/anna":                  {"Namn annason", "Enheten", "Etik", "Booked", "Juridik", "anna@enhet.example.org", "Got a seat in Etik"},
		"/people/bo":                    {"No seat", "0 of 2"},
		"/people/hidden":                {"Protected identity", "Name and address are not shown"},
		"/leaders/lena":                 {"To lead", "Leads Etik", "Week by week"},
		"/leaders/lena?week=2027-02-03": {"Wed 3 Feb", "Salen"},
		"/units/u":                      {"Enheten", "annason, Namn", "Protected identity", "Seminars the unit"},
		"/venues/room?week=2027-02-10":  {"Salen", "Juridik", "Wed 10 Feb"},
		"/venues/room?week=not-a-week":  {"Salen"},
		"/people/lena?week=99999999":    {"Namn lenason"},
	} {
		v.expect(v.get(address), http.StatusOK, want...)
	}
	for _, address := range []string{"/people/none", "/leaders/none", "/leaders/anna", "/units/none", "/venues/none"} {
		v.expect(v.get(address), http.StatusNotFound)
	}
}

func TestHistoryTellsWhatHappened(t *testing.T) {
	s := published(t)
	d2 := s.named("d2")
	s.do(model.HandBack{Person: "lena", Seminar: d2})
	s.do(model.Claim{Person: "shadow", Seminar: d2})
	s.do(model.RotateFeed{Person: "lena"})
	v := s.signedIn(coordinator)
	inOrder(t, v.get("/leaders/lena"), "What has happened", "The calendar address was renewed", "No longer leads Etik", "Leads Etik")
	list := lessons()[1:]
	list[0].Slot, list[0].Venue, list[0].Leaders = "2027-02-05", "barn", []string{"shadow"}
	s.replan(list)
	s.publish("w1")
	inOrder(t, v.get("/people/anna"), "What has happened", "Etik Fri 5 Feb 09:00 changed venue from Salen to Ladan",
		"Etik was moved from Wed 3 Feb 09:00 to Fri 5 Feb 09:00", "Got a seat in Etik Wed 3 Feb 09:00, Salen")
	inOrder(t, v.get("/leaders/lena"), "What has happened", "Etik Mon 1 Feb 09:00 was cancelled")
	inOrder(t, v.expect(v.get("/seminars/"+d2), http.StatusOK), "What has happened", "changed venue from Salen to Ladan", "was moved from", "Participant leads it",
		"Namn lenason no longer leads it", "Etik Wed 3 Feb 09:00, Salen, was published")
	p := problem()
	p.People[2].Unit = "x"
	two := 2
	p.Units[1].MaxAway = &two
	s.do(model.LoadProgramme{Problem: p})
	v.expect(v.get("/people/anna"), http.StatusOK, "Changed: unit")
	v.expect(v.get("/units/x"), http.StatusOK, "Changed: how many may be away")
}

func TestRegisterTellsNoProtectedName(t *testing.T) {
	s := published(t)
	s.do(model.HandBack{Person: "shadow", Seminar: s.named("d3")})
	v := s.signedIn(coordinator)
	addresses := []string{"/people", "/people?cols=email,id,occupation,next", "/leaders", "/leaders?cols=email,modules", "/units/u", "/people/hidden",
		"/people/shadow", "/leaders/shadow", "/people/anna", "/venues/room"}
	for _, address := range addresses {
		expectNoSecrets(t, address, v.expect(v.get(address), http.StatusOK).body)
	}
	for _, name := range secretNames {
		v.expect(v.get("/people?q="+url.QueryEscape(name)), http.StatusOK, "0 people")
	}
}

func TestWhatIsSeenIsExported(t *testing.T) {
	s := published(t)
	s.name("bo", "Bo", "=1+1")
	v := s.signedIn(coordinator)
	csv := v.expect(v.get("/people/export?format=csv&wave=w1&part=staff&cols=email,booked&sort=-name"), http.StatusOK)
	if !strings.HasPrefix(csv.body, "\ufeffName;Booked;E-mail\r\nProtected identity;2;\r\n") || !strings.Contains(csv.body, "'=1+1, Bo;1;bo@enhet.example.org\r\n") {
		t.Errorf("the file is\n%q", csv.body)
	}
	if got := csv.header.Get("Content-Disposition"); !strings.Contains(got, `filename="people-2027-01-04.csv"`) {
		t.Errorf("the file is called %q", got)
	}
	for _, list := range []string{"people", "leaders", "units", "venues"} {
		a := v.expect(v.get("/"+list+"/export?format=xlsx"), http.StatusOK)
		if !strings.HasPrefix(a.body, "PK") {
			t.Errorf("%s is no workbook: %.20q", a.asked, a.body)
		}
		plain := v.get("/" + list + "/export?cols=email,id,modules,next")
		expectNoSecrets(t, plain.asked, plain.body)
	}
}

func TestViewsAreSavedForEachCoordinator(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	form := url.Values{"list": {"people"}, "name": {"  Utan   plats "}, "query": {"standing=missing&page=3&sort=-missing"}}
	v.leads(v.submit("/people/views", form), "/people?sort=-missing&standing=missing")
	page := v.expect(v.get("/people"), http.StatusOK, "The view is saved.", "Utan plats")
	if !strings.Contains(page.body, `href="/people?sort=-missing&amp;standing=missing"`) {
		t.Error("the view leads nowhere")
	}
	v.submit("/people/views", url.Values{"list": {"people"}, "name": {"Utan plats"}, "query": {"standing=booked"}})
	if again := v.get("/people"); strings.Count(again.body, ">Utan plats</a>") != 1 || !strings.Contains(again.body, `href="/people?standing=booked"`) {
		t.Error("a view of the same name is not replaced")
	}
	if other := v.get("/units"); strings.Contains(other.body, "Utan plats") {
		t.Error("a view of people is offered for units")
	}
	v.expect(v.submit("/people/views", url.Values{"list": {"secrets"}, "name": {"x"}}), http.StatusNotFound)
	v.submit("/people/views", url.Values{"list": {"people"}, "name": {strings.Repeat("x", 61)}})
	v.expect(v.get("/people"), http.StatusOK, "at most 60 characters")
	v.submit("/people/views/drop", url.Values{"list": {"people"}, "name": {"Utan plats"}})
	if gone := v.expect(v.get("/people"), http.StatusOK, "The view is removed."); strings.Contains(gone.body, ">Utan plats</a>") {
		t.Error("the view is still there")
	}
	v.leads(v.submit("/people/views/undo", nil), "/people?standing=booked")
	if back := v.expect(v.get("/people"), http.StatusOK, "The view is back."); !strings.Contains(back.body, ">Utan plats</a>") {
		t.Error("the view is not back")
	}
	v.leads(v.submit("/people/views/undo", nil), "/people")
	v.expect(v.get("/people"), http.StatusOK, "too old to be undone")
	v.submit("/people/views/drop", url.Values{"list": {"people"}, "name": {"Utan plats"}})
	v.submit("/people/views", url.Values{"list": {"people"}, "name": {"Utan plats"}, "query": {"q=eva"}})
	v.submit("/people/views/undo", nil)
	v.expect(v.get("/people"), http.StatusOK, "There is another view called Utan plats by now.")
}
