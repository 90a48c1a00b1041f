/* The rows of the list, as the address, the filters and the rider's place ask for them. */
(function (g) {
  "use strict";
  const REACH_M = 100000, MOST_PARTS = 40;

  /** Rows that the address and the place ask for, judged and in order. */
  async function collect(now, wanted) {
    const filters = g.state.filters, place = g.state.place;
    function keep(one) { return g.filters.passes(one, filters); }
    if (g.state.district) { return ofDistrict(now, keep); }
    if (g.state.city) { return ofCity(now, keep); }
    if (place) { return g.nearest.nearest(place, now, filters, keep, wanted + 1, place.kind === "search" ? Infinity : REACH_M); }
    const rows = g.nearest.judgePart(g.store.first, null, now, keep);
    if (rows.length >= wanted || (g.store.isWhole() && !g.state.member)) { return g.nearest.sort(rows); }
    if (filters.length || g.state.member) { await g.store.facets(); }
    return g.nearest.sort(await addDistricts(rows, now, keep, wanted));
  }

  /** Without a place: the first rows, then district by district until there are enough. */
  async function addDistricts(rows, now, keep, wanted) {
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

  /** All of a city; of a very large one what its first districts hold. */
  async function ofCity(now, keep) {
    await g.store.names();
    const codes = g.store.over.districts.code.filter(function (code, i) { return g.store.district(i).city === g.state.city; });
    if (!codes.length) { g.state.city = ""; }
    const parts = await Promise.all(codes.slice(0, MOST_PARTS).map(g.store.load));
    return g.nearest.sort([].concat.apply([], parts.map(function (part) { return g.nearest.judgePart(part, g.state.place, now, keep); })));
  }

  g.listing = { collect: collect };
})(window.geomap);
