/* Names on a map: none upon another or under a symbol, streets' along the street, all upright. They
   are placed in the order of their rank and painted a few a frame, once the map rests. */
(function (g) {
  "use strict";
  const REST_MS = 60, MOST = 600, BUDGET_MS = 5, PAINTED_A_FRAME = 12, CELL = 64, GAP = 2, AGAIN_PX = 240, REPEAT_PX = 700, TRIES = 7, STEEP = 0.4 * Math.PI, BENT_PX = 4;
  const FONT = "px \"PingFang SC\", \"Microsoft YaHei\", \"Noto Sans CJK SC\", sans-serif", WIDE = /^[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]+$/;
  const LINE_LETTERS = 18, LINE_SIGNS = 9, MOST_ROWS = 3, DOT_PX = 4, BESIDE_PX = [20, 32, 44], OVER_MAP = ".leaflet-control, .legend, .credit, #map-key", widths = new Map(), ruler = document.createElement("canvas").getContext("2d");

  function fontOf(look) { return (look.bold ? "bold " : "") + look.size + FONT; }

  /** Pixels that a text is wide; a Chinese one is as wide as its characters. */
  function widthOf(text, look) {
    if (WIDE.test(text)) { return text.length * look.size; }
    const font = fontOf(look), key = font + text;
    if (!widths.has(key)) {
      ruler.font = font;
      widths.set(key, ruler.measureText(text).width);
    }
    return widths.get(key);
  }

  /** A long name in two or three lines of about one length, broken between words. */
  function split(text) {
    const isWide = WIDE.test(text), rows = Math.min(MOST_ROWS, Math.ceil(text.length / (isWide ? LINE_SIGNS : LINE_LETTERS)));
    const each = Math.ceil(text.length / rows);
    if (isWide) {
      return Array.from({ length: rows }, function (_, n) { return text.slice(n * each, (n + 1) * each); });
    }
    return text.split(" ").reduce(function (lines, word) {
      const last = lines[lines.length - 1];
      if (last && last.length + word.length / 2 < each) { lines[lines.length - 1] = last + " " + word; } else { lines.push(word); }
      return lines;
    }, []);
  }

  /** What is taken: boxes [west, north, east, south] in pixels, found again by cells; names by their text. */
  function Room(width, height) {
    const cells = new Map(), said = new Map();
    function each(box, tell) {
      for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++) {
        for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) { if (tell(x + y * 4096)) { return true; } }
      }
      return false;
    }
    function take(box) { each(box, function (cell) { if (cells.has(cell)) { cells.get(cell).push(box); } else { cells.set(cell, [box]); } }); }
    function isFree(box) {
      return box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height && !each(box, function (cell) {
        return (cells.get(cell) || []).some(function (other) { return g.canvas.meets(box, other); });
      });
    }
    function isSaid(text, x, y) {
      return (said.get(text) || []).some(function (at) { return Math.hypot(at[0] - x, at[1] - y) < AGAIN_PX; });
    }
    function keep(one, text, x, y) {
      one.boxes.forEach(take);
      said.set(text, (said.get(text) || []).concat([[x, y]]));
      return one;
    }
    return { take: take, isFree: isFree, isSaid: isSaid, keep: keep };
  }

  function square(x, y, half) { return [x - half, y - half, x + half, y + half]; }

  /** A name at a point, or beside it where that is taken, an area's name farther off, too, for
      symbols stand in its middle; null where there is no room. */
  function placePoint(name, room) {
    const look = name.look, lines = split(name.text), high = look.size + 3, away = look.dot ? DOT_PX + 1 : 0;
    const half = Math.max.apply(null, lines.map(function (line) { return widthOf(line, look); })) / 2 + GAP, up = lines.length * high / 2 + GAP;
    const tries = look.dot ? [] : [[0, 0]];
    [away].concat(look.isArea ? BESIDE_PX : []).forEach(function (off) { tries.push([0, up + off], [0, -up - off], [half + off + 1, 0], [-half - off - 1, 0]); });
    const dot = look.dot ? square(name.x, name.y, DOT_PX) : null;
    if (dot && !room.isFree(dot)) { return null; }
    for (const shift of tries) {
      const x = name.x + shift[0], y = name.y + shift[1], box = [x - half, y - up, x + half, y + up];
      if (room.isFree(box)) {
        return { name: name, angle: 0, boxes: dot ? [box, dot] : [box], dot: dot && [name.x, name.y], rows: lines.map(function (line, n) {
          return [line, x, y + (n - (lines.length - 1) / 2) * high];
        }) };
      }
    }
    return null;
  }

  /** The place `at` pixels along a course of flat pixels, whose lengths from its begin are known. */
  function pointAt(course, far, at) {
    let low = 0, high = far.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (far[middle] <= at) { low = middle; } else { high = middle; }
    }
    const share = far[high] > far[low] ? (at - far[low]) / (far[high] - far[low]) : 0;
    return [course[2 * low] + share * (course[2 * high] - course[2 * low]), course[2 * low + 1] + share * (course[2 * high + 1] - course[2 * low + 1]), low];
  }

  /** Names along a course, one every few hundred pixels, where it is straight enough. */
  function placeAlong(name, room) {
    const course = name.course, far = [0], text = name.text, wide = widthOf(text, name.look) + 2 * GAP, placed = [];
    for (let i = 2; i < course.length; i += 2) { far.push(far[far.length - 1] + Math.hypot(course[i] - course[i - 2], course[i + 1] - course[i - 1])); }
    const long = far[far.length - 1], count = Math.max(1, Math.round(long / REPEAT_PX));
    if (long < wide) { return placed; }
    for (let n = 0; n < count; n++) {
      for (let k = 0; k < TRIES; k++) {
        const at = (n + 0.5) * long / count + (k % 2 ? 1 : -1) * Math.ceil(k / 2) * wide / 3;
        const one = at < wide / 2 || at > long - wide / 2 ? null : layAlong(name, course, far, at, wide, room);
        if (one) {
          placed.push(room.keep(one, text, one.x, one.y));
          break;
        }
      }
    }
    return placed;
  }
  function layAlong(name, course, far, at, wide, room) {
    const from = pointAt(course, far, at - wide / 2), to = pointAt(course, far, at + wide / 2);
    const x = (from[0] + to[0]) / 2, y = (from[1] + to[1]) / 2, chord = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (chord < wide * 0.95 || room.isSaid(name.text, x, y)) { return null; }
    for (let i = from[2] + 1; i <= to[2]; i++) {
      const off = (course[2 * i] - from[0]) * (to[1] - from[1]) - (course[2 * i + 1] - from[1]) * (to[0] - from[0]);
      if (Math.abs(off) / chord > BENT_PX) { return null; }
    }
    let angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    if (angle > Math.PI / 2) { angle -= Math.PI; } else if (angle <= -Math.PI / 2) { angle += Math.PI; }
    return lay(name, x, y, angle, wide, room);
  }
  /* Chinese along a steep street stands upright, sign below sign. */
  function lay(name, x, y, angle, wide, room) {
    const size = name.look.size, isStacked = WIDE.test(name.text) && Math.abs(angle) > STEEP, down = isStacked && angle < 0 ? -1 : 1;
    const signs = isStacked ? Array.from(name.text) : null, steps = signs ? signs.length : Math.ceil(wide / size), boxes = [], rows = [];
    const half = (signs ? size : size * (Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle)))) / 2 + GAP;
    for (let n = 0; n < steps; n++) {
      const off = signs ? (n - (steps - 1) / 2) * size * down : (n + 0.5 - steps / 2) * wide / steps;
      const left = x + off * Math.cos(angle), top = y + off * Math.sin(angle);
      boxes.push(square(left, top, half));
      if (signs) { rows.push([signs[n], left, top]); }
    }
    if (!boxes.every(room.isFree)) { return null; }
    return { name: name, x: x, y: y, angle: signs ? 0 : angle, boxes: boxes, dot: null, rows: signs ? rows : [[name.text, x, y]] };
  }

  /** Place names in their order; what is `reserved` (boxes of symbols) stays free. A generator: whoever
      runs it may rest between two names. */
  function* place(names, reserved, width, height) {
    const room = Room(width, height), placed = [];
    reserved.forEach(room.take);
    for (const name of names) {
      if (name.course) { placed.push.apply(placed, placeAlong(name, room)); }
      else if (!room.isSaid(name.text, name.x, name.y)) {
        const one = placePoint(name, room);
        if (one) { placed.push(room.keep(one, name.text, name.x, name.y)); }
      }
      yield 0;
    }
    return placed;
  }

  function inOrder(names) {
    return names.sort(function (a, b) {
      return a.rank - b.rank || (b.weight || 0) - (a.weight || 0) || (a.text < b.text ? -1 : a.text > b.text ? 1 : a.x - b.x || a.y - b.y);
    }).slice(0, MOST);
  }

  /** What lies over the map, and the map's own edges: no name is half under them, or half seen. */
  function edges(map, view) {
    const home = map.getContainer().getBoundingClientRect(), corner = map.containerPointToLayerPoint([0, 0]).subtract(view.corner);
    const west = corner.x, north = corner.y, east = west + home.width, south = north + home.height;
    const over = Array.from(map.getContainer().parentNode.querySelectorAll(OVER_MAP), function (node) {
      const at = node.getBoundingClientRect(), x = west - home.left, y = north - home.top;
      return [at.left + x, at.top + y, at.right + x, at.bottom + y];
    });
    return over.concat([[west, north, west, south], [east, north, east, south], [west, north, east, north], [west, south, east, south]]);
  }

  function paint(pen, one) {
    const look = one.name.look, font = fontOf(look), dark = g.canvas.isDark() ? 1 : 0;
    if (pen.font !== font) { pen.font = font; }
    pen.strokeStyle = dark ? "#10151c" : "#ffffff";
    pen.fillStyle = look.colours[dark];
    if (one.dot) {
      pen.beginPath();
      pen.arc(one.dot[0], one.dot[1], 2.5, 0, 2 * Math.PI);
      pen.stroke();
      pen.fill();
    }
    one.rows.forEach(function (row) {
      pen.save();
      pen.translate(row[1], row[2]);
      pen.rotate(one.angle);
      pen.strokeText(row[0], 0, 0);
      pen.fillText(row[0], 0, 0);
      pen.restore();
    });
  }

  /**
   * Names over a map, on a sheet of their own: `collect(view)` yields while it looks and returns
   * { names, reserved }; of two names the one of less rank, or more weight, comes first. Where the map has moved the sheet stays until the next one is painted.
   */
  function Layer(map, pane, collect) {
    const sheets = [0, 1].map(function () { return g.canvas.make(map.getPane(pane), "names leaflet-zoom-animated"); }), own = { placed: [], reserved: [], isResting: false };
    let shown = null, timer = 0, frame = 0, work = null;

    function* draw() {
      const view = g.canvas.viewOf(map), sheet = sheets[shown && shown.sheet === sheets[0] ? 1 : 0];
      const found = yield* collect(view), reserved = found.reserved.concat(edges(map, view)), placed = yield* place(inOrder(found.names), reserved, view.width, view.height);
      sheet.style.visibility = "hidden";
      let pen = null;
      g.canvas.paint(sheet, view, function (made) { pen = made; });
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.lineJoin = "round";
      pen.lineWidth = 3;
      for (const one of placed) {
        paint(pen, one);
        yield 1;
      }
      L.DomUtil.setPosition(sheet, view.corner);
      sheet.style.visibility = "";
      if (shown) { shown.sheet.style.visibility = "hidden"; }
      shown = { sheet: sheet, view: view };
      Object.assign(own, { placed: placed, reserved: reserved, isResting: true });
    }

    function step() {
      const end = performance.now() + BUDGET_MS;
      let painted = 0, isDone = false;
      while (!isDone && painted < PAINTED_A_FRAME && performance.now() < end) {
        const next = work.next();
        isDone = next.done;
        painted += next.value || 0;
      }
      frame = isDone ? 0 : requestAnimationFrame(step);
    }
    /** Begin anew, once nothing asks for it any more. */
    function later() {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      own.isResting = false;
      timer = setTimeout(function () {
        work = draw();
        frame = requestAnimationFrame(step);
      }, REST_MS);
    }
    /** All at once, for paper. */
    function redraw() {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      work = draw();
      while (!work.next().done) { /* on to the end */ }
    }
    function hide() {
      if (shown && shown.view.zoom !== map.getZoom()) { shown.sheet.style.visibility = "hidden"; }
    }
    map.on("zoomanim", function (event) {
      if (!shown) { return; }
      const corner = map.layerPointToLatLng(shown.view.corner);
      L.DomUtil.setTransform(shown.sheet, map._latLngToNewLayerPoint(corner, event.zoom, event.center), map.getZoomScale(event.zoom, shown.view.zoom));
    }).on("zoomend viewreset", hide).on("moveend zoomend resize viewreset", later);
    g.onLanguage(later);
    return Object.assign(own, { later: later, redraw: redraw });
  }

  g.labels = { Layer: Layer, place: place };
})(window.geomap);
