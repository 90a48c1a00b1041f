/* Canvases of ours over Leaflet's map, larger than the view, drawn anew when it comes to rest.
   Shapes are kept as places of the world at zoom 0: a redraw is one multiplication each. */
(function () {
  "use strict";
  var planner = geomap.planner, PAD = 0.25;
  var dark = matchMedia("(prefers-color-scheme: dark)"), isPrinting = false, papers = [];

  /* Bands run from dark to light (by night from bright to dim): told apart without hues, too. */
  var LIGHT = { land: "#ffffff", line: "#7b8798", chosen: "#1c2430", name: "#3b4656", halo: "rgba(255,255,255,.9)",
    road: "#8a94a3", ring: "rgba(179,38,30,.75)", hatch: "rgba(255,255,255,.8)", edge: "#ffffff",
    areas: ["#1b6e4b", "#0b57b0", "#a34700", "#6b3fa0"], bands: ["#08406b", "#3f93b5", "#b3dbe3"],
    shades: ["#ffffff", "#fde3cf", "#f9bd8d", "#e88a45", "#b3530f"] };
  var DARK = { land: "#1b242f", line: "#66758a", chosen: "#ffffff", name: "#dde5ef", halo: "rgba(12,17,23,.9)",
    road: "#7d8ba0", ring: "rgba(255,138,128,.9)", hatch: "rgba(0,0,0,.6)", edge: "#10151c",
    areas: ["#5fd0a0", "#7db8ff", "#ffab6b", "#c6a3ff"], bands: ["#ffe27a", "#4fae9f", "#2f648c"],
    shades: ["#1b242f", "#4a3626", "#7a4d25", "#b56a26", "#f0994a"] };
  planner.colours = function () { return dark.matches && !isPrinting ? DARK : LIGHT; };

  planner.redraw = function () { papers.forEach(function (paper) { paper.redraw(); }); };
  dark.addEventListener("change", function () { planner.redraw(); planner.drawLegend(); });
  /* Paper is white, and wider than the screen's column: the map is fitted to it and back. */
  matchMedia("print").addEventListener("change", function (event) {
    isPrinting = event.matches;
    var map = planner.map, bounds = map.getBounds().pad(-0.05);
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(bounds, { animate: false });
    planner.redraw();
    planner.drawLegend();
  });

  /** Where a place lies in the world of 256 by 256: Mercator, shifted as the base map's datum asks. */
  planner.toWorld = function (lon, lat) {
    if (planner.map.options.crs !== L.CRS.EPSG3857) {
      var point = planner.map.project([lat, lon], 0);
      return [point.x, point.y];
    }
    var sine = Math.sin(lat * Math.PI / 180);
    return [256 * (lon / 360 + 0.5), 256 * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI))];
  };

  /** Degrees to a run of world places; `box` grows to hold them. */
  function toRun(run, box) {
    for (var i = 0; i < run.length; i += 2) {
      var at = planner.toWorld(run[i], run[i + 1]);
      run[i] = at[0]; run[i + 1] = at[1];
      box[0] = Math.min(box[0], at[0]); box[1] = Math.min(box[1], at[1]);
      box[2] = Math.max(box[2], at[0]); box[3] = Math.max(box[3], at[1]);
    }
    return run;
  }
  /** Runs (lines, or rings of a polygon's parts) with the box around them. */
  planner.readShape = function (text, scale) {
    var box = [Infinity, Infinity, -Infinity, -Infinity];
    return { box: box, runs: geomap.wire.rings(text, scale).map(function (run) { return toRun(run, box); }) };
  };

  /** Add the runs of a shape to the pen's path; what is closer than a pixel is one place. */
  planner.trace = function (pen, view, shape, isOpen) {
    if (!planner.meets(shape.box, view.box)) { return; }
    for (var n = 0; n < shape.runs.length; n++) {
      var run = shape.runs[n], length = run.length, lastX = run[0] * view.scale - view.x, lastY = run[1] * view.scale - view.y;
      pen.moveTo(lastX, lastY);
      for (var i = 2; i < length; i += 2) {
        var x = run[i] * view.scale - view.x, y = run[i + 1] * view.scale - view.y;
        if (Math.abs(x - lastX) + Math.abs(y - lastY) < 1 && i < length - 2) { continue; }
        pen.lineTo(x, y);
        lastX = x; lastY = y;
      }
      if (!isOpen) { pen.closePath(); }
    }
  };
  planner.meets = function (a, b) { return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]; };

  /** A canvas in a pane of its own; `draw(pen, view)` paints it, view.box in world places. */
  planner.Paper = L.Layer.extend({
    initialize: function (pane, draw, options) { this.pane = pane; this.draw = draw; this.options_ = options || {}; },
    onAdd: function (map) {
      this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", map.getPane(this.pane));
      this.canvas.setAttribute("aria-hidden", "true");
      papers.push(this);
      this.redraw();
    },
    onRemove: function () {
      papers.splice(papers.indexOf(this), 1);
      this.canvas.remove();
      L.Util.cancelAnimFrame(this.frame);
      this.frame = null;
    },
    getEvents: function () {
      return { moveend: this.redraw, resize: this.redraw, viewreset: this.redraw };
    },
    /** Draw at the next frame; several wishes are one. */
    later: function () {
      if (!this.frame && this._map) {
        this.frame = L.Util.requestAnimFrame(function () { this.frame = null; this.redraw(); }, this);
      }
    },
    redraw: function () {
      var map = this._map, canvas = this.canvas, dense = window.devicePixelRatio || 1;
      if (!map) { return; }
      var pad = map.getSize().multiplyBy(PAD).round(), size = map.getSize().add(pad.multiplyBy(2));
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint(pad.multiplyBy(-1)));
      if (canvas.width !== Math.round(size.x * dense) || canvas.height !== Math.round(size.y * dense)) {
        canvas.width = Math.round(size.x * dense); canvas.height = Math.round(size.y * dense);
        canvas.style.width = size.x + "px"; canvas.style.height = size.y + "px";
      }
      var pen = canvas.getContext("2d"), scale = Math.pow(2, map.getZoom()), origin = map.getPixelBounds().min.subtract(pad);
      pen.setTransform(dense, 0, 0, dense, 0, 0);
      pen.clearRect(0, 0, size.x, size.y);
      this.draw(pen, { zoom: map.getZoom(), scale: scale, x: origin.x, y: origin.y, width: size.x, height: size.y, pad: pad,
        box: [origin.x / scale, origin.y / scale, (origin.x + size.x) / scale, (origin.y + size.y) / scale] });
    }
  });

  /** Patches of a picture, loaded when the view meets them: `read(value)` once, `tell` after. */
  planner.Patches = function (prefix, list, read, tell) {
    this.prefix = prefix; this.read = read; this.tell = tell;
    this.list = list.map(function (patch) {
      var low = planner.toWorld(patch[0], patch[1]), high = planner.toWorld(patch[2], patch[3]);
      return { box: [low[0], high[1], high[0], low[1]], number: patch[4], held: null };
    });
  };
  /** What is there of the patches in view; the others are asked for. */
  planner.Patches.prototype.inView = function (view) {
    var own = this;
    return this.list.filter(function (patch) { return planner.meets(patch.box, view.box); }).map(function (patch) {
      if (!patch.held && !patch.asked) {
        patch.asked = planner.track(planner.bring(own.prefix + patch.number).then(function (value) {
          patch.held = own.read(value);
          delete geomap.taken[own.prefix + patch.number];
          own.tell();
        }, function () { patch.asked = null; }));
      }
      return patch.held;
    }).filter(Boolean);
  };

  /* What is still on its way; the page calls itself ready when it has come. */
  var waiting = [];
  planner.track = function (promise) { waiting.push(promise); return promise; };
  planner.settled = function () {
    var all = waiting.splice(0);
    return all.length ? Promise.all(all).then(planner.settled) : Promise.resolve();
  };
})();
