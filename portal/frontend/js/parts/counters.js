// How many of a field's characters are used: <p data-count="field id" data-text="{used} of {limit} characters">.
import { findAll } from "./find.js";

export function attachCounters(root) {
  for (const counter of findAll(root, "[data-count]")) {
    const field = document.getElementById(counter.dataset.count);
    const show = () => {
      const used = [...field.value].length;
      counter.textContent = counter.dataset.text.replace("{used}", used).replace("{limit}", field.maxLength);
      counter.classList.toggle("is-over", used > field.maxLength);
    };
    field.addEventListener("input", show);
    show();
  }
}
