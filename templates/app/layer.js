/* One canvas for everything of ours on the map: borders, streets, the way, the stations; and what a
   finger on it means. */
(function (g) {
  "use strict";
  const TOUCH_PX = 22;
  let map = null, layer = null, names = null, first = null, drawn = [], marked = false, view = null, tell = {}, chosen = null;

  function draw(pen, shown) {
    view = shown;
    g.lines.draw(pen, view, redraw);
    if (chosen) { g.symbols.drawWay(pen, view, chosen); }
    drawn = g.clusters.collect(view, redraw);
    g.symbols.draw(pen, view, drawn, chosen);
    g.symbols.drawHere(pen, view);
    if (names) { names.later(); }
    if (drawn.length && !marked) {
      marked = true;
      performance.mark("first-marker");
    }
  }

  /** The row whose way is drawn, and which has a halo; null: none. */
  function choose(row) {
    chosen = row;
    redraw();
  }

  function redraw() {
    if (layer) { layer.later(); } else if (first) { first(); }
  }

  function hit(event) {
    const point = event.layerPoint.subtract(view.corner);
    let best = null, least = Infinity;
    drawn.forEach(function (one) {
      const off = Math.hypot(one.px - point.x, one.py - point.y) - Math.max(one.radius, TOUCH_PX);
      if (off <= 0 && off < least) { best = one; least = off; }
    });
    if (!best) { tell.place(event.latlng); return; }
    if (best.row) { tell.station(best.row); return; }
    open(best, event.latlng);
  }

  /** A number opens by zooming to what it stands for; at the last zoom it becomes the place asked. */
  function open(one, at) {
    const box = g.clusters.extent(one), zoom = map.getZoom();
    if (zoom >= map.getMaxZoom()) { tell.place(at); return; }
    const all = L.latLngBounds([box[1], box[0]], [box[3], box[2]]);
    if (Math.min(18, map.getBoundsZoom(all.pad(0.1))) > zoom) { map.fitBounds(all.pad(0.1), { maxZoom: 18 }); }
    else { map.setView(all.getCenter(), Math.min(18, zoom + 2)); }
  }

  /** The names of a view, and the boxes of the symbols, which none may lie under. */
  function* collect(shown) {
    const found = g.lines.names(shown).concat(g.store.over.base && g.base && !map.hasTiles ? yield* g.base.names(shown) : []);
    return { names: found, reserved: taken(shown) };
  }
  function taken(shown) {
    const boxes = drawn.map(function (one) { return around([view.left + one.px - shown.left, view.top + one.py - shown.top], one.radius + 4); });
    [[g.state.place, 15], [chosen, 21]].forEach(function (one) {
      if (one[0] && !isNaN(one[0].lon)) { boxes.push(around(g.canvas.pixels(shown, one[0].lon, one[0].lat), one[1])); }
    });
    return boxes;
  }
  function around(at, r) { return [at[0] - r, at[1] - r, at[0] + r, at[1] + r]; }

  /** From now on the canvas moves with the map. */
  function start(onMap, told) {
    map = onMap;
    tell = told;
    layer = g.canvas.Layer(map, "overlayPane", "stations", draw);
    names = g.labels.Layer(map, "overlayPane", collect);
    map.on("click", hit);
    document.querySelectorAll("canvas.preview").forEach(function (canvas) { canvas.remove(); });
  }

  /** The first picture, before Leaflet has come: the view that it will choose, too. */
  function preview(box, bounds) {
    const low = g.places.mercator(bounds[0][1], bounds[1][0]), high = g.places.mercator(bounds[1][1], bounds[0][0]);
    const width = box.clientWidth, height = box.clientHeight;
    const fits = Math.min((width - 32) / (high[0] - low[0]), (height - 32) / (high[1] - low[1])) / 256;
    const zoom = Math.max(3, Math.min(18, Math.floor(Math.log2(fits)))), scale = 256 * Math.pow(2, zoom);
    const shown = g.canvas.viewAt(zoom, (low[0] + high[0]) / 2 * scale - width / 2, (low[1] + high[1]) / 2 * scale - height / 2, width, height);
    const canvas = g.canvas.make(box, "stations preview");
    let frame = 0;
    first = function () {
      frame = frame || requestAnimationFrame(function () {
        frame = 0;
        if (!layer) { g.canvas.paint(canvas, shown, draw); }
      });
    };
    g.canvas.paint(canvas, shown, draw);
    document.getElementById("first-pictures").remove();
  }

  g.layer = { start: start, preview: preview, redraw: redraw, choose: choose, get names() { return names; } };
})(window.geomap);
