// Zooms the map by changing its viewBox: with buttons, the keys + − 0 and, when
// zoomed in, the arrows; with Ctrl and the wheel, or the wheel alone when the map
// is in use; with two fingers. Zoomed in, one finger or the mouse moves it. A
// finger on the whole map still scrolls the page, and so does the wheel.
const MOST = 8;
const STEP = 1.5;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function zoomable(frame) {
  const svg = frame.querySelector("svg.map");
  const whole = svg.getAttribute("viewBox");
  const [left, top, width, height] = whole.split(" ").map(Number);
  let view = [left, top, width, height];
  const zoomed = () => view[2] < width;

  function draw() {
    const text = zoomed() ? view.map((v) => v.toFixed(1)).join(" ") : whole;
    if (svg.getAttribute("viewBox") !== text) {
      svg.setAttribute("viewBox", text);
    }
    svg.classList.toggle("zoomed", zoomed());
    svg.style.setProperty("--zoom", (width / view[2]).toFixed(2));
  }
  // The page may be brought up to date around the map, which stays as it is looked at.
  new MutationObserver(draw).observe(svg, { attributeFilter: ["viewBox"] });

  // set keeps the view inside the map.
  function set(x, y, w) {
    const h = (w / width) * height;
    view = [Math.min(Math.max(x, left), left + width - w), Math.min(Math.max(y, top), top + height - h), w, h];
    draw();
  }

  // middle is of what is chosen, when that is seen, or of the view.
  function middle() {
    const chosen = svg.querySelector(".venue-chosen, .area-outline")?.getBBox();
    const at = chosen && [chosen.x + chosen.width / 2, chosen.y + chosen.height / 2];
    return at && seen(at) ? at : [view[0] + view[2] / 2, view[1] + view[3] / 2];
  }
  const seen = ([x, y]) => x >= view[0] && x <= view[0] + view[2] && y >= view[1] && y <= view[1] + view[3];

  // zoom leaves a point where it is on the screen.
  function zoom(factor, [x, y] = middle()) {
    const w = Math.min(Math.max(view[2] * factor, width / MOST), width);
    set(x - ((x - view[0]) * w) / view[2], y - ((y - view[1]) * w) / view[2], w);
  }

  // point is where on the map something of the screen is.
  function point({ clientX, clientY }) {
    const box = svg.getBoundingClientRect();
    return [view[0] + ((clientX - box.left) / box.width) * view[2], view[1] + ((clientY - box.top) / box.height) * view[3]];
  }

  const actions = { in: () => zoom(1 / STEP), out: () => zoom(STEP), reset: () => set(left, top, width) };
  const keys = { "+": actions.in, "=": actions.in, "-": actions.out, "0": actions.reset };
  frame.addEventListener("click", (event) => actions[event.target.closest("[data-zoom]")?.dataset.zoom]?.());
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return; // the browser's own zoom
    }
    const step = zoomed() && ARROWS[event.key];
    if (keys[event.key] || step) {
      event.preventDefault();
      keys[event.key]?.();
      if (step) {
        set(view[0] + (step[0] * view[2]) / 8, view[1] + (step[1] * view[3]) / 8, view[2]);
      }
    }
  });
  svg.addEventListener("wheel", (event) => {
    const asked = event.ctrlKey || event.metaKey || frame.contains(document.activeElement) || zoomed();
    if (!asked || (event.deltaY > 0 && !zoomed())) {
      return;
    }
    event.preventDefault();
    zoom(Math.exp(event.deltaY * (event.deltaMode ? 0.05 : 0.002)), point(event));
  }, { passive: false });

  // What gets the focus is brought into view. WCAG 2.4.11. Chromium would make a stop
  // of the Tab key of a drawing that listens itself.
  frame.addEventListener("focusin", (event) => {
    if (event.target === svg || !svg.contains(event.target)) {
      return;
    }
    const b = event.target.getBBox();
    const [x, y] = [b.x + b.width / 2, b.y + b.height / 2];
    if (!seen([x, y])) {
      set(x - view[2] / 2, y - view[3] / 2, view[2]);
    }
  });
  pinch(svg, point, zoom, (dx, dy) => set(view[0] + dx, view[1] + dy, view[2]));
  drag(svg, point, zoomed, (dx, dy) => set(view[0] + dx, view[1] + dy, view[2]));
}

// pinch zooms with two fingers, and moves with the point between them.
function pinch(svg, point, zoom, move) {
  let before = null;
  const fingers = ({ touches: [a, b] }) => ({
    apart: Math.max(Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), 1),
    clientX: (a.clientX + b.clientX) / 2,
    clientY: (a.clientY + b.clientY) / 2,
  });
  for (const type of ["touchstart", "touchmove"]) {
    svg.addEventListener(type, (event) => {
      if (event.touches.length !== 2) {
        before = null;
        return;
      }
      event.preventDefault(); // the page itself neither zooms nor scrolls
      const now = fingers(event);
      if (before) {
        const [x, y] = point(before);
        const [nx, ny] = point(now);
        move(x - nx, y - ny);
        zoom(before.apart / now.apart, point(now));
      }
      before = now;
    }, { passive: false });
  }
}

// drag moves the view with the pointer, only when zoomed in.
function drag(svg, point, zoomed, move) {
  let from = null;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    from = zoomed() && event.isPrimary ? event : null;
    moved = false;
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from || !event.isPrimary || (!moved && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < 4)) {
      return;
    }
    moved = true;
    const [x, y] = point(from);
    const [nx, ny] = point(event);
    move(x - nx, y - ny);
    from = event;
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
