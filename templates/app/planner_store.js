/* Stations as columns: places first, for the map, then names, for the list; both in chunks, so
   that 200,000 neither keep the first view waiting nor hold the page for long. */
(function () {
  "use strict";
  var planner = geomap.planner, FIRST_CODE = 48;
  var stations = geomap.taken.stations = { placed: 0, named: 0 };
  ["lon", "lat", "uncertainty_m", "home", "layer", "band", "reach", "week", "station_id", "name", "kind", "status", "access",
    "precision", "outcome", "confirmed", "in_district", "public"].forEach(function (name) { stations[name] = []; });

  /** The layers of stations in the order they are drawn, and, the other way round, listed. */
  planner.layerOrder = function () { return Object.keys(geomap.taken.settings.stations.layers); };
  planner.layersByRank = function () { return planner.layerOrder().reverse(); };

  /* A word for each character of `codes`. */
  function append(column, coded) {
    for (var i = 0; i < coded.codes.length; i++) { column.push(coded.words[coded.codes.charCodeAt(i) - FIRST_CODE]); }
  }
  function appendSteps(column, steps, scale) {
    var last = 0;
    steps.forEach(function (step) {
      if (step === null) { column.push(null); return; }
      last += step;
      column.push(last / scale);
    });
  }
  function takePlaces(part) {
    appendSteps(stations.lon, part.lon, part.scale);
    appendSteps(stations.lat, part.lat, part.scale);
    part.uncertainty_m.forEach(function (metres) { stations.uncertainty_m.push(metres); });
    for (var run = 0; run < part.home.length; run += 2) {
      for (var i = 0; i < part.home[run + 1]; i++) { stations.home.push(part.home[run]); }
    }
    append(stations.layer, part.layer);
    append(stations.band, part.band);
    append(stations.reach, part.reach);
    append(stations.week, part.week);
    stations.placed = stations.lon.length;
  }
  function takeNames(part) {
    part.station_id.forEach(function (id) { stations.station_id.push(id); });
    part.name.forEach(function (name) { stations.name.push(name); });
    ["kind", "status", "access", "precision"].forEach(function (name) { append(stations[name], part[name]); });
    append(stations.outcome, part.district_outcome);
    ["confirmed", "in_district", "public"].forEach(function (name) {
      for (var i = 0; i < part[name].length; i++) { stations[name].push(part[name][i] === "1"); }
    });
    stations.named = stations.name.length;
  }

  /** The facts of one more file, once they are there. */
  planner.bring = function (name) {
    return geomap.load("assets/facts/" + name + ".js").then(function () { return geomap.taken[name]; });
  };
  /** Load the chunks of `kind` (places, names) one after the other; `tell` after each. */
  function loadAll(kind, take, tell) {
    var chunks = geomap.taken.settings.stations.chunks, number = 0;
    function next() {
      if (number >= chunks) { return Promise.resolve(); }
      var name = kind + "-" + number++;
      return planner.bring(name).then(function (part) {
        take(part);
        delete geomap.taken[name];
        tell();
      }).then(next);
    }
    return next();
  }
  planner.loadPlaces = function (tell) { return loadAll("places", takePlaces, tell); };
  planner.loadNames = function (tell) { return loadAll("names", takeNames, tell); };

  /** Whether a district (-1: none) has stations, as far as places are read. */
  planner.isHome = function (home) { return stations.home.indexOf(home) >= 0; };
})();
