/* What if: stations tried, closed or opened longer, counted along the streets at once, in the page.
   A trial lives in the address (#w=…), so it can be sent; nothing of it is stored anywhere. */
(function (g) {
  "use strict";
  const planner = g.planner, el = g.el, said = g.said, t = g.t;
  const SLICE_MS = 40, SUGGESTED = 5, CELL_M = 400, MOST_SITES = 600, NIGHT_HOUR = 22, MOST_ADDED = 20;
  const trial = { name: "", added: [], closed: new Set(), longer: new Set(), hour: -1 };
  let facts = null, network = null, points = null, before = null, now = null, layer = null, adding = false, coming = null;

  function box(id) { return document.getElementById(id); }
  function envelope() { return g.taken.settings.envelopes[g.taken.settings.headline]; }
  function limit() { return Math.round(10 * envelope().radius_m); }
  function rest() { return new Promise(function (done) { setTimeout(done, 0); }); }

  /** The streets and who lives beside them: once somebody tries something. */
  function open() {
    coming = coming || load().catch(function (error) { coming = null; throw error; });
    return coming;
  }
  async function load() {
    say(t("正在载入街道和人口…", "Loading streets and people…"));
    facts = await planner.bring("trial");
    await g.squares.open();
    const near = g.squares.near;
    network = g.reach.Network(await Promise.all(g.squares.all(near).map(function (at) { return g.squares.load(near, at[0], at[1]); })));
    const stations = g.wire.table(facts.stations), table = g.wire.table(facts.points);
    facts.feet = new Map();
    stations.row.forEach(function (row, i) {
      const foot = g.reach.locate(network, stations.lon[i], stations.lat[i]);
      if (foot) { facts.feet.set(row, foot); }
    });
    points = await settle(table);
    layer = planner.paper("trial", drawTrial);
    measure();
  }
  /* Each stretch of street where the search finds it; in slices, so that the page answers meanwhile. */
  async function settle(table) {
    const n = table.n, found = { n: n, lon: table.lon, lat: table.lat, people: table.people, land: table.land_m2, district: new Int32Array(n),
      street: [new Int32Array(n), new Int32Array(n)], at: [new Int32Array(n), new Int32Array(n)], total: 0 };
    let end = performance.now() + SLICE_MS;
    for (let i = 0; i < n; i++) {
      [[table.lon[i], table.lat[i]], [table.lon_2[i], table.lat_2[i]]].forEach(function (place, side) {
        const foot = g.reach.locate(network, place[0], place[1]);
        found.street[side][i] = foot ? foot.street : -1;
        found.at[side][i] = foot ? foot.at : 0;
      });
      found.district[i] = g.wire.word(table.district, i);
      found.total += table.people[i];
      if (performance.now() > end) {
        await rest();
        end = performance.now() + SLICE_MS;
      }
    }
    return found;
  }

  /* Counting */
  function isOpen(row, longer) {
    return trial.hour < 0 || longer && trial.longer.has(row) || (g.taken.stations.week[row] || "")[trial.hour] === "1";
  }
  function feetOf(isTried) {
    const feet = [];
    facts.feet.forEach(function (foot, row) {
      if (isOpen(row, isTried) && !(isTried && trial.closed.has(row))) { feet.push(foot); }
    });
    return feet;
  }
  function feetAdded() { return trial.added.map(function (one) { return one.foot; }).filter(Boolean); }
  function isReached(found, i, dm) {
    const one = points.street[0][i], two = points.street[1][i];
    return one >= 0 && g.reach.dmFrom(network, found, one, points.at[0][i]) <= dm ||
      two >= 0 && g.reach.dmFrom(network, found, two, points.at[1][i]) <= dm;
  }
  /** Who reaches some station in time: people, land, street, by district. */
  function count(feet, more) {
    const dm = limit(), found = g.reach.search(network, feet, dm, more);
    const sums = { found: found, at: new Uint8Array(points.n), people: 0, land: 0, district: new Map(),
      km: g.reach.reachedMetres(network, found, dm) / 1000 };
    for (let i = 0; i < sums.at.length; i++) {
      if (more ? !before.at[i] && (isAsBefore(found, i) || !isReached(found, i, dm)) : !isReached(found, i, dm)) { continue; }
      sums.at[i] = 1;
      sums.people += points.people[i];
      sums.land += points.land[i];
      sums.district.set(points.district[i], (sums.district.get(points.district[i]) || 0) + weight(i));
    }
    return sums;
  }
  function isAsBefore(found, i) {
    const one = points.street[0][i], two = points.street[1][i];
    return (one < 0 || g.reach.isSame(network, found, before.found, one)) && (two < 0 || g.reach.isSame(network, found, before.found, two));
  }
  function weight(i) { return points.total ? points.people[i] : points.land[i]; }
  function sumOf(keep) {
    let sum = 0;
    for (let i = 0; i < points.n; i++) { if (keep(i)) { sum += weight(i); } }
    return sum;
  }
  /** Count again and show it: `before` changes with the hour alone; what only adds goes on from there. */
  function measure(isSameHour, isMoving) {
    if (!isSameHour || !before) { before = count(feetOf(false)); }
    now = trial.closed.size || trial.longer.size ? count(feetOf(true).concat(feetAdded())) : count(feetAdded(), before.found);
    if (layer) { layer.later(); }
    drawResult();
    if (!isMoving) { planner.remember(); }  // a browser bears few addresses a second
  }

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
        measure(true, true);
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
    measure(true);
    return true;
  };
  function setAdding(on) {
    adding = on;
    document.querySelector("[data-action=whatif-add]").setAttribute("aria-pressed", String(on));
    if (on) { say(t("点地图上要加站的地方。", "Tap the map where the station shall be.")); }
  }

  /** Five sites, each the one that adds most to those before it: of the places nobody is reached from, one in 400 m or more. */
  async function suggest() {
    await open();
    say(t("正在比较候选地点…", "Comparing sites…"));
    const dm = limit(), reached = Uint8Array.from(now.at), sites = await sitesOf(dm, reached);
    for (let n = 0; n < SUGGESTED; n++) {
      let best = null, most = 0;
      sites.forEach(function (site) {
        let gain = 0;
        for (let k = 0; k < site.points.length; k++) { if (!reached[site.points[k]]) { gain += weight(site.points[k]); } }
        if (gain > most) { best = site; most = gain; }
      });
      const one = best && add(best.lon, best.lat);
      if (!one) { break; }
      one.foot = best.foot;
      best.points.forEach(function (i) { reached[i] = 1; });
    }
    measure(true);
  }
  async function sitesOf(dm, reached) {
    const sites = [], streets = pointsByStreet();
    let side = CELL_M, cells = cellsOf(side, reached);
    while (cells.size > MOST_SITES) { cells = cellsOf(side *= 1.4, reached); }
    let end = performance.now() + SLICE_MS;
    for (const i of cells.values()) {
      const foot = { street: points.street[0][i], at: points.at[0][i] }, held = around(foot, dm, streets);
      sites.push({ lon: points.lon[i], lat: points.lat[i], foot: foot, points: held });
      if (performance.now() > end) {
        await rest();
        end = performance.now() + SLICE_MS;
      }
    }
    return sites;
  }
  /* Of each cell of so many metres the stretch that weighs most, of those that reach nobody yet. */
  function cellsOf(side, reached) {
    const cells = new Map();
    for (let i = 0; i < points.n; i++) {
      if (points.street[0][i] < 0 || reached[i] || !weight(i)) { continue; }
      const key = Math.round(points.lat[i] * 111320 / side) + " " + Math.round(points.lon[i] * 85000 / side);
      const cell = cells.get(key);
      if (cell === undefined || weight(i) > weight(cell)) { cells.set(key, i); }
    }
    return cells;
  }
  function pointsByStreet() {
    const found = new Map();
    points.street.forEach(function (streets) {
      streets.forEach(function (street, i) {
        if (street < 0) { return; }
        if (!found.has(street)) { found.set(street, []); }
        found.get(street).push(i);
      });
    });
    return found;
  }
  function around(foot, dm, streets) {
    const found = g.reach.search(network, [foot], dm), held = new Set();
    g.reach.streetsOf(network, found).forEach(function (street) {
      (streets.get(street) || []).forEach(function (i) { if (isReached(found, i, dm)) { held.add(i); } });
    });
    return Int32Array.from(held);
  }

  /* The map: streets that gain a station in time, and those that lose theirs */
  function drawTrial(pen, view) {
    if (!now) { return; }
    const dm = limit();
    [[now, before, planner.colours().gained], [before, now, planner.colours().lost]].forEach(function (pair) {
      pen.strokeStyle = pair[2];
      pen.lineWidth = view.zoom < 13 ? 2 : 4;
      pen.beginPath();
      g.reach.traceDifference(network, pair[0].found, pair[1].found, dm, pen, view);
      pen.stroke();
    });
  }

  /* Words */
  function say(text) { box("trial-state").textContent = text; }
  function figure(name, value, text, district) {
    return el("span", { "data-number": name, "data-value": String(value), "data-envelope": envelope().id,
      "data-district": district || null, "data-weekday": trial.hour < 0 ? null : Math.floor(trial.hour / 24) + 1,
      "data-hour": trial.hour < 0 ? null : trial.hour % 24 }, text);
  }
  function amount(value) {
    return points.total ? t("约 ", "about ") + planner.number(value) + t(" 人", " people") : planner.number(value / 1e6, 2) + t(" km² 街道所及的土地", " km² of land that streets serve");
  }
  function drawResult() {
    if (!now) { return; }
    const all = points.total || sumOf(function () { return true; });
    const was = points.total ? before.people : before.land, is = points.total ? now.people : now.land;
    const gained = sumOf(function (i) { return now.at[i] && !before.at[i]; }), lost = sumOf(function (i) { return before.at[i] && !now.at[i]; });
    say("");
    const room = box("trial-result");
    room.replaceChildren.apply(room, [el("dl", {}, [
      [t("能到", "In reach"), [figure("whatif_before", was, amount(was)), " → ", el("b", {}, figure("whatif_now", is, amount(is)))]],
      [t("占比", "Share"), [figure("whatif_share_before", was / all, planner.percent(was / all)), " → ", el("b", {}, figure("whatif_share", is / all, planner.percent(is / all)))]],
      [t("多了", "Gained"), figure("whatif_gained", gained, amount(gained))], [t("少了", "Lost"), figure("whatif_lost", lost, amount(lost))],
      [t("街道", "Streets"), [figure("whatif_km_before", before.km, planner.number(before.km, 1)), " → ", figure("whatif_km", now.km, planner.number(now.km, 1) + " km")]]
    ].map(function (pair) { return el("div", {}, el("dt", {}, pair[0]), el("dd", {}, pair[1])); })), districts(), list()].filter(Boolean));
  }
  function districts() {
    const changed = Array.from(new Set([...before.district.keys(), ...now.district.keys()])).filter(function (row) {
      return row >= 0 && Math.abs((now.district.get(row) || 0) - (before.district.get(row) || 0)) > 0.5;
    });
    return changed.length ? el("ul", { "class": "plain" }, changed.map(function (row) {
      const columns = g.taken.districts.columns, was = before.district.get(row) || 0, is = now.district.get(row) || 0;
      return el("li", {}, said(columns.district[row]), " ", figure("whatif_before", was, amount(was), columns.district_code[row]), " → ",
        figure("whatif_now", is, amount(is), columns.district_code[row]));
    })) : null;
  }
  function list() {
    function undo(words, act) {
      return el("li", {}, words, " ", el("button", { type: "button", onclick: function () { act(); measure(true); } }, t("撤回", "Undo")));
    }
    const names = g.taken.stations.name;
    return el("ul", { "class": "plain", id: "trial-list" }, trial.added.map(function (one, n) {
      return undo([t("加站 ", "Added ") + (n + 1), one.foot ? "" : t("（附近没有可骑的街道）", " (no street near)")], function () { remove(one); });
    }), Array.from(trial.closed, function (row) {
      return undo([t("关闭 ", "Closed "), said(names[row] || "")], function () { trial.closed.delete(row); });
    }), Array.from(trial.longer, function (row) {
      return undo([t("改为 24 小时 ", "Open around the clock: "), said(names[row] || "")], function () { trial.longer.delete(row); });
    }));
  }

  /* The address: w = added places, closed and longer stations, hour; wn = the name. Until it has been
     read it stays as it was. */
  let unread = new URLSearchParams(location.hash.slice(1)).get("w") ? location.hash.slice(1).replace(/^d=[^&]*&?/, "") : "";
  planner.trialAddress = function () {
    if (unread) { return unread; }
    const ids = g.taken.stations.station_id;
    const parts = trial.added.map(function (one) { return "a" + one.lon.toFixed(5) + "_" + one.lat.toFixed(5); })
      .concat(Array.from(trial.closed, function (row) { return "c" + ids[row]; }), Array.from(trial.longer, function (row) { return "l" + ids[row]; }),
        trial.hour < 0 ? [] : ["h" + trial.hour]);
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
  function withChosen(act) {
    const row = planner.chosenStation;
    open().then(function () {
      if (!facts.feet.has(row)) {
        say(t("先在地图或表里选一个位置准确、确定可进、在路网上的站点。", "First choose a station with an exact place on the streets, open to riders."));
        return;
      }
      act(row);
      draw();
    }).catch(fail);
  }
  function fail() { say(t("街道没能读到。", "The streets could not be read.")); }
  const ACTIONS = {
    "whatif-add": function () { open().then(function () { setAdding(!adding); }).catch(fail); },
    "whatif-close": function () { withChosen(function (row) { toggle(trial.closed, row); }); },
    "whatif-hours": function () {
      withChosen(function (row) {
        toggle(trial.longer, row);
        if (trial.hour < 0) { trial.hour = NIGHT_HOUR; }
      });
    },
    "whatif-reset": function () { open().then(reset).catch(fail); },
    suggest: function () { suggest().catch(fail); },
    "whatif-export": save,
    "whatif-print": function () { window.print(); }
  };
  function draw() {
    box("trial-hour").value = String(trial.hour);
    measure();
  }
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
      if (act) { act(); }
    });
    function fillHours() { box("trial-hour").replaceChildren.apply(box("trial-hour"), hours()); box("trial-hour").value = String(trial.hour); }
    fillHours();
    g.onLanguage(function () { fillHours(); drawResult(); });
    box("trial-hour").addEventListener("change", function (event) {
      trial.hour = Number(event.target.value);
      open().then(function () { measure(); }).catch(fail);
    });
    box("trial-name").addEventListener("input", function (event) {
      trial.name = g.cut(event.target.value, 60);
      if (now) { planner.remember(); }
    });
    return readAddress().catch(fail);
  };
})(window.geomap);
