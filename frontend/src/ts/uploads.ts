// Files are uploaded as soon as they are chosen, so that the form that follows is small and loses
// none of them. Without this module they come with the form.
const CHANGE = new Set(["input", "change"]);

interface Answer {
  files?: { ref: string; name: string }[];
  problems?: string[];
}

function part<T extends HTMLElement>(box: HTMLElement, selector: string): T | null {
  return box.querySelector<T>(selector);
}

function tell(box: HTMLElement, texts: string[]): void {
  const problem = part(box, "[data-upload-problem]");
  if (problem === null) return;
  problem.textContent = texts.join(" ");
  problem.hidden = texts.length === 0;
}

function show(box: HTMLElement, file: { ref: string; name: string }): void {
  const name = box.dataset["name"] ?? "";
  const list = part(box, "[data-files]");
  if (list === null) return;
  if (box.dataset["one"] !== undefined) list.replaceChildren();
  const row = document.createElement("li");
  row.id = `${part(box, "input[type=file][id]")?.id ?? name}-${file.ref}`;
  const kept = document.createElement("input");
  kept.type = "hidden";
  kept.name = `f.${name}.${file.ref}.`;
  kept.value = file.ref;
  const label = document.createElement("span");
  label.className = "file-name";
  label.textContent = file.name;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "btn btn-small btn-quiet";
  remove.dataset["takeOut"] = "";
  remove.textContent = box.dataset["words"] ?? "";
  remove.ariaLabel = (box.dataset["remove"] ?? "%(name)s").replace("%(name)s", file.name);
  row.append(kept, label, remove);
  list.append(row);
}

function changed(box: HTMLElement): void {
  part(box, "[data-files]")?.dispatchEvent(new Event("change", { bubbles: true }));
}

function send(box: HTMLElement, file: File): Promise<Answer> {
  const body = new FormData();
  const token = box.closest("form")?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]");
  body.append("csrfmiddlewaretoken", token?.value ?? "");
  body.append(`up.${box.dataset["name"] ?? ""}`, file);
  const failed: Answer = { problems: [`${file.name}: ${box.dataset["failed"] ?? ""}`] };
  const progress = part<HTMLProgressElement>(box, "[data-progress]");
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", box.dataset["uploads"] ?? "");
    request.upload.addEventListener("progress", (event) => {
      if (progress === null || !event.lengthComputable) return;
      progress.hidden = false;
      progress.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => {
      if (progress !== null) progress.hidden = true;
      const isRead = request.status === 200 || request.status === 422;
      try {
        resolve(isRead ? (JSON.parse(request.responseText) as Answer) : failed);
      } catch {
        resolve(failed);
      }
    });
    request.send(body);
  });
}

async function upload(box: HTMLElement, input: HTMLInputElement): Promise<void> {
  const chosen = [...(input.files ?? [])];
  // What was uploaded is not to come with the form once more.
  input.value = "";
  const submits = box.closest("form")?.querySelectorAll<HTMLButtonElement>("[data-submit]") ?? [];
  for (const button of submits) button.disabled = true;
  const problems: string[] = [];
  for (const file of chosen) {
    const answer = await send(box, file);
    for (const each of answer.files ?? []) show(box, each);
    problems.push(...(answer.problems ?? []));
  }
  for (const button of submits) button.disabled = false;
  tell(box, problems);
  changed(box);
}

function boxOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-uploads]") : null;
}

for (const kind of CHANGE) {
  document.addEventListener(
    kind,
    (event) => {
      const box = boxOf(event.target);
      if (box === null || !(event.target instanceof HTMLInputElement)) return;
      if (event.target.type !== "file") return;
      event.stopPropagation();
      if (kind === "change" && event.target.files?.length) void upload(box, event.target);
    },
    true,
  );
}

document.addEventListener(
  "click",
  (event) => {
    const box = boxOf(event.target);
    const button = event.target instanceof Element ? event.target.closest("[data-take-out]") : null;
    if (box === null || button === null) return;
    event.preventDefault();
    event.stopPropagation();
    button.closest("li")?.remove();
    changed(box);
  },
  true,
);
