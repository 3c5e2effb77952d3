// Package web is Kaskad in the browser: pages, forms, live progress and
// calendar feeds, on Fiber.
//
// Server.routes is the site map: from an address to its handler in one step.
// A handler reads the request into plain values first, asks the programme or
// gives it a command, and fills one of ui's page structs. What it calls gets
// UserContext, never Context: that is the request itself, which Fiber uses again
// while a store may still be looking at it. Handlers return
// errors; one function, Server.fail, turns them into a page.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"

	"kaskad/model"
	"kaskad/scheduler/compare"
	"kaskad/scheduler/rollout"
	"kaskad/server/auth"
	"kaskad/server/busy"
	"kaskad/server/calendar"
	"kaskad/server/demo"
	"kaskad/server/jobs"
	"kaskad/server/mail"
	"kaskad/server/programme"
	"kaskad/ui"
	"kaskad/ui/regionmap"
)

// Server answers the browser for one programme. Set every field before Listen.
type Server struct {
	Programme *programme.Service
	Desk      *auth.Desk
	Secret    auth.Secret
	Jobs      *jobs.Runner
	Invites   *jobs.Invites
	Intake    *jobs.Intake
	Letters   *jobs.Letters
	// TakesReplies: answers by mail can come in.
	TakesReplies bool
	Mail         mail.Sender
	From         calendar.Party // of sign-in mails
	MailDir      string         // where mails are written as files; "" when they are sent
	Base         string         // this server's address as people see it, without a slash at the end
	// Coordinators are the addresses that sign in as coordinators.
	Coordinators []string
	// Busy reads when people and venues are taken elsewhere; nil: nobody can give theirs.
	Busy *busy.Sources
	// Fetches remembers who has fetched which calendar; nil: for as long as the server runs.
	Fetches *Fetches
	Log     *slog.Logger

	ui        *ui.Renderer
	app       *fiber.App
	places    map[string]demo.Municipality
	region    *regionmap.Map // schematic
	drawn     atomic.Pointer[drawing]
	reasons   []unmetReason
	latest    lasting[only, *board]
	judged    lasting[int64, *judgement]
	facts     lasting[only, *reportFacts]
	tables    lasting[reportKey, ui.Reports]
	sums      lasting[time.Time, map[string]*areaSum]
	terms     lasting[*model.Plan, compare.Terms]
	loads     lasting[only, *rollout.Figures]
	figures   lasting[only, model.Figures]
	waits     lasting[only, []model.Wait]
	foreseen  lasting[only, *foreseen]
	adviser   adviser
	listed    lasting[uint64, *register]
	feeds     feedCache
	strangers strangers
	limit     limiter
	letters   sync.WaitGroup  // sign-in mails on their way
	warming   sync.WaitGroup  // see keepWarm
	looked    atomic.Int64    // when a coordinator last asked for a page
	life      context.Context // ends with the server
	end       context.CancelFunc

	measured  measured
	kept      keptPages
	simulated simulated
}

// Listen starts answering on a listener that is already open; it returns when
// the server is shut down.
func (s *Server) Listen(l net.Listener) error { return s.app.Listener(l) }

// App is the Fiber application, for tests without a network.
func (s *Server) App() *fiber.App { return s.app }

// Shutdown stops taking requests and waits for those under way, at most until ctx ends.
// Calling it again is fine.
func (s *Server) Shutdown(ctx context.Context) error {
	s.end()
	err := s.app.ShutdownWithContext(ctx)
	s.letters.Wait() // they end with the server's life
	warm := make(chan struct{})
	go func() { s.warming.Wait(); close(warm) }()
	select {
	case <-warm:
	case <-ctx.Done():
	}
	return err
}

// Open prepares the server: it fails on a broken template or text.
func (s *Server) Open() error {
	var err error
	if s.ui == nil {
		zone := time.UTC
		if r := s.Programme.State().Roster; r != nil {
			zone = r.Zone
		}
		if s.ui, err = ui.New(zone); err != nil {
			return err
		}
	}
	s.life, s.end = context.WithCancel(context.Background())
	s.places = map[string]demo.Municipality{}
	for _, m := range demo.Municipalities() {
		s.places[m.Code] = m
	}
	s.reasons = s.unmetReasons()
	if s.region, err = schematic(); err != nil {
		return err
	}
	s.tables.most, s.sums.most, s.terms.most = len(reportKinds)*len(ui.Languages), maxWeeks, model.MostScenarios
	s.limit.now, s.strangers.now = s.Programme.Now, s.Programme.Now
	if s.Fetches == nil {
		s.Fetches = &Fetches{}
	}
	s.app = fiber.New(fiber.Config{
		AppName: "Kaskad", DisableStartupMessage: true,
		// Without it, strings of a request change under whoever kept them.
		Immutable: true, ErrorHandler: s.fail, BodyLimit: 2 << 20,
		// A search as long as an address may be, and the cookies of a proxy before us.
		ReadBufferSize: 16 << 10,
		// No write timeout: live progress writes for as long as the planner works.
		ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
	})
	s.routes()
	s.warming.Go(s.keepWarm)
	return nil
}

// routes is the site map.
func (s *Server) routes() {
	app := s.app
	app.Use(recover.New(recover.Config{EnableStackTrace: true, StackTraceHandler: s.panicked}), s.number, s.headers)

	// For anybody
	app.Get("/healthz", s.health)
	app.Get("/robots.txt", s.robots)
	app.Get("/static/:hash/*", s.static)
	app.Get("/favicon.ico", s.favicon)

	// Calendars: the address itself is the key
	app.Get("/cal/:token.ics", s.feed)
	app.Get("/cal/:token.ifb", s.feed)
	app.Get("/feed/:token", s.page(s.feedLanding))

	// Signing in
	app.Get("/", s.page(s.home))
	app.Get("/sign-in", s.page(s.signIn))
	app.Post("/sign-in", s.page(s.sendLink))
	app.Get("/sign-in/:token", s.page(s.confirmLink))
	app.Post("/sign-in/:token", s.page(s.useLink))
	app.Post("/sign-out", s.page(s.signOut))
	app.Post("/preferences", s.page(s.preferences))
	app.Get("/accessibility", s.page(s.accessibility))
	app.Get("/help", s.page(s.help))
	app.Get("/help/keys", s.page(s.keysPage))

	// For everyone who is signed in
	app.Get("/my", s.page(s.my, anyone))
	app.Post("/my/claim", s.page(s.claim, leaders))
	app.Post("/my/hand-back", s.page(s.handBack, leaders))
	app.Get("/my/agenda", s.page(s.myAgenda, anyone))
	app.Get("/my/calendar", s.page(s.myCalendar, anyone))
	app.Post("/my/calendar", s.page(s.chooseCalendar, anyone))
	app.Post("/my/calendar/close", s.page(s.closeFeed, anyone))
	app.Post("/my/calendar/busy", s.page(s.takeMyBusy, leaders))
	app.Post("/my/calendar/busy/remove", s.page(s.removeMyBusy, leaders))
	app.Post("/calendars", s.page(s.openFeed, anyone))
	app.Post("/my/answer", s.page(s.answer, anyone))
	app.Post("/my/book", s.page(s.book, anyone))
	app.Post("/my/calendar/rotate", s.page(s.rotateFeed, anyone))
	app.Get("/seminars/:id", s.page(s.seminar, anyone))
	app.Get("/seminars/:id/calendar.ics", s.page(s.seminarFile, anyone))
	app.Get("/seminars/:id/attendance", s.page(s.attendance, anyone))
	app.Post("/seminars/:id/attendance", s.page(s.takeAttendance, anyone))

	// For coordinators
	app.Get("/revision", s.page(s.revision, coordinators))
	app.Get("/overview", s.page(s.overview, coordinators))
	app.Get("/map", s.page(s.mapPage, coordinators))
	app.Get("/map/boundaries", s.page(s.boundaries, coordinators))
	app.Post("/map/boundaries", s.page(s.takeBoundaries, coordinators))
	app.Post("/map/boundaries/remove", s.page(s.removeBoundaries, coordinators))
	app.Get("/waves", s.page(s.waves, coordinators))
	app.Get("/waves/propose", s.page(s.proposeWaves, coordinators))
	app.Post("/waves/adopt", s.page(s.adoptWaves, coordinators))
	app.Get("/waves/edit", s.page(s.editWave, coordinators))
	app.Post("/waves/edit", s.page(s.doEditWave, coordinators))
	app.Get("/waves/move", s.page(s.moveArea, coordinators))
	app.Post("/waves/move", s.page(s.doMoveArea, coordinators))
	app.Get("/waves/split", s.page(s.splitWave, coordinators))
	app.Post("/waves/split", s.page(s.doSplitWave, coordinators))
	app.Get("/waves/merge", s.page(s.mergeWaves, coordinators))
	app.Post("/waves/merge", s.page(s.doMergeWaves, coordinators))
	app.Get("/waves/pause", s.page(s.pauseWave, coordinators))
	app.Post("/waves/pause", s.page(s.doPauseWave, coordinators))
	app.Get("/waves/resume", s.page(s.resumeWave, coordinators))
	app.Post("/waves/resume", s.page(s.doResumeWave, coordinators))
	app.Get("/waves/publish", s.page(s.publishPage, coordinators))
	app.Post("/waves/publish", s.page(s.publish, coordinators))
	app.Get("/waves/publish/undo", s.page(s.unpublishPage, coordinators))
	app.Post("/waves/publish/undo", s.page(s.unpublish, coordinators))
	app.Get("/seminars", s.page(s.seminars, coordinators))
	app.Get("/seminars/:id/options", s.page(s.options, coordinators))
	app.Post("/seminars/:id/options", s.page(s.takeOption, coordinators))
	app.Get("/ask", s.page(s.askPage, coordinators))
	app.Get("/ask/what-if", s.page(s.whatIf, coordinators))
	app.Get("/ask/person/:id", s.page(s.askPerson, coordinators))
	app.Post("/ask/person/:id", s.page(s.takeWay, coordinators))
	app.Get("/plan", s.page(s.plan, coordinators))
	app.Post("/plan/start", s.page(s.startPlan, coordinators))
	app.Post("/plan/fill", s.page(s.fillPlan, coordinators))
	app.Post("/plan/stop", s.page(s.stopPlan, coordinators))
	app.Post("/plan/use", s.page(s.usePlan, coordinators))
	app.Get("/plan/progress", s.page(s.planProgress, coordinators))
	app.Get("/plan/events", s.page(s.planEvents, coordinators))
	app.Get("/calendars", s.page(s.calendars, coordinators))
	app.Get("/calendars/notes", s.page(s.notes, coordinators))
	app.Post("/calendars/notes", s.page(s.saveNote, coordinators))
	app.Post("/calendars/links", s.page(s.saveLink, coordinators))
	app.Get("/calendars/venues/:id", s.page(s.venueCalendar, coordinators))
	app.Get("/calendars/venues/:id/doors", s.page(s.doors, coordinators))
	app.Post("/calendars/venues/:id/busy", s.page(s.takeVenueBusy, coordinators))
	app.Post("/calendars/venues/:id/busy/remove", s.page(s.removeVenueBusy, coordinators))
	app.Get("/calendars/units/:id", s.page(s.unitContacts, coordinators))
	app.Post("/calendars/units/:id", s.page(s.setUnitContact, coordinators))
	app.Get("/forecast", s.page(s.forecast, coordinators))
	app.Post("/forecast/extend", s.page(s.extendProgramme, coordinators))
	app.Get("/risk", s.page(s.risk, coordinators))
	app.Get("/scenarios", s.page(s.scenarios, coordinators))
	app.Post("/scenarios", s.page(s.saveScenario, coordinators))
	app.Get("/scenarios/new", s.page(s.newScenario, coordinators))
	app.Post("/scenarios/new", s.page(s.planScenario, coordinators))
	app.Get("/scenarios/compare", s.page(s.compareScenarios, coordinators))
	app.Post("/scenarios/:id/adopt", s.page(s.adoptScenario, coordinators))
	app.Post("/scenarios/:id/drop", s.page(s.dropScenario, coordinators))
	s.registerRoutes()
	s.changesRoutes()
	s.activityRoutes()
	s.timetableRoutes()
	app.Get("/reports", s.page(s.reports, coordinators))
	app.Get("/reports/export", s.page(s.exportReport, coordinators))
	app.Get("/reports/picture", s.page(s.drawReport, coordinators))
	app.Get("/hours", s.page(s.hours, coordinators))
	app.Get("/hours/export", s.page(s.exportHours, coordinators))
	app.Get("/outbox", s.page(s.outbox, coordinators))
	app.Post("/outbox/run", s.page(s.runInvites, coordinators))
	app.Post("/outbox/messages/:id/again", s.page(s.sendAgain, coordinators))
	app.Get("/outbox/preview", s.page(s.previewMails, coordinators))
	app.Get("/outbox/replies", s.page(s.replies, coordinators))
	app.Post("/outbox/replies/:id", s.page(s.handleReply, coordinators))
	app.Get("/jobs", s.page(s.jobsPage, coordinators))
	app.Post("/jobs/:name/run", s.page(s.runJob, coordinators))

	// For who made it, after the addresses of a fixed name
	app.Get("/calendars/:id", s.page(s.sharedCalendar, anyone))
	app.Post("/calendars/:id/renew", s.page(s.renewFeed, anyone))
	app.Post("/calendars/:id/remove", s.page(s.removeFeed, anyone))

	app.Use(s.notFound)
}

// Who may see a page.
var (
	anyone       = []model.Role{model.Coordinator, model.Leader, model.Staff}
	leaders      = []model.Role{model.Leader}
	coordinators = []model.Role{model.Coordinator}
)

// headers sets what every answer carries. ASVS 5.0 3.4.
func (s *Server) headers(c *fiber.Ctx) error {
	s.setHeaders(c)
	return c.Next()
}

func (s *Server) setHeaders(c *fiber.Ctx) {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	if s.secure() {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
}

// panicked logs a fault of ours with the way to it; the request ends as any
// other that failed.
func (s *Server) panicked(c *fiber.Ctx, what any) {
	id, _ := c.Locals("request").(string)
	s.Log.Error("request broke down", "request", id, "route", c.Route().Path, "panic", what, "stack", string(debug.Stack()))
}

// health says ok only when the store answers: a server that shows pages but
// cannot keep what people do is not well.
func (s *Server) health(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), healthPatience)
	defer cancel()
	if err := s.Programme.CatchUp(ctx); err != nil {
		s.Log.Error("the store does not answer", "error", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("the store does not answer\n")
	}
	return c.SendString(fmt.Sprintf("ok %d\n", s.Programme.State().Seq))
}

// healthPatience is as long as those who ask usually wait.
const healthPatience = 2 * time.Second

// robots lets calendar services fetch feeds (Google's importer obeys it) and
// keeps everything else out of search engines.
func (s *Server) robots(c *fiber.Ctx) error {
	return c.SendString("User-agent: *\nAllow: /cal/\nDisallow: /\n")
}
