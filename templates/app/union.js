/* My union here: the district that holds the place, by point in polygon, and its branches. */
(function (g) {
  "use strict";
  const CANDIDATES = 8;

  /** Number of the district whose polygon holds a place; null where none is known to. */
  async function districtAt(lon, lat) {
    const d = g.store.over.districts;
    const near = d.code.map(function (code, i) { return [g.nearest.toBox(lon, lat, d.box[i]), i]; })
      .filter(function (one) { return one[0] < 200000 && d.code[one[1]] !== "none"; })
      .sort(function (a, b) { return a[0] - b[0]; }).slice(0, CANDIDATES);
    for (const one of near) {
      const more = await g.store.loadMore(d.code[one[1]]);
      if (g.places.isInside(g.wire.rings(more.shape.rings, more.shape.scale), lon, lat)) { return one[1]; }
    }
    return null;
  }

  function branchesOf(part, keep) {
    const found = [];
    for (let i = 0; i < part.n; i++) {
      const row = g.columns.row(part, i);
      if (row.role === "branch" && keep(row)) { found.push(row); }
    }
    return found;
  }

  /** Branches of a district, and those of its city or province that lie in no district. */
  async function collect(number) {
    await g.store.names();
    const one = g.store.district(number), facts = {};
    const part = await g.store.load(one.code), more = await g.store.loadMore(one.code);
    Object.assign(facts, more.facts);
    let found = branchesOf(part, function () { return true; });
    if (g.store.number("none") !== undefined) {
      const upper = await g.store.loadMore("none");
      Object.assign(facts, upper.facts);
      found = found.concat(branchesOf(await g.store.load("none"), function (row) {
        const said = facts[row.id] || {};
        return said.province === one.province && (!said.city || said.city === one.city);
      }));
    }
    return { branches: found, facts: facts };
  }

  /** Who is in charge of whom: a street's people, a trade's people, else the whole district. */
  function level(row) {
    if (/行业|产业|系统/.test(row.name)) { return 2; }
    return row.town ? 1 : row.code === "none" ? 3 : 0;
  }

  const LEVELS = [["区县总工会", "District"], ["街道、乡镇", "Street or township"], ["行业", "Trade"], ["市级以上", "City and above"]];

  function card(row, facts) {
    return g.el("li", { "class": "branch" }, g.el("strong", {}, g.said(g.rows.cut(row.name))),
      row.town ? g.el("p", {}, g.said(row.town)) : null,
      facts.address ? g.el("p", {}, g.said(facts.address)) : null,
      facts.phone ? g.el("p", {}, g.station.phone(facts.phone)) : null,
      row.hours || facts.hours_words ? g.el("p", {}, g.said(g.hours.say(row.hours, facts.hours_words))) : null,
      (facts.services || []).map(g.station.service),
      (facts.sources || []).slice(0, 1).map(function (one) {
        return g.el("p", { "class": "note" }, g.said([one[2], one[0], one[1]].filter(Boolean).join(" · ")));
      }));
  }

  function render(number, found) {
    const box = g.el("div", { "class": "union" }, g.el("p", {}, g.t("您在：", "You are in: "), g.said(g.store.fullName(number))));
    LEVELS.forEach(function (words, i) {
      const rows = found.branches.filter(function (row) { return level(row) === i; }).sort(function (a, b) {
        return (b.town === g.state.town) - (a.town === g.state.town) || (a.name < b.name ? -1 : 1);
      });
      box.append(g.el("h3", {}, g.t(words[0], words[1])), rows.length
        ? g.el("ul", { "class": "branches" }, rows.map(function (row) { return card(row, found.facts[row.id] || {}); }))
        : g.el("p", { "class": "note" }, g.t("不知道", "Not known")));
    });
    box.append(help());
    return box;
  }

  function help() {
    return g.el("p", {}, g.t("怎样入会：到上面的工会或打热线 ", "How to join: ask at a branch above, or call "), g.station.phone(g.store.over.night));
  }

  function title() { return g.t("我的工会", "My union here"); }

  function say(text) {
    g.sheet.show("union", title(), g.el("div", {}, g.el("p", { role: "status" }, text), help()));
  }

  async function show() {
    const place = g.state.place;
    if (!place && !g.state.district) {
      say(g.t("先点“离我最近”，或查找您工作的街道、区县，再来看。", "First tap “Near me”, or find the street or district you work in."));
      return;
    }
    say(g.t("正在查找…", "Looking it up…"));
    try {
      const number = g.state.district ? g.store.number(g.state.district) : await districtAt(place.lon, place.lat);
      if (number === null || number === undefined) {
        say(g.t("不知道：这里不在有资料的区县内。", "Not known: this place lies in no district of this map."));
      } else { g.sheet.show("union", title(), render(number, await collect(number))); }
    } catch (error) { say(g.t("没有网络，这一片也没有存下来。", "No network, and this area is not kept on the phone.")); }
  }

  g.union = { show: show };
})(window.geomap);
