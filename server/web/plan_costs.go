package web

import (
	"slices"
	"time"

	"kaskad/model"
	"kaskad/scheduler/compare"
	"kaskad/ui"
)

// costRows is the cost table, the dearest term first; with a plan each says what
// it counts in people, seminars and weeks.
func (s *Server) costRows(v *visit, c model.Cost, plan *model.Plan) []ui.CostRow {
	rows := []ui.CostRow{
		{Key: "travel", Minutes: c.Travel}, {Key: "leaderTravel", Minutes: c.LeaderTravel}, {Key: "seminars", Minutes: c.Seminars},
		{Key: "mix", Minutes: c.Mix}, {Key: "crowding", Minutes: c.Crowding}, {Key: "continuity", Minutes: c.Continuity},
		{Key: "pace", Minutes: c.Pace}, {Key: "earliness", Minutes: c.Earliness}, {Key: "fairness", Minutes: c.Fairness},
		{Key: "preference", Minutes: c.Preference}, {Key: "disruption", Minutes: c.Disruption},
	}
	if plan != nil {
		t := s.terms.of(s, v.state, plan, func() compare.Terms {
			r := v.state.Roster
			if plan.Cost.Disruption > 0 { // only then does it matter what has been published
				r = model.NewRoster(v.state.PlanningProblem(time.Time{}), r.Ref)
			}
			return compare.TermsOf(r, plan)
		})
		means := map[string][]any{
			"travel": {"time", s.ui.Length(v.lang, t.TravelEach())}, "leaderTravel": {"n", t.Leaders, "time", s.ui.Length(v.lang, t.LeaderTravel)},
			"seminars": {"n", t.Seminars}, "mix": {"n", t.Unmixed}, "crowding": {"n", t.Crowded}, "continuity": {"n", t.Changing}, "pace": {"n", t.Waiting},
			"earliness": {"weeks", s.ui.Decimal(v.lang, float64(t.TenthsOfWeeks())/10)}, "fairness": {"n", t.Overloaded},
			"preference": {"n", t.Disliked}, "disruption": {"n", t.Moved},
		}
		for i := range rows {
			rows[i].Means = s.text(v, "cost-means."+rows[i].Key, means[rows[i].Key]...)
		}
	}
	slices.SortStableFunc(rows, func(a, b ui.CostRow) int { return b.Minutes - a.Minutes })
	return rows
}
