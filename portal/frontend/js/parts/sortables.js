// <ol data-sortable="id of the hidden order field">: rows move by drag and by their up and down buttons.
import { findAll } from "./find.js";

export async function attachSortables(root) {
  const lists = findAll(root, "[data-sortable]");
  if (!lists.length) return;
  lists.forEach(attachButtons);
  lists.forEach(followOrder);
  const { default: Sortable } = await import("sortablejs");
  for (const list of lists) {
    Sortable.create(list, { handle: ".sortable-handle", ghostClass: "sortable-ghost", animation: 150, onEnd: () => settle(list) });
  }
}

function attachButtons(list) {
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-move]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-sort-key]");
    if (button.dataset.move === "up") row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    settle(list);
    (button.disabled ? row.querySelector("button[data-move]:not(:disabled)") : button)?.focus();
    announce(list, row);
  });
}

// A draft that is brought back carries its order in the hidden field.
function followOrder(list) {
  const order = document.getElementById(list.dataset.sortable);
  order.addEventListener("draft:restored", () => {
    for (const key of order.value.split(",")) {
      const row = list.querySelector(`:scope > [data-sort-key="${CSS.escape(key)}"]`);
      if (row) list.append(row);
    }
    settle(list);
  });
}

function settle(list) {
  const rows = [...list.querySelectorAll(":scope > [data-sort-key]")];
  rows.forEach((row, index) => {
    const up = row.querySelector("[data-move=up]");
    const down = row.querySelector("[data-move=down]");
    if (up) up.disabled = index === 0;
    if (down) down.disabled = index === rows.length - 1;
  });
  const order = document.getElementById(list.dataset.sortable);
  order.value = rows.map((row) => row.dataset.sortKey).join(",");
  order.dispatchEvent(new Event("input", { bubbles: true }));
}

function announce(list, row) {
  const status = document.getElementById(`${list.dataset.sortable}-status`);
  const number = [...list.children].indexOf(row) + 1;
  status.textContent = status.dataset.text.replace("{number}", number).replace("{total}", list.children.length);
}
