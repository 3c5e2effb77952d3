package check

import (
	"kaskad/model"
)

// Violation is one breach of one rule.
type Violation struct {
	Code string // "H1" to "H13", or "F": the plan does not fit the problem
	// The ids it is about; empty where the breach has no such part.
	Seminar, Person, Unit, Venue, Module string
	Detail                               string // one sentence a coordinator can read
}

// Report is the judgement of one plan.
type Report struct {
	Valid      bool        // no violations
	Violations []Violation // every breach, by rule and then in the problem's and plan's own order
	Codes      []string    // the codes broken, each once, F first and then H1 to H13
	Cost       model.Cost  // counted here, as far as the plan can be read
	Moved      int         // people with a published attendance whose slot is changed or dropped (H13)
	Claimed    bool        // plan.Cost says the same as Cost, term by term
	// BoundHolds: a valid plan is not better than the bound it claims to have
	// proven. An invalid plan refutes no bound.
	BoundHolds bool
}

// Rule is one line of the contract's table of what a plan must obey.
type Rule struct {
	Code, Sentence string
	find           func(*reading) []Violation
}

// rules is the order in which breaches are reported.
var rules = []Rule{
	{"F", "The plan fits the problem: known ids, and every need either attended or once in unmet.", fit},
	{"H1", "A person attends each needed module at most once, in the own tier, and nothing else.", attendance},
	{"H2", "A seminar has at least seats.min attendees and at most seats.max or the venue's capacity.", seats},
	{"H3", "A slot is long enough for the module, and nobody is in two places or called in while away.", times},
	{"H4", "Modules come in the tier's order and at least gapDays apart.", order},
	{"H5", "A leader leads only what the leader may lead and has had time to prepare.", qualification},
	{"H6", "A seminar has leadersPerSeminar different leaders, none of them attending it.", leaders},
	{"H7", "A leader leads no more per day, week and in all than agreed, and can travel in between.", load},
	{"H8", "A venue never runs more seminars than it has rooms, and none while closed.", rooms},
	{"H9", "A unit never has more than maxAway people away at once.", away},
	{"H10", "People attend inside their unit's wave.", wave},
	{"H11", "Nobody travels longer than maxTravel, and only online modules run online.", reach},
	{"H12", "Fixed seminars, and those before frozenUntil, stay exactly as they are.", frozen},
	{"H13", "A re-plan moves at most maxMoved people.", moved},
}

// Rules lists what Check judges, in the order of Report.Codes.
func Rules() []Rule { return append([]Rule(nil), rules...) }

// Check judges the plan by the contract and counts what it costs. It changes
// neither argument, and the same two always give the same report. Neither may be nil.
func Check(p *model.Problem, plan *model.Plan) Report {
	r := read(p, plan)
	report := Report{Cost: r.cost(), Moved: len(r.movedPeople())}
	for _, rule := range rules {
		found := rule.find(r)
		for i := range found {
			found[i].Code = rule.Code
		}
		if len(found) > 0 {
			report.Codes = append(report.Codes, rule.Code)
		}
		report.Violations = append(report.Violations, found...)
	}
	report.Valid = len(report.Violations) == 0
	report.Claimed = plan.Cost == report.Cost
	bound := model.Cost{Unmet: plan.Bound.Unmet, Total: plan.Bound.Total}
	report.BoundHolds = !report.Valid || !report.Cost.Less(bound)
	return report
}
