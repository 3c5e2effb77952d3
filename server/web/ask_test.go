package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kaskad/model"
)

// lacking is a site whose draft has no seat for bo in law; the seminar is full.
func lacking(t *testing.T) *site {
	s := open(t, base, func(s *site) {
		s.must(s.service.People.Save(t.Context(), contacts()))
		p := problem()
		p.Venues[0].Capacity, p.Venues[1].Capacity = 3, 3
		p.Units[1].Wave = "w1"
		s.do(model.LoadProgramme{Problem: p})
	})
	s.draft(append(lessons()[:2], lesson("d3", "staff", "law", "2027-02-10", "shadow", "anna", "hidden"))...)
	return s
}

func TestAPersonGetsASeatFromTheAnswers(t *testing.T) {
	s := lacking(t)
	v := s.signedIn(coordinator)
	v.expect(v.get("/ask"), http.StatusOK, "Needs without a seat", "Namn boson", "Juridik")
	page := v.expect(v.get("/ask/person/bo"), http.StatusOK, "Which seats fit? Juridik", "Take this")
	forms := page.ways()
	v.leads(v.submit("/ask/person/bo", forms[0]), "/ask/person/bo")
	for _, x := range s.service.State().Draft.Plan.Seminars {
		if x.ID == "d3" && !slices.Contains(x.Attendees, "bo") {
			t.Errorf("bo has no seat in %+v", x)
		}
	}
	v.expect(v.submit("/ask/person/bo", forms[0]), http.StatusConflict, "Something has changed")
}

// ways reads what the buttons of a person's answers would send.
func (a answer) ways() []url.Values {
	var list []url.Values
	for _, part := range strings.Split(a.body, `<form method="post" action="/ask/person/`)[1:] {
		values := url.Values{}
		for _, m := range hiddenField.FindAllStringSubmatch(part[:strings.Index(part, "</form>")], -1) {
			if m[1] != "csrf" {
				values.Add(m[1], m[2])
			}
		}
		list = append(list, values)
	}
	return list
}

func TestAPublishedSeatIsGivenAndTold(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	forms := v.expect(v.get("/ask/person/bo"), http.StatusOK, "Take this").ways()
	v.leads(v.submit("/ask/person/bo", forms[0]), "/ask/person/bo")
	if !slices.ContainsFunc(s.service.State().SeminarsOf("bo"), func(x *model.PublishedSeminar) bool { return x.Module == "law" }) {
		t.Error("bo has no seat in law")
	}
	if mails := s.send(); len(mails) != 1 || mails[0].To.Email != "bo@enhet.example.org" {
		t.Errorf("%d mails, want one to bo", len(mails))
	}
}

func TestWhatWouldHelpIsSaid(t *testing.T) {
	s := open(t, base, func(s *site) {
		s.must(s.service.People.Save(t.Context(), contacts()))
		p := problem()
		p.Units[0].MaxAway = new(1)
		p.Slots = p.Slots[:4] // too few days for all, one at a time
		s.do(model.LoadProgramme{Problem: p})
	})
	s.draft(lesson("d1", "staff", "ethics", "2027-02-01", "shadow", "cilla"))
	v := s.signedIn(coordinator)
	v.expect(v.get("/ask/person/bo"), http.StatusOK, "Why is there no seat in Etik?", "The smallest change that helps", "Enheten can spare 2 at once instead of 1")
}

func TestALeaderlessSeminarIsListedWithWhoSuits(t *testing.T) {
	s := published(t)
	s.do(model.HandBack{Person: "lena", Seminar: s.named("d2")})
	v := s.signedIn(coordinator)
	page := v.expect(v.get("/ask"), http.StatusOK, "Seminars without a leader", "Protected identity can take it and suits best")
	if !strings.Contains(page.body, `href="/seminars/`+s.named("d2")+`/options"`) {
		t.Error("the list does not lead to the answers")
	}
}

func TestSeatsAndLeadersAreExplained(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	v.expect(v.get("/ask/person/anna"), http.StatusOK, "Why these seats?", "Takes part in Första")
	v.expect(v.get("/ask/person/lena"), http.StatusOK, "Why does this person lead these?", "Next best is Protected identity")
	v.expect(v.get("/ask/person/nobody"), http.StatusNotFound)
}

func TestWhatIfSaysWhatBreaksAndChangesNothing(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	seq := s.service.State().Seq
	v.expect(v.get("/ask/what-if?kind=venue-shut&venue=room&from=2027-02-03&to=2027-02-03"), http.StatusOK,
		"What if Salen is closed from 3 February 2027 to 3 February 2027?", "1 seminar cannot be held", "Salen is closed then", "Moves to Ladan")
	v.expect(v.get("/ask/what-if?kind=gone-for&person=lena&from=2027-02-03&to=2027-02-03"), http.StatusOK, "Namn lenason is away then", "leads instead")
	v.expect(v.get("/ask/what-if?kind=unit-limit&unit=u&most=0"), http.StatusOK, "needs are left without a seat")
	v.expect(v.get("/ask/what-if?kind=venue-shut&venue=room&from=2027-02-20&to=2027-02-21"), http.StatusOK, "Nothing would have to change")
	for _, address := range []string{"kind=venue-shut&venue=room&from=2027-02-03&to=2027-02-03", "kind=gone-for&person=lena&from=2027-02-03&to=2027-02-03", "kind=unit-limit&unit=u&most=0"} {
		page := v.get("/ask/what-if?" + address)
		_, rest, _ := strings.Cut(page.body, `href="/changes/event?`)
		link, _, _ := strings.Cut(rest, `"`)
		v.expect(v.get("/changes/event?"+strings.ReplaceAll(link, "&amp;", "&")), http.StatusOK)
	}
	for _, wrong := range []string{"", "kind=x", "kind=venue-shut&venue=nowhere&from=2027-02-03&to=2027-02-03", "kind=gone-for&person=lena&from=2027-02-04&to=2027-02-03",
		"kind=gone-for&person=lena&from=tomorrow&to=2027-02-03", "kind=unit-limit&unit=u&most=-1"} {
		v.expect(v.get("/ask/what-if?"+wrong), http.StatusUnprocessableEntity)
	}
	if now := s.service.State().Seq; now != seq {
		t.Errorf("questions have changed the programme from %d to %d", seq, now)
	}
}

func TestAnswersTellNothingOfTheProtected(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	addresses := []string{"/ask", "/ask/what-if?kind=gone-for&person=shadow&from=2027-02-01&to=2027-02-20", "/ask/what-if?kind=venue-shut&venue=room&from=2027-02-01&to=2027-02-20"}
	for _, id := range []string{"d1", "d2", "d3", "d4"} {
		addresses = append(addresses, "/seminars/"+s.named(id)+"/options")
	}
	for _, p := range problem().People {
		addresses = append(addresses, "/ask/person/"+p.ID)
	}
	for _, address := range addresses {
		expectNoSecrets(t, address, v.expect(v.get(address), http.StatusOK).body)
	}
	if page := v.get("/ask/person/hidden"); strings.Contains(page.body, "Enheten") {
		t.Error("the answers about somebody protected tell where they work")
	}
}

func TestASeatIsChangedForAnother(t *testing.T) {
	s := open(t, base, func(s *site) {
		s.must(s.service.People.Save(t.Context(), contacts()))
		s.do(model.LoadProgramme{Problem: problem()})
	})
	s.draft(append(lessons(), lesson("d5", "staff", "ethics", "2027-02-04", "shadow", "cilla"))...)
	s.publish("w1")
	s.publish("")
	s.send()
	v := s.signedIn(coordinator)
	from, to := s.named("d2"), s.named("d5")
	page := v.expect(v.get("/ask/person/anna?instead="+from), http.StatusOK, "Which seats fit instead of Etik", "Other seats")
	way := s.choose(page.ways(), func(f url.Values) bool { return f.Get("to") == to })
	v.leads(v.submit("/ask/person/anna", way), "/ask/person/anna")
	state := s.service.State()
	if slices.Contains(state.Seminars[from].Attendees, "anna") || !slices.Contains(state.Seminars[to].Attendees, "anna") {
		t.Errorf("anna is in %v and %v", state.Seminars[from].Attendees, state.Seminars[to].Attendees)
	}
	if mails := s.send(); len(mails) != 2 {
		t.Errorf("%d mails, want one cancellation and one invitation to anna", len(mails))
	}
	v.expect(v.submit("/ask/person/anna", way), http.StatusConflict, "Something has changed")
}

// What circumstances have broken is answered too: a leader who is ill is
// replaced though a participant of the seminar is away as well.
func TestABrokenSeminarGetsAnotherLeader(t *testing.T) {
	s := published(t)
	id := s.named("d2")
	from, to := s.service.State().Roster.Span(&s.service.State().Seminars[id].Seminar)
	for _, who := range []string{"lena", "anna"} {
		s.do(model.Record{Circumstance: model.Circumstance{Kind: model.PersonAway, Person: who, From: from, To: to}})
	}
	v := s.signedIn(coordinator)
	way := s.choose(v.get("/seminars/"+id+"/options").choices(), func(f url.Values) bool { return f.Get("leader") == "shadow" && f.Get("venue") == "room" })
	v.leads(v.submit("/seminars/"+id+"/options", way), "/seminars/"+id)
	if x := s.service.State().Seminars[id]; !slices.Equal(x.Leaders, []string{"shadow"}) {
		t.Errorf("the seminar is led by %v", x.Leaders)
	}
}
