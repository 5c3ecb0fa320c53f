// Offline reading: style and scripts, the offline page, and the pages of feed and notices this person last saw.
// Served at /sw.js. Personal pages live in one cache, thrown away at log-out and when another person logs in.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SHELL = "shell-1";
const PAGES = "pages-1";
const PICTURES = "pictures-1";
const PAGES_MAX = 40;
const PICTURES_MAX = 150;
const OFFLINE = "/offline/";
const READABLE = /^\/$|^\/c\/[^/]+\/($|entries\/\d+\/$|notices\/)/;

worker.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => worker.clients.claim()));
});

worker.addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(forget());
});

worker.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(fromShell(request));
  else if (request.mode === "navigate") event.respondWith(fromNetwork(request, url));
  else if (request.destination === "image" && url.pathname.endsWith(".webp")) event.respondWith(fromPictures(request));
});

async function keepShell() {
  const cache = await caches.open(SHELL);
  const response = await fetch(OFFLINE, { cache: "reload" });
  const html = await response.clone().text();
  await cache.put(OFFLINE, response);
  const files = [...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await Promise.allSettled(files.map((file) => cache.add(file)));
}

async function dropOld() {
  const keep = new Set([SHELL, PAGES, PICTURES]);
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !keep.has(name)).map((name) => caches.delete(name)));
}

/** @param {Request} request */
async function fromShell(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  // Only names that change with their content may be kept for ever.
  if (response.ok && /\.[0-9a-f]{8,}\.\w+$/.test(new URL(request.url).pathname)) {
    const cache = await caches.open(SHELL);
    await cache.put(request, response.clone());
  }
  return response;
}

/**
 * @param {Request} request
 * @param {URL} url
 */
async function fromNetwork(request, url) {
  try {
    const response = await fetch(request);
    if (response.redirected && /\/account\/(login|logout)\//.test(response.url)) await forget();
    if (response.ok && !response.redirected && READABLE.test(url.pathname)) {
      const cache = await caches.open(PAGES);
      await cache.put(request, response.clone());
      await thin(cache, PAGES_MAX);
    }
    return response;
  } catch {
    const kept = await (await caches.open(PAGES)).match(request, { ignoreVary: true });
    return kept ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
}

/** @param {Request} request */
async function fromPictures(request) {
  const cache = await caches.open(PICTURES);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    await cache.put(request, response.clone());
    await thin(cache, PICTURES_MAX);
  }
  return response;
}

/**
 * @param {Cache} cache
 * @param {number} most
 */
async function thin(cache, most) {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
}

async function forget() {
  await Promise.all([caches.delete(PAGES), caches.delete(PICTURES)]);
}
