/* The one search by time along streets that both pages use: the rider's ways, and who reaches a
   station. Costs are decimetres of riding; one pushed costs what it takes longer. Nodes are settled
   in the order of their costs, in buckets of a decimetre (Dijkstra, Dial). */
(function (g) {
  "use strict";
  const RIDE = [1, 2], FOOT = 4;

  /** What `dm` decimetres of a street cost, forward (0) or backward (1), where one pushed costs `push`
      ridden ones (Infinity: nobody pushes). */
  function cost(code, way, dm, push) { return dm <= 0 ? 0 : dm * slow(code, way, push); }
  function slow(code, way, push) { return code & RIDE[way] ? 1 : code & FOOT ? push : Infinity; }

  /**
   * Which nodes of a square follow each node, after what cost, by which street (twice its number, and
   * one more against its drawn direction); `back`: from which nodes each is reached. Kept with it.
   */
  function arcs(square, push, back) {
    const name = back ? "before" : "after", ends = [square.tail, square.head];
    if (square[name]) { return square[name]; }
    const start = new Int32Array(square.nodes + 2);
    function each(take) {
      for (let i = 0; i < square.code.length; i++) {
        for (let way = 0; way < 2; way++) {
          const times = slow(square.code[i], way, push);
          if (times < Infinity) { take(ends[back ? 1 - way : way][i], ends[back ? way : 1 - way][i], square.dm[i] * times, 2 * i + way); }
        }
      }
    }
    each(function (node) { start[node + 2] += 1; });
    for (let i = 2; i < start.length; i++) { start[i] += start[i - 1]; }
    const n = start[start.length - 1], found = { start: start, to: new Int32Array(n), cost: new Float64Array(n), by: new Int32Array(n) };
    each(function (node, other, dm, by) {
      const k = start[node + 1]++;
      found.to[k] = other;
      found.cost[k] = dm;
      found.by[k] = by;
    });
    square[name] = found;
    return found;
  }

  /** An array with room for `n`; `value` where nothing was. */
  function room(array, n, value) {
    if (array.length >= n) { return array; }
    const more = new array.constructor(Math.max(n, 2 * array.length)).fill(value);
    more.set(array);
    return more;
  }

  /** Squares as one network, to which more may be added: nodes and streets numbered through, and at
      each cut the same node of the neighbour (`twin`; -1: not there, or no cut). */
  function Graph(push, back) {
    const byPlace = new Map(), own = { push: push, back: back, slots: [], nodes: 0, streets: 0, twin: new Int32Array(0) };
    let home = new Int32Array(0);

    own.at = function (x, y) { return byPlace.get(x * 67108864 + y); };
    own.slotOf = function (node) { return own.slots[home[node]]; };
    own.add = function (square) {
      const slot = { square: square, node: own.nodes, street: own.streets, next: arcs(square, push, back) };
      own.nodes += square.nodes;
      own.streets += square.code.length;
      home = room(home, own.nodes, 0).fill(own.slots.length, slot.node, own.nodes);
      own.twin = room(own.twin, own.nodes, -1);
      own.slots.push(slot);
      byPlace.set(square.x * 67108864 + square.y, slot);
      g.squares.WAYS.forEach(function (way, n) {
        const there = own.at(square.x + way[0], square.y + way[1]);
        for (let node = square.cuts[n]; there && node < square.cuts[n + 1]; node++) {
          const twin = there.node + there.square.cuts[7 - n] + node - square.cuts[n];
          own.twin[slot.node + node] = twin;
          own.twin[twin] = slot.node + node;
        }
      });
      return slot;
    };
    return own;
  }

  /**
   * A search over a graph as far as `limit`, on from the costs (`far`) of one before of which all still
   * hold. `reach` says where it begins; `run` settles nodes, and asks `stop(node, least)` before each:
   * true ends it there, and the next run begins with that node.
   */
  function Search(graph, limit, before, isTraced) {
    const heads = new Int32Array(limit + 1).fill(-1), own = { isBeyond: false };
    let costs = before ? before.slice() : new Float64Array(0), froms = new Int32Array(0), bys = froms;
    let items = new Int32Array(1024), next = new Int32Array(1024), pushed = 0, bucket = 0;

    function grow() {
      costs = own.far = room(costs, graph.nodes, Infinity);
      if (!isTraced) { return; }
      froms = own.from = room(froms, graph.nodes, -1);
      bys = own.by = room(bys, graph.nodes, -1);
    }

    /* From where and by which street a node is reached best is kept, to draw the way. */
    function reach(node, dm, from, by) {
      if (dm > limit) { own.isBeyond = own.isBeyond || dm < Infinity; return; }
      if (dm >= costs[node]) { return; }
      costs[node] = dm;
      if (isTraced) { froms[node] = from; bys[node] = by; }
      if (pushed === items.length) {
        items = room(items, pushed + 1, 0);
        next = room(next, pushed + 1, 0);
      }
      const key = Math.floor(dm);
      items[pushed] = node;
      next[pushed] = heads[key];
      heads[key] = pushed++;
    }

    /** No node that is not settled costs less; Infinity: all are. */
    own.least = function () {
      while (bucket <= limit && heads[bucket] < 0) { bucket += 1; }
      return bucket <= limit ? bucket : Infinity;
    };
    own.reach = function (node, dm, from, by) {
      grow();
      reach(node, dm, from, by);
    };
    own.run = function (stop) {
      grow();
      while (own.least() < Infinity) {
        const item = heads[bucket], node = items[item], dm = costs[node], isStale = dm < bucket;
        if (!isStale && stop && stop(node, bucket)) { return; }
        heads[bucket] = next[item];
        if (!isStale) { settle(node, dm); }
      }
    };
    function settle(node, dm) {
      const slot = graph.slotOf(node), arcs = slot.next, end = arcs.start[node - slot.node + 1], twin = graph.twin[node];
      for (let k = arcs.start[node - slot.node]; k < end; k++) { reach(slot.node + arcs.to[k], dm + arcs.cost[k], node, arcs.by[k]); }
      if (twin >= 0) { reach(twin, dm, node, -1); }
    }
    return own;
  }

  g.paths = { RIDE: RIDE, cost: cost, arcs: arcs, Graph: Graph, Search: Search };
})(window.geomap);
