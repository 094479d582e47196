// <textarea data-editor> becomes a rich editor; the engine is fetched only on pages that have one.
export async function attachEditors(root) {
  const areas = [...root.querySelectorAll("textarea[data-editor]")];
  if (!areas.length || !document.getElementById("editor-toolbar")) return;
  const { createEditor } = await import("../editor.js");
  areas.forEach(createEditor);
}
