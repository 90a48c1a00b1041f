/* One search from the rider's place along the streets, by time (Dijkstra): riding where the signs
   let one ride, else on foot, pushing. It goes on as more is asked, and loads a square when it
   comes to its border. Costs are decimetres of riding; one pushed costs what it takes longer.

   What makes a way true: places are settled in the order of their cost. The search never
   passes a border whose other side is missing, it stops there; so what was settled before cannot
   be reached by any shorter way through what is missing, and nothing later is told. */
(function (g) {
  "use strict";
  const WAYS = g.squares.WAYS;
  const ROOM = 1 << 20, SLICE_MS = 30, FAR = Infinity, ISLAND = 400;
  const RIDE = [1, 2], FOOT = 4;

  /** A binary heap of costs and what lies there. */
  function Heap() {
    const keys = [], items = [];
    function push(key, item) {
      let i = keys.length;
      keys.push(key);
      items.push(item);
      for (let up = (i - 1) >> 1; i > 0 && keys[up] > key; i = up, up = (i - 1) >> 1) {
        keys[i] = keys[up];
        items[i] = items[up];
      }
      keys[i] = key;
      items[i] = item;
    }
    function pop() {
      const top = items[0], key = keys.pop(), item = items.pop(), n = keys.length;
      let i = 0;
      if (!n) { return top; }
      for (let down = 1; down < n; down = 2 * i + 1) {
        if (down + 1 < n && keys[down + 1] < keys[down]) { down += 1; }
        if (keys[down] >= key) { break; }
        keys[i] = keys[down];
        items[i] = items[down];
        i = down;
      }
      keys[i] = key;
      items[i] = item;
      return top;
    }
    return { push: push, pop: pop, least: function () { return keys.length ? keys[0] : Infinity; } };
  }

  /** Decimetres of riding that one of this street takes: forward (0) or backward (1); none: Infinity. */
  function slow(code, way) {
    return code & RIDE[way] ? 1 : code & FOOT ? g.store.over.ride_kmh / g.store.over.push_kmh : Infinity;
  }

  function cost(code, way, dm) { return dm <= 0 ? 0 : dm * slow(code, way); }

  /**
   * Which nodes follow each node, after what cost, by which street (twice its number, and one more
   * against its drawn direction); `back`: from which nodes each is reached. Made when a search
   * comes by.
   */
  function arcs(square, back) {
    const name = back ? "before" : "after";
    if (square[name]) { return square[name]; }
    const start = new Int32Array(square.nodes + 2), code = square.code, ends = [square.tail, square.head];
    function each(take) {
      for (let i = 0; i < code.length; i++) {
        for (let way = 0; way < 2; way++) {
          if (code[i] & (RIDE[way] | FOOT)) { take(i, way, ends[back ? 1 - way : way][i], ends[back ? way : 1 - way][i]); }
        }
      }
    }
    each(function (i, way, from) { start[from + 2] += 1; });
    for (let i = 2; i < start.length; i++) { start[i] += start[i - 1]; }
    const to = new Int32Array(start[start.length - 1]), costs = new Float64Array(to.length), by = new Int32Array(to.length);
    each(function (i, way, from, node) {
      const k = start[from + 1]++;
      to[k] = node;
      costs[k] = cost(code[i], way, square.dm[i]);
      by[k] = 2 * i + way;
    });
    square[name] = { start: start, to: to, cost: costs, by: by };
    return square[name];
  }

  /** A search from a foot (see snap.js); `limit` in metres of road, `most` squares. */
  function Search(foot, limit, most) {
    const slots = [], numbers = new Map(), heap = Heap(), level = foot.square.level;
    let open = [];

    function slotOf(square) {
      const name = g.squares.nameOf(level, square.x, square.y);
      if (!numbers.has(name)) {
        numbers.set(name, slots.length);
        slots.push({ square: square, cost: new Float64Array(square.nodes).fill(FAR), done: new Uint8Array(square.nodes),
          from: new Float64Array(square.nodes).fill(-1), by: new Int32Array(square.nodes).fill(-1), waiting: new Map() });
      }
      return numbers.get(name);
    }

    /* From where and by which street a node is reached best is kept, to draw the way. */
    function reach(slot, node, most, from, by) {
      const one = slots[slot];
      if (most < one.cost[node]) {
        one.cost[node] = most;
        one.from[node] = from;
        one.by[node] = by;
        heap.push(most, slot * ROOM + node);
      }
    }

    function begin() {
      const square = foot.square, i = foot.street, slot = slotOf(square);
      reach(slot, square.head[i], cost(square.code[i], 0, square.dm[i] - foot.at), -1, 2 * i);
      reach(slot, square.tail[i], cost(square.code[i], 1, foot.at), -1, 2 * i + 1);
    }

    /** Somebody to be found: from which nodes, and straight along a street that both share. */
    function wait(target) {
      const square = target.foot.square, i = target.foot.street, at = target.foot.at, code = square.code[i];
      const slot = slotOf(square);
      target.cost = Infinity;
      if (square === foot.square && i === foot.street) {
        const ahead = at - foot.at;
        target.cost = cost(code, ahead > 0 ? 0 : 1, Math.abs(ahead));
      }
      target.last = -1;
      from(slot, square.tail[i], cost(code, 0, at), target);
      from(slot, square.head[i], cost(code, 1, square.dm[i] - at), target);
    }

    function from(slot, node, more, target) {
      if (slots[slot].done[node]) { meet(target, slot, node, more); return; }
      if (!slots[slot].waiting.has(node)) { slots[slot].waiting.set(node, []); }
      slots[slot].waiting.get(node).push([target, more]);
    }

    function meet(target, slot, node, more) {
      if (slots[slot].cost[node] + more < target.cost) {
        target.cost = slots[slot].cost[node] + more;
        target.last = slot * ROOM + node;
      }
    }

    /**
     * Look for more places; each gets its cost and `state`: road, or why there is none
     * (none: no street leads there; beyond: farther than the limit; cut: not known). `some` is
     * called when a part is known and the rest has to wait for files.
     */
    async function find(targets, some) {
      targets.forEach(wait);
      targets.forEach(function (target) { target.lost = target.cost === Infinity && isIsland(target.foot); });
      open = targets.filter(function (target) { return !target.lost; });
      for (let stopped = false; !stopped;) {
        const border = run();
        if (border === "late") { await new Promise(function (done) { setTimeout(done, 0); }); }
        else if (border) {
          say(targets);
          some();
          stopped = !(await fetchAhead(border));
        } else { break; }
      }
      say(targets);
      open = [];
    }

    function say(targets) {
      const least = heap.least(), end = 10 * limit;
      targets.forEach(function (target) {
        target.state = target.cost <= Math.min(least, end) ? "road"
          : target.lost || least === Infinity ? "none" : least > end ? "beyond" : "cut";
      });
    }

    /** Whether the streets that lead to a foot are few and none of them comes from the rider. */
    function isIsland(end) {
      const square = end.square, i = end.street, first = slotOf(square), seen = new Set(), ahead = [];
      function visit(slot, node) {
        const item = slot * ROOM + node;
        if (!seen.has(item)) {
          seen.add(item);
          ahead.push(item);
        }
      }
      if (cost(square.code[i], 0, end.at) < FAR) { visit(first, square.tail[i]); }
      if (cost(square.code[i], 1, square.dm[i] - end.at) < FAR) { visit(first, square.head[i]); }
      while (ahead.length) {
        const item = ahead.pop(), slot = Math.floor(item / ROOM), node = item % ROOM, one = slots[slot];
        if (one.cost[node] < FAR || seen.size > ISLAND) { return false; }
        const before = arcs(one.square, true), cut = node >= one.square.cuts[0] ? other(one.square, node) : null;
        for (let k = before.start[node]; k < before.start[node + 1]; k++) { visit(slot, before.to[k]); }
        if (cut && !cut.square) { return false; }
        if (cut) { visit(slotOf(cut.square), cut.node); }
      }
      return true;
    }

    /** Settle nodes until all are found (null), time is up, or a border's other side is missing. */
    function run() {
      const end = performance.now() + SLICE_MS;
      for (let n = 1; ; n++) {
        const least = heap.least();
        if (least === Infinity || least > 10 * limit || (n % 16 === 1 && found(least))) { return null; }
        if (n % 256 === 0 && performance.now() > end) { return "late"; }
        const item = heap.pop(), slot = Math.floor(item / ROOM), node = item % ROOM;
        if (slots[slot].done[node]) { continue; }
        const cut = node >= slots[slot].square.cuts[0] ? other(slots[slot].square, node) : null;
        if (cut && !cut.square) {
          heap.push(least, item);
          return cut;
        }
        settle(slot, node, least, cut);
      }
    }

    function found(least) { return open.every(function (target) { return target.cost <= least; }); }

    function settle(slot, node, least, cut) {
      const one = slots[slot], next = arcs(one.square), told = one.waiting.get(node), here = slot * ROOM + node;
      one.done[node] = 1;
      for (let k = next.start[node]; k < next.start[node + 1]; k++) { reach(slot, next.to[k], least + next.cost[k], here, next.by[k]); }
      if (cut) { reach(slotOf(cut.square), cut.node, least, here, -1); }
      if (told) {
        told.forEach(function (pair) { meet(pair[0], slot, node, pair[1]); });
        one.waiting.delete(node);
      }
    }

    /** The way to a target that was found: stretches of streets in order, { square, street, low, high,
        way }, in decimetres from the street's tail. */
    function trace(target) {
      const end = target.foot, found = [], first = foot.square, i = foot.street;
      function add(square, street, from, to) {
        if (from !== to) { found.push({ square: square, street: street, low: from, high: to, way: from < to ? 0 : 1 }); }
      }
      if (target.last < 0) {
        add(first, i, foot.at, end.at);
        return found;
      }
      const node = target.last % ROOM, square = end.square;
      /* A ring begins and ends in one node: the way that costs less was taken. */
      const tail = node === square.tail[end.street] && (node !== square.head[end.street] ||
        cost(square.code[end.street], 0, end.at) <= cost(square.code[end.street], 1, square.dm[end.street] - end.at));
      add(square, end.street, tail ? 0 : square.dm[end.street], end.at);
      for (let item = target.last; item >= 0;) {
        const one = slots[Math.floor(item / ROOM)], by = one.by[item % ROOM], before = one.from[item % ROOM];
        const street = by >> 1, length = one.square.dm[street];
        if (by >= 0) { add(one.square, street, before < 0 ? foot.at : by % 2 ? length : 0, by % 2 ? 0 : length); }
        item = before;
      }
      return found.reverse();
    }

    /** The same cut in the neighbour: its k-th on the way back. */
    function other(square, node) {
      let way = 0;
      while (node >= square.cuts[way + 1]) { way += 1; }
      const x = square.x + WAYS[way][0], y = square.y + WAYS[way][1], there = held(x, y);
      return { x: x, y: y, square: there, node: there ? there.cuts[7 - way] + node - square.cuts[way] : -1 };
    }

    /* A square in use stays here, whatever the map lets go of meanwhile. */
    function held(x, y) {
      const number = numbers.get(g.squares.nameOf(level, x, y));
      return number === undefined ? g.squares.ready(level, x, y) : slots[number].square;
    }

    /**
     * Load the square behind a border, and at once those behind every border in sight; false where
     * there is none, or too much is loaded.
     */
    async function fetchAhead(cut) {
      if (slots.length >= most || !g.squares.has(level, cut.x, cut.y)) { return false; }
      const more = inSight().map(function (at) {
        return g.squares.load(level, at[0], at[1]).catch(function () { /* as if it were not there */ });
      });
      try { await g.squares.load(level, cut.x, cut.y); } catch (error) { return false; }
      await Promise.all(more);
      return true;
    }

    /** Squares behind the borders that have been reached, but not yet passed. */
    function inSight() {
      const found = [];
      slots.forEach(function (one) {
        for (let node = one.square.cuts[0]; node < one.square.nodes; node++) {
          const cut = one.cost[node] < FAR && !one.done[node] ? other(one.square, node) : null;
          if (cut && !cut.square && g.squares.has(level, cut.x, cut.y)) { found.push([cut.x, cut.y]); }
        }
      });
      return found;
    }

    begin();
    return { find: find, trace: trace };
  }

  g.ways = { Search: Search, RIDE: RIDE };
})(window.geomap);
