/* The planners' map: district lines and names, service areas, stations. Areas and lines are
   Leaflet polygons on canvases; stations and names share one canvas of ours, so that tens of
   thousands cost one element. Nothing on a canvas is clickable by itself: a tap is looked up here. */
(function () {
  "use strict";
  var planner = geomap.planner, map, renderers = {};
  var ORDER = ["closed", "demand", "branch", "restricted", "planned", "rough", "exact"];
  var TAP = matchMedia("(pointer: coarse)").matches ? 22 : 12;
  planner.AREA_COLOURS = ["#1b6e4b", "#0b57b0", "#a34700", "#6b3fa0"];
  planner.shown = { exact: true, rough: true, planned: true, restricted: true, branch: true, demand: true,
    closed: false, rings: true };

  /** Flat differences to Leaflet's places; a ring or a line. */
  function unroll(flat, scale) {
    var x = 0, y = 0, places = [];
    for (var i = 0; i < flat.length; i += 2) {
      x += flat[i]; y += flat[i + 1];
      places.push([y / scale, x / scale]);
    }
    return places;
  }
  function unrollShape(shape, scale) {
    return shape.map(function (part) {
      return part.map(function (ring) { return unroll(ring, scale); });
    });
  }

  planner.startMap = function () {
    map = planner.map = geomap.startMap("map");
    [["districts", 300], ["areas", 320], ["roads", 340], ["chosen", 360], ["dots", 450]].forEach(function (pane) {
      map.createPane(pane[0]).classList.add("quiet-pane");
      map.getPane(pane[0]).style.zIndex = pane[1];
      renderers[pane[0]] = L.canvas({ pane: pane[0], padding: 0.3 });
    });
    drawDistricts();
    planner.dots = new Dots().addTo(map);
    map.on("click", tapped);
    map.on("mousemove", function (event) {
      if (planner.dots.world.length > 20000) { return; }
      map.getContainer().classList.toggle("over-dot", planner.dots.at(event.containerPoint).length > 0);
    });
  };

  /* Districts */
  var shapes = [], boxes = [], chosenLine = null;
  function drawDistricts() {
    var table = geomap.taken.districts;
    table.shapes.forEach(function (shape, row) {
      shapes[row] = unrollShape(shape, table.scale);
      boxes[row] = L.latLngBounds(shapes[row].map(function (part) { return L.latLngBounds(part[0]); }));
    });
    L.polygon(shapes, { renderer: renderers.districts, interactive: false, color: "#7b8798", weight: 1,
      fill: !map.hasTiles, fillColor: "#ffffff", fillOpacity: 1 }).addTo(map);
  }
  planner.chooseDistrictLine = function (row) {
    if (chosenLine) { chosenLine.remove(); chosenLine = null; }
    if (row < 0) { return; }
    chosenLine = L.polygon(shapes[row], { renderer: renderers.chosen, interactive: false, color: "#1c2430",
      weight: 3, fill: false }).addTo(map);
  };
  planner.showDistrict = function (row) {
    if (boxes[row].isValid()) { map.fitBounds(boxes[row], { padding: [24, 24], maxZoom: 15 }); }
  };
  function districtAt(place) {
    for (var row = 0; row < shapes.length; row++) {
      if (boxes[row].contains(place) && isInside(shapes[row], place)) { return row; }
    }
    return -1;
  }
  function isInside(parts, place) {
    var inside = false;
    parts.forEach(function (part) {
      part.forEach(function (ring) {
        for (var i = 0, j = ring.length - 1; i < ring.length; j = i++) {
          var a = ring[i], b = ring[j];
          if ((a[0] > place.lat) !== (b[0] > place.lat) &&
              place.lng < (b[1] - a[1]) * (place.lat - a[0]) / (b[0] - a[0]) + a[1]) { inside = !inside; }
        }
      });
    });
    return inside;
  }

  /* Service areas: loaded when first switched on; possible lies below certain. */
  var areas = {};
  planner.showAreas = function (envelope, coverage, isOn) {
    var name = "areas-" + envelope, group = areas[envelope + coverage];
    if (group) {
      if (isOn) { group.addTo(map); } else { group.remove(); }
      return Promise.resolve();
    }
    if (!isOn) { return Promise.resolve(); }
    return geomap.load("assets/facts/" + name + ".js").then(function () {
      group = areas[envelope + coverage] = L.layerGroup();
      drawAreas(geomap.taken[name], envelope, coverage, group);
      if (planner.wantsAreas(envelope, coverage)) { group.addTo(map); }
    });
  };
  function drawAreas(drawn, envelope, coverage, group) {
    var colour = planner.AREA_COLOURS[envelope % planner.AREA_COLOURS.length];
    drawn.areas.forEach(function (area) {
      if (area.coverage !== coverage) { return; }
      L.polygon(unrollShape(area.shape, drawn.scale), {
        renderer: renderers.areas, interactive: false, color: colour, fillColor: colour,
        weight: coverage === "certain" ? 1.5 : 1, dashArray: coverage === "certain" ? null : "5 5",
        fillOpacity: coverage === "certain" ? 0.28 : 0.1
      }).addTo(group);
    });
  }
  planner.drawRoads = function () {
    return geomap.load("assets/facts/roads.js").then(function () {
      var roads = geomap.taken.roads;
      roads.tiers.forEach(function (lines, tier) {
        L.polyline(lines.map(function (line) { return unroll(line, roads.scale); }), {
          renderer: renderers.roads, interactive: false, color: "#8a94a3",
          weight: 0.6 + 0.6 * tier, opacity: 0.8 }).addTo(map);
      });
    });
  };

  /* Stations and names on one canvas */
  var Dots = L.Layer.extend({
    initialize: function () { this.chosen = -1; },
    onAdd: function () {
      this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", map.getPane("dots"));
      this.canvas.setAttribute("aria-hidden", "true");
      this.measure();
      this.redraw();
      return this;
    },
    getEvents: function () {
      var often = this.world && this.world.length > 20000 ? {} : { move: this.later };
      return L.extend({ moveend: this.redraw, resize: this.redraw, viewreset: this.redraw }, often);
    },
    later: function () {
      if (this.frame) { return; }
      this.frame = L.Util.requestAnimFrame(function () { this.frame = null; this.redraw(); }, this);
    },
    /* Places at zoom 0, once: a redraw is then one multiplication and one subtraction each. */
    measure: function () {
      var stations = geomap.taken.stations, districts = geomap.taken.districts;
      this.world = stations.lon.map(function (lon, row) {
        return lon === null ? null : map.project([stations.lat[row], lon], 0);
      });
      this.names = districts.lon.map(function (lon, row) { return map.project([districts.lat[row], lon], 0); });
      this.rows = ORDER.map(function (layer) {
        var rows = [];
        stations.layer.forEach(function (one, row) { if (one === layer && this.world[row]) { rows.push(row); } }, this);
        return [layer, rows];
      }, this);
    },
    place: function (world) {
      var scale = Math.pow(2, map.getZoom()), origin = map.getPixelBounds().min;
      return [world.x * scale - origin.x, world.y * scale - origin.y];
    },
    redraw: function () {
      var size = map.getSize(), dense = window.devicePixelRatio || 1, canvas = this.canvas;
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
      if (canvas.width !== size.x * dense || canvas.height !== size.y * dense) {
        canvas.width = size.x * dense; canvas.height = size.y * dense;
        canvas.style.width = size.x + "px"; canvas.style.height = size.y + "px";
      }
      var pen = canvas.getContext("2d");
      pen.setTransform(dense, 0, 0, dense, 0, 0);
      pen.clearRect(0, 0, size.x, size.y);
      this.drawNames(pen, size);
      this.rows.forEach(function (pair) { if (planner.shown[pair[0]]) { this.drawRows(pen, size, pair[0], pair[1]); } }, this);
      if (this.chosen >= 0 && this.world[this.chosen]) { this.drawChosen(pen); }
    },
    drawRows: function (pen, size, layer, rows) {
      var share = this.world.length > 500 && map.getZoom() < 8 ? 0.6 : 1;
      var reach = planner.shown.rings && layer !== "exact" ? size.x + size.y : 12;
      for (var i = 0; i < rows.length; i++) {
        var at = this.place(this.world[rows[i]]);
        if (at[0] < -reach || at[1] < -reach || at[0] > size.x + reach || at[1] > size.y + reach) { continue; }
        if (layer === "rough" && planner.shown.rings) { this.drawRing(pen, at, rows[i]); }
        planner.drawSymbol(pen, layer, at[0], at[1], share);
      }
    },
    /* The radius that holds the true place with 95 %: drawn once it is larger than the symbol. */
    drawRing: function (pen, at, row) {
      var stations = geomap.taken.stations, metres = stations.uncertainty_m[row];
      if (!metres) { return; }
      var pixel = 40075016.686 * Math.cos(stations.lat[row] * Math.PI / 180) / (256 * Math.pow(2, map.getZoom()));
      var radius = metres / pixel;
      if (radius < 9 || radius > 4000) { return; }
      pen.save();
      pen.setLineDash([4, 4]);
      pen.lineWidth = 1;
      pen.strokeStyle = "rgba(179, 38, 30, 0.75)";
      pen.beginPath(); pen.arc(at[0], at[1], radius, 0, 2 * Math.PI); pen.stroke();
      pen.restore();
    },
    drawChosen: function (pen) {
      var at = this.place(this.world[this.chosen]), layer = geomap.taken.stations.layer[this.chosen];
      this.drawRing(pen, at, this.chosen);
      pen.lineWidth = 3; pen.strokeStyle = "#1c2430";
      pen.beginPath(); pen.arc(at[0], at[1], 12, 0, 2 * Math.PI); pen.stroke();
      planner.drawSymbol(pen, layer, at[0], at[1]);
    },
    /* Names of districts, those with stations first; one that would lie on another waits. */
    drawNames: function (pen, size) {
      var taken = [], names = geomap.taken.districts.columns;
      pen.font = "13px 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";
      pen.textAlign = "center"; pen.textBaseline = "middle";
      this.namesByWeight().forEach(function (row) {
        var at = this.place(this.names[row]), text = String(names.district[row] || "").slice(0, 12);
        if (at[0] < -40 || at[1] < -20 || at[0] > size.x + 40 || at[1] > size.y + 20) { return; }
        var width = this.widthOf(row);
        if (width < 30 && !names.station_count[row] && names.claimed_count[row] === null) { return; }
        if (width < 60) { at[1] += 17; }  // its stations would stand on the name
        var half = pen.measureText(text).width / 2 + 4, box = [at[0] - half, at[1] - 10, at[0] + half, at[1] + 10];
        if (taken.some(function (other) {
          return box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1];
        })) { return; }
        taken.push(box);
        pen.lineWidth = 3; pen.strokeStyle = "rgba(255, 255, 255, 0.9)"; pen.strokeText(text, at[0], at[1]);
        pen.fillStyle = "#3b4656"; pen.fillText(text, at[0], at[1]);
      }, this);
    },
    widthOf: function (row) {
      if (!boxes[row].isValid()) { return 0; }
      return (boxes[row].getEast() - boxes[row].getWest()) * Math.pow(2, map.getZoom()) * 256 / 360;
    },
    namesByWeight: function () {
      if (!this.weighed) {
        var counts = geomap.taken.districts.columns.station_count;
        this.weighed = counts.map(function (count, row) { return row; })
          .sort(function (a, b) { return (counts[b] || 0) - (counts[a] || 0) || a - b; });
      }
      return this.weighed;
    },
    /** Rows of the stations under a point of the map's box, the nearest first. */
    at: function (point) {
      var found = [];
      this.rows.forEach(function (pair) {
        if (!planner.shown[pair[0]]) { return; }
        pair[1].forEach(function (row) {
          var at = this.place(this.world[row]), far = Math.hypot(at[0] - point.x, at[1] - point.y);
          if (far <= TAP) { found.push([far, row]); }
        }, this);
      }, this);
      return found.sort(function (a, b) { return a[0] - b[0]; }).map(function (pair) { return pair[1]; });
    }
  });

  /* Symbols differ in form as well as in colour. */
  var LOOKS = {
    exact: { fill: "#b3261e", line: "#ffffff", form: "disc" },
    rough: { fill: "#ffffff", line: "#b3261e", form: "disc" },
    planned: { fill: "#ffffff", line: "#6b3fa0", form: "diamond" },
    restricted: { fill: "#5b6470", line: "#ffffff", form: "triangle" },
    branch: { fill: "#0b57b0", line: "#ffffff", form: "square" },
    demand: { fill: "#ffd27a", line: "#5c3b00", form: "square" },
    closed: { fill: "none", line: "#5b6470", form: "cross" }
  };
  planner.drawSymbol = function (pen, layer, x, y, share) {
    var look = LOOKS[layer], r = 6;
    pen.save();
    pen.translate(x, y);
    pen.scale(share || 1, share || 1);
    x = y = 0;
    pen.setLineDash([]);
    pen.lineWidth = layer === "rough" || layer === "planned" || layer === "closed" ? 2.5 : 1.5;
    pen.strokeStyle = look.line; pen.fillStyle = look.fill;
    pen.beginPath();
    if (look.form === "disc") { pen.arc(x, y, r, 0, 2 * Math.PI); }
    if (look.form === "square") { pen.rect(x - 5, y - 5, 10, 10); }
    if (look.form === "diamond") { pen.moveTo(x, y - 8); pen.lineTo(x + 8, y); pen.lineTo(x, y + 8); pen.lineTo(x - 8, y); pen.closePath(); }
    if (look.form === "triangle") { pen.moveTo(x, y - 7); pen.lineTo(x + 7, y + 6); pen.lineTo(x - 7, y + 6); pen.closePath(); }
    if (look.form === "cross") { pen.moveTo(x - 5, y - 5); pen.lineTo(x + 5, y + 5); pen.moveTo(x + 5, y - 5); pen.lineTo(x - 5, y + 5); }
    if (look.fill !== "none") { pen.fill(); }
    pen.stroke();
    pen.restore();
  };

  planner.showStation = function (row) {
    var stations = geomap.taken.stations;
    if (stations.lon[row] === null) { return; }
    var far = stations.uncertainty_m[row] || 0;
    map.setView([stations.lat[row], stations.lon[row]], far > 20000 ? 9 : far > 3000 ? 11 : far > 600 ? 13 : 15);
  };

  function tapped(event) {
    var rows = planner.dots.at(event.containerPoint);
    if (rows.length) { planner.choose({ stations: rows.slice(0, 30) }, true); return; }
    var row = districtAt(event.latlng);
    planner.choose(row < 0 ? null : { district: row }, true);
  }
})();
