/* The planners' map: district lines and shades, service areas, what a tap means. Nothing on a
   canvas is clickable by itself: a tap is looked up here. */
(function () {
  "use strict";
  const planner = geomap.planner;
  let map, ground, areaPaper, linePaper;
  planner.shown = { exact: true, rough: true, planned: true, restricted: true, branch: true, demand: true,
    closed: false, rings: false, roads: true, shades: false };
  /** Shares from which on a district has the next shade. */
  planner.SHADES = [0.0005, 0.05, 0.2, 0.5];

  planner.startMap = function () {
    map = planner.map = geomap.startMap("map");
    [["districts", 300], ["bands", 310], ["areas", 320], ["roads", 340], ["trial", 345], ["chosen", 360], ["dots", 450]].forEach(function (pane) {
      map.createPane(pane[0]).classList.add("quiet-pane");
      map.getPane(pane[0]).style.zIndex = pane[1];
    });
    readDistricts();
    ground = planner.paper("districts", drawGround);
    areaPaper = planner.paper("areas", drawAreas);
    linePaper = planner.paper("chosen", drawLines);
    planner.startBands();
    planner.startDots();
    map.on("click", tapped);
  };

  /* Districts */
  let shapes = [], chosenRow = -1, near = null;
  function readDistricts() {
    const table = geomap.taken.districts;
    shapes = table.shapes.map(function (shape) { return planner.readShape(shape, table.scale); });
    near = new planner.Patches("shapes-", table.near, function (patch) {
      patch.rows.forEach(function (row, order) { shapes[row] = planner.readShape(patch.shapes[order], table.scale); });
      return patch.rows;
    }, function () { ground.later(); linePaper.later(); });
  }
  function drawGround(pen, view) {
    if (view.zoom >= geomap.taken.districts.from) { near.inView(view); }
    if (map.hasTiles && !planner.shown.shades) { return; }
    const colours = planner.colours();
    if (!planner.shown.shades) {
      fill(pen, view, shapes, colours.land);
      if (geomap.taken.settings.base && geomap.base) { geomap.base.draw(pen, view, function () { ground.later(); planner.names.later(); }); }
      return;
    }
    const share = planner.sharesNow();
    colours.shades.forEach(function (colour, shade) {
      fill(pen, view, shapes.filter(function (shape, row) { return planner.shadeOf(share[row]) === shade; }), colour);
    });
  }
  /** Shares of the headline, district by district: at the clock's hour, else at any. */
  planner.sharesNow = function () {
    const columns = geomap.taken.districts.columns, weeks = geomap.taken.gaps.weeks, clock = planner.clock;
    return clock ? columns.district_code.map(function (code) { return weeks[code] ? planner.shareAt(weeks[code], clock[0], clock[1], 1) : null; })
      : columns[geomap.taken.settings.envelopes[geomap.taken.settings.headline].id + "_share"];
  };
  planner.shadeOf = function (share) {
    return planner.SHADES.filter(function (from) { return share !== null && share >= from; }).length;
  };
  function fill(pen, view, some, colour) {
    pen.fillStyle = colour;
    pen.beginPath();
    some.forEach(function (shape) { geomap.canvas.trace(pen, view, shape); });
    pen.fill("evenodd");
  }
  /* Lines lie above areas and bands: a border is read through both. */
  function drawLines(pen, view) {
    const colours = planner.colours();
    pen.lineJoin = "round";
    pen.strokeStyle = colours.line; pen.lineWidth = view.zoom < 7 && shapes.length > 300 ? 0.5 : 1;
    pen.beginPath();
    const least = shapes.length > 300 ? 5 / view.scale : 0;  // lines around a few pixels are a smear
    shapes.forEach(function (shape) {
      if (shape.box[2] - shape.box[0] > least) { geomap.canvas.trace(pen, view, shape); }
    });
    pen.globalAlpha = view.zoom < 7 && shapes.length > 300 ? 0.5 : 1;
    pen.stroke();
    pen.globalAlpha = 1;
    if (chosenRow < 0) { return; }
    pen.strokeStyle = colours.chosen; pen.lineWidth = 3;
    pen.beginPath();
    geomap.canvas.trace(pen, view, shapes[chosenRow]);
    pen.stroke();
  }
  planner.chooseDistrictLine = function (row) { chosenRow = row; linePaper.redraw(); };
  planner.redrawGround = function () { ground.redraw(); };
  function bounds(row) {
    const box = shapes[row].box;
    return L.latLngBounds(map.unproject([256 * box[0], 256 * box[3]], 0), map.unproject([256 * box[2], 256 * box[1]], 0));
  }
  planner.showDistrict = function (row) {
    if (shapes[row].rings.length) { map.fitBounds(bounds(row), { padding: [24, 24], maxZoom: 15, animate: false }); }
  };
  /** Pixels that a district is wide now. */
  planner.widthOf = function (row) {
    const box = shapes[row].box;
    return shapes[row].rings.length ? (box[2] - box[0]) * 256 * Math.pow(2, map.getZoom()) : 0;
  };
  planner.districtAt = function (place) {
    const at = geomap.places.mercator(place.lng, place.lat), point = [at[0], at[1], at[0], at[1]];
    return shapes.findIndex(function (shape) {
      return geomap.canvas.meets(shape.box, point) && geomap.places.isInside(shape.rings, at[0], at[1]);
    });
  };

  /* Service areas: circles from the stations' places, those by road loaded when first switched on;
     possible lies below certain. "here": the circle of a station whose place is not exact, as if it
     stood where it is known best; and those of planned ones. */
  const areas = {}, areasOn = {};
  planner.showAreas = async function (envelope, coverage, isOn) {
    const byRoad = coverage !== "here" && geomap.taken.settings.envelopes[envelope].methods.indexOf("network") >= 0;
    areasOn[envelope + coverage] = isOn;
    if (!areas[envelope] && byRoad && isOn) {
      const taken = await planner.bring("areas-" + envelope);
      areas[envelope] = areas[envelope] || taken.areas.map(function (area) {
        return { coverage: area.coverage, shape: planner.readShape(area.shape, taken.scale) };
      });
    }
    areaPaper.redraw();
    planner.markKey();
  };
  planner.redrawAreas = function () { areaPaper.later(); };
  planner.areasShown = function (envelope, coverage) { return !!areasOn[envelope + coverage]; };
  function drawAreas(pen, view) {
    geomap.taken.settings.envelopes.forEach(function (_, envelope) {
      ["possible", "here", "certain"].forEach(function (coverage) {
        if (areasOn[envelope + coverage]) { drawArea(pen, view, areas[envelope] || [], envelope, coverage); }
      });
      if (areasOn[envelope + "here"]) { drawHere(pen, view, envelope); }
    });
    if (planner.names) { planner.names.later(); }
  }
  /* Each circle its own line, planned ones between the dashes of the others, and what it means. */
  function drawHere(pen, view, envelope) {
    const colours = planner.colours();
    eachCircle(view, envelope, function (circle, order) {
      pen.strokeStyle = order ? planner.LOOKS.planned.line : colours.areas[envelope % colours.areas.length]; pen.lineWidth = 2;
      pen.setLineDash(order ? [4, 12] : [8, 8]); pen.lineDashOffset = 6 * order;
      pen.beginPath(); pen.arc(circle[0], circle[1], circle[2] * circle[3], 0, 2 * Math.PI); pen.stroke();
    });
    pen.setLineDash([]);
  }
  function eachCircle(view, envelope, tell) {
    ["here", "planned"].forEach(function (sort, order) {
      if (order && !planner.shown.planned) { return; }
      planner.reachCircles(view, envelope, sort).forEach(function (circle) { tell(circle, order); });
    });
  }
  /** What the circles of places that are not sure mean, at their edges. */
  planner.circleNames = function (view) {
    const found = [], words = [geomap.t("若在此处", "if here"), geomap.t("规划，若在此处", "planned, if here")];
    geomap.taken.settings.envelopes.forEach(function (_, envelope) {
      if (!areasOn[envelope + "here"]) { return; }
      eachCircle(view, envelope, function (circle, order) {
        const radius = circle[2] * circle[3];
        if (radius > 30) { found.push({ text: words[order], x: circle[0], y: circle[1] + (order ? radius : -radius) }); }
      });
    });
    return found;
  };
  /* All parts of an area are one: lines of parts that lie within others are wiped out again. */
  function drawArea(pen, view, list, envelope, coverage) {
    const colours = planner.colours().areas, isCertain = coverage === "certain";
    const sheet = document.createElement("canvas"), own = sheet.getContext("2d"), dense = pen.canvas.width / view.width;
    sheet.width = pen.canvas.width; sheet.height = pen.canvas.height;
    own.setTransform(dense, 0, 0, dense, 0, 0);
    own.beginPath();
    list.forEach(function (area) { if (area.coverage === coverage) { geomap.canvas.trace(own, view, area.shape); } });
    planner.traceReach(own, view, envelope, coverage);
    own.strokeStyle = own.fillStyle = colours[envelope % colours.length];
    own.lineWidth = isCertain ? 3 : 2; own.setLineDash(isCertain ? [] : [5, 5]);
    if (coverage !== "here") { own.stroke(); }
    own.globalCompositeOperation = "destination-out"; own.fill();
    own.globalCompositeOperation = "source-over"; own.globalAlpha = isCertain ? 0.28 : 0.1; own.fill();
    pen.drawImage(sheet, 0, 0, view.width, view.height);
  }

  planner.showStation = function (row) {
    const stations = geomap.taken.stations;
    if (isNaN(stations.lon[row])) { return; }
    const far = stations.uncertainty_m[row] || 0;
    map.setView([stations.lat[row], stations.lon[row]], far > 20000 ? 9 : far > 3000 ? 11 : far > 600 ? 13 : 15);
  };
  function tapped(event) {
    if (planner.takesTap && planner.takesTap(event.latlng)) { return; }
    const rows = planner.stationsAt(event.containerPoint);
    if (rows.length) { planner.choose({ stations: rows.slice(0, 30) }, true); return; }
    const row = planner.districtAt(event.latlng);
    planner.choose(row < 0 ? null : { district: row }, true);
  }
})();
