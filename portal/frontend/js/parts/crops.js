// <div data-crop>: the part of a portrait that is shown, chosen with pointer, finger or keys. Without scripts the choice
// between the middle and the top stays. Numbers are thousandths: left of the width, top of the height, side of the shorter side.
import { findAll } from "./find.js";

const SMALLEST = 0.15;

export async function attachCrops(root) {
  const areas = findAll(root, "[data-crop]");
  if (!areas.length) return;
  await import("cropperjs");
  areas.forEach(attachCrop);
}

function attachCrop(area) {
  const form = area.closest("form");
  const size = { width: Number(area.dataset.width), height: Number(area.dataset.height) };
  const selection = placeCropper(area, size);
  const sliders = Object.fromEntries(findAll(area, "[data-crop-slider]").map((one) => [one.dataset.cropSlider, one]));
  area.querySelector("[data-crop-sliders]").hidden = false;
  const preview = placePreview(area);

  const canvas = selection.$canvas ?? selection.parentElement;
  const bounds = () => ({ width: canvas.offsetWidth, height: canvas.offsetHeight });
  const show = ({ x, y, width }) => {
    const { width: w, height: h } = bounds();
    const values = { left: (x / w) * 1000, top: (y / h) * 1000, side: (width / Math.min(w, h)) * 1000 };
    preview({ x: x / w, y: y / h, width: width / w, ratio: h / w });
    for (const [name, value] of Object.entries(values)) sliders[name].value = Math.round(value);
    form.elements.part.value = ["left", "top", "side"].map((name) => Math.max(0, Math.round(values[name]))).join(",");
  };
  selection.addEventListener("change", (event) => {
    const { x, y, width, height } = event.detail;
    const { width: w, height: h } = bounds();
    const fits = x >= -0.5 && y >= -0.5 && x + width <= w + 0.5 && y + height <= h + 0.5;
    if (!fits || width < SMALLEST * Math.min(w, h)) return event.preventDefault();
    show(event.detail);
    if (area.dataset.ready) chooseOwn(form);
  });
  for (const slider of Object.values(sliders)) {
    slider.addEventListener("input", () => {
      moveTo(selection, fromSliders(sliders, bounds()));
      chooseOwn(form);
    });
  }
  for (const radio of form.querySelectorAll("[name=crop]")) {
    radio.addEventListener("change", () => radio.value !== "own" && named(radio.value, area, selection, bounds()));
  }
  requestAnimationFrame(() => {
    begin(form, selection, bounds(), area);
    requestAnimationFrame(() => (area.dataset.ready = "yes"));
  });
}

// Elements of the library, made here so that the page carries none of them without scripts.
function placeCropper(area, { width, height }) {
  const frame = area.querySelector("[data-crop-picture]");
  const picture = frame.querySelector("img");
  const canvas = document.createElement("cropper-canvas");
  canvas.style.aspectRatio = `${width} / ${height}`;
  canvas.innerHTML = `<cropper-image></cropper-image><cropper-shade theme-color="rgba(0, 0, 0, 0.55)"></cropper-shade>
    <cropper-selection id="crop-selection" aspect-ratio="1" movable resizable outlined theme-color="#fff">
      <cropper-handle action="move" theme-color="rgba(255, 255, 255, 0.01)"></cropper-handle>
      <cropper-handle action="nw-resize" theme-color="#fff"></cropper-handle>
      <cropper-handle action="ne-resize" theme-color="#fff"></cropper-handle>
      <cropper-handle action="sw-resize" theme-color="#fff"></cropper-handle>
      <cropper-handle action="se-resize" theme-color="#fff"></cropper-handle>
    </cropper-selection>`;
  const image = canvas.querySelector("cropper-image");
  image.setAttribute("src", picture.src);
  image.setAttribute("alt", picture.alt);
  image.setAttribute("initial-center-size", "contain");
  frame.replaceChildren(canvas);
  return canvas.querySelector("cropper-selection");
}

// The round picture beside it, as others will see it.
function placePreview(area) {
  const circle = area.querySelector("[data-crop-preview]");
  const image = document.createElement("img");
  image.src = area.querySelector("cropper-image").getAttribute("src");
  image.alt = "";
  circle.replaceChildren(image);
  return ({ x, y, width, ratio }) => {
    image.style.width = `${100 / width}%`;
    image.style.left = `${(-100 * x) / width}%`;
    image.style.top = `${(-100 * y * ratio) / width}%`;
  };
}

function begin(form, selection, bounds, area) {
  const chosen = form.querySelector("[name=crop]:checked")?.value ?? "centre";
  const numbers = form.elements.part.value.split(",").map(Number);
  if (chosen === "own" && numbers.length === 3) moveTo(selection, fromNumbers(numbers, bounds));
  else named(chosen, area, selection, bounds);
}

function named(choice, area, selection, { width, height }) {
  const side = Math.min(width, height);
  delete area.dataset.ready;
  selection.$change((width - side) / 2, choice === "top" ? 0 : (height - side) / 2, side, side);
  area.dataset.ready = "yes";
}

function fromSliders(sliders, bounds) {
  return fromNumbers([sliders.left, sliders.top, sliders.side].map((one) => Number(one.value)), bounds);
}

function fromNumbers([left, top, side], { width, height }) {
  const shorter = Math.min(width, height);
  const pixels = Math.min(shorter, Math.max(SMALLEST * shorter, (side / 1000) * shorter));
  return { side: pixels, x: Math.min((left / 1000) * width, width - pixels), y: Math.min((top / 1000) * height, height - pixels) };
}

function moveTo(selection, { x, y, side }) {
  selection.$change(x, y, side, side);
}

function chooseOwn(form) {
  const own = form.querySelector('[name=crop][value="own"]');
  if (own) own.checked = true;
}
