package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"kaskad/model"
)

// TestEveryReasonHasASwedishSentence reads the planner's source: a reason it
// can give and no text knows would reach a Swedish reader in English.
func TestEveryReasonHasASwedishSentence(t *testing.T) {
	renderer := Renderer(t, time.UTC)
	s := &Server{ui: renderer}
	s.reasons = s.unmetReasons()
	v := &visit{lang: "sv", state: &model.State{Roster: &model.Roster{}}}
	verb := regexp.MustCompile(`%[sd]`)
	found := 0
	for _, text := range sentences(t, "../../scheduler/reason.go") {
		found++
		reason := verb.ReplaceAllString(text, "7")
		if got := s.unmetText(v, reason); got == reason || strings.Contains(got, "unmet.") {
			t.Errorf("%q comes out as %q, want it in Swedish", reason, got)
		}
	}
	if found < len(unmetKeys) {
		t.Errorf("%d sentences found in the planner, want at least %d", found, len(unmetKeys))
	}
	if other := "Because I say so."; s.unmetText(v, other) != other {
		t.Errorf("another planner's reason came out as %q", s.unmetText(v, other))
	}
}

// sentences lists the texts of a Go file that end like a sentence.
func sentences(t *testing.T, path string) (list []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil && strings.HasSuffix(text, ".") {
				list = append(list, text)
			}
		}
		return true
	})
	return list
}

func TestReasonsNameModules(t *testing.T) {
	renderer := Renderer(t, time.UTC)
	s := &Server{ui: renderer}
	s.reasons = s.unmetReasons()
	v := &visit{lang: "sv", state: &model.State{Roster: &model.Roster{Modules: map[string]*model.Module{"law": {ID: "law", Name: "Juridik"}}}}}
	got := s.unmetText(v, "Fewer than 8 people need law, the least a seminar may have.")
	if want := "Färre än 8 behöver Juridik, och så många måste ett seminarium ha."; got != want {
		t.Errorf("reason = %q, want %q", got, want)
	}
}
