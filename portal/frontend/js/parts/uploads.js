// <div data-upload> around <input type="file">: every chosen or dropped file is sent on its own, with progress.
import htmx from "htmx.org";

import { findAll } from "./find.js";

const AT_ONCE = 2;

export function attachUploads(root) {
  for (const box of findAll(root, "[data-upload]")) attach(box);
}

function attach(box) {
  const input = box.querySelector("input[type=file]");
  const zone = box.querySelector(".drop-zone");
  const queue = createQueue(box, input);
  input.addEventListener("change", () => {
    queue.add([...input.files]);
    input.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    queue.add([...event.dataTransfer.files]);
  });
  input.form.addEventListener("submit", (event) => queue.isBusy() && event.preventDefault());
}

function createQueue(box, input) {
  const waiting = [];
  let running = 0;
  const next = () => {
    while (running < AT_ONCE && waiting.length) {
      running += 1;
      waiting.shift()().finally(() => {
        running -= 1;
        next();
      });
    }
  };
  const add = (files) => {
    for (const file of input.multiple ? files : files.slice(0, 1)) {
      const row = createRow(box, file);
      waiting.push(() => (row.isCancelled ? Promise.resolve() : send(box, input, file, row)));
    }
    next();
  };
  return { add, isBusy: () => running + waiting.length > 0 };
}

function createRow(box, file) {
  const template = box.querySelector("template[data-upload-row]");
  const element = template.content.firstElementChild.cloneNode(true);
  element.querySelector(".upload-name").textContent = file.name;
  element.querySelector("[data-upload-cancel-name]").textContent = file.name;
  box.querySelector(".upload-list").append(element);
  const row = { element, words: template.dataset, isCancelled: false, abort: () => {} };
  element.querySelector("[data-upload-cancel]").addEventListener("click", () => {
    if (element.matches(".is-done, .is-failed")) element.remove();
    row.isCancelled = true;
    row.abort();
    finish(box, file, row, "is-failed", row.words.textCancelled);
  });
  say(row, row.words.textWaiting);
  return row;
}

function send(box, input, file, row) {
  const request = new XMLHttpRequest();
  row.abort = () => request.abort();
  const progress = row.element.querySelector("progress");
  request.upload.addEventListener("progress", (event) => {
    progress.value = Math.round((100 * event.loaded) / event.total);
    say(row, progress.value < 100 ? row.words.textSending.replace("{percent}", progress.value) : row.words.textChecking);
  });
  return new Promise((resolve) => {
    request.addEventListener("load", () => {
      answered(box, file, row, request);
      resolve();
    });
    request.addEventListener("error", () => {
      finish(box, file, row, "is-failed", row.words.textLost);
      resolve();
    });
    request.addEventListener("abort", resolve);
    request.open("POST", box.dataset.upload || input.form.action);
    request.setRequestHeader("X-CSRFToken", input.form.elements.csrf_token.value);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.send(bodyFor(input, file));
  });
}

function bodyFor(input, file) {
  const body = new FormData(input.form);
  body.delete(input.name);
  body.append(input.name, file, file.name);
  return body;
}

function answered(box, file, row, request) {
  const page = pageOf(request);
  const error = request.status >= 400 ? errorOf(request, page) || row.words.textFailed : page && refusalIn(page);
  if (error) {
    finish(box, file, row, "is-failed", error);
    return;
  }
  if (page) takeOver(box.dataset.uploadTarget, page);
  finish(box, file, row, "is-done", row.words.textDone);
}

function pageOf(request) {
  const isPage = request.getResponseHeader("Content-Type")?.startsWith("text/html");
  return isPage ? new DOMParser().parseFromString(request.responseText, "text/html") : null;
}

// A page that shows the form again with an error beside this field was a refusal, whatever its status.
function refusalIn(page) {
  return page.querySelector("[data-upload] .field-error, .error-summary li, .alert-danger .alert-body")?.textContent.trim();
}

function errorOf(request, page) {
  if (page) return refusalIn(page) ?? page.querySelector("main .lead")?.textContent.trim();
  try {
    return JSON.parse(request.responseText).detail;
  } catch {
    return request.responseText;
  }
}

function takeOver(selector, page) {
  if (!selector) return;
  const fresh = page.querySelector(selector);
  const old = document.querySelector(selector);
  if (!fresh || !old) return;
  const arrived = document.importNode(fresh, true);
  old.replaceWith(arrived);
  htmx.process(arrived);
}

function finish(box, file, row, state, text) {
  row.element.classList.add(state);
  say(row, text);
  box.querySelector("[data-upload-status]").textContent = `${file.name}: ${text}`;
  if (state === "is-done") setTimeout(() => row.element.remove(), 4000);
}

function say(row, text) {
  row.element.querySelector(".upload-state").textContent = text;
}
