/* Who reaches a station: people, land and metres of street, counted on from what was known before,
   along the streets alone on which something has changed. */
(function (g) {
  "use strict";
  const SLICE_MS = 40;

  /** Lets the page answer between slices of long work: `await slices()`. */
  g.Pauses = function () {
    let end = performance.now() + SLICE_MS;
    return function () {
      if (performance.now() < end) { return null; }
      return new Promise(function (done) {
        setTimeout(function () { end = performance.now() + SLICE_MS; done(); }, 0);
      });
    };
  };

  /** What is counted: stretches of street where the search finds them, who lives beside each, and which lie on a street. */
  async function Ground(network, table) {
    const n = table.n, slice = g.Pauses(), own = { network: network, n: n, lon: table.lon, lat: table.lat, people: table.people, land: table.land_m2,
      district: new Int32Array(n), street: [new Int32Array(n), new Int32Array(n)], at: [new Int32Array(n), new Int32Array(n)], total: 0 };
    for (let i = 0; i < n; i++) {
      [[table.lon[i], table.lat[i]], [table.lon_2[i], table.lat_2[i]]].forEach(function (place, side) {
        const foot = g.reach.locate(network, place[0], place[1]);
        own.street[side][i] = foot ? foot.street : -1;
        own.at[side][i] = foot ? foot.at : 0;
      });
      own.district[i] = g.wire.word(table.district, i);
      own.total += table.people[i];
      const pause = slice();
      if (pause) { await pause; }
    }
    own.weight = own.total ? own.people : own.land;
    own.all = own.total || own.land.reduce(function (sum, land) { return sum + land; }, 0);
    byStreet(own);
    return own;
  }
  /* Stretches of each street: own.of from own.start[street] to own.start[street + 1]. */
  function byStreet(own) {
    const start = new Int32Array(own.network.code.length + 2);
    own.street.forEach(function (streets) { streets.forEach(function (street) { if (street >= 0) { start[street + 2] += 1; } }); });
    for (let i = 2; i < start.length; i++) { start[i] += start[i - 1]; }
    own.of = new Int32Array(start[start.length - 1]);
    own.street.forEach(function (streets) {
      streets.forEach(function (street, i) { if (street >= 0) { own.of[start[street + 1]++] = i; } });
    });
    own.start = start;
  }

  function isReached(ground, found, i, dm) {
    const one = ground.street[0][i], two = ground.street[1][i];
    return one >= 0 && g.reach.dmFrom(ground.network, found, one, ground.at[0][i]) <= dm ||
      two >= 0 && g.reach.dmFrom(ground.network, found, two, ground.at[1][i]) <= dm;
  }

  /** The count of no station at all. */
  function none(ground) {
    return { found: g.reach.search(ground.network, [], 0), at: new Uint8Array(ground.n), people: 0, land: 0, dm: 0, district: new Map() };
  }

  /** The count of another search, from the count of one: sums, and by how much they rose and fell; which streets gained and lost. */
  function goOn(ground, base, found, dm) {
    const network = ground.network, sums = { found: found, at: base.at.slice(), people: base.people, land: base.land, dm: base.dm,
      district: new Map(base.district), gained: 0, lost: 0, gaining: [], losing: [] };
    g.reach.changed(network, base.found, found).forEach(function (street) {
      sums.dm += g.reach.reachedOn(network, found, street, dm) - g.reach.reachedOn(network, base.found, street, dm);
      const is = g.reach.isLit(network, found, street, dm);
      if (is !== g.reach.isLit(network, base.found, street, dm)) { sums[is ? "gaining" : "losing"].push(street); }
      for (let k = ground.start[street]; k < ground.start[street + 1]; k++) { turn(ground, sums, ground.of[k], dm); }
    });
    ["people", "gained", "lost"].forEach(function (name) { sums[name] = exact(sums[name]); });
    sums.district.forEach(function (value, home) { sums.district.set(home, exact(value)); });
    return sums;
  }
  /* People come in hundredths: so rounded, sums stay exact however often they go up and down. */
  function exact(value) { return Math.round(100 * value) / 100 + 0; }
  /* A stretch that has come into reach, or is out of it now. */
  function turn(ground, sums, i, dm) {
    const is = isReached(ground, sums.found, i, dm);
    if (is === (sums.at[i] === 1)) { return; }
    const sign = is ? 1 : -1, home = ground.district[i];
    sums.at[i] = is ? 1 : 0;
    sums.people += sign * ground.people[i];
    sums.land += sign * ground.land[i];
    sums[is ? "gained" : "lost"] += ground.weight[i];
    sums.district.set(home, (sums.district.get(home) || 0) + sign * ground.weight[i]);
  }

  /** Stretches within reach of one foot. */
  function around(ground, foot, dm) {
    const found = g.reach.search(ground.network, [foot], dm), held = new Set();
    g.reach.changed(ground.network, ground.none.found, found).forEach(function (street) {
      for (let k = ground.start[street]; k < ground.start[street + 1]; k++) {
        if (isReached(ground, found, ground.of[k], dm)) { held.add(ground.of[k]); }
      }
    });
    return Int32Array.from(held);
  }

  g.trialCount = { Ground: Ground, none: none, goOn: goOn, around: around };
})(window.geomap);
