// Links the map with its table: pointing at or focusing one marks the other.
// Buttons zoom by changing the viewBox; when zoomed in, dragging and the arrow
// keys on the buttons move the view. Without this script the map is whole and
// every area is still a link.
const box = document.querySelector("[data-map]");
const svg = box?.querySelector("svg.map");

function mark(code, on) {
  for (const element of box.querySelectorAll(`[data-area="${CSS.escape(code)}"]`)) {
    element.classList.toggle("marked", on);
  }
}

function link(type, on) {
  box.addEventListener(type, (event) => {
    const code = event.target.closest?.("[data-area]")?.dataset.area;
    if (code) {
      mark(code, on);
    }
  });
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function zoomable() {
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  const [left, top, width, height] = whole;
  let view = [...whole];

  // set keeps the view inside the map.
  function set(x, y, w) {
    const h = (w / width) * height;
    view = [
      Math.min(Math.max(x, left), left + width - w),
      Math.min(Math.max(y, top), top + height - h),
      w, h,
    ];
    svg.setAttribute("viewBox", view.map((v) => v.toFixed(1)).join(" "));
    svg.classList.toggle("zoomed", w < width);
  }

  function zoom(factor) {
    const w = Math.min(Math.max(view[2] * factor, width / 6), width);
    const h = (w / width) * height;
    set(view[0] + (view[2] - w) / 2, view[1] + (view[3] - h) / 2, w);
  }

  function move(dx, dy) {
    set(view[0] + dx, view[1] + dy, view[2]);
  }

  const tools = box.querySelector(".map-tools");
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const kind = event.target.closest("button")?.dataset.zoom;
    if (kind === "in") zoom(1 / 1.5);
    if (kind === "out") zoom(1.5);
    if (kind === "reset") set(left, top, width);
  });
  tools.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (step) {
      event.preventDefault();
      move(step[0] * view[2] / 8, step[1] * view[3] / 8);
    }
  });
  drag(() => view, move);
}

// drag moves the view with the pointer, only when zoomed in, so that a finger
// on the whole map still scrolls the page.
function drag(view, move) {
  let from = null;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    from = svg.classList.contains("zoomed") ? [event.clientX, event.clientY] : null;
    moved = false;
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const scale = view()[2] / svg.clientWidth;
    const dx = from[0] - event.clientX;
    const dy = from[1] - event.clientY;
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    move(dx * scale, dy * scale);
    from = [event.clientX, event.clientY];
  });
  for (const type of ["pointerup", "pointerleave", "pointercancel"]) {
    svg.addEventListener(type, () => { from = null; });
  }
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  // The end of a drag is not a choice of an area.
  svg.addEventListener("click", (event) => {
    if (moved) event.preventDefault();
  }, true);
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
  link("pointerover", true);
  link("pointerout", false);
  link("focusin", true);
  link("focusout", false);
  if (svg) {
    zoomable();
  }
}
