/* Stations on one canvas, and the names that lie under none of them. Symbols differ in form as well
   as in colour; of many in one spot one is drawn, so that 200,000 cost what the screen can show. */
(function () {
  "use strict";
  const planner = geomap.planner, rows = {};
  let paper, names = null, seen = null, symbols = [];
  const TAP = matchMedia("(pointer: coarse)").matches ? 22 : 12, HOVERED = 20000, CROWD = 500, MOST = 6000;
  const CIRCLE_NAME = { size: 12, colours: ["#3b4656", "#dde5ef"] }, DISTRICT_ZOOM = 13, DISTRICT = { size: 13, isArea: true, colours: ["#3b4656", "#dde5ef"] };
  planner.world = { x: new Float64Array(0), y: new Float64Array(0) };
  planner.chosenStation = -1;

  planner.startDots = function () {
    const districts = geomap.taken.districts;
    names = districts.lon.map(function (lon, row) { return geomap.places.mercator(lon, districts.lat[row]); });
    planner.layerOrder().forEach(function (layer) { rows[layer] = []; });
    paper = planner.paper("dots", draw);
    planner.names = geomap.labels.Layer(planner.map, "dots", collect);
    planner.map.on("mousemove", function (event) {
      const stations = geomap.taken.stations;
      if (stations.placed > HOVERED) { return; }
      planner.map.getContainer().classList.toggle("over-dot", planner.stationsAt(event.containerPoint).length > 0);
    });
  };
  planner.redrawDots = function () { paper.redraw(); };

  /* Stations known to one and the same point stand around it, so that each is seen; from afar they are one. */
  const CIRCLE = 2 * Math.PI, APART_PX = 21, MOST_APART = 12, APART_ZOOM = 10;
  let apart = new Map();
  function spread() {
    const stations = geomap.taken.stations, spots = new Map();
    apart = new Map();
    if (stations.placed > HOVERED) { return; }
    ["planned", "rough", "exact"].forEach(function (layer) {
      rows[layer].forEach(function (row) {
        const key = stations.lon[row] + " " + stations.lat[row];
        if (!spots.has(key)) { spots.set(key, []); }
        spots.get(key).push(row);
      });
    });
    spots.forEach(function (list) {
      if (list.length < 2 || list.length > MOST_APART) { return; }
      const radius = Math.max(12, list.length * APART_PX / CIRCLE);
      list.forEach(function (row, n) {
        const turn = CIRCLE * n / list.length;
        apart.set(row, [radius * Math.sin(turn), -radius * Math.cos(turn)]);
      });
    });
  }
  /* Pixels of a station's symbol in a view whose corner is left, top. */
  function spotOf(row, scale, left, top, zoom) {
    const off = zoom >= APART_ZOOM && apart.get(row);
    return [planner.world.x[row] * scale - left + (off ? off[0] : 0), planner.world.y[row] * scale - top + (off ? off[1] : 0)];
  }

  /** Take the places that have come since the last time. */
  planner.placeStations = function () {
    const stations = geomap.taken.stations, from = planner.world.x.length, x = new Float64Array(stations.placed), y = new Float64Array(stations.placed);
    x.set(planner.world.x); y.set(planner.world.y);
    for (let row = from; row < stations.placed; row++) {
      const at = isNaN(stations.lon[row]) ? [NaN, NaN] : geomap.places.mercator(stations.lon[row], stations.lat[row]);
      x[row] = at[0]; y[row] = at[1];
      if (!isNaN(stations.lon[row])) { rows[stations.layer[row]].push(row); }
    }
    planner.world = { x: x, y: y };
    spread();
    paper.later();
    planner.redrawBands();
  };

  function draw(pen, view) {
    const wasCrowded = planner.isCrowded;
    planner.isCrowded = false;
    seen = view;
    symbols = [];
    planner.layerOrder().forEach(function (layer) { if (planner.shown[layer]) { drawRows(pen, view, layer); } });
    if (planner.chosenStation >= 0) { drawChosen(pen, view); }
    if (planner.isCrowded !== wasCrowded) { planner.markKey(); }
    if (planner.names) { planner.names.later(); }
  }
  /* Thousands of symbols hide the country below them and say nothing: then the shades speak. */
  function isCrowd(list, view) {
    let within = 0, x = planner.world.x, y = planner.world.y, box = view.shares;
    for (let i = 0; i < list.length && within <= MOST; i++) {
      if (x[list[i]] >= box[0] && x[list[i]] <= box[2] && y[list[i]] >= box[1] && y[list[i]] <= box[3]) { within++; }
    }
    return within > MOST;
  }
  /* Many symbols are small from far: what is below them is to be seen. */
  function sizeAt(zoom) {
    if (geomap.taken.stations.placed < 60 || zoom > 13) { return 1; }
    return zoom < 9 ? 0.4 : zoom < 12 ? 0.5 : 0.7;
  }
  function drawRows(pen, view, layer) {
    if (rows[layer].length > MOST && isCrowd(rows[layer], view)) { planner.isCrowded = true; return; }
    const list = rows[layer], share = sizeAt(view.zoom);
    const picture = planner.symbol(layer, share), half = picture.across / 2, cell = list.length > CROWD ? 3 : 1;
    const across = Math.ceil(view.width / cell) + 8, taken = new Uint8Array(across * (Math.ceil(view.height / cell) + 8));
    const wantsRings = layer === "rough" && planner.shown.rings;
    for (let i = 0; i < list.length; i++) {
      const at = spotOf(list[i], view.scale, view.left, view.top, view.zoom), left = at[0], top = at[1];
      if (wantsRings && (list.length <= CROWD || view.zoom > 8)) { drawRing(pen, view, left, top, list[i]); }
      if (left < -12 || top < -12 || left > view.width + 12 || top > view.height + 12) { continue; }
      const spot = Math.floor(left / cell + 3) + across * Math.floor(top / cell + 3);
      if (taken[spot]) { continue; }
      taken[spot] = 1;
      symbols.push([left - half, top - half, left + half, top + half]);
      pen.drawImage(picture.canvas, left - half, top - half, picture.across, picture.across);
    }
  }
  function drawRing(pen, view, x, y, row) {
    const stations = geomap.taken.stations, radius = (stations.uncertainty_m[row] || 0) * geomap.canvas.perMetre(view, stations.lat[row]);
    geomap.canvas.drawRadius(pen, view, x, y, radius, planner.colours().ring);
  }
  function drawChosen(pen, view) {
    const row = planner.chosenStation, at = spotOf(row, view.scale, view.left, view.top, view.zoom), x = at[0], y = at[1];
    if (isNaN(x)) { return; }
    drawRing(pen, view, planner.world.x[row] * view.scale - view.left, planner.world.y[row] * view.scale - view.top, row);
    symbols.push([x - 14, y - 14, x + 14, y + 14]);
    pen.lineWidth = 3; pen.strokeStyle = planner.colours().chosen;
    pen.beginPath(); pen.arc(x, y, 12, 0, 2 * Math.PI); pen.stroke();
    const picture = planner.symbol(geomap.taken.stations.layer[row], 1);
    pen.drawImage(picture.canvas, x - picture.across / 2, y - picture.across / 2, picture.across, picture.across);
  }

  /** Names of districts, those with stations first, then of the ground; none under a symbol. */
  function* collect(view) {
    const settings = geomap.taken.settings, ground = settings.base && geomap.base && !planner.map.hasTiles ? yield* geomap.base.names(view) : [];
    const moved = [seen.left - view.left, seen.top - view.top];
    const circles = planner.circleNames(view).map(function (name) { return Object.assign(name, { rank: 1, look: CIRCLE_NAME }); });
    return { names: ofDistricts(view).concat(circles, ground), reserved: symbols.map(function (box) { return box.map(function (side, i) { return side + moved[i % 2]; }); }) };
  }
  function ofDistricts(view) {
    const columns = geomap.taken.districts.columns, found = [];
    if (view.zoom > DISTRICT_ZOOM && geomap.taken.settings.base) { return found; }
    names.forEach(function (at, row) {
      const x = at[0] * view.scale - view.left, y = at[1] * view.scale - view.top;
      if (x < -40 || y < -20 || x > view.width + 40 || y > view.height + 20) { return; }
      const width = planner.widthOf(row), text = planner.district(row).slice(0, geomap.lang === "en" ? 24 : 12);
      if (width < 30 && (names.length > CROWD || !columns.station_count[row] && columns.claimed_count[row] === null)) { return; }
      found.push({ text: text, x: x, y: y, rank: 0, weight: columns.station_count[row] || 0, look: DISTRICT });
    });
    return found;
  }

  /** Rows of the stations under a point of the map's box, the nearest first. */
  planner.stationsAt = function (point) {
    const found = [], zoom = planner.map.getZoom(), scale = 256 * Math.pow(2, zoom), origin = planner.map.getPixelBounds().min;
    planner.layerOrder().forEach(function (layer) {
      if (!planner.shown[layer] || planner.isCrowded && rows[layer].length > MOST) { return; }
      rows[layer].forEach(function (row) {
        const at = spotOf(row, scale, origin.x, origin.y, zoom), x = at[0] - point.x, y = at[1] - point.y;
        if (Math.abs(x) <= TAP && Math.abs(y) <= TAP && Math.hypot(x, y) <= TAP) { found.push([Math.hypot(x, y), row]); }
      });
    });
    return found.sort(function (a, b) { return a[0] - b[0]; }).map(function (pair) { return pair[1]; });
  };

  const LOOKS = planner.LOOKS = {
    exact: { fill: "#b3261e", line: "#ffffff", form: "disc" },
    rough: { fill: "#ffffff", line: "#b3261e", form: "disc" },
    planned: { fill: "#ffffff", line: "#6b3fa0", form: "diamond" },
    restricted: { fill: "#5b6470", line: "#ffffff", form: "triangle" },
    branch: { fill: "#0b57b0", line: "#ffffff", form: "square" },
    demand: { fill: "#ffd27a", line: "#5c3b00", form: "square" },
    closed: { fill: "none", line: "#7d8796", form: "cross" }
  };
  const drawn = {};
  /** A symbol drawn once: its canvas, and how many pixels of the page it is across. */
  planner.symbol = function (layer, share) {
    const dense = window.devicePixelRatio || 1, key = [layer, share, dense].join(" "), across = 20 * share;
    if (!drawn[key]) {
      const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      canvas.width = canvas.height = Math.ceil(across * dense);
      pen.scale(canvas.width / 20, canvas.width / 20);
      pen.translate(10, 10);
      drawForm(pen, LOOKS[layer]);
      drawn[key] = { canvas: canvas, across: across };
    }
    return drawn[key];
  };
  function drawForm(pen, look) {
    pen.lineWidth = look.fill === "#ffffff" || look.fill === "none" ? 2.5 : 1.5;
    pen.strokeStyle = look.line; pen.fillStyle = look.fill;
    pen.beginPath();
    if (look.form === "disc") { pen.arc(0, 0, 6, 0, 2 * Math.PI); }
    if (look.form === "square") { pen.rect(-5, -5, 10, 10); }
    if (look.form === "diamond") { pen.moveTo(0, -8); pen.lineTo(8, 0); pen.lineTo(0, 8); pen.lineTo(-8, 0); pen.closePath(); }
    if (look.form === "triangle") { pen.moveTo(0, -7); pen.lineTo(7, 6); pen.lineTo(-7, 6); pen.closePath(); }
    if (look.form === "cross") { pen.moveTo(-5, -5); pen.lineTo(5, 5); pen.moveTo(5, -5); pen.lineTo(-5, 5); }
    if (look.fill !== "none") { pen.fill(); }
    pen.stroke();
  }
})();
