package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"kaskad/model"
)

func TestTwoRecordsBecomeOne(t *testing.T) {
	s := published(t)
	s.name("anna", "Eva", "Ek")
	s.must(s.service.People.Save(t.Context(), []model.Contact{{ID: "cilla", Given: "Eva", Family: "Ek", Occupation: "Undersköterska", Language: "sv", Key: "7"}}))
	v := s.signedIn(coordinator)
	v.expect(v.get("/people/anna/merge"), http.StatusOK, "Eva Ek", "cilla", "Compare")
	v.expect(v.get("/people/anna/merge?q=bo"), http.StatusOK, "Namn boson")
	v.expect(v.get("/people/lena/merge"), http.StatusOK, "Nobody else has the same name")
	page := v.expect(v.get("/people/anna/merge?other=cilla"), http.StatusOK, "This record stays", "Seats given up", "Juridik, Fri 12 Feb 09:00, Salen", "can be undone for 14 days")
	expectNoSecrets(t, page.asked, page.body)
	v.expect(v.get("/people/anna/merge?other=lena"), http.StatusOK, "The two are in different tiers")
	v.leads(v.submit("/people/anna/merge", url.Values{"other": {"cilla"}}), "/people/anna")
	v.expect(v.get("/people/anna"), http.StatusOK, "The two records are one.", "Eva Ek", "Undersköterska", "Another record of the same person was merged")
	v.expect(v.get("/people/cilla"), http.StatusNotFound)
	if _, known := s.service.People.Contact("cilla"); known {
		t.Error("the other contact is kept")
	}
	v.leads(v.submit("/people/anna/merge", url.Values{"other": {"lena"}}), "/people/anna/merge?other=lena")
	v.leads(v.submit("/changes/undo", url.Values{"edit": {s.lastStep()}}), "/people/anna")
	v.expect(v.get("/people/cilla"), http.StatusOK, "Eva Ek", "Undersköterska")
	if c, _ := s.service.People.Contact("anna"); c.Occupation != "" || c.Key != "" || c.Email == "" {
		t.Errorf("parted, the kept contact is %+v", c)
	}
	v.leads(v.submit("/changes/undo", url.Values{"edit": {s.lastStep()}}), "/people/anna") // done again
	if c, _ := s.service.People.Contact("anna"); c.Occupation != "Undersköterska" {
		t.Errorf("merged once more, the kept contact is %+v", c)
	}
	v.expect(v.get("/people/none/merge"), http.StatusNotFound)
}

// Whoever is protected is mailed nothing, and gets the own contact back all the same.
func TestAMergeWithSomebodyProtectedIsUndone(t *testing.T) {
	s := published(t)
	before, _ := s.service.People.Contact("cilla")
	v := s.signedIn(coordinator)
	v.leads(v.submit("/people/hidden/merge", url.Values{"other": {"cilla"}}), "/people/hidden")
	s.clock.forward(time.Hour)
	for _, m := range s.send() {
		if m.To.Email == before.Email {
			t.Error("the protected record's merge is mailed of")
		}
	}
	v.leads(v.submit("/changes/undo", url.Values{"edit": {s.lastStep()}}), "/people/hidden")
	if after, known := s.service.People.Contact("cilla"); !known || after != before {
		t.Errorf("parted, the contact is %+v, was %+v", after, before)
	}
	if c, _ := s.service.People.Contact("hidden"); !c.Protected {
		t.Error("parted, the other is protected no more")
	}
}
