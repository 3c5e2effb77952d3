package ui

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"testing"
	"time"
)

func loaded(tb testing.TB) *catalogue {
	tb.Helper()
	c, err := loadCatalogue()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func holes(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestLanguagesSayTheSame(t *testing.T) {
	c := loaded(t)
	first := Languages[0]
	for _, lang := range Languages {
		for key, p := range c.phrases[lang] {
			other, ok := c.phrases[first][key]
			if !ok {
				t.Errorf("%s has %q, %s does not", lang, key, first)
				continue
			}
			if strings.TrimSpace(p.One) == "" || strings.TrimSpace(p.Other) == "" {
				t.Errorf("%s %q is empty", lang, key)
			}
			if !slices.Equal(holes(p.Other), holes(other.Other)) {
				t.Errorf("%s %q has %v, %s has %v", lang, key, holes(p.Other), first, holes(other.Other))
			}
			// The form for one may say "one" instead of a figure, but nothing else may be left out.
			one, many := holes(strings.ReplaceAll(p.One, "{n}", "")), holes(strings.ReplaceAll(p.Other, "{n}", ""))
			if !slices.Equal(one, many) {
				t.Errorf("%s %q has %v for one and %v for many", lang, key, one, many)
			}
		}
		if got, want := len(c.phrases[lang]), len(c.phrases[first]); got != want {
			t.Errorf("%s has %d texts, %s has %d", lang, got, first, want)
		}
	}
}

// TestClosedSetsAreTranslated covers the keys that templates put together from
// a prefix and a value.
func TestClosedSetsAreTranslated(t *testing.T) {
	c := loaded(t)
	sets := map[string][]any{
		"kind":          {Info, Success, Warning, Failure},
		"wave.state":    {WaveDraft, WaveChanged, WavePublished, WaveDone, WaveUnplanned, WavePaused},
		"seminar.state": {SeminarDraft, SeminarPublished, SeminarChanged, SeminarCancelled, SeminarHeld},
		"outbox.state":  {MessageQueued, MessageSent, MessageFailed, MessageFile},
		"outbox.kind":   {KindInvite, KindUpdate, KindCancel, KindSignIn, KindReminder, KindUrgent},
		"plan.state":    {RunIdle, RunRunning, RunStopping, RunDone, RunFailed},
		"publish.kind":  {"new", "moved", "cancelled"},
		"proposal.kind": {"new", "moved", "cancelled"},
		"stage":         {"build", "improve", "bound", "polish"},

		"mycal.channel": {ByMail, ByFeed, ByBoth}, "mycal.channel-why": {ByMail, ByFeed, ByBoth}, "mycal.alarm": {15, 60, 120, 1440, 10080},
		"mycal.language": {"sv", "en", "nb"},
		"register.need":  {NeedEarlier, NeedAttended, NeedBooked, NeedDrafted, NeedMissing},
		"register.part":  {"am", "pm", "eve"},
	}
	for _, term := range []string{"travel", "leaderTravel", "seminars", "mix", "crowding", "continuity", "pace", "earliness", "fairness", "preference", "disruption"} {
		sets["cost"] = append(sets["cost"], term)
		sets["cost-why"] = append(sets["cost-why"], term)
	}
	for status := 400; status < 600; status++ {
		key := ErrorPage{Status: status}.Key()
		sets["error"] = append(sets["error"], fmt.Sprint(key, ".title"), fmt.Sprint(key, ".text"))
	}
	for _, item := range NavFor(&User{Role: Coordinator}) {
		sets["nav"] = append(sets["nav"], item.Label)
		for _, page := range item.Items {
			sets["nav"] = append(sets["nav"], page.Label)
		}
	}
	for _, kind := range (Register{}).Kinds() {
		sets["register.title"], sets["register.hint"] = append(sets["register.title"], kind), append(sets["register.hint"], kind)
		sets["register.count"] = append(sets["register.count"], kind)
	}
	for _, lang := range Languages {
		sets["register.language"] = append(sets["register.language"], lang)
	}
	for _, kind := range []string{"programme", "wave", "area", "venue", "leader", "unit", "busy-person", "busy-venue"} {
		for _, prefix := range []string{"shared.what", "shared.make", "shared.show"} {
			sets[prefix] = append(sets[prefix], kind)
		}
	}
	for prefix, values := range sets {
		for _, value := range values {
			for _, lang := range Languages {
				if _, err := c.text(lang, fmt.Sprint(prefix, ".", value), "n", 1); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

func TestTextChoosesThePlural(t *testing.T) {
	c := loaded(t)
	for _, tt := range []struct {
		lang string
		n    int
		want string
	}{
		{"sv", 0, "0 seminarier"}, {"sv", 1, "1 seminarium"}, {"sv", 4000, "4\u00a0000 seminarier"},
		{"en", 1, "1 seminar"}, {"en", 4000, "4,000 seminars"},
	} {
		if got, err := c.text(tt.lang, "seminars.count", "n", tt.n); err != nil || got != tt.want {
			t.Errorf("%s %d = %q, %v, want %q", tt.lang, tt.n, got, err, tt.want)
		}
	}
}

func TestTextRefusesSlips(t *testing.T) {
	c := loaded(t)
	for what, pairs := range map[string][]any{
		"no value for a placeholder": {},
		"half a pair":                {"n"},
		"a name that is no text":     {1, 2},
	} {
		if text, err := c.text("sv", "seminars.count", pairs...); err == nil {
			t.Errorf("%s: got %q, want an error", what, text)
		}
	}
	if text, err := c.text("sv", "no.such.key"); err == nil {
		t.Errorf("unknown key gives %q, want an error", text)
	}
	if got := (&Renderer{words: c}).Text("sv", "no.such.key"); got != "no.such.key" {
		t.Errorf("Text of an unknown key = %q, want the key", got)
	}
}

func TestMissingTextStopsTheStart(t *testing.T) {
	c := loaded(t)
	for text, wantErr := range map[string]bool{
		`{{t "wave"}}`:  false,
		`{{t "wavee"}}`: true,
		`{{if true}}{{else}}{{range .}}{{template "x" (args "a" (t "wavee"))}}{{end}}{{end}}{{define "x"}}{{end}}`: true,
	} {
		set := template.Must(template.New("").Funcs(funcs(c, "sv", time.UTC)).Parse(text))
		if err := c.checkKeys(set); (err != nil) != wantErr {
			t.Errorf("%s: error %v, want one: %t", text, err, wantErr)
		}
	}
}
