// An entry that stands as the form offered it follows what is typed above it, as the server has it;
// one that somebody has changed is theirs.
const OFFERED = "default.";

const touched = new WeakSet<Element>();

function fieldOf(node: Node): Element | null {
  return node instanceof Element ? node.closest(".field") : null;
}

export function touch(node: Node): void {
  const field = fieldOf(node);
  if (field !== null) touched.add(field);
}

export function isOffered(name: string): boolean {
  return name.startsWith(OFFERED);
}

export function isUntouched(node: Node): boolean {
  const field = fieldOf(node);
  if (field === null || touched.has(field)) return false;
  return field.querySelector(`input[name^="${OFFERED}"]`) !== null;
}

document.addEventListener("input", (event) => {
  if (event.target instanceof Element) touch(event.target);
});
