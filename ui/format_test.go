package ui

import (
	"strings"
	"testing"
	"time"
)

func TestFormats(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	// The first Monday of summer time, given in UTC: 06.30 there is 08.30 here.
	at := time.Date(2027, 3, 29, 6, 30, 0, 0, time.UTC).In(zone)
	plain := func(s string) string { return strings.ReplaceAll(s, nbsp, "_") }
	for _, tt := range []struct{ got, want string }{
		{formatNumber("sv", 48000), "48_000"}, {formatNumber("en", 48000), "48,000"}, {formatNumber("sv", 999), "999"},
		{formatNumber("sv", -1234567), "−1_234_567"}, {formatNumber("en", 0), "0"},
		{formatDecimal("sv", 4.86), "4,9"}, {formatDecimal("en", 4.86), "4.9"},
		{formatPercent("sv", 64), "64_%"}, {formatPercent("en", 64), "64%"},
		{formatMinutes("sv", 195), "3_h_15_min"}, {formatMinutes("sv", 45), "45_min"}, {formatMinutes("en", 60), "1_h"}, {formatMinutes("sv", 0), "0_min"},
		{formatRoughly("sv", 599), "9_h_59_min"}, {formatRoughly("sv", 121300), "2_022_h"},
		{formatSeconds(42), "0:42"}, {formatSeconds(725), "12:05"}, {formatSeconds(3723), "1:02:03"},
		{formatDate("sv", at), "29_mars 2027"}, {formatDate("en", at), "29_March 2027"}, {formatDate("sv", time.Time{}), ""},
		{formatDay("sv", at), "mån_29_mars"}, {formatDay("en", at), "Mon_29_Mar"}, {formatDay("sv", time.Time{}), ""},
		{formatLongDay("sv", at), "måndag 29_mars 2027"}, {formatLongDay("sv", time.Time{}), ""},
		{formatClock("sv", at), "08.30"}, {formatClock("en", at), "08:30"},
		{formatWeek("sv", at), "v._13"}, {formatWeek("en", at), "week_13"},
	} {
		if plain(tt.got) != tt.want {
			t.Errorf("got %q, want %q", plain(tt.got), tt.want)
		}
	}
}

func TestShareNeverRoundsUpToAll(t *testing.T) {
	for _, tt := range []struct{ part, whole, want int }{{0, 0, 0}, {3999, 4000, 99}, {4000, 4000, 100}, {1, 3, 33}, {5, 0, 0}} {
		if got := share(tt.part, tt.whole); got != tt.want {
			t.Errorf("share(%d, %d) = %d, want %d", tt.part, tt.whole, got, tt.want)
		}
	}
}

func TestQRIsDrawnForTextOnly(t *testing.T) {
	if svg, err := qr(""); err != nil || svg != "" {
		t.Errorf("qr of nothing = %q, %v, want nothing", svg, err)
	}
	svg, err := qr("https://kaskad.example.se/feed/x.ics")
	if err != nil || !strings.HasPrefix(string(svg), "<svg") || strings.Count(string(svg), "h1v1h-1z") < 200 {
		t.Errorf("qr = %.80s, %v, want an SVG with hundreds of modules", svg, err)
	}
	if _, err := qr(strings.Repeat("x", 5000)); err == nil {
		t.Error("qr of 5 000 characters succeeded, want an error")
	}
}

func TestNorwegianIsWrittenAsNorwegiansDo(t *testing.T) {
	at := time.Date(2027, 5, 4, 8, 5, 0, 0, time.UTC)
	for got, want := range map[string]string{
		formatDay("nb", at): "tir\u00a04.\u00a0mai", formatDate("nb", at): "4.\u00a0mai 2027", formatClock("nb", at): "08.05", formatWeek("nb", at): "uke\u00a018",
		formatNumber("nb", 12345): "12\u00a0345", formatDecimal("nb", 1.4): "1,4", formatPercent("nb", 64): "64\u00a0%", formatLongDay("nb", at): "tirsdag 4.\u00a0mai 2027",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
