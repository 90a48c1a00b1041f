/* The streets under the stations: few and light from afar, all of them near by. */
(function (g) {
  "use strict";
  const AT_ONCE = 40, NEW_A_FRAME = 3;
  const LIGHT_COLOURS = ["#bcc6d2", "#ccd4dd", "#dbe1e8", "#e4e9ee"];
  const DARK_COLOURS = ["#566478", "#475365", "#3a4555", "#323c4a"];
  /* Widths in pixels from a zoom on, widest class first; 0: not drawn. */
  const WIDTHS = [[8, [1.2, 0, 0, 0]], [11, [1.8, 1, 0, 0]], [14, [3, 2, 1, 0]], [15, [4, 3, 2, 1]],
    [16, [6, 5, 3.5, 1.5]], [17, [9, 7, 5, 2]]];

  function draw(context, view, redraw) {
    if (view.zoom < WIDTHS[0][0]) { return; }
    if (!g.squares.levels) {
      g.squares.open().then(redraw, function () {});
      return;
    }
    const levels = g.squares.levels, fit = levels.filter(function (level) { return level.from <= view.zoom; });
    const level = fit[fit.length - 1], inView = squaresIn(level, view);
    const there = inView.filter(function (at) { return g.squares.ready(level, at[0], at[1]); });
    if (there.length < inView.length) {
      bring(level, inView, redraw);
      if (fit.length > 1) { paint(context, view, fit[fit.length - 2], squaresIn(fit[fit.length - 2], view), redraw); }
    }
    paint(context, view, level, there, redraw);
  }

  /** Columns and rows of the squares in view that the site holds, the middle first. */
  function squaresIn(level, view) {
    const all = Math.pow(2, level.zoom), edges = view.shares.map(function (share) { return share * all; });
    const middle = [(edges[0] + edges[2]) / 2 - 0.5, (edges[1] + edges[3]) / 2 - 0.5], found = [];
    for (let y = Math.floor(edges[1]); y <= edges[3]; y++) {
      for (let x = Math.floor(edges[0]); x <= edges[2]; x++) {
        if (g.squares.has(level, x, y)) { found.push([x, y, Math.hypot(x - middle[0], y - middle[1])]); }
      }
    }
    return found.sort(function (a, b) { return a[2] - b[2]; }).slice(0, AT_ONCE);
  }

  function bring(level, inView, redraw) {
    inView.forEach(function (at) {
      if (!g.squares.ready(level, at[0], at[1])) { g.squares.load(level, at[0], at[1]).then(redraw, function () {}); }
    });
  }

  /** All streets of one width are one path, kept with the square; widest last, on top. */
  function paint(context, view, level, inView, redraw) {
    const widths = WIDTHS.filter(function (one) { return one[0] <= view.zoom; }).pop()[1];
    const colours = g.canvas.isDark() ? DARK_COLOURS : LIGHT_COLOURS, squares = [];
    let made = 0;
    inView.forEach(function (at) {
      const square = g.squares.ready(level, at[0], at[1]);
      if (!square) { return; }
      if (!square.paths && made++ >= NEW_A_FRAME) { redraw(); return; }
      square.paths = square.paths || trace(square);
      squares.push(square);
    });
    context.save();
    context.lineJoin = view.zoom >= 15 ? "round" : "bevel";
    context.lineCap = view.zoom >= 15 ? "round" : "butt";
    for (let weight = 3; weight >= 0; weight--) {
      if (!widths[weight]) { continue; }
      context.strokeStyle = colours[weight];
      squares.forEach(function (square) { stroke(context, view, square, square.paths[weight], widths[weight]); });
    }
    context.restore();
  }

  function stroke(context, view, square, path, width) {
    if (!path) { return; }
    const all = Math.pow(2, square.level.zoom), part = view.scale / all / square.level.parts;
    context.save();
    context.translate(square.x / all * view.scale - view.left, square.y / all * view.scale - view.top);
    context.scale(part, part);
    context.lineWidth = width / part;
    context.stroke(path);
    context.restore();
  }

  function trace(square) {
    const paths = [null, null, null, null];
    square.groups.forEach(function (group) {
      const weight = group[0] >> 3, path = paths[weight] = paths[weight] || new Path2D();
      for (let i = group[1]; i < group[2]; i++) {
        let k = square.start[i];
        path.moveTo(square.vx[k], square.vy[k]);
        for (k++; k < square.start[i + 1]; k++) { path.lineTo(square.vx[k], square.vy[k]); }
      }
    });
    return paths;
  }

  g.streets = { draw: draw };
  g.take("streets", true);
})(window.geomap);
