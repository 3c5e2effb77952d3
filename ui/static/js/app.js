// The one script every page loads. Pages work without it, except for the live
// view of planning, which then offers a link to refresh.
import "./copy.js";
import "./drag.js";
import "./follow.js";
import "./keys.js";
import "./map.js";
import "./move.js";
import "./progress.js";

// Links that only stand in for a script are taken away by the style sheet.
document.documentElement.classList.add("js");

// Morphing must never wipe what somebody is typing. The object form of
// hx-swap would need eval, which the content security policy forbids.
if (window.Idiomorph) {
  window.Idiomorph.defaults.ignoreActiveValue = true;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// On a wide screen the menu is a bar; on a phone Escape closes it.
const menu = document.querySelector("details.menu");
menu?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
