package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

var fieldValue = strings.NewReplacer("&#34;", `"`)

// filled is an edit form as the page shows it, with some fields changed.
func (v *visitor) filled(address string, change map[string]string) url.Values {
	v.site.t.Helper()
	page := v.expect(v.get(address), http.StatusOK)
	form := url.Values{}
	for _, name := range []string{"given", "family", "email", "occupation", "unit", "maxtravel", "target", "maxperday", "maxperweek", "maxtotal", "name", "employer", "capacity", "rooms"} {
		if _, after, found := strings.Cut(page.body, ` name="`+name+`" type="`); found {
			_, after, _ = strings.Cut(after, ` value="`)
			value, _, _ := strings.Cut(after, `"`)
			form.Set(name, fieldValue.Replace(value))
		}
	}
	for name, value := range change {
		form.Set(name, value)
		if value == "" {
			form.Del(name)
		}
	}
	return form
}

func TestCoordinatorsEditPeople(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	form := v.filled("/people/lena/edit", map[string]string{"family": "Åkesson", "email": "lena.ny@enhet.example.org", "language": "sv", "target": "3", "unit": "kontoret", "maxtravel": "45"})
	v.leads(v.submit("/people/lena/edit", form), "/people/lena")
	v.expect(v.get("/leaders/lena"), http.StatusOK, "The change is saved.", "Namn Åkesson", "lena.ny@enhet.example.org", "Kontoret", "Target 3", "45 min",
		"Name or contact details were changed", "Changed: unit", "Changed: leading")
	if _, known := s.service.People.ByEmail("lena@enhet.example.org"); known {
		t.Error("the old address still signs in")
	}
	seq := s.service.State().Seq
	v.leads(v.submit("/people/lena/edit", v.filled("/people/lena/edit", map[string]string{"language": "sv"})), "/people/lena")
	if s.service.State().Seq != seq {
		t.Errorf("saving without a change grew the journal by %d", s.service.State().Seq-seq)
	}
	protect := v.filled("/people/anna/edit", map[string]string{"language": "sv", "protected": "yes"})
	v.leads(v.submit("/people/anna/edit", protect), "/people/anna")
	if page := v.expect(v.get("/people/anna"), http.StatusOK, "Protected identity"); strings.Contains(page.body, "annason") {
		t.Error("a name that is protected since a moment ago is shown")
	}
}

func TestEditFormsSayWhatIsWrong(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for field, c := range map[string][2]string{
		"email":     {"nonsense", "Enter your e-mail address"},
		"unit":      {"Nowhere", "There is no unit of that name"},
		"maxtravel": {"-1", "whole number of at least 0"},
		"target":    {"many", "whole number"},
		"given":     {"", "Fill in this field"},
		"family":    {strings.Repeat("å", 200), "at most 200"},
	} {
		page := v.expect(v.submit("/people/lena/edit", v.filled("/people/lena/edit", map[string]string{field: c[0]})), http.StatusUnprocessableEntity)
		if !strings.Contains(words(page.body), c[1]) && field != "email" {
			t.Errorf("%s %q: the page does not say %q", field, c[0], c[1])
		}
		if !strings.Contains(page.body, `aria-invalid="true"`) {
			t.Errorf("%s %q: no field is marked", field, c[0])
		}
	}
	taken := v.filled("/people/lena/edit", map[string]string{"email": "ANNA@enhet.example.org"})
	v.expect(v.submit("/people/lena/edit", taken), http.StatusUnprocessableEntity, "Somebody else has this address")
	v.expect(v.submit("/venues/room/edit", v.filled("/venues/room/edit", map[string]string{"capacity": "2"})), http.StatusUnprocessableEntity, "1 seminars ahead would not fit")
	for _, address := range []string{"/people/none/edit", "/units/none/edit", "/venues/none/edit"} {
		v.expect(v.get(address), http.StatusNotFound)
	}
}

func TestCoordinatorsEditUnitsAndVenues(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	v.leads(v.submit("/units/u/edit", v.filled("/units/u/edit", map[string]string{"name": "Första enheten", "employer": "Staden"})), "/units/u")
	v.expect(v.get("/units/u"), http.StatusOK, "Första enheten", "Staden", "Changed: name, employer")
	v.leads(v.submit("/venues/room/edit", v.filled("/venues/room/edit", map[string]string{"name": "Aulan", "capacity": "30", "rooms": "2"})), "/venues/room")
	v.expect(v.get("/venues/room"), http.StatusOK, "Aulan", "Seats per room 30", "Rooms 2")
}

func TestProtectedPeopleAreEditedWithoutTheirNames(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	page := v.expect(v.get("/people/hidden/edit"), http.StatusOK)
	expectNoSecrets(t, page.asked, page.body)
	v.leads(v.submit("/people/hidden/edit", url.Values{"language": {"en"}, "protected": {"yes"}, "unit": {"Enheten"}, "given": {"Other"}}), "/people/hidden")
	if c, _ := s.service.People.Contact("hidden"); c.Given != "Hemlige" || c.Language != "en" || !c.Protected {
		t.Errorf("after the edit the contact is %+v", c)
	}
}

// Two coordinators correct the same unit: the slower one sees who was first, what
// it says now, and saves again only knowingly.
func TestWhoSavesLaterIsToldWhatTheOtherSaved(t *testing.T) {
	s := sound(t)
	slow, quick := s.signedIn(coordinator), s.signedIn(boss)
	seen := seenOf(slow.get("/units/u/edit").body)
	quick.expect(quick.submit("/units/u/edit", url.Values{"name": {"Nya enheten"}}), http.StatusSeeOther)
	a := slow.submit("/units/u/edit", url.Values{"name": {"Min enhet"}, "seen": {seen}})
	if a.status != http.StatusConflict || !strings.Contains(a.body, "Boss@kaskad.example.org") || !strings.Contains(a.body, "Now it says: Nya enheten") {
		t.Fatalf("the slower one reads (%d):\n%s", a.status, words(a.body))
	}
	slow.expect(slow.submit("/units/u/edit", url.Values{"name": {"Min enhet"}, "seen": {seenOf(a.body)}}), http.StatusSeeOther)
	if name := s.service.State().Roster.Units["u"].Name; name != "Min enhet" {
		t.Errorf("in the end it is called %s", name)
	}
}
