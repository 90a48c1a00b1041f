/* Planned ones and rooms for members, of the parts that are there: beside the list, not in it. */
(function (g) {
  "use strict";
  const APART = ["planned", "restricted"], MOST = 20;

  function find() {
    const now = g.clock.now(), place = g.state.place, found = [];
    g.store.loaded.forEach(function (code) {
      if (g.state.district && g.state.district !== code) { return; }
      const part = g.store.ready(code);
      for (let i = 0; i < part.n; i++) {
        const row = g.columns.row(part, i);
        if (APART.indexOf(row.role) < 0 || g.store.isForMe(row)) { continue; }
        const metres = g.places.metresTo(place, row);
        found.push(g.judge.judge(row, now, metres));
      }
    });
    return found;
  }

  function show() {
    const box = document.getElementById("apart"), found = find();
    box.hidden = !found.length;
    box.replaceChildren(g.el("h2", {}, g.t("规划中的，和只对会员开放的", "Planned, or for members only")),
      g.el("ul", { "class": "list" }, g.nearest.sort(found).slice(0, MOST).map(g.rows.renderApart)));
  }

  g.apart = { show: show };
})(window.geomap);
