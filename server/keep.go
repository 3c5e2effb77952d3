package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"kaskad/server/programme"
	"kaskad/server/store"
)

type jobCommand struct {
	coreFlags `embed:""`
	DryRun    bool   `help:"List the mails that would go out now, and send nothing."`
	Name      string `arg:"" help:"Name of the job: invite, replies, remind, chase, digest, busy, follow, fetches, checkpoint or cleanup."`
}

func (c *jobCommand) Run(ctx context.Context) error {
	core, err := c.open(ctx, newLog())
	if err != nil {
		return err
	}
	defer core.close()
	post, err := c.post(core, withoutSlash(c.URL))
	if err != nil {
		return err
	}
	if c.DryRun {
		return post.list(ctx)
	}
	runner, err := core.jobs(post)
	if err != nil {
		return err
	}
	defer runner.Close()
	status, err := runner.Run(ctx, c.Name)
	if err != nil {
		return err
	}
	if status.Result == "" {
		status.Result = "nothing to do"
	}
	fmt.Printf("%s: %s\n", c.Name, status.Result)
	return nil
}

type verifyCommand struct {
	dataFlags `embed:""`
}

func (c *verifyCommand) Run(ctx context.Context) error {
	s, err := c.openStore(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	names, err := s.Programmes(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		n, err := programme.Verify(ctx, s, name)
		if err != nil {
			return err
		}
		fmt.Printf("%s: %d entries, every hash and payload is right\n", name, n)
	}
	return nil
}

type doctorCommand struct {
	dataFlags `embed:""`
}

func (c *doctorCommand) Run(ctx context.Context) error {
	s, err := c.openStore(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.SelfCheck(ctx); err != nil {
		return err
	}
	fmt.Println("the store refuses a second document under one key, as it must")
	return nil
}

type backupCommand struct {
	Data string `default:"kaskad-data" env:"KASKAD_DATA" help:"Folder of the database." type:"path"`
	File string `arg:"" help:"File to write the copy of the database to; it must not exist." type:"path"`
}

// Run copies the embedded database. MongoDB has tools of its own for that.
func (c *backupCommand) Run(ctx context.Context) error {
	s, err := store.OpenSQLite(c.Data)
	if err != nil {
		return err
	}
	defer s.Close()
	database, ok := s.(*store.SQLite)
	if !ok {
		return errors.New("only the embedded database can be copied")
	}
	if err := database.Backup(ctx, c.File); err != nil {
		return err
	}
	fmt.Printf("%s holds the database as kaskad.db; keep %s with it, calendar addresses depend on it\n", c.File, filepath.Join(c.Data, "secret.key"))
	return nil
}

// healthCommand is the container's health check: an image without a shell has no curl.
type healthCommand struct {
	Addr string `default:"127.0.0.1:8080" env:"KASKAD_ADDR" help:"Address the server listens on."`
}

func (c *healthCommand) Run(ctx context.Context) error {
	_, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:"+port+"/healthz", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("the server does not answer: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %s", answer.Status)
	}
	return nil
}
