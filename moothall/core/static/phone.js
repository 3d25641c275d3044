// The phone page of a run: each press is kept here with its time, until the office has it. It works without.

const page = document.querySelector("[data-phone]");
const who = document.body.dataset.person;
const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
const waiting = () =>
  Object.keys(localStorage)
    .filter((place) => place.startsWith("press:"))
    .map((place) => ({ place, ...JSON.parse(localStorage.getItem(place)) }))
    .filter((press) => press.who === who)
    .sort((one, other) => one.at - other.at);

function show(trouble = "") {
  const presses = waiting();
  const signal = page.querySelector("[data-phone-signal]");
  if (signal) {
    const words = presses.length ? `${signal.dataset.many} ${presses.length}.` : signal.dataset.said;
    signal.textContent = trouble ? `${words} ${trouble}` : words;
    signal.toggleAttribute("data-waiting", presses.length > 0);
  }
  for (const press of presses) {
    // Each showing of the page has keys of its own; the name of the form says that it is the same.
    const form = page.querySelector(`form[data-press="${press.form}"]`);
    if (!form || form.hidden || form.action !== press.to || press.on !== location.pathname) continue;
    const said = document.createElement("p");
    const at = new Date(press.at).toTimeString().slice(0, 5);
    Object.assign(said, { className: "mh-phone__waits", textContent: `${press.words} ${at}. ${page.dataset.waits}` });
    form.hidden = true;
    form.after(said);
  }
}

function press(event) {
  const form = event.target.closest("[data-press]");
  if (!form) return;
  event.preventDefault();
  const sent = new URLSearchParams(new FormData(form, event.submitter));
  const words = event.submitter?.firstChild?.textContent.trim() ?? "";
  const [key, at] = [sent.get("key"), Date.now()];
  const about = { key, at, who, words, form: form.dataset.press, on: location.pathname };
  sent.set("pressed_at", at);
  localStorage.setItem(`press:${key}`, JSON.stringify({ ...about, to: form.action, sent: sent.toString() }));
  show();
  send();
}

// One window sends at a time, in the order of pressing. What did not arrive stays, and is sent again.
const send = () => navigator.locks.request("moothall-presses", async () => {
  let [arrived, trouble] = [0, ""];
  for (const { place, to, sent } of waiting()) {
    const answer = await fetch(to, {
      method: "POST",
      body: new URLSearchParams(sent),
      headers: { "X-CSRFToken": token(), "X-Press": "1" },
      redirect: "manual",
      signal: AbortSignal.timeout(20000),
    }).catch(() => null);
    if (!answer || answer.status >= 500) break;
    if (answer.ok) (localStorage.removeItem(place), (arrived += 1));
    else trouble = page.dataset.signIn;
    if (trouble) break;
  }
  if (arrived) await renew();
  show(trouble);
});

async function renew() {
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  const typing = document.activeElement?.matches("form:not([hidden]) input:not([type=radio])");
  if (!answer?.ok || answer.headers.has("X-Kept-On") || typing) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [body, part] = [fresh.body, fresh.querySelector("[data-phone]")];
  if (!part) return;
  document.body.setAttribute("hx-headers", body.getAttribute("hx-headers"));
  page.replaceChildren(...part.childNodes);
}

if (page) {
  page.addEventListener("submit", press);
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  setInterval(() => waiting().length && send(), 15000);
  show();
  const worker = navigator.serviceWorker;
  await worker?.register(page.dataset.worker).catch(() => null); // without signal the one of before goes on
  if (worker && !worker.controller) await new Promise((taken) => worker.addEventListener("controllerchange", taken, { once: true }));
  // What was fetched before the worker was there is fetched once more, so that it is kept.
  const parts = performance.getEntriesByType("resource").map(({ name }) => name);
  const links = [...page.querySelectorAll("[data-keep]")].map(({ href }) => href);
  for (const address of [location.href, ...links, ...parts.filter((name) => name.includes("/static/"))])
    fetch(address, { redirect: "manual" }).catch(() => null);
  send();
}
