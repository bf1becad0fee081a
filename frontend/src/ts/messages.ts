// What was told about the last form is old news once the next one is sent.
document.addEventListener("submit", () => {
  document.querySelector("main .messages")?.replaceChildren();
});
