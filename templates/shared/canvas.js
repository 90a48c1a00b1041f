/* Canvases of ours over Leaflet's map: what is in view, how lines and radii are drawn. Shapes
   are kept in shares of the mercator square: a redraw is one multiplication each. */
(function (g) {
  "use strict";
  const PAD = 0.15, AROUND_M = 40075016.686, LEAST_PX = 1.5, EDGE_PX = 24;
  const dark = matchMedia("(prefers-color-scheme: dark)"), paper = matchMedia("print"), all = [];

  /** Whether the screen is dark; paper is white. */
  function isDark() { return dark.matches && !paper.matches; }
  function isPaper() { return paper.matches; }
  function meets(a, b) { return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]; }

  /** What a box of pixels shows, from its north-west corner in pixels of the world. */
  function viewAt(zoom, left, top, width, height) {
    const scale = 256 * Math.pow(2, zoom);
    const shares = [left / scale, top / scale, (left + width) / scale, (top + height) / scale];
    return { zoom: zoom, scale: scale, left: left, top: top, width: width, height: height, shares: shares,
      degrees: degreesAt(shares[0], shares[3]).concat(degreesAt(shares[2], shares[1])) };
  }
  /** Longitude and latitude of a place in shares of the mercator square. */
  function degreesAt(x, y) { return [x * 360 - 180, Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI]; }

  /** Pixels of a place in a view. */
  function pixels(view, lon, lat) {
    const at = g.places.mercator(lon, lat);
    return [at[0] * view.scale - view.left, at[1] * view.scale - view.top];
  }

  /** What a map shows, and a little around it. */
  function viewOf(map) {
    const size = map.getSize(), corner = map.containerPointToLayerPoint([-size.x * PAD, -size.y * PAD]).round();
    const at = map.getPixelOrigin().add(corner);
    const view = viewAt(map.getZoom(), at.x, at.y, size.x * (1 + 2 * PAD), size.y * (1 + 2 * PAD));
    view.corner = corner;
    return view;
  }

  function make(parent, look) {
    return parent.appendChild(g.el("canvas", { "class": look, "aria-hidden": "true" }));
  }

  /** Size a canvas to its view and let `draw(pen, view)` paint it. */
  function paint(canvas, view, draw) {
    const dense = Math.min(2, window.devicePixelRatio || 1), pen = canvas.getContext("2d");
    canvas.width = Math.round(view.width * dense);
    canvas.height = Math.round(view.height * dense);
    canvas.style.width = view.width + "px";
    canvas.style.height = view.height + "px";
    pen.scale(dense, dense);
    draw(pen, view);
  }

  /**
   * A canvas in a pane of the map, drawn anew when the map comes to rest; while it zooms the picture
   * is stretched. `redraw` draws at once, `later` at the next frame: several wishes are one.
   */
  function Layer(map, pane, look, draw) {
    const canvas = make(map.getPane(pane), look + " leaflet-zoom-animated");
    let view = null, frame = 0;
    function redraw() {
      cancelAnimationFrame(frame);
      frame = 0;
      view = viewOf(map);
      L.DomUtil.setPosition(canvas, view.corner);
      paint(canvas, view, draw);
    }
    function later() { frame = frame || requestAnimationFrame(redraw); }
    function stretch(event) {
      const corner = map.layerPointToLatLng(view.corner);
      L.DomUtil.setTransform(canvas, map._latLngToNewLayerPoint(corner, event.zoom, event.center),
        map.getZoomScale(event.zoom, view.zoom));
    }
    map.on("moveend zoomend resize viewreset", later).on("zoomanim", stretch);
    all.push(later);
    redraw();
    return { redraw: redraw, later: later, get view() { return view; } };
  }
  dark.addEventListener("change", function () { all.forEach(function (later) { later(); }); });

  /** Rings or lines in flat degrees as a shape: shares, with the box of each and of all. */
  function shape(rings) {
    const whole = [Infinity, Infinity, -Infinity, -Infinity];
    const boxes = rings.map(function (ring) {
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      for (let i = 0; i < ring.length; i += 2) {
        const at = g.places.mercator(ring[i], ring[i + 1]);
        ring[i] = at[0];
        ring[i + 1] = at[1];
        grow(box, at[0], at[1], at[0], at[1]);
      }
      grow(whole, box[0], box[1], box[2], box[3]);
      return box;
    });
    return { box: whole, rings: rings, boxes: boxes };
  }
  function grow(box, west, north, east, south) {
    box[0] = Math.min(box[0], west);
    box[1] = Math.min(box[1], north);
    box[2] = Math.max(box[2], east);
    box[3] = Math.max(box[3], south);
  }

  /** Add a shape to the pen's path; what is out of view costs nothing, what is nearer than a pixel is one. */
  function trace(pen, view, shape, isOpen) {
    if (!meets(shape.box, view.shares)) { return; }
    shape.rings.forEach(function (ring, n) {
      if (meets(shape.boxes[n], view.shares)) { traceRing(pen, view, ring, isOpen); }
    });
  }
  /** Of a run that lies beyond one side of the view only its ends are traced: inside nothing changes,
      and a border of a thousand kilometres is not dashed where nobody looks. */
  function traceRing(pen, view, ring, isOpen) {
    const end = ring.length - 2;
    let lastX = 0, lastY = 0, side = 0, held = null;
    for (let i = 0; i <= end; i += 2) {
      const x = ring[i] * view.scale - view.left, y = ring[i + 1] * view.scale - view.top, beyond = sideOf(view, x, y);
      if (i > 0 && side & beyond) {
        held = [x, y, beyond];
        side &= beyond;
        continue;
      }
      if (held && held[2] & beyond) { /* goes on beyond another side: a corner out there is as good */
        pen.lineTo(bound(held[0], view.width), bound(held[1], view.height));
        side = held[2] & beyond;
        held = [x, y, beyond];
        continue;
      }
      if (held) {
        pen.lineTo(lastX = held[0], lastY = held[1]);
        held = null;
      }
      if (i === 0) { pen.moveTo(x, y); }
      else if (i < end && Math.abs(x - lastX) + Math.abs(y - lastY) < LEAST_PX) { continue; }
      else { pen.lineTo(x, y); }
      lastX = x;
      lastY = y;
      side = beyond;
    }
    if (held) { pen.lineTo(held[0], held[1]); }
    if (!isOpen) { pen.closePath(); }
  }
  function sideOf(view, x, y) {
    return (x < -EDGE_PX ? 1 : x > view.width + EDGE_PX ? 2 : 0) | (y < -EDGE_PX ? 4 : y > view.height + EDGE_PX ? 8 : 0);
  }
  function bound(at, size) { return Math.max(-2 * EDGE_PX, Math.min(size + 2 * EDGE_PX, at)); }

  /** Pixels of a metre at a latitude. */
  function perMetre(view, lat) { return view.scale / (AROUND_M * Math.cos(lat * Math.PI / 180)); }

  /** The radius that holds the true place: drawn once it is larger than the symbol, while it is in view. */
  function drawRadius(pen, view, x, y, radius, colour) {
    if (!(radius >= 9 && radius < 4000) || !meets([x - radius, y - radius, x + radius, y + radius], [0, 0, view.width, view.height])) { return; }
    pen.setLineDash([4, 4]);
    pen.lineWidth = 1.5;
    pen.strokeStyle = colour;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.stroke();
    pen.setLineDash([]);
  }

  g.canvas = { degreesAt: degreesAt, pixels: pixels, isDark: isDark, isPaper: isPaper, meets: meets, viewAt: viewAt, viewOf: viewOf, make: make, paint: paint, Layer: Layer, shape: shape,
    trace: trace, perMetre: perMetre, drawRadius: drawRadius };
})(window.geomap);
