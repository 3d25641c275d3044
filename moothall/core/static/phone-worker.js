// Keeps the pages of today's runs, and what they are made of, for when there is no signal. Nothing else.

const STORE = "moothall-runs";
const PATIENCE = 8000;
const today = () => new Date().toDateString();

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (/^\/my\/runs\/(\d+\/)?$/.test(pathname)) event.respondWith(answer(event.request, true));
  else if (pathname.startsWith("/static/")) event.respondWith(answer(event.request, false));
});

async function answer(request, isPage) {
  const store = await caches.open(STORE);
  const address = request.url.split("#")[0];
  const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  if (!fresh) return (await kept(store, address, isPage)) ?? Response.error();
  if (fresh.ok && fresh.type === "basic" && !fresh.redirected) await keep(store, address, fresh.clone());
  else if (isPage && fresh.status < 500) await forget(store); // signed out, or no longer theirs
  return fresh;
}

async function keep(store, address, answer) {
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.set("X-Kept-On", today());
  await store.put(address, new Response(await answer.blob(), { headers }));
}

// A page is of its day alone: what is kept of another is gone.
async function kept(store, address, isPage) {
  const found = await store.match(address, { ignoreVary: true });
  if (!isPage || !found || found.headers.get("X-Kept-On") === today()) return found;
  await forget(store);
}

async function forget(store) {
  for (const request of await store.keys())
    if (!new URL(request.url).pathname.startsWith("/static/")) await store.delete(request);
}
