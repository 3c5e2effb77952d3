package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"kaskad/model"
)

// Maul spoils a problem's text in one to three places: a value becomes another,
// a field goes, the text is cut. What comes out may still be legal.
func Maul(p *model.Problem, r *rand.Rand) ([]byte, error) {
	data, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		return nil, err
	}
	for range 1 + r.IntN(3) {
		tree = spoil(tree, r)
	}
	data, err = json.Marshal(tree)
	if r.IntN(20) == 0 {
		data = data[:r.IntN(len(data)+1)]
	}
	return data, err
}

// other makes what takes the place of a value.
func other(r *rand.Rand) any {
	values := []any{nil, true, -1, 0, 1, 2147483647, 1e300, -0.5, "", "x", "staff", "m1", "p1", "t1", "u1", "2027-02-30T08:00:00Z", "0001-01-01T00:00:00Z",
		"9999-12-31T23:59:00+23:59", "Local", "UTC", []any{}, map[string]any{}, []any{"p1", "p1"}, strings.Repeat("y", 10_000)}
	return values[r.IntN(len(values))]
}

// spoil goes down to a random place and puts something else there.
func spoil(at any, r *rand.Rand) any {
	switch x := at.(type) {
	case map[string]any:
		keys := make([]string, 0, len(x))
		for k := range x {
			keys = append(keys, k)
		}
		if len(keys) == 0 || r.IntN(12) == 0 {
			break
		}
		slices.Sort(keys)
		k := keys[r.IntN(len(keys))]
		if r.IntN(10) == 0 {
			delete(x, k)
			return x
		}
		x[k] = spoil(x[k], r)
		return x
	case []any:
		if len(x) == 0 || r.IntN(12) == 0 {
			break
		}
		i := r.IntN(len(x))
		if r.IntN(8) == 0 {
			return append(x, x[i]) // twice the same
		}
		x[i] = spoil(x[i], r)
		return x
	}
	return other(r)
}

// Misread reads a spoilt text, which must be refused in words or planned without
// a panic. It returns what is wrong, "" if nothing is.
func Misread(ctx context.Context, data []byte, seed uint64, iterations int64) (fault string) {
	defer func() {
		if r := recover(); r != nil {
			fault = fmt.Sprintf("panic: %v", r)
		}
	}()
	p, err := model.DecodeProblem(data)
	if err != nil {
		if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "line ") {
			return fmt.Sprintf("refused without a place: %v", err)
		}
		return ""
	}
	var faults []string
	tormented(ctx, p, seed, iterations, func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) })
	if len(faults) > 0 && len(p.Fixed) == 0 && p.Published == nil { // with those there may be no valid plan
		return faults[0]
	}
	return ""
}
