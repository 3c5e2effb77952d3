// Package jobs is the work Kaskad does by itself: named jobs on a cron.
//
// The cron only wakes a job. What is due comes from the State and the
// receipts, so a job may run twice, be killed anywhere, or sleep through a
// night, and nothing is lost or doubled.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"kaskad/model"
	"kaskad/server/store"
)

// Job is a named piece of work that is safe to run at any time, twice included.
type Job struct {
	Name     string
	Schedule string // five cron fields, or a descriptor such as @every 1m
	// Machinery is of no interest to those who look after the programme.
	Machinery bool
	// Run does the work and says in one sentence what it did.
	Run func(ctx context.Context) (result string, err error)
}

// Status is a job as it stands.
type Status struct {
	Name, Schedule string
	Running        bool
	Last           time.Time // start of the last run; zero before the first
	Took           time.Duration
	Result         string         // of the last run, in English
	Counts         map[string]int // what it did, by words: see Count
	Failed         bool
	Next           time.Time // zero when the cron is not started
	Machinery      bool
}

// Runner runs jobs on their schedules and by name.
type Runner struct {
	// Memory keeps how the last run of each job went; nil forgets it at the end.
	// Start runs at once what should have run while no server was up.
	Memory store.Store

	cron *cron.Cron
	log  *slog.Logger
	now  func() time.Time

	ctx    context.Context
	cancel context.CancelFunc

	mu     sync.Mutex
	order  []string
	jobs   map[string]*scheduled
	active sync.WaitGroup
}

type scheduled struct {
	Job
	id     cron.EntryID
	status Status
}

// NewRunner takes jobs in; Start begins their schedules. Schedules are read in
// UTC: in a zone with summer time robfig/cron skips a job at 02:30 one night
// in March and runs it twice one night in October.
func NewRunner(log *slog.Logger, now func() time.Time, list ...Job) (*Runner, error) {
	ctx, cancel := context.WithCancel(context.Background())
	r := &Runner{cron: cron.New(cron.WithLocation(time.UTC)), log: log, now: now, ctx: ctx, cancel: cancel, jobs: map[string]*scheduled{}}
	for _, j := range list {
		if r.jobs[j.Name] != nil {
			cancel()
			return nil, fmt.Errorf("two jobs are called %q", j.Name)
		}
		id, err := r.cron.AddFunc(j.Schedule, func() { r.run(r.ctx, j.Name) })
		if err != nil {
			cancel()
			return nil, fmt.Errorf("job %s: schedule %q: %w", j.Name, j.Schedule, err)
		}
		r.order = append(r.order, j.Name)
		r.jobs[j.Name] = &scheduled{Job: j, id: id, status: Status{Name: j.Name, Schedule: j.Schedule, Machinery: j.Machinery}}
	}
	return r, nil
}

// Start begins the schedules, and what was missed.
func (r *Runner) Start() {
	missed := r.recall()
	r.cron.Start()
	for _, name := range missed {
		r.active.Go(func() { r.run(r.ctx, name) })
	}
}

// Run runs a job now and waits for it. A job that is running already is not
// started a second time: Conflict.
func (r *Runner) Run(ctx context.Context, name string) (Status, error) {
	r.mu.Lock()
	known := r.jobs[name] != nil
	r.mu.Unlock()
	if !known {
		return Status{}, model.Errorf(model.NotFound, "error.no-job", "there is no job %q; the jobs are %v", name, r.order)
	}
	if !r.run(AskedFor(ctx), name) {
		return Status{}, model.Errorf(model.Conflict, "error.job-running", "the job %s is running already", name)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	status := r.jobs[name].status
	if status.Failed {
		return status, model.Errorf(model.Unavailable, "error.job-failed", "the job %s failed: %s", name, status.Result)
	}
	return status, nil
}

// run runs a job unless it is running, and reports whether it did.
func (r *Runner) run(ctx context.Context, name string) bool {
	r.mu.Lock()
	j := r.jobs[name]
	if j.status.Running || r.ctx.Err() != nil {
		r.mu.Unlock()
		return false
	}
	j.status.Running, j.status.Last = true, r.now()
	r.active.Add(1)
	r.mu.Unlock()
	defer r.active.Done()

	ctx, counted := counting(ctx)
	result, err := r.guarded(ctx, j.Job)

	defer r.remember(j)
	r.mu.Lock()
	defer r.mu.Unlock()
	j.status.Running = false
	j.status.Took = r.now().Sub(j.status.Last)
	j.status.Result, j.status.Failed, j.status.Counts = result, err != nil, counted.all()
	if err != nil {
		j.status.Result = err.Error()
		r.log.Error("job failed", "job", name, "error", err)
	} else if result != "" {
		r.log.Info("job done", "job", name, "result", result)
	}
	return true
}

// guarded turns a panic into an error: robfig/cron would end the process.
func (r *Runner) guarded(ctx context.Context, j Job) (result string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("broke down: %v", p)
			r.log.Error("job panic", "job", j.Name, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	return j.Run(ctx)
}

// List is every job's status, in the order they were given.
func (r *Runner) List() []Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]Status, 0, len(r.order))
	for _, name := range r.order {
		j := r.jobs[name]
		status := j.status
		status.Next = r.cron.Entry(j.id).Next
		list = append(list, status)
	}
	return list
}

// Close stops the schedules, tells running jobs to stop and waits for them.
func (r *Runner) Close() {
	r.cancel()
	<-r.cron.Stop().Done()
	r.active.Wait()
}
