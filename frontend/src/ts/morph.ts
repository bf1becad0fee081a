// The swap style "morph": what is on the page becomes what the server sent, and keeps the focus,
// the scroll position and everything that somebody has typed meanwhile.
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isControl(node: Node): node is Control {
  return (
    node instanceof HTMLInputElement ||
    node instanceof HTMLTextAreaElement ||
    node instanceof HTMLSelectElement
  );
}

// An answer shows what was typed when the request left. What was typed since then is newer.
function keepTyped(before: Node, after: Node): boolean {
  if (before instanceof Element && before.hasAttribute("data-keep")) return false;
  if (isControl(before) && isControl(after) && before.name === after.name) {
    if (before instanceof HTMLInputElement && after instanceof HTMLInputElement) {
      after.checked = before.checked;
      after.toggleAttribute("checked", before.checked);
      if (before.type !== "radio" && before.type !== "checkbox") {
        after.setAttribute("value", before.value);
      }
    }
    after.value = before.value;
  }
  if (before instanceof HTMLDetailsElement && after instanceof HTMLDetailsElement) {
    after.open ||= before.open;
  }
  return true;
}

htmx.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph",
  handleSwap: (style, target, fragment) => {
    if (style !== "morph" || !(fragment instanceof DocumentFragment)) return false;
    const morphed: unknown = Idiomorph.morph(target as Element, fragment.children, {
      morphStyle: "outerHTML",
      callbacks: { beforeNodeMorphed: keepTyped },
    });
    return Array.isArray(morphed) ? (morphed as Node[]) : true;
  },
});
