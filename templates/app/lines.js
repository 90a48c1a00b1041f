/* Our own base map: district lines and place names on the canvas, finer as somebody comes near. */
(function (g) {
  "use strict";
  const FINE_ZOOM = 8, STREETS_ZOOM = 11, DARK = matchMedia("(prefers-color-scheme: dark)");
  const fine = {};
  let coarse = [], tiled = false;

  /** Rings in mercator shares with their boxes, so that a ring out of view costs nothing. */
  function prepare(lines) {
    return g.wire.rings(lines.rings, lines.scale).map(function (ring) {
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      for (let i = 0; i < ring.length; i += 2) {
        const at = g.places.mercator(ring[i], ring[i + 1]);
        ring[i] = at[0];
        ring[i + 1] = at[1];
        box[0] = Math.min(box[0], at[0]);
        box[1] = Math.min(box[1], at[1]);
        box[2] = Math.max(box[2], at[0]);
        box[3] = Math.max(box[3], at[1]);
      }
      return { ring: ring, box: box };
    });
  }

  /** Markers and list come first: the lines cost a cheap phone 50 ms. */
  function start(lines) {
    tiled = JSON.parse(document.getElementById("map").dataset.map).tiles.length > 0;
    setTimeout(function () {
      coarse = prepare(lines);
      g.layer.redraw();
    }, 0);
  }

  /** Provinces in view whose fine lines are asked for. */
  function provinces(view) {
    const d = g.store.over.districts, seen = {};
    d.box.forEach(function (box, i) {
      if (box && d.code[i] !== "none" && g.layer.meets(box, view.degrees)) { seen[d.code[i].slice(0, 2)] = true; }
    });
    return Object.keys(seen).filter(function (province) { return g.store.lists["lines/"].has(province); });
  }

  function choose(view, redraw) {
    if (view.zoom < FINE_ZOOM) { return coarse; }
    const asked = provinces(view).slice(0, 3);
    asked.forEach(function (code) {
      if (code in fine) { return; }
      fine[code] = null;
      g.store.fetchFile("lines/" + code).then(function (lines) {
        fine[code] = prepare(lines);
        redraw();
      }).catch(function () { delete fine[code]; });
    });
    const there = asked.filter(function (code) { return fine[code]; });
    return there.length && there.length === asked.length
      ? [].concat.apply([], there.map(function (code) { return fine[code]; })) : coarse;
  }

  function draw(context, view, redraw) {
    context.lineWidth = 1;
    context.lineJoin = "round";
    context.strokeStyle = DARK.matches ? "#66758c" : "#8a98ab";
    context.fillStyle = DARK.matches ? "#1d2530" : "#ffffff";
    context.beginPath();
    choose(view, redraw).forEach(function (one) {
      if (!g.layer.meets(one.box, view.shares)) { return; }
      trace(context, one.ring, view);
    });
    /* A base map of others shows land and streets itself, and must not be painted over. */
    if (!tiled) { context.fill("evenodd"); }
    if (g.streets && !tiled) { g.streets.draw(context, view, redraw); }
    /* Among streets a border must not look like one of them. */
    if (view.zoom >= STREETS_ZOOM) { context.setLineDash([7, 5]); }
    context.stroke();
    context.setLineDash([]);
  }

  function trace(context, ring, view) {
    let lastX = Infinity, lastY = Infinity;
    for (let i = 0; i < ring.length; i += 2) {
      const x = ring[i] * view.scale - view.left, y = ring[i + 1] * view.scale - view.top;
      if (i === 0) { context.moveTo(x, y); }
      else if (Math.abs(x - lastX) + Math.abs(y - lastY) < 1.5) { continue; }
      else { context.lineTo(x, y); }
      lastX = x;
      lastY = y;
    }
    context.closePath();
  }

  /* Names: cities from afar, districts near by; a name that would touch another is left out. */
  function drawNames(context, view) {
    const taken = [];
    context.font = "13px sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 3;
    context.strokeStyle = DARK.matches ? "#1d2530" : "#ffffff";
    context.fillStyle = DARK.matches ? "#c3cddb" : "#4c5869";
    names(view).forEach(function (one) {
      const x = one.x * view.scale - view.left, y = one.y * view.scale - view.top, half = one.text.length * 7 + 2;
      const free = taken.every(function (other) {
        return Math.abs(other[0] - x) > other[2] + half || Math.abs(other[1] - y) > 20;
      });
      if (!free) { return; }
      taken.push([x, y, half]);
      context.strokeText(one.text, x, y);
      context.fillText(one.text, x, y);
    });
  }

  function names(view) {
    const d = g.store.over.districts, found = Object.create(null), near = view.zoom >= 9;
    if (view.zoom < 5) { return []; }
    if (!g.store.over.names) {
      g.store.names().then(g.layer.redraw, function () {});
      return [];
    }
    d.box.forEach(function (box, i) {
      if (!box || d.code[i] === "none" || !g.layer.meets(box, view.degrees)) { return; }
      const one = g.store.district(i), text = near ? one.name : one.city;
      const at = g.places.mercator((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
      if (text && (!found[text] || found[text].count < one.count)) {
        found[text] = { text: g.cut(text, 12), x: at[0], y: at[1], count: one.count };
      }
    });
    return Object.values(found).sort(function (a, b) { return b.count - a.count; }).slice(0, 60);
  }

  g.lines = { start: start, draw: draw, drawNames: drawNames, prepare: prepare };
})(window.geomap);
