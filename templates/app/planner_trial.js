/* What if: stations tried, closed or opened longer, counted along the streets at once, in the page.
   A trial lives in the address (#w=…), so it can be sent; nothing of it is stored anywhere. */
(function (g) {
  "use strict";
  const planner = g.planner, el = g.el, t = g.t;
  const NIGHT_HOUR = 22, MOST_ADDED = 20;
  /* The hour is the map's: what is counted and what is drawn are of one hour. */
  const trial = planner.trial = { name: "", added: [], closed: new Set(), longer: new Set(),
    get hour() { return planner.clock ? 24 * planner.clock[0] + planner.clock[1] : -1; },
    set hour(hour) { if (hour !== trial.hour) { planner.setClock(hour < 0 ? null : [Math.floor(hour / 24), hour % 24]); } } };
  let facts = null, network = null, ground = null, before = null, now = null, layer = null, adding = false, coming = null, streets = null;

  function box(id) { return document.getElementById(id); }
  function envelope() { return g.taken.settings.envelopes[g.taken.settings.headline]; }
  function limit() { return Math.round(10 * envelope().radius_m); }
  /** The streets and who lives beside them: once somebody tries something. */
  function open() {
    coming = coming || load().catch(function (error) { coming = null; throw error; });
    return coming;
  }
  /** The streets as one network, and where stations that count for sure stand on them (row → foot): read once. */
  planner.bringStreets = function () {
    streets = streets || loadStreets().catch(function (error) { streets = null; throw error; });
    return streets;
  };
  async function loadStreets() {
    facts = await planner.bring("trial");
    await g.squares.open();
    const near = g.squares.near;
    network = g.reach.Network(await Promise.all(g.squares.all(near).map(function (at) { return g.squares.load(near, at[0], at[1]); })));
    const stations = g.wire.table(facts.stations);
    facts.feet = new Map();
    stations.row.forEach(function (row, i) {
      const foot = g.reach.locate(network, stations.lon[i], stations.lat[i]);
      if (foot) { facts.feet.set(row, foot); }
    });
    return { network: network, feet: facts.feet };
  }
  async function load() {
    say(t("正在载入街道和人口…", "Loading streets and people…"));
    await planner.bringStreets();
    ground = await g.trialCount.Ground(network, g.wire.table(facts.points));
    ground.none = g.trialCount.none(ground);
    layer = planner.paper("trial", drawTrial);
    measure();
  }

  /* Counting */
  function isOpen(row, longer) {
    return trial.hour < 0 || longer && trial.longer.has(row) || planner.isOpenAt(row, trial.hour);
  }
  function feetOf(isTried) {
    const feet = [];
    facts.feet.forEach(function (foot, row) {
      if (isOpen(row, isTried) && !(isTried && trial.closed.has(row))) { feet.push(foot); }
    });
    return feet;
  }
  function feetAdded() { return trial.added.map(function (one) { return one.foot; }).filter(Boolean); }
  /** Count again and show it, from the count of the stations as they are at this hour on: what only adds goes on from their search. */
  function measure(isMoving) {
    const dm = limit(), added = feetAdded();
    if (!before || before.hour !== trial.hour) {
      before = g.trialCount.goOn(ground, before || ground.none, g.reach.search(network, feetOf(false), dm), dm);
      before.hour = trial.hour;
    }
    const kept = trial.closed.size || trial.longer.size ? g.reach.search(network, feetOf(true), dm) : before.found;
    const was = now;
    now = g.trialCount.goOn(ground, before, added.length ? g.reach.search(network, added, dm, kept) : kept, dm);
    if (layer && (isSeen(now) || was && isSeen(was))) { layer.later(); }
    drawResult();
    if (!isMoving) { planner.remember(); }  // a browser bears few addresses a second
  }
  function isSeen(count) { return count.gaining.length + count.losing.length > 0; }

  /* Edits */
  function add(lon, lat) {
    if (trial.added.length >= MOST_ADDED) { say(t("最多试 " + MOST_ADDED + " 处。", "At most " + MOST_ADDED + " stations.")); return null; }
    const one = { lon: lon, lat: lat, foot: null, marker: null };
    const dot = el("span", { "class": "trial-dot" });
    one.marker = L.marker([lat, lon], { draggable: true, keyboard: true, title: t("试加的站，可拖动", "A station on trial: drag it"),
      icon: L.divIcon({ className: "trial-mark", html: dot, iconSize: [28, 28] }) }).addTo(planner.map);
    let frame = 0;
    one.marker.on("drag", function () {
      frame = frame || requestAnimationFrame(function () {
        frame = 0;
        const at = one.marker.getLatLng();
        one.lon = at.lng;
        one.lat = at.lat;
        attach(one);
        measure(true);
      });
    }).on("dragend", planner.remember);
    trial.added.push(one);
    attach(one);
    return one;
  }
  function attach(one) { one.foot = g.reach.attach(network, one.lon, one.lat, facts.snap_m, facts.stub_m); }
  function remove(one) {
    one.marker.remove();
    trial.added.splice(trial.added.indexOf(one), 1);
  }
  function toggle(set, row) { if (set.has(row)) { set.delete(row); } else { set.add(row); } }
  function reset() {
    trial.added.slice().forEach(remove);
    trial.closed.clear();
    trial.longer.clear();
    trial.hour = -1;
    trial.name = box("trial-name").value = "";
    draw();
  }

  /* A tap while adding places a station; planner_map.js asks first. */
  planner.takesTap = function (at) {
    if (!adding) { return false; }
    add(at.lng, at.lat);
    setAdding(false);
    measure();
    return true;
  };
  function setAdding(on) {
    adding = on;
    document.querySelector("[data-action=whatif-add]").setAttribute("aria-pressed", String(on));
    if (on) { say(t("点地图上要加站的地方。", "Tap the map where the station shall be.")); }
  }

  async function suggest() {
    await open();
    say(t("正在比较候选地点…", "Comparing sites…"));
    (await g.suggestSites(ground, now.at, limit())).forEach(function (site) {
      const one = add(site.lon, site.lat);
      if (one) { one.foot = site.foot; }
    });
    measure();
    const places = trial.added.map(function (one) { return [one.lat, one.lon]; });
    if (places.length) { planner.map.fitBounds(places, { padding: [60, 60], maxZoom: Math.max(14, planner.map.getZoom()) }); }
  }

  /* The map: streets that gain a station in time, and those that lose theirs */
  function drawTrial(pen, view) {
    if (!now) { return; }
    [[now.gaining, planner.colours().gained], [now.losing, planner.colours().lost]].forEach(function (pair) {
      pen.strokeStyle = pair[1];
      pen.lineWidth = view.zoom < 13 ? 2 : 4;
      pen.beginPath();
      g.reach.trace(network, pair[0], pen, view);
      pen.stroke();
    });
  }

  /* Words */
  function say(text) { box("trial-state").textContent = text; }
  function drawResult() {
    if (!now) { return; }
    say("");
    const room = box("trial-result");
    room.replaceChildren.apply(room, planner.trialNumbers(ground, before, now, envelope().id).concat(planner.trialList(undo)));
  }
  const undo = {
    added: function (one) { remove(one); measure(); },
    closed: function (row) { trial.closed.delete(row); measure(); },
    longer: function (row) { trial.longer.delete(row); measure(); }
  };

  /* The address: w = added places, closed and longer stations, hour; wn = the name. Until it has been
     read it stays as it was. */
  let unread = new URLSearchParams(location.hash.slice(1)).get("w") ? location.hash.slice(1).replace(/^d=[^&]*&?/, "") : "";
  planner.trialAddress = function () {
    if (unread) { return unread; }
    const ids = g.taken.stations.station_id;
    const parts = trial.added.map(function (one) { return "a" + one.lon.toFixed(5) + "_" + one.lat.toFixed(5); })
      .concat(Array.from(trial.closed, function (row) { return "c" + ids[row]; }), Array.from(trial.longer, function (row) { return "l" + ids[row]; }),
        trial.hour < 0 || !now ? [] : ["h" + trial.hour]);
    return parts.length ? "w=" + parts.map(encodeURIComponent).join("~") + (trial.name ? "&wn=" + encodeURIComponent(trial.name) : "") : "";
  };
  async function readAddress() {
    const asked = new URLSearchParams(location.hash.slice(1)), text = (asked.get("w") || "").slice(0, 4000);
    if (!text) { return; }
    await open();
    trial.name = box("trial-name").value = g.cut(asked.get("wn") || "", 60);
    const ids = g.taken.stations.station_id;
    text.split("~").forEach(function (part) {
      const place = /^a(-?\d{1,3}\.\d{1,6})_(-?\d{1,2}\.\d{1,6})$/.exec(part), row = ids.indexOf(part.slice(1)), hour = /^h(\d{1,3})$/.exec(part);
      if (place) { add(Number(place[1]), Number(place[2])); }
      else if (hour) { trial.hour = Number(hour[1]) < 168 ? Number(hour[1]) : -1; }
      else if (row >= 0 && part[0] === "c") { trial.closed.add(row); }
      else if (row >= 0 && part[0] === "l") { trial.longer.add(row); }
    });
    unread = "";
    box("whatif").open = true;
    draw();
  }

  /** Planned rows that `add` reads: our own headings, one row a station tried. */
  function exportRows() {
    const rows = [["name", "kind", "status", "access", "province", "city", "district", "lon", "lat", "datum", "uncertainty_m", "opening_hours", "note"]];
    const columns = g.taken.districts.columns;
    trial.added.forEach(function (one, n) {
      const home = planner.districtAt({ lng: one.lon, lat: one.lat });
      const place = ["province", "city", "district"].map(function (name) { return home < 0 ? "" : columns[name][home]; });
      rows.push([(trial.name || "试点") + " " + (n + 1), "station", "planned", "outdoor_workers"].concat(place,
        [one.lon.toFixed(6), one.lat.toFixed(6), "wgs84", "30", "", "规划页试算"]));
    });
    return "\ufeff" + rows.map(function (row) { return row.map(cell).join(","); }).join("\r\n") + "\r\n";
  }
  function cell(text) {
    const safe = /^[=+\-@\t\r]/.test(text) && isNaN(Number(text)) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }
  function save() {
    const link = el("a", { href: URL.createObjectURL(new Blob([exportRows()], { type: "text/csv" })), download: "trial.csv" });
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  /* Controls */
  async function withChosen(act) {
    const row = planner.chosenStation;
    await open();
    if (facts.feet.has(row)) { act(row); draw(); } else {
      say(t("先在地图或表里选一个位置准确、确定可进、在路网上的站点。", "First choose a station with an exact place on the streets, open to riders."));
    }
  }
  function fail() { say(t("街道没能读到。", "The streets could not be read.")); }
  const ACTIONS = {
    "whatif-add": function () { return open().then(function () { setAdding(!adding); }); },
    "whatif-close": function () { return withChosen(function (row) { toggle(trial.closed, row); }); },
    "whatif-hours": function () {
      return withChosen(function (row) {
        toggle(trial.longer, row);
        if (trial.hour < 0) { trial.hour = NIGHT_HOUR; }
      });
    },
    "whatif-reset": function () { return open().then(reset); },
    suggest: suggest,
    "whatif-export": save,
    "whatif-print": function () { window.print(); }
  };
  function draw() {
    box("trial-hour").value = String(trial.hour);
    if (now) { measure(); }
  }
  planner.followClock = draw;
  function hours() {
    const days = planner.dayNames();
    return [el("option", { value: "-1" }, t("不论钟点", "At any hour"))].concat(Array.from({ length: 168 }, function (_, hour) {
      return el("option", { value: String(hour) }, days[Math.floor(hour / 24)] + " " + hour % 24 + ":00");
    }));
  }
  planner.startTrial = function () {
    if (!g.taken.settings.trial) { return; }
    const room = box("whatif");
    room.hidden = false;
    room.addEventListener("click", function (event) {
      const button = event.target.closest("[data-action]"), act = button && ACTIONS[button.dataset.action];
      if (act) { Promise.resolve(act()).catch(fail); }
    });
    function fillHours() { box("trial-hour").replaceChildren.apply(box("trial-hour"), hours()); box("trial-hour").value = String(trial.hour); }
    fillHours();
    g.onLanguage(function () { fillHours(); drawResult(); });
    box("trial-hour").addEventListener("change", function (event) {
      const hour = Number(event.target.value);
      open().then(function () { trial.hour = hour; }).catch(fail);
    });
    box("trial-name").addEventListener("input", function (event) {
      trial.name = g.cut(event.target.value, 60);
      if (now) { planner.remember(); }
    });
    return readAddress().catch(fail);
  };
})(window.geomap);
