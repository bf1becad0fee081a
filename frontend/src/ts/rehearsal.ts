// A rehearsal is watched: the arrow keys go from moment to moment, and “play” goes on by itself.
// Every moment is a link that the server answers; without this module they are followed by hand.
export {};

const PAUSE_MS = 1600;

let waiting: number | undefined;

function link(to: "back" | "next"): HTMLAnchorElement | null {
  return document.querySelector<HTMLAnchorElement>(`[data-go=${to}][href]`);
}

function show(isPlaying: boolean): void {
  const button = document.querySelector<HTMLElement>("[data-play]");
  button?.querySelector("[data-if-still]")?.toggleAttribute("hidden", isPlaying);
  button?.querySelector("[data-if-playing]")?.toggleAttribute("hidden", !isPlaying);
}

function goOn(): void {
  const next = link("next");
  if (next === null) stop();
  else next.click();
}

function stop(): void {
  clearTimeout(waiting);
  waiting = undefined;
  show(false);
}

// From the last moment it begins again.
function play(): void {
  show(true);
  waiting = window.setTimeout(goOn, 0);
  if (link("next") === null) {
    document.querySelector<HTMLAnchorElement>("[data-go=first][href]")?.click();
  }
}

// The picture and the list are moved within themselves; the page stays where it is.
function showMoment(): void {
  const view = document.querySelector<HTMLElement>(".rehearsal-view");
  const boxes = view?.querySelectorAll<SVGElement>(
    ".diagram-box:is(.diagram-current, .diagram-late, .diagram-waits)",
  );
  const box = boxes?.[boxes.length - 1];
  if (view && box) {
    const from = view.getBoundingClientRect(), at = box.getBoundingClientRect();
    if (at.left < from.left || at.right > from.right) {
      view.scrollLeft += at.left - from.left - (view.clientWidth - at.width) / 2;
    }
    if (at.top < from.top || at.bottom > from.bottom) {
      view.scrollTop += at.top - from.top - (view.clientHeight - at.height) / 2;
    }
  }
  const list = document.querySelector<HTMLElement>(".played");
  const line = list?.querySelector<HTMLElement>("[aria-current]");
  if (list && line) {
    const from = list.getBoundingClientRect(), at = line.getBoundingClientRect();
    if (at.top < from.top || at.bottom > from.bottom) {
      list.scrollTop += at.top - from.top - (list.clientHeight - at.height) / 2;
    }
  }
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-play]")) {
    if (waiting === undefined) play();
    else stop();
  } else if (event.isTrusted && waiting !== undefined) stop();
});

document.addEventListener("keydown", (event) => {
  const to = { ArrowLeft: "back", ArrowRight: "next" }[event.key] as "back" | "next" | undefined;
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const isElsewhere =
    event.target instanceof Element && event.target.closest("input, select, textarea, dialog");
  const found = link(to);
  if (isElsewhere || found === null) return;
  event.preventDefault();
  if (waiting !== undefined) stop();
  found.click();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if ((event.target as Element | null)?.id !== "rehearsal") return;
  showMoment();
  if (waiting === undefined) return;
  clearTimeout(waiting);
  waiting = window.setTimeout(goOn, PAUSE_MS);
});

// What did not come is not waited for.
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, stop);
}

showMoment();
