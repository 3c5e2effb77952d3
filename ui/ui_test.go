package ui_test

import (
	"bytes"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kaskad/ui"
	"kaskad/ui/gallery"
)

func newRenderer(tb testing.TB) *ui.Renderer {
	tb.Helper()
	zone, err := time.LoadLocation(gallery.Zone)
	if err != nil {
		tb.Fatal(err)
	}
	r, err := ui.New(zone)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func render(tb testing.TB, r *ui.Renderer, p ui.Page) string {
	tb.Helper()
	var b bytes.Buffer
	if err := r.Render(&b, p); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// eachSample calls check with every page of the gallery in every language.
func eachSample(t *testing.T, check func(t *testing.T, html string, s gallery.Sample)) {
	r := newRenderer(t)
	for _, lang := range ui.Languages {
		samples, err := gallery.Samples(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range samples {
			t.Run(lang+"/"+s.Name, func(t *testing.T) { check(t, render(t, r, s.Page), s) })
		}
	}
}

func TestPagesHoldTheSecurityPolicy(t *testing.T) {
	forbidden := map[string]*regexp.Regexp{
		"style attribute": regexp.MustCompile(`<[^>]*\sstyle=`),
		"style element":   regexp.MustCompile(`<style`),
		"event attribute": regexp.MustCompile(`<[^>]*\s(on[a-z]+|hx-on[:-a-z]*)=`),
		"inline script":   regexp.MustCompile(`<script[^>]*>[^<]`),
		"foreign address": regexp.MustCompile(`(src|action)="https?:`),
	}
	eachSample(t, func(t *testing.T, html string, _ gallery.Sample) {
		for what, pattern := range forbidden {
			if found := pattern.FindString(html); found != "" {
				t.Errorf("%s: %s", what, found)
			}
		}
	})
}

var (
	idAttr    = regexp.MustCompile(`\sid="([^"]*)"`)
	reference = regexp.MustCompile(`\s(?:for|aria-labelledby|aria-describedby|data-copy)="([^"]*)"`)
	heading   = regexp.MustCompile(`<h([1-6])`)
	title     = regexp.MustCompile(`<title>([^<]+) – Kaskad</title>`)
	postForm  = regexp.MustCompile(`(?s)<form[^>]*method="post".*?</form>`)
	control   = regexp.MustCompile(`<(?:input|select)[^>]*>`)
)

func TestPagesAreWellBuilt(t *testing.T) {
	eachSample(t, func(t *testing.T, html string, s gallery.Sample) {
		if !strings.Contains(html, `<html lang="`+s.Page.Lang+`"`) || !title.MatchString(html) {
			t.Error("the page lacks its language or its title")
		}
		if n := strings.Count(html, "<h1>"); n != 1 {
			t.Errorf("%d h1, want 1", n)
		}
		ids := map[string]bool{}
		for _, m := range idAttr.FindAllStringSubmatch(html, -1) {
			if ids[m[1]] {
				t.Errorf("id %q is there twice", m[1])
			}
			ids[m[1]] = true
		}
		for _, m := range reference.FindAllStringSubmatch(html, -1) {
			for id := range strings.FieldsSeq(m[1]) {
				if !ids[id] {
					t.Errorf("%s leads nowhere", m[0])
				}
			}
		}
		level := 0
		for _, m := range heading.FindAllStringSubmatch(html, -1) {
			next := int(m[1][0] - '0')
			if next > level+1 {
				t.Errorf("heading h%d follows h%d", next, level)
			}
			level = next
		}
		for _, form := range postForm.FindAllString(html, -1) {
			if !strings.Contains(form, `name="csrf" value="example"`) {
				t.Errorf("form without csrf: %s", form)
			}
		}
		for _, c := range control.FindAllString(html, -1) {
			id := idAttr.FindStringSubmatch(c)
			labelled := id != nil && strings.Contains(html, `for="`+id[1]+`"`) || strings.Contains(html, `<label class="pick">`+c)
			if !labelled && !strings.Contains(c, `type="hidden"`) && !strings.Contains(c, `type="radio"`) {
				t.Errorf("no label for %s", c)
			}
		}
	})
}

// TestEveryClassIsStyled finds class names that the style sheets do not know:
// mostly slips of the pen.
func TestEveryClassIsStyled(t *testing.T) {
	sheets, err := filepath.Glob("static/*.css")
	if err != nil || len(sheets) < 3 {
		t.Fatalf("found the style sheets %v, %v", sheets, err)
	}
	css := ""
	for _, sheet := range sheets {
		css += readStatic(t, filepath.Base(sheet))
	}
	// Hooks of states that look like their surroundings.
	plain := []string{"new", "moved", "cancelled", "on-w1", "on-w2", "on-w3", "on-w4"}
	classes := regexp.MustCompile(`\sclass="([^"]*)"`)
	known := map[string]bool{}
	eachSample(t, func(t *testing.T, html string, _ gallery.Sample) {
		for _, m := range classes.FindAllStringSubmatch(html, -1) {
			for class := range strings.FieldsSeq(m[1]) {
				if known[class] || slices.Contains(plain, class) {
					continue
				}
				if !regexp.MustCompile(`\.` + regexp.QuoteMeta(class) + `[^a-z0-9-]`).MatchString(css) {
					t.Errorf("class %q has no style", class)
				}
				known[class] = true
			}
		}
	})
}

func TestRenderMarksTheCurrentMenuItem(t *testing.T) {
	html := render(t, newRenderer(t), ui.Page{Lang: "sv", Path: "/seminars/s1?x=1", User: &ui.User{Role: ui.Coordinator}, Data: ui.Seminar{}})
	// Twice: among its section's pages and in the phone's menu.
	if n := strings.Count(html, `<a href="/seminars" aria-current="page"`); n != 2 {
		t.Errorf("current menu item marked %d times, want 2", n)
	}
	if n := strings.Count(html, `aria-current="page"`); n != 2 {
		t.Errorf("%d marks in all, want 2", n)
	}
	if n := strings.Count(html, `<a href="/timetable" aria-current="true">Seminarier</a>`); n != 1 {
		t.Errorf("its section is marked %d times, want once", n)
	}
}

func TestRenderEscapesWhatPeopleWrite(t *testing.T) {
	html := render(t, newRenderer(t), ui.Page{Lang: "en", Data: ui.SignIn{Email: `"><script>alert(1)</script>`}})
	if strings.Contains(html, "<script>alert") {
		t.Error("an e-mail address became a script")
	}
}

func TestUnknownLanguageIsSwedish(t *testing.T) {
	html := render(t, newRenderer(t), ui.Page{Lang: "de", Data: ui.SignIn{}})
	if !strings.Contains(html, `<html lang="sv"`) || !strings.Contains(html, "Logga in") {
		t.Error("an unknown language is not shown in Swedish")
	}
}

func TestRenderRefusesDataWithoutPage(t *testing.T) {
	var b bytes.Buffer
	if err := newRenderer(t).Render(&b, ui.Page{Data: 7}); err == nil || b.Len() > 0 {
		t.Errorf("Render of an int: error %v and %d bytes, want an error and none", err, b.Len())
	}
}

func TestFragmentHasNoFrame(t *testing.T) {
	var b bytes.Buffer
	page := ui.Page{Lang: "sv", CSRF: "x", Data: ui.PlanRun{State: ui.RunRunning, Stage: "improve", Unmet: 3, Total: 120, Elapsed: 61}}
	if err := newRenderer(t).Fragment(&b, "progress", page); err != nil {
		t.Fatal(err)
	}
	html := b.String()
	if !strings.HasPrefix(html, `<section id="progress"`) || strings.Contains(html, "<html") {
		t.Errorf("fragment starts with %.60s", html)
	}
	if !strings.Contains(html, `data-say="3 behov är utan plats. Planen kostar 2 timmar efter 1:01."`) {
		t.Error("fragment lacks the sentence to announce")
	}
}

func TestRenderIsSafeForConcurrentUse(t *testing.T) {
	r := newRenderer(t)
	samples, err := gallery.Samples("sv")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for _, s := range samples {
		wg.Go(func() {
			if err := r.Render(io.Discard, s.Page); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
