// Follows a planning run. An element with data-stream="ADDRESS" opens that
// event stream; each "progress" event carries a fragment that replaces the
// element's content, and "over" ends the stream and reloads the page.
//
// The stream is closed on pagehide: browsers keep a page and its connections
// for the back button, and a kept page would hold the stream open. It is
// opened again on pageshow.
import { announce } from "./announce.js";

const ANNOUNCE_EVERY = 10_000; // ms: more often would talk over everything else

const box = document.querySelector("[data-stream]");
let source = null;
let announced = 0;

function show(html) {
  const focused = document.activeElement;
  if (window.Idiomorph) {
    window.Idiomorph.morph(box, html, { morphStyle: "innerHTML" });
  } else if (!box.contains(focused)) {
    box.innerHTML = html;
  }
  const fragment = box.firstElementChild;
  const now = Date.now();
  if (fragment?.dataset.say && now - announced >= ANNOUNCE_EVERY) {
    announced = now;
    announce(fragment.dataset.say);
  }
}

function close() {
  source?.close();
  source = null;
}

function open() {
  if (source) {
    return;
  }
  source = new EventSource(box.dataset.stream);
  source.addEventListener("progress", (event) => show(event.data));
  source.addEventListener("over", () => {
    close();
    window.location.reload();
  });
}

if (box) {
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
}
