package model_test

import (
	"testing"

	"kaskad/model"
)

func TestANameIsOneLine(t *testing.T) {
	for _, c := range []struct {
		given, family, want string
	}{
		{"Anna", "Åberg", "Anna Åberg"},
		{" Anna  Maria ", "", "Anna Maria"},
		{"Emil", "\r\nATTENDEE:mailto:evil@example.org", "Emil ATTENDEE:mailto:evil@example.org"},
		{"Bo\u2028", "\u0085Ek\t", "Bo Ek"},
		{"", "", ""},
	} {
		if got := (model.Contact{Given: c.given, Family: c.family}).Name(); got != c.want {
			t.Errorf("%q %q is called %q, want %q", c.given, c.family, got, c.want)
		}
	}
}
