// A call that is being taken survives leaving the page: what is typed into a form that begins a
// case is kept in this tab, for this person, until the case has begun or somebody logs out.
import { isUntouched, touch } from "./untouched";

const PREFIX = "typed:";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Kept = Record<string, string>;

// A cell of a list, `f.lines.+2.what`; the name of the list stands before it.
const CELL = /^(f\.[^.]+)\.[^.]+\./;

// Names that were kept and have no entry on the page yet: it may follow from what is typed.
const missing = new Set<string>();

function forget(isKept: (key: string) => boolean = () => false): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && !isKept(key)) sessionStorage.removeItem(key);
  }
}

function person(): string {
  return document.querySelector<HTMLElement>("[data-session]")?.dataset["user"] ?? "";
}

function keyOf(form: HTMLFormElement): string {
  return `${PREFIX}${person()}:${form.dataset["typed"] ?? ""}`;
}

function kept(form: HTMLFormElement): Kept {
  return JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "{}") as Kept;
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.querySelectorAll<Control>("[name^='f.'], select[name=unit]")];
}

function keep(form: HTMLFormElement): void {
  const found = controls(form);
  const typed = Object.fromEntries(
    // A row that is no longer on the page was removed.
    Object.entries(kept(form)).filter(([name]) => {
      const list = CELL.exec(name)?.[1];
      return list === undefined || !found.some((control) => control.name === list);
    }),
  );
  for (const control of found.filter((each) => !isUntouched(each))) {
    if (!(control instanceof HTMLInputElement) || control.type !== "radio" || control.checked) {
      typed[control.name] = control.value;
    }
  }
  sessionStorage.setItem(keyOf(form), JSON.stringify(typed));
}

function fill(form: HTMLFormElement, names: Iterable<string>): void {
  const typed = kept(form);
  const found = controls(form);
  for (const name of names) {
    const entries = found.filter((control) => control.name === name);
    const text = typed[name] ?? "";
    for (const entry of entries) {
      touch(entry);
      if (entry instanceof HTMLInputElement && entry.type === "radio") {
        entry.checked = entry.value === text;
      } else {
        entry.value = text;
      }
    }
    if (entries.length > 0) missing.delete(name);
    else missing.add(name);
  }
}

// Rows that were typed and are not on the page go along once, so that the server shows them again.
function standIn(form: HTMLFormElement, typed: Kept): void {
  const known = new Set(controls(form).map((control) => control.name));
  for (const [name, text] of Object.entries(typed)) {
    if (!CELL.test(name) || known.has(name)) continue;
    const cell = document.createElement("input");
    Object.assign(cell, { type: "hidden", name, value: text });
    cell.dataset["standIn"] = "";
    form.append(cell);
  }
}

function begin(form: HTMLFormElement): void {
  if (document.querySelector("[data-refusal]") !== null) return; // shows what was typed itself
  const typed = kept(form);
  if (Object.values(typed).some((text) => text !== "")) {
    standIn(form, typed);
    fill(form, Object.keys(typed));
    const note = form.querySelector<HTMLElement>("[data-typed-before]");
    if (note !== null) note.hidden = false;
    // What is shown may follow from what was filled in.
    controls(form)[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (matchMedia("(min-width: 720px)").matches) {
    controls(form).find((control) => control.type !== "hidden")?.focus();
  }
}

function formOf(target: EventTarget | null): HTMLFormElement | null {
  return target instanceof Element ? target.closest<HTMLFormElement>("form[data-typed]") : null;
}

for (const change of ["input", "change"]) {
  document.addEventListener(change, (event) => {
    const form = formOf(event.target);
    if (form !== null && event.isTrusted) keep(form);
  });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const form = document.querySelector<HTMLFormElement>("form[data-typed]");
  if (form === null) return;
  for (const cell of form.querySelectorAll("[data-stand-in]")) cell.remove();
  if (missing.size > 0) fill(form, [...missing]);
  const { requestConfig } = (event as CustomEvent<{ requestConfig: { elt: Element } }>).detail;
  if (requestConfig.elt.matches("[data-rows]")) keep(form);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  const form = event.target instanceof HTMLFormElement ? formOf(event.target) : null;
  if (form !== null && xhr.status >= 200 && xhr.status < 300) sessionStorage.removeItem(keyOf(form));
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-start-afresh]");
  const form = button ? formOf(button) : null;
  if (form === null) return;
  sessionStorage.removeItem(keyOf(form));
  location.reload();
});

document.addEventListener("submit", (event) => {
  if (event.target instanceof Element && event.target.matches("[data-forget-typed]")) forget();
});

// Personal data must not wait for whoever comes next at this machine.
if (document.querySelector("[data-nobody]") !== null) forget();
if (person() !== "") forget((key) => key.startsWith(`${PREFIX}${person()}:`));
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-typed]")) begin(form);
