package web_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/store"
)

func TestPagesAreWholeWhileTheProgrammeChanges(t *testing.T) {
	s := published(t)
	s.dial().Close() // the server is up before the crowd comes
	visitors := s.visitors()
	seminar := s.named("d2")
	var crowd sync.WaitGroup
	for kind, addresses := range map[string][]string{
		"coordinator": {"/overview", "/waves", "/map", "/seminars", "/seminars/" + seminar, "/waves/publish?wave=w1"},
		"leader":      {"/my", s.feedOf("lena"), "/seminars/" + s.named("d4")},
		"staff":       {"/my", s.feedOf("anna"), "/seminars/" + seminar},
		"anonymous":   {"/sign-in", s.feedOf("cilla"), "/healthz"},
	} {
		crowd.Go(func() {
			for range 10 {
				for _, address := range addresses {
					if a := visitors[kind].get(address); a.status != http.StatusOK {
						t.Errorf("%s as %s = %d\n%s", address, kind, a.status, words(a.body))
					}
				}
			}
		})
	}
	for range 10 {
		for _, c := range []model.Command{model.HandBack{Person: "lena", Seminar: seminar}, model.Claim{Person: "lena", Seminar: seminar}, model.RotateFeed{Person: "bo"}} {
			if _, err := s.service.Do(t.Context(), coordinator.Actor(), c); err != nil {
				t.Errorf("%T: %v", c, err)
			}
		}
	}
	crowd.Wait()
	if got := s.service.State().Seminars[seminar].Leaders; len(got) != 1 || got[0] != "lena" {
		t.Errorf("in the end %v lead the seminar", got)
	}
}

func TestLogsTellNoSecret(t *testing.T) {
	s := published(t)
	token, err := s.desk.Link(t.Context(), leader, auth.MailedLink)
	s.must(err)
	v := s.signedIn(leader)
	secrets := []string{token, v.cookies["__Host-kaskad"], v.formToken(), s.web.Secret.FeedToken("direkt", "anna", 0)}
	feed := s.feedOf("anna")
	s.clock.broken("(*Server).findFeed")
	v.expect(v.get(feed), http.StatusNotFound)
	s.clock.broken("")
	s.store.Inject(func(method, key string) store.Fault {
		if key == "links" {
			return store.LoseRequest
		}
		return store.NoFault
	})
	v.get("/sign-in/" + token)
	v.submit("/sign-in/"+token, nil)
	log := s.log.String()
	for _, want := range []string{"/cal/:token.ics", "/sign-in/:token", "request broke down", "broken clock"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log does not tell of %s:\n%s", want, log)
		}
	}
	for _, secret := range secrets {
		if strings.Contains(log, secret) {
			t.Errorf("the log tells the secret %s:\n%s", secret, log)
		}
	}
	expectNoSecrets(t, "the log", log)
}

func TestNoRequestOutlivesItsHandler(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("only %d sources were found: %v", len(files), err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(source), "\n") {
			request := strings.Contains(line, ".Context()") && !strings.Contains(line, ".Context().SetBodyStreamWriter(")
			if request && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("%s:%d hands the request itself on, which Fiber uses again: %s", file, n+1, strings.TrimSpace(line))
			}
		}
	}
}
