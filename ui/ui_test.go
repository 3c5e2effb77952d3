package ui_test

import (
	"testing"
	"time"

	"kaskad/ui"
)

func newRenderer(tb testing.TB) *ui.Renderer {
	tb.Helper()
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		tb.Fatal(err)
	}
	r, err := ui.New(zone)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func TestNew(t *testing.T) { newRenderer(t) }
