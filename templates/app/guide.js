/* Ways by road to the rows of the list, from where the rider stands; where there is none, why. */
(function (g) {
  "use strict";
  /* Half an hour of riding at 15 km/h, and the squares that may be loaded for one place. */
  const MOST_M = 7500, MOST_SQUARES = 48, FIRST = 8, MOST_ROWS = 60;
  let told = function () {}, here = null, busy = false, queued = null;

  function start(found) { told = found; }

  /** A place good enough for a street: as for stations, a worse one has no street of its own. */
  function isSharp(place) { return !(place.off > g.store.over.exact); }

  /** What is known from one place; another place begins anew. */
  function stand(place) {
    if (!here || here.lon !== place.lon || here.lat !== place.lat) {
      here = { lon: place.lon, lat: place.lat, ways: new Map(), search: null, foot: undefined };
    }
    return here;
  }

  function isHere(one) {
    const place = g.state.place;
    return Boolean(place) && place.lon === one.lon && place.lat === one.lat;
  }

  /** The way to a row from the rider's place: metres and state (road, none, beyond), or null. */
  function to(row) { return here && isHere(here) && here.ways.get(row.id) || null; }

  /** Find the ways to rows that have none yet; tells whoever asked to be told. */
  async function follow(rows) {
    const place = g.state.place;
    if (!g.store.over.streets || !place || !isSharp(place)) { return; }
    if (busy) { queued = rows; return; }
    const one = stand(place), wanted = choose(one, rows);
    if (!wanted.length || one.foot === null) { return; }
    busy = true;
    try { await lead(one, wanted); } catch (error) { /* the rows keep their straight lines */ }
    busy = false;
    if (queued) {
      const next = queued;
      queued = null;
      follow(next);
    }
  }

  function choose(one, rows) {
    return rows.filter(function (row) {
      return row.metres !== null && row.metres <= MOST_M && g.judge.isExact(row.row) && !one.ways.has(row.row.id);
    }).sort(function (a, b) { return a.metres - b.metres; }).slice(0, MOST_ROWS);
  }

  /* The nearest first, so that the list is right at its top before the last square has come. */
  async function lead(one, wanted) {
    await g.squares.open();
    if (!one.search) {
      one.foot = await g.snap.snap(one.lon, one.lat);
      if (!one.foot) { return; }
      one.search = g.ways.Search(one.foot, MOST_M, MOST_SQUARES);
    }
    for (const rows of [wanted.slice(0, FIRST), wanted.slice(FIRST)]) {
      if (!rows.length || !isHere(one)) { return; }
      await ask(one, rows);
    }
  }

  async function ask(one, rows) {
    const near = g.squares.near, far = rows[rows.length - 1].metres;
    /* All squares as far as the farthest at once; what a detour needs beyond, the search asks. */
    g.snap.around(near, one.lon, one.lat, far).slice(0, MOST_SQUARES).forEach(function (at) {
      g.squares.load(near, at[0], at[1]).catch(function () { /* the search finds out */ });
    });
    const feet = await Promise.all(rows.map(function (row) {
      return g.snap.snap(row.row.lon, row.row.lat).catch(function () { return undefined; });
    }));
    const targets = rows.map(function (row, i) { return { row: row.row, foot: feet[i], state: feet[i] === null ? "off" : "cut" }; });
    function tell() { if (keep(one, targets) && isHere(one)) { told(); } }
    await one.search.find(targets.filter(function (target) { return target.foot; }), tell);
    tell();
  }

  /**
   * Keep what was found; true: something new. From the door to the street and from the street to
   * the rider is part of the way, or a station across a field would be no metre away.
   */
  function keep(one, targets) {
    let fresh = false;
    targets.forEach(function (target) {
      if (target.state === "cut" || one.ways.has(target.row.id)) { return; }
      fresh = true;
      one.ways.set(target.row.id, target.state !== "road" ? { state: target.state, metres: null } : walk(one, target));
    });
    return fresh;
  }

  /** A way in metres; `ride` is how many metres of riding take as long: what is off the streets is walked. */
  function walk(one, target) {
    const course = one.search.trace(target), size = g.course.measure(course), off = one.foot.off + target.foot.off;
    return { state: "road", road: size.metres, pushed: size.pushed, metres: size.metres + off,
      ride: target.cost / 10 + off * g.store.over.ride_kmh / g.store.over.push_kmh, course: course };
  }

  /** The way to a row as lines to draw, or null. */
  function draw(row) {
    const way = to(row);
    return way && way.state === "road" ? g.course.draw(way.course) : null;
  }

  g.guide = { start: start, follow: follow, to: to, draw: draw, MOST_M: MOST_M,
    get known() { return here ? here.ways.size : 0; }, get isBusy() { return busy; } };
})(window.geomap);
