package web_test

import (
	"regexp"
	"strings"
	"testing"

	"kaskad/model"
)

// A row, an item or a card: what stands in one is about one person, seminar or unit.
var rowOf = regexp.MustCompile(`(?s)<(tr|li|option|figcaption|article)\b.*?</(?:tr|li|option|figcaption|article)>`)

// Whoever is protected works in a unit of their own here, so that its name beside
// theirs, or beside what stands for it, gives them away. Their own record and
// their unit's page may tell: somebody has to plan for them.
func TestNoRowTellsWhereTheProtectedWork(t *testing.T) {
	const refuge = "Gömstället"
	s := soundIn(t, func(p *model.Problem) {
		p.Units = append(p.Units, model.Unit{ID: "refuge", Name: refuge, Sector: "primary", Area: "1480", Lat: 57.7, Lon: 12, Wave: "w1"})
		for i := range p.People {
			if id := p.People[i].ID; id == "hidden" || id == "shadow" {
				p.People[i].Unit = "refuge"
			}
		}
	})
	s.send()
	x := s.furnish()
	own := regexp.MustCompile(`^/(people|leaders|ask/person)/(hidden|shadow)\b|^/units/refuge|^/calendars/units/refuge`)
	about := regexp.MustCompile(`(?i)\b(hidden|shadow|participant|protected identity|somebody)\b`)
	link := regexp.MustCompile(`/(hidden|shadow)["/?]`)
	addresses := x.all()
	for _, a := range []string{"/people?q=", "/people?columns=all", "/people/export?list=people&format=csv", "/people/export", "/leaders/export", "/units/export", "/venues/export", "/hours?by=person&unit=refuge",
		"/hours/export?by=person", "/hours/export?by=person&format=csv", "/people/anna/merge?q=", "/people/anna/merge?other=hidden", "/reports?about=shifts", "/reports?about=sectors",
		"/timetable?week=2027-02-10&by=leader", "/timetable?week=2027-02-10&by=area", "/map?area=1480&show=flows", "/changes/event?kind=person-away&q=hidden", "/changes/event?kind=leader-stops&q=shadow",
		"/outbox/preview", "/waves/publish?wave=w1", "/seminars?area=1480"} {
		addresses = append(addresses, example{a, a, "coordinator"})
	}
	boss := map[string]*visitor{}
	rows := 0
	for _, e := range addresses {
		if own.MatchString(e.address) {
			continue
		}
		if boss[e.who] == nil {
			boss[e.who] = x.visitor(e.who)
		}
		a := boss[e.who].get(e.address)
		list := rowOf.FindAllString(a.body, -1)
		if kind := a.header.Get("Content-Type"); !strings.Contains(kind, "html") {
			list = strings.Split(a.body, "\n")
		}
		for _, row := range list {
			rows++
			if strings.Contains(row, refuge) && (about.MatchString(words(row)) || link.MatchString(row)) && !strings.Contains(row, `<option value="refuge"`) {
				t.Errorf("%s as %s tells where somebody protected works: %s", e.address, e.who, words(row))
			}
		}
	}
	if rows < 200 {
		t.Errorf("only %d rows were looked at", rows)
	}
	for _, id := range []string{"hidden", "shadow"} { // or the test would look for nothing
		if page := boss["coordinator"].get("/people/" + id).body; !strings.Contains(page, refuge) {
			t.Errorf("the own record of %s does not tell where they work", id)
		}
	}
}
