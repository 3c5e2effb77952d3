package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/mail"
)

// expectNoSecrets fails when a name that is protected occurs.
func expectNoSecrets(t *testing.T, what, text string) {
	t.Helper()
	for _, name := range secretNames {
		if strings.Contains(strings.ToLower(text), strings.ToLower(name)) {
			t.Errorf("%s tells of %s", what, name)
		}
	}
}

func TestProtectedNamesOccurNowhere(t *testing.T) {
	s := published(t)
	s.do(model.HandBack{Person: "lena", Seminar: s.named("d2")}) // so that a seminar stands open
	visitors := s.visitors()
	visitors["protected attendee"] = s.signedIn(auth.User{Person: "hidden", Role: model.Staff})
	visitors["protected leader"] = s.signedIn(auth.User{Person: "shadow", Role: model.Leader})
	var addresses []string
	for _, route := range s.routes() {
		if method, _, _ := strings.Cut(route, " "); method == fiber.MethodGet {
			addresses = append(addresses, s.example(route))
		}
	}
	for _, id := range []string{"d1", "d2", "d3", "d4"} {
		addresses = append(addresses, "/seminars/"+s.named(id))
	}
	for _, p := range problem().People {
		addresses = append(addresses, s.feedOf(p.ID), strings.TrimSuffix(strings.Replace(s.feedOf(p.ID), "/cal/", "/feed/", 1), ".ics"))
	}
	for _, name := range secretNames {
		addresses = append(addresses, "/seminars?q="+url.QueryEscape(strings.ToLower(name)))
	}
	for kind, v := range visitors {
		for _, address := range addresses {
			for _, partial := range []string{"", "true"} {
				a := v.get(address, "HX-Request", partial)
				text := strings.ReplaceAll(a.body, `value="`+strings.ToLower(secretNames[0])+`"`, "")
				if strings.Contains(address, "?q=") {
					if n := strings.Count(text, "/seminars/S"); n > 0 {
						t.Errorf("%s finds %d seminars as %s", address, n, kind)
					}
					continue // the page shows what was searched for
				}
				if strings.HasPrefix(kind, "protected") {
					text = strings.ReplaceAll(text, ownName(kind), "") // people see the own name beside the sign-out button
				}
				expectNoSecrets(t, address+" as "+kind, text)
			}
		}
	}
}

// ownName is how a protected visitor's own name stands in the frame of the pages.
func ownName(kind string) string {
	given := map[string]string{"protected attendee": "Hemlige", "protected leader": "Skuggan"}[kind]
	return `<span class="user-name">` + given + ` Dunkelgren</span>`
}

func TestMailsTellNoProtectedName(t *testing.T) {
	s := planned(t)
	var mails []mail.Message
	collect := func() { mails = append(mails, s.send()...) }
	s.publish("w1")
	s.publish("")
	collect()
	s.do(model.HandBack{Person: "lena", Seminar: s.named("d2")})
	collect()
	s.do(model.Claim{Person: "lena", Seminar: s.named("d2")})
	collect()
	list := lessons()
	list[1].Leaders, list[1].Slot = []string{"shadow"}, "2027-02-05"
	s.replan(list[:2])
	s.publish("w1")
	collect()
	if len(mails) < 10 {
		t.Fatalf("only %d mails were sent", len(mails))
	}
	for _, m := range mails {
		data, err := m.Bytes()
		s.must(err)
		expectNoSecrets(t, "the mail "+m.Subject, string(data)+m.Text+m.HTML+m.Subject+m.To.Name+m.To.Email+string(m.Calendar))
	}
	for _, r := range s.invites.List() {
		expectNoSecrets(t, "the receipt "+r.Subject, r.Subject+r.Told.Place)
	}
	s.visitor().asks("nobody@enhet.example.org")
	_, links := s.visitor().asks("hemlig.adress1@enhet.example.org")
	if len(links) != 1 || links[0].To.Name != "" {
		t.Fatalf("%d sign-in mails were sent to somebody protected: %v", len(links), links)
	}
	expectNoSecrets(t, "the sign-in mail", links[0].Subject+links[0].Text+links[0].HTML)
	v := s.visitor()
	expectNoSecrets(t, "the page behind the link", v.expect(v.get(mailedLink.FindString(links[0].Text)), http.StatusOK).body)
}

// The form names who takes part by address, and somebody protected by id.
func TestAnActivityIsEditedWithoutProtectedAddresses(t *testing.T) {
	s := published(t)
	s.do(model.SetActivityTypes{Types: []model.ActivityType{{ID: "web", Name: "Kurs", Named: true, Credit: model.CreditNone}}})
	s.do(model.SaveActivity{Activity: model.Activity{Type: "web", Name: "Grund", People: []string{"hidden", "bo"}, Leaders: []string{"shadow"}}})
	v := s.signedIn(auth.User{Person: "coordinator", Role: model.Coordinator})
	id := s.service.State().Activities.List[0].ID
	for _, a := range []string{"/activities/" + id, "/activities/" + id + "/edit", "/activities/" + id + "/participation"} {
		expectNoSecrets(t, a, v.expect(v.get(a), http.StatusOK).body)
	}
	page := v.get("/activities/" + id + "/edit").body
	if !strings.Contains(page, "hidden") || !strings.Contains(page, "shadow") {
		t.Errorf("saved again, the form would lose somebody:\n%s", page)
	}
}
