// After a refusal the focus goes to the first entry that needs attention, else to the refusal.
function focusFirstProblem(): void {
  if (document.querySelector("[data-refusal]") === null) return;
  const wrong = document.querySelector<HTMLElement>("main [aria-invalid=true]");
  const entry = wrong?.matches("fieldset") ? wrong.querySelector<HTMLElement>("input") : wrong;
  (entry ?? document.querySelector<HTMLElement>("[data-refusal]"))?.focus();
}

// Work that was opened by its address is where the keyboard goes on.
function focusOpened(): void {
  if (!location.hash.startsWith("#item-") || document.querySelector("[data-refusal]")) return;
  const item = document.getElementById(location.hash.slice(1));
  if (item?.matches("[tabindex]")) item.focus({ preventScroll: true });
}

focusFirstProblem();
focusOpened();
addEventListener("hashchange", focusOpened);

document.addEventListener("htmx:afterSettle", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  if (xhr.status === 422) focusFirstProblem();
  if (xhr.status === 409) document.querySelector<HTMLElement>("[data-refusal]")?.focus();
});
