/* Our own base map: district lines and place names on the canvas, finer as somebody comes near. */
(function (g) {
  "use strict";
  const FINE_ZOOM = 8, STREETS_ZOOM = 11, DISTRICT_ZOOM = 13, LAST_ZOOM = { province: 6, city: 9 }, fine = {};
  const LOOKS = { province: { size: 13, bold: true, isArea: true, colours: ["#66598a", "#b9aecb"] }, city: { size: 12, dot: true, colours: ["#5b6470", "#aab6c5"] },
    district: { size: 14, bold: true, isArea: true, colours: ["#3b4656", "#dde5ef"] } };
  let coarse = null, around = null, tiled = false;

  function prepare(lines) { return g.canvas.shape(g.wire.rings(lines.rings, lines.scale)); }

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
      if (box && d.code[i] !== "none" && g.canvas.meets(box, view.degrees)) { seen[d.code[i].slice(0, 2)] = true; }
    });
    return Object.keys(seen).filter(function (province) { return g.store.has("lines/" + province); });
  }

  function choose(view, redraw) {
    if (view.zoom < FINE_ZOOM) { return (country(redraw) || []).concat(coarse || []); }
    const asked = provinces(view).slice(0, 3);
    bring(asked, redraw);
    const there = asked.map(function (code) { return fine[code]; }).filter(Boolean);
    return there.length && there.length === asked.length ? there : coarse ? [coarse] : [];
  }

  /** The provinces of the country, once they have come; null while they have not. */
  function country(redraw) {
    if (!g.rider || !g.rider.map || !g.store.has("lines/country")) { return null; }
    bring(["country"], redraw);
    return fine.country ? [fine.country] : null;
  }

  function bring(asked, redraw) {
    asked.forEach(function (code) {
      if (code in fine) { return; }
      fine[code] = null;
      g.store.fetchFile("lines/" + code).then(function (lines) {
        fine[code] = prepare(lines);
        if (lines.names) { around = g.wire.table(lines.names); }
        redraw();
      }).catch(function () { delete fine[code]; });
    });
  }

  function draw(context, view, redraw) {
    context.lineWidth = 1;
    context.lineJoin = "round";
    context.strokeStyle = g.canvas.isDark() ? "#66758c" : "#8a98ab";
    context.fillStyle = g.canvas.isDark() ? "#1d2530" : "#ffffff";
    /* A base map of others shows land and streets itself, and must not be painted over. */
    const shapes = choose(view, redraw);
    /* Shapes that lie upon each other are filled one by one. */
    if (!tiled && shapes.length > 1) {
      shapes.forEach(function (shape) {
        context.beginPath();
        g.canvas.trace(context, view, shape);
        context.fill("evenodd");
      });
    }
    context.beginPath();
    shapes.forEach(function (shape) { g.canvas.trace(context, view, shape); });
    if (!tiled && shapes.length === 1) { context.fill("evenodd"); }
    if (g.streets && !tiled) {
      if (g.store.over.base) { g.base.draw(context, view, redraw); }
      g.streets.draw(context, view, redraw);
    }
    /* Among streets a border must not look like one of them. */
    if (view.zoom >= STREETS_ZOOM) { context.setLineDash([7, 5]); }
    context.stroke();
    context.setLineDash([]);
  }

  /** Names: provinces and cities from afar, districts near by; among streets nobody looks for a
      district's middle. */
  function names(view) {
    const d = g.store.over.districts, found = Object.create(null), near = view.zoom >= 9;
    if (view.zoom < 5) { return ofCountry(view, found); }
    if (view.zoom > DISTRICT_ZOOM) { return []; }
    if (!g.store.over.names) {
      g.store.names().then(g.layer.redraw, function () {});
      return [];
    }
    d.box.forEach(function (box, i) {
      if (!box || d.code[i] === "none" || !g.canvas.meets(box, view.degrees)) { return; }
      const one = g.store.district(i), text = near ? one.name : one.city;
      const at = g.canvas.pixels(view, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
      if (text && (!found[text] || found[text].weight < one.count)) {
        found[text] = { text: g.store.latin(g.cut(text, 12)), x: at[0], y: at[1], weight: one.count, rank: 0, look: LOOKS.district };
      }
    });
    return Object.values(found).concat(ofCountry(view, found));
  }

  /** Provinces and cities of the country around, by zoom; those of the edition stand already. */
  function ofCountry(view, own) {
    const found = [];
    if (view.zoom <= LAST_ZOOM.city) { country(g.layer.redraw); }
    for (let i = 0; around && i < around.n; i++) {
      const level = g.wire.word(around.level, i), from = g.wire.word(around.from, i), text = around.name[i];
      if (from > view.zoom || view.zoom > LAST_ZOOM[level] || own[text]) { continue; }
      const at = g.canvas.pixels(view, around.lon[i], around.lat[i]);
      found.push({ text: g.store.latin(text), x: at[0], y: at[1], rank: from, look: LOOKS[level] });
    }
    return found;
  }

  g.lines = { start: start, draw: draw, names: names };
})(window.geomap);
