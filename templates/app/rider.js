/* The page's course: read the address, find rows, judge them, show list, answer and map. */
(function (g) {
  "use strict";
  const STEP = 30, SPARE = 15, REACH_M = 100000;
  const options = JSON.parse(document.getElementById("map").dataset.map);
  /* In one file everything is there; else what is not needed for the first look is asked for now. */
  const own = (document.currentScript.getAttribute("src") || "").replace(/first\.js$/, "");
  let map = null, later = false, turn = 0, wanted = STEP;

  function start(overview) {
    g.store.start(overview);
    g.hours.setCalendar(overview.calendar);
    g.store.onTrouble = trouble;
    g.store.onLoaded = loaded;
    document.addEventListener("click", press);
    g.onLanguage(function () {
      noteCalendar(overview.calendar);
      refresh();
    });
    g.lines.start(overview.lines);
    measureBanner();
    g.hash.start(refresh);
    g.layer.preview(document.getElementById("map"), options.bounds);
    inTurn([refresh, function () {
      setInterval(tick, 30000);
      document.addEventListener("visibilitychange", tick);
      noteCalendar(overview.calendar);
      g.when("later", startLater);
      bringStreets(overview);
    }]);
  }

  /** How much of a wide screen is the banner's; the map takes the rest. */
  function measureBanner() {
    const banner = document.querySelector(".banner");
    function measure() { document.documentElement.style.setProperty("--banner", banner.offsetHeight + "px"); }
    measure();
    window.addEventListener("resize", measure);
  }

  function bring(code) { if (own) { g.load(own + code).catch(trouble); } }

  /** Ways by road, where the edition has streets: their code comes beside what a tap needs. */
  function bringStreets(overview) {
    if (!overview.streets) { return; }
    bring("streets.js");
    g.when("streets", function () {
      g.guide.start(refresh);
      refresh();
    });
  }

  /** Each step in a task of its own: between two of them a slow phone answers the finger. */
  function inTurn(steps) {
    if (!steps.length) { return; }
    setTimeout(function () {
      steps[0]();
      inTurn(steps.slice(1));
    }, 0);
  }

  /** Leaflet, the search and the sheets have come. */
  function startLater() {
    inTurn([function () {
      g.sheet.start(function () { g.hash.write({ station: "" }); });
      g.search.start(take);
    }, startMap, function () {
      later = true;
      g.offline.start();
      refresh();
    }]);
  }

  function startMap() {
    map = g.startMap("map");
    g.layer.start(map, {
      station: function (row) { g.hash.write({ station: row.id }); },
      place: function (at) { stand(at.lng, at.lat, function () { return g.t("您点的位置", "the place you tapped"); }, "tap"); }
    });
    const box = map.getContainer(), roads = document.querySelector("#road-credit [lang]");
    if (roads && !map.hasTiles) { box.append(g.el("p", { "class": "credit", lang: "en" }, roads.textContent)); }
    if (window.ResizeObserver) { new ResizeObserver(function () { map.invalidateSize(); }).observe(box); }
  }

  function noteCalendar(calendar) {
    document.getElementById("calendar-note").textContent = calendar && calendar.known_until
      ? g.t("节假日和调休已知到 " + calendar.known_until + "。", "Public holidays are known until " + calendar.known_until + ".") : "";
  }

  /** Buttons, wherever they are: data-action says what they do. */
  function press(event) {
    const link = event.target.closest("a[href^='#s=']");
    if (link && !event.ctrlKey && !event.metaKey) { /* filters and district stay in the address */
      event.preventDefault();
      g.hash.write({ station: decodeURIComponent(link.getAttribute("href").slice(3)) });
      return;
    }
    const button = event.target.closest("[data-action]"), action = button && button.dataset.action;
    if (action === "locate") { g.locate.ask(stand, say); }
    else if (action === "filter") { toggle(button.dataset.filter); }
    else if (action === "member") { join(); }
    else if (action === "map") { enlarge(button); }
    else if (action === "union") { g.when("later", function () { g.union.show(); }); }
    else if (action === "more") { wanted += STEP; refresh(); }
    else if (action === "forget") { g.state.place = null; g.hash.write({ district: "", town: "" }); }
  }

  function toggle(filter) {
    const on = g.state.filters.indexOf(filter) < 0;
    wanted = STEP;
    g.hash.write({ filters: on ? g.state.filters.concat(filter)
      : g.state.filters.filter(function (one) { return one !== filter; }) });
  }

  /** Who is a member is kept on this phone, and nowhere else. */
  function join() {
    g.state.member = !g.state.member;
    g.keep("member", g.state.member ? "1" : "");
    refresh();
  }

  function enlarge(button) {
    const large = document.getElementById("rider").classList.toggle("map-large");
    button.setAttribute("aria-pressed", String(large));
    if (large) { window.scrollTo(0, 0); }
  }

  /** The rider stands here: from the phone or a tap; `label` says so in the language of the moment. */
  function stand(lon, lat, label, kind, off) {
    g.state.place = { lon: lon, lat: lat, label: label, kind: kind, off: off || 0 };
    wanted = STEP;
    framed = null;
    if (kind === "phone") { window.scrollTo(0, 0); }
    g.hash.write({ district: "", town: "" });
  }

  function say(text) { document.getElementById("place").replaceChildren(text); }

  /** What was chosen in the search. */
  function take(one) {
    if (one.kind === "station") { g.hash.write({ station: one.id }); return; }
    wanted = STEP;
    if (one.kind === "district") {
      g.state.place = null;
      g.hash.write({ district: g.store.district(one.number).code, town: "", station: "" });
    } else {
      g.hash.write({ district: g.store.district(one.number).code, town: one.name, station: "" });
    }
  }

  /** Rows that the address and the place ask for, judged and in order. */
  async function collect(now) {
    const filters = g.state.filters, place = g.state.place;
    function keep(one) { return g.filters.passes(one, filters); }
    if (g.state.district) { return ofDistrict(now, keep); }
    if (place) { return g.nearest.nearest(place, now, filters, keep, wanted + 1, REACH_M); }
    const rows = g.nearest.judgePart(g.store.first, null, now, keep);
    if (rows.length >= wanted || (wholeEdition() && !g.state.member)) { return g.nearest.sort(rows); }
    if (filters.length || g.state.member) { await g.store.facets(); }
    return g.nearest.sort(await addDistricts(rows, now, keep));
  }

  function total() { return g.store.over.districts.count.reduce(function (a, b) { return a + b; }, 0); }
  function wholeEdition() { return total() <= g.store.first.n; }

  /** Without a place: the first rows, then district by district until there are enough. */
  async function addDistricts(rows, now, keep) {
    const d = g.store.over.districts, seen = new Set(rows.map(function (one) { return one.row.id; }));
    let loads = 0;
    for (let i = 0; i < d.code.length && rows.length <= wanted && loads < 12; i++) {
      if (!g.filters.mayHold(i, g.state.filters)) { continue; }
      loads += g.store.ready(d.code[i]) ? 0 : 1;
      g.nearest.judgePart(await g.store.load(d.code[i]), null, now, keep).forEach(function (one) {
        if (!seen.has(one.row.id)) { rows.push(one); }
      });
    }
    return rows;
  }

  async function ofDistrict(now, keep) {
    const part = (await Promise.all([g.store.load(g.state.district), g.store.names()]))[0];
    if (part.town.values.indexOf(g.state.town) < 0) { g.state.town = ""; }
    return g.nearest.sort(g.nearest.judgePart(part, g.state.place, now, function (one) {
      return keep(one) && (!g.state.town || one.row.town === g.state.town);
    }));
  }

  /** Draw everything again; only the newest question is answered. */
  async function refresh() {
    const mine = ++turn, now = g.clock.now();
    showFilters();
    showStation();
    let rows = [];
    try { rows = await collect(now); } catch (error) { if (mine !== turn) { return; } }
    if (mine !== turn) { return; }
    showRows(rows);
    if (later) { g.offline.keep(); }
    showPlace(rows);
    g.layer.redraw();
    const answer = await g.answer.make(rows, g.state.place, now, g.state.filters).catch(function () { return { next: null }; });
    if (mine === turn) {
      g.answer.render(answer, g.state.place);
      document.getElementById("answer-room").hidden = true;
    }
    frame(rows);
    if (g.guide) { g.guide.follow(rows.slice(0, wanted + SPARE).concat([answer.best, answer.open, answer.next].filter(Boolean))); }
  }

  function showFilters() {
    document.querySelectorAll("[data-action=filter]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(g.state.filters.indexOf(button.dataset.filter) >= 0));
    });
    document.querySelector("[data-action=member]").setAttribute("aria-pressed", String(g.state.member));
  }

  let shownStation = "";
  function showStation() {
    if (!later) { return; }
    if (g.state.station) {
      shownStation = g.state.station;
      g.station.show(g.state.station);
    } else if (shownStation) {
      shownStation = "";
      g.sheet.hide();
    }
  }

  function showRows(rows) {
    const list = document.getElementById("list"), none = document.getElementById("none");
    const active = document.activeElement, kept = active && active.closest ? active.closest("#list > li") : null;
    const keptId = kept && kept.dataset.stationId;
    list.replaceChildren.apply(list, rows.slice(0, wanted).map(g.rows.render));
    if (keptId) {
      const again = list.querySelector("[data-station-id=\"" + CSS.escape(keptId) + "\"] a");
      if (again) { again.focus(); }
    }
    document.querySelector("[data-action=more]").hidden = rows.length <= wanted;
    if (none) { none.hidden = rows.length > 0; }
    if (list.firstChild) { performance.mark("list"); }
    showApart();
  }

  const APART = ["planned", "restricted"];
  let apart = 0;
  function loaded() {
    clearTimeout(apart);
    apart = setTimeout(showApart, 100);
  }

  /* Planned ones and rooms for members, of the parts that are there: beside the list, not in it. */
  function showApart() {
    const box = document.getElementById("apart"), now = g.clock.now(), place = g.state.place, found = [];
    g.store.loaded.forEach(function (code) {
      if (g.state.district && g.state.district !== code) { return; }
      const part = g.store.ready(code);
      for (let i = 0; i < part.n; i++) {
        const row = g.columns.row(part, i);
        if (APART.indexOf(row.role) < 0 || g.store.isForMe(row)) { continue; }
        const metres = place && !isNaN(row.lon) ? g.places.distance(place.lon, place.lat, row.lon, row.lat) : null;
        found.push(g.judge.judge(row, now, metres));
      }
    });
    box.hidden = !found.length;
    box.replaceChildren(g.el("h2", {}, g.t("规划中的，和只对会员开放的", "Planned, or for members only")),
      g.el("ul", { "class": "list" }, g.nearest.sort(found).slice(0, 20).map(g.rows.renderApart)));
  }

  /** Where the list starts from, in words. */
  function showPlace(rows) {
    const state = g.state, place = state.place, box = document.getElementById("place"), said = [];
    const forget = g.el("button", { type: "button", "data-action": "forget", "class": "forget" }, g.t("清除", "Clear"));
    if (state.district) {
      said.push(g.said([g.store.fullName(g.store.number(state.district)), state.town].filter(Boolean).join(" ")), " ", forget);
    } else if (place) {
      said.push(g.t("起点：", "From: "), place.label(), " ", forget);
    } else { said.push(g.t("还不知道您在哪：点“离我最近”，输入街道，或在地图上点一下。",
      "Where are you? Tap “Near me”, type a street, or tap the map.")); }
    if (!rows.length) {
      said.push(g.el("span", { "class": "nothing" }, place && !state.filters.length
        ? g.t(" 100 公里内没有驿站。", " No station within 100 km.") : g.t(" 没有符合条件的驿站。", " No station fits.")));
    }
    box.replaceChildren.apply(box, said);
  }

  let framed = null;
  /** Once for each new place or district: show it with the rows that matter. */
  function frame(rows) {
    if (!map) { return; }
    const place = g.state.place, key = [g.state.district, g.state.town, place && place.lon, place && place.lat].join("/");
    if (framed === key || (!g.state.district && !place)) { framed = key; return; }
    framed = key;
    const placed = rows.filter(function (one) { return !isNaN(one.row.lon); });
    const box = L.latLngBounds(placed.slice(0, g.state.district ? placed.length : 4)
      .map(function (one) { return [one.row.lat, one.row.lon]; }));
    if (place && !g.state.district) { box.extend([place.lat, place.lon]); }
    if (place && place.kind === "tap" && map.getBounds().contains(box)) { return; }
    if (box.isValid()) { map.fitBounds(box.pad(0.15), { maxZoom: 16, animate: false }); }
  }

  /* Doors open and close while the page is looked at; a list under the finger stays. */
  function tick() {
    if (document.hidden || (later && g.sheet.name) || document.activeElement.id === "query") { return; }
    refresh();
  }

  function trouble() {
    const said = navigator.onLine === false
      ? g.t("没有网络：只有看过的地方。", "No network: only areas you have seen.")
      : g.t("有一份数据没读到，可能已有新版；请刷新。", "A file could not be read; there may be a new edition. Reload.");
    document.getElementById("offline-state").textContent = said;
  }

  g.rider = { refresh: refresh, stand: stand, get map() { return map; } };
  function open() {
    g.when("overview", start);
    bring("rider.js");
  }

  /* On a base map in GCJ-02 every place is shifted, so what shifts them has to come first. */
  if (options.tiles.length && options.tiles[0].datum === "gcj02") {
    g.places.datum = "gcj02";
    bring("rider.js");
    g.when("later", open);
  } else { open(); }
})(window.geomap);
