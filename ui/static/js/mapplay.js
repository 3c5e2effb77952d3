// Plays the weeks of the map one after the other, when somebody asks for it and
// for no longer: until the last week, the button again, Escape, a touch of the
// slider, or another window (WCAG 2.2.2). Who wants less motion steps from week to
// week with the same button. Without this script the button is not shown.
const STEP = 1200; // milliseconds to look at a week

export function playable(box) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let playing = false;
  let timer = 0;

  // paint says what the button does now; the server's answer has it as it was at first.
  function paint() {
    const button = box.querySelector("[data-play]");
    if (!button) {
      return;
    }
    const [play, pause, next] = button.dataset.play.split("|");
    button.classList.toggle("playing", playing);
    button.querySelector("[data-play-text]").textContent = playing ? pause : calm.matches ? next : play;
    box.querySelector(".map-week-now").setAttribute("aria-live", playing ? "off" : "polite");
  }

  function stop() {
    clearTimeout(timer);
    if (playing) {
      playing = false;
      paint();
    }
  }

  // step asks for the next week as if the slider had been moved; the answer asks for one more.
  function step() {
    const slider = box.querySelector("#week");
    if (slider.value === slider.max) {
      stop();
      return;
    }
    slider.value = Number(slider.value) + 1;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function press() {
    if (playing) {
      stop();
      return;
    }
    const slider = box.querySelector("#week");
    if (slider.value === slider.max) {
      slider.value = 0; // from the beginning
    }
    playing = !calm.matches;
    paint();
    step();
  }

  box.addEventListener("click", (event) => event.target.closest("[data-play]") && press());
  box.addEventListener("keydown", (event) => (event.key === "Escape" || event.target.id === "week") && stop());
  box.addEventListener("pointerdown", (event) => event.target.id === "week" && stop());
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  document.addEventListener("htmx:afterSwap", paint);
  document.addEventListener("htmx:afterSettle", () => {
    paint();
    if (playing) {
      clearTimeout(timer);
      timer = setTimeout(step, STEP);
    }
  });
  for (const failed of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failed, stop);
  }
  calm.addEventListener("change", () => {
    stop();
    paint();
  });
  paint();
}
