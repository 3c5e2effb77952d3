package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/demo"
	"kaskad/server/jobs"
	"kaskad/server/mail/inbox"
	"kaskad/server/web"
)

type serveCommand struct {
	coreFlags   `embed:""`
	Addr        string `default:"127.0.0.1:8080" env:"KASKAD_ADDR" help:"Address to listen on."`
	Empty       bool   `help:"With an empty database: do not load the demonstration."`
	Problem     string `help:"With an empty database: load this problem file instead of the demonstration." type:"path"`
	Staff       int    `default:"4000" help:"Staff of the demonstration, 40 to 400000."`
	PlanSeconds int    `default:"20" help:"How long the demonstration is planned at first start, seconds."`
}

const shutdownPatience = 10 * time.Second

// Run is every long-lived part of the process and the order they stop in.
func (c *serveCommand) Run(ctx context.Context) error {
	if err := staffInRange(c.Staff); err != nil {
		return err
	}
	listener, err := listen(ctx, c.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	base := withoutSlash(c.URL)
	if base == "" {
		base = "http://" + localName(listener.Addr())
	}
	ballast := web.Ballast()
	defer runtime.KeepAlive(ballast)
	log := newLog()
	core, err := c.open(ctx, log)
	if err != nil {
		return err
	}
	defer core.close()
	if err := c.prepare(ctx, core); err != nil {
		return err
	}
	post, err := c.post(core, base)
	if err != nil {
		return err
	}
	if err := post.load(ctx); err != nil {
		return err
	}
	answers, err := c.listener(core, post.Intake.Take)
	if err != nil {
		return err
	}
	runner, err := core.jobs(post)
	if err != nil {
		return err
	}
	site := c.site(core, runner, post.Invites, base)
	site.Letters = post.Letters
	site.Intake, site.TakesReplies = post.Intake, post.box != nil || answers != nil
	if err := site.Open(); err != nil {
		return err
	}
	failed := make(chan error, 2)
	go func() { failed <- site.Listen(listener) }()
	if answers != nil {
		log.Info("answers come in by LMTP", "at", answers.Addr().String())
		go func() { failed <- answers.Serve() }()
	}
	runner.Start()
	if err := c.welcome(ctx, core, site, base); err != nil {
		return err
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
		log.Info("stopping")
	}
	return errors.Join(err, stopAll(core, runner, site, answers))
}

func (c *serveCommand) site(core *core, runner *jobs.Runner, invites *jobs.Invites, base string) *web.Server {
	return &web.Server{
		Programme: core.programme, Desk: core.desk, Secret: core.secret, Jobs: runner, Invites: invites, Mail: core.sender,
		From: core.from, MailDir: core.mailDir, Base: base, Coordinators: c.Coordinators, Fetches: core.fetches, Busy: core.busy, Log: core.log,
	}
}

// stopAll: first nobody may come in, then nothing may be begun, then the State
// is laid down so that the next start is quick.
func stopAll(core *core, runner *jobs.Runner, site *web.Server, answers *inbox.LMTP) error {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownPatience)
	defer cancel()
	err := site.Shutdown(ctx)
	if answers != nil {
		err = errors.Join(err, answers.Close(ctx))
	}
	runner.Close()
	core.programme.Planner.Stop()
	_, kept := core.fetches.Keep(ctx)
	return errors.Join(err, kept, core.programme.Checkpoint(ctx))
}

// listen claims the address before anything else is touched.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("the address %s is in use, perhaps by another Kaskad; stop that or choose another with --addr", addr)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("this user may not listen on %s; choose a port above 1023 with --addr", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w; choose another address with --addr", addr, err)
	}
	return l, nil
}

// localName is how a browser on this machine reaches a listener on any address.
func localName(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err == nil && (host == "::" || host == "0.0.0.0") {
		return net.JoinHostPort("localhost", port)
	}
	return a.String()
}

// prepare gives an empty database its first programme.
func (c *serveCommand) prepare(ctx context.Context, core *core) error {
	if core.programme.State().Seq > 0 || c.Empty {
		return nil
	}
	problem, contacts, err := c.firstProgramme()
	if err != nil {
		return err
	}
	if err := core.programme.People.Save(ctx, contacts); err != nil {
		return fmt.Errorf("store contacts: %w", err)
	}
	if _, err := core.programme.Do(ctx, model.System, model.LoadProgramme{Problem: problem}); err != nil {
		return err
	}
	if c.Problem == "" {
		types, err := demo.ActivityTypes()
		if err != nil {
			return err
		}
		if _, err := core.programme.Do(ctx, model.System, model.SetActivityTypes{Types: types}); err != nil {
			return err
		}
	}
	return core.programme.Planner.Start(time.Duration(c.PlanSeconds)*time.Second, 1)
}

func (c *serveCommand) firstProgramme() (*model.Problem, []model.Contact, error) {
	if c.Problem == "" {
		problem, contacts := demo.Direkt(demo.Options{Staff: c.Staff, Start: demoStart(time.Now())})
		return problem, contacts, nil
	}
	problem, err := readProblem(c.Problem)
	return problem, nil, err
}

// demoStart keeps the demonstration ahead of the clock: January 2027 until
// that has come, then the next January.
func demoStart(now time.Time) time.Time {
	start := time.Time{} // the demonstration's own
	for year := 2027; !now.Before(time.Date(year, time.January, 11, 0, 0, 0, 0, time.UTC)); {
		year++
		start = time.Date(year, time.January, 8, 0, 0, 0, 0, time.UTC)
	}
	return start
}

// welcome tells on the terminal where Kaskad is and lets its owner in.
func (c *serveCommand) welcome(ctx context.Context, core *core, site *web.Server, base string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\nKaskad is running at %s\n\nSign in with a one-time link; each works once, for an hour:\n", base)
	for _, u := range c.newcomers(core, site) {
		token, err := core.desk.Link(ctx, u.User, auth.PrintedLink)
		if err != nil {
			return fmt.Errorf("make a sign-in link: %w", err)
		}
		fmt.Fprintf(&b, "  %-14s %s/sign-in/%s\n", u.title, base, token)
	}
	core.log.Info("mails go out", "to", core.sender.Describe())
	if core.mailDir != "" {
		fmt.Fprintf(&b, "\nNo mail server is configured: every mail is written as a file to %s\n", core.mailDir)
	} else {
		fmt.Fprintf(&b, "\nMail goes through %s\n", core.sender.Describe())
	}
	if core.programme.State().Roster == nil {
		b.WriteString("\nNo programme is loaded yet: start once with --problem FILE, or without --empty for the demonstration.\n")
	}
	b.WriteString("\n")
	_, err := os.Stdout.WriteString(b.String())
	return err
}

type newcomer struct {
	auth.User
	title string
}

// newcomers are the coordinator, who owns this terminal, and, in a
// demonstration, one leader and one staff member of the first wave.
func (c *serveCommand) newcomers(core *core, site *web.Server) []newcomer {
	list := []newcomer{{auth.User{Person: "coordinator", Role: model.Coordinator}, "coordinator"}}
	r := core.programme.State().Roster
	if r == nil {
		return list
	}
	first := ""
	if len(r.Problem.Waves) > 0 {
		first = r.Problem.Waves[0].ID
	}
	for _, kind := range []struct {
		role  model.Role
		title string
	}{{model.Leader, "method leader"}, {model.Staff, "staff member"}} {
		for i := range r.Problem.People {
			x := &r.Problem.People[i]
			contact, known := core.programme.People.Contact(x.ID)
			if x.Tier == "" || site.RoleOf(x.ID) != kind.role || r.Units[x.Unit].Wave != first || contact.Protected {
				continue
			}
			if known && !strings.HasSuffix(contact.Email, "example.org") {
				break // real people sign in by mail
			}
			list = append(list, newcomer{auth.User{Person: x.ID, Role: kind.role}, kind.title})
			break
		}
	}
	return list
}
