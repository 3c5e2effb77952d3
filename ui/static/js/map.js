// Links the map with its table: pointing at or focusing one marks the other.
// Names the week while its slider is dragged. Without this script the map is
// whole, every area and venue is still a link, and the week has a button.
import { playable } from "./mapplay.js";
import { zoomable } from "./mapzoom.js";

const box = document.querySelector("[data-map]");

function mark(target, on) {
  const from = target.closest?.("[data-area], [data-venue]");
  if (!from) {
    return;
  }
  const kind = from.dataset.area ? "area" : "venue";
  for (const element of box.querySelectorAll(`[data-${kind}="${CSS.escape(from.dataset[kind])}"]`)) {
    element.classList.toggle("marked", on);
  }
}

// nameWeek says which week the slider stands at; the server's answer follows.
function nameWeek(event) {
  const slider = event.target;
  if (slider.id !== "week") {
    return;
  }
  const name = slider.dataset.weeks.split("|")[slider.value];
  slider.setAttribute("aria-valuetext", name);
  box.querySelector(".map-week-now strong").textContent = name;
}

// Show the chosen row without moving the page itself.
function showChosen() {
  const row = box.querySelector("tr.selected");
  const region = row?.closest(".scroll");
  if (region) {
    region.scrollTop = row.offsetTop - region.clientHeight / 2;
  }
}

if (box) {
  showChosen();
  for (const [type, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    box.addEventListener(type, (event) => mark(event.target, on));
  }
  box.addEventListener("input", nameWeek);
  if (box.querySelector("#week")) {
    playable(box);
  }
  if (box.querySelector("svg.map")) {
    zoomable(box.querySelector(".map-frame"));
  }
}
