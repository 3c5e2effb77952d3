package e2e_test

import (
	"strings"
	"testing"
)

// Somebody is found, opened and changed, and the list taken to a spreadsheet,
// without a mouse.
func TestAPersonIsFoundAndChangedByKeyboard(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.language("sv")
	b.visit("/people")
	name := ask[string](b, `document.querySelectorAll(".row-link")[7].textContent.trim()`)
	family, _, _ := strings.Cut(name, ",")
	all := ask[string](b, `document.querySelector(".count").textContent`)
	b.tabTo("#q")
	b.keys(name)
	b.await("the list has followed the typing", `document.querySelector(".count").textContent !== `+quoted(all))
	if at := b.where(); !strings.Contains(at, "q=") {
		t.Errorf("the address %q does not hold what was searched for", at)
	}
	if got := ask[string](b, `document.activeElement.id`); got != "q" {
		t.Errorf("after the list has changed the focus is on %q, want still in the search field", got)
	}
	if rows := ask[int](b, `[...document.querySelectorAll(".row-link")].filter(e => e.textContent.trim() !== `+quoted(name)+`).length`); rows > 0 {
		t.Errorf("%d people of other names are found for %q", rows, name)
	}
	b.tabTo("a[download]")
	if href := ask[string](b, `document.activeElement.getAttribute("href")`); !strings.Contains(href, "format=xlsx") || !strings.Contains(href, "q=") {
		t.Errorf("the way to a spreadsheet is %q, want what is seen", href)
	}
	b.tabTo(".row-link")
	b.enterLoads()
	b.await("the person's page is there", `document.querySelector("h1").textContent.includes(`+quoted(family)+`)`)
	b.tabTo(`a[href$="/edit"]`)
	b.enterLoads()
	b.await("the form is there", `!!document.querySelector("#f-family")`)
	b.tabTo("#f-family")
	b.keys("Nyström") // Tab has chosen what stood there
	b.tabTo(`form.form button[type="submit"]`)
	b.enterLoads()
	b.await("the change is told", `!!document.querySelector(".callout.success")`)
	if h1 := ask[string](b, `document.querySelector("h1").textContent`); !strings.Contains(h1, "Nyström") {
		t.Errorf("the person is called %q", h1)
	}
	b.settle("the register by keyboard")
}
