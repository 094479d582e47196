// <ul data-gallery> with links to pictures opens the page's <dialog id="photo-viewer">.
import { findAll } from "./find.js";

export function attachGalleries(root) {
  const dialog = document.getElementById("photo-viewer");
  if (!dialog) return;
  for (const gallery of findAll(root, "[data-gallery]")) {
    gallery.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-caption]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      openViewer(dialog, [...gallery.querySelectorAll("a[data-caption]")], link);
    });
  }
}

function openViewer(dialog, links, first) {
  let index = links.indexOf(first);
  const listening = new AbortController();
  const options = { signal: listening.signal };
  const step = (by) => {
    index = (index + by + links.length) % links.length;
    show(dialog, links, index);
  };

  dialog.addEventListener("click", (event) => {
    const action = event.target.closest("[data-viewer]")?.dataset.viewer;
    if (action === "close" || event.target.matches(".viewer-stage")) dialog.close();
    if (action === "previous") step(-1);
    if (action === "next") step(1);
  }, options);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  }, options);
  dialog.addEventListener("close", () => {
    listening.abort();
    links[index].focus();
  }, options);
  listenForSwipe(dialog, step, options);
  dialog.classList.toggle("is-single", links.length === 1);
  show(dialog, links, index);
  dialog.showModal();
}

function show(dialog, links, index) {
  const { href, dataset } = links[index];
  const part = (name) => dialog.querySelector(`[data-viewer-${name}]`);
  const position = part("position");
  const credit = part("credit");
  part("image").src = href;
  part("image").alt = links[index].querySelector("img").alt;
  part("caption").textContent = dataset.caption;
  credit.textContent = dataset.credit ? credit.dataset.text.replace("{name}", dataset.credit) : "";
  position.textContent = position.dataset.text.replace("{number}", index + 1).replace("{total}", links.length);
}

function listenForSwipe(dialog, step, options) {
  const SWIPE_PX = 50;
  let start = null;
  dialog.addEventListener("touchstart", (event) => (start = event.changedTouches[0].clientX), { ...options, passive: true });
  dialog.addEventListener("touchend", (event) => {
    const way = event.changedTouches[0].clientX - start;
    if (Math.abs(way) > SWIPE_PX) step(way < 0 ? 1 : -1);
  }, options);
}
