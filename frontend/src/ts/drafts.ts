// Once a form is on its way its draft is no longer kept: the work may be done by the time it arrives.
document.addEventListener("htmx:beforeRequest", (event) => {
  const source = event.target;
  if (source instanceof HTMLFormElement && source.hasAttribute("data-entry")) {
    source.dataset["sent"] = "";
  } else if (source instanceof HTMLElement && source.matches("[data-draft]")) {
    if (source.closest("form[data-sent]")) event.preventDefault();
  }
});

// A refused form is still being worked on.
document.addEventListener("htmx:responseError", (event) => {
  if (event.target instanceof HTMLFormElement) delete event.target.dataset["sent"];
});
document.addEventListener("htmx:sendError", (event) => {
  if (event.target instanceof HTMLFormElement) delete event.target.dataset["sent"];
});
