// A session that ended, or a server that does not answer, must cost nobody what they typed: the
// page stays, a banner says so, and after logging in again elsewhere its forms work once more.
const banner = document.querySelector<HTMLElement>("[data-session]");
const offline = document.querySelector<HTMLElement>("#offline");

const LOOK_AGAIN = 5_000; // milliseconds between two looks for a server that did not answer
const NO_ANSWER = [502, 503, 504]; // what stands between says that the server is away

interface Session {
  user: string;
  token: string;
}

// One banner at a time: that the session ended says more than that something failed.
function showEnded(text: "ended" | "other"): void {
  if (banner === null) return;
  banner.hidden = false;
  if (offline !== null) offline.hidden = true;
  for (const part of banner.querySelectorAll<HTMLElement>("[data-session-text]")) {
    part.hidden = part.dataset["sessionText"] !== text;
  }
}

function showOffline(): void {
  if (offline !== null && banner?.hidden !== false) offline.hidden = false;
}

function ask(): Promise<Response> {
  const address = banner?.dataset["session"] ?? "";
  return fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
}

// Whether the person of this page is logged in. Logging in draws a new token against forged
// requests; the forms of this page get it.
async function comeBack(): Promise<boolean> {
  if (banner === null) return false;
  const answer = await ask().catch(() => null);
  if (answer === null || !answer.ok) {
    if (answer?.status === 401) showEnded("ended");
    return false;
  }
  const session = (await answer.json()) as Session;
  if (session.user !== banner.dataset["user"]) {
    showEnded("other");
    return false;
  }
  for (const input of document.querySelectorAll<HTMLInputElement>("[name=csrfmiddlewaretoken]")) {
    input.value = session.token;
  }
  banner.hidden = true;
  return true;
}

// A refused form is sent once more if the person has logged in again meanwhile.
async function tryAgain(source: EventTarget | null): Promise<void> {
  const form = source instanceof HTMLFormElement ? source : null;
  const isSecond = form?.dataset["again"] !== undefined;
  if (form !== null) delete form.dataset["again"];
  if (!(await comeBack()) || form === null) return;
  if (isSecond) {
    showEnded("ended");
    return;
  }
  form.dataset["again"] = "";
  form.requestSubmit();
}

let looking = 0;

function lookAgain(): void {
  clearTimeout(looking);
  looking = window.setTimeout(() => {
    if (offline === null || offline.hidden) return;
    ask().then(
      (answer) => (NO_ANSWER.includes(answer.status) ? lookAgain() : (offline.hidden = true)),
      lookAgain,
    );
  }, LOOK_AGAIN);
}

document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  if (xhr.status === 401 || xhr.status === 403) {
    void tryAgain(event.target);
    return;
  }
  showOffline();
  if (NO_ANSWER.includes(xhr.status)) lookAgain();
});

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    showOffline();
    lookAgain();
  });
}

document.addEventListener("htmx:afterRequest", (event) => {
  const { successful } = (event as CustomEvent<{ successful?: boolean }>).detail;
  if (!successful) return;
  if (offline !== null) offline.hidden = true;
  if (event.target instanceof HTMLFormElement) delete event.target.dataset["again"];
});

addEventListener("online", () => {
  if (offline !== null && !offline.hidden) lookAgain();
});
addEventListener("focus", () => {
  if (banner?.hidden === false) void comeBack();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void comeBack();
});
