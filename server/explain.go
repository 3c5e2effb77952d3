package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/scheduler/advise"
	"kaskad/server/answers"
	"kaskad/server/demo"
	"kaskad/ui"
)

type explainCommand struct {
	planFiles `embed:""`
	Person    string `xor:"what" help:"Explain this person's seats: what is missing and what would help, what would be nearer or sooner."`
	Seminar   string `xor:"what" help:"Explain this seminar: who else could lead it, where else it could be, and why it is where it is."`
	Leader    string `xor:"what" help:"Explain why this leader has the seminars there are, and who would be next best."`
	Unmet     bool   `xor:"what" help:"Explain the needs that no seminar meets; the default."`
	Most      int    `default:"20" help:"Explain at most so many needs."`
}

func (c *explainCommand) Run() error {
	problem, plan, err := c.read()
	if err != nil {
		return err
	}
	x, err := newExplainer(problem, plan, os.Stdout)
	if err != nil {
		return err
	}
	switch {
	case c.Person != "":
		return x.person(c.Person)
	case c.Seminar != "":
		return x.seminar(c.Seminar)
	case c.Leader != "":
		return x.leader(c.Leader)
	}
	x.unmet(c.Most)
	return nil
}

// explainer writes answers about one plan as plain sentences.
type explainer struct {
	plan   *model.Plan
	roster *model.Roster
	desk   *advise.Desk
	say    answers.Speaker
	out    io.Writer
}

func newExplainer(problem *model.Problem, plan *model.Plan, out io.Writer) (*explainer, error) {
	desk, err := advise.Open(problem, plan, time.Time{})
	if err != nil {
		return nil, err
	}
	roster := model.NewRoster(problem, "")
	words, err := ui.New(roster.Zone)
	if err != nil {
		return nil, err
	}
	places := map[string]string{}
	for _, m := range demo.Municipalities() {
		places[m.Code] = m.Name
	}
	same := func(text string) string { return text }
	return &explainer{plan: plan, roster: roster, desk: desk, out: out, say: answers.Speaker{
		UI: words, Lang: "en", Roster: roster, Name: same, Hidden: func(string) bool { return false }, Reason: same,
		Area: func(code string) string {
			if name := places[code]; name != "" {
				return name
			}
			return code
		},
		Wave: func(id string) string {
			if w := roster.Waves[id]; w != nil && w.Name != "" {
				return w.Name
			}
			return id
		},
	}}, nil
}

func (x *explainer) line(depth int, parts ...string) {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	// Spaces that do not break are for pages.
	fmt.Fprintln(x.out, strings.Repeat("  ", depth)+strings.ReplaceAll(strings.Join(said, " "), "\u00a0", " "))
}

func (x *explainer) lines(depth int, title string, list []ui.AskLine) {
	if len(list) == 0 {
		return
	}
	x.line(depth, title)
	for _, l := range list {
		x.line(depth+1, l.Text, l.Why, l.If)
	}
}

// choice writes an answer with its price.
func (x *explainer) choice(depth int, c ui.Choice) {
	x.line(depth, c.Title+":", x.say.More(c.Total)+".", c.Told)
	for _, text := range append(append(c.Facts, c.Better...), c.Worse...) {
		x.line(depth+1, text)
	}
}

func (x *explainer) unmet(most int) {
	needs := x.desk.Unmet()
	x.line(0, fmt.Sprintf("%d needs have no seat.", len(needs)))
	told := map[string]bool{}
	for i, n := range needs {
		if i == most {
			x.line(0, fmt.Sprintf("… and %d more; --most shows them.", len(needs)-i))
			return
		}
		x.line(0, n.Person+", "+x.roster.Modules[n.Module].Name+":", n.Reason)
		if l, ok := x.desk.Lack(n.Person); ok && !told[n.Person] {
			told[n.Person] = true
			x.lack(l)
		}
	}
}

// lack writes what would help somebody without a seat.
func (x *explainer) lack(l advise.Lack) {
	for _, w := range l.Ways {
		x.choice(1, x.say.Way(x.plan, l.Person, w, false))
	}
	for _, text := range x.say.Counts(l.Facts) {
		x.line(1, text)
	}
	for _, r := range l.Remedies {
		x.choice(1, x.say.Remedy(x.plan, l.Person, r, false))
	}
	if len(l.Ways)+len(l.Remedies) == 0 {
		x.line(1, "None of the changes that Kaskad has tried is enough.")
	}
}

func (x *explainer) person(id string) error {
	who := x.roster.People[id]
	if who == nil {
		return fmt.Errorf("the problem has no person %q", id)
	}
	for _, rule := range x.say.Rules(who) {
		x.line(0, rule)
	}
	if l, ok := x.desk.Lack(id); ok {
		x.line(0, "No seat in "+x.roster.Modules[l.Module].Name+":")
		x.lines(1, "The nearest seminars:", x.say.Near(x.plan, l))
		x.lack(l)
	}
	for _, seat := range x.say.Seats(x.plan, id, x.desk.Seats(id)) {
		x.line(0, seat.Text)
		x.lines(1, "Nearer:", seat.Nearer)
		x.lines(1, "Sooner:", seat.Sooner)
	}
	return nil
}

func (x *explainer) leader(id string) error {
	who := x.roster.People[id]
	if who == nil || who.Leads == nil {
		return fmt.Errorf("the problem has no leader %q", id)
	}
	for _, rule := range x.say.Rules(who) {
		x.line(0, rule)
	}
	x.lines(0, "Leads:", x.say.Leads(x.plan, x.desk.Leader(id)))
	return nil
}

func (x *explainer) seminar(id string) error {
	now := answers.ByID(x.plan)[id]
	if now == nil {
		return fmt.Errorf("the plan has no seminar %q", id)
	}
	x.line(0, x.say.Seminar(now))
	leaders := x.desk.Leaders(id)
	x.line(0, "Who could lead it:")
	for _, a := range leaders.Answers {
		x.line(1, x.say.Leader(answers.Newcomer(now, &a.Set[0]))+":", x.say.More(a.Cost.Total)+".", x.say.SumUp(a.Cost))
	}
	for _, text := range x.say.Blocks(leaders.Blocked, 8) {
		x.line(1, text)
	}
	places := x.desk.Places(id)
	for _, group := range []struct {
		title string
		list  []advise.Answer
	}{{"Same time, another venue:", places.Venues}, {"Same venue, another time:", places.Slots}, {"Another time at another venue:", places.Both}} {
		x.line(0, group.title)
		for _, a := range group.list {
			x.line(1, x.say.Seminar(&a.Set[0])+":", x.say.More(a.Cost.Total)+".", x.say.SumUp(a.Cost))
		}
		if len(group.list) == 0 {
			x.line(1, "none")
		}
	}
	if why, ok := x.desk.Seminar(id); ok {
		nearer, sooner := x.say.Place(why)
		x.lines(0, "Venues nearer to the participants, same time:", nearer)
		x.lines(0, "Earlier at the same venue:", sooner)
	}
	return nil
}
