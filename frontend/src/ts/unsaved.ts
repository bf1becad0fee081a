// Who leaves a page with changes that are not saved is asked first. The server knows whether a form
// differs from what is saved; between its answers typing alone counts.
const CHANGED = "form[data-unsaved=yes]";

document.addEventListener("input", (event) => {
  if (!(event.target instanceof HTMLElement)) return;
  // A trial changes nothing.
  if (event.target.matches("[name^='try.']")) return;
  const form = event.target.closest<HTMLFormElement>("form[data-unsaved]");
  if (form !== null) form.dataset["unsaved"] = "yes";
});

function settle(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>(CHANGED)) {
    form.dataset["unsaved"] = "no";
  }
}

// Thrown away on purpose; or sent by the browser itself, whose answer shows all of it again.
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-discard]")) settle();
});
document.addEventListener("submit", (event) => {
  if (event.target instanceof Element && event.target.matches(CHANGED) && !event.defaultPrevented) {
    settle();
  }
});

// Saved: the answer sends the browser on.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  if (xhr.getResponseHeader("HX-Redirect") !== null) settle();
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector(CHANGED) !== null) event.preventDefault();
});
