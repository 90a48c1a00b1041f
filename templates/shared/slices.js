/* What is dear to draw is drawn once in a view, a bounded part of it a frame, on a sheet of its own; a
   redraw of the same view lays the sheet down, and a slow phone answers between two frames. Paper
   waits for no second frame. */
(function (g) {
  "use strict";

  /** A function that lays down pieces of one level: `weigh(piece)` against `most` a frame, and
      `draw(pen, view, pieces)` for those that are not on the sheet yet, in their order. */
  g.Slices = function (most, weigh, draw) {
    const sheets = Object.create(null);

    /** The sheet of a level; an empty one where the view is new. */
    function sheetOf(pen, view, level) {
      const key = [view.left, view.top, view.scale, pen.canvas.width, pen.canvas.height, g.canvas.isDark()].join();
      const sheet = sheets[level.zoom] = sheets[level.zoom] || { pen: document.createElement("canvas").getContext("2d") };
      if (sheet.key !== key) {
        const paper = sheet.pen.canvas;
        sheet.key = key;
        sheet.done = new Set();
        paper.width = pen.canvas.width;
        paper.height = pen.canvas.height;
        sheet.pen.scale(paper.width / view.width, paper.height / view.height);
      }
      return sheet;
    }

    return function (pen, view, pieces, redraw) {
      /* A map that is hidden, as on paper, has no size. */
      if (!pieces.length || !pen.canvas.width || !pen.canvas.height) { return; }
      const sheet = sheetOf(pen, view, pieces[0].level), fresh = [];
      let weight = 0;
      for (const piece of pieces) {
        if (sheet.done.has(piece)) { continue; }
        weight += weigh(piece);
        if (fresh.length && weight > most && !g.canvas.isPaper()) { redraw(); break; }
        fresh.push(piece);
        sheet.done.add(piece);
      }
      if (fresh.length) { draw(sheet.pen, view, fresh); }
      pen.drawImage(sheet.pen.canvas, 0, 0, view.width, view.height);
    };
  };
})(window.geomap);
