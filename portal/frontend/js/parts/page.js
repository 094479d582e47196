// Small things of any page: the search shortcut, closing messages, copying, leaving the account.
import { forgetAllDrafts } from "./drafts.js";
import { findAll } from "./find.js";

export function listenForPageActions() {
  document.addEventListener("keydown", focusSearch);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-dismiss]")) dismiss(button);
    if (button?.matches("[data-copy]")) copy(button);
    if (button?.matches("[data-reveal]")) reveal(button);
  });
  document.addEventListener("submit", (event) => event.target.matches("[data-logout]") && forgetAllDrafts());
}

export function focusErrors(root) {
  findAll(root, "[data-focus]")[0]?.focus();
}

// Where tabs don't fit, the present one is brought into sight.
export function showCurrentTabs() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const tabs = tab.closest(".tabs");
    tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
  }
}

function focusSearch(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable=true]")) return;
  const field = document.querySelector('[data-shortcut="/"]');
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

function dismiss(button) {
  button.closest(".alert").remove();
  document.getElementById("content")?.focus({ preventScroll: true });
}

function reveal(button) {
  const field = document.getElementById(button.dataset.reveal);
  field.type = field.type === "password" ? "text" : "password";
  button.setAttribute("aria-pressed", String(field.type === "text"));
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  button.querySelector("[role=status]").textContent = button.dataset.textDone;
}
