/* The nearest rows, without loading the country: districts by the nearness of their boxes. */
(function (g) {
  "use strict";
  const BATCH = 4, MOST_PARTS = 60;
  /** Within a ride, sure and exact rows come first; beyond it, nearness counts more. */
  const SHELL_M = 30000;

  /** Metres from a place to the nearest point of a box; 0 inside; Infinity where there is none. */
  function toBox(lon, lat, box) {
    if (!box) { return Infinity; }
    const x = Math.min(Math.max(lon, box[0]), box[2]), y = Math.min(Math.max(lat, box[1]), box[3]);
    return g.places.distance(lon, lat, x, y);
  }

  /** Metres from a place to the farthest corner of a box. */
  function beyondBox(lon, lat, box) {
    return g.places.distance(lon, lat, lon < (box[0] + box[2]) / 2 ? box[2] : box[0], lat < (box[1] + box[3]) / 2 ? box[3] : box[1]);
  }

  /** Numbers of the districts that may hold what the filters ask at least so far, with their metres, near first. */
  function near(place, filters, least) {
    const d = g.store.over.districts, found = [];
    for (let i = 0; i < d.code.length; i++) {
      if (!g.filters.mayHold(i, filters)) { continue; }
      const metres = toBox(place.lon, place.lat, d.box[i]);
      if (metres < Infinity && (!least || beyondBox(place.lon, place.lat, d.box[i]) >= least)) { found.push([metres, d.code[i]]); }
    }
    return found.sort(function (a, b) { return a[0] - b[0]; });
  }

  /** Every row of a part that is offered, or is one of `some`, judged, where that passes. */
  function judgePart(part, place, now, keep, some) {
    const found = [];
    for (let i = 0; i < part.n; i++) {
      const row = g.columns.row(part, i);
      if (!(some || g.store.isOffered)(row)) { continue; }
      const one = g.judge.judge(row, now, g.places.metresTo(place, row));
      if (keep(one)) { found.push(one); }
    }
    return found;
  }

  /**
   * At least `want` nearest rows (fewer where the edition has fewer), complete up to the farthest.
   * `keep` says which judged rows count; `filters` which districts may be left out, and all that is
   * nearer than `least`.
   */
  async function nearest(place, now, filters, keep, want, reach, least) {
    if (filters.length || g.state.member) { await g.store.facets(); }
    const order = near(place, filters, least), found = [];
    let at = 0;
    while (at < Math.min(order.length, MOST_PARTS)) {
      if (order[at][0] > reach || found.filter(function (one) { return one.metres !== null && one.metres <= order[at][0]; }).length >= want) { break; }
      const batch = order.slice(at, at + BATCH);
      const parts = await Promise.all(batch.map(function (one) { return g.store.load(one[1]); }));
      parts.forEach(function (part) { found.push.apply(found, judgePart(part, place, now, keep)); });
      at += batch.length;
    }
    return sort(found.filter(function (one) { return one.metres === null || one.metres <= reach; }), now);
  }

  function shell(one) { return one.metres === null ? 2 : one.metres > SHELL_M ? 1 : 0; }

  /** Sure and exact first, then by the way, by road where it is known; without a place by rank and id. */
  function sort(found) {
    return found.sort(function (a, b) {
      return shell(a) - shell(b) || a.rank - b.rank || (a.far || 0) - (b.far || 0) ||
        (a.row.id < b.row.id ? -1 : 1);
    });
  }

  g.nearest = { nearest: nearest, judgePart: judgePart, sort: sort, toBox: toBox };
})(window.geomap);
