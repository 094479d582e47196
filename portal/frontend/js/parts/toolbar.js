// The editor's toolbar: cloned from <template id="editor-toolbar">, one stop for Tab, arrows move inside.
const COMMANDS = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  strike: (chain) => chain.toggleStrike(),
  heading2: (chain) => chain.toggleHeading({ level: 2 }),
  heading3: (chain) => chain.toggleHeading({ level: 3 }),
  bulletList: (chain) => chain.toggleBulletList(),
  orderedList: (chain) => chain.toggleOrderedList(),
  blockquote: (chain) => chain.toggleBlockquote(),
  table: (chain) => chain.insertTable({ rows: 3, cols: 2, withHeaderRow: true }),
  horizontalRule: (chain) => chain.setHorizontalRule(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
};
const TOGGLES = {
  heading2: ["heading", { level: 2 }],
  heading3: ["heading", { level: 3 }],
  ...Object.fromEntries(["bold", "italic", "strike", "bulletList", "orderedList", "blockquote", "link"].map((name) => [name, [name]])),
};

export function attachToolbar({ editor, frame, area, load }) {
  const bar = document.getElementById("editor-toolbar").content.firstElementChild.cloneNode(true);
  const buttons = [...bar.querySelectorAll("button")];
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) run(button.dataset.command, { editor, frame, area, load, button, buttons });
  });
  attachRoving(bar, buttons);
  editor.on("transaction", () => refresh(editor, buttons));
  editor.view.dom.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      askForLink(editor);
    }
  });
  refresh(editor, buttons);
  frame.prepend(bar);
}

function run(command, parts) {
  if (command === "link") askForLink(parts.editor);
  else if (command === "source") toggleSource(parts);
  else COMMANDS[command](parts.editor.chain().focus()).run();
}

function refresh(editor, buttons) {
  for (const button of buttons) {
    const toggle = TOGGLES[button.dataset.command];
    if (toggle) button.setAttribute("aria-pressed", String(editor.isActive(...toggle)));
    if (["undo", "redo"].includes(button.dataset.command)) {
      button.setAttribute("aria-disabled", String(!editor.can()[button.dataset.command]()));
    }
  }
}

function attachRoving(bar, buttons) {
  const select = (button) => buttons.forEach((one) => (one.tabIndex = one === button ? 0 : -1));
  select(buttons[0]);
  bar.addEventListener("focusin", (event) => buttons.includes(event.target) && select(event.target));
  bar.addEventListener("keydown", (event) => {
    const usable = buttons.filter((button) => !button.disabled);
    const index = usable.indexOf(event.target);
    const goal = {
      ArrowRight: (index + 1) % usable.length,
      ArrowLeft: (index - 1 + usable.length) % usable.length,
      Home: 0,
      End: usable.length - 1,
    }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    usable[goal].focus();
  });
}

function toggleSource({ editor, frame, area, load, button, buttons }) {
  const isSource = area.hidden;
  if (!isSource) load();
  area.hidden = !isSource;
  frame.querySelector(".editor-content").hidden = isSource;
  button.setAttribute("aria-pressed", String(isSource));
  for (const one of buttons) if (one !== button) one.disabled = isSource;
  if (isSource) frame.append(area);
  (isSource ? area : editor.view.dom).focus();
}

function askForLink(editor) {
  const dialog = document.getElementById("editor-link").content.firstElementChild.cloneNode(true);
  const address = dialog.querySelector("input");
  address.value = editor.getAttributes("link").href ?? "https://";
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const chain = editor.chain().focus().extendMarkRange("link");
    if (dialog.returnValue === "set") setLink(editor, chain, address.value);
    if (dialog.returnValue === "remove") chain.unsetLink().run();
    dialog.remove();
    editor.commands.focus();
  });
  dialog.showModal();
  address.select();
}

function setLink(editor, chain, href) {
  const isPlain = editor.state.selection.empty && !editor.isActive("link");
  if (isPlain) chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
  else chain.setLink({ href }).run();
}
