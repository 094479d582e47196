// <form data-draft="name" data-draft-version="7">: what is typed stays in this browser until the server has it.
// With data-draft-unsaved the server shows what was sent to it and not saved: a refusal, a preview, a conflict.
import { findAll } from "./find.js";

const PREFIX = "draft:";
const SENT = "draft-sent";
const SKIPPED = new Set(["password", "file", "submit", "button"]);
const SAVE_DELAY_MS = 400;

export function attachDrafts(root) {
  for (const form of findAll(root, "form[data-draft]")) watch(form);
}

/** After a form was sent and its next page is neither an error nor the login, the server has the text. */
export function forgetSavedDraft() {
  const key = sessionStorage.getItem(SENT);
  if (!key) return;
  sessionStorage.removeItem(SENT);
  const isOpen = [...document.querySelectorAll("form[data-draft]")].some((form) => keyOf(form) === key);
  if (!isOpen && !document.querySelector(".error-page, input[type=password]")) localStorage.removeItem(key);
}

/** Nobody who uses this browser next may find them. */
export function forgetAllDrafts() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
}

function watch(form) {
  const key = keyOf(form);
  const original = JSON.stringify(valuesOf(form));
  const isUnsaved = "draftUnsaved" in form.dataset;
  let timer;
  let isLeaving = false;
  const isChanged = () => isUnsaved || JSON.stringify(valuesOf(form)) !== original;
  const keep = (extra = {}) => store(key, { version: form.dataset.draftVersion, values: valuesOf(form), ...extra });

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => (isChanged() ? keep() : localStorage.removeItem(key)), SAVE_DELAY_MS);
  });
  form.addEventListener("submit", () => {
    isLeaving = true;
    clearTimeout(timer);
    if (isChanged()) keep({ sent: true });
    sessionStorage.setItem(SENT, key);
  });
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-leave]")) return;
    isLeaving = true;
    clearTimeout(timer);
    localStorage.removeItem(key);
  });
  window.addEventListener("beforeunload", (event) => {
    if (form.isConnected && !isLeaving && isChanged()) event.preventDefault();
  });
  if (isUnsaved) keep();
  else offer(form, key, original);
}

function offer(form, key, original) {
  const draft = read(key);
  if (!draft) return;
  const wasSaved = draft.sent && draft.version !== form.dataset.draftVersion;
  if (wasSaved || JSON.stringify(draft.values) === original) {
    localStorage.removeItem(key);
    return;
  }
  const template = form.querySelector("template[data-draft-offer]");
  const panel = template.content.firstElementChild.cloneNode(true);
  panel.querySelector("[data-draft-restore]").addEventListener("click", () => {
    restore(form, draft.values);
    panel.remove();
  });
  panel.querySelector("[data-draft-discard]").addEventListener("click", () => {
    localStorage.removeItem(key);
    panel.remove();
  });
  template.before(panel);
}

// Hidden fields come back too: an old version number makes the server show a conflict instead of overwriting.
function restore(form, values) {
  const waiting = new Map(Object.entries(values).map(([name, list]) => [name, [...list]]));
  for (const field of fieldsOf(form)) {
    const list = waiting.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = list.includes(field.value);
    else if (list.length) field.value = list.shift();
    field.dispatchEvent(new CustomEvent("draft:restored"));
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && field.name !== "csrf_token" && !SKIPPED.has(field.type));
}

function valuesOf(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue;
    (values[field.name] ??= []).push(field.value);
  }
  return values;
}

function keyOf(form) {
  return `${PREFIX}${document.body.dataset.member ?? ""}:${location.pathname}:${form.dataset.draft}`;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function store(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // The browser's store is full or switched off: the page asks before it is left all the same.
  }
}
