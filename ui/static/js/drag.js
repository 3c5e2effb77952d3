// Dragging on the wave board. A drop opens the page that the name beside the
// handle leads to, with the place chosen: an area onto a wave, or a wave onto
// the week it shall start in. Nothing is changed until that page's form is
// sent, so the links and forms are the same way for keyboard and touch.
const board = document.querySelector("[data-board]");
const weeks = [...(board?.querySelectorAll("[data-monday]") ?? [])];
let dragged = null; // { kind, link, group }
let target = null;

// aim finds what a drop here would mean: a wave other than the area's own, or a
// week that has not passed.
function aim(event) {
  if (dragged.kind === "area") {
    const group = event.target.closest?.(".board-group");
    return group?.dataset.wave && group !== dragged.group ? group : null;
  }
  if (event.target.closest?.(".board-name")) {
    return null; // the names lie over the weeks
  }
  const week = weeks.find((w) => {
    const box = w.getBoundingClientRect();
    return box.left <= event.clientX && event.clientX < box.right;
  });
  return week && !week.classList.contains("past") ? week : null;
}

function mark(next) {
  target?.classList.remove("drop");
  next?.classList.add("drop");
  target = next;
}

function drop(event) {
  event.preventDefault();
  const address = new URL(dragged.link.href);
  if (dragged.kind === "area") {
    address.searchParams.set("to", target.dataset.wave);
  } else {
    address.searchParams.set("start", target.dataset.monday);
  }
  window.location.assign(address);
}

board?.addEventListener("dragstart", (event) => {
  const grip = event.target.closest?.("[data-drag]");
  if (!grip) {
    return;
  }
  dragged = { kind: grip.dataset.drag, link: grip.parentElement.querySelector("a"), group: grip.closest(".board-group") };
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.link.textContent.trim());
});

board?.addEventListener("dragover", (event) => {
  if (!dragged) {
    return;
  }
  mark(aim(event));
  if (target) {
    event.preventDefault(); // the browser's sign that a drop is welcome
  }
});

board?.addEventListener("drop", (event) => {
  if (dragged && target) {
    drop(event);
  }
});

board?.addEventListener("dragend", () => {
  mark(null);
  dragged = null;
});
