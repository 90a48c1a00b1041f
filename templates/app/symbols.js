/* How a station looks on the map: its state by colour and by shape, round and ticked where it is
   open, a diamond where nobody knows, a square where it is closed. The legend in the page is the same. */
(function (g) {
  "use strict";
  const COLOURS = { open: "#1b6e4b", unknown: "#8a5a00", closed: "#5b6470" }, SIGNS = { open: "✓", unknown: "?", closed: "×" };
  const MOST_SOFT_PX = 140, OUTLINE_ZOOM = { district: 8, township: 10 }, WAY = "#0b57b0", outlines = Object.create(null);

  function path(pen, state, x, y, r) {
    pen.beginPath();
    if (state === "closed") { pen.rect(x - r + 1.5, y - r + 1.5, 2 * r - 3, 2 * r - 3); }
    else if (state === "open") { pen.arc(x, y, r, 0, 2 * Math.PI); }
    else {
      pen.moveTo(x, y - r - 2);
      pen.lineTo(x + r + 2, y);
      pen.lineTo(x, y + r + 2);
      pen.lineTo(x - r - 2, y);
      pen.closePath();
    }
  }

  function disc(pen, x, y, r) {
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
  }

  /** One symbol: filled where the place is exact, hollow where it is not; `text` stands in it. */
  function mark(pen, x, y, r, state, isHollow, text) {
    const ground = g.canvas.isDark() ? "#10151c" : "#ffffff";
    path(pen, state, x, y, r);
    pen.fillStyle = isHollow ? ground : COLOURS[state];
    pen.fill();
    pen.lineWidth = isHollow ? 3 : 2;
    pen.strokeStyle = isHollow ? COLOURS[state] : ground;
    pen.stroke();
    pen.fillStyle = isHollow ? (g.canvas.isDark() ? "#eef2f7" : COLOURS[state]) : "#ffffff";
    pen.fillText(text, x, y);
  }

  /* Set once for all signs: a font costs a slow phone more than its letter. */
  function write(pen) {
    pen.font = "bold 12px sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
  }

  /** A place known to its district or township is somewhere within its outline, where the edition has
      it; else in a soft area. Of a larger area, a city's or one beyond the screen, its sign alone is
      drawn, unless somebody chose it. */
  function soften(pen, view, one, isChosen, areas) {
    const row = one.row, r = row.radius * g.canvas.perMetre(view, row.lat), shape = isChosen || view.zoom >= OUTLINE_ZOOM[row.precision] ? outlineOf(row) : null;
    if (shape) { areas.add(shape); }
    else if (row.precision !== "district" && r > one.radius + 4 && r < MOST_SOFT_PX) { blur(pen, one, r); }
  }

  function outlineOf(row) {
    const code = row.code, isTown = row.precision === "township";
    if (!isTown ? row.precision !== "district" : (g.store.over.towns || []).indexOf(code) < 0) { return null; }
    if (!(code in outlines)) {
      outlines[code] = null;
      g.store.loadMore(code).then(function (more) {
        outlines[code] = { whole: shapeOf(more.shape), towns: (more.towns || []).map(shapeOf), town: more.town || {} };
        g.layer.redraw();
      }).catch(function () { delete outlines[code]; });
    }
    const found = outlines[code];
    return !found ? null : !isTown ? found.whole : Object.hasOwn(found.town, row.id) ? found.towns[found.town[row.id]] : null;
  }

  function shapeOf(drawn) { return g.canvas.shape(g.wire.rings(drawn.rings, drawn.scale)); }

  function shade(pen, view, shape) {
    pen.beginPath();
    g.canvas.trace(pen, view, shape);
    pen.fillStyle = g.canvas.isDark() ? "rgba(242, 195, 107, 0.1)" : "rgba(138, 90, 0, 0.08)";
    pen.fill("evenodd");
  }

  function blur(pen, one, r) {
    const shade = pen.createRadialGradient(one.px, one.py, 0, one.px, one.py, r), colour = g.canvas.isDark() ? "242, 195, 107" : "138, 90, 0";
    shade.addColorStop(0, "rgba(" + colour + ", 0.2)");
    shade.addColorStop(0.6, "rgba(" + colour + ", 0.12)");
    shade.addColorStop(1, "rgba(" + colour + ", 0)");
    pen.fillStyle = shade;
    disc(pen, one.px, one.py, r);
    pen.fill();
  }

  function say(count) { return count < 10000 ? String(count) : Math.round(count / 1000) + "k"; }

  /** All symbols of a view; `chosen` is the row that a halo tells from the others. */
  function draw(pen, view, symbols, chosen) {
    const areas = new Set(), isRough = chosen && !isNaN(chosen.lon) && !g.judge.isExact(chosen);
    symbols.forEach(function (one) {
      if (one.row && !g.judge.isExact(one.row) && !(isRough && one.row.id === chosen.id)) { soften(pen, view, one, false, areas); }
    });
    if (isRough) {
      const at = g.canvas.pixels(view, chosen.lon, chosen.lat);
      soften(pen, view, { row: chosen, px: at[0], py: at[1], radius: 12 }, true, areas);
    }
    areas.forEach(function (shape) { shade(pen, view, shape); });
    write(pen);
    symbols.slice().reverse().forEach(function (one) {
      const state = g.clusters.STATES[one.state], isOne = one.count === 1 && one.row;
      mark(pen, one.px, one.py, one.radius, state, isOne && !g.judge.isExact(one.row), isOne ? SIGNS[state] : say(one.count));
    });
    if (chosen && !isNaN(chosen.lon)) { halo(pen, view, chosen); }
  }

  function halo(pen, view, row) {
    const at = g.canvas.pixels(view, row.lon, row.lat), one = g.judge.judge(row, g.clock.now(), g.places.metresTo(g.state.place, row));
    disc(pen, at[0], at[1], 19);
    pen.fillStyle = "rgba(11, 87, 176, 0.25)";
    pen.fill();
    pen.lineWidth = 3;
    pen.strokeStyle = WAY;
    pen.stroke();
    mark(pen, at[0], at[1], 12, one.open, !g.judge.isExact(row), SIGNS[one.open]);
  }

  /** The way to a row: along the streets, dotted where one pushes; dashed and straight where none is known. */
  function drawWay(pen, view, row) {
    const place = g.state.place, lines = g.guide ? g.guide.draw(row) : null;
    if (!place || isNaN(row.lon)) { return; }
    const all = lines && lines.length ? [{ pushed: true, points: [[place.lon, place.lat], lines[0].points[0]] }].concat(lines)
      .concat({ pushed: true, points: [lines[lines.length - 1].points.slice(-1)[0], [row.lon, row.lat]] })
      : g.judge.isExact(row) ? [{ straight: true, points: [[place.lon, place.lat], [row.lon, row.lat]] }] : [];
    pen.lineJoin = pen.lineCap = "round";
    [["#ffffff", 8], [WAY, 5]].forEach(function (pass) {
      all.forEach(function (line) {
        pen.strokeStyle = pass[0];
        pen.lineWidth = line.straight ? pass[1] - 2 : pass[1];
        pen.setLineDash(line.straight ? [10, 9] : line.pushed && pass[0] === WAY ? [1, 9] : []);
        pen.beginPath();
        line.points.forEach(function (point) { pen.lineTo.apply(pen, g.canvas.pixels(view, point[0], point[1])); });
        pen.stroke();
      });
    });
    pen.setLineDash([]);
    pen.lineCap = "butt";
  }

  /** Where the rider stands. */
  function drawHere(pen, view) {
    const place = g.state.place;
    if (!place) { return; }
    const at = g.canvas.pixels(view, place.lon, place.lat);
    pen.lineWidth = 2;
    pen.strokeStyle = "#ffffff";
    pen.fillStyle = WAY;
    disc(pen, at[0], at[1], 8);
    pen.fill();
    pen.stroke();
    disc(pen, at[0], at[1], 13);
    pen.strokeStyle = WAY;
    pen.stroke();
  }

  g.symbols = { draw: draw, drawWay: drawWay, drawHere: drawHere };
})(window.geomap);
