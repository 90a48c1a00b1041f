/* One search from the rider's place along the streets, with the traffic (Dijkstra). It goes on as
   more is asked, and loads a square when it comes to its border.

   What makes a way true: places are settled in the order of their distance. The search never
   passes a border whose other side is missing, it stops there; so what was settled before cannot
   be reached by any shorter way through what is missing, and nothing later is told. */
(function (g) {
  "use strict";
  const WAYS = [[-1, -1], [0, -1], [1, -1], [-1, 0], [1, 0], [-1, 1], [0, 1], [1, 1]];
  const ROOM = 1 << 20, SLICE_MS = 30, FAR = 2147483647;

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

  /** Which nodes follow each node, and after how many decimetres; made when a search comes by. */
  function arcs(square) {
    if (square.arcs) { return square.arcs; }
    const start = new Int32Array(square.nodes + 2), n = square.code.length;
    for (let i = 0; i < n; i++) {
      if (square.code[i] & 1) { start[square.tail[i] + 2] += 1; }
      if (square.code[i] & 2) { start[square.head[i] + 2] += 1; }
    }
    for (let i = 2; i < start.length; i++) { start[i] += start[i - 1]; }
    const to = new Int32Array(start[start.length - 1]), dm = new Int32Array(to.length);
    for (let i = 0; i < n; i++) {
      if (square.code[i] & 1) { to[start[square.tail[i] + 1]] = square.head[i]; dm[start[square.tail[i] + 1]++] = square.dm[i]; }
      if (square.code[i] & 2) { to[start[square.head[i] + 1]] = square.tail[i]; dm[start[square.head[i] + 1]++] = square.dm[i]; }
    }
    square.arcs = { start: start, to: to, dm: dm };
    return square.arcs;
  }

  /** A search from a foot (see snap.js); `limit` in metres of road, `most` squares. */
  function Search(foot, limit, most) {
    const slots = [], numbers = new Map(), heap = Heap(), level = foot.square.level;
    let open = [], stopped = false;

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

    /** Look for more places; each gets its decimetres, or why it has none. */
    async function find(targets) {
      targets.forEach(wait);
      open = targets;
      stopped = false;
      while (!stopped) {
        const border = run();
        if (border === "late") { await new Promise(function (done) { setTimeout(done, 0); }); }
        else if (border) { stopped = !(await fetchAhead(border)); }
        else { break; }
      }
      const least = heap.least();
      targets.forEach(function (target) {
        target.state = target.dm <= Math.min(least, 10 * limit) ? "road"
          : least === Infinity ? "none" : least > 10 * limit ? "beyond" : "cut";
      });
      open = [];
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

    /** Load the square behind a border; false where there is none, or too much is loaded. */
    async function fetchAhead(cut) {
      if (slots.length >= most || !g.squares.has(level, cut.x, cut.y)) { return false; }
      try { await g.squares.load(level, cut.x, cut.y); } catch (error) { return false; }
      return true;
    }

    begin();
    return { find: find };
  }

  g.ways = { Search: Search };
})(window.geomap);
