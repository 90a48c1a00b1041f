/* The nearest street of a place: where on it, and how far off. */
(function (g) {
  "use strict";
  const EARTH_M = 40075017;

  /** A place in parts of a square, from its north-west corner. */
  function inParts(square, lon, lat) {
    const level = square.level, all = Math.pow(2, level.zoom);
    const sine = Math.sin(lat * Math.PI / 180);
    const x = (lon + 180) / 360, y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    return [(x * all - square.x) * level.parts, (y * all - square.y) * level.parts];
  }

  /** Columns and rows of the squares within `metres` of a place that the site holds. */
  function around(level, lon, lat, metres) {
    const at = inParts({ level: { zoom: level.zoom, parts: 1 }, x: 0, y: 0 }, lon, lat);
    const off = metres / (EARTH_M * Math.cos(lat * Math.PI / 180)) * Math.pow(2, level.zoom), found = [];
    for (let y = Math.floor(at[1] - off); y <= Math.floor(at[1] + off); y++) {
      for (let x = Math.floor(at[0] - off); x <= Math.floor(at[0] + off); x++) {
        if (g.squares.has(level, x, y)) { found.push([x, y]); }
      }
    }
    return found;
  }

  /** Where a place meets its nearest street: square, street, decimetres from its tail, metres off. */
  async function snap(lon, lat) {
    const near = g.squares.near, most = g.squares.snap;
    const squares = await Promise.all(around(near, lon, lat, most).map(function (at) {
      return g.squares.load(near, at[0], at[1]);
    }));
    let best = null;
    squares.forEach(function (square) { best = nearest(square, lon, lat, best, most); });
    return best;
  }

  /** The nearer of `best` and the square's nearest street that may be ridden or walked. */
  function nearest(square, lon, lat, best, most, keep) {
    const at = inParts(square, lon, lat), x = at[0], y = at[1], box = square.box, code = square.code, n = code.length;
    let limit = best ? best.off : most, reach = limit / square.south, wide = limit / square.east;
    for (let i = 0; i < n; i++) {
      if (box[4 * i] > x + wide || box[4 * i + 2] < x - wide || box[4 * i + 1] > y + reach || box[4 * i + 3] < y - reach ||
          (keep ? !keep(square, i) : code[i] % 8 === 0)) { continue; }
      const foot = onStreet(square, i, x, y);
      if (foot.off < limit || (foot.off === limit && !best)) {
        best = foot;
        limit = foot.off;
        reach = limit / square.south;
        wide = limit / square.east;
      }
    }
    return best;
  }

  /** The foot of a place (in parts) on one street. */
  function onStreet(square, street, x, y) {
    let least = Infinity, along = 0, drawn = 0;
    for (let k = square.start[street]; k < square.start[street + 1] - 1; k++) {
      const east = (square.vx[k + 1] - square.vx[k]) * square.east, south = (square.vy[k + 1] - square.vy[k]) * square.south;
      const toX = (x - square.vx[k]) * square.east, toY = (y - square.vy[k]) * square.south;
      const squared = Math.max(east * east + south * south, 1e-12), length = Math.sqrt(east * east + south * south);
      const share = Math.max(0, Math.min(1, (toX * east + toY * south) / squared));
      const off = Math.hypot(toX - share * east, toY - share * south);
      if (off < least) {
        least = off;
        along = drawn + share * length;
      }
      drawn += length;
    }
    /* A foot at either end stands on the junction itself, to the last digit. */
    const dm = square.dm[street], at = along === 0 ? 0 : along >= drawn ? dm : along / drawn * dm;
    return { square: square, street: street, at: at, off: least };
  }

  g.snap = { snap: snap, nearest: nearest, around: around };
})(window.geomap);
