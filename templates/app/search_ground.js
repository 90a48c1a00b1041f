/* Find streets, places, quarters and crossings of the map's own extract, from files of the edition. */
(function (g) {
  "use strict";
  const MOST = 5;
  /* What stands behind the names of two streets: …交叉口东南角. */
  const TAIL = /的?(?:[交十丁][叉汇界字]?(?:路口|口|处)|三岔路口|路口|交叉|交汇)?处?(?:[东西]?[南北东西]角|附近|旁边?|边)?$/;
  let named = null, crossings = null, partners = null;

  /** The shortest of the names that match. */
  async function find(query) {
    if (!g.store.has("ground") || query.length < 2) { return []; }
    const all = await g.search.table("ground"), found = [];
    for (let i = 0; i < all.name.length; i++) {
      if (g.search.matches(query, all.name[i])) { found.push({ kind: g.wire.word(all.kind, i), name: all.name[i], where: "", lon: all.lon[i], lat: all.lat[i] }); }
    }
    return shortest(found);
  }

  function shortest(found) { return found.sort(function (a, b) { return a.name.length - b.name.length; }).slice(0, MOST); }

  /** Street → the crossings it takes part in, with the other street of each. */
  async function readCrossings() {
    if (partners) { return; }
    named = await g.search.table("ground");
    crossings = g.wire.table((await g.store.fetchFile("crossings")).table);
    partners = new Map();
    for (let i = 0; i < crossings.n; i++) {
      [[crossings.street[i], crossings.other[i]], [crossings.other[i], crossings.street[i]]].forEach(function (pair) {
        if (!partners.has(pair[0])) { partners.set(pair[0], []); }
        partners.get(pair[0]).push([pair[1], i]);
      });
    }
  }

  /** Where two streets cross that a text names: A路与B路交叉口, A路B路, A B. */
  async function findCrossings(text) {
    const said = text.trim().replace(/\band\b/gi, "&").replace(TAIL, ""), query = g.search.plain(said);
    if (!g.store.has("crossings") || query.length < 2) { return []; }
    const cuts = cutsOf(said), found = new Map();
    await readCrossings();
    partners.forEach(function (others, street) {
      const rests = g.search.rests(query, named.name[street]);
      cuts.forEach(function (cut) { if (g.search.matches(cut[0], named.name[street])) { rests.push(cut[1]); } });
      others.forEach(function (other) {
        if (rests.some(function (rest) { return g.search.matches(rest, named.name[other[0]]); })) { found.set(other[1], [street, other[0]]); }
      });
    });
    return shortest(Array.from(found, function (one) { return crossing(one[0], one[1].map(function (i) { return named.name[i]; })); }));
  }

  /** The two halves of a text at each blank or word between streets; 和 may be part of a name. */
  function cutsOf(text) {
    const found = [], between = /\s+|[与和跟、,，/&+]/g;
    for (let cut = between.exec(text); cut; cut = between.exec(text)) {
      const halves = [text.slice(0, cut.index), text.slice(between.lastIndex)].map(g.search.plain);
      if (halves[0] && halves[1]) { found.push(halves); }
    }
    return found;
  }

  function crossing(i, both) {
    return { kind: "crossing", name: g.t(both.join("与") + "路口", both.join(" / ")), where: "", lon: crossings.lon[i], lat: crossings.lat[i] };
  }

  g.searchGround = { find: find, findCrossings: findCrossings };
})(window.geomap);
