package mail

import (
	"reflect"
	"strings"
	"testing"

	"kaskad/server/calendar"
)

// Every language has every text, with the same places to fill in the same order.
func TestEveryLanguageHasEveryText(t *testing.T) {
	first := "sv"
	for _, language := range calendar.Languages() {
		for name, texts := range map[string][2]any{
			"letters": {wordsOf(language), wordsOf(first)}, "notes": {notesOf(language), notesOf(first)},
			"dates": {wordsOf(language).dates, wordsOf(first).dates}, "short notice": {shortNotices[language], shortNotices[first]},
		} {
			x, y := reflect.ValueOf(texts[0]), reflect.ValueOf(texts[1])
			for i := range x.NumField() {
				field := x.Type().Field(i).Name
				if x.Field(i).Kind() == reflect.Array {
					for j := range x.Field(i).Len() {
						if x.Field(i).Index(j).String() == "" {
							t.Errorf("%s lacks %s %d of the %s", language, field, j, name)
						}
					}
				}
				if x.Field(i).Kind() != reflect.String || field == "ordinal" {
					continue
				}
				text, swedish := x.Field(i).String(), y.Field(i).String()
				if text == "" {
					t.Errorf("%s lacks %s of the %s", language, field, name)
				}
				if got, want := verbs(text), verbs(swedish); got != want {
					t.Errorf("%s, %s of the %s: %q has the places %s, %q has %s", language, field, name, text, got, swedish, want)
				}
			}
		}
		if language != first && wordsOf(language).greeting == wordsOf(first).greeting {
			t.Errorf("letters in %s greet in %s", language, first)
		}
	}
}

// verbs are the places to fill in of a text, in order.
func verbs(text string) string {
	var b strings.Builder
	for i := range len(text) - 1 {
		if text[i] == '%' {
			b.WriteByte(text[i+1])
		}
	}
	return b.String()
}
