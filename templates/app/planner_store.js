/* Stations as columns: places first, for the map, then names, for the list; both in chunks, so
   that 200,000 neither keep the first view waiting nor hold the page for long. */
(function () {
  "use strict";
  const planner = geomap.planner, wire = geomap.wire;
  const stations = geomap.taken.stations = { placed: 0, named: 0 };
  ["lon", "lat", "uncertainty_m", "home", "layer", "band", "reach", "week", "station_id", "name", "kind", "status", "access",
    "precision", "district_outcome", "confirmed", "in_district", "public"].forEach(function (name) { stations[name] = []; });

  /** The layers of stations in the order they are drawn, and, the other way round, listed. */
  planner.layerOrder = function () { return Object.keys(geomap.taken.settings.stations.layers); };
  planner.layersByRank = function () { return planner.layerOrder().reverse(); };

  /* Add the rows of a chunk to the columns. */
  function take(file) {
    const part = wire.table(file);
    Object.keys(part).forEach(function (name) {
      const column = part[name], own = stations[name];
      if (name === "n") { return; }
      for (let i = 0; i < part.n; i++) { own.push(wire.word(column, i)); }
    });
    stations.placed = stations.lon.length;
    stations.named = stations.name.length;
  }

  /** The facts of one more file, once they are there. */
  planner.bring = geomap.fetchFile = function (name) {
    return geomap.bring("assets/facts/", name, geomap.markOf(geomap.taken.settings.files, name));
  };
  /** Load the chunks of `kind` (places, names) one after the other; `tell` after each. */
  planner.loadAll = async function (kind, tell) {
    for (let number = 0; number < geomap.taken.settings.stations.chunks; number++) {
      const name = kind + "-" + number;
      take(await planner.bring(name));
      delete geomap.taken[name];
      tell();
    }
  };

  /** Whether a district (-1: none) has stations, as far as places are read. */
  planner.isHome = function (home) { return stations.home.indexOf(home) >= 0; };
})();
