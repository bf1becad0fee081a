// Keys for people who work all day: J and K walk the rows, / N G go places, ? shows them all.
function rowLinks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row] .row-title")];
}

function walk(by: 1 | -1): void {
  const links = rowLinks();
  const row = document.activeElement?.closest("[data-row]");
  const at = links.findIndex((link) => link.closest("[data-row]") === row);
  const next = row === null || row === undefined ? 0 : at + by;
  const link = links[Math.max(0, Math.min(next, links.length - 1))];
  link?.focus();
  link?.closest("[data-row]")?.scrollIntoView({ block: "nearest" });
}

function press(selector: string): void {
  const target = document.querySelector<HTMLElement>(selector);
  if (target instanceof HTMLInputElement) {
    target.focus();
    target.select();
  } else {
    target?.click();
  }
}

function showKeys(): void {
  document.querySelector<HTMLDialogElement>("dialog#keys")?.showModal();
}

const actions: Record<string, () => void> = {
  j: () => walk(1),
  k: () => walk(-1),
  "/": () => press("[data-key='/']"),
  n: () => press("[data-key=n]"),
  g: () => press("[data-key=g]"),
  "?": showKeys,
};

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input:not([type=radio], [type=checkbox]), textarea, select, dialog[open] *"))
  );
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const action = actions[event.key.toLowerCase()];
  if (action === undefined) return;
  event.preventDefault();
  action();
});

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-show-keys]")) showKeys();
});
