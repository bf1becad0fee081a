// The strip of steps, and the picture that stands for it, are moved so that the current step is in
// sight.
function showCurrentStep(): void {
  const view = document.querySelector<HTMLElement>(".diagram-view:not(.diagram-whole)");
  const shape = view?.querySelector<SVGElement>(".diagram-current, .diagram-late");
  if (view && shape) {
    const from = view.getBoundingClientRect(), at = shape.getBoundingClientRect();
    const down = at.top - from.top - (view.clientHeight - at.height) / 2;
    if (at.bottom > from.bottom || at.top < from.top) view.scrollTop += down;
  }
  const strip = document.querySelector<HTMLElement>(".strip");
  const step = strip?.querySelector<HTMLElement>("[aria-current]");
  if (!strip || !step) return;
  strip.scrollLeft = step.offsetLeft - (strip.clientWidth - step.offsetWidth) / 2;
}

document.addEventListener("DOMContentLoaded", showCurrentStep);
if (document.readyState !== "loading") showCurrentStep();
document.addEventListener("htmx:afterSettle", showCurrentStep);
