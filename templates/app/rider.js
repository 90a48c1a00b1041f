/* The page's course: read the address, find rows, judge them, show list, answer and map. */
(function (g) {
  "use strict";
  const STEP = 30, SPARE = 15;
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
    document.addEventListener("pointerdown", function () { bring("seldom.js"); }, { once: true, passive: true });
    g.onLanguage(function () {
      noteCalendar(overview.calendar);
      bringNames();
      refresh();
    });
    g.lines.start(overview.lines);
    measureBanner();
    g.hash.start(refresh);
    if (g.state.station) { bring("seldom.js"); }
    /* The list first: until the canvas has its turn, the picture in the page stands. */
    inTurn([refresh, function () { g.layer.preview(document.getElementById("map"), options.bounds); }, function () {
      setInterval(tick, 30000);
      document.addEventListener("visibilitychange", tick);
      noteCalendar(overview.calendar);
      if (g.lang === "en") { bringNames(); }
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

  /** What nobody needs before a touch, a station's own page, a report, a code to show, the union, is on
      its way from the first touch on, and comes when it is first asked for. */
  function need(use) {
    bring("seldom.js");
    g.when("seldom", use);
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

  /** Divisions are named in the page's language; how English spells them comes when it is chosen. */
  async function bringNames() {
    document.querySelectorAll(".city").forEach(function (card) { card.firstChild.textContent = g.store.latin(card.dataset.city); });
    g.layer.redraw();
    if (g.lang !== "en" || g.taken.latin) { return; }
    try { await g.store.fetchFile("latin"); } catch (error) { return; /* their own names are as good */ }
    bringNames();
    refresh();
  }

  /** Each step in a task of its own: between two of them a slow phone answers the finger. */
  async function inTurn(steps) {
    for (const step of steps) {
      await new Promise(function (done) { setTimeout(done, 0); });
      step();
    }
  }

  /** Leaflet, the search and the sheets have come. */
  function startLater() {
    inTurn([function () {
      g.sheet.start(function () { g.hash.write({ station: "" }); });
      g.search.start(take);
    }, function () { map = g.startMap("map"); }, startMap, function () {
      later = true;
      g.offline.start();
      refresh();
      g.locate.askIfAllowed(stand, say);
    }]);
  }

  function startMap() {
    g.layer.start(map, {
      station: function (row) { pick(row.id); },
      place: function (at) {
        if (g.state.card) { g.hash.write({ card: "" }); return; } /* away with the card, and no more */
        stand(at.lng, at.lat, function () { return g.t("您点的位置", "the place you tapped"); }, "tap");
      }
    });
    /* The legend stays with the map while the list is scrolled. */
    map.getContainer().append(document.querySelector(".legend"));
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
      pick(decodeURIComponent(link.getAttribute("href").slice(3)));
      return;
    }
    const button = event.target.closest("[data-action]"), action = button && button.dataset.action;
    if (action === "locate") { g.locate.ask(stand, say); }
    else if (action === "filter") { toggle(button.dataset.filter); }
    else if (action === "member") { join(); }
    else if (action === "map") { enlarge(button); }
    else if (action === "union") { g.when("later", function () { need(function () { g.union.show(); }); }); }
    else if (action === "more") { wanted += STEP; refresh(); }
    else if (action === "details") { g.hash.write({ station: g.state.card }); }
    else if (action === "uncard") { g.hash.write({ card: "" }); }
    else if (action === "city") { look({ city: button.dataset.city }); }
    else if (action === "forget") { look({}); }
  }

  /** A tap on a row or a sign: its card, with the map and the way; its page before the map has come. */
  function pick(id) { g.hash.write(later ? { card: id, station: "" } : { station: id }); }

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
    g.state.place = { lon: lon, lat: lat, label: label, kind: kind, off: off || 0, since: g.clock.now() };
    wanted = STEP;
    g.framing.renew();
    if (kind === "phone") { window.scrollTo(0, 0); }
    g.hash.write({ district: "", town: "", city: "", card: "" });
  }

  function say(text) { document.getElementById("place").replaceChildren(text); }

  /** Somewhere else: an area, or with none of them the whole edition; where one stands is forgotten. */
  function look(area) {
    g.state.place = null;
    wanted = STEP;
    g.hash.write(Object.assign({ district: "", town: "", city: "", card: "", station: "" }, area));
  }

  /* How far from its point who stands at a street, a crossing, a place or in a quarter may be, metres. */
  const OFF = { street: 300, crossing: 60, place: 100, quarter: 300 };
  /** What was chosen in the search. */
  function take(one) {
    if (one.kind === "station") { pick(one.id); return; }
    if ("lon" in one && one.kind === "district") { /* none of ours: from its middle to the nearest ones */
      stand(one.lon, one.lat, function () { return one.where + g.t("（区的中间）", " (its middle)"); }, "search", 20000);
      return;
    }
    if (OFF[one.kind]) { /* a name of the ground: from there */
      stand(one.lon, one.lat, function () { return one.name; }, "search", OFF[one.kind]);
      return;
    }
    look({ district: g.store.district(one.number).code, town: one.kind === "town" ? one.name : "" });
  }

  /** Draw everything again; only the newest question is answered. */
  async function refresh() {
    const mine = ++turn, now = g.clock.now();
    showFilters();
    showStation();
    if (later) { g.card.refresh(map); }
    let rows = [];
    try { rows = await g.listing.collect(now, wanted); } catch (error) { if (mine !== turn) { return; } }
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
    g.framing.show(map, rows, answer, options.bounds);
    g.layer.choose(later && g.state.card ? g.card.row : g.state.place && answer.best ? answer.best.row : null);
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
      /* What was opened from its page, a report, lies upon it until it is closed. */
      if (shownStation === g.state.station && g.sheet.name && g.sheet.name !== "station") { return; }
      shownStation = g.state.station;
      need(function () { if (g.state.station) { g.station.show(g.state.station); } });
    } else if (shownStation) {
      shownStation = "";
      g.sheet.hide();
    }
  }

  function showRows(rows) {
    const list = document.getElementById("list"), none = document.getElementById("none");
    const active = document.activeElement, kept = active && active.closest ? active.closest("#list > li") : null;
    const keptId = kept && kept.dataset.stationId;
    const shown = rows.slice(0, wanted).map(g.rows.render), isSame = shown.length === list.children.length && shown.every(function (row, i) { return row.isEqualNode(list.children[i]); });
    if (!isSame) { list.replaceChildren.apply(list, shown); }
    if (keptId && !isSame) {
      const again = list.querySelector("[data-station-id=\"" + CSS.escape(keptId) + "\"] a");
      if (again) { again.focus(); }
    }
    document.querySelector("[data-action=more]").hidden = rows.length <= wanted;
    if (none) { none.hidden = rows.length > 0; }
    if (list.firstChild) { performance.mark("list"); }
    g.apart.show();
    if (later) { g.card.mark(); }
  }

  let apart = 0;
  function loaded() {
    clearTimeout(apart);
    apart = setTimeout(g.apart.show, 100);
  }

  /** Where the list starts from, in words. */
  function showPlace(rows) {
    const state = g.state, place = state.place, box = document.getElementById("place"), said = [];
    const forget = g.el("button", { type: "button", "data-action": "forget", "class": "forget" }, g.t("清除", "Clear"));
    document.getElementById("rider").classList.toggle("is-asked", Boolean(state.district || state.city || place));
    if (state.city && !state.district) { said.push(g.said(g.store.latin(state.city)), " ", forget); }
    else if (state.district) {
      said.push(g.said(g.store.fullName(g.store.number(state.district), state.town)), " ", forget);
    } else if (place) {
      said.push(g.t("起点：", "From: "), place.label(place), " ", forget);
    } else { said.push(g.t("还不知道您在哪：点“离我最近”，输入街道，或在地图上点一下。",
      "Where are you? Tap “Near me”, type a street, or tap the map.")); }
    if (!rows.length) {
      said.push(g.el("span", { "class": "nothing" }, place && !state.filters.length && place.kind !== "search"
        ? g.t(" 100 公里内没有驿站。", " No station within 100 km.") : g.t(" 没有符合条件的驿站。", " No station fits.")));
    }
    box.replaceChildren.apply(box, said);
  }

  /* Doors open and close while the page is looked at; of what a sheet covers, its own state alone counts. */
  function tick(comeBack) {
    if (document.hidden) { return; }
    if (!later || !g.sheet.name) { refresh(); } else if (g.station) { g.station.renew(); }
    if (later && comeBack) { g.locate.renew(stand); }
  }

  function trouble() {
    const said = navigator.onLine === false
      ? g.t("没有网络：只有看过的地方。", "No network: only areas you have seen.")
      : g.t("有一份数据没读到，可能已有新版；请刷新。", "A file could not be read; there may be a new edition. Reload.");
    document.getElementById("offline-state").textContent = said;
  }

  g.rider = { refresh: refresh, need: need, stand: stand, get map() { return map; } };
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
