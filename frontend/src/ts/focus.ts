// After a refusal the focus goes to the first entry that needs attention, else to the refusal.
function focusFirstProblem(): void {
  if (document.querySelector("[data-refusal]") === null) return;
  const wrong = document.querySelector<HTMLElement>("main [aria-invalid=true]");
  const entry = wrong?.matches("fieldset") ? wrong.querySelector<HTMLElement>("input") : wrong;
  (entry ?? document.querySelector<HTMLElement>("[data-refusal]"))?.focus();
}

document.addEventListener("DOMContentLoaded", focusFirstProblem);
if (document.readyState !== "loading") focusFirstProblem();

document.addEventListener("htmx:afterSettle", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  if (xhr.status === 422) focusFirstProblem();
  if (xhr.status === 409) document.querySelector<HTMLElement>("[data-refusal]")?.focus();
});
