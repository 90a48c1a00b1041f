/* Where nobody is served, in words; and how much of a district is in reach at each hour. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;
  const DAYS = [["周一", "Mon"], ["周二", "Tue"], ["周三", "Wed"], ["周四", "Thu"], ["周五", "Fri"], ["周六", "Sat"], ["周日", "Sun"]];
  const MINUTES = [["5 分钟内", "within 5 min"], ["5–10 分钟", "5–10 min"], ["10–15 分钟", "10–15 min"], ["15–30 分钟", "15–30 min"], ["30 分钟以上", "over 30 min"]];

  function amount(value, unit) {
    return unit === "people" ? t("约 " + planner.number(value) + " 人", "about " + planner.number(value) + " people")
      : t(planner.number(value, 1) + " km²（人口不详）", planner.number(value, 1) + " km² (people unknown)");
  }
  function districtName(code) {
    const columns = geomap.taken.districts.columns, row = columns.district_code.indexOf(code);
    return row < 0 ? code : columns.district[row];
  }
  planner.drawGaps = function (box) {
    const gaps = geomap.taken.gaps, total = gaps.histogram.reduce(function (sum, part) { return sum + part; }, 0);
    if (!gaps.list.length) { box.replaceChildren(el("p", { "class": "note" }, t("没有。", "None."))); return; }
    box.replaceChildren(
      el("ol", { "class": "plain gaps" }, gaps.list.map(function (gap) {
        return el("li", { "data-district": gap.district }, planner.rowButton(districtName(gap.district) + " " + gap.place, function () {
          planner.map.setView([gap.at[1], gap.at[0]], 14, { animate: false });
        }), " ", amount(gap.demand, gaps.unit), " · ", planner.number(gap.km2, 1) + " km² · ",
        gap.near ? [t("最近的站 ", "nearest: "), gap.min === null ? "—" : gap.min > 60 ? t("一小时以上", "over an hour") : planner.number(gap.min) + t(" 分钟", " min"), t("（", " ("), said(gap.near), t("）", ")")]
          : t("没有位置确定的站点", "no station whose place is certain"));
      })),
      gaps.count > gaps.list.length ? el("p", { "class": "note" }, t("共 " + gaps.count + " 处，其余见下载。", gaps.count + " in all; the others are in the downloads.")) : "",
      el("h3", {}, t("到最近的站要几分钟", "Minutes to the nearest station")),
      el("table", { "class": "clock" }, el("tbody", {}, gaps.histogram.map(function (part, step) {
        return el("tr", {}, el("th", { scope: "row" }, t(MINUTES[step][0], MINUTES[step][1])),
          el("td", {}, amount(part, gaps.unit)), el("td", {}, planner.percent(total ? part / total : null)));
      }))),
      gaps.overlap_count ? el("details", {}, el("summary", {}, t("完全被别的站覆盖的站点 " + gaps.overlap_count + " 个", gaps.overlap_count + " stations all of whose area another one serves too")),
        el("ul", { "class": "plain" }, gaps.overlapping.map(function (pair) { return el("li", {}, said(pair[1])); }))) : "");
  };

  /* The week of a district as a strip of 7 by 24; its worst nights ranked. */
  function at(week, day, hour, part) { return week[1][week[0][day]][24 * part + hour] / 1000; }
  planner.drawClock = function (box, home) {
    const weeks = geomap.taken.gaps.weeks, codes = Object.keys(weeks), columns = geomap.taken.districts.columns;
    if (!codes.length) { box.replaceChildren(); return; }
    const code = home >= 0 && weeks[columns.district_code[home]] ? columns.district_code[home] : null;
    box.replaceChildren(el("h3", {}, t("几点在范围内", "In reach, by the hour")), code ? strip(weeks[code], code)
      : el("p", { "class": "note" }, t("点一个区县，看它每小时的覆盖率。", "Choose a district to see its hours.")), deserts(weeks, codes));
  };
  function strip(week, code) {
    const number = function (day, hour) {
      const share = at(week, day, hour, 1), high = at(week, day, hour, 2);
      const cell = el("td", { "data-number": "share", "data-value": String(share), "data-district": code, "data-weekday": day + 1, "data-hour": hour,
        title: t(DAYS[day][0], DAYS[day][1]) + " " + hour + ":00 " + planner.percent(share) + (high > share ? " – " + planner.percent(high) : "") });
      cell.style.opacity = 0.08 + 0.92 * share;
      return cell;
    };
    return el("div", {}, el("p", {}, said(districtName(code)), t("，周三 14:00 有 ", ", Wednesday 14:00 "), el("b", {}, planner.percent(at(week, 2, 14, 1))),
      t("，22:00 有 ", ", 22:00 "), el("b", {}, planner.percent(at(week, 2, 22, 1))), t("（时间不详的站点最多再加到 ", " (with stations of unknown hours at most "),
      planner.percent(at(week, 2, 22, 2)), t("）", ")")),
    el("table", { "class": "heat", "data-action": "clock" }, el("thead", {}, el("tr", {}, el("td", {}), [0, 6, 12, 18].map(function (hour) {
      return el("th", { scope: "col", colspan: "6" }, hour + ":00");
    }))), el("tbody", {}, DAYS.map(function (day, row) {
      const cells = [];
      for (let hour = 0; hour < 24; hour++) { cells.push(number(row, hour)); }
      return el("tr", {}, el("th", { scope: "row" }, t(day[0], day[1])), cells);
    }))));
  }
  /** Districts that lose most between 14:00 and 02:00: by day somebody is there, at night nobody. */
  function deserts(weeks, codes) {
    const found = codes.map(function (code) { return [code, at(weeks[code], 2, 14, 1), at(weeks[code], 2, 2, 1)]; })
      .filter(function (one) { return one[1] > one[2]; })
      .sort(function (a, b) { return b[1] - b[2] - (a[1] - a[2]) || (a[0] < b[0] ? -1 : 1); }).slice(0, 10);
    return found.length ? el("details", {}, el("summary", {}, t("夜里没有站的区县", "Districts without a station at night")),
      el("ol", { "class": "plain" }, found.map(function (one) {
        return el("li", {}, said(districtName(one[0])), t("：14:00 有 ", ": 14:00 "), planner.percent(one[1]), t("，2:00 有 ", ", 2:00 "), planner.percent(one[2]));
      }))) : "";
  }
})();
