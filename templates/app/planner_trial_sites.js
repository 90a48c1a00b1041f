/* Five sites, each the one that adds most to those before it: of the places nobody is reached from,
   one in 400 m or more. */
(function (g) {
  "use strict";
  const SUGGESTED = 5, CELL_M = 400, MOST_SITES = 600;

  /** Up to five { lon, lat, foot }, the best first; `at` marks the stretches that are reached already. */
  g.suggestSites = async function (ground, at, dm) {
    const reached = at.slice(), sites = await sitesOf(ground, reached, dm), chosen = [];
    while (chosen.length < SUGGESTED) {
      let best = null, most = 0;
      sites.forEach(function (site) {
        let gain = 0;
        for (let k = 0; k < site.held.length; k++) { if (!reached[site.held[k]]) { gain += ground.weight[site.held[k]]; } }
        if (gain > most) { best = site; most = gain; }
      });
      if (!best) { break; }
      chosen.push(best);
      best.held.forEach(function (i) { reached[i] = 1; });
    }
    return chosen;
  };
  async function sitesOf(ground, reached, dm) {
    const sites = [], slice = g.Pauses();
    let side = CELL_M, cells = cellsOf(ground, side, reached);
    while (cells.size > MOST_SITES) { cells = cellsOf(ground, side *= 1.4, reached); }
    for (const i of cells.values()) {
      const foot = { street: ground.street[0][i], at: ground.at[0][i] };
      sites.push({ lon: ground.lon[i], lat: ground.lat[i], foot: foot, held: g.trialCount.around(ground, foot, dm) });
      const pause = slice();
      if (pause) { await pause; }
    }
    return sites;
  }
  /* Of each cell of so many metres the stretch that weighs most, of those that reach nobody yet. */
  function cellsOf(ground, side, reached) {
    const cells = new Map(), weight = ground.weight;
    for (let i = 0; i < ground.n; i++) {
      if (ground.street[0][i] < 0 || reached[i] || !weight[i]) { continue; }
      const key = Math.round(ground.lat[i] * 111320 / side) + " " + Math.round(ground.lon[i] * 85000 / side);
      const cell = cells.get(key);
      if (cell === undefined || weight[i] > weight[cell]) { cells.set(key, i); }
    }
    return cells;
  }
})(window.geomap);
