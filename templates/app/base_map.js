/* Water, green and rails of the map's own extract, under the streets, and its names above them. */
(function (g) {
  "use strict";
  const FROM_ZOOM = 8, A_FRAME = 4000, AREAS = ["green", "water"], LINES = ["river", "stream", "rail", "tram"];
  const LIGHT = { green: "#dcedd9", water: "#c3dff0", rail: "#b9b5c4", tram: "#d0cdd8", gap: "#ffffff" };
  const DARK = { green: "#1f3d2d", water: "#1b3a52", rail: "#55536a", tram: "#3d3c4d", gap: "#1d2530" };
  /* Widths in pixels from a zoom on; 0: not drawn. */
  const WIDTHS = [[8, { river: 1.2, stream: 0, rail: 1, tram: 0 }], [13, { river: 2, stream: 0, rail: 1.2, tram: 0 }],
    [15, { river: 3, stream: 1.2, rail: 1.2, tram: 0.8 }], [16, { river: 4, stream: 1.5, rail: 1.6, tram: 1 }], [17, { river: 5, stream: 2, rail: 3, tram: 1.5 }]];
  const LOOKS = {
    quarter: { size: 13, bold: true, colours: ["#5d5470", "#b9aecb"] },
    street: { size: 12, colours: ["#454f5e", "#c3cddb"] },
    water: { size: 12, colours: ["#1f5f8b", "#8cc4ea"] },
    green: { size: 12, colours: ["#2e6b3a", "#93cf9e"] },
    station: { size: 12, bold: true, dot: true, colours: ["#0b57b0", "#8fc0ff"] },
    place: { size: 12, dot: true, colours: ["#6a4a2f", "#d9bfa6"] }
  };
  const squares = g.Squares("base", function (level, x, y, file) { return { level: level, x: x, y: y, file: file, paths: null, names: null }; });
  const lay = g.Slices(A_FRAME, weigh, paint);

  /** The squares of a view, from afar first. Streets come before them: ways are found along those. */
  function look(view, redraw) {
    if (view.zoom < FROM_ZOOM) { return []; }
    g.squares.look(view, redraw);
    return g.squares.levels && !g.squares.isBusy() ? squares.look(view, redraw) : [];
  }

  function draw(pen, view, redraw) {
    look(view, redraw).forEach(function (found) { lay(pen, view, found, redraw); });
  }

  function weigh(square) {
    return AREAS.concat(LINES).reduce(function (sum, kind) { return sum + (square.file[kind] || "").length; }, 0);
  }

  function prepare(square) {
    square.paths = square.paths || AREAS.concat(LINES).reduce(function (paths, kind) {
      if (square.file[kind]) { paths[kind] = trace(square.file[kind], AREAS.indexOf(kind) >= 0); }
      return paths;
    }, {});
  }

  function trace(text, isClosed) {
    const path = new Path2D();
    g.wire.rings(text, 1).forEach(function (ring) {
      path.moveTo(ring[0], ring[1]);
      for (let i = 2; i < ring.length; i += 2) { path.lineTo(ring[i], ring[i + 1]); }
      if (isClosed) { path.closePath(); }
    });
    return path;
  }

  function paint(pen, view, found) {
    found.forEach(prepare);
    const colours = g.canvas.isDark() ? DARK : LIGHT, widths = WIDTHS.filter(function (one) { return one[0] <= view.zoom; }).pop()[1];
    pen.lineJoin = "round";
    AREAS.forEach(function (kind) {
      pen.fillStyle = colours[kind];
      each(pen, view, found, kind, function (path) { pen.fill(path); });
    });
    LINES.forEach(function (kind) {
      if (!widths[kind]) { return; }
      pen.strokeStyle = colours[kind] || colours.water;
      each(pen, view, found, kind, function (path, pixel) {
        pen.lineWidth = widths[kind] * pixel;
        pen.stroke(path);
      });
    });
    if (widths.rail >= 2) { tie(pen, view, found, colours.gap, widths.rail); }
  }

  /* A railway is told from a street by the gaps in it. */
  function tie(pen, view, found, colour, width) {
    pen.strokeStyle = colour;
    each(pen, view, found, "rail", function (path, pixel) {
      pen.setLineDash([6 * pixel, 6 * pixel]);
      pen.lineWidth = (width - 1) * pixel;
      pen.stroke(path);
    });
    pen.setLineDash([]);
  }

  function each(pen, view, found, kind, draw) {
    found.forEach(function (square) {
      const path = square.paths[kind];
      if (path) { g.squares.within(pen, view, square, function (pixel) { draw(path, pixel); }); }
    });
  }

  /** The names of a view, in no order: a generator, for a square's names take a slow phone a while. */
  function* names(view) {
    const found = [], last = look(view, function () {}).pop() || [];
    for (const square of last) {
      square.names = square.names || readNames(square.file);
      yield 0;
      const at = frameOf(square, view);
      square.names.forEach(function (name) {
        const box = [at[0] + name.box[0] * at[2], at[1] + name.box[1] * at[2], at[0] + name.box[2] * at[2], at[1] + name.box[3] * at[2]];
        if (name.from > view.zoom || !g.canvas.meets(box, [0, 0, view.width, view.height])) { return; }
        found.push({ text: g.t(name.zh, name.en), rank: name.rank, look: LOOKS[name.look], x: box[0], y: box[1],
          course: name.course && name.course.map(function (part, i) { return at[i % 2] + part * at[2]; }) });
      });
      yield 0;
    }
    return found;
  }
  /* Where a square begins in pixels, and pixels of a part. */
  function frameOf(square, view) {
    const all = Math.pow(2, square.level.zoom);
    return [square.x / all * view.scale - view.left, square.y / all * view.scale - view.top, view.scale / all / square.level.parts];
  }
  function readNames(file) {
    const word = g.wire.word, found = [];
    function take(table, i, facts) {
      const zh = table.name[i], from = word(table.from, i);
      found.push(Object.assign({ zh: zh, en: word(table.en, i) || zh, look: word(table.look, i), from: from, rank: from }, facts));
    }
    if (file.names) {
      const points = g.wire.table(file.names);
      for (let i = 0; i < points.n; i++) { take(points, i, { box: [points.x[i], points.y[i], points.x[i], points.y[i]] }); }
    }
    if (file.streets) {
      const streets = g.wire.table(file.streets);
      g.wire.rings(file.courses, 1).forEach(function (course, i) { take(streets, i, { course: course, box: boxOf(course), rank: word(streets.from, i) - 0.5 }); });
    }
    return found;
  }
  function boxOf(course) {
    const x = course.filter(function (_, i) { return i % 2 === 0; }), y = course.filter(function (_, i) { return i % 2; });
    return [Math.min.apply(null, x), Math.min.apply(null, y), Math.max.apply(null, x), Math.max.apply(null, y)];
  }

  g.base = { names: names, readNames: readNames, draw: draw, squares: squares };
})(window.geomap);
