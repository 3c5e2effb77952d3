package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kaskad/model"
)

// takesBack opens the page that undoes a step, presses its button, and expects
// the mails announced.
func (v *visitor) takesBack(step, button string) announced {
	v.site.t.Helper()
	page := v.expect(v.get("/waves/publish/undo?edit="+step), http.StatusOK, button)
	said := page.figures()
	v.leads(v.submit("/waves/publish/undo", url.Values{"edit": {step}, "revision": {page.field("revision")}}), "/waves")
	v.site.clock.forward(10 * time.Minute)
	sent := counted(v.site.send())
	sent.unreachable = said.unreachable
	if sent != said {
		v.site.t.Errorf("the page announced %+v, the job sent %+v", said, sent)
	}
	return said
}

func (s *site) lastStep() string {
	edits := s.service.State().Edits
	return edits[len(edits)-1].ID
}

func TestAPublicationIsTakenBackAfterItIsShownWhatThatDoes(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	page := v.expect(v.get("/waves/publish?wave=w1"), http.StatusOK)
	v.leads(v.submit("/waves/publish?wave=w1", url.Values{"revision": {page.field("revision")}}), "/waves")
	step := s.lastStep()
	for _, said := range [][2]string{{"/waves", "Första is published."}, {"/waves/publish?wave=w1", "Last published by"}, {"/changes", "Published: Första"}} {
		if a := v.expect(v.get(said[0]), http.StatusOK, said[1]); !strings.Contains(a.body, `href="/waves/publish/undo?edit=`+step) {
			t.Errorf("%s does not lead to where the publication is taken back", said[0])
		}
	}
	expectNoSecrets(t, "taking back", v.get("/waves/publish/undo?edit="+step).body)
	v.leads(v.submit("/changes/undo", url.Values{"edit": {step}}), "/waves/publish/undo?edit="+step) // it is looked at first
	v.expect(v.submit("/waves/publish/undo", url.Values{"edit": {step}, "revision": {"0"}}), http.StatusConflict, "Look once more before you publish")
	if said := v.takesBack(step, "Take the publication back"); said.people != 0 {
		t.Errorf("before any mail has left, taking it back tells %+v", said)
	}
	for id, x := range s.service.State().Seminars {
		if !x.Cancelled {
			t.Errorf("%s is still on", id)
		}
	}
	if told := v.takesBack(s.lastStep(), "Publish once more"); told.people == 0 || told.voids+told.updates > 0 {
		t.Errorf("done again it tells %+v, want invitations alone", told)
	}
	if told := v.takesBack(s.lastStep(), "Take the publication back"); told.people == 0 || told.voids == 0 || told.invites+told.updates > 0 {
		t.Errorf("taken back after it was told it tells %+v, want cancellations alone", told)
	}
	v.publishes("w1") // the draft is as good as it was
	v.expect(v.get("/waves/publish/undo?edit=P99999"), http.StatusNotFound)
}

func TestAPublicationThatOthersHaveChangedIsNotTakenBack(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	list := lessons()
	list[1].Slot = "2027-02-04"
	for i := range list {
		list[i].ID = s.named(list[i].ID)
	}
	s.draft(list...)
	s.publish("w1")
	step := s.lastStep()
	s.do(model.ChangeLeaders{Seminar: list[1].ID, Leaders: []string{}})
	page := v.expect(v.get("/waves/publish/undo?edit="+step), http.StatusOK, "Somebody has changed the same seminar since")
	if page.field("revision") != "" {
		t.Error("the page has a button that cannot do anything")
	}
}
