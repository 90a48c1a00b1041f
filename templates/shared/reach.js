/* Who reaches the nearest of several stations, and how far the ride is, along all streets of a city
   at once: one search against the traffic, in buckets of a decimetre (Dial). */
(function (g) {
  "use strict";
  const RIDE = 3, FAR = 1e9, NEAR_M = 5, END_DM = 3;

  function key(x, y) { return x * 67108864 + y; }
  function isRidden(square, i) { return (square.code[i] & RIDE) > 0; }

  /** The streets of these squares as one network: nodes and streets numbered through. */
  function Network(squares) {
    const slots = new Map(), ends = [[], []], dm = [], code = [];
    let nodes = 0;
    squares.forEach(function (square) {
      slots.set(key(square.x, square.y), { square: square, node: nodes, street: code.length });
      for (let i = 0; i < square.code.length; i++) {
        ends[0].push(nodes + Math.max(0, square.tail[i]));
        ends[1].push(nodes + Math.max(0, square.head[i]));
        dm.push(square.dm[i]);
        code.push(square.code[i] & RIDE);
      }
      nodes += square.nodes;
    });
    const own = { slots: slots, nodes: nodes, tail: Int32Array.from(ends[0]), head: Int32Array.from(ends[1]),
      dm: Int32Array.from(dm), code: Uint8Array.from(code) };
    link(own);
    own.part = parts(own);
    return own;
  }

  /* From where each node is reached; a cut is its neighbour's, too. */
  function link(own) {
    const twin = new Int32Array(own.nodes).fill(-1), start = new Int32Array(own.nodes + 2);
    own.slots.forEach(function (slot) {
      g.squares.WAYS.forEach(function (way, n) {
        const there = own.slots.get(key(slot.square.x + way[0], slot.square.y + way[1]));
        for (let node = slot.square.cuts[n]; there && node < slot.square.cuts[n + 1]; node++) {
          twin[slot.node + node] = there.node + there.square.cuts[7 - n] + node - slot.square.cuts[n];
        }
      });
    });
    function each(take) {
      for (let i = 0; i < own.code.length; i++) {
        if (own.code[i] & 1) { take(own.head[i], own.tail[i], own.dm[i]); }
        if (own.code[i] & 2) { take(own.tail[i], own.head[i], own.dm[i]); }
      }
      for (let node = 0; node < own.nodes; node++) { if (twin[node] >= 0) { take(node, twin[node], 0); } }
    }
    each(function (node) { start[node + 2] += 1; });
    for (let i = 2; i < start.length; i++) { start[i] += start[i - 1]; }
    own.from = new Int32Array(start[start.length - 1]);
    own.cost = new Int32Array(own.from.length);
    each(function (node, other, dm) {
      const k = start[node + 1]++;
      own.from[k] = other;
      own.cost[k] = dm;
    });
    own.start = start;
  }

  /* Metres of street in the connected part of each street. */
  function parts(own) {
    const root = Int32Array.from({ length: own.nodes }, function (_, i) { return i; }), metres = new Float64Array(own.nodes);
    function find(node) {
      while (root[node] !== node) { node = root[node] = root[root[node]]; }
      return node;
    }
    for (let node = 0; node < own.nodes; node++) {
      for (let k = own.start[node]; k < own.start[node + 1]; k++) { root[find(own.from[k])] = find(node); }
    }
    own.code.forEach(function (code, i) { if (code) { metres[find(own.tail[i])] += own.dm[i] / 10; } });
    return Float64Array.from(own.tail, function (node) { return metres[find(node)]; });
  }

  /** A foot of snap.js as { street, at } of the network. */
  function footOf(own, foot) {
    if (!foot) { return null; }
    return { street: own.slots.get(key(foot.square.x, foot.square.y)).street + foot.street, at: Math.round(foot.at) };
  }

  /** Where a place meets its nearest street that is ridden; of a part shorter than `stub` metres only where there is no other. */
  function attach(own, lon, lat, most, stub) {
    function nearest(keep) {
      let best = null;
      g.snap.around(g.squares.near, lon, lat, most).forEach(function (at) {
        const slot = own.slots.get(key(at[0], at[1]));
        if (slot) { best = g.snap.nearest(slot.square, lon, lat, best, most, keep); }
      });
      return footOf(own, best);
    }
    const foot = nearest(isRidden);
    if (!foot || !(own.part[foot.street] < stub)) { return foot; }
    return nearest(function (square, i) {
      return isRidden(square, i) && own.part[own.slots.get(key(square.x, square.y)).street + i] >= stub;
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
    const far = before ? before.far.slice() : new Int32Array(own.nodes).fill(FAR), heads = new Int32Array(limit + 1).fill(-1);
    const items = new Int32Array(own.from.length + 2 * feet.length), next = new Int32Array(items.length);
    let pushed = 0;
    function reach(node, dm) {
      if (dm > limit || dm >= far[node]) { return; }
      far[node] = dm;
      items[pushed] = node;
      next[pushed] = heads[dm];
      heads[dm] = pushed++;
    }
    feet.forEach(function (foot) {
      const code = own.code[foot.street], rest = own.dm[foot.street] - foot.at;
      if (code & 1 || foot.at <= 0) { reach(own.tail[foot.street], foot.at); }
      if (code & 2 || rest <= 0) { reach(own.head[foot.street], rest); }
    });
    for (let dm = 0; dm <= limit; dm++) {
      while (heads[dm] >= 0) {
        const item = heads[dm], node = items[item];
        heads[dm] = next[item];
        if (far[node] < dm) { continue; }
        for (let k = own.start[node]; k < own.start[node + 1]; k++) { reach(own.from[k], dm + own.cost[k]); }
      }
    }
    return Object.assign({ far: far }, settle(own, feet, before));
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
    const code = own.code[street], rest = own.dm[street] - at;
    let least = FAR;
    if (code & 1 || rest <= 0) { least = rest + found.far[own.head[street]]; }
    if (code & 2 || at <= 0) { least = Math.min(least, at + found.far[own.tail[street]]); }
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

  /** Add those of some streets, ascending, that are in view to the pen's path. */
  function trace(own, streets, pen, view) {
    let n = 0;
    own.slots.forEach(function (slot) {
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

  g.reach = { Network: Network, attach: attach, locate: locate, search: search, dmFrom: dmFrom, reachedOn: reachedOn, changed: changed, isLit: isLit, trace: trace };
})(window.geomap);
