// A plain form is sent once: its buttons rest while the request is under way.
// (The server answers a repeated key with the first result in any case.)
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-once")) return;
  if (form.dataset["once"] === "sent") {
    event.preventDefault();
    return;
  }
  form.dataset["once"] = "sent";
  // Disabled only after the browser has collected the form, the pressed button included.
  setTimeout(() => setDisabled(form, true));
});

// Coming back with the browser's back button shows the page as it was left.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-once=sent]")) {
    form.dataset["once"] = "";
    setDisabled(form, false);
  }
});

function setDisabled(form: HTMLFormElement, disabled: boolean): void {
  for (const button of form.querySelectorAll("button")) button.disabled = disabled;
}
