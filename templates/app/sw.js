/* Keeps one edition whole: the page and its code when installed, a city's files when asked.
   Addresses below assets/ change with their content, so a kept file is right for ever, and what
   the edition before kept is taken over; only index.html is asked anew, and brings the new
   edition's addresses with it. */
"use strict";
/* Several maps may lie on one host: a cache's name says whose it is. A path holds no blank. */
const FOLDER = new URL("./", self.location.href), OWN = "geomap " + FOLDER.pathname + " ";
const KEPT = OWN + MARK, DATA = /^assets\/d\/[\w/-]+-([A-Za-z]{7})\.js$/, PHOTO = /^assets\/d\/photos\/\w+\.jpg$/, WAIT_MS = 4000;

async function install() {
  const cache = await caches.open(KEPT);
  await Promise.all(CORE.map(function (path) { return take(cache, path, "reload"); }));
  const page = await (await cache.match("index.html")).text();
  if (page.indexOf(MARK) < 0) {
    await caches.delete(KEPT);
    throw new Error("index.html is of another edition");
  }
  await self.skipWaiting();
}

/** Put a file into the cache: from the edition before, which has the same under this name, or anew. */
async function take(cache, path, mode) {
  const before = path !== "index.html" && await caches.match(path);
  const found = before && await isTrue(path, before) ? before : await fetch(new Request(path, { cache: mode }));
  if (!(await isTrue(path, found))) { throw new Error("not " + path); }
  await cache.put(path, found);
}

/** Whether an answer is what was asked for: with 200, a gate of a network may send a page of its own. */
async function isTrue(path, found) {
  const data = DATA.exec(path);
  return found.ok && (!data || (await found.clone().text()).indexOf(',"' + data[1] + '");') >= 0);
}

/** The cache of the edition before stays: from it the pages take over what did not change. */
async function activate() {
  const names = await caches.keys(), own = names.filter(function (name) { return name !== KEPT && name.indexOf(OWN) === 0; });
  await Promise.all(names.map(async function (name) {
    if (own.indexOf(name) >= 0 ? name !== own[own.length - 1] : await isOfBefore(name)) { await caches.delete(name); }
  }));
  await self.clients.claim();
}

/** Earlier versions named no folder: such a cache is this map's where it holds this map's page. */
async function isOfBefore(name) {
  return name.indexOf("geomap-") === 0 && Boolean(await (await caches.open(name)).match("index.html"));
}

/** A request's path below this map's folder; null for what lies elsewhere. */
function below(request) {
  const url = new URL(request.url), isOurs = url.origin === FOLDER.origin && url.pathname.indexOf(FOLDER.pathname) === 0;
  return isOurs ? url.pathname.slice(FOLDER.pathname.length) : null;
}

function keptPage() {
  return caches.open(KEPT).then(function (cache) { return cache.match("index.html"); });
}

/** The page from the network, unless that takes too long or there is none. */
async function openPage(request) {
  const late = new Promise(function (done) { setTimeout(done, WAIT_MS, null); });
  try {
    const found = await Promise.race([fetch(request), late]);
    if (found && found.ok) { return found; }
  } catch (error) { /* no network: the kept page */ }
  return (await keptPage()) || fetch(request);
}

async function openAsset(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  const path = below(request);
  if (kept && await isTrue(path, kept)) { return kept; }
  const found = await fetch(request);
  if ((DATA.test(path) || PHOTO.test(path)) && await isTrue(path, found)) { await (await caches.open(KEPT)).put(request, found.clone()); }
  return found;
}

/** Keep more files of this edition; says how many are there now. */
async function keep(paths) {
  const cache = await caches.open(KEPT), own = paths.filter(function (path) {
    return typeof path === "string" && DATA.test(path);
  });
  let there = 0, next = 0;
  async function work() {
    while (next < own.length) {
      const path = own[next++];
      try {
        if (!(await cache.match(path))) { await take(cache, path, "default"); }
        there += 1;
      } catch (error) { /* the next visit tries again */ }
    }
  }
  await Promise.all([work(), work(), work(), work()]);
  return there;
}

self.addEventListener("install", function (event) { event.waitUntil(install()); });
self.addEventListener("activate", function (event) { event.waitUntil(activate()); });
self.addEventListener("message", function (event) {
  const asked = event.data;
  if (!asked || !Array.isArray(asked.keep)) { return; }
  event.waitUntil(keep(asked.keep).then(function (there) {
    if (event.source) { event.source.postMessage({ kept: there, asked: asked.keep.length, mark: MARK }); }
  }));
});
self.addEventListener("fetch", function (event) {
  const request = event.request, path = below(request);
  if (request.method !== "GET" || path === null) { return; }
  if (request.mode === "navigate" && (path === "" || path === "index.html")) { event.respondWith(openPage(request)); }
  else if (path.indexOf("assets/") === 0) { event.respondWith(openAsset(request)); }
});
