/* Rows of the list. Every fact becomes a text node; nothing is ever read as markup. */
(function (g) {
  "use strict";
  /** A way this much longer than the straight line says so; pushing less than this says nothing. */
  const MUCH_M = 150, STEPS_M = 15;

  function word(kind, key) {
    const words = g.store.over.words[kind][key];
    return words ? g.t(words[0], words[1]) : "";
  }

  /** Words of a row's facilities; `most` of them. */
  function facilities(row, most) {
    const keys = g.store.over.facilities;
    return row.facilities.slice(0, most).map(function (i) { return word("facility", keys[i]); });
  }

  /** How far, as honest as the place is: a band where only the township is known. */
  function far(one) {
    if (one.metres === null) { return ""; }
    if (!g.judge.isExact(one.row)) { return straight(g.places.band(one.metres, one.row.radius)); }
    if (!hasRoad(one)) { return straight(g.places.far(one.metres)); }
    const far = g.t("道路 ", "") + g.places.far(one.way.metres) + g.t("", " by road"), more = one.way.metres - one.metres;
    return more < MUCH_M || more < one.metres / 2 ? far
      : far + g.t("（直线 ", " (") + g.places.far(one.metres) + g.t("）", " straight)");
  }

  function hasRoad(one) { return Boolean(one.way) && one.way.state === "road"; }

  /** Where other rows go by road, a straight line is called one. */
  function straight(text) {
    return g.store.over.streets ? g.t("直线 ", "") + text + g.t("", " straight") : text;
  }

  function ride(one) {
    if (one.metres === null || !g.judge.isExact(one.row)) { return ""; }
    if (one.way && one.way.state === "none") { return g.t("道路图上不通", "no way on the road map"); }
    if (one.way && one.way.state === "beyond") { return g.t("按道路超过 30 分钟", "over 30 min by road"); }
    if (one.minutes === null || one.minutes > 90) { return ""; }
    if (hasRoad(one)) { return onTheWay(one.way, one.minutes); }
    const how = g.store.over.streets ? g.t("（直线估算）", ", a guess") : g.t("", " ride");
    return g.t("骑行约 ", "about ") + one.minutes + g.t(" 分钟", " min") + how;
  }

  /** 骑 4 分钟; where one has to get off, for how far. A few steps are not worth a word. */
  function onTheWay(way, minutes) {
    const time = minutes + g.t(" 分钟", " min"), pushed = g.t("推行 ", "push ") + g.places.far(way.pushed);
    if (way.pushed < STEPS_M) { return g.t("骑 ", "ride ") + time; }
    return way.road - way.pushed < STEPS_M ? pushed + g.t("，", ", ") + time : g.t("约 ", "about ") + time + g.t("，其中", ", ") + pushed;
  }

  /** What is not sure, unless the state has just said it. */
  function doubts(one) {
    const said = [];
    if (one.why === "unconfirmed" || one.why === "old") { /* said */ }
    else if (one.row.verified < 0) { said.push(g.t("待核实", "Not confirmed")); }
    else if (!g.judge.isConfirmed(one.row, g.clock.now())) { said.push(g.t("核实已过期", "Confirmed long ago")); }
    if (isNaN(one.row.lon)) { said.push(g.t("位置不详", "Place not known")); }
    else if (!g.judge.isExact(one.row)) { said.push(g.t("位置不准", "Place not exact")); }
    return said;
  }

  function where(row) {
    const names = [row.place ? g.store.latin(row.place[2]) : "", g.store.latin(row.town)].filter(Boolean);
    return g.lang === "en" ? names.reverse().join(", ") : names.join(" ");
  }

  function cut(text) { return text.length > 60 ? g.cut(text, 60) + "…" : text; }

  function span(name, content) { return content ? [g.el("span", { "class": name }, content), " "] : null; }

  /** One row as an element. */
  function render(one) {
    const row = one.row, facts = [word("access", row.access)].concat(facilities(row, 4));
    return g.el("li", { "class": "row", "data-station-id": row.id, "data-open": one.open },
      g.el("a", { href: "#s=" + encodeURIComponent(row.id) },
        span("row-name", g.said(cut(row.name))), span("row-far", far(one)),
        span("row-state state-" + one.open, g.judge.say(one)), span("row-ride", ride(one)),
        span("row-doubt", doubts(one).join(" · ")),
        g.el("span", { "class": "row-facts" }, facts.filter(Boolean).join(" · "),
          where(row) ? [" · ", g.said(cut(where(row)))] : null)));
  }

  /** Rows that are no options: planned ones, and rooms for members. They carry no station id. */
  function renderApart(one) {
    const row = one.row;
    const said = row.role === "planned" ? g.t("规划中", "Planned") : word("access", row.access);
    return g.el("li", { "class": "row" }, g.el("a", { href: "#s=" + encodeURIComponent(row.id) },
      span("row-name", g.said(cut(row.name))), span("row-far", far(one)),
      span("row-doubt", said), span("row-where", g.said(cut(where(row))))));
  }

  g.rows = { render: render, renderApart: renderApart, far: far, ride: ride, doubts: doubts,
    facilities: facilities, word: word, where: where, cut: cut };
})(window.geomap);
