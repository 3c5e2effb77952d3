package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"kaskad/model"
)

func init() { access["GET /revision"] = "coordinator" }

func TestPagesFollowTheRevision(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	seq := s.service.State().Seq
	if page := v.get("/overview").body; !strings.Contains(page, fmt.Sprintf(`<body data-revision="%d"`, seq)) {
		t.Errorf("the page does not say that it shows revision %d", seq)
	}
	asked := fmt.Sprintf("/revision?page=%d", seq)
	v.expect(v.get(asked), http.StatusNoContent)
	s.do(model.CancelSeminar{Seminar: s.named("d3"), Now: s.clock.Now()})
	if now := v.get(asked); now.status != http.StatusOK || now.body != fmt.Sprint(seq+1) {
		t.Errorf("after a change it answers %d %q", now.status, now.body)
	}
	if page := s.signedIn(leader).get("/my").body; strings.Contains(page, "data-revision") {
		t.Error("a leader's page asks for the revision, which only coordinators may see")
	}
}
