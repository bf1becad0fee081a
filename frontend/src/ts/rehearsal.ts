// A rehearsal is watched: the arrow keys go from moment to moment, and “play” goes on by itself.
// Every moment is a link that the server answers; without this module they are followed by hand.
export {};

const PAUSE_MS = 1600;

let waiting: number | undefined;
let isUnderWay = false;
// How many moments are still to go, forwards or back: keys are pressed faster than answers come.
let ahead = 0;

function link(to: "back" | "next"): HTMLAnchorElement | null {
  return document.querySelector<HTMLAnchorElement>(`[data-go=${to}][href]`);
}

function show(isPlaying: boolean): void {
  const button = document.querySelector<HTMLElement>("[data-play]");
  button?.querySelector("[data-if-still]")?.toggleAttribute("hidden", isPlaying);
  button?.querySelector("[data-if-playing]")?.toggleAttribute("hidden", !isPlaying);
}

function go(by: 1 | -1): void {
  ahead += by;
  follow();
}

function follow(): void {
  if (isUnderWay || ahead === 0) return;
  const found = link(ahead > 0 ? "next" : "back");
  ahead = found === null ? 0 : ahead - Math.sign(ahead);
  if (found === null) stop();
  else found.click();
}

function goOn(): void {
  go(1);
}

function stop(): void {
  clearTimeout(waiting);
  waiting = undefined;
  show(false);
}

// From the last moment it begins again.
function play(): void {
  const isAtTheEnd = link("next") === null;
  show(true);
  waiting = window.setTimeout(goOn, isAtTheEnd ? PAUSE_MS : 0);
  if (isAtTheEnd) document.querySelector<HTMLElement>("[data-go=first][href]")?.click();
}

const SHOWN = [
  ".diagram-box:is(.diagram-current, .diagram-late, .diagram-waits)",
  ".diagram-end.diagram-done",
  ".diagram-box.diagram-done",
];

// What is in hand; of a case that has ended, the end that it reached.
function shownBox(view: HTMLElement): SVGElement | undefined {
  for (const each of SHOWN) {
    const boxes = view.querySelectorAll<SVGElement>(each);
    if (boxes.length) return boxes[boxes.length - 1];
  }
  return undefined;
}

// The picture and the list are moved within themselves; the page stays where it is.
function showMoment(): void {
  const view = document.querySelector<HTMLElement>(".rehearsal-view");
  const box = view && shownBox(view);
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
  // What the buttons lead to is told beside them.
  event.target.closest("#moment")?.scrollIntoView({ block: "nearest" });
  if (event.target.closest("[data-play]")) {
    if (waiting === undefined) play();
    else stop();
  } else if (event.isTrusted && waiting !== undefined) stop();
});

// Whether the keys move a view that has more to show on that side.
function scrolls(target: EventTarget | null, by: 1 | -1): boolean {
  if (!(target instanceof HTMLElement) || target.scrollWidth <= target.clientWidth) return false;
  const most = target.scrollWidth - target.clientWidth - 1;
  return by > 0 ? target.scrollLeft < most : target.scrollLeft > 0;
}

document.addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as 1 | -1 | undefined;
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const isElsewhere =
    event.target instanceof Element && event.target.closest("input, select, textarea, dialog");
  if (isElsewhere || document.querySelector("[data-go]") === null) return;
  if (scrolls(event.target, by)) return;
  event.preventDefault();
  if (waiting !== undefined) stop();
  go(by);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const { target } = (event as CustomEvent<{ target?: Element }>).detail;
  if (target?.id === "rehearsal") isUnderWay = true;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if ((event.target as Element | null)?.id !== "rehearsal") return;
  isUnderWay = false;
  showMoment();
  follow();
  if (waiting === undefined) return;
  clearTimeout(waiting);
  waiting = window.setTimeout(goOn, PAUSE_MS);
});

// What did not come is not waited for.
document.addEventListener("htmx:afterRequest", (event) => {
  if ((event as CustomEvent<{ successful: boolean }>).detail.successful) return;
  isUnderWay = false;
  ahead = 0;
  stop();
});

showMoment();

// A moment that the address names is what the page was opened for.
if (new URLSearchParams(location.search).has("at")) {
  const view = document.querySelector(".rehearsal-view");
  if (view && view.getBoundingClientRect().bottom > innerHeight) {
    document.querySelector("#moment")?.scrollIntoView();
  }
}
