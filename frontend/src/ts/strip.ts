// On a narrow screen the strip of steps is moved so that the current step is in sight.
function showCurrentStep(): void {
  const strip = document.querySelector<HTMLElement>(".strip");
  const step = strip?.querySelector<HTMLElement>("[aria-current]");
  if (!strip || !step) return;
  strip.scrollLeft = step.offsetLeft - (strip.clientWidth - step.offsetWidth) / 2;
}

document.addEventListener("DOMContentLoaded", showCurrentStep);
if (document.readyState !== "loading") showCurrentStep();
document.addEventListener("htmx:afterSettle", showCurrentStep);
