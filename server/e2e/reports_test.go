package e2e_test

import "testing"

// A coordinator goes from the overview to the reports and through each of them,
// and every one is accessible.
func TestWalkThroughReports(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.visit("/overview")
	b.press("main a[href='/reports']")
	b.expectAt("/reports")
	if tinted := ask[int](b, "document.querySelectorAll('.report .heat').length"); tinted == 0 {
		t.Error("the heat map has no tinted cell")
	}
	b.press(".tabs a[href='/reports?about=travel']")
	b.expectAt("/reports")
	seats := ask[int](b, "[...document.querySelectorAll('.report-n')].reduce((n, x) => n + Number(x.innerText.replace(/\\D/g, '')), 0)")
	if seats == 0 {
		t.Error("nobody travels")
	}
	if bars := ask[int](b, "[...document.querySelectorAll('.report-bar rect')].filter(x => x.getBoundingClientRect().width > 20).length"); bars == 0 {
		t.Error("no bar is drawn")
	}
}
