package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"kaskad/scheduler/rollout"
	"kaskad/server/web"
	"kaskad/ui"
)

// keyForm is what a text key looks like; nothing else in the sources does where keys stand.
var keyForm = regexp.MustCompile(`^[a-z]+(-[a-z]+)*(\.[a-zA-Z0-9-]+)*$`)

// keyed are the functions that take a text key, and which argument it is.
var keyed = map[string]int{"text": 1, "change": 2, "add": 1, "warn": 0, "t": 0, "Errorf": 1, "named": 1, "Text": 1, "says": 0, "changeAt": 3}

// usedKeys finds the text keys that Go sources name, each with where.
func usedKeys(t *testing.T, folders ...string) map[string]string {
	t.Helper()
	keys := map[string]string{}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if key, at := keyIn(n); key != "" {
					keys[key] = set.Position(at).String()
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

// keyIn is the constant key of a call, or the constant beginning of one that is put together.
func keyIn(n ast.Node) (key string, at token.Pos) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return "", 0
	}
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	place, ok := keyed[name]
	if !ok || len(call.Args) <= place {
		return "", 0
	}
	literal, ok := call.Args[place].(*ast.BasicLit)
	if !ok {
		return "", 0
	}
	text, err := strconv.Unquote(literal.Value)
	if err != nil || !keyForm.MatchString(text) || !strings.Contains(text, ".") && name != "named" {
		return "", 0
	}
	if name == "named" {
		text += ".?"
	}
	if name == "add" {
		text += "+link"
	}
	return text, call.Pos()
}

func TestEveryTextIsInEveryLanguage(t *testing.T) {
	renderer := web.Renderer(t, time.UTC)
	keys := usedKeys(t, ".", "../answers", "../auth", "../programme", "../jobs", "../busy", "../calendar", "../roster", "../../model", "../../scheduler/rollout")
	if len(keys) < 50 {
		t.Fatalf("only %d keys were found: %v", len(keys), keys)
	}
	for key, at := range keys {
		if strings.HasSuffix(key, ".?") {
			continue // ids of the programme's own; what has no text is shown as it is
		}
		key, link := strings.CutSuffix(key, "+link")
		expectText(t, renderer, key, at)
		if link {
			expectText(t, renderer, key+".link", at)
		}
	}
	for _, state := range []ui.WaveState{ui.WaveDraft, ui.WaveChanged} {
		expectText(t, renderer, "attention.wave-"+string(state), "overview.go")
		expectText(t, renderer, "attention.wave-"+string(state)+".link", "overview.go")
	}
	for _, kind := range []rollout.Kind{rollout.NoTime, rollout.TooShort, rollout.TooFew, rollout.NoTrainers, rollout.NoLeader, rollout.Leaders,
		rollout.Rooms, rollout.Limit, rollout.LeadTotal, rollout.Spare} {
		expectText(t, renderer, "load."+string(kind), "waveboard.go")
	}
	for _, kind := range []string{"edit", "move", "split", "merge", "pause", "resume"} {
		expectText(t, renderer, "waves.done."+kind, "wavechange.go")
	}
	for _, limit := range []string{"day-full", "week-full", "all-led"} {
		expectText(t, renderer, "edit."+limit, "model/trial_leader.go")
	}
	for _, stage := range []string{"build", "bound", "improve", "polish"} {
		expectText(t, renderer, "stage."+stage, "plan.go")
	}
}

// fillings are values for every placeholder a text of this package has.
var fillings = []any{"out", 1, "new", 1, "changed", 1, "gone", 1, "n", 2, "name", "x", "a", "x", "b", "x", "c", "x", "wave", "x", "reason", "x", "least", 1, "most", 2, "module", "x", "when", "x", "venue", "x", "link", "x",
	"time", "x", "target", 1, "who", "x", "parts", "x", "have", 1, "want", 1, "unit", "x",
	"what", "x", "value", 1, "usual", 1, "hours", 1, "lacking", 1, "runs", 1, "half", "x", "needs", 1, "met", 1, "extra", 1, "week", 1,
	"now", "x", "planned", "x", "median", 1, "mixed", 1, "total", 1, "none", 1, "minutes", 1, "few", 1}

func expectText(t *testing.T, r *ui.Renderer, key, at string) {
	t.Helper()
	for _, lang := range ui.Languages {
		if r.Text(lang, key, fillings...) == key {
			t.Errorf("%s: the text %q is missing in %s, or has a placeholder nobody fills", at, key, lang)
		}
	}
}

// While a page is being translated another language stands in; a release has none of that.
func TestNoLanguageBorrowsTexts(t *testing.T) {
	for _, lang := range ui.Languages {
		keys, err := ui.Borrowed(lang)
		if err != nil {
			t.Fatal(err)
		}
		if len(keys) > 0 {
			t.Errorf("%d texts are not written in %s yet: %v", len(keys), lang, keys)
		}
	}
}
