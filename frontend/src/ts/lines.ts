// A list on a form was given another row, or lost one: the server marks where the keyboard goes on.
document.addEventListener("htmx:afterSettle", (event) => {
  const { requestConfig } = (event as CustomEvent<{ requestConfig: { elt: Element } }>).detail;
  if (!requestConfig.elt.matches("[data-rows]")) return;
  document.querySelector<HTMLElement>(".form-entries [autofocus]")?.focus();
});
