// A session that ended, or a server that does not answer, must cost nobody what they typed: the
// page stays, a banner says so, and after logging in again elsewhere its forms work once more.
const banner = document.querySelector<HTMLElement>("[data-session]");
const offline = document.querySelector<HTMLElement>("#offline");

function show(text: "ended" | "other"): void {
  if (banner === null) return;
  banner.hidden = false;
  for (const part of banner.querySelectorAll<HTMLElement>("[data-session-text]")) {
    part.hidden = part.dataset["sessionText"] !== text;
  }
}

interface Session {
  user: string;
  token: string;
}

// Logging in draws a new token against forged requests; the forms of this page need it.
async function comeBack(): Promise<void> {
  const address = banner?.dataset["session"];
  if (banner === null || banner.hidden || address === undefined) return;
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const session = (await answer.json()) as Session;
  if (session.user !== banner.dataset["user"]) {
    show("other");
    return;
  }
  for (const input of document.querySelectorAll<HTMLInputElement>("[name=csrfmiddlewaretoken]")) {
    input.value = session.token;
  }
  banner.hidden = true;
}

document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  if (xhr.status === 401 || xhr.status === 403) show("ended");
  else if (offline !== null) offline.hidden = false;
});

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    if (offline !== null) offline.hidden = false;
  });
}

document.addEventListener("htmx:afterRequest", (event) => {
  const { successful } = (event as CustomEvent<{ successful?: boolean }>).detail;
  if (successful && offline !== null) offline.hidden = true;
});

addEventListener("focus", () => void comeBack());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void comeBack();
});
