package e2e_test

import (
	"testing"
	"time"
)

// A coordinator reckons with a longer programme, and lengthens it.
func TestWalkThroughTheForecast(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.press("nav.nav a[href='/forecast']")
	b.expectAt("/forecast")
	proposed := ask[string](b, "document.querySelector('#until').value")
	day, err := time.Parse(time.DateOnly, proposed)
	if err != nil {
		t.Fatal(err)
	}
	later := day.AddDate(0, 0, 28).Format(time.DateOnly)
	b.fill("#until", later)
	b.press(".filters button")
	b.expectAt("/forecast")
	if got := ask[string](b, "document.querySelector('form.confirm [name=until]').value"); got != later {
		t.Errorf("reckons with %s, want %s", got, later)
	}
	weeks := ask[int](b, "document.querySelectorAll('#curve ~ details tbody tr').length")
	b.press("form.confirm button")
	b.expectAt("/forecast")
	if now := ask[int](b, "document.querySelectorAll('#curve ~ details tbody tr').length"); now < weeks+12 {
		t.Errorf("%d weeks after lengthening by sixteen, %d before", now, weeks)
	}
	b.visit("/seminars")
	if ask[int](b, "document.querySelectorAll('main tbody tr').length") == 0 {
		t.Error("the draft is gone after lengthening")
	}
}
