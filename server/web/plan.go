package web

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/ui"
)

const (
	usualSeconds   = 60
	leastSeconds   = 1
	mostSeconds    = 3600
	shownFindings  = 20
	heartbeat      = 10 * time.Second // a vanished reader is noticed at the next write only
	fragmentsEvery = 500 * time.Millisecond
)

// plan shows the planner at work, or what its last run came to.
func (s *Server) plan(v *visit) error { return s.show(v, s.planRun(v)) }

func (s *Server) planProgress(v *visit) error { return s.part(v, "progress", s.planRun(v)) }

func (s *Server) planRun(v *visit) ui.PlanRun {
	run, ok := s.Programme.Planner.Current()
	if !ok {
		return s.draftAsRun(v)
	}
	page := ui.PlanRun{
		State: ui.RunDone, Seconds: usualSeconds, Limit: int(run.Limit.Seconds()), Elapsed: int(run.Progress.Elapsed.Seconds()),
		Iterations: int(run.Progress.Iterations), Unmet: run.Progress.Cost.Unmet, Total: run.Progress.Cost.Total,
		BoundUnmet: run.Progress.Bound.Unmet, BoundTotal: run.Progress.Bound.Total, Costs: s.costRows(v, run.Progress.Cost, run.Plan),
		CanUse: run.Error == "" && !run.Used && len(run.Curve) > 0 && run.Trial == "", Used: run.Used,
		Trial: run.Trial, Kept: run.Kept != "", Fill: run.Fill, CanFill: canFill(v.state),
	}
	switch {
	case run.Error != "":
		page.State, page.Error = ui.RunFailed, s.text(v, "plan.failed")
	case !run.Finished && run.Stopping:
		page.State = ui.RunStopping
	case !run.Finished:
		page.State = ui.RunRunning
	}
	if !run.Finished {
		page.Stage = stage(run.Progress.Stage)
		page.Elapsed = int(s.Programme.Now().Sub(run.Started).Seconds())
	}
	page.Curve = curve(run.Curve)
	if d := v.state.Draft; run.Used && d != nil {
		page.Seminars = len(d.Plan.Seminars)
		page.Findings = s.findings(v, d.Plan)
	}
	return page
}

// draftAsRun shows the draft of an earlier life of the server.
func (s *Server) draftAsRun(v *visit) ui.PlanRun {
	d := v.state.Draft
	if d == nil {
		return ui.PlanRun{State: ui.RunIdle, Seconds: usualSeconds}
	}
	c := d.Plan.Cost
	return ui.PlanRun{
		State: ui.RunDone, Seconds: usualSeconds, Limit: d.Seconds, Elapsed: d.Seconds, Unmet: c.Unmet, Total: c.Total,
		BoundUnmet: d.Plan.Bound.Unmet, BoundTotal: d.Plan.Bound.Total, Seminars: len(d.Plan.Seminars),
		Costs: s.costRows(v, c, d.Plan), Findings: s.findings(v, d.Plan), Used: true, CanFill: canFill(v.state),
	}
}

// stageOf names what people see of the scheduler's stages; every other is improvement.
var stageOf = map[string]string{"compile": "build", "construct": "build", "bound": "bound", "done": "polish"}

func stage(name string) string { return cmp.Or(stageOf[name], "improve") }

// curve is the totals of plans that leave as few needs unmet as the last:
// totals of plans that leave more are no yardstick.
func curve(points []programme.Point) []ui.CurvePoint {
	var list []ui.CurvePoint
	for _, p := range points {
		if p.Unmet == points[len(points)-1].Unmet {
			list = append(list, ui.CurvePoint{Seconds: p.Elapsed.Seconds(), Total: p.Total, Bound: p.Bound})
		}
	}
	return list
}

// findings says what the plan leaves out and why, the most frequent reasons first.
func (s *Server) findings(v *visit, plan *model.Plan) []ui.Notice {
	count := map[string]int{}
	for _, u := range plan.Unmet {
		count[u.Reason]++
	}
	reasons := make([]string, 0, len(count))
	for reason := range count {
		reasons = append(reasons, reason)
	}
	slices.SortFunc(reasons, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	var list []ui.Notice
	for _, reason := range reasons[:min(len(reasons), shownFindings)] {
		list = append(list, ui.Notice{Kind: ui.Warning, Text: s.text(v, "plan.unmet-reason", "n", count[reason], "reason", s.unmetText(v, reason))})
	}
	return list
}

func (s *Server) startPlan(v *visit) error { return s.start(v, s.Programme.Planner.Start) }

// fillPlan plans only what the draft leaves without a place.
func (s *Server) fillPlan(v *visit) error { return s.start(v, s.Programme.Planner.Fill) }

// canFill tells whether the draft leaves something to plan and can be gone on from.
func canFill(state *model.State) bool {
	return state.DraftCurrent() && state.Draft.Plan.Cost.Unmet > 0
}

func (s *Server) start(v *visit, run func(limit time.Duration, seed uint64) error) error {
	seconds, err := strconv.Atoi(v.FormValue("seconds"))
	if err != nil || seconds < leastSeconds || seconds > mostSeconds {
		page := s.planRun(v)
		page.Error = s.text(v, "plan.bad-seconds", "least", leastSeconds, "most", mostSeconds)
		v.Status(fiber.StatusUnprocessableEntity)
		return s.show(v, page)
	}
	seed := v.state.Seq + 1 // another run on the same state may as well look elsewhere
	if err := run(time.Duration(seconds)*time.Second, seed); err != nil {
		return err
	}
	return v.Redirect("/plan", fiber.StatusSeeOther)
}

func (s *Server) stopPlan(v *visit) error {
	s.Programme.Planner.Stop()
	return v.Redirect("/plan", fiber.StatusSeeOther)
}

func (s *Server) usePlan(v *visit) error {
	if err := s.Programme.Planner.Use(v.UserContext(), v.user.Actor()); err != nil {
		return err
	}
	return v.Redirect("/plan", fiber.StatusSeeOther)
}

// planEvents is the run's progress as server-sent events. Nothing of the
// request may be touched once the stream is being written: Fiber uses it again.
func (s *Server) planEvents(v *visit) error {
	v.Set(fiber.HeaderContentType, "text/event-stream")
	v.Set(fiber.HeaderCacheControl, "no-store")
	news, stop := s.Programme.Planner.Watch()
	frame := ui.Page{Lang: v.lang, CSRF: s.Secret.FormToken(v.session), Path: "/plan"}
	look := &visit{lang: v.lang}
	v.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer stop()
		defer func() {
			if r := recover(); r != nil { // nobody else would catch it, and the server would end
				s.Log.Error("progress broke down", "panic", r, "stack", string(debug.Stack()))
			}
		}()
		s.stream(w, news, look, frame)
	})
	return nil
}

func (s *Server) stream(w *bufio.Writer, news <-chan struct{}, look *visit, frame ui.Page) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	rest := time.NewTicker(fragmentsEvery)
	defer rest.Stop()
	for {
		look.state = s.Programme.State()
		page := s.planRun(look)
		frame.Data = page
		var html bytes.Buffer
		if err := s.ui.Fragment(&html, "progress", frame); err != nil {
			s.Log.Error("progress not shown", "error", err)
			return
		}
		if event(w, "progress", html.String()) != nil {
			return
		}
		if !page.Running() {
			_ = event(w, "over", "") // the reader may be gone, and then nobody minds
			return
		}
		select {
		case <-rest.C:
		case <-s.life.Done():
			return
		}
		select {
		case <-news:
		case <-beat.C:
		case <-s.life.Done():
			return
		}
	}
}

// event writes one server-sent event; every line of its data needs a prefix.
func event(w *bufio.Writer, name, data string) error {
	fmt.Fprintf(w, "event: %s\n", name)
	for line := range strings.SplitSeq(data, "\n") {
		fmt.Fprintf(w, "data: %s\n", line)
	}
	fmt.Fprint(w, "\n")
	return w.Flush()
}
