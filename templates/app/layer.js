/* One canvas for everything on the map. A part's stations lie along a Morton curve, so the
   stations of one cell of any zoom are one range: a cluster is two indices and two sums. */
(function (g) {
  "use strict";
  const CELL_PX = 64, LOAD_ZOOM = 10, FEW = 8, MOST_UNTOLD = 120, TOUCH_PX = 22;
  let map = null, layer = null, first = null, drawn = [], marked = false, view = null, tell = {};

  /** First index behind the run that starts at `i` and stays in one cell: gallop, then halve. */
  function endOfRun(part, i, shift) {
    const x = part.cellX[i] >> shift, y = part.cellY[i] >> shift;
    function inside(k) { return part.cellX[k] >> shift === x && part.cellY[k] >> shift === y; }
    let low = i, step = 1;
    while (low + step < part.n && inside(low + step)) { low += step; step *= 2; }
    let high = Math.min(part.n, low + step);
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (inside(middle)) { low = middle; } else { high = middle; }
    }
    return high;
  }

  /** Prefix counts of the rows that pass the filters; made once a part and a question. */
  function passing(part) {
    const asked = [g.state.member].concat(g.state.filters).join() + "@" + Math.floor(g.clock.now() / 60000);
    if (part.asked === asked) { return part.passed; }
    const passed = new Int32Array(part.n + 1), now = g.clock.now();
    for (let i = 0; i < part.n; i++) {
      const row = g.columns.row(part, i), shown = part.cellX[i] >= 0 && g.store.isOffered(row) &&
        (!g.state.filters.length || g.filters.passes(g.judge.judge(row, now, null), g.state.filters));
      passed[i + 1] = passed[i] + (shown ? 1 : 0);
    }
    part.asked = asked;
    part.passed = passed;
    return passed;
  }

  /** Add a part's ranges to the cells; neighbours across a district's border share a cell. */
  function addPart(part, shift, cells) {
    const passed = passing(part);
    let i = 0;
    while (i < part.n && part.cellX[i] >= 0) {
      const end = endOfRun(part, i, shift), count = passed[end] - passed[i];
      if (count) {
        const n = end - i, key = (part.cellX[i] >> shift) * 67108864 + (part.cellY[i] >> shift);
        add(cells, key, count, (part.sumX[end] - part.sumX[i]) / n, (part.sumY[end] - part.sumY[i]) / n, part, i, end);
      }
      i = end;
    }
  }

  function add(cells, key, count, x, y, part, from, to) {
    const cell = cells.get(key);
    if (!cell) { cells.set(key, { count: count, x: x, y: y, part: part, from: from, to: to, whole: true }); return; }
    const all = cell.count + count;
    cell.x += (x - cell.x) * count / all;
    cell.y += (y - cell.y) * count / all;
    cell.count = all;
    cell.whole = false;
  }

  /** A district that is not loaded: its count in the middle of its box, where that is known. */
  function addDistrict(i, shift, cells) {
    const box = g.store.over.districts.box[i], count = g.filters.most(i, g.state.filters);
    if (!count) { return; }
    const at = g.places.mercator((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
    const x = Math.floor(at[0] * g.columns.CELLS) >> shift, y = Math.floor(at[1] * g.columns.CELLS) >> shift;
    add(cells, x * 67108864 + y, count, at[0], at[1], null, i, i);
  }

  function collect() {
    const d = g.store.over.districts, cells = new Map(), inView = [];
    const shift = Math.max(0, 26 - Math.round(view.zoom + 8 - Math.log2(CELL_PX)));
    for (let i = 0; i < d.code.length; i++) {
      if (d.box[i] && g.canvas.meets(d.box[i], view.degrees)) { inView.push(i); }
    }
    const missing = inView.filter(function (i) { return !g.store.ready(d.code[i]); });
    inView.forEach(function (i) {
      const part = g.store.ready(d.code[i]);
      if (part) { addPart(part, shift, cells); } else { addDistrict(i, shift, cells); }
    });
    /* What only a district's own file tells, is open now or not, is not drawn before it has come. */
    const untold = missing.filter(function (i) { return g.filters.most(i, g.state.filters) === null; });
    if (view.zoom >= LOAD_ZOOM || inView.length <= FEW) { loadSome(missing); } else { loadSome(untold.slice(0, MOST_UNTOLD)); }
    return cells;
  }

  let loading = 0;
  function loadSome(numbers) {
    numbers.slice(0, Math.max(0, 4 - loading)).forEach(function (i) {
      loading += 1;
      g.store.load(g.store.over.districts.code[i]).then(redraw, function () {}).then(function () { loading -= 1; });
    });
  }

  function draw(context, shown) {
    view = shown;
    g.lines.draw(context, view, redraw);
    g.lines.drawNames(context, view);
    drawn = [];
    drawCells(context, collect());
    drawHere(context);
    if (drawn.length && !marked) {
      marked = true;
      performance.mark("first-marker");
    }
  }

  function drawCells(context, cells) {
    cells.forEach(function (cell) {
      const x = cell.x * view.scale - view.left, y = cell.y * view.scale - view.top;
      if (cell.count === 1 && cell.part && cell.whole) { drawStation(context, cell); }
      else { drawCluster(context, x, y, cell); }
    });
  }

  function drawCluster(context, x, y, cell) {
    const radius = 12 + Math.min(14, 4 * Math.log10(cell.count + 1));
    disc(context, x, y, radius, "#b3261e");
    context.fillStyle = "#ffffff";
    context.font = "bold 13px sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(cell.count < 10000 ? String(cell.count) : Math.round(cell.count / 1000) + "k", x, y);
    drawn.push({ x: x, y: y, radius: radius, cell: cell, row: null });
  }

  function disc(context, x, y, radius, colour) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = g.canvas.isDark() ? "#10151c" : "#ffffff";
    context.stroke();
  }

  function theOne(cell) {
    for (let i = cell.from; i < cell.to; i++) {
      if (cell.part.passed[i + 1] > cell.part.passed[i]) { return i; }
    }
    return cell.from;
  }

  /* Shape and colour both tell the state; a place known to its township only is a hollow ring. */
  function drawStation(context, cell) {
    const i = theOne(cell), row = g.columns.row(cell.part, i), at = g.places.mercator(row.lon, row.lat);
    const x = at[0] * view.scale - view.left, y = at[1] * view.scale - view.top;
    const one = g.judge.judge(row, g.clock.now(), null), exact = g.judge.isExact(row);
    if (!exact) {
      g.canvas.drawRadius(context, view, x, y, row.radius * g.canvas.perMetre(view, row.lat), g.canvas.isDark() ? "#e0b060" : "#8a5a00");
    }
    mark(context, x, y, one.open, exact, row.id === g.state.station);
    drawn.push({ x: x, y: y, radius: 9, cell: cell, row: row });
  }

  function mark(context, x, y, open, exact, chosen) {
    const colour = open === "open" ? "#1b6e4b" : open === "closed" ? "#5b6470" : "#8a5a00", r = chosen ? 12 : 9;
    context.beginPath();
    if (open === "closed") { context.rect(x - r + 1, y - r + 1, 2 * r - 2, 2 * r - 2); }
    else { context.arc(x, y, r, 0, 2 * Math.PI); }
    context.fillStyle = exact ? colour : g.canvas.isDark() ? "#10151c" : "#ffffff";
    context.fill();
    context.lineWidth = exact ? 2 : 3;
    context.strokeStyle = exact ? "#ffffff" : colour;
    context.stroke();
    context.fillStyle = exact ? "#ffffff" : colour;
    context.font = "bold 12px sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(open === "open" ? "✓" : open === "closed" ? "×" : "?", x, y);
  }

  function drawHere(context) {
    const place = g.state.place;
    if (!place) { return; }
    const at = g.places.mercator(place.lon, place.lat);
    const x = at[0] * view.scale - view.left, y = at[1] * view.scale - view.top;
    disc(context, x, y, 8, "#0b57b0");
    context.beginPath();
    context.arc(x, y, 13, 0, 2 * Math.PI);
    context.strokeStyle = "#0b57b0";
    context.stroke();
  }

  function redraw() {
    if (layer) { layer.later(); } else if (first) { first(); }
  }

  function hit(event) {
    const point = event.layerPoint.subtract(view.corner);
    let best = null, least = Infinity;
    drawn.forEach(function (one) {
      const off = Math.hypot(one.x - point.x, one.y - point.y) - Math.max(one.radius, TOUCH_PX);
      if (off <= 0 && off < least) { best = one; least = off; }
    });
    if (!best) { tell.place(event.latlng); return; }
    if (best.row) { tell.station(best.row); return; }
    open(best.cell, event.latlng);
  }

  /** A cluster opens by zooming to what it holds; at the last zoom it becomes the place asked. */
  function open(cell, at) {
    if (map.getZoom() >= map.getMaxZoom()) { tell.place(at); return; }
    if (cell.part && cell.whole) {
      const box = L.latLngBounds([]);
      for (let i = cell.from; i < cell.to; i++) { box.extend([cell.part.lat[i], cell.part.lon[i]]); }
      map.fitBounds(box.pad(0.1), { maxZoom: 18 });
    } else { map.setView(at, Math.min(18, map.getZoom() + 2)); }
  }

  /** From now on the canvas moves with the map. */
  function start(onMap, told) {
    map = onMap;
    tell = told;
    layer = g.canvas.Layer(map, "overlayPane", "stations", draw);
    map.on("click", hit);
    document.querySelectorAll("canvas.preview").forEach(function (canvas) { canvas.remove(); });
  }

  /** The first picture, before Leaflet has come: the view that it will choose, too. */
  function preview(box, bounds) {
    const low = g.places.mercator(bounds[0][1], bounds[1][0]), high = g.places.mercator(bounds[1][1], bounds[0][0]);
    const width = box.clientWidth, height = box.clientHeight;
    const fits = Math.min((width - 32) / (high[0] - low[0]), (height - 32) / (high[1] - low[1])) / 256;
    const zoom = Math.max(3, Math.min(18, Math.floor(Math.log2(fits)))), scale = 256 * Math.pow(2, zoom);
    const shown = g.canvas.viewAt(zoom, (low[0] + high[0]) / 2 * scale - width / 2, (low[1] + high[1]) / 2 * scale - height / 2, width, height);
    const canvas = g.canvas.make(box, "stations preview");
    let frame = 0;
    first = function () {
      frame = frame || requestAnimationFrame(function () {
        frame = 0;
        if (!layer) { g.canvas.paint(canvas, shown, draw); }
      });
    };
    g.canvas.paint(canvas, shown, draw);
    document.getElementById("first-pictures").remove();
  }

  g.layer = { start: start, preview: preview, redraw: redraw, endOfRun: endOfRun };
})(window.geomap);
