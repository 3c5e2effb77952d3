package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"kaskad/model"
)

// planFiles are the arguments of commands about one plan.
type planFiles struct {
	Problem string `arg:"" help:"Problem file." type:"path"`
	Plan    string `arg:"" help:"Plan file." type:"path"`
}

func (f planFiles) read() (*model.Problem, *model.Plan, error) {
	problem, err := readProblem(f.Problem)
	if err != nil {
		return nil, nil, err
	}
	plan, err := readPlan(f.Plan)
	return problem, plan, err
}

func readProblem(path string) (*model.Problem, error) { return readStreamed(path, model.ReadProblem) }

func readPlan(path string) (*model.Plan, error) { return readStreamed(path, model.ReadPlan) }

// readStreamed reads a file that may be larger than the text of it should take
// of the memory.
func readStreamed[T any](path string, read func(io.ReadSeeker) (T, error)) (T, error) {
	var none T
	f, err := os.Open(path)
	if err != nil {
		return none, cannotRead(path, err)
	}
	defer f.Close()
	value, err := read(f)
	if err != nil {
		return none, fmt.Errorf("%s: %w", path, err)
	}
	return value, nil
}

func cannotRead(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s", path)
	}
	return fmt.Errorf("cannot read %s: %w", path, err)
}

func readFile(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, cannotRead(path, err)
	}
	return data, nil
}

// writeJSON writes a file whole or not at all; "" and "-" mean standard output.
func writeJSON(path string, value any) error {
	if path == "" || path == "-" {
		return model.Write(os.Stdout, value)
	}
	temporary := path + ".writing"
	f, err := os.Create(temporary)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	err = errors.Join(model.Write(f, value), f.Close())
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		os.Remove(temporary)
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}
