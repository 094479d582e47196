// <textarea data-editor> becomes a rich editor; the engine is fetched only on pages that have one.
import { findAll } from "./find.js";

export async function attachEditors(root) {
  const areas = findAll(root, "textarea[data-editor]");
  if (!areas.length || !document.getElementById("editor-toolbar")) return;
  const { createEditor } = await import("../editor.js");
  areas.forEach(createEditor);
}
