// The days of a month are one stop of the Tab key; the arrows walk from day to day, also into the
// months beside. Without this, days can still be chosen by typing a date.
const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const day = event.target instanceof Element ? event.target.closest("[data-day]") : null;
  if (step === undefined || day === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const days = [...(day.closest("[data-days]")?.querySelectorAll<HTMLElement>("[data-day]") ?? [])];
  const next = days[days.indexOf(day as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
});
