/* Numbers of districts: each stands for a cell of districts.csv, and says what it is. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, t = geomap.t;

  /** A number that stands for a cell of districts.csv: its text, and the cell for who asks. */
  planner.figure = function (column, row, text, envelope) {
    const columns = geomap.taken.districts.columns, value = columns[column][row];
    return el("span", { "data-number": column, "data-value": value === null ? "" : String(value),
      "data-district": columns.district_code[row], "data-envelope": envelope || null }, text);
  };

  /** The envelopes, the headline first: what is asked first is seen first. */
  planner.headlineFirst = function () {
    const settings = geomap.taken.settings, first = settings.envelopes[settings.headline];
    return [first].concat(settings.envelopes.filter(function (each) { return each !== first; }));
  };

  /** Shares as a bar, each with the class of its look; the last drawn lies above. */
  planner.bar = function (parts) {
    return el("span", { "class": "bar", "aria-hidden": "true" }, parts.map(function (part) {
      const piece = el("span", { "class": part[0] });
      piece.style[part[0] === "tick" ? "left" : "width"] = 100 * Math.min(1, part[1] || 0) + "%";
      return piece;
    }));
  };

  /** A share as text and as a bar: dark the certain part, light what is possible, a tick between. */
  planner.share = function (id, row) {
    const columns = geomap.taken.districts.columns;
    const low = columns[id + "_share_low"][row], middle = columns[id + "_share"][row], high = columns[id + "_share_high"][row];
    if (middle === null) { return "—"; }
    const figure = function (name) {
      return planner.figure(id + "_" + name, row, planner.percent(columns[id + "_" + name][row]), id);
    };
    return el("span", { "class": "share-cell" }, el("b", {}, figure("share")), " ",
      el("small", {}, figure("share_low"), " – ", figure("share_high")), planner.bar([["high", high], ["low", low], ["tick", middle]]), likely(id, row, figure), people(id, row, figure),
      columns.served_km2[row] === null ? null : el("small", {}, t("全部土地的 ", "of all land "), figure("land_share")));
  };
  /* Where places are not exact: nine times of ten it lies between these. */
  function likely(id, row, figure) {
    const columns = geomap.taken.districts.columns, low = columns[id + "_likely_low"][row], high = columns[id + "_likely_high"][row];
    return low === null || high - low < 0.0005 ? null : el("small", { "class": "likely" }, t("九成在 ", "likely "), figure("likely_low"), " – ", figure("likely_high"));
  }
  /* People in reach, where somebody knows how many live there. */
  function people(id, row, figure) {
    const columns = geomap.taken.districts.columns, count = columns[id + "_people"][row];
    const of = geomap.taken.settings.of_part, roads = columns.roads_share[row];
    if (count === null) { return null; }
    const told = planner.figure(id + "_people", row, t("到得了约 " + planner.number(count) + " 人", "about " + planner.number(count) + " people reach one"), id);
    const part = columns[id + "_demand_share"][row], isHeadline = geomap.taken.settings.envelopes[geomap.taken.settings.headline].id === id;
    const lost = isHeadline && part ? planner.number(Math.round(count / part - count)) : "";
    return [roads !== null && roads < of.below ? [el("small", {}, told), el("small", { "class": "part" }, t(of.words[0], of.words[1]), figure("demand_share"))]
      : el("small", {}, told, " · ", figure("demand_share")),
    lost ? el("small", { "class": "part" }, t("到不了约 " + lost + " 人", "about " + lost + " do not")) : null];
  }
  /** What each number of the table is, one sentence each; how people were counted is the build's. */
  planner.drawMeanings = function (box) {
    box.replaceChildren(el("summary", {}, t("每个数字是怎么算的", "What each number is")),
      el("dl", {}, geomap.taken.settings.meanings.map(function (entry) {
        return [el("dt", {}, t(entry[0][0], entry[0][1])), el("dd", {}, t(entry[1][0], entry[1][1]))];
      })));
  };
})();
