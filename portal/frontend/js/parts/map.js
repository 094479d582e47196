// Things with the same data-map-key (a pin and its line in the list) light up together.
export function listenForMap() {
  for (const [on, off] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(on, (event) => light(event.target, true));
    document.addEventListener(off, (event) => light(event.target, false));
  }
}

function light(target, isLit) {
  const key = target.closest?.("[data-map-key]")?.dataset.mapKey;
  if (!key) return;
  for (const twin of document.querySelectorAll(`[data-map-key="${CSS.escape(key)}"]`)) {
    twin.classList.toggle("is-lit", isLit);
  }
}
