package jobs

import (
	"context"
	"encoding/json"
	"time"
)

// runsBucket holds how the last run of each job went, by its name.
const runsBucket = "runs"

// rarely: a job that runs more often than this need not be remembered.
const rarely = time.Minute

// remembered is what is kept of a run.
type remembered struct {
	At     int64          `json:"at"`   // milliseconds since 1970
	Took   int64          `json:"took"` // milliseconds
	Result string         `json:"result,omitempty"`
	Counts map[string]int `json:"counts,omitempty"`
	Failed bool           `json:"failed,omitempty"`
}

// remember keeps how a run went. It is for people to look at and for catching
// up: a store that fails costs no more than that.
func (r *Runner) remember(j *scheduled) {
	r.mu.Lock()
	status := j.status
	r.mu.Unlock()
	schedule := r.cron.Entry(j.id).Schedule
	if first := schedule.Next(status.Last); r.Memory == nil || schedule.Next(first).Sub(first) < rarely {
		return
	}
	doc, err := json.Marshal(remembered{status.Last.UnixMilli(), status.Took.Milliseconds(), status.Result, status.Counts, status.Failed})
	if err == nil {
		err = r.Memory.Put(context.WithoutCancel(r.ctx), runsBucket, j.Name, doc)
	}
	if err != nil {
		r.log.Warn("run not remembered", "job", j.Name, "error", err)
	}
}

// recall reads the last runs and names the jobs that should have run since.
func (r *Runner) recall() (missed []string) {
	if r.Memory == nil {
		return nil
	}
	kept := map[string]remembered{}
	err := r.Memory.All(r.ctx, runsBucket, func(name string, doc []byte) error {
		var run remembered
		if err := json.Unmarshal(doc, &run); err != nil {
			return err
		}
		kept[name] = run
		return nil
	})
	if err != nil {
		r.log.Warn("last runs not read", "error", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, name := range r.order {
		j := r.jobs[name]
		run, known := kept[name]
		if !known || !j.status.Last.IsZero() {
			continue
		}
		j.status.Last, j.status.Took = time.UnixMilli(run.At).UTC(), time.Duration(run.Took)*time.Millisecond
		j.status.Result, j.status.Counts, j.status.Failed = run.Result, run.Counts, run.Failed
		if r.cron.Entry(j.id).Schedule.Next(j.status.Last).Before(r.now()) {
			missed = append(missed, name)
		}
	}
	return missed
}
