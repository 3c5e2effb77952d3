package main

import (
	"context"
	"fmt"

	"kaskad/server/programme"
)

type jobCommand struct {
	coreFlags `embed:""`
	Name      string `arg:"" help:"Name of the job: invite, checkpoint or cleanup."`
}

func (c *jobCommand) Run(ctx context.Context) error {
	core, err := c.open(ctx, newLog())
	if err != nil {
		return err
	}
	defer core.close()
	runner, err := core.jobs(core.invites(withoutSlash(c.URL)))
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
