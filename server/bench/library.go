package bench

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"kaskad/model"
	"kaskad/server/bench/corpus"
)

// Optimum is what is proven of one problem of the corpus, a line of index.json.
// The problem is in problems/NAME.json, a plan that attains it in plans/NAME.json.
type Optimum struct {
	Name    string `json:"name"`
	Shows   string `json:"shows"`
	People  int    `json:"people"`
	Needs   int    `json:"needs"`
	Slots   int    `json:"slots"`
	Venues  int    `json:"venues"`
	NoPlan  bool   `json:"noPlan,omitempty"` // no valid plan exists; then Unmet and Total say nothing
	Unmet   int    `json:"unmet"`
	Total   int    `json:"total"`
	Solver  string `json:"solver"`
	How     string `json:"how"`
	Columns int    `json:"columns"`
	Rows    int    `json:"rows"`
}

func optimumOf(e corpus.Entry, proof Proof, version string) Optimum {
	p := e.Problem
	o := Optimum{Name: e.Name, Shows: e.Shows, People: len(p.People), Needs: model.NewRoster(p, "").NeedCount(), Slots: len(p.Slots), Venues: len(p.Venues),
		NoPlan: proof.NoPlan, Solver: version, Columns: proof.Columns, Rows: proof.Rows,
		How: "mixed-integer program of every rule and cost, closed by branch and bound: fewest unmet needs, then least total"}
	if proof.NoPlan {
		o.How = "mixed-integer program of every rule and cost, proved infeasible"
	}
	if proof.Plan != nil {
		o.Unmet, o.Total = proof.Plan.Cost.Unmet, proof.Plan.Cost.Total
	}
	return o
}

// library is the folder the corpus is kept in.
type library struct{ folder string }

func (l library) index() ([]Optimum, error) {
	data, err := os.ReadFile(filepath.Join(l.folder, "index.json"))
	if err != nil {
		return nil, err
	}
	var all []Optimum
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("index.json: %w", err)
	}
	return all, nil
}

// store writes a problem and the plan that attains its optimum, if it has one.
func (l library) store(e corpus.Entry, plan *model.Plan) error {
	if err := l.write(filepath.Join("problems", e.Name+".json"), e.Problem); err != nil {
		return err
	}
	if plan == nil {
		return nil
	}
	return l.write(filepath.Join("plans", e.Name+".json"), plan)
}

func (l library) storeIndex(all []Optimum) error { return l.write("index.json", all) }

func (l library) write(name string, value any) error {
	path := filepath.Join(l.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	data, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o644)
}
