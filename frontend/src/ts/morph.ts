// Swap styles that make of the page what the server sent, and keep the focus, the scroll position
// and everything that somebody has typed meanwhile.
//   morph          all of it is the server's word
//   morph-entries  entries come and go with what is typed; problems stay until their entry changes
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";

import { isOffered, isUntouched } from "./untouched";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const PROBLEM_MARKS = ["aria-invalid", "aria-describedby"];

function isControl(node: Node): node is Control {
  return (
    node instanceof HTMLInputElement ||
    node instanceof HTMLTextAreaElement ||
    node instanceof HTMLSelectElement
  );
}

function isTyped(control: Control): boolean {
  return !isOffered(control.name) && !isUntouched(control);
}

// An answer shows what was typed when the request left. What was typed since then is newer.
function keepTyped(before: Node, after: Node): boolean {
  if (before instanceof Element && before.hasAttribute("data-keep")) return false;
  if (isControl(before) && isControl(after) && before.name === after.name && isTyped(before)) {
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

const callbacks = { beforeNodeMorphed: keepTyped };

const callbacksOfEntries = {
  ...callbacks,
  beforeNodeRemoved: (node: Node) => !(node instanceof Element && node.matches(".problem")),
  beforeAttributeUpdated: (name: string, _node: Element, change: "update" | "remove") =>
    change === "update" || !PROBLEM_MARKS.includes(name),
};

// A focused row that had to move within its list loses the focus on the way.
function keepFocus(before: Element | null): void {
  if (before === null || before.id === "" || document.activeElement === before) return;
  document.getElementById(before.id)?.focus({ preventScroll: true });
}

function isMorph(style: string): boolean {
  return style === "morph" || style === "morph-entries";
}

htmx.defineExtension("morph", {
  isInlineSwap: isMorph,
  handleSwap: (style, target, fragment) => {
    if (!isMorph(style) || !(fragment instanceof DocumentFragment)) return false;
    const focused = document.activeElement;
    const morphed: unknown = Idiomorph.morph(target as Element, fragment.children, {
      morphStyle: "outerHTML",
      callbacks: style === "morph" ? callbacks : callbacksOfEntries,
    });
    keepFocus(focused);
    return Array.isArray(morphed) ? (morphed as Node[]) : true;
  },
});
