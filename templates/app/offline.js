/* Staying without a network: the worker keeps the page; the city looked at is kept with it. */
(function (g) {
  "use strict";
  const MOST_DISTRICTS = 40, MOST_LETTERS = 600000;
  const asked = new Set();
  let worker = false, had = false, changed = false;

  function start() {
    if (!/^https?:$/.test(location.protocol)) { return; }
    /* Linked from here, because a manifest cannot be read from file:// and would log an error. */
    document.head.append(g.el("link", { rel: "manifest", href: "manifest.webmanifest" }));
    if (!navigator.serviceWorker || !window.isSecureContext) { return; }
    had = Boolean(navigator.serviceWorker.controller);
    navigator.serviceWorker.register("sw.js").then(function () { worker = true; keep(); }, function () {});
    navigator.serviceWorker.addEventListener("controllerchange", changeWorker);
    navigator.serviceWorker.addEventListener("message", function (event) {
      if (event.source === navigator.serviceWorker.controller) { said(event.data); }
    });
  }

  /** Another worker took over: it is asked to keep this area, and its answer names its edition. */
  function changeWorker() {
    changed = had;
    had = true;
    asked.clear();
    keep();
  }

  /** Numbers of the districts to keep: the whole of a small edition, else the city looked at. */
  function ofCity() {
    const d = g.store.over.districts, all = d.code.map(function (code, i) { return i; });
    if (all.length <= MOST_DISTRICTS) { return all; }
    const place = g.state.place;
    const here = g.state.district ? g.store.number(g.state.district) : place ? all.slice().sort(function (a, b) {
      return g.nearest.toBox(place.lon, place.lat, d.box[a]) - g.nearest.toBox(place.lon, place.lat, d.box[b]);
    })[0] : undefined;
    if (here === undefined) { return []; }
    if (!g.store.over.names) {
      g.store.names().then(keep, function () {});
      return [];
    }
    const city = g.store.district(here).city;
    return all.filter(function (i) { return g.store.district(i).city === city; }).slice(0, MOST_DISTRICTS);
  }

  /** The streets of a small edition, and the ground under them, else those around the rider, as far
      as ways are looked for. */
  function ofStreets() {
    if (!g.squares) { return []; }
    return ofSquares("streets/", g.squares).concat(g.store.over.base ? ofSquares("base/", g.base.squares) : []);
  }
  function ofSquares(folder, squares) {
    const files = [], place = g.state.place;
    if (!squares.levels) {
      squares.open().then(keep, function () {});
      return files;
    }
    files.push(folder + "index");
    squares.levels.forEach(function (level) {
      const at = level.size <= MOST_LETTERS ? squares.all(level)
        : place && level === squares.near ? g.snap.around(level, place.lon, place.lat, g.guide.MOST_M) : [];
      at.forEach(function (one) { files.push(folder + squares.nameOf(level, one[0], one[1])); });
    });
    return files;
  }

  /** Ask the worker to keep what this visit may need again. */
  function keep() {
    if (!worker) { return; }
    const d = g.store.over.districts, codes = ofCity().map(function (i) { return d.code[i]; }), own = codes.concat(g.store.loaded);
    (own.length ? g.store.bringMarks() : Promise.resolve()).then(function () { ask(codes, own); }, function () {});
  }

  function ask(codes, own) {
    const names = ofStreets();
    if (own.length) { names.push("marks"); }
    own.forEach(function (code) { names.push("part/" + code, "more/" + code); });
    codes.forEach(function (code) { names.push("lines/" + code.slice(0, 2)); });
    const paths = new Set(names.map(g.store.address).filter(Boolean)), fresh = Array.from(paths).filter(function (path) { return !asked.has(path); });
    if (!fresh.length) { return; }
    fresh.forEach(function (path) { asked.add(path); });
    navigator.serviceWorker.ready.then(function (found) {
      const one = navigator.serviceWorker.controller || found.active;
      if (one) { one.postMessage({ keep: Array.from(paths) }); }
    });
  }

  function say(content) { document.getElementById("offline-state").replaceChildren.apply(document.getElementById("offline-state"), content); }

  function said(message) {
    if (!message) { return; }
    if (changed && message.mark !== g.store.over.mark) { renewed(); return; }
    if (message.mark === g.store.over.mark && message.kept === message.asked) {
      document.documentElement.dataset.kept = String(message.kept);
      say([g.t("· 这一带已存下，没有网络也能用", "· this area is kept for use without a network")]);
    }
  }

  /** Another edition took over: it is shown at the next visit, or now. */
  function renewed() {
    say([g.t("· 有新版，", "· A new edition is here: "), g.el("button", { type: "button", "data-action": "reload",
      onclick: function () { location.reload(); } }, g.t("现在更新", "update now"))]);
  }

  g.offline = { start: start, keep: keep };
})(window.geomap);
