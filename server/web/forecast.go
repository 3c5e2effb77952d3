package web

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kaskad/model"
	"kaskad/scheduler/forecast"
	"kaskad/ui"
)

// usualExtension is what the page proposes.
const usualExtension = 12 * 7 // days

// forecast tells when the goal is reached, with and without more weeks.
func (s *Server) forecast(v *visit) error {
	page := s.forecastPage(v, v.Query("until"))
	if page.Error != "" {
		v.Status(fiber.StatusUnprocessableEntity)
	}
	return s.show(v, page)
}

// forecastPage reckons; until is the day the reader asks for, or "".
func (s *Server) forecastPage(v *visit, until string) ui.Forecast {
	state := v.state
	f := s.foresee(state)
	page := ui.Forecast{Goal: f.Goal, Done: f.Done, Planned: f.Planned, Lacking: f.Lacking, Reached: f.Reached, Last: f.Last, Rate: f.Rate,
		Sentence: s.forecastSentence(v, f.Report), Neck: s.neckSentence(v, f.Neck), Weeks: forecastWeeks(f.Report), CanFill: canFill(state)}
	for _, row := range f.Areas {
		page.Areas = append(page.Areas, s.forecastRow(v, s.areaName(row.ID), row))
	}
	bySwedish(page.Areas, func(row ui.ForecastRow) string { return row.Name })
	for _, row := range f.Sectors {
		page.Sectors = append(page.Sectors, s.forecastRow(v, s.sectorName(v, row.ID), row))
	}
	if f.Last.IsZero() {
		return page
	}
	usual := f.Last.In(state.Roster.Zone).AddDate(0, 0, usualExtension).Format(time.DateOnly)
	day, err := parseDay(cmp.Or(until, usual), state.Roster.Zone)
	if err == nil {
		page.Longer, err = s.longer(v, f, day)
	}
	if err == nil {
		return page
	}
	page.Error = s.text(v, "forecast.bad-day")
	if text, known := s.sentence(v, err); known {
		page.Error = text
	}
	if day, err = parseDay(usual, state.Roster.Zone); err == nil {
		page.Longer, _ = s.longer(v, f, day) // what is proposed is later than the last slot, and not by years
	}
	return page
}

// bySwedish sorts rows by name as Swedes do.
func bySwedish[T any](rows []T, name func(T) string) {
	swedish := collate.New(language.Swedish)
	slices.SortStableFunc(rows, func(a, b T) int { return swedish.CompareString(name(a), name(b)) })
}

// forecastInput is what is planned and held, as coordinators see it.
func (s *Server) forecastInput(state *model.State) forecast.Input {
	in := forecast.Input{Problem: state.Roster.Problem, Plan: &model.Plan{}, Now: s.Programme.Now()}
	for _, x := range state.Working() {
		if x.Standing != model.ToCancel {
			in.Plan.Seminars = append(in.Plan.Seminars, x.Seminar)
		}
		if _, end := state.Roster.Span(&x.Seminar); x.Before != nil && !end.After(in.Now) {
			in.Missed += len(x.Before.Absent)
		}
	}
	return in
}

// parseDay reads a day of a form as the midnight it ends with.
func parseDay(text string, zone *time.Location) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, text, zone)
	return day.AddDate(0, 0, 1), err
}

func (s *Server) longer(v *visit, f *foreseen, until time.Time) (*ui.Longer, error) {
	g, err := f.with(until)
	if err != nil {
		return nil, err
	}
	return &ui.Longer{Until: until.AddDate(0, 0, -1), Slots: g.slots, Weeks: len(g.Weeks) - len(f.Weeks),
		Lacking: g.Lacking, Reached: g.Reached, Last: g.Last, Neck: s.neckSentence(v, g.Neck), Curve: forecastWeeks(g.Report)}, nil
}

func forecastWeeks(f *forecast.Report) []ui.ForecastWeek {
	var list []ui.ForecastWeek
	for _, w := range f.Weeks {
		list = append(list, ui.ForecastWeek(w))
	}
	return list
}

func (s *Server) forecastSentence(v *visit, f *forecast.Report) string {
	switch {
	case f.Goal == 0:
		return s.text(v, "forecast.no-goal")
	case f.Reached.IsZero():
		return s.text(v, "forecast.not-reached", "hours", f.Goal/60, "lacking", f.Lacking/60, "when", s.ui.Day(v.lang, f.Last))
	}
	return s.text(v, "forecast.reached-goal", "hours", f.Goal/60, "week", s.ui.Week(v.lang, f.Reached), "when", s.ui.Day(v.lang, f.Reached))
}

// neckSentence names what is short or tightest, and where.
func (s *Server) neckSentence(v *visit, n forecast.Neck) string {
	switch {
	case n.Kind == forecast.None:
		return ""
	case n.Lacking > 0:
		return s.text(v, "forecast.short."+string(n.Kind), "area", s.areaName(n.Area), "hours", n.Lacking/60)
	}
	return s.text(v, "forecast.tight."+string(n.Kind), "area", s.areaName(n.Area), "share", s.ui.Percent(v.lang, n.Used))
}

func (s *Server) forecastRow(v *visit, name string, row forecast.Row) ui.ForecastRow {
	shown := ui.ForecastRow{Name: name, Goal: row.Goal, Done: row.Done, Planned: row.Planned, Lacking: row.Lacking, Reached: row.Reached,
		Leaders: row.Leaders, Ready: row.Ready}
	switch n := row.Neck; {
	case n.Kind == forecast.None:
	case n.Lacking > 0:
		shown.Neck = s.text(v, "forecast.row-short."+string(n.Kind))
	default:
		shown.Neck = s.text(v, "forecast.row."+string(n.Kind), "share", s.ui.Percent(v.lang, n.Used))
	}
	return shown
}

// extendProgramme gives the programme the weeks that the page reckoned with.
func (s *Server) extendProgramme(v *visit) error {
	until := v.FormValue("until")
	day, err := parseDay(until, v.state.Roster.Zone)
	if err == nil {
		before := len(v.state.Roster.Problem.Slots)
		var state *model.State
		state, err = s.Programme.Do(v.UserContext(), v.user.Actor(), model.ExtendProgramme{Until: day})
		if err == nil {
			return s.back(v, "/forecast", ui.Success, s.text(v, "forecast.extended", "n", len(state.Roster.Problem.Slots)-before))
		}
	}
	var refused *model.Error
	var syntax *time.ParseError
	if !errors.As(err, &refused) && !errors.As(err, &syntax) {
		return err
	}
	v.Status(fiber.StatusUnprocessableEntity)
	page := s.forecastPage(v, until)
	if page.Error == "" { // an empty field
		page.Error = s.text(v, "forecast.bad-day")
	}
	return s.show(v, page)
}
