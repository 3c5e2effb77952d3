package calendar

import (
	"reflect"
	"regexp"
	"slices"
	"testing"
)

// Every language has every text, with the same places to fill in. A text left
// out would be an event without a title.
func TestEveryLanguageHasEveryText(t *testing.T) {
	places := regexp.MustCompile(`%[sd]`)
	first := reflect.ValueOf(languages["sv"])
	for _, language := range Languages() {
		texts := reflect.ValueOf(languages[language])
		for i := range texts.NumField() {
			field, text := texts.Type().Field(i).Name, texts.Field(i).String()
			if text == "" {
				t.Errorf("%s lacks %s", language, field)
			}
			if got, want := places.FindAllString(text, -1), places.FindAllString(first.Field(i).String(), -1); !slices.Equal(got, want) {
				t.Errorf("%s, %s: %q has the places %v, want %v", language, field, text, got, want)
			}
		}
	}
}
