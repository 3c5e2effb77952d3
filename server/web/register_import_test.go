package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// upload sends a file as the form does and leads to its preview.
func (v *visitor) upload(content string) answer {
	v.site.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	v.site.must(form.WriteField("csrf", v.formToken()))
	part, err := form.CreateFormFile("file", "personal.csv")
	v.site.must(err)
	_, err = part.Write([]byte(content))
	v.site.must(err)
	v.site.must(form.Close())
	return v.ask(http.MethodPost, "/people/import", b.String(), "Content-Type", form.FormDataContentType())
}

const staffList = "Anställningsnummer;Efternamn;Förnamn;E-post;Enhet;Kommun;Skyddad identitet\r\n" +
	"11;annason;Namn;anna@enhet.example.org;Kontoret;;\r\n" +
	"12;Nyström;Åsa;asa@enhet.example.org;Enheten;;\r\n" +
	"13;Dunkelgren;Skuggan;skugga@enhet.example.org;Enheten;;ja\r\n" +
	"14;Fel;Rad;;Okänd;;\r\n"

func TestAStaffListIsTakenInAsShown(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	at := v.upload(staffList).header.Get("Location")
	page := v.expect(v.get(at), http.StatusOK, "4 people in the file", "New 2", "Changed 1", "Åsa Nyström", "unit: Enheten → Kontoret", "There is no such unit", "1 row is left out")
	expectNoSecrets(t, page.asked, page.body)
	before := s.service.State()
	if before.Roster.People["r00001"] != nil {
		t.Fatal("looking took somebody in")
	}
	form := url.Values{"sum": {page.field("sum")}, "csrf": {page.field("csrf")}}
	for i, meaning := range []string{"key", "family", "given", "email", "unit", "municipality", "protected"} {
		form.Set("c"+string(rune('0'+i)), meaning)
	}
	v.leads(v.post(at, form), "/people")
	v.expect(v.get("/people"), http.StatusOK, "Taken in: 2 new, 1 changed, 0 who have left.", "Nyström, Åsa")
	now := s.service.State()
	if now.Seq != before.Seq+1 || now.Roster.People["anna"].Unit != "x" || now.Roster.People["r00001"].Tier != "staff" {
		t.Errorf("entries %d, anna in %s", now.Seq-before.Seq, now.Roster.People["anna"].Unit)
	}
	if c, known := s.service.People.ByEmail("asa@enhet.example.org"); !known || c.Key != "12" || c.Language != "sv" {
		t.Errorf("the new contact is %+v", c)
	}
	v.expect(v.get(at), http.StatusNotFound, "taken in already")
	again := v.upload(strings.ReplaceAll(staffList, "asa@", "asa.ny@")).header.Get("Location")
	v.expect(v.get(again), http.StatusOK, "New 0", "Changed 1", "asa@enhet.example.org → asa.ny@enhet.example.org")
	v.expect(v.get("/people/anna"), http.StatusOK, "Changed: unit")
	expectNoSecrets(t, "the list", v.get("/people?cols=email").body)
}

func TestNothingButWhatWasShownIsTakenIn(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	at := v.upload(staffList).header.Get("Location")
	shown := v.get(at)
	form := url.Values{"sum": {shown.field("sum")}, "csrf": {shown.field("csrf")}}
	for i, meaning := range []string{"key", "family", "given", "email", "unit", "municipality", "protected"} {
		form.Set("c"+string(rune('0'+i)), meaning)
	}
	v.leads(v.submit("/people/anna/edit", v.filled("/people/anna/edit", map[string]string{"unit": "Kontoret", "language": "sv"})), "/people/anna")
	seq := s.service.State().Seq
	v.expect(v.post(at, form), http.StatusUnprocessableEntity, "The register has been changed since you looked")
	form.Set("c4", "")
	v.expect(v.post(at, form), http.StatusUnprocessableEntity, "Choose which column holds the unit")
	if s.service.State().Seq != seq {
		t.Error("something was taken in")
	}
	v.leads(v.submit(at+"/drop", nil), "/people/import")
	v.expect(v.get(at), http.StatusNotFound)
}

func TestFilesThatAreNoListAreRefused(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for content, want := range map[string]string{"": "The file is empty", "hello": "No table was found", "\xd0\xcf\x11\xe0": "old Excel file"} {
		v.expect(v.upload(content), http.StatusUnprocessableEntity, want)
	}
	v.expect(v.submit("/people/import", nil), http.StatusUnprocessableEntity, "Choose a file")
	at := v.upload(staffList).header.Get("Location")
	s.clock.forward(25 * 3600e9)
	v.upload(staffList)
	v.expect(v.get(at), http.StatusNotFound) // a day has passed
	leaves := v.upload("AnstNr;Namn;Enhet\n1;Namn annason;Enheten\n").header.Get("Location")
	v.expect(v.get(leaves+"?chosen=yes&complete=yes&c0=key&c1=name&c2=unit"), http.StatusOK, "New 0", "Have left 2")
}
