package web_test

import (
	"net/http"
	"testing"
	"time"

	"kaskad/model"
)

// Nobody asks for anything after the change.
func TestViewsAreMadeBeforeSomebodyAsks(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	v.expect(v.get("/overview"), http.StatusOK)
	for range 3 {
		changed := s.service.Changed()
		s.do(model.RotateFeed{Person: "lena"})
		<-changed
		for tries := 0; !s.web.IsWarm(); tries++ {
			if tries > 10_000 {
				t.Fatal("the views are not made")
			}
			time.Sleep(time.Millisecond)
		}
	}
}
