/* Colours of the planners' map, by day, by night and on paper; and what of it comes in patches. */
(function () {
  "use strict";
  const planner = geomap.planner, papers = [];

  /* Bands run from dark to light (by night from bright to dim): told apart without hues, too. */
  const LIGHT = { land: "#ffffff", line: "#7b8798", chosen: "#1c2430",
    road: "#8a94a3", ring: "rgba(179,38,30,.75)", hatch: "rgba(255,255,255,.8)", edge: "#ffffff",
    areas: ["#1b6e4b", "#0b57b0", "#a34700", "#6b3fa0"], bands: ["#08406b", "#3f93b5", "#b3dbe3"], gained: "#0a7d3c", lost: "#c2185b", served: "#2f7fb8", unserved: "#d95f02",
    shades: ["#ffffff", "#fde3cf", "#f9bd8d", "#e88a45", "#b3530f"] };
  const DARK = { land: "#1b242f", line: "#66758a", chosen: "#ffffff",
    road: "#7d8ba0", ring: "rgba(255,138,128,.9)", hatch: "rgba(0,0,0,.6)", edge: "#10151c",
    areas: ["#5fd0a0", "#7db8ff", "#ffab6b", "#c6a3ff"], bands: ["#ffe27a", "#4fae9f", "#2f648c"], gained: "#7dff9e", lost: "#ff6fa5", served: "#6db4e8", unserved: "#ff9d4d",
    shades: ["#1b242f", "#4a3626", "#7a4d25", "#b56a26", "#f0994a"] };
  planner.colours = function () { return geomap.canvas.isDark() ? DARK : LIGHT; };

  /** A canvas in a pane of its own, drawn with all the others. */
  planner.paper = function (pane, draw) {
    const paper = geomap.canvas.Layer(planner.map, pane, "", draw);
    papers.push(paper);
    return paper;
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { planner.drawLegend(); });
  /* Paper is white, and wider than the screen's column: the map is fitted to it and back. */
  matchMedia("print").addEventListener("change", function () {
    const map = planner.map, bounds = map.getBounds().pad(-0.05);
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(bounds, { animate: false });
    papers.concat(planner.names).forEach(function (paper) { paper.redraw(); });
    planner.drawLegend();
  });

  /** Rings of degrees as letters to a shape for the canvas. */
  planner.readShape = function (text, scale) { return geomap.canvas.shape(geomap.wire.rings(text, scale)); };

  /** Patches of a picture, loaded when the view meets them: `read(value)` once, `tell` after. */
  planner.Patches = function (prefix, list, read, tell) {
    this.prefix = prefix; this.read = read; this.tell = tell;
    this.list = list.map(function (patch) {
      const low = geomap.places.mercator(patch[0], patch[1]), high = geomap.places.mercator(patch[2], patch[3]);
      return { box: [low[0], high[1], high[0], low[1]], number: patch[4], held: null };
    });
  };
  /** What is there of the patches in view; the others are asked for. */
  planner.Patches.prototype.inView = function (view) {
    const own = this;
    return this.list.filter(function (patch) { return geomap.canvas.meets(patch.box, view.shares); }).map(function (patch) {
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
  const waiting = [];
  planner.track = function (promise) { waiting.push(promise); return promise; };
  planner.settled = function () {
    const all = waiting.splice(0);
    return all.length ? Promise.all(all).then(planner.settled) : Promise.resolve();
  };
})();
