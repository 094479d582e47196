// A rich editor over a plain text area. What is stored and sent stays Markdown in the text area itself.
import { Editor } from "@tiptap/core";
import { TableKit } from "@tiptap/extension-table";
import { Image } from "@tiptap/extension-image";
import { Markdown } from "@tiptap/markdown";
import StarterKit from "@tiptap/starter-kit";

import { attachToolbar } from "./parts/toolbar.js";

const EXTENSIONS = [
  StarterKit.configure({
    // The toolbar offers two levels; the others are kept when a text has them.
    heading: { levels: [1, 2, 3, 4] },
    link: { openOnClick: false, autolink: true, defaultProtocol: "https" },
    underline: false,
  }),
  TableKit.configure({ table: { resizable: false } }),
  Image,
  Markdown,
];

export function createEditor(area) {
  const frame = document.createElement("div");
  frame.className = "editor";
  if (area.getAttribute("aria-invalid") === "true") frame.classList.add("is-wrong");
  const content = document.createElement("div");
  content.className = "editor-content";
  frame.append(content);
  area.before(frame);

  // The engine spells Markdown in its own way and adds lines of its own: what nobody edited stays as it was, byte for byte.
  let loaded;
  const remember = () => (loaded = { text: area.value, markdown: editor.getMarkdown().trim() });
  const editor = new Editor({
    element: content,
    extensions: EXTENSIONS,
    injectCSS: false,
    content: area.value,
    contentType: "markdown",
    editorProps: { attributes: attributesFrom(area) },
    onUpdate: () => {
      const markdown = editor.getMarkdown().trim();
      const text = markdown === loaded.markdown ? loaded.text : markdown;
      if (text === area.value) return;
      area.value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  remember();
  const load = () => {
    editor.commands.setContent(area.value, { contentType: "markdown", emitUpdate: false });
    remember();
  };
  area.addEventListener("draft:restored", load);
  attachToolbar({ editor, frame, area, load });
  focusByLabel(area, editor);
  area.hidden = true;
}

function attributesFrom(area) {
  const attributes = { role: "textbox", "aria-multiline": "true", class: "prose" };
  const label = document.getElementById(`${area.id}-label`);
  if (label) attributes["aria-labelledby"] = label.id;
  for (const name of ["aria-describedby", "aria-invalid", "lang"]) {
    if (area.hasAttribute(name)) attributes[name] = area.getAttribute(name);
  }
  if (area.required) attributes["aria-required"] = "true";
  return attributes;
}

// The label and the error summary still point at the hidden text area.
function focusByLabel(area, editor) {
  const focus = (event) => {
    if (area.hidden) {
      event.preventDefault();
      editor.commands.focus();
    }
  };
  document.getElementById(`${area.id}-label`)?.addEventListener("click", focus);
  for (const link of document.querySelectorAll(`a[href="#${CSS.escape(area.id)}"]`)) link.addEventListener("click", focus);
}
