// One signature pad: strokes drawn on the canvas stand as JSON in the hidden field beside it,
// [[[x, y, milliseconds], ...], ...], with x and y in CSS pixels of the pad.
import SignaturePad, { type PointGroup } from "signature_pad";

type Stroke = [number, number, number][];

export function attach(element: HTMLElement): void {
  const canvas = element.querySelector("canvas");
  const field = element.querySelector<HTMLInputElement>("input[type=hidden]");
  const clear = element.querySelector<HTMLButtonElement>("[data-clear]");
  if (canvas === null || field === null || "ready" in element.dataset) return;
  element.dataset["ready"] = "";
  element.hidden = false;

  const ink = getComputedStyle(element).color;
  const pad = new SignaturePad(canvas, { penColor: ink, minWidth: 1, maxWidth: 2.4 });
  let strokes = readStrokes(field.value);

  const draw = (): void => {
    const ratio = Math.max(devicePixelRatio, 1);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d")?.scale(ratio, ratio);
    pad.clear();
    pad.fromData(strokes.map((stroke) => toGroup(stroke, ink)));
  };

  pad.addEventListener("endStroke", () => {
    strokes = pad.toData().map(toStroke);
    field.value = JSON.stringify(strokes);
    element.dispatchEvent(new Event("change", { bubbles: true }));
  });
  clear?.addEventListener("click", () => {
    strokes = [];
    field.value = "";
    pad.clear();
  });
  new ResizeObserver(draw).observe(canvas);
}

function toStroke(group: PointGroup): Stroke {
  const began = group.points[0]?.time ?? 0;
  return group.points.map(({ x, y, time }) => [Math.round(x), Math.round(y), time - began]);
}

function toGroup(stroke: Stroke, penColor: string): PointGroup {
  const points = stroke.map(([x, y, time]) => ({ x, y, time, pressure: 0.5 }));
  return { penColor, dotSize: 0, minWidth: 1, maxWidth: 2.4, velocityFilterWeight: 0.7, compositeOperation: "source-over", points };
}

function readStrokes(text: string): Stroke[] {
  try {
    return text === "" ? [] : (JSON.parse(text) as Stroke[]);
  } catch {
    return [];
  }
}
