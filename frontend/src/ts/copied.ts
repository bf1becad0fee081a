// An address to be copied is marked as a whole as soon as somebody touches it.
document.addEventListener("focusin", ({ target }) => {
  if (target instanceof HTMLInputElement && target.hasAttribute("data-copied")) target.select();
});
