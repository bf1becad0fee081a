// Signature pads: the drawing code is fetched only by a page that has one.
function start(): void {
  const pads = document.querySelectorAll<HTMLElement>("[data-signature]:not([data-ready])");
  if (pads.length === 0) return;
  void import("./signature-pad").then(({ attach }) => {
    for (const pad of pads) attach(pad);
  });
}

document.addEventListener("htmx:afterSettle", start);
start();
