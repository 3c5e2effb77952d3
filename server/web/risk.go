package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/scheduler/risk"
	"kaskad/ui"
)

// riskFields are the form, in its order.
var riskFields = []struct {
	key, unit string
	most      int
	at        func(*risk.Input) *int
}{
	{"absent", "seats", 100, func(in *risk.Input) *int { return &in.Rates.Absent }},
	{"ill", "led", 100, func(in *risk.Input) *int { return &in.Rates.LeaderIll }},
	{"stops", "leaders-year", 100, func(in *risk.Input) *int { return &in.Rates.LeaderStops }},
	{"lost", "venues-year", 100, func(in *risk.Input) *int { return &in.Rates.VenueLost }},
	{"snow", "days", 100, func(in *risk.Input) *int { return &in.Rates.Snow }},
	{"overbook", "seminar", 10, func(in *risk.Input) *int { return &in.Slack.Overbook }},
	{"reserve", "area", 10, func(in *risk.Input) *int { return &in.Slack.Reserve }},
	{"runs", "times", 400, func(in *risk.Input) *int { return &in.Runs }},
}

const (
	usualRuns = 100
	slackRuns = 50        // of each row of the table of slack
	mostSeed  = 1_000_000 // enough to choose from, and short to read out
)

// slacks are the rows of the table, beside what the form asks for.
var slacks = []risk.Slack{{}, {Overbook: 1}, {Overbook: 2}, {Overbook: 4}, {Reserve: 1}, {Reserve: 2}, {Overbook: 2, Reserve: 1}}

// simulated keeps the last simulations: a look at another page and back costs nothing.
type simulated struct {
	mu      sync.Mutex
	reports map[string][]*risk.Report
}

const mostSimulated = 16

// simulate plays a plan through with each slack, one reader at a time: it takes
// all a processor can give.
func (s *Server) simulate(state *model.State, in risk.Input, slacks []risk.Slack) []*risk.Report {
	key := fmt.Sprint(state.Seq, in.Now.Unix(), in.Rates, slacks, in.Runs, in.Seed)
	s.simulated.mu.Lock()
	defer s.simulated.mu.Unlock()
	if r := s.simulated.reports[key]; r != nil {
		return r
	}
	if len(s.simulated.reports) >= mostSimulated || s.simulated.reports == nil {
		s.simulated.reports = map[string][]*risk.Report{}
	}
	r := risk.Compare(in, slacks)
	s.simulated.reports[key] = r
	return r
}

// risk plays the plan through with the rates the address names.
func (s *Server) risk(v *visit) error {
	in := risk.Input{Problem: v.state.Roster.Problem, Plan: s.foresee(v.state).in.Plan, Now: s.today(v.state), Rates: risk.Usual, Runs: usualRuns, Seed: 1}
	page := ui.Risk{}
	wrong := s.readRisk(v, &in, &page)
	if wrong {
		page.Error = s.text(v, "risk.bad")
		v.Status(fiber.StatusUnprocessableEntity)
		return s.show(v, page)
	}
	r := s.simulate(v.state, in, []risk.Slack{in.Slack})[0]
	s.showRisk(v, &page, r)
	if page.Some() {
		s.showSlack(v, &page, in)
	}
	return s.show(v, page)
}

// today is the midnight that the present day began with: a simulation is the
// same for all of it.
func (s *Server) today(state *model.State) time.Time {
	year, month, day := s.Programme.Now().In(state.Roster.Zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, state.Roster.Zone)
}

// readRisk reads the form, which an address without it leaves at what is usual.
func (s *Server) readRisk(v *visit, in *risk.Input, page *ui.Risk) (wrong bool) {
	read := func(key, unit string, least, most, usual int) int {
		f := ui.RiskField{Key: key, Unit: unit, Most: most, Value: v.Query(key, itoa(usual))}
		n, err := strconv.Atoi(f.Value)
		f.Wrong = err != nil || n < least || n > most
		wrong = wrong || f.Wrong
		page.Fields = append(page.Fields, f)
		return n
	}
	for _, f := range riskFields {
		least := 0
		if f.key == "runs" {
			least = 1
		}
		value := f.at(in)
		*value = read(f.key, f.unit, least, f.most, *value)
	}
	in.Seed = uint64(read("seed", "seed", 0, mostSeed, int(in.Seed)))
	return wrong
}

func (s *Server) showRisk(v *visit, page *ui.Risk, r *risk.Report) {
	page.Runs, page.Needs, page.Met, page.Cancelled, page.Extra = r.Runs, r.Needs, rounded(r.Met), r.Cancelled, r.Extra
	if r.Needs == 0 {
		return
	}
	page.Planned, page.Half, page.Most = r.Planned, r.Half, r.Most
	over := 0
	for _, b := range r.Finish {
		over += b.Runs
		page.Bins = append(page.Bins, ui.RiskBin{Monday: b.Monday, Runs: b.Runs, Until: 100 * over / r.Runs})
	}
	for _, a := range r.Areas {
		if a.Needs > 0 {
			page.Areas = append(page.Areas, ui.RiskArea{Name: s.areaName(a.ID), Needs: a.Needs, Met: rounded(a.Met), Low: a.Low})
		}
	}
	bySwedish(page.Areas, func(row ui.RiskArea) string { return row.Name })
	for _, f := range r.Leaders {
		row := ui.RiskFailure{Name: s.shownName(v, f.ID), Seminars: f.Seminars, Lost: f.Lost, Seats: f.Seats}
		if contact, _ := s.Programme.People.Contact(f.ID); !contact.Protected {
			row.Href = "/leaders/" + url.PathEscape(f.ID)
		}
		page.Leaders = append(page.Leaders, row)
	}
	for _, f := range r.Venues {
		page.Venues = append(page.Venues, ui.RiskFailure{Name: v.state.Roster.Venues[f.ID].Name, Href: "/venues/" + url.PathEscape(f.ID),
			Seminars: f.Seminars, Lost: f.Lost, Seats: f.Seats})
	}
	page.Sentences = s.riskSentences(v, r)
}

func rounded(x float64) int { return int(x + .5) }

func (s *Server) riskSentences(v *visit, r *risk.Report) []string {
	list := []string{s.text(v, "risk.sentence.finish", "runs", r.Runs, "half", s.ui.Day(v.lang, r.Half), "most", s.ui.Day(v.lang, r.Most))}
	if weeks := model.CalendarDays(r.Planned, r.Most, v.state.Roster.Zone) / 7; weeks > 0 {
		list = append(list, s.text(v, "risk.sentence.late", "n", weeks))
	}
	list = append(list, s.text(v, "risk.sentence.met", "met", rounded(r.Met), "needs", r.Needs, "extra", rounded(r.Extra)),
		s.text(v, "risk.sentence.cancelled", "n", rounded(r.Cancelled)))
	if r.WithoutSubsts > 0 {
		list = append(list, s.text(v, "risk.sentence.leaders", "n", r.WithoutSubsts))
	}
	if r.WithoutRefuges > 0 {
		list = append(list, s.text(v, "risk.sentence.venues", "n", r.WithoutRefuges))
	}
	return list
}

// showSlack reckons what slack buys, if the address asks: it takes as long as
// several simulations.
func (s *Server) showSlack(v *visit, page *ui.Risk, in risk.Input) {
	if v.Query("slack") == "" {
		q := url.Values{"slack": {"1"}}
		for _, f := range page.Fields {
			q.Set(f.Key, f.Value)
		}
		page.SlackURL = "/risk?" + q.Encode() + "#slack"
		return
	}
	rows := slacks
	if !slices.Contains(rows, in.Slack) {
		rows = append(slices.Clone(rows), in.Slack)
	}
	asked, none := in.Slack, 0
	in.Runs = slackRuns
	for i, r := range s.simulate(v.state, in, rows) {
		row := ui.RiskSlack{Overbook: rows[i].Overbook, Reserve: rows[i].Reserve, Met: rounded(r.Met), Half: r.Half, Most: r.Most, Now: rows[i] == asked}
		if i == 0 { // without any
			none = row.Met
		}
		row.Gained = row.Met - none
		page.Slack = append(page.Slack, row)
	}
}
