// The script of Moothall. Every page works without it; this makes the same things quicker.

const spoken = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const each = (root, selector, doIt) => {
  if (root.matches?.(selector)) doIt(root);
  all(selector, root).forEach(doIt);
};
const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
const shown = (element) => element.getClientRects().length > 0 || element.closest("[data-keys-only]");

/* ---- Keys: data-key="r" or data-key="g m" on anything that can be pressed or typed into ---- */

const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
let [pressed, forget] = ["", 0];

function press(element) {
  element.focus();
  typing(element) ? element.select?.() : element.click();
}

function onKey(event) {
  const { key } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === "k" && one("[data-jump]")) {
    event.preventDefault();
    return press(one("[data-jump]"));
  }
  if (key === "Enter" && (event.ctrlKey || event.metaKey || typing(event.target))) return onEnter(event);
  if (key === "Escape") return closeMenus(event);
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (key === "?") return event.preventDefault(), showSheet();
  if (one("dialog[open]") || moveInList(event)) return;
  const wanted = pressed ? `${pressed} ${key}` : key;
  const found = all("[data-key]").filter(shown);
  const exact = found.find((element) => element.dataset.key === wanted);
  clearTimeout(forget);
  pressed = "";
  if (exact) {
    event.preventDefault();
    press(exact);
  } else if (found.some((element) => element.dataset.key.startsWith(`${wanted} `))) {
    pressed = wanted;
    forget = setTimeout(() => (pressed = ""), 1500);
  }
}

// Ctrl and Enter send the form, the one that was opened last, or the one that says so; where a form is filled from the top, Enter alone goes on to its next box.
function onEnter(event) {
  const [form, send] = [event.target.closest("form") ?? one("#action form") ?? one("main form:has([data-key='Control+Enter'])"), event.ctrlKey || event.metaKey];
  const goesOn = form?.matches("[data-enter]") && event.target.matches("input");
  const boxes = goesOn ? all("input, textarea, select", form).filter((box) => box.checkVisibility()) : [];
  const next = send ? form && one("[data-key='Control+Enter'], button:not([type=button])", form) : boxes[boxes.indexOf(event.target) + 1];
  if (next && !event.defaultPrevented) (event.preventDefault(), send ? next.click() : next.focus());
}

function showSheet() {
  const sheet = one("#keyboard-help");
  if (!sheet || sheet.open) return sheet?.close();
  const list = one("[data-keys]", sheet);
  all("[data-made]", list).forEach((row) => row.remove());
  all("[data-keys-list]", list).forEach((row) => (row.hidden = !one("[data-list]")));
  const told = new Set(["/"]);
  for (const element of all("[data-key]")) {
    const { key, keyWords } = element.dataset;
    if (told.has(key)) continue;
    told.add(key);
    const [row, term, meaning] = ["div", "dt", "dd"].map((name) => document.createElement(name));
    row.toggleAttribute("data-made");
    for (const part of key.split(" ")) term.append(Object.assign(document.createElement("kbd"), { textContent: part }), " ");
    const plain = element.cloneNode(true);
    all("kbd", plain).forEach((part) => part.remove());
    meaning.textContent = keyWords || element.getAttribute("aria-label") || plain.textContent.replace(/\s+/g, " ").trim();
    row.append(term, meaning);
    list.append(row);
  }
  sheet.showModal();
}

function closeMenus(event) {
  const open = all("details[data-menu][open]");
  open.forEach((menu) => (menu.open = false));
  if (open.length) one("summary", open[0]).focus();
  else if (typing(event.target)) event.target.blur();
}

/* ---- Lists: j and k move, Enter opens (it is a link), x ticks, Shift-click ticks a run ---- */

function moveInList(event) {
  const rows = [...new Set(all("[data-list] tbody tr"))].filter(shown);
  if (!rows.length || !["j", "k", "x"].includes(event.key)) return false;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  if (event.key === "x") {
    const tick = at >= 0 && one("[data-tick]", rows[at]);
    if (tick) tick.click();
    return Boolean(tick);
  }
  const next = rows[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), rows.length - 1)];
  const link = one("[data-open]", next) || one("a, [data-tick]", next);
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
  event.preventDefault();
  return true;
}

let lastTick = null;
function onTick(event) {
  const list = event.target.closest("[data-list], form");
  const ticks = list ? all("[data-tick]", list) : [];
  if (event.target.matches("[data-tick-all]")) ticks.forEach((tick) => (tick.checked = event.target.checked));
  if (event.target.matches("[data-tick]")) {
    const [from, to] = [lastTick, event.target].map((tick) => ticks.indexOf(tick)).sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) ticks.slice(from, to).forEach((tick) => (tick.checked = event.target.checked));
    lastTick = event.target;
  }
  if (list) countTicks(list);
}

function countTicks(list) {
  const ticks = all("[data-tick]", list);
  const picked = ticks.filter((tick) => tick.checked).length;
  const [every, whole] = [one("[data-tick-all]", list), picked > 0 && picked === ticks.length];
  if (every) Object.assign(every, { hidden: false, checked: whole, indeterminate: picked > 0 && !whole });
  each(list, ".mh-bulk", (bar) => (bar.dataset.picked = picked));
  each(list, "[data-picked-count]", (place) => (place.textContent = picked));
}

/* ---- Lookups: rows fetched while typing, as a listbox under the box ---- */

function lookup(input) {
  const list = document.createElement("div");
  const key = input.dataset.lookupKey && document.getElementById(input.dataset.lookupKey);
  const label = one(`label[for="${CSS.escape(input.id)}"]`)?.textContent.trim() || "";
  Object.assign(list, { id: `${input.id}-list`, className: "mh-lookup__list", hidden: true, role: "listbox", ariaLabel: label });
  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
  input.setAttribute("aria-controls", list.id);
  input.after(list);
  let [wait, asked] = [0, 0];

  const options = () => all("[role=option]:not([aria-disabled])", list);
  const close = () => {
    list.hidden = true;
    input.ariaExpanded = "false";
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (option) => {
    options().forEach((other) => other.ariaSelected = String(other === option));
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const choose = (option) => {
    if (option.dataset.href) return location.assign(option.dataset.href);
    input.value = option.dataset.text || option.textContent.trim();
    if (key) key.value = option.dataset.value;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const fetchRows = async () => {
    const number = ++asked;
    const text = input.value.trim();
    if (text.length < 2) return close();
    const address = new URL(input.dataset.lookupUrl, location);
    address.searchParams.set("q", text);
    const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (number !== asked || !answer?.ok) return;
    list.innerHTML = await answer.text();
    options().forEach((option, place) => (option.id = `${list.id}-${place}`));
    list.hidden = document.activeElement !== input;
    input.ariaExpanded = String(!list.hidden);
    mark(input.matches("[data-jump]") ? options()[0] : null);
  };
  input.addEventListener("input", () => {
    if (key) key.value = "";
    clearTimeout(wait);
    wait = setTimeout(fetchRows, 120);
  });
  input.addEventListener("keydown", (event) => {
    const rows = options();
    const at = rows.findIndex((option) => option.ariaSelected === "true");
    if (list.hidden) return event.key === "ArrowDown" ? fetchRows() : undefined;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(rows[(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + rows.length) % rows.length]);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(rows[at]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]:not([aria-disabled])");
    if (option) choose(option);
  });
  input.addEventListener("blur", close);
}

/* ---- Drafts: what is typed is kept on the server, and on this computer until it is there ---- */

function keepDraft(form) {
  const place = `draft:${document.body.dataset.person}:${form.dataset.draftKey || location.pathname}`;
  const sign = one("[data-draft-state], [data-draft-said]", form);
  const typed = "textarea, input:not([type=hidden], [type=file], [type=password], [type=radio], [type=checkbox])";
  const boxes = all(typed, form).filter((box) => box.name);
  const sent = () =>
    all("textarea, select, input:not([type=file], [type=password])", form)
      .filter((box) => box.name && (box.type !== "hidden" || box.name.endsWith("-key")))
      .filter((box) => box.checked || !["radio", "checkbox"].includes(box.type))
      .map((box) => [box.name, box.value]);
  const say = (state) => sign && ((sign.dataset.state = state), (sign.textContent = document.body.dataset[state]));
  let wait = 0;
  const save = async () => {
    const answer = await fetch(form.dataset.draftUrl, {
      method: "POST",
      body: new URLSearchParams([["draft_key", form.dataset.draftKey || ""], ...sent()]),
      headers: { "X-CSRFToken": token(), "HX-Request": "true" },
      keepalive: true,
    }).catch(() => null);
    if (answer?.ok) localStorage.removeItem(place);
    say(answer?.ok ? "saved" : "failed");
  };
  // What never reached the server comes back, unless the server has had other words since.
  for (const [name, value, before] of JSON.parse(localStorage.getItem(place) || "[]")) {
    const box = boxes.find((other) => other.name === name && other.defaultValue === before);
    if (box && box.value !== value) ((box.value = value), (wait = setTimeout(save, 1000)));
  }
  form.addEventListener("input", (event) => {
    if (event.target.closest("[data-replaces]")) return; // brings other words, and is not words itself
    localStorage.setItem(place, JSON.stringify(boxes.map((box) => [box.name, box.value, box.defaultValue])));
    say("unsaved");
    (clearTimeout(wait), (wait = setTimeout(save, 1000)));
  });
  form.addEventListener("submit", () => (clearTimeout(wait), localStorage.removeItem(place)));
}

/* ---- Times that stay true, the tour, and what opens a dialogue ---- */

function freshen(time) {
  const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
  if (minutes < 1 || minutes >= 720) return;
  time.textContent = minutes < 60 ? spoken.format(-minutes, "minute") : spoken.format(-Math.floor(minutes / 60), "hour");
}

function tour(box) {
  const [steps, next] = [all("[data-tour-step]", box), one("[data-tour-next]", box)];
  let at = -1;
  const go = () => {
    at += 1;
    steps.forEach((step, place) => {
      step.hidden = place !== at;
      if (step.dataset.tourStep) one(step.dataset.tourStep)?.classList.toggle("mh-toured", place === at);
    });
    next.hidden = at >= steps.length - 1;
  };
  next.addEventListener("click", go);
  go();
}

function prepare(root) {
  each(root, "[data-lookup-url]:not([role=combobox])", lookup);
  each(root, "form[data-draft-url]:not([data-ready])", (form) => ((form.dataset.ready = ""), keepDraft(form)));
  each(root, "[data-list]", countTicks);
  each(root, "[data-tour]", tour);
  each(root, ".mh-compose:not(:has(.govuk-error-summary))", writeIn);
}

// What was asked for is filled in at once: from its first box, or a letter at its first gap or where it leaves room.
function writeIn(part) {
  const boxes = all("textarea, select, input:not([type=hidden], [type=file])", part).filter((box) => box.checkVisibility());
  const box = boxes.find((other) => other.matches(".mh-reply__head ~ * textarea")) || boxes.find((other) => other.checked) || boxes[0];
  const gap = [/\[.+?\]/, /(?<=\n\n)/].map((sought) => sought.exec(box?.value ?? "")).find(Boolean);
  box?.focus({ preventScroll: true });
  if (gap && box.matches("textarea")) box.setSelectionRange(gap.index, gap.index + gap[0].length);
  part.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  if (event.target.matches("[data-tick], [data-tick-all]")) onTick(event);
  const opener = event.target.closest("button[data-open]");
  if (opener) opener.dataset.open === "keyboard-help" ? showSheet() : document.getElementById(opener.dataset.open)?.showModal();
  all("details[data-menu][open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
});
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
// A template does not take the place of what somebody has written without asking.
document.addEventListener("htmx:confirm", (event) => {
  const written = event.target.matches("[data-replaces]") && one("[data-draft-state][data-state]", event.target.closest("form"));
  if (written && !confirm(document.body.dataset.replace)) event.preventDefault();
});
setInterval(() => all("time[data-relative]").forEach(freshen), 30000);

document.body.classList.add("js-enabled", "govuk-frontend-supported");
prepare(document.body);
const { initAll } = await import(document.body.dataset.govuk);
initAll();
document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && initAll({ scope: event.detail.elt }));
