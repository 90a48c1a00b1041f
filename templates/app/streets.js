/* The streets under the stations: few and light from afar, all of them near by. */
(function (g) {
  "use strict";
  const NEW_A_FRAME = 3;
  const LIGHT_COLOURS = ["#bcc6d2", "#ccd4dd", "#dbe1e8", "#e4e9ee"];
  const DARK_COLOURS = ["#566478", "#475365", "#3a4555", "#323c4a"];
  /* Widths in pixels from a zoom on, widest class first; 0: not drawn. */
  const WIDTHS = [[8, [1.2, 0, 0, 0]], [11, [1.8, 1, 0, 0]], [14, [3, 2, 1, 0]], [15, [4, 3, 2, 1]],
    [16, [6, 5, 3.5, 1.5]], [17, [9, 7, 5, 2]]];

  function draw(context, view, redraw) {
    if (view.zoom < WIDTHS[0][0]) { return; }
    g.squares.look(view, redraw).forEach(function (found) { paint(context, view, found, redraw); });
  }

  /** All streets of one width are one path, kept with the square; widest last, on top. */
  function paint(context, view, found, redraw) {
    const widths = WIDTHS.filter(function (one) { return one[0] <= view.zoom; }).pop()[1];
    const colours = g.canvas.isDark() ? DARK_COLOURS : LIGHT_COLOURS, squares = [];
    let made = 0;
    found.forEach(function (square) {
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
    g.squares.within(context, view, square, function (pixel) {
      context.lineWidth = width * pixel;
      context.stroke(path);
    });
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
