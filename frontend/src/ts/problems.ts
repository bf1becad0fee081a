// A problem stands beside its entry until somebody changes that entry.
document.addEventListener("input", (event) => {
  if (!(event.target instanceof Element)) return;
  const wrong = event.target.closest("[aria-invalid=true]");
  wrong?.removeAttribute("aria-invalid");
  const described = wrong?.getAttribute("aria-describedby")?.split(" ") ?? [];
  const problem = described.find((id) => id.endsWith("-problem"));
  if (problem !== undefined) document.getElementById(problem)?.remove();
});
