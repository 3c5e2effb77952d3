package kaskad_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file of the module.
type source struct {
	path   string // from the module's root, with slashes
	syntax *ast.File
}

func (s source) folder() string { return path.Dir(s.path) }

func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) under(folder string) bool { return strings.HasPrefix(s.path, folder+"/") }

// imports lists the paths a file imports.
func (s source) imports() []string {
	var list []string
	for _, i := range s.syntax.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			panic(err) // the parser has read it already
		}
		list = append(list, p)
	}
	return list
}

// walk calls visit for every file of the tree but those that git or the
// program itself made.
func walk(t *testing.T, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		p = filepath.ToSlash(p)
		if d.IsDir() && (p == ".git" || p == "kaskad-data" || strings.HasSuffix(p, "node_modules")) {
			return fs.SkipDir
		}
		if d.Type().IsRegular() {
			visit(p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func sources(t *testing.T) []source {
	t.Helper()
	var list []source
	files := token.NewFileSet()
	walk(t, func(p string) {
		if !strings.HasSuffix(p, ".go") {
			return
		}
		syntax, err := parser.ParseFile(files, p, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, source{p, syntax})
	})
	if len(list) < 100 {
		t.Fatalf("found %d Go files, which cannot be all", len(list))
	}
	return list
}

// within tells whether an import path is a package or lies below it.
func within(imported, pkg string) bool {
	return imported == pkg || strings.HasPrefix(imported, pkg+"/")
}

// Imports go one way: model ← scheduler ← server → ui. Only tests may look back,
// and only for problems worth trying on the planner: the demonstration's and the
// corpus's, which import nothing of the planner.
func TestImportsGoOneWay(t *testing.T) {
	for _, rule := range []struct {
		folder  string
		allowed []string // of our own packages
	}{
		{"model", []string{"kaskad/model"}},
		{"scheduler", []string{"kaskad/model", "kaskad/scheduler"}},
		{"ui", []string{"kaskad/ui"}},
	} {
		for _, s := range sources(t) {
			if !s.under(rule.folder) {
				continue
			}
			for _, p := range s.imports() {
				if s.isTest() && (p == "kaskad/server/demo" || p == "kaskad/server/bench/corpus") {
					continue
				}
				if within(p, "kaskad") && !slices.ContainsFunc(rule.allowed, func(a string) bool { return within(p, a) }) {
					t.Errorf("%s imports %s; %s may import %v of our packages", s.path, p, rule.folder, rule.allowed)
				}
			}
		}
	}
}

// The judge shares nothing with the engine, or both could be wrong alike.
func TestTheJudgeIsIndependent(t *testing.T) {
	for _, s := range sources(t) {
		if !s.under("scheduler/check") {
			continue
		}
		for _, p := range s.imports() {
			if within(p, "kaskad/scheduler") && !within(p, "kaskad/scheduler/check") {
				t.Errorf("%s imports %s, whose plans it judges", s.path, p)
			}
		}
	}
}

// What talks to the world is used under server/ only.
func TestTheWorldIsServersBusiness(t *testing.T) {
	worldly := []string{"github.com/gofiber/fiber", "github.com/valyala/fasthttp", "go.mongodb.org/mongo-driver", "github.com/robfig/cron",
		"github.com/emersion/go-ical", "github.com/wneessen/go-mail", "modernc.org/sqlite", "github.com/alecthomas/kong", "github.com/xuri/excelize"}
	used := map[string]bool{}
	for _, s := range sources(t) {
		for _, p := range s.imports() {
			for _, w := range worldly {
				if !within(p, w) {
					continue
				}
				used[w] = true
				if !s.under("server") {
					t.Errorf("%s imports %s, which only server may", s.path, p)
				}
			}
		}
	}
	for _, w := range worldly {
		if !used[w] {
			t.Errorf("nothing imports %s any more; take it off this list", w)
		}
	}
}

// model and scheduler are pure: time, files, networks and chance come in as arguments.
func TestModelAndSchedulerArePure(t *testing.T) {
	impure := []string{"os", "io/fs", "io/ioutil", "net", "syscall", "log", "math/rand", "crypto/rand", "embed", "unsafe"}
	clock := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Local"}
	for _, s := range sources(t) {
		if s.isTest() || !s.under("model") && !s.under("scheduler") {
			continue
		}
		for _, p := range s.imports() {
			for _, i := range impure {
				if p == i || within(p, i) && p != "math/rand/v2" {
					t.Errorf("%s imports %s", s.path, p)
				}
			}
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := selector.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains(clock, selector.Sel.Name) {
				t.Errorf("%s uses time.%s", s.path, selector.Sel.Name)
			}
			return true
		})
	}
}

// Packages have a purpose, which their name says.
func TestPackagesAreNamedAfterAPurpose(t *testing.T) {
	for _, s := range sources(t) {
		for _, refused := range []string{"util", "utils", "common", "helpers", "helper", "misc", "shared"} {
			if path.Base(s.folder()) == refused || s.syntax.Name.Name == refused {
				t.Errorf("%s is in a package called %s", s.path, refused)
			}
		}
	}
}

// Nothing in the tree knows the machine it was written on.
func TestNoFileNamesADevelopersMachine(t *testing.T) {
	home := regexp.MustCompile(`(?:/home/[a-z][a-z0-9_-]*/|/Users/[A-Za-z]|[A-Z]:\\Users\\|/root/[a-z.])`)
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	// A checkout directly under the root may be called what a Dockerfile calls its folder.
	here = filepath.ToSlash(here)
	checkout := strings.Count(here, "/") > 1
	walk(t, func(p string) {
		if p == "arch_test.go" {
			return // it names the patterns
		}
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if found := home.Find(data); found != nil {
			t.Errorf("%s names somebody's own folder: %q", p, found)
		}
		if checkout && strings.Contains(string(data), here) {
			t.Errorf("%s names the folder of this checkout, %s", p, here)
		}
	})
}
