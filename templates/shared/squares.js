/* Squares of a map: which there are, and loading them; and what those of streets hold (see
   geomap/wire/squares.py). */
(function (g) {
  "use strict";
  const AXIS_M = 6378137, E2 = 0.00669437999014, KEPT = 240, AGAIN_MS = 20000, AT_ONCE = 40;
  /* Columns and rows to the eight neighbours; the way back from the n-th is the (7 - n)-th. */
  const WAYS = [[-1, -1], [0, -1], [1, -1], [-1, 0], [1, 0], [-1, 1], [0, 1], [1, 1]];

  /** Rows of squares → row → [first column, column behind the last, …]. */
  function readRows(text) {
    const rows = new Map(), read = g.wire.Reader(text);
    let row = 0;
    while (read.more()) {
      row += read.next();
      const runs = [];
      let column = 0;
      for (let n = read.next(); n > 0; n--) {
        const from = column + read.next();
        column = from + read.next();
        runs.push(from, column);
      }
      rows.set(row, runs);
    }
    return rows;
  }

  /** Whether the site holds a square. */
  function has(level, x, y) {
    const runs = level.rows.get(y) || [];
    for (let i = 0; i < runs.length; i += 2) {
      if (x >= runs[i] && x < runs[i + 1]) { return true; }
    }
    return false;
  }

  /** Columns and rows of all squares of a level. */
  function all(level) {
    const found = [];
    level.rows.forEach(function (runs, y) {
      for (let i = 0; i < runs.length; i += 2) {
        for (let x = runs[i]; x < runs[i + 1]; x++) { found.push([x, y]); }
      }
    });
    return found;
  }

  function nameOf(level, x, y) { return level.zoom + "/" + x + "-" + y; }

  /** Columns and rows of the squares in view that the site holds, the middle first. */
  function inView(level, view) {
    const all = Math.pow(2, level.zoom), edges = view.shares.map(function (share) { return share * all; });
    const middle = [(edges[0] + edges[2]) / 2 - 0.5, (edges[1] + edges[3]) / 2 - 0.5], found = [];
    for (let y = Math.floor(edges[1]); y <= edges[3]; y++) {
      for (let x = Math.floor(edges[0]); x <= edges[2]; x++) {
        if (has(level, x, y)) { found.push([x, y, Math.hypot(x - middle[0], y - middle[1])]); }
      }
    }
    return found.sort(function (a, b) { return a[2] - b[2]; }).slice(0, AT_ONCE);
  }

  /** Paint with the pen moved to a square and scaled to its parts; `paint` is told how wide a pixel is. */
  function within(pen, view, square, paint) {
    const all = Math.pow(2, square.level.zoom), part = view.scale / all / square.level.parts;
    pen.save();
    pen.translate(square.x / all * view.scale - view.left, square.y / all * view.scale - view.top);
    pen.scale(part, part);
    paint(1 / part);
    pen.restore();
  }

  /** The squares of one folder of the site; `read(level, x, y, file)` makes one of its file. */
  function Squares(folder, read) {
    const kept = new Map(), marks = new Map(), coming = {};
    let index = null, asked = null;

    /** The index; it is asked for once somebody comes near or stands somewhere. */
    function open() {
      asked = asked || g.fetchFile(folder + "/index").then(function (file) {
        const levels = file.levels.map(function (level) { return Object.assign({ rows: readRows(level.squares) }, level); });
        index = { levels: levels, snap: file.snap };
        levels.forEach(function (level) {
          all(level).forEach(function (at, i) { marks.set(nameOf(level, at[0], at[1]), g.markAt(level.marks, i)); });
        });
      }).catch(function (error) { setTimeout(function () { asked = null; }, AGAIN_MS); throw error; });
      return asked;
    }

    /** A square that is there, or null. */
    function ready(level, x, y) { return kept.get(nameOf(level, x, y)) || null; }

    /** The square, once it is there; a file that could not be had is asked for again, later. */
    function load(level, x, y) {
      const name = nameOf(level, x, y);
      if (kept.has(name)) { return Promise.resolve(kept.get(name)); }
      coming[name] = coming[name] || g.fetchFile(folder + "/" + name).then(function (file) {
        const square = read(level, x, y, file);
        delete coming[name];
        kept.set(name, square);
        if (kept.size > KEPT) { kept.delete(kept.keys().next().value); }
        return square;
      }).catch(function (error) { setTimeout(function () { delete coming[name]; }, AGAIN_MS); throw error; });
      return coming[name];
    }

    /** The squares of a view that are there, and, while others of them are on their way, those of the
        farther look; the others are asked for. */
    function look(view, redraw) {
      if (!index) { open().then(redraw, function () {}); return []; }
      const fit = index.levels.filter(function (level) { return level.from <= view.zoom; }), level = fit.pop();
      if (!level) { return []; }
      const shown = inView(level, view), there = readyOf(level, shown);
      shown.forEach(function (at) { if (!ready(level, at[0], at[1])) { load(level, at[0], at[1]).then(redraw, function () {}); } });
      const farther = there.length < shown.length && fit.pop();
      return (farther ? [readyOf(farther, inView(farther, view))] : []).concat([there]);
    }
    function readyOf(level, list) {
      return list.map(function (at) { return ready(level, at[0], at[1]); }).filter(Boolean);
    }

    /** Whether a square is on its way. */
    function isBusy() { return Object.keys(coming).length > 0; }

    return { open: open, isBusy: isBusy, marks: marks, ready: ready, load: load, look: look, has: has, all: all, nameOf: nameOf,
      get levels() { return index && index.levels; }, get near() { return index.levels[index.levels.length - 1]; },
      get snap() { return index ? index.snap : 0; } };
  }

  /** A square's numbers as arrays: nodes, streets with their vertices and boxes, groups of them. */
  function decode(level, x, y, text) {
    const read = g.wire.Reader(text), square = { level: level, x: x, y: y };
    measure(square);
    readNodes(square, read);
    const all = { tail: [], head: [], dm: [], code: [], start: [0], vx: [], vy: [] };
    square.groups = [];
    for (let n = read.next(); n > 0; n--) {
      const code = read.next(), count = read.next(), from = all.code.length;
      if (code % 8) { readStreets(square, all, read, code, count); } else { readLines(all, read, code, count); }
      square.groups.push([code, from, all.code.length]);
    }
    ["tail", "head", "dm", "start", "vx", "vy"].forEach(function (name) { square[name] = Int32Array.from(all[name]); });
    square.code = Uint8Array.from(all.code);
    square.box = boxes(square);
    return square;
  }

  /** Metres of a part east and south in the middle of the square, on the ellipsoid. */
  function measure(square) {
    const all = Math.pow(2, square.level.zoom), turn = Math.PI * (1 - 2 * (square.y + 0.5) / all);
    const sine = Math.tanh(turn), curve = 1 - E2 * sine * sine;
    square.east = 2 * Math.PI / (all * square.level.parts) / Math.cosh(turn) * AXIS_M / Math.sqrt(curve);
    square.south = square.east * (1 - E2) / curve;
  }

  /** Junctions first, then cuts by the neighbour they lead to; `cuts` says where each way begins. */
  function readNodes(square, read) {
    const counts = [];
    let total = 0, x = 0, y = 0;
    for (let i = 0; i < 9; i++) { counts.push(read.next()); }
    square.cuts = counts.map(function (count) { total += count; return total; });
    square.nodes = total;
    square.nodeX = new Int32Array(total);
    square.nodeY = new Int32Array(total);
    for (let i = 0; i < total; i++) {
      square.nodeX[i] = (x += read.signed());
      square.nodeY[i] = (y += read.signed());
    }
  }

  function readStreets(square, all, read, code, count) {
    let tail = 0;
    for (; count > 0; count--) {
      tail += read.next();
      const head = tail + read.signed();
      let x = square.nodeX[tail], y = square.nodeY[tail], drawn = 0;
      function to(nextX, nextY) {
        const east = (nextX - x) * square.east, south = (nextY - y) * square.south;
        drawn += Math.sqrt(east * east + south * south);
        all.vx.push(x = nextX);
        all.vy.push(y = nextY);
      }
      all.vx.push(x);
      all.vy.push(y);
      for (let n = read.next(); n > 0; n--) { to(x + read.signed(), y + read.signed()); }
      to(square.nodeX[head], square.nodeY[head]);
      end(all, tail, head, Math.floor(10 * drawn + 0.5) + read.signed(), code);
    }
  }

  function readLines(all, read, code, count) {
    let x = 0, y = 0;
    for (; count > 0; count--) {
      for (let n = read.next(); n > 0; n--) {
        all.vx.push(x += read.signed());
        all.vy.push(y += read.signed());
      }
      end(all, -1, -1, 0, code);
    }
  }

  /** A street's vertices are all there. */
  function end(all, tail, head, dm, code) {
    all.tail.push(tail);
    all.head.push(head);
    all.dm.push(dm);
    all.code.push(code);
    all.start.push(all.vx.length);
  }

  /** West, north, east, south of every street, in parts. */
  function boxes(square) {
    const found = new Int32Array(4 * square.code.length);
    for (let i = 0; i < square.code.length; i++) {
      let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
      for (let k = square.start[i]; k < square.start[i + 1]; k++) {
        west = Math.min(west, square.vx[k]);
        east = Math.max(east, square.vx[k]);
        north = Math.min(north, square.vy[k]);
        south = Math.max(south, square.vy[k]);
      }
      found.set([west, north, east, south], 4 * i);
    }
    return found;
  }

  g.Squares = Squares;
  g.squares = Object.assign(Squares("streets", function (level, x, y, file) { return decode(level, x, y, file.s); }),
    { WAYS: WAYS, decode: decode, within: within });
})(window.geomap);
