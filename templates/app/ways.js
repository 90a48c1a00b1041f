/* The rider's ways along the streets, by time: riding where the signs let one ride, else on foot,
   pushing. The search goes on as more is asked, and loads a square when it comes to its border.

   What makes a way true: places are settled in the order of their cost. The search never
   passes a border whose other side is missing, it stops there; so what was settled before cannot
   be reached by any shorter way through what is missing, and nothing later is told. */
(function (g) {
  "use strict";
  const SLICE_MS = 30, ISLAND = 400;

  /** A search from a foot (see snap.js); `limit` in metres of road, `most` squares. */
  function Search(foot, limit, most) {
    const push = g.store.over.ride_kmh / g.store.over.push_kmh, level = foot.square.level;
    const graph = g.paths.Graph(push), search = g.paths.Search(graph, 10 * limit, null, true), waiting = new Map();
    let open = [];

    /* A square in use stays here, whatever the map lets go of meanwhile. */
    function slotOf(square) { return graph.at(square.x, square.y) || graph.add(square); }

    function cost(end, way, dm) { return g.paths.cost(end.square.code[end.street], way, dm, push); }
    function rest(end) { return end.square.dm[end.street] - end.at; }

    function begin() {
      const slot = slotOf(foot.square), i = foot.street;
      search.reach(slot.node + slot.square.head[i], cost(foot, 0, rest(foot)), -1, 2 * i);
      search.reach(slot.node + slot.square.tail[i], cost(foot, 1, foot.at), -1, 2 * i + 1);
    }

    /** Somebody to be found: from which nodes, and straight along a street that both share. */
    function wait(target) {
      const end = target.foot, slot = slotOf(end.square), ahead = end.at - foot.at;
      target.cost = slot === slotOf(foot.square) && end.street === foot.street ? cost(foot, ahead > 0 ? 0 : 1, Math.abs(ahead)) : Infinity;
      target.last = -1;
      from(slot.node + slot.square.tail[end.street], cost(end, 0, end.at), target);
      from(slot.node + slot.square.head[end.street], cost(end, 1, rest(end)), target);
    }

    function from(node, more, target) {
      meet(target, node, more);
      if (!waiting.has(node)) { waiting.set(node, []); }
      waiting.get(node).push([target, more]);
    }

    function meet(target, node, more) {
      if (search.far[node] + more < target.cost) {
        target.cost = search.far[node] + more;
        target.last = node;
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
      const least = search.least();
      targets.forEach(function (target) {
        target.state = target.cost <= Math.min(least, 10 * limit) ? "road"
          : target.lost ? "none" : least < Infinity ? "cut" : search.isBeyond ? "beyond" : "none";
      });
    }

    /** Whether the streets that lead to a foot are few and none of them comes from the rider. */
    function isIsland(end) {
      const first = slotOf(end.square), seen = new Set(), ahead = [];
      function visit(node) {
        if (!seen.has(node)) {
          seen.add(node);
          ahead.push(node);
        }
      }
      if (cost(end, 0, end.at) < Infinity) { visit(first.node + end.square.tail[end.street]); }
      if (cost(end, 1, rest(end)) < Infinity) { visit(first.node + end.square.head[end.street]); }
      while (ahead.length) {
        const node = ahead.pop(), slot = graph.slotOf(node);
        if (search.far[node] < Infinity || seen.size > ISLAND) { return false; }
        const before = g.paths.arcs(slot.square, push, true), at = node - slot.node;
        for (let k = before.start[at]; k < before.start[at + 1]; k++) { visit(slot.node + before.to[k]); }
        if (at < slot.square.cuts[0]) { continue; }
        if (graph.twin[node] < 0 && !addBehind(node)) { return false; }
        visit(graph.twin[node]);
      }
      return true;
    }

    /** Settle nodes until all are found (null), time is up, or a border's other side is missing. */
    function run() {
      const end = performance.now() + SLICE_MS;
      let ended = null, n = 0;
      search.run(function (node, least) {
        n += 1;
        ended = null;
        if (n % 16 === 1 && found(least)) { return true; }
        if (n % 256 === 0 && performance.now() > end) { ended = "late"; }
        else if (isOpen(node)) { ended = behind(node); }
        else { (waiting.get(node) || []).forEach(function (pair) { meet(pair[0], node, pair[1]); }); }
        return Boolean(ended);
      });
      return ended && ended.square ? (graph.add(ended.square), run()) : ended;
    }

    function found(least) { return open.every(function (target) { return target.cost <= least; }); }

    /** The way to a target that was found: stretches of streets in order, { square, street, low, high,
        way }, in decimetres from the street's tail. */
    function trace(target) {
      const end = target.foot, found = [];
      function add(square, street, from, to) {
        if (from !== to) { found.push({ square: square, street: street, low: from, high: to, way: from < to ? 0 : 1 }); }
      }
      if (target.last < 0) {
        add(foot.square, foot.street, foot.at, end.at);
        return found;
      }
      const slot = slotOf(end.square), node = target.last - slot.node, tails = slot.square.tail, heads = slot.square.head;
      /* A ring begins and ends in one node: the way that costs less was taken. */
      const tail = node === tails[end.street] && (node !== heads[end.street] || cost(end, 0, end.at) <= cost(end, 1, rest(end)));
      add(end.square, end.street, tail ? 0 : end.square.dm[end.street], end.at);
      for (let at = target.last; at >= 0; at = search.from[at]) {
        const by = search.by[at], square = graph.slotOf(at).square, length = square.dm[by >> 1];
        if (by >= 0) { add(square, by >> 1, search.from[at] < 0 ? foot.at : by % 2 ? length : 0, by % 2 ? 0 : length); }
      }
      return found.reverse();
    }

    /** Whether a node is a cut whose other side is not in the network. */
    function isOpen(node) { return graph.twin[node] < 0 && node - graph.slotOf(node).node >= graph.slotOf(node).square.cuts[0]; }

    /** The square behind a cut: where it lies, and itself where it has come. */
    function behind(node) {
      const slot = graph.slotOf(node), square = slot.square;
      let way = 0;
      while (node - slot.node >= square.cuts[way + 1]) { way += 1; }
      const x = square.x + g.squares.WAYS[way][0], y = square.y + g.squares.WAYS[way][1];
      return { x: x, y: y, square: g.squares.ready(level, x, y) };
    }

    function addBehind(node) {
      const square = behind(node).square;
      return Boolean(square) && Boolean(graph.add(square));
    }

    /**
     * Load the square behind a border, and at once those behind every border in sight; false where
     * there is none, or too much is loaded.
     */
    async function fetchAhead(cut) {
      if (graph.slots.length >= most || !g.squares.has(level, cut.x, cut.y)) { return false; }
      const more = inSight().map(function (at) {
        return g.squares.load(level, at.x, at.y).catch(function () { /* as if it were not there */ });
      });
      try { await g.squares.load(level, cut.x, cut.y); } catch (error) { return false; }
      await Promise.all(more);
      return true;
    }

    /** Squares behind the borders that have been reached, but cannot be passed yet. */
    function inSight() {
      const found = [];
      search.far.forEach(function (dm, node) { if (dm < Infinity && isOpen(node)) { found.push(behind(node)); } });
      return found.filter(function (cut) { return !cut.square && g.squares.has(level, cut.x, cut.y); });
    }

    begin();
    return { find: find, trace: trace };
  }

  g.ways = { Search: Search };
})(window.geomap);
