// <details data-menu> closes like a menu: by Escape, by a click elsewhere, when the focus leaves; arrows move inside.
const FOCUSABLE = "a[href], button:not([disabled]), input:not([type=hidden])";

export function listenForMenus() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", (event) => closeMenus((menu) => !menu.contains(event.target)));
  document.addEventListener("focusin", (event) => closeMenus((menu) => !menu.contains(event.target)));
}

function closeMenus(isToClose) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (isToClose(menu)) menu.open = false;
  }
}

function onKey(event) {
  const menu = event.target.closest?.("details[data-menu]");
  if (!menu) return;
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    menu.open = true;
    moveFocus(menu, event.key === "ArrowDown" ? 1 : -1);
  }
}

function moveFocus(menu, step) {
  const items = [...menu.querySelectorAll(FOCUSABLE)];
  const current = items.indexOf(document.activeElement);
  const next = current < 0 ? (step > 0 ? 0 : items.length - 1) : (current + step + items.length) % items.length;
  items[next]?.focus();
}
