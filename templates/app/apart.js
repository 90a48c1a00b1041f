/* Planned ones and rooms for members, of the parts that are there: beside the list, not in it. */
(function (g) {
  "use strict";
  const APART = ["planned", "restricted"], MOST = 20;

  function isApart(row) { return APART.indexOf(row.role) >= 0 && !g.store.isForMe(row); }

  function find() {
    const codes = g.store.loaded.filter(function (code) { return !g.state.district || g.state.district === code; });
    return [].concat.apply([], codes.map(function (code) {
      return g.nearest.judgePart(g.store.ready(code), g.state.place, g.clock.now(), Boolean, isApart);
    }));
  }

  function show() {
    const box = document.getElementById("apart"), found = find();
    box.hidden = !found.length;
    box.replaceChildren(g.el("h2", {}, g.t("规划中的，和只对会员开放的", "Planned, or for members only")),
      g.el("ul", { "class": "list" }, g.nearest.sort(found).slice(0, MOST).map(g.rows.renderApart)));
  }

  g.apart = { show: show };
})(window.geomap);
