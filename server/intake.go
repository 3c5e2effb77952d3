package main

import (
	"context"
	"fmt"
	"net"

	"kaskad/server/jobs"
	"kaskad/server/mail"
	"kaskad/server/mail/inbox"
)

// replyFlags say how answers to invitations come in. Both ways may be open.
type replyFlags struct {
	LMTP          string        `name:"lmtp" env:"KASKAD_LMTP" placeholder:"HOST:PORT" help:"Listen here for answers that the mail server hands over (LMTP). It asks for no sign-in: let only the mail server reach it."`
	IMAP          string        `name:"imap" env:"KASKAD_IMAP" placeholder:"HOST:PORT" help:"Fetch answers every minute from the mailbox of --from on this server."`
	IMAPUser      string        `name:"imap-user" env:"KASKAD_IMAP_USER" help:"Name to sign in to the mailbox with."`
	IMAPPassword  string        `name:"imap-password" env:"KASKAD_IMAP_PASSWORD" help:"Password to sign in to the mailbox with."`
	IMAPSecurity  mail.Security `name:"imap-security" env:"KASKAD_IMAP_SECURITY" enum:"starttls,tls,none" default:"tls" help:"How the connection is protected: starttls, tls or none."`
	IMAPFolder    string        `name:"imap-folder" env:"KASKAD_IMAP_FOLDER" default:"INBOX" help:"Folder answers arrive in."`
	TrustedServer string        `name:"trusted-server" env:"KASKAD_TRUSTED_SERVER" help:"Name your mail server writes in Authentication-Results: an answer it marks dmarc=fail is left to a coordinator."`
}

// mailbox is the folder to fetch answers from; nil when none is configured.
func (f replyFlags) mailbox(c *core, take inbox.Take) (*inbox.Mailbox, error) {
	if f.IMAP == "" {
		return nil, nil
	}
	if host, _, err := net.SplitHostPort(f.IMAP); err != nil || host == "" {
		return nil, fmt.Errorf("--imap %q: write host:port, for example imap.example.org:993", f.IMAP)
	}
	return &inbox.Mailbox{Addr: f.IMAP, User: f.IMAPUser, Password: f.IMAPPassword, Security: f.IMAPSecurity, Folder: f.IMAPFolder,
		Store: c.store, Take: take, Log: c.log}, nil
}

// listener takes answers from the mail server; nil when none is configured.
func (f replyFlags) listener(c *core, take inbox.Take) (*inbox.LMTP, error) {
	if f.LMTP == "" {
		return nil, nil
	}
	return inbox.NewLMTP(f.LMTP, c.from.Email, take, c.log)
}

// post is everything that writes and reads mails.
type post struct {
	*jobs.Letters
	box *inbox.Mailbox // nil when answers are not fetched
}

func (f coreFlags) post(c *core, base string) (*post, error) {
	invites := c.invites(base)
	intake := &jobs.Intake{Programme: c.programme, Store: c.store, Invites: invites, Results: f.TrustedServer, Alone: c.alone, Log: c.log}
	box, err := f.mailbox(c, intake.Take)
	if err != nil {
		return nil, err
	}
	return &post{&jobs.Letters{Invites: invites, Intake: intake, Reminders: f.Reminders, Coordinators: f.Coordinators}, box}, nil
}

func (p *post) load(ctx context.Context) error {
	if err := p.Invites.Load(ctx); err != nil {
		return err
	}
	return p.Intake.Load(ctx)
}

// list prints the mails that would go out now, by kind, receiver and subject.
func (p *post) list(ctx context.Context) error {
	coming, err := p.Coming(ctx)
	if err != nil {
		return err
	}
	for _, written := range coming {
		r, err := written()
		if err != nil {
			return err
		}
		fmt.Printf("%-8s  %-36s  %s\n", r.Kind, r.Message.To.Email, r.Subject)
	}
	fmt.Printf("%d mails would go out; nothing was sent\n", len(coming))
	return nil
}

// repliesJob fetches answers. Without a mailbox there is nothing to fetch: the
// mail server hands them over, or nobody does.
func repliesJob(box *inbox.Mailbox) jobs.Job {
	return jobs.Job{Name: "replies", Schedule: "* * * * *", Run: func(ctx context.Context) (string, error) {
		if box == nil {
			return "", nil
		}
		n, err := box.Fetch(ctx)
		jobs.Count(ctx, "fetched", n)
		if n == 0 {
			return "", err
		}
		return fmt.Sprintf("%d mails fetched", n), err
	}}
}
