// Sentences for assistive technology, through the one live region of the page.
const region = document.getElementById("announce");

export function announce(text) {
  if (region && region.textContent !== text) {
    region.textContent = text;
  }
}
