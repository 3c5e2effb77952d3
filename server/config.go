package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kaskad/server/auth"
	"kaskad/server/busy"
	"kaskad/server/calendar"
	"kaskad/server/jobs"
	"kaskad/server/mail"
	"kaskad/server/programme"
	"kaskad/server/store"
	"kaskad/server/web"
)

// dataFlags say where everything is kept.
type dataFlags struct {
	Data     string `default:"kaskad-data" env:"KASKAD_DATA" help:"Folder for the database, the secret and mails written as files." type:"path"`
	MongoURI string `name:"mongo-uri" env:"KASKAD_MONGO_URI" help:"Keep everything in this MongoDB instead, so that several servers can share it."`
	Secret   string `env:"KASKAD_SECRET" help:"Text of 32 characters or more that calendar addresses are derived from; the same on every server. Default: a file in the data folder."`
}

// mailFlags say how mails leave.
type mailFlags struct {
	SMTP           string          `env:"KASKAD_SMTP" placeholder:"HOST:PORT" help:"Mail server. Without one every mail is written as a file to the data folder."`
	SMTPUser       string          `name:"smtp-user" env:"KASKAD_SMTP_USER" help:"Name to sign in to the mail server with."`
	SMTPPassword   string          `name:"smtp-password" env:"KASKAD_SMTP_PASSWORD" help:"Password to sign in to the mail server with."`
	SMTPSecurity   mail.Security   `name:"smtp-security" env:"KASKAD_SMTP_SECURITY" enum:"starttls,tls,none" default:"starttls" help:"How the connection is protected: starttls, tls or none."`
	ReturnTo       string          `name:"return-to" env:"KASKAD_RETURN_TO" help:"Address mails that cannot be delivered come back to, with +MARK before its @; the mail server must accept such addresses. Default: --from as it is."`
	MailsPerMinute int             `name:"mails-per-minute" env:"KASKAD_MAILS_PER_MINUTE" help:"Most mails the mail server takes in a minute; 0 is no limit."`
	MailsPerDay    int             `name:"mails-per-day" env:"KASKAD_MAILS_PER_DAY" help:"Most mails the mail server takes in a day; 0 is no limit."`
	Reminders      []time.Duration `env:"KASKAD_REMINDERS" default:"72h,3h" help:"How long before a seminar those who attend are reminded."`
	From           string          `env:"KASKAD_FROM" default:"planering@kaskad.example.org" help:"Address invitations come from and answers go to."`
}

// coreFlags are what every command needs that works on a running programme's data.
type coreFlags struct {
	dataFlags    `embed:""`
	mailFlags    `embed:""`
	replyFlags   `embed:""`
	Coordinators []string `env:"KASKAD_COORDINATORS" help:"E-mail addresses of those who sign in as coordinators, and get the daily figures."`
	URL          string   `env:"KASKAD_URL" help:"Address people reach this server at, such as https://kaskad.example.se. Default: the one it listens on."`
	BusyPrivate  bool     `name:"busy-private" env:"KASKAD_BUSY_PRIVATE" help:"Read busy times of leaders and venues from calendars in this server's own network too."`
}

// core is the opened store with what stands directly on it.
type core struct {
	store     store.Store
	secret    auth.Secret
	programme *programme.Service
	desk      *auth.Desk
	sender    mail.Sender
	from      calendar.Party
	fetches   *web.Fetches
	busy      *busy.Sources
	mailDir   string // "" when mails are sent
	limits    jobs.Limits
	alone     bool // no other server can use the store
	log       *slog.Logger
}

// defaultProgramme is the journal's name until a server runs several programmes.
const defaultProgramme = "programme"

func (f coreFlags) open(ctx context.Context, log *slog.Logger) (_ *core, err error) {
	c := &core{log: log, alone: f.MongoURI == "", limits: jobs.Limits{PerMinute: f.MailsPerMinute, PerDay: f.MailsPerDay}}
	if c.from, err = f.party(); err != nil {
		return nil, err
	}
	if c.sender, c.mailDir, err = f.sender(); err != nil {
		return nil, err
	}
	if c.store, err = f.openStore(ctx); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	if c.secret, err = auth.OpenSecret(ctx, c.store, f.Data, f.Secret); err != nil {
		return nil, err
	}
	if c.programme, err = programme.Open(ctx, c.store, defaultProgramme, time.Now, log); err != nil {
		return nil, err
	}
	c.desk = &auth.Desk{Store: c.store, Now: time.Now}
	c.fetches = &web.Fetches{Store: c.store}
	c.busy = &busy.Sources{Programme: c.programme, Store: c.store, Private: f.BusyPrivate, Log: log}
	return c, c.fetches.Load(ctx)
}

// openStore also makes the data folder: mails and the secret live there even
// when the database is elsewhere.
func (f dataFlags) openStore(ctx context.Context) (store.Store, error) {
	if f.MongoURI == "" {
		return store.OpenSQLite(f.Data)
	}
	if err := os.MkdirAll(f.Data, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be made: %w; name another with --data", f.Data, err)
	}
	return store.OpenMongo(ctx, f.MongoURI)
}

func (f mailFlags) party() (calendar.Party, error) {
	address, err := calendar.Address(f.From)
	if err != nil {
		return calendar.Party{}, fmt.Errorf("--from: %w", err)
	}
	return calendar.Party{Name: "Kaskad", Email: address}, nil
}

func (f coreFlags) sender() (mail.Sender, string, error) {
	if f.SMTP == "" {
		dir := filepath.Join(f.Data, "outbox")
		return mail.NewOutbox(dir), dir, nil
	}
	s, err := mail.NewSMTP(mail.Options{Addr: f.SMTP, User: f.SMTPUser, Password: f.SMTPPassword, Security: f.SMTPSecurity, From: f.ReturnTo})
	if err != nil {
		return nil, "", fmt.Errorf("mail server: %w", err)
	}
	return s, "", nil
}

func (c *core) close() {
	if c.programme != nil {
		c.programme.Planner.Stop()
	}
	if err := c.store.Close(); err != nil {
		c.log.Error("store not closed cleanly", "error", err)
	}
}

func (c *core) invites(base string) *jobs.Invites {
	i := &jobs.Invites{Programme: c.programme, Store: c.store, Sender: c.sender, From: c.from, Base: base, Alone: c.alone,
		Mark: c.secret.SeatMark, Settle: settle, Gap: mailGap, Limits: c.limits, Log: c.log}
	if c.mailDir != "" {
		i.Gap = 0 // files do not overtake each other
	}
	return i
}

// settle and mailGap: see jobs.Invites. A minute lets a coordinator's changes
// in a row become one mail, and puts more between two mails of a seat than mail
// servers are known to take turns in.
const settle, mailGap = time.Minute, 2 * time.Minute

// jobs are everything the cron wakes. Schedules are UTC.
func (c *core) jobs(post *post) (*jobs.Runner, error) {
	list := append([]jobs.Job{post.Invites.Job("* * * * *"), repliesJob(post.box)}, post.Jobs()...)
	runner, err := jobs.NewRunner(c.log, time.Now, append(list, c.machinery(post.Intake)...)...)
	if err == nil {
		runner.Memory = c.store
	}
	return runner, err
}

// machinery are the jobs that keep the server itself in order.
func (c *core) machinery(intake *jobs.Intake) []jobs.Job {
	return []jobs.Job{
		// What another server on the same store has committed; with one server a look at one free number.
		jobs.Job{Name: "follow", Machinery: true, Schedule: "@every 2s", Run: func(ctx context.Context) (string, error) {
			return "", c.programme.CatchUp(ctx)
		}},
		jobs.Job{Name: "checkpoint", Machinery: true, Schedule: "17 * * * *", Run: func(ctx context.Context) (string, error) {
			return "", c.programme.Checkpoint(ctx)
		}},
		jobs.Job{Name: "busy", Schedule: "23 * * * *", Run: c.busy.Run},
		jobs.Job{Name: "fetches", Machinery: true, Schedule: "*/10 * * * *", Run: c.fetches.Keep},
		jobs.Job{Name: "cleanup", Machinery: true, Schedule: "41 4 * * *", Run: func(ctx context.Context) (string, error) {
			n, err := c.desk.Sweep(ctx)
			mails, errMails := intake.Sweep(ctx)
			contacts, errContacts := c.programme.People.Sweep(ctx, time.Now())
			err = errors.Join(err, errMails, errContacts)
			jobs.Count(ctx, "deleted", n+mails+contacts)
			if n+mails+contacts == 0 {
				return "", err
			}
			return fmt.Sprintf("%d old sign-in links and sessions, %d records of old answers, %d contacts of merged records deleted", n, mails, contacts), err
		}},
	}
}

func newLog() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.String(a.Key, a.Value.Time().Format(time.DateTime))
		}
		return a
	}}))
}

// withoutSlash lets links be made by adding a path.
func withoutSlash(url string) string { return strings.TrimRight(url, "/") }
