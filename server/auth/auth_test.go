package auth_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/store"
)

// desk is a desk by a clock of the test's.
func desk() (*auth.Desk, *store.Memory, *time.Time) {
	now := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	s := store.OpenMemory()
	return &auth.Desk{Store: s, Now: func() time.Time { return now }}, s, &now
}

var lena = auth.User{Person: "lena", Role: model.Leader}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestALinkWorksUntilItsTimeIsUp(t *testing.T) {
	for _, c := range []struct {
		age  time.Duration
		want bool
	}{{0, true}, {auth.MailedLink - time.Millisecond, true}, {auth.MailedLink, false}, {auth.MailedLink + time.Hour, false}} {
		d, _, now := desk()
		token := must[string](t)(d.Link(t.Context(), lena, auth.MailedLink))
		*now = now.Add(c.age)
		if u, ok, err := d.LinkUser(t.Context(), token); ok != c.want || err != nil || ok && u != lena {
			t.Errorf("at %v the link is of %v, %v, %v; want it to work: %v", c.age, u, ok, err, c.want)
		}
		session, u, err := d.SignIn(t.Context(), token)
		if (err == nil) != c.want || c.want && u != lena || !c.want && (model.CodeOf(err) != model.Unauthenticated || session != "") {
			t.Errorf("at %v signing in gives %q, %v, %v; want it to work: %v", c.age, session, u, err, c.want)
		}
	}
}

func TestALinkWorksOnceInARace(t *testing.T) {
	d, _, _ := desk()
	token := must[string](t)(d.Link(t.Context(), lena, auth.MailedLink))
	var in, out atomic.Int32
	var racers sync.WaitGroup
	start := make(chan struct{})
	for range 16 {
		racers.Go(func() {
			<-start
			if _, _, err := d.SignIn(context.Background(), token); err == nil {
				in.Add(1)
			} else if model.CodeOf(err) == model.Unauthenticated {
				out.Add(1)
			}
		})
	}
	close(start)
	racers.Wait()
	if in.Load() != 1 || out.Load() != 15 {
		t.Errorf("of 16 who use one link at once %d come in and %d are refused, want 1 and 15", in.Load(), out.Load())
	}
}

func TestLookingAtALinkDoesNotUseItUp(t *testing.T) {
	d, _, _ := desk()
	token := must[string](t)(d.Link(t.Context(), lena, auth.PrintedLink))
	for range 3 {
		if _, ok, err := d.LinkUser(t.Context(), token); !ok || err != nil {
			t.Fatalf("looking at the link: %v, %v", ok, err)
		}
	}
	if _, _, err := d.SignIn(t.Context(), token); err != nil {
		t.Errorf("after looking at it the link fails: %v", err)
	}
}

func TestASessionLastsUntilItsTimeIsUp(t *testing.T) {
	d, _, now := desk()
	token := must[string](t)(d.Link(t.Context(), lena, auth.MailedLink))
	session, _, err := d.SignIn(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	*now = now.Add(auth.SessionLength - time.Millisecond)
	if u, ok, err := d.Session(t.Context(), session); !ok || err != nil || u != lena {
		t.Errorf("just before its end the session is of %v, %v, %v", u, ok, err)
	}
	*now = now.Add(time.Millisecond)
	if _, ok, err := d.Session(t.Context(), session); ok || err != nil {
		t.Errorf("at its end the session is still there: %v, %v", ok, err)
	}
	for _, unknown := range []string{"", "x", token, strings.Repeat("a", 10000), "\xff"} {
		if _, ok, err := d.Session(t.Context(), unknown); ok || err != nil {
			t.Errorf("%.10q is a session: %v, %v", unknown, ok, err)
		}
	}
}

func TestSigningOutEndsTheSession(t *testing.T) {
	d, _, _ := desk()
	session, _, err := d.SignIn(t.Context(), must[string](t)(d.Link(t.Context(), lena, auth.MailedLink)))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := d.SignOut(t.Context(), session); err != nil {
			t.Errorf("signing out: %v", err)
		}
		if _, ok, err := d.Session(t.Context(), session); ok || err != nil {
			t.Errorf("after signing out the session is there: %v, %v", ok, err)
		}
	}
}

func TestTheStoreHoldsNoToken(t *testing.T) {
	d, s, _ := desk()
	link := must[string](t)(d.Link(t.Context(), lena, auth.MailedLink))
	session, _, err := d.SignIn(t.Context(), must[string](t)(d.Link(t.Context(), lena, auth.MailedLink)))
	if err != nil {
		t.Fatal(err)
	}
	if len(link) != 43 || len(session) != 43 || link == session {
		t.Errorf("the tokens %q and %q are not 256 bits each of their own", link, session)
	}
	records := 0
	for _, bucket := range []string{"links", "sessions"} {
		err := s.All(t.Context(), bucket, func(id string, doc []byte) error {
			records++
			for _, token := range []string{link, session} {
				if strings.Contains(id+string(doc), token) {
					t.Errorf("%s keeps the token itself: %s %s", bucket, id, doc)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if records != 2 {
		t.Errorf("%d records are kept, want the link's and the session's", records)
	}
}

func TestSweepDeletesWhatHasRunOut(t *testing.T) {
	d, s, now := desk()
	old := must[string](t)(d.Link(t.Context(), lena, auth.MailedLink))
	session, _, err := d.SignIn(t.Context(), must[string](t)(d.Link(t.Context(), lena, auth.MailedLink)))
	if err != nil {
		t.Fatal(err)
	}
	*now = now.Add(auth.MailedLink)
	fresh := must[string](t)(d.Link(t.Context(), lena, auth.MailedLink))
	if n, err := d.Sweep(t.Context()); n != 1 || err != nil {
		t.Errorf("Sweep() = %d, %v; want the one link that has run out", n, err)
	}
	if _, ok, _ := d.LinkUser(t.Context(), fresh); !ok {
		t.Error("a link that works is swept away")
	}
	if _, ok, _ := d.LinkUser(t.Context(), old); ok {
		t.Error("a link that has run out is still there")
	}
	if _, ok, _ := d.Session(t.Context(), session); !ok {
		t.Error("a session that lasts is swept away")
	}
	*now = now.Add(auth.SessionLength)
	if n, err := d.Sweep(t.Context()); n != 2 || err != nil {
		t.Errorf("Sweep() a month later = %d, %v; want 2", n, err)
	}
	s.Inject(func(method, _ string) store.Fault {
		if method == "All" {
			return store.LoseRequest
		}
		return store.NoFault
	})
	if _, err := d.Sweep(t.Context()); !errors.Is(err, store.ErrInjected) {
		t.Errorf("Sweep() of a store that fails: %v", err)
	}
}

func TestAStoreThatFailsSignsNobodyIn(t *testing.T) {
	d, s, _ := desk()
	token := must[string](t)(d.Link(t.Context(), lena, auth.MailedLink))
	s.Inject(func(string, string) store.Fault { return store.LoseRequest })
	if _, err := d.Link(t.Context(), lena, auth.MailedLink); err == nil {
		t.Error("a link that was not kept is handed out")
	}
	session, _, err := d.SignIn(t.Context(), token)
	if session != "" || err == nil || model.CodeOf(err) == model.Unauthenticated {
		t.Errorf("SignIn() = %q, %v; want the store's error, not that the link is used", session, err)
	}
	if _, ok, err := d.Session(t.Context(), "any"); ok || err == nil {
		t.Errorf("Session() = %v, %v; want the store's error", ok, err)
	}
	if _, ok, err := d.LinkUser(t.Context(), token); ok || err == nil {
		t.Errorf("LinkUser() = %v, %v; want the store's error", ok, err)
	}
}

func TestFormTokensFitTheirSessionOnly(t *testing.T) {
	s := auth.Secret{1}
	token := s.FormToken("session")
	for _, c := range []struct {
		secret         auth.Secret
		session, token string
		want           bool
	}{
		{s, "session", token, true}, {s, "session", "", false}, {s, "session", token[:42], false}, {s, "session", token + "x", false},
		{s, "other", token, false}, {auth.Secret{2}, "session", token, false}, {s, "session", s.FeedToken("form", "session", 0), false},
	} {
		if got := c.secret.FormTokenFits(c.session, c.token); got != c.want {
			t.Errorf("FormTokenFits(%q, %q) = %v, want %v", c.session, c.token, got, c.want)
		}
	}
}

func TestFeedTokensDifferInEverything(t *testing.T) {
	s := auth.Secret{1}
	seen := map[string]string{}
	for name, token := range map[string]string{
		"this one": s.FeedToken("p", "anna", 0), "the next generation": s.FeedToken("p", "anna", 1), "another person": s.FeedToken("p", "bo", 0),
		"another programme": s.FeedToken("q", "anna", 0), "another secret": auth.Secret{2}.FeedToken("p", "anna", 0),
		"a shifted border": s.FeedToken("pa", "nna", 0), "a form": s.FormToken("p"),
	} {
		if other, taken := seen[token]; taken || len(token) != 43 {
			t.Errorf("the token of %s is %q, as that of %s", name, token, other)
		}
		seen[token] = name
	}
	if again := s.FeedToken("p", "anna", 0); seen[again] != "this one" {
		t.Error("the same address is another the second time")
	}
}

func TestSignedTextsAreReadBackForTheirSessionOnly(t *testing.T) {
	s := auth.Secret{1}
	for _, text := range []string{"", "success Klart.", "a.b.c", "åäö\x00\n", strings.Repeat("x", 5000)} {
		signed := s.Sign("session", text)
		if got, ok := s.Signed("session", signed); !ok || got != text {
			t.Errorf("Signed(Sign(%.20q)) = %.20q, %v", text, got, ok)
		}
		for what, ok := range map[string]bool{
			"another session": second(s.Signed("other", signed)), "another secret": second(auth.Secret{2}.Signed("session", signed)),
			"a changed text": second(s.Signed("session", signed+"x")), "no mark": second(s.Signed("session", text)), "an empty mark": second(s.Signed("session", "."+text)),
		} {
			if ok {
				t.Errorf("%.20q is read with %s", text, what)
			}
		}
	}
}

func second(_ string, ok bool) bool { return ok }

func TestAPseudonymIsThePersonsAndTellsNothing(t *testing.T) {
	s := auth.Secret{1}
	one := s.Pseudonym("Boss@Example.org")
	if one != s.Pseudonym("boss@example.org") || one == s.Pseudonym("boss@example.com") || one == (auth.Secret{2}).Pseudonym("boss@example.org") {
		t.Error("a pseudonym does not stand for one address under one secret")
	}
	if strings.Contains(one, "boss") || len(one) != 22 {
		t.Errorf("the pseudonym %q tells of its address", one)
	}
}
