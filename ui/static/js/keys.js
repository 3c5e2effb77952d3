// Keyboard shortcuts. What a page has is in the page: an element with
// data-keys="g o" is pressed by those keys one after the other. They are off
// where the page does not say data-keys-on (WCAG 2.1.4), and while somebody types.
const PATIENCE = 1500; // milliseconds between keys that belong together
let typed = "";
let last = 0;

const typing = "input:not([type=checkbox], [type=radio]), select, textarea, dialog";

// rows moves the focus to the first link of the next or previous row.
function rows(step) {
  const links = [...document.querySelectorAll("main tbody tr")].map((row) => row.querySelector("a")).filter(Boolean);
  const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
}

const own = {
  "/": () => document.querySelector("main input[type=search]")?.focus(),
  j: () => rows(1),
  k: () => rows(-1),
  n: () => document.querySelector("main a[rel=next]")?.click(),
  p: () => document.querySelector("main a[rel=prev]")?.click(),
};

function press(keys) {
  const element = document.querySelector(`[data-keys="${CSS.escape(keys)}"]`);
  if (element) {
    element.click();
  } else {
    own[keys]?.();
  }
  return Boolean(element ?? own[keys]);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key.length > 1 || event.key === " " || event.target.closest(typing)) {
    return;
  }
  const now = Date.now();
  const keys = now - last < PATIENCE && typed ? `${typed} ${event.key}` : event.key;
  last = now;
  typed = "";
  if ("keysOn" in document.body.dataset && press(keys)) {
    event.preventDefault();
  } else if (keys === "g") {
    typed = keys;
  }
});
