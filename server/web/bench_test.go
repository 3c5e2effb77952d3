package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/demo"
)

// large is a demonstration with a plan of full seminars: valid in form, not by
// the rules, which no page asks about.
func large(b *testing.B, staff int, publish bool) *site {
	b.Helper()
	p, contacts := demo.Direkt(demo.Options{Staff: staff})
	return open(b, base, func(s *site) {
		s.must(s.service.People.Save(b.Context(), contacts))
		s.do(model.LoadProgramme{Problem: p})
		s.do(model.SaveDraft{Plan: fullPlan(p), Base: s.service.State().Seq})
		if publish {
			for _, w := range p.Waves {
				s.publish(w.ID)
			}
		}
	})
}

// fullPlan puts everybody into a seminar of each module, twenty at a time, by wave.
func fullPlan(p *model.Problem) *model.Plan {
	plan := &model.Plan{Format: model.PlanFormat, Problem: p.Programme.ID, Unmet: []model.Unmet{}}
	var leaders []string
	units := map[string]*model.Unit{}
	for i := range p.Units {
		units[p.Units[i].ID] = &p.Units[i]
	}
	groups := map[string][]string{} // tier and wave → people
	for i := range p.People {
		x := &p.People[i]
		if x.Leads != nil {
			leaders = append(leaders, x.ID)
		}
		if x.Tier != "" {
			key := x.Tier + "/" + units[x.Unit].Wave
			groups[key] = append(groups[key], x.ID)
		}
	}
	for _, tier := range p.Tiers {
		for _, w := range p.Waves {
			for group := range slices.Chunk(groups[tier.ID+"/"+w.ID], 20) {
				for _, module := range tier.Modules {
					n := len(plan.Seminars)
					plan.Seminars = append(plan.Seminars, model.Seminar{ID: fmt.Sprintf("s%d", n), Tier: tier.ID, Module: module,
						Slot: p.Slots[n%len(p.Slots)].ID, Venue: p.Venues[n%len(p.Venues)].ID, Leaders: []string{leaders[n%len(leaders)]}, Attendees: group})
				}
			}
		}
	}
	return plan
}

var sizes = []int{4000, 40000}

// BenchmarkPages is the server's time for a page, connection and parsing included.
func BenchmarkPages(b *testing.B) {
	for _, staff := range sizes {
		s := large(b, staff, true)
		for _, page := range []string{"/overview", "/waves", "/map", "/seminars", "/seminars?q=lund", "/plan", "/outbox",
			"/people", "/people?q=lind", "/people?sort=-missing&page=3", "/people?standing=booked&sort=unit", "/leaders", "/units", "/venues",
			"/forecast", "/hours", "/reports", "/reports?about=travel", "/reports?about=mix", "/reports?about=leaders", "/reports?about=fairness"} {
			s.pageTime(b, fmt.Sprintf("%d%s", staff, page), s.signedIn(coordinator), page)
		}
		first := s.service.State().Working()[0].Attendees
		anybody := first[len(first)-1]
		boss := s.signedIn(coordinator)
		s.pageTime(b, fmt.Sprintf("%d/people/one", staff), boss, "/people/"+anybody)
		s.pageTime(b, fmt.Sprintf("%d/leaders/one", staff), boss, "/leaders/"+s.service.State().Working()[0].Leaders[0])
		s.pageTime(b, fmt.Sprintf("%d/units/one", staff), boss, "/units/"+s.service.State().Roster.People[anybody].Unit)
		s.pageTime(b, fmt.Sprintf("%d/venues/one", staff), boss, "/venues/"+s.service.State().Working()[0].Venue)
		me := s.signedIn(auth.User{Person: anybody, Role: model.Staff})
		s.pageTime(b, fmt.Sprintf("%d/my", staff), me, "/my")
		s.pageTime(b, fmt.Sprintf("%d/feed", staff), s.visitor(), s.feedOf(anybody))
		b.Run(fmt.Sprintf("%d/feed/after-a-change", staff), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s.do(model.RotateFeed{Person: s.service.State().Working()[0].Leaders[0]})
				b.StartTimer()
				s.visitor().get(s.feedOf(anybody))
			}
		})
	}
}

func BenchmarkPublishPage(b *testing.B) {
	for _, staff := range sizes {
		s := large(b, staff, false)
		s.pageTime(b, fmt.Sprint(staff), s.signedIn(coordinator), "/waves/publish?wave=w1")
	}
}

// BenchmarkWavePages are the pages on which waves are planned.
func BenchmarkWavePages(b *testing.B) {
	for _, staff := range sizes {
		s := large(b, staff, false)
		boss := s.signedIn(coordinator)
		for _, page := range []string{"/waves", "/waves/propose", "/waves/move?area=1440&from=w1&to=w2", "/waves/edit?wave=w1", "/waves/split?wave=w1"} {
			s.pageTime(b, fmt.Sprintf("%d%s", staff, page), boss, page)
		}
	}
}

func (s *site) pageTime(b *testing.B, name string, v *visitor, page string) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		size, took := 0, []time.Duration{}
		for b.Loop() {
			start := time.Now()
			a := v.get(page)
			took = append(took, time.Since(start))
			if a.status != http.StatusOK {
				b.Fatalf("%s = %d\n%s", page, a.status, words(a.body))
			}
			size = len(a.body)
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		b.ReportMetric(float64(size)/1024, "KiB/page")
	})
}

// BenchmarkTimetable is the timetable, and with a seminar picked up: every place
// shown is asked about.
func BenchmarkTimetable(b *testing.B) {
	for _, staff := range sizes {
		s := large(b, staff, true)
		boss := s.signedIn(coordinator)
		held := "/timetable?move=" + s.service.State().SeminarsByTime()[0].ID
		for _, page := range []string{"/timetable", "/timetable?view=month&by=leader", held, held + "&by=leader", held + "&view=month"} {
			s.pageTime(b, fmt.Sprintf("%d%s", staff, page), boss, page)
		}
	}
}
