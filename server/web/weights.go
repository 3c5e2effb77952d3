package web

import "kaskad/model"

// weightField is one of the planner's prices as coordinators see it: its key
// is the text's and the form field's.
type weightField struct {
	key, unit string
	at        func(*model.Prices) *int
}

func (w weightField) price(p model.Prices) int   { return *w.at(&p) }
func (w weightField) set(p *model.Prices, n int) { *w.at(p) = n }

// weights are all prices under their headings, in the order of the form.
var weights = []struct {
	key     string
	weights []weightField
}{
	{"travel", []weightField{
		{"travel", "minutes", func(p *model.Prices) *int { return &p.Travel }},
		{"leaderTravel", "minutes", func(p *model.Prices) *int { return &p.LeaderTravel }},
	}},
	{"groups", []weightField{
		{"mixMin", "people", func(p *model.Prices) *int { return &p.MixMin }},
		{"mix", "minutes", func(p *model.Prices) *int { return &p.Mix }},
		{"crowdMax", "people", func(p *model.Prices) *int { return &p.CrowdMax }},
		{"crowd", "minutes", func(p *model.Prices) *int { return &p.Crowd }},
	}},
	{"time", []weightField{
		{"earliness", "minutes", func(p *model.Prices) *int { return &p.Earliness }},
		{"paceDays", "days", func(p *model.Prices) *int { return &p.PaceDays }},
		{"pace", "minutes", func(p *model.Prices) *int { return &p.Pace }},
		{"preference", "minutes", func(p *model.Prices) *int { return &p.Preference }},
	}},
	{"leaders", []weightField{
		{"prep", "minutes", func(p *model.Prices) *int { return &p.Prep }},
		{"continuity", "minutes", func(p *model.Prices) *int { return &p.Continuity }},
		{"fairness", "minutes", func(p *model.Prices) *int { return &p.Fairness }},
	}},
	{"changes", []weightField{
		{"movedSlot", "minutes", func(p *model.Prices) *int { return &p.MovedSlot }},
		{"movedVenue", "minutes", func(p *model.Prices) *int { return &p.MovedVenue }},
		{"movedLeader", "minutes", func(p *model.Prices) *int { return &p.MovedLeader }},
	}},
}

// costOf names the term of a plan's cost that a weight weighs.
var costOf = map[string]string{
	"travel": "travel", "leaderTravel": "leaderTravel", "mixMin": "mix", "mix": "mix", "crowdMax": "crowding", "crowd": "crowding",
	"earliness": "earliness", "paceDays": "pace", "pace": "pace", "preference": "preference", "prep": "seminars",
	"continuity": "continuity", "fairness": "fairness", "movedSlot": "disruption", "movedVenue": "disruption", "movedLeader": "disruption",
}

// presets are changes of the programme's prices that people ask for most. The
// factors are ours: enough to be seen in a plan, not so much that nothing else counts.
var presets = []struct {
	key    string
	change func(*model.Prices)
}{
	{"travel", func(p *model.Prices) { p.Travel = 3 * max(p.Travel, 1) }},
	{"mix", func(p *model.Prices) { p.Mix, p.MixMin = 4*max(p.Mix, 5), max(p.MixMin, 2) }},
	{"early", func(p *model.Prices) { p.Earliness = 10 * max(p.Earliness, 1) }},
	{"leaders", func(p *model.Prices) { p.LeaderTravel = 4 * max(p.LeaderTravel, 1) }},
	{"calm", func(p *model.Prices) {
		p.MovedSlot, p.MovedVenue, p.MovedLeader = 5*max(p.MovedSlot, 60), 5*max(p.MovedVenue, 20), 5*max(p.MovedLeader, 5)
	}},
}

// weightsOf states every price, so that a scenario means the same if defaults change.
func weightsOf(p model.Prices) model.Weights {
	return model.Weights{
		Travel: &p.Travel, LeaderTravel: &p.LeaderTravel, Prep: &p.Prep, MixMin: &p.MixMin, Mix: &p.Mix, CrowdMax: &p.CrowdMax,
		Crowd: &p.Crowd, Continuity: &p.Continuity, PaceDays: &p.PaceDays, Pace: &p.Pace, Earliness: &p.Earliness,
		Fairness: &p.Fairness, Preference: &p.Preference, MovedSlot: &p.MovedSlot, MovedVenue: &p.MovedVenue, MovedLeader: &p.MovedLeader,
	}
}
