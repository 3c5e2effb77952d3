// Pages of coordinators follow what others change. A page nobody types in is
// brought up to date where it stands; one with a form, other than of buttons
// marked data-live, says who has changed what and leaves the choice to its
// reader. Asked for only while the page is looked at.
import { announce } from "./announce.js";

const EVERY = 5_000; // milliseconds
const body = document.body;
const bar = document.getElementById("changed");
let seen = body.dataset.revision;

async function look() {
  if (document.hidden || !seen) {
    return;
  }
  try {
    const answer = await fetch(`/revision?page=${seen}`, { headers: { Accept: "text/plain" } });
    const [now, ...news] = answer.ok && answer.status === 200 ? (await answer.text()).trim().split("\n") : [seen];
    if (now !== seen) {
      seen = now;
      await changed(news);
    }
  } catch {
    // Offline for a moment: the next look tells.
  }
}

async function changed(news) {
  const main = document.getElementById("main");
  if (main.querySelector("form[method=post]:not([data-live]), dialog[open], .dragging") || !window.Idiomorph) {
    bar.hidden = false;
    bar.querySelector("ul").append(...news.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    announce([bar.querySelector("p").textContent, ...news].join(" "));
    return;
  }
  const answer = await fetch(location.href);
  if (answer.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    window.Idiomorph.morph(main, fresh.innerHTML, { morphStyle: "innerHTML", ignoreActiveValue: true });
    announce([bar.dataset.refreshed, ...news].join(" "));
  }
}

if (seen && bar) {
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
