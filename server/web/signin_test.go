package web_test

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/mail"
	"kaskad/server/store"
)

func TestALinkSignsInOnce(t *testing.T) {
	s := published(t)
	token, err := s.desk.Link(t.Context(), leader, auth.MailedLink)
	s.must(err)
	v := s.visitor()
	for range 3 { // as mail scanners do
		v.expect(v.get("/sign-in/"+token), http.StatusOK, "You are signing in as Namn lenason.")
		v.expect(v.ask(http.MethodHead, "/sign-in/"+token, ""), http.StatusOK)
	}
	v.leads(v.submit("/sign-in/"+token, nil), "/")
	v.leads(v.get("/"), "/my")
	late := s.visitor()
	late.expect(late.get("/sign-in/"+token), http.StatusOK, "This link cannot be used")
	late.expect(late.submit("/sign-in/"+token, nil), http.StatusForbidden, "This link cannot be used")
	late.leads(late.get("/my"), "/sign-in")
}

func TestALinkRunsOut(t *testing.T) {
	s := published(t)
	token, err := s.desk.Link(t.Context(), leader, auth.MailedLink)
	s.must(err)
	s.clock.forward(auth.MailedLink)
	v := s.visitor()
	v.expect(v.get("/sign-in/"+token), http.StatusOK, "This link cannot be used")
	v.expect(v.submit("/sign-in/"+token, nil), http.StatusForbidden)
	v.leads(v.get("/my"), "/sign-in")
}

func TestHomeLeadsToOnesWork(t *testing.T) {
	s := published(t)
	for kind, want := range map[string]string{"anonymous": "/sign-in", "staff": "/my", "leader": "/my", "coordinator": "/overview"} {
		v := s.visitors()[kind]
		v.leads(v.get("/"), want)
	}
}

var mailedLink = regexp.MustCompile(`/sign-in/\S+`)

// asks sends the form of the sign-in page and hands over the mails that came of it.
func (v *visitor) asks(email string) (answer, []mail.Message) {
	v.site.t.Helper()
	a := v.submit("/sign-in", url.Values{"email": {email}})
	v.site.web.WaitForLetters()
	return a, v.site.post.taken()
}

func TestAskingForALinkTellsNothing(t *testing.T) {
	s := published(t)
	v := s.visitor()
	known, mails := v.asks("anna@enhet.example.org")
	if len(mails) != 1 || mails[0].To.Email != "anna@enhet.example.org" {
		t.Fatalf("%d mails were sent: %v", len(mails), mails)
	}
	unknown, none := v.asks("nemo@enhet.example.org")
	s.post.refuse = errors.New("the mail server is down")
	down, _ := v.asks("anna@enhet.example.org")
	s.store.Inject(func(method, key string) store.Fault {
		if key == "links" {
			return store.LoseRequest
		}
		return store.NoFault
	})
	broken, _ := v.asks("anna@enhet.example.org")
	if len(none) != 0 {
		t.Errorf("an unknown address was sent %d mails", len(none))
	}
	for what, a := range map[string]answer{"an unknown address": unknown, "no mail server": down, "no store": broken} {
		same := strings.ReplaceAll(a.body, "nemo@", "anna@") == known.body
		if a.status != known.status || !same {
			t.Errorf("with %s the answer is %d, other than %d for a known address", what, a.status, known.status)
		}
	}
	s.store.Inject(func(string, string) store.Fault { return store.NoFault })
	in := s.visitor()
	in.leads(in.submit(mailedLink.FindString(mails[0].Text), nil), "/")
	in.expect(in.get("/my"), http.StatusOK, "Namn annason")
}

func TestLinksByMailAreLimited(t *testing.T) {
	s := published(t)
	v := s.visitor()
	sent := 0
	for range 8 {
		a, mails := v.asks("Anna@Enhet.example.org")
		v.expect(a, http.StatusOK, "Check your inbox")
		sent += len(mails)
	}
	if sent != 5 {
		t.Errorf("8 requests sent %d mails, want 5", sent)
	}
	if _, mails := v.asks("bo@enhet.example.org"); len(mails) != 1 {
		t.Errorf("a colleague behind the same network was sent %d mails, want 1", len(mails))
	}
	s.clock.forward(16 * time.Minute)
	if _, mails := v.asks("anna@enhet.example.org"); len(mails) != 1 {
		t.Errorf("a while later %d mails were sent, want 1", len(mails))
	}
}

func TestWhatIsNoAddressIsSaidAtOnce(t *testing.T) {
	s := loaded(t)
	v := s.visitor()
	for _, email := range []string{"", "anna", strings.Repeat("a", 300) + "@example.org"} {
		a, mails := v.asks(email)
		v.expect(a, http.StatusUnprocessableEntity, "Write your e-mail address")
		if len(mails) != 0 {
			t.Errorf("%q was sent %d mails", email, len(mails))
		}
	}
}

func TestCoordinatorsSignInByMail(t *testing.T) {
	s := published(t)
	v := s.visitor()
	_, mails := v.asks("boss@Kaskad.example.org")
	if len(mails) != 1 {
		t.Fatalf("%d mails were sent, want 1", len(mails))
	}
	v.leads(v.submit(mailedLink.FindString(mails[0].Text), nil), "/")
	v.expect(v.get("/overview"), http.StatusOK)
	seq := s.service.State().Seq
	v.submit("/waves/publish?wave=w1", nil) // refused: it was published already
	s.draft(lessons()[:1]...)
	page := v.get("/waves/publish?wave=w1")
	v.leads(v.submit("/waves/publish?wave=w1", url.Values{"revision": {page.field("revision")}}), "/waves")
	s.must(s.store.Entries(t.Context(), "p", seq+1, func(e store.Entry) error {
		if strings.Contains(e.Actor, "boss") || strings.Contains(e.Actor, "@") {
			t.Errorf("entry %d of the journal keeps the address of a coordinator: %q", e.Seq, e.Actor)
		}
		return nil
	}))
	s.web.Coordinators = nil
	v.leads(v.get("/overview"), "/sign-in")
}

func TestASessionEnds(t *testing.T) {
	s := published(t)
	v := s.signedIn(leader)
	stolen := s.visitor()
	for name, value := range v.cookies {
		stolen.cookies[name] = value
	}
	stolen.expect(stolen.get("/my"), http.StatusOK)
	v.leads(v.submit("/sign-out", nil), "/sign-in")
	v.leads(v.get("/my"), "/sign-in")
	stolen.leads(stolen.get("/my"), "/sign-in")

	again := s.signedIn(leader)
	first := again.cookies["__Host-kaskad"]
	token, err := s.desk.Link(t.Context(), staff, auth.MailedLink)
	s.must(err)
	again.leads(again.submit("/sign-in/"+token, nil), "/")
	again.expect(again.get("/my"), http.StatusOK, "Namn annason")
	if _, ok, err := s.desk.Session(t.Context(), first); ok || err != nil {
		t.Errorf("the session before a new sign-in goes on: %v, %v", ok, err)
	}
	s.clock.forward(auth.SessionLength)
	again.leads(again.get("/my"), "/sign-in")
}

func TestRolesAreThoseOfToday(t *testing.T) {
	s := loaded(t)
	v := s.signedIn(leader)
	p := problem()
	p.People[0].Leads = nil
	s.do(model.LoadProgramme{Problem: p})
	v.expect(v.submit("/my/claim", url.Values{"seminar": {"any"}}), http.StatusForbidden)
	gone := s.signedIn(auth.User{Person: "nobody", Role: model.Staff})
	gone.leads(gone.get("/my"), "/sign-in")
}

func TestPreferencesLeadBackToThisServerOnly(t *testing.T) {
	s := loaded(t)
	v := s.visitor()
	for _, back := range []string{"/my", "/seminars?q=%C3%A5&page=2", "/"} {
		v.leads(v.submit("/preferences", url.Values{"back": {back}}), back)
	}
	for _, back := range []string{"", "https://evil.example", "//evil.example", `/\evil.example`, "/\t/evil.example", "\t//evil.example", "/\r\n/evil.example",
		"javascript:alert(1)", "my", "/%zz", "/\x00/evil"} {
		v.leads(v.submit("/preferences", url.Values{"back": {back}}), "/")
	}
	v.submit("/preferences", url.Values{"lang": {"sv"}, "theme": {"dark"}})
	page := v.get("/sign-in").body
	if !strings.Contains(page, `<html lang="sv" data-theme="dark">`) {
		t.Errorf("the choice of language and theme is not kept: %.100s", page)
	}
	v.submit("/preferences", url.Values{"lang": {"xx"}, "theme": {`"><script>`}})
	if v.cookies["lang"] != "sv" || v.cookies["theme"] != "dark" {
		t.Errorf("preferences that do not exist are kept: %q", v.cookies)
	}
}

func TestASentenceOfSomebodyElsesIsNotShown(t *testing.T) {
	s := published(t)
	v := s.signedIn(leader)
	v.leads(v.submit("/my/claim", url.Values{"seminar": {"none"}}), "/my")
	kept := v.cookies["__Host-flash"]
	if kept == "" {
		t.Fatal("no sentence is kept")
	}
	other := s.signedIn(staff)
	for what, cookie := range map[string]string{
		"plain": url.QueryEscape("success Kaskad is closed <script>alert(1)</script>"), "another kind": url.QueryEscape("nonsense x"),
		"another session's": kept, "unreadable": "%zz", "changed": kept + "x", "empty mark": ".error+boo",
	} {
		other.cookies["__Host-flash"] = cookie
		page := other.expect(other.get("/my"), http.StatusOK)
		if strings.Contains(page.body, `role="status"><svg`) || strings.Contains(page.body, "closed") || strings.Contains(page.body, `class="callout`) {
			t.Errorf("a sentence that is %s is shown", what)
		}
	}
	v.cookies["__Host-flash"] = kept
	v.expect(v.get("/my"), http.StatusOK, "Seminar none does not exist any more.")
	if again := v.get("/my"); strings.Contains(again.body, "does not exist") {
		t.Error("the sentence is shown a second time")
	}
}

func TestSessionsSayWhenTheStoreIsAway(t *testing.T) {
	s := published(t)
	v := s.signedIn(leader)
	s.store.Inject(func(method, key string) store.Fault {
		if key == "sessions" {
			return store.LoseRequest
		}
		return store.NoFault
	})
	a := v.get("/my")
	if a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" || !strings.Contains(words(a.body), "Reference:") || strings.Contains(a.body, "injected") {
		t.Errorf("without a store the page is %d: %s", a.status, words(a.body))
	}
}

func TestHealthIsHonest(t *testing.T) {
	s := loaded(t)
	v := s.visitor()
	v.expect(v.get("/healthz"), http.StatusOK, "ok 1")
	s.store.Inject(func(string, string) store.Fault { return store.LoseRequest })
	v.expect(v.get("/healthz"), http.StatusServiceUnavailable)
	s.store.Inject(func(string, string) store.Fault { return store.NoFault })
	v.expect(v.get("/healthz"), http.StatusOK, "ok 1")
}
