/* The streets under the stations: few and light from afar, all of them near by. */
(function (g) {
  "use strict";
  /* Vertices that are stroked in a frame, and of a piece of streets that is stroked at once. */
  const A_FRAME = 1500, PIECE = 300, ROUND_PX = 3;
  const LIGHT_COLOURS = ["#bcc6d2", "#ccd4dd", "#dbe1e8", "#e4e9ee"];
  const DARK_COLOURS = ["#566478", "#475365", "#3a4555", "#323c4a"];
  /* Widths in pixels from a zoom on, widest class first; 0: not drawn. */
  const WIDTHS = [[8, [1.2, 0, 0, 0]], [11, [1.8, 1, 0, 0]], [14, [3, 2, 1, 0]], [15, [4, 3, 2, 1]],
    [16, [6, 5, 3.5, 1.5]], [17, [9, 7, 5, 2]]];

  const lay = g.Slices(A_FRAME, function (piece) { return piece.n; }, paint);

  function draw(context, view, redraw) {
    if (view.zoom < WIDTHS[0][0]) { return; }
    const widths = WIDTHS.filter(function (one) { return one[0] <= view.zoom; }).pop()[1];
    g.squares.look(view, redraw).forEach(function (found) {
      const pieces = [].concat.apply([], found.map(piecesOf)).filter(function (piece) { return widths[piece.weight]; });
      lay(context, view, pieces.sort(function (a, b) { return b.weight - a.weight; }), redraw);
    });
  }

  function paint(context, view, pieces) {
    const widths = WIDTHS.filter(function (one) { return one[0] <= view.zoom; }).pop()[1];
    const colours = g.canvas.isDark() ? DARK_COLOURS : LIGHT_COLOURS;
    pieces.forEach(function (piece) {
      /* Round corners cost a slow phone half a frame, and of thin lines nobody sees them. */
      context.lineJoin = widths[piece.weight] >= ROUND_PX ? "round" : "bevel";
      context.lineCap = widths[piece.weight] >= ROUND_PX ? "round" : "butt";
      context.strokeStyle = colours[piece.weight];
      g.squares.within(context, view, piece.square, function (pixel) {
        context.lineWidth = widths[piece.weight] * pixel;
        context.stroke(piece.path);
      });
    });
  }

  /** The streets of a square in pieces: of one width each, and of few vertices; kept with the square. */
  function piecesOf(square) {
    const last = [];
    square.pieces = square.pieces || square.groups.reduce(function (pieces, group) {
      const weight = group[0] >> 3;
      for (let i = group[1]; i < group[2]; i++) {
        if (!last[weight] || last[weight].n > PIECE) {
          pieces.push(last[weight] = { square: square, level: square.level, weight: weight, path: new Path2D(), n: 0 });
        }
        add(last[weight], square.vx, square.vy, square.start[i], square.start[i + 1]);
      }
      return pieces;
    }, []);
    return square.pieces;
  }

  function add(piece, x, y, from, end) {
    piece.path.moveTo(x[from], y[from]);
    for (let k = from + 1; k < end; k++) { piece.path.lineTo(x[k], y[k]); }
    piece.n += end - from;
  }

  g.streets = { draw: draw };
  g.take("streets", true);
})(window.geomap);
