// Keeps one version of Meshwright on the machine and answers from it, so that
// a loaded page asks the network for nothing and works without one.
//
// The release build fills in the next two lines, so that the bytes of this
// file change with every version. Empty, they mean a development build.
const VERSION = "dev";
const FILES = [];

// All pages of one origin share their caches, and several copies may live
// under one origin, so each names its own place.
const PREFIX = `meshwright ${self.registration.scope} `;
const CACHE = PREFIX + VERSION;
const DEVELOPMENT = FILES.length === 0;

self.addEventListener("install", (event) => {
  // A development build replaces an earlier release at once, to end its
  // answers from the cache. A release waits until the user agrees, or until
  // no page of the earlier version is open.
  event.waitUntil(DEVELOPMENT ? self.skipWaiting() : store());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("message", (event) => {
  if (event.data?.type === "activate-update") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (DEVELOPMENT || request.method !== "GET") return;
  if (!request.url.startsWith(self.registration.scope)) return;
  event.respondWith(answer(request));
});

/** Stores the whole version or nothing: a file whose hash differs fails all. */
async function store() {
  const cache = await caches.open(CACHE);
  const requests = FILES.map(([path, integrity]) => new Request(path, { integrity, cache: "no-cache" }));
  await cache.addAll(requests);
}

/** Drops the other versions and answers the pages that are open. */
async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  if (DEVELOPMENT) {
    await self.registration.unregister();
  } else {
    await self.clients.claim();
  }
}

/** The stored file. Any other address that is opened as a page leads to the app. */
async function answer(request) {
  const cache = await caches.open(CACHE);
  const stored = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  if (stored) return stored;
  // Not the app itself in place: its addresses are relative to its own folder.
  if (request.mode === "navigate") return Response.redirect("./");
  return fetch(request);
}
