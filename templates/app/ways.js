/* One search from the rider's place along the streets, with the traffic (Dijkstra). It goes on as
   more is asked, and loads a square when it comes to its border.

   What makes a way true: places are settled in the order of their distance. The search never
   passes a border whose other side is missing, it stops there; so what was settled before cannot
   be reached by any shorter way through what is missing, and nothing later is told. */
(function (g) {
  "use strict";
  const WAYS = [[-1, -1], [0, -1], [1, -1], [-1, 0], [1, 0], [-1, 1], [0, 1], [1, 1]];
  const ROOM = 1 << 20, SLICE_MS = 30, FAR = 2147483647, ISLAND = 400;

  /** A binary heap of distances and what lies there. */
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

  /**
   * Which nodes follow each node, and after how many decimetres; `against` the traffic: from which
   * nodes each is reached. Made when a search comes by.
   */
  function arcs(square, against) {
    const name = against ? "before" : "after";
    if (square[name]) { return square[name]; }
    const start = new Int32Array(square.nodes + 2), on = against ? 2 : 1, back = 3 - on;
    const tail = square.tail, head = square.head, code = square.code;
    for (let i = 0; i < code.length; i++) {
      if (code[i] & on) { start[tail[i] + 2] += 1; }
      if (code[i] & back) { start[head[i] + 2] += 1; }
    }
    for (let i = 2; i < start.length; i++) { start[i] += start[i - 1]; }
    const to = new Int32Array(start[start.length - 1]), dm = new Int32Array(to.length);
    function put(from, node, length) {
      const k = start[from + 1]++;
      to[k] = node;
      dm[k] = length;
    }
    for (let i = 0; i < code.length; i++) {
      if (code[i] & on) { put(tail[i], head[i], square.dm[i]); }
      if (code[i] & back) { put(head[i], tail[i], square.dm[i]); }
    }
    square[name] = { start: start, to: to, dm: dm };
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
        slots.push({ square: square, dm: new Int32Array(square.nodes).fill(FAR), done: new Uint8Array(square.nodes), waiting: new Map() });
      }
      return numbers.get(name);
    }

    function reach(slot, node, dm) {
      if (dm < slots[slot].dm[node]) {
        slots[slot].dm[node] = dm;
        heap.push(dm, slot * ROOM + node);
      }
    }

    /* Rounded here, as lengths are whole decimetres. */
    function begin() {
      const square = foot.square, i = foot.street, slot = slotOf(square), rest = square.dm[i] - foot.at;
      if (square.code[i] & 1 || rest <= 0) { reach(slot, square.head[i], Math.round(rest)); }
      if (square.code[i] & 2 || foot.at <= 0) { reach(slot, square.tail[i], Math.round(foot.at)); }
    }

    /** Somebody to be found: from which nodes, and straight along a street that both share. */
    function wait(target) {
      const square = target.foot.square, i = target.foot.street, at = target.foot.at, rest = square.dm[i] - at;
      const slot = slots[slotOf(square)];
      target.dm = Infinity;
      if (square === foot.square && i === foot.street) {
        const ahead = at - foot.at;
        if (ahead === 0 || square.code[i] & (ahead > 0 ? 1 : 2)) { target.dm = Math.abs(ahead); }
      }
      if (square.code[i] & 1 || at <= 0) { from(slot, square.tail[i], at, target); }
      if (square.code[i] & 2 || rest <= 0) { from(slot, square.head[i], rest, target); }
    }

    function from(slot, node, more, target) {
      if (slot.done[node]) { target.dm = Math.min(target.dm, slot.dm[node] + more); return; }
      if (!slot.waiting.has(node)) { slot.waiting.set(node, []); }
      slot.waiting.get(node).push([target, more]);
    }

    /**
     * Look for more places; each gets its decimetres and `state`: road, or why there is none
     * (none: no street leads there; beyond: farther than the limit; cut: not known). `some` is
     * called when a part is known and the rest has to wait for files.
     */
    async function find(targets, some) {
      targets.forEach(wait);
      targets.forEach(function (target) { target.lost = target.dm === Infinity && isIsland(target.foot); });
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
        target.state = target.dm <= Math.min(least, end) ? "road"
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
      if (square.code[i] & 1 || end.at <= 0) { visit(first, square.tail[i]); }
      if (square.code[i] & 2 || end.at >= square.dm[i]) { visit(first, square.head[i]); }
      while (ahead.length) {
        const item = ahead.pop(), slot = Math.floor(item / ROOM), node = item % ROOM, one = slots[slot];
        if (one.dm[node] < FAR || seen.size > ISLAND) { return false; }
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

    function found(least) { return open.every(function (target) { return target.dm <= least; }); }

    function settle(slot, node, dm, cut) {
      const one = slots[slot], next = arcs(one.square), told = one.waiting.get(node);
      one.done[node] = 1;
      for (let k = next.start[node]; k < next.start[node + 1]; k++) { reach(slot, next.to[k], dm + next.dm[k]); }
      if (cut) { reach(slotOf(cut.square), cut.node, dm); }
      if (told) {
        told.forEach(function (pair) { pair[0].dm = Math.min(pair[0].dm, dm + pair[1]); });
        one.waiting.delete(node);
      }
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
          const cut = one.dm[node] < FAR && !one.done[node] ? other(one.square, node) : null;
          if (cut && !cut.square && g.squares.has(level, cut.x, cut.y)) { found.push([cut.x, cut.y]); }
        }
      });
      return found;
    }

    begin();
    return { find: find };
  }

  g.ways = { Search: Search };
})(window.geomap);
