package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
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

func readProblem(path string) (*model.Problem, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	p, err := model.DecodeProblem(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

func readPlan(path string) (*model.Plan, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	p, err := model.DecodePlan(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

func readFile(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s", path)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	return data, nil
}

// writeJSON writes a file whole or not at all; "" and "-" mean standard output.
func writeJSON(path string, value any) error {
	if path == "" || path == "-" {
		w := bufio.NewWriter(os.Stdout)
		return errors.Join(json.NewEncoder(w).Encode(value), w.Flush())
	}
	temporary := path + ".writing"
	f, err := os.Create(temporary)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	w := bufio.NewWriter(f)
	err = errors.Join(json.NewEncoder(w).Encode(value), w.Flush(), f.Close())
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		os.Remove(temporary)
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}
