// A button with data-copy="ID" copies the value of the field with that id.
import { announce } from "./announce.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.querySelector("span");
  const before = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // No clipboard without https or permission: select it, so that the
      // reader's own copy command works.
      field.select();
      return;
    }
    label.textContent = button.dataset.done;
    announce(button.dataset.done);
    setTimeout(() => { label.textContent = before; }, 2500);
  });
  field.addEventListener("focus", () => field.select());
}
