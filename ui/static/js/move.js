// Dragging in the timetable. When a card is picked up by its handle, the page
// with that seminar picked up is fetched: it says where the seminar may go and why
// not elsewhere, and holds the forms. Allowed places light up, the others say
// why not; a drop sends the form of the place. That page is the way for keyboard,
// touch and browsers without scripts, so nothing can be dragged that they cannot do.
import { announce } from "./announce.js";

const held = "held"; // id of the form
let table = null; // being dragged in
let offered = null; // promise of the page with the seminar picked up
let choices = new Map(); // element here → { button, why } there
let target = null;

function say(text) {
  const line = document.getElementById("why");
  line.hidden = !text;
  line.textContent = text;
  announce(text);
}

// offer links each cell and card of this page to the same of the fetched one.
function offer(page) {
  const there = page.querySelector("[data-timetable]");
  for (const row of table?.tBodies[0].rows ?? []) {
    const other = there?.querySelector(`tr[data-line="${CSS.escape(row.dataset.line)}"]`);
    [...row.cells].forEach((cell, i) => {
      const twin = other?.cells[i];
      if (!twin || i === 0) return;
      choices.set(cell, { button: twin.querySelector(":scope > .place"), why: twin.querySelector(":scope > .why")?.textContent });
      cell.classList.toggle("can", twin.classList.contains("can"));
      cell.classList.toggle("cannot", twin.classList.contains("cannot"));
      for (const card of cell.querySelectorAll("[data-seminar]")) {
        const swap = twin.querySelector(`[data-seminar="${CSS.escape(card.dataset.seminar)}"] .place`);
        if (swap) choices.set(card, { button: swap });
        card.classList.toggle("can", Boolean(swap));
      }
    });
  }
  const tray = page.querySelector("[data-tray]");
  if (tray && table) {
    tray.classList.add("floating");
    document.body.append(tray);
    for (const button of tray.querySelectorAll("[data-drop]")) choices.set(button, { button });
  }
  table?.classList.add("dragging");
}

// aim finds what lies under the pointer: a card to swap with, a button of the tray, a cell.
function aim(event) {
  for (const selector of ["[data-drop]", "[data-seminar]", "td"]) {
    const element = event.target.closest?.(selector);
    if (element && (choices.has(element) || (selector === "td" && table.contains(element)))) return element;
  }
  return null;
}

function mark(next) {
  if (next === target) return;
  target?.classList.remove("drop");
  next?.classList.add("drop");
  target = next;
  const choice = choices.get(next);
  say(choice && !choice.button ? choice.why ?? "" : "");
}

function end() {
  mark(null);
  document.querySelector(".held.floating")?.remove();
  table?.classList.remove("dragging");
  for (const element of choices.keys()) element.classList.remove("can", "cannot");
  choices = new Map();
  table = offered = null;
}

document.addEventListener("dragstart", (event) => {
  const grip = event.target.closest?.("[data-pick]");
  if (!grip) return;
  table = grip.closest("[data-timetable]");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", grip.dataset.pick);
  event.dataTransfer.setDragImage(grip.parentElement, 8, 8);
  offered = fetch(grip.dataset.pick).then((answer) => answer.text()).then((html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (table) offer(page);
    return page;
  });
});

document.addEventListener("dragover", (event) => {
  if (!table) return;
  mark(aim(event));
  if (target && choices.get(target)?.button !== null) event.preventDefault(); // the sign that a drop is welcome
});

document.addEventListener("drop", async (event) => {
  if (!table || !target) return;
  event.preventDefault();
  const onto = target;
  const page = await offered; // a quick hand drops before the answer is here
  const button = choices.get(onto)?.button;
  if (!button) {
    say(choices.get(onto)?.why ?? "");
    return;
  }
  const form = page.getElementById(held) ?? document.getElementById(held);
  document.body.append(form, button);
  form.requestSubmit(button);
});

document.addEventListener("dragend", () => offered?.finally(() => setTimeout(end)));

// Control+Z and Control+Y press the buttons that say so, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.target.closest?.("input, textarea, select")) {
    document.querySelector(`[aria-keyshortcuts="Control+${CSS.escape(event.key.toUpperCase())}"]`)?.click();
  }
});
