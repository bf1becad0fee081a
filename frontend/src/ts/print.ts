// A sheet that is made to be printed offers it; without a script the button is not there.
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    print();
  });
}
