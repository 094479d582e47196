/** Every element of `root` that fits, `root` itself included: what htmx brings may be the element itself. */
export function findAll(root, selector) {
  const inside = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...inside] : inside;
}
