/* Water, green and rails of the map's own extract, under the streets. */
(function (g) {
  "use strict";
  const FROM_ZOOM = 8, A_FRAME = 4000, AREAS = ["green", "water"], LINES = ["river", "stream", "rail", "tram"];
  const LIGHT = { green: "#dcedd9", water: "#c3dff0", rail: "#b9b5c4", tram: "#d0cdd8", gap: "#ffffff" };
  const DARK = { green: "#1c3329", water: "#1b3a52", rail: "#55536a", tram: "#3d3c4d", gap: "#1d2530" };
  /* Widths in pixels from a zoom on; 0: not drawn. */
  const WIDTHS = [[8, { river: 1.2, stream: 0, rail: 1, tram: 0 }], [13, { river: 2, stream: 0, rail: 1.5, tram: 0 }],
    [15, { river: 3, stream: 1.2, rail: 1.5, tram: 1 }], [16, { river: 4, stream: 1.5, rail: 2, tram: 1 }], [17, { river: 5, stream: 2, rail: 3, tram: 1.5 }]];
  const squares = g.Squares("base", function (level, x, y, file) { return { level: level, x: x, y: y, file: file, paths: null }; });
  const lay = g.Slices(A_FRAME, weigh, paint);

  /** Streets come first: ways are found along them. */
  function draw(pen, view, redraw) {
    if (view.zoom < FROM_ZOOM) { return; }
    g.squares.look(view, redraw);
    if (!g.squares.levels || g.squares.isBusy()) { return; }
    squares.look(view, redraw).forEach(function (found) { lay(pen, view, found, redraw); });
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

  g.base = { draw: draw, squares: squares };
})(window.geomap);
