/* How stations and whom they serve grew, year by year; what nobody can date is counted apart. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, t = geomap.t;

  planner.drawYears = function (box) {
    const years = geomap.taken.years, columns = years.columns;
    if (!columns) {
      box.replaceChildren(el("p", { "class": "note" }, t("没有一行写明启用或停用日期，过去的年份无从知道。", "No row says when it opened or closed: nothing is known of earlier years.")));
      return;
    }
    const isPeople = years.unit === "people", hasPlans = columns.planned_count.some(Boolean);
    const heads = [t("年", "Year"), t("在用", "Open"), t("启用", "Opened"), t("停用", "Closed"), t("计划启用", "Planned"),
      isPeople ? t("能到的人（估算）", "People in reach (estimate)") : t("能到的土地 km²", "Land in reach, km²")];
    if (hasPlans) { heads.push(t("连计划的", "With the planned")); }
    function figure(name, n, digits) {
      const value = columns[name][n];
      return el("span", { "data-number": name, "data-year": columns.year[n], "data-value": String(value) }, planner.number(value, digits));
    }
    const lines = columns.year.map(function (year, n) {
      const digits = isPeople ? 0 : 1, isMore = columns.maybe_count[n] > 0;
      return el("tr", {}, el("th", { scope: "row" }, String(year)),
        el("td", {}, figure("open_count", n), isMore ? el("small", {}, t("（另 ", " (and "), figure("maybe_count", n), t(" 处日期不详）", " undated)")) : null),
        ["opened_count", "closed_count", "planned_count"].map(function (name) { return el("td", {}, figure(name, n)); }),
        el("td", {}, el("b", {}, figure("served", n, digits)), isMore ? el("small", {}, " – ", figure("served_high", n, digits)) : null,
          planner.bar([["high", columns.served_high[n] / years.total], ["low", columns.served[n] / years.total]])),
        hasPlans ? el("td", {}, year < years["this"] ? "—" : figure("served_planned", n, digits)) : null);
    });
    box.replaceChildren(planner.scroller(t("逐年", "Year by year"),
      el("table", { "class": "years" }, el("thead", {}, el("tr", {}, heads.map(function (head) { return el("th", { scope: "col" }, head); }))), el("tbody", {}, lines))),
    el("p", { "class": "note" }, undated(years.undated)));
  };
  function undated(counts) {
    const words = [t(counts[0] + " 处在用的没有启用日期", counts[0] + " open ones have no day of opening"), t(counts[1] + " 处停用的没有停用日期", counts[1] + " closed ones no day of closing"),
      t(counts[2] + " 处计划的没有预计日期", counts[2] + " planned ones no day")].filter(function (_, n) { return counts[n]; });
    return words.length ? [t("日期不详：", "Not known: "), words.join(t("；", "; ")), t("。过去的年份只算进最高值。", ". In earlier years they count in the high value alone.")]
      : t("每一处都有日期。", "Every row has its day.");
  }
})();
