package web_test

import (
	"net/http"
	"net/url"
	"testing"

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
	page := v.expect(v.get("/people/anna/merge?other=cilla"), http.StatusOK, "This record stays", "Seats given up", "Juridik, Fri 12 Feb 09:00, Salen", "cannot be undone")
	expectNoSecrets(t, page.asked, page.body)
	v.expect(v.get("/people/anna/merge?other=lena"), http.StatusOK, "The two are in different tiers")
	v.leads(v.submit("/people/anna/merge", url.Values{"other": {"cilla"}}), "/people/anna")
	v.expect(v.get("/people/anna"), http.StatusOK, "The two records are one.", "Eva Ek", "Undersköterska", "Another record of the same person was merged")
	v.expect(v.get("/people/cilla"), http.StatusNotFound)
	if _, known := s.service.People.Contact("cilla"); known {
		t.Error("the other contact is kept")
	}
	v.leads(v.submit("/people/anna/merge", url.Values{"other": {"lena"}}), "/people/anna/merge?other=lena")
	v.expect(v.get("/people/none/merge"), http.StatusNotFound)
}
