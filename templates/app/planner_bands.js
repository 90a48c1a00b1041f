/* Isochrone bands and streets. Bands are opaque, the farthest first, on one canvas whose opacity is
   the canvas's own: what overlaps does not add up. By road they are polygons; where no road is
   known they are circles, drawn from the stations' places and hatched: an estimate. */
(function () {
  "use strict";
  const planner = geomap.planner, levels = {};
  let bandPaper, roadPaper;
  planner.bandsShown = -1;

  planner.startBands = function () {
    planner.map.getPane("bands").classList.add("bands-pane");
    bandPaper = planner.paper("bands", drawBands);
    roadPaper = planner.paper("roads", drawRoads);
  };
  /** The bands of an envelope's number: minutes, radii, levels; or null. */
  planner.bandsOf = function (envelope) {
    return geomap.taken.bands.envelopes.filter(function (one) { return one.envelope === envelope; })[0] || null;
  };
  /** Show the bands of one envelope (its number), or none (-1). */
  planner.showBands = function (envelope) { planner.bandsShown = envelope; bandPaper.redraw(); };
  planner.redrawBands = function () { bandPaper.later(); };

  function drawBands(pen, view) {
    const bands = planner.bandsOf(planner.bandsShown);
    if (!bands || planner.peopleShown()) { return; }
    const byHour = planner.byTheHour(), streets = byHour ? streetsAtHour(bands) : null;
    if (byHour && !streets) { return; }  // they come
    const patches = byHour ? [] : shapesInView(bands, view), colours = planner.colours(), circles = circlesInView(bands, view);
    for (let step = bands.minutes.length - 1; step >= 0; step--) {
      pen.fillStyle = pen.strokeStyle = colours.bands[step];
      patches.forEach(function (patch) {
        pen.beginPath();
        geomap.canvas.trace(pen, view, patch[step]);
        pen.fill("evenodd");
      });
      if (streets) { strokeStreets(pen, view, streets[step]); }
      if (!circles.length) { continue; }
      pen.beginPath();
      traceCircles(pen, circles, bands.radius_m[step], view);
      pen.fill();
      pen.fillStyle = planner.hatch(pen);
      pen.fill();
    }
  }

  /* At an hour of the week: each street in the colour of the minutes from its middle to a station
     that is surely open then, as wide as the land beside it that counts as served. */
  let city = null, hourly = null;
  /** Whether bands are those of the clock's hour: where the page has the streets to ride. */
  planner.byTheHour = function () { return planner.clock !== null && geomap.taken.settings.trial; };
  /** Draw the bands of the clock's hour, once the streets are there. */
  planner.showHour = async function () {
    city = await planner.bringStreets();
    bandPaper.redraw();
  };
  /** No streets came: the bands of any hour again, and the words that say so. */
  planner.withoutHour = function () {
    planner.setClock(null);
    document.querySelectorAll(".slide output").forEach(function (told) { told.textContent = geomap.t("街道没能读到。", "The streets could not be read."); });
  };
  function isOpenNow(row) { return !planner.byTheHour() || planner.isOpenAt(row, 24 * planner.clock[0] + planner.clock[1]); }
  /* The streets of each step; null until they have come. */
  function streetsAtHour(bands) {
    const key = bands.envelope + " " + planner.clock;
    if (city && (!hourly || hourly.key !== key)) {
      const feet = Array.from(city.feet).filter(function (pair) { return isOpenNow(pair[0]); }).map(function (pair) { return pair[1]; });
      hourly = { key: key, steps: geomap.reach.bands(city.network, feet, bands.metres.map(function (metres) { return 10 * metres; })) };
    }
    return hourly && hourly.steps;
  }
  function strokeStreets(pen, view, streets) {
    pen.lineWidth = Math.max(2, 2 * geomap.taken.settings.kerb_m * geomap.canvas.perMetre(view, planner.map.getCenter().lat));
    pen.lineCap = "round";
    pen.beginPath();
    geomap.reach.trace(city.network, streets, pen, view);
    pen.stroke();
  }

  /* Near shapes where the view is near and they have come; the far ones until then. */
  function shapesInView(bands, view) {
    let found = [];
    levelsOf(bands).forEach(function (level) {
      if (level.from > view.zoom) { return; }
      const wanted = level.patches.list.filter(function (patch) { return geomap.canvas.meets(patch.box, view.shares); });
      const held = level.patches.inView(view);
      if (held.length === wanted.length || !found.length) { found = held; }
    });
    return found;
  }
  function levelsOf(bands) {
    levels[bands.envelope] = levels[bands.envelope] || bands.levels.map(function (level) {
      return { from: level.from, patches: new planner.Patches("bands-", level.patches, function (steps) {
        return steps.map(function (parts) { return planner.readShape(parts, geomap.taken.bands.scale); });
      }, planner.redrawBands) };
    });
    return levels[bands.envelope];
  }

  /* Stations whose circle of `metresOf(row)` (none: no circle) is in view; of those that cannot be
     told apart, nearer than a quarter of `least` metres and as wide, one. */
  function circlesAround(metresOf, least, view) {
    let stations = geomap.taken.stations, world = planner.world, found = [], seen = {};
    for (let row = 0; row < stations.placed; row++) {
      const metres = metresOf(row);
      if (!(metres > 0)) { continue; }
      const x = world.x[row] * view.scale - view.left, y = world.y[row] * view.scale - view.top;
      const perMetre = geomap.canvas.perMetre(view, stations.lat[row]);
      const reach = metres * perMetre;
      if (x < -reach || y < -reach || x > view.width + reach || y > view.height + reach) { continue; }
      const cell = Math.max(1, Math.min(least, metres) * perMetre / 4);
      const key = Math.round(x / cell) + " " + Math.round(y / cell) + " " + Math.round(reach / cell);
      if (seen[key]) { continue; }
      seen[key] = true;
      found.push([x, y, perMetre, metres]);
    }
    return found;
  }
  function circlesInView(bands, view) {
    const stations = geomap.taken.stations, farthest = bands.radius_m[bands.radius_m.length - 1];
    return circlesAround(function (row) { return stations.band[row] === "circle" && isOpenNow(row) ? farthest : 0; }, bands.radius_m[0], view);
  }
  /** The circles of an envelope's service area in view: sure ones less their uncertainty (certain), all with it (possible);
      those of places that are not exact (here), and of planned ones, as if they stood where they are known best. */
  planner.reachCircles = function (view, envelope, coverage) {
    const stations = geomap.taken.stations, settings = geomap.taken.settings, own = settings.envelopes[envelope];
    return circlesAround(function (row) {
      const reach = stations.reach[row], far = stations.uncertainty_m[row] || 0;
      if (!reach || (reach === "planned") !== (coverage === "planned")) { return 0; }
      if (coverage === "planned" || coverage === "here") { return coverage === "planned" || far > settings.sharp_m ? own.circle_m : 0; }
      if (coverage === "certain" && reach.indexOf("sure") < 0 || own.methods.indexOf("network") >= 0 && reach.indexOf("road") > 0) { return 0; }
      return own.circle_m + (coverage === "certain" ? -far : far);
    }, own.circle_m, view);
  };
  /** Add those circles to the path. */
  planner.traceReach = function (pen, view, envelope, coverage) {
    planner.reachCircles(view, envelope, coverage).forEach(function (circle) { traceCircles(pen, [circle], circle[3]); });
  };
  function traceCircles(pen, circles, metres) {
    circles.forEach(function (circle) {
      const radius = Math.max(0.7, metres * circle[2]);
      if (radius < 2) { pen.rect(circle[0] - radius, circle[1] - radius, 2 * radius, 2 * radius); return; }
      pen.moveTo(circle[0] + radius, circle[1]);
      pen.arc(circle[0], circle[1], radius, 0, 2 * Math.PI);
    });
  }
  /** The hatching of what is estimated along straight lines. */
  planner.hatch = function (pen) {
    const tile = document.createElement("canvas"), side = 8, line = tile.getContext("2d");
    tile.width = tile.height = side;
    line.strokeStyle = planner.colours().hatch; line.lineWidth = 1.4;
    [-side, 0, side].forEach(function (shift) {
      line.beginPath(); line.moveTo(shift - 1, side + 1); line.lineTo(shift + side + 1, -1); line.stroke();
    });
    return pen.createPattern(tile, "repeat");
  };

  /* Streets, as riders have them */
  planner.hasRoads = function () { return Boolean(geomap.streets); };
  planner.redrawRoads = function () { roadPaper.redraw(); };
  function drawRoads(pen, view) {
    if (geomap.streets && planner.shown.roads) { geomap.streets.draw(pen, view, function () { roadPaper.later(); }); }
  }
})();
