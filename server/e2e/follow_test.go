package e2e_test

import "testing"

// elsewhere makes an activity without leaving the page, as a colleague would in
// another window; the page then looks whether anything has changed.
const elsewhere = `(async () => {
  const form = new DOMParser().parseFromString(await (await fetch("/activities/new")).text(), "text/html").querySelector("main form");
  const data = new URLSearchParams(new FormData(form));
  data.set("name", "Made elsewhere"); data.set("date", "2027-03-01"); data.set("type", "fair");
  await fetch("/activities/new", {method: "POST", body: data});
  document.dispatchEvent(new Event("visibilitychange"));
})(), true`

func TestPagesFollowOtherCoordinators(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.visit("/activities")
	ask[bool](b, elsewhere)
	b.await("the list shows what was made elsewhere", `document.querySelector("main").innerText.includes("Made elsewhere")`)
	b.visit("/activities/kinds")
	ask[bool](b, `document.querySelector("#name-0").value = "being typed", true`)
	ask[bool](b, elsewhere)
	b.await("a page with a form says that it is old", `!document.querySelector("#changed").hidden`)
	if typed := ask[string](b, `document.querySelector("#name-0").value`); typed != "being typed" {
		t.Errorf("what was being typed is now %q", typed)
	}
	b.expectNoViolations("a page that is old")
}
