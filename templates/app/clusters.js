/* What the map shows of the stations: a symbol each, joined only where two would overlap. A part's
   stations lie along a Morton curve, so those of one cell of any zoom are one range of its rows, and
   their counts are two differences. */
(function (g) {
  "use strict";
  const CELL_PX = 16, LOAD_ZOOM = 10, FEW = 8, MOST_UNTOLD = 120, ALONE_PX = 11;
  const STATES = ["closed", "unknown", "open"];

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

  /** Prefix counts of the rows that are shown, one list a state, which is that of the arrival, as in the
      list; made once a part and a question. */
  function passing(part) {
    const now = g.clock.now(), place = g.state.place;
    const asked = [Math.floor(now / 60000), g.state.member, place && [place.lon, place.lat, g.guide ? g.guide.known : 0]].concat(g.state.filters).join();
    if (part.asked === asked) { return part.passed; }
    const passed = STATES.map(function () { return new Int32Array(part.n + 1); });
    for (let i = 0; i < part.n; i++) {
      const row = g.columns.row(part, i), one = part.cellX[i] >= 0 && g.store.isOffered(row) ? g.judge.judge(row, now, g.places.metresTo(place, row)) : null;
      const shown = one && g.filters.passes(one, g.state.filters) ? STATES.indexOf(one.open) : -1;
      passed.forEach(function (counts, state) { counts[i + 1] = counts[i] + (state === shown ? 1 : 0); });
    }
    part.asked = asked;
    part.passed = passed;
    return passed;
  }

  function count(part, from, to) {
    return part.passed.reduce(function (sum, counts) { return sum + counts[to] - counts[from]; }, 0);
  }

  /** The best state of a range of rows: one open door among many is a place to go. */
  function best(part, from, to) {
    return part.passed.reduce(function (found, counts, state) { return counts[to] > counts[from] ? state : found; }, 0);
  }

  /** Add a part's ranges, cell by cell; without a shift its rows, which are few and in no order of place. */
  function addPart(part, shift, found) {
    passing(part);
    for (let i = 0, end = 0; i < part.n; i = end) {
      end = shift === null ? i + 1 : endOfRun(part, i, shift);
      if (count(part, i, end)) { found.push(symbol(part, i, end)); }
    }
  }

  /** A symbol stands at the first of its places. */
  function symbol(part, from, to) {
    let first = from;
    while (!count(part, first, first + 1)) { first += 1; }
    const all = count(part, from, to), at = g.places.mercator(part.lon[first], part.lat[first]);
    return { count: all, state: best(part, from, to), x: at[0], y: at[1], ranges: [[part, from, to]],
      row: all === 1 ? g.columns.row(part, first) : null };
  }

  /** A district that is not loaded: its count at a place in the middle of its stations, where that is known. */
  function addDistrict(i, found) {
    const d = g.store.over.districts, box = d.box[i], all = g.filters.most(i, g.state.filters);
    if (!all) { return; }
    /* From afar, before the names have come, the middle of its box is as good. */
    const middle = g.store.over.names && !isNaN(g.store.over.names.lon[i]) ? g.store.over.names : null;
    const at = middle ? g.places.mercator(middle.lon[i], middle.lat[i]) : g.places.mercator((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
    found.push({ count: all, state: 1, x: at[0], y: at[1], ranges: [], box: box, row: null });
  }

  function radiusOf(one) { return one.count === 1 && one.row ? ALONE_PX : 12 + Math.min(14, 4 * Math.log10(one.count + 1)); }

  /** Join what would overlap, and what then overlaps, until all fit. Two that both fit never become one. */
  function join(found, view) {
    const kept = joinOnce(found, view);
    return kept.length < found.length ? join(kept, view) : kept;
  }

  /* Columns and rows of cells as one number, and the way to a cell's neighbours and itself. */
  const CELLS = 65536, SIDE_PX = 64, AROUND = [-CELLS - 1, -CELLS, -CELLS + 1, -1, 0, 1, CELLS - 1, CELLS, CELLS + 1];

  /** The larger keeps its place. */
  function joinOnce(found, view) {
    const kept = [], grid = new Map();
    found.sort(function (a, b) { return b.count - a.count || b.state - a.state || a.x - b.x || a.y - b.y; });
    found.forEach(function (one) {
      const x = one.x * view.scale - view.left, y = one.y * view.scale - view.top, cell = Math.floor(x / SIDE_PX) * CELLS + Math.floor(y / SIDE_PX);
      one.radius = radiusOf(one);
      const other = touching(grid, cell, x, y, one.radius);
      if (other) { take(other, one); return; }
      one.px = x;
      one.py = y;
      kept.push(one);
      if (grid.has(cell)) { grid.get(cell).push(one); } else { grid.set(cell, [one]); }
    });
    return kept;
  }

  function touching(grid, cell, x, y, radius) {
    for (const near of AROUND) {
      for (const each of grid.get(cell + near) || []) {
        const east = each.px - x, south = each.py - y, reach = each.radius + radius;
        if (east * east + south * south < reach * reach) { return each; }
      }
    }
    return null;
  }

  /** The box around two. */
  function around(a, b) { return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]; }

  function take(one, other) {
    one.count += other.count;
    one.state = Math.max(one.state, other.state);
    one.ranges = one.ranges.concat(other.ranges);
    one.row = null;
    if (other.box) { one.box = one.box ? around(one.box, other.box) : other.box; }
    one.radius = radiusOf(one);
  }

  /** The symbols of a view: place in pixels (px, py), radius, count, best state, and the row of one alone. */
  function collect(view, redraw) {
    const d = g.store.over.districts, found = [], inView = [], first = g.store.first;
    const shift = Math.max(0, 26 - Math.round(view.zoom + 8 - Math.log2(CELL_PX)));
    for (let i = 0; i < d.code.length; i++) {
      if (d.box[i] && g.canvas.meets(d.box[i], view.degrees)) { inView.push(i); }
    }
    const missing = inView.filter(function (i) { return !g.store.ready(d.code[i]); });
    if (g.store.isWhole() && !g.state.member) { addPart(first, null, found); }
    else {
      inView.forEach(function (i) {
        const part = g.store.ready(d.code[i]);
        if (part) { addPart(part, shift, found); } else { addDistrict(i, found); }
      });
    }
    /* What only a district's own file tells, is open now or not, is not drawn before it has come. */
    const untold = missing.filter(function (i) { return g.filters.most(i, g.state.filters) === null; });
    load(view.zoom >= LOAD_ZOOM || inView.length <= FEW ? missing : untold.slice(0, MOST_UNTOLD), redraw);
    return join(found, view);
  }

  let loading = 0;
  function load(numbers, redraw) {
    numbers.slice(0, Math.max(0, 4 - loading)).forEach(function (i) {
      loading += 1;
      g.store.load(g.store.over.districts.code[i]).then(redraw, function () {}).then(function () { loading -= 1; });
    });
  }

  /** West, south, east, north of what a symbol stands for. */
  function extent(one) {
    let box = one.box || [Infinity, Infinity, -Infinity, -Infinity];
    one.ranges.forEach(function (range) {
      for (let i = range[1]; i < range[2]; i++) {
        const lon = range[0].lon[i], lat = range[0].lat[i];
        if (count(range[0], i, i + 1)) { box = around(box, [lon, lat, lon, lat]); }
      }
    });
    return box;
  }

  g.clusters = { collect: collect, extent: extent, STATES: STATES };
})(window.geomap);
