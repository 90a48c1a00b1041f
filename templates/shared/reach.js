/* Who reaches the nearest of several stations, and how far the ride is, along all streets of a city
   at once: one search against the traffic (see paths.js). */
(function (g) {
  "use strict";
  const RIDE = 3, NEAR_M = 5, END_DM = 3;

  function isRidden(square, i) { return (square.code[i] & RIDE) > 0; }
  function cost(own, i, way, dm) { return g.paths.cost(own.code[i], way, dm, Infinity); }

  /** The streets of these squares as one network. */
  function Network(squares) {
    const graph = g.paths.Graph(Infinity, true);
    squares.forEach(graph.add);
    const own = { graph: graph, tail: new Int32Array(graph.streets), head: new Int32Array(graph.streets),
      dm: new Int32Array(graph.streets), code: new Uint8Array(graph.streets) };
    graph.slots.forEach(function (slot) {
      const square = slot.square;
      for (let i = 0, n = slot.street; i < square.code.length; i++, n++) {
        own.tail[n] = slot.node + Math.max(0, square.tail[i]);
        own.head[n] = slot.node + Math.max(0, square.head[i]);
        own.dm[n] = square.dm[i];
        own.code[n] = square.code[i] & RIDE;
      }
    });
    own.part = parts(own);
    return own;
  }

  /* Metres of street in the connected part of each street. */
  function parts(own) {
    const root = Int32Array.from({ length: own.graph.nodes }, function (_, i) { return i; }), metres = new Float64Array(root.length);
    function find(node) {
      while (root[node] !== node) { node = root[node] = root[root[node]]; }
      return node;
    }
    own.code.forEach(function (code, i) { if (code) { root[find(own.tail[i])] = find(own.head[i]); } });
    own.graph.twin.forEach(function (twin, node) { if (twin >= 0) { root[find(twin)] = find(node); } });
    own.code.forEach(function (code, i) { if (code) { metres[find(own.tail[i])] += own.dm[i] / 10; } });
    return Float64Array.from(own.tail, function (node) { return metres[find(node)]; });
  }

  /** A foot of snap.js as { street, at } of the network. */
  function footOf(own, foot) {
    if (!foot) { return null; }
    return { street: own.graph.at(foot.square.x, foot.square.y).street + foot.street, at: Math.round(foot.at) };
  }

  /** Where a place meets its nearest street that is ridden; of a part shorter than `stub` metres only where there is no other. */
  function attach(own, lon, lat, most, stub) {
    function nearest(keep) {
      let best = null;
      g.snap.around(g.squares.near, lon, lat, most).forEach(function (at) {
        const slot = own.graph.at(at[0], at[1]);
        if (slot) { best = g.snap.nearest(slot.square, lon, lat, best, most, keep); }
      });
      return footOf(own, best);
    }
    const foot = nearest(isRidden);
    if (!foot || !(own.part[foot.street] < stub)) { return foot; }
    return nearest(function (square, i) {
      return isRidden(square, i) && own.part[own.graph.at(square.x, square.y).street + i] >= stub;
    }) || foot;
  }

  /** The street on which a known foot lies; degrees are known to a decimetre, so what is that near an
      end is the junction. */
  function locate(own, lon, lat) {
    const foot = isNaN(lon) ? null : attach(own, lon, lat, NEAR_M, 0);
    if (foot && foot.at <= END_DM) { foot.at = 0; }
    if (foot && foot.at >= own.dm[foot.street] - END_DM) { foot.at = own.dm[foot.street]; }
    return foot;
  }

  /** Decimetres of riding from each node to the nearest of the feet, as far as `limit`; and to those of
      a search before, of which all still hold. */
  function search(own, feet, limit, before) {
    const found = g.paths.Search(own.graph, limit, before && before.far);
    feet.forEach(function (foot) {
      found.reach(own.tail[foot.street], cost(own, foot.street, 0, foot.at));
      found.reach(own.head[foot.street], cost(own, foot.street, 1, own.dm[foot.street] - foot.at));
    });
    found.run();
    return Object.assign({ far: found.far }, settle(own, feet, before));
  }

  /* The feet on each street, and which streets have one. */
  function settle(own, feet, before) {
    const on = new Map(before ? before.on : []), marks = new Uint8Array(own.code.length);
    feet.forEach(function (foot) { on.set(foot.street, (on.get(foot.street) || []).concat(foot.at)); });
    on.forEach(function (_, street) { marks[street] = 1; });
    return { on: on, marks: marks };
  }

  /** Decimetres of riding from a place on a street. */
  function dmFrom(own, found, street, at) {
    const code = own.code[street];
    let least = Math.min(cost(own, street, 0, own.dm[street] - at) + found.far[own.head[street]],
      cost(own, street, 1, at) + found.far[own.tail[street]]);
    if (found.marks[street]) {
      found.on.get(street).forEach(function (there) {
        if (there === at || code & (there > at ? 1 : 2)) { least = Math.min(least, Math.abs(there - at)); }
      });
    }
    return least;
  }

  /** Decimetres of a street from which a station is reached within `limit` decimetres. */
  function reachedOn(own, found, i, limit) {
    const code = own.code[i];
    const ahead = code & 1 ? Math.max(0, limit - found.far[own.head[i]]) : 0;
    const behind = code & 2 ? Math.max(0, limit - found.far[own.tail[i]]) : 0;
    return found.marks[i] ? union(own, found, i, limit, ahead, behind) : Math.min(own.dm[i], ahead + behind);
  }
  function union(own, found, i, limit, ahead, behind) {
    const long = own.dm[i], spans = [[long - ahead, long], [0, behind]];
    found.on.get(i).forEach(function (at) {
      spans.push([own.code[i] & 1 ? at - limit : at, own.code[i] & 2 ? at + limit : at]);
    });
    let sum = 0, end = 0;
    spans.sort(function (a, b) { return a[0] - b[0]; }).forEach(function (span) {
      const to = Math.min(long, span[1]);
      sum += Math.max(0, to - Math.max(end, span[0]));
      end = Math.max(end, to);
    });
    return sum;
  }

  /** Streets, ascending, on which two searches may differ; beside none, those of which some part is reached. */
  function changed(own, one, other) {
    const streets = [], tail = own.tail, head = own.head;
    for (let i = 0; i < tail.length; i++) {
      if (one.far[tail[i]] === other.far[tail[i]] && one.far[head[i]] === other.far[head[i]] && !one.marks[i] && !other.marks[i]) { continue; }
      if (own.code[i]) { streets.push(i); }
    }
    return streets;
  }

  /** Whether the middle of a street is reached within `limit` decimetres. */
  function isLit(own, found, street, limit) { return dmFrom(own, found, street, own.dm[street] >> 1) <= limit; }

  /** Streets, ascending, whose middle is within each of these limits (decimetres, rising) and no nearer one. */
  function bands(own, feet, limits) {
    const found = search(own, feet, limits[limits.length - 1]), steps = limits.map(function () { return []; });
    for (let street = 0; street < own.code.length; street++) {
      if (!own.code[street]) { continue; }
      const far = dmFrom(own, found, street, own.dm[street] >> 1), step = limits.findIndex(function (limit) { return far <= limit; });
      if (step >= 0) { steps[step].push(street); }
    }
    return steps;
  }

  /** Add those of some streets, ascending, that are in view to the pen's path. */
  function trace(own, streets, pen, view) {
    let n = 0;
    own.graph.slots.forEach(function (slot) {
      const square = slot.square, end = slot.street + square.code.length, first = n;
      while (n < streets.length && streets[n] < end) { n += 1; }
      if (n === first) { return; }
      const all = Math.pow(2, square.level.zoom), part = view.scale / all / square.level.parts;
      const left = square.x / all * view.scale - view.left, top = square.y / all * view.scale - view.top;
      if (!g.canvas.meets([left, top, left + view.scale / all, top + view.scale / all], [0, 0, view.width, view.height])) { return; }
      streets.slice(first, n).forEach(function (street) {
        const i = street - slot.street;
        for (let k = square.start[i]; k < square.start[i + 1]; k++) {
          pen[k === square.start[i] ? "moveTo" : "lineTo"](left + square.vx[k] * part, top + square.vy[k] * part);
        }
      });
    });
  }

  g.reach = { Network: Network, attach: attach, locate: locate, search: search, dmFrom: dmFrom, reachedOn: reachedOn, changed: changed, isLit: isLit, bands: bands, trace: trace };
})(window.geomap);
