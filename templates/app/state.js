/* What is asked, and its trace in the address: #s=station, k=the station on the card, d=district,
   t=township, c=city, f=filters.
   The rider's own position is kept here and nowhere else: never in the address, never sent. */
(function (g) {
  "use strict";
  const state = g.state = { place: null, filters: [], station: "", card: "", district: "", town: "", city: "", member: g.kept("member") === "1" };
  const chips = Array.from(document.querySelectorAll(".chip"), function (chip) { return chip.dataset.filter; });
  let tell = function () {};

  /* A station's code and a town are texts until their files have come, and are looked up there. */
  function read() {
    state.station = g.asked("s");
    state.card = g.asked("k");
    state.district = g.asked("d", g.store.over.districts.code);
    state.town = g.asked("t");
    state.city = g.asked("c");
    state.filters = g.asked("f").split(",").filter(isFilter);
  }

  function isFilter(name, i, all) { return all.indexOf(name) === i && chips.indexOf(name) >= 0; }

  function write(changes) {
    const before = location.hash, isNew = (changes.station && !state.station && !("card" in changes)) || (changes.card && !state.card && !state.station);
    Object.assign(state, changes);
    const said = [["s", state.station], ["k", state.card], ["d", state.district], ["t", state.town], ["c", state.city],
      ["f", state.filters.join(",")]].filter(function (one) { return one[1]; })
      .map(function (one) { return one[0] + "=" + encodeURIComponent(one[1]).replace(/%2C/g, ","); });
    const after = said.length ? "#" + said.join("&") : "";
    if (after === before) { tell(); return; }
    /* A card, and a station's own page, are pages of their own: "back" leads to what was before. */
    history[isNew ? "pushState" : "replaceState"](null, "", after || location.pathname + location.search);
    tell();
  }

  /** The address of a station alone, for sharing. */
  function linkTo(row) {
    return location.href.split("#")[0] + "#s=" + encodeURIComponent(row.id);
  }

  function start(changed) {
    tell = changed;
    read();
    ["hashchange", "popstate"].forEach(function (name) { window.addEventListener(name, function () { read(); tell(); }); });
  }

  /* Filters: which judged rows pass, and which districts cannot hold any. */
  function passes(one, filters) {
    return filters.every(function (filter) {
      if (filter === "open") { return one.open === "open"; }
      if (filter === "24h") { return one.row.always; }
      if (filter.slice(0, 5) === "kind:") { return one.row.kind === filter.slice(5); }
      return g.store.over.filters[filter].some(function (number) { return one.row.facilities.indexOf(number) >= 0; });
    });
  }

  /** How many of a district's stations a filter keeps; null where the counts do not tell. */
  function facet(i, filter) {
    const facets = g.store.over.facets;
    return facets && Array.isArray(facets[filter]) ? facets[filter][i] : null;
  }

  /** How many rows of a district a rider may be offered: rooms for members only to members. */
  function offered(i) {
    return g.store.over.districts.count[i] + (state.member ? facet(i, "members") || 0 : 0);
  }

  /** What a district holds at most of what the filters ask; null: only its own file can tell. */
  function most(i, filters) {
    const counts = filters.map(function (filter) { return facet(i, filter); });
    if (counts.some(function (count) { return count === 0; }) && !(state.member && facet(i, "members"))) { return 0; }
    const all = offered(i);
    return !all || !filters.length ? all : filters.length > 1 || counts[0] === null || state.member ? null : counts[0];
  }

  function mayHold(i, filters) { return most(i, filters) !== 0; }

  g.filters = { passes: passes, mayHold: mayHold, most: most };
  g.hash = { start: start, write: write, linkTo: linkTo };
})(window.geomap);
