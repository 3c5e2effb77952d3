package ui_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kaskad/ui"
)

func readStatic(tb testing.TB, name string) string {
	tb.Helper()
	data, err := fs.ReadFile(ui.Static(), strings.TrimPrefix(ui.AssetURL(name), ui.StaticPrefix))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

func TestVendoredScriptsAreThePublishedOnes(t *testing.T) {
	for name, want := range map[string]string{
		"vendor/htmx.min.js":          "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717", // htmx.org 2.0.11
		"vendor/idiomorph-ext.min.js": "5811b9a7eda14878b7dab4378bf60432e1bb6f11fcfb970cc26540642650181e", // idiomorph 0.8.0
	} {
		sum := sha256.Sum256([]byte(readStatic(t, name)))
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("%s has SHA-256 %s, want %s", name, got, want)
		}
	}
}

func TestStaticServesOnlyItsOwnHash(t *testing.T) {
	for _, name := range []string{"000000000000/app.css", "app.css", "../ui.go"} {
		if file, err := ui.Static().Open(name); err == nil {
			file.Close()
			t.Errorf("Open(%q) succeeded, want not found", name)
		}
	}
}

func TestScriptsAndStylesNameOnlyFilesThatExist(t *testing.T) {
	imports := regexp.MustCompile(`(?m)(?:from|import) "\./([^"]+)"`)
	for _, m := range imports.FindAllStringSubmatch(readStatic(t, "js/app.js")+readStatic(t, "js/copy.js")+readStatic(t, "js/drag.js")+readStatic(t, "js/follow.js")+readStatic(t, "js/progress.js"), -1) {
		if readStatic(t, "js/"+m[1]) == "" {
			t.Errorf("%s is empty", m[1])
		}
	}
	if css := readStatic(t, "app.css"); strings.Contains(css, "url(") || strings.Contains(css, "@import") {
		t.Error("app.css fetches something")
	}
}

func TestGridHasEveryColumnAndSpan(t *testing.T) {
	css := readStatic(t, "grid.css")
	for i := 1; i <= 120; i++ {
		for _, rule := range []string{fmt.Sprintf(".c%d{grid-column-start:%d}", i, i), fmt.Sprintf(".s%d{grid-column-end:span %d}", i, i)} {
			if !strings.Contains(css, rule) {
				t.Errorf("grid.css lacks %s", rule)
			}
		}
	}
}

// tokens reads the colours of app.css: name to its light and dark value.
func tokens(tb testing.TB) map[string][2]string {
	tb.Helper()
	found := map[string][2]string{}
	pair := regexp.MustCompile(`--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)`)
	single := regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`)
	css := readStatic(tb, "app.css")
	for _, m := range pair.FindAllStringSubmatch(css, -1) {
		found[m[1]] = [2]string{m[2], m[3]}
	}
	for _, m := range single.FindAllStringSubmatch(css, -1) {
		found[m[1]] = [2]string{m[2], m[2]}
	}
	return found
}

// contrast is the ratio of WCAG 2.2, "contrast ratio" and "relative luminance".
func contrast(tb testing.TB, a, b string) float64 {
	tb.Helper()
	luminance := func(hex string) float64 {
		var sum float64
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
			if err != nil {
				tb.Fatal(err)
			}
			c := float64(n) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			sum += weight * c
		}
		return sum
	}
	light, dark := luminance(a), luminance(b)
	return (max(light, dark) + 0.05) / (min(light, dark) + 0.05)
}

func TestColoursHaveEnoughContrast(t *testing.T) {
	colour := tokens(t)
	check := func(least float64, front string, backs ...string) {
		for _, back := range backs {
			f, okF := colour[front]
			b, okB := colour[back]
			if !okF || !okB {
				t.Errorf("no token %s or %s", front, back)
				continue
			}
			for i, theme := range []string{"light", "dark"} {
				if got := contrast(t, f[i], b[i]); got < least {
					t.Errorf("%s on %s (%s) = %.2f, want at least %.1f", front, back, theme, got, least)
				}
			}
		}
	}
	// Text: WCAG 1.4.3.
	check(4.5, "ink", "bg", "surface", "sunken", "accent-soft", "good-soft", "warn-soft", "bad-soft", "info-soft")
	check(4.5, "muted", "bg", "surface", "sunken", "w0")
	check(4.5, "accent", "bg", "surface")
	check(4.5, "accent-deep", "bg", "surface", "accent-soft")
	check(4.5, "on-accent", "accent", "accent-deep")
	for _, tone := range []string{"good", "warn", "bad", "info"} {
		check(4.5, tone, tone+"-soft", "surface", "bg")
	}
	for i := 1; i <= 8; i++ {
		check(4.5, "on-wave", fmt.Sprintf("w%d", i))
	}
	for i := range 6 {
		check(4.5, fmt.Sprintf("on-cov%d", i), fmt.Sprintf("cov%d", i))
	}
	// Edges of controls and the focus ring: WCAG 1.4.11.
	check(3, "edge", "bg", "surface")
	check(3, "focus", "bg", "surface", "sunken")
}
