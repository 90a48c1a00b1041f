/* Where nobody is served, in words; and how much of a district is in reach at each hour. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;
  const MINUTES = [["5 分钟内", "within 5 min"], ["5–10 分钟", "5–10 min"], ["10–15 分钟", "10–15 min"], ["15–30 分钟", "15–30 min"], ["30 分钟以上", "over 30 min"]];

  function amount(value, unit, rank) {
    const text = rank ? cell(rank, "demand", value, unit === "people" ? 0 : 1) : planner.number(value, unit === "people" ? 0 : 1);
    return unit === "people" ? [t("约 ", "about "), text, t(" 人", " people")] : [text, t(" km² 土地（人口不详）", " km² of land (people unknown)")];
  }
  /* A cell of gaps.geojson, and one of hours.csv. */
  function cell(rank, name, value, digits) {
    return el("span", { "data-number": name, "data-value": String(value), "data-rank": rank }, planner.number(value, digits));
  }
  function hourCell(weeks, code, day, hour, part) {
    const share = at(weeks[code], day, hour, part);
    return el("span", { "data-number": ["share_low", "share", "share_high"][part], "data-value": String(share), "data-district": code,
      "data-weekday": day + 1, "data-hour": hour }, planner.percent(share));
  }
  function districtName(code) {
    const columns = geomap.taken.districts.columns, row = columns.district_code.indexOf(code);
    return row < 0 ? code : planner.district(row);
  }
  planner.drawGaps = function (box) {
    const gaps = geomap.taken.gaps, total = gaps.histogram.reduce(function (sum, part) { return sum + part; }, 0);
    if (!gaps.list.length) { box.replaceChildren(el("p", { "class": "note" }, t("没有。", "None."))); return; }
    box.replaceChildren(
      el("p", {}, planner.envelopeName(headline()), t("，", ": "), el("b", {}, amount(gaps.unserved, gaps.unit)), t("到不了确定能进的站点，占 ", " reach no station that surely lets them in, "),
        el("b", {}, planner.percent(gaps.total ? gaps.unserved / gaps.total : null)), t("（全部 ", " of "), amount(gaps.total, gaps.unit), t("），分在 " + gaps.count + " 处。", ", in " + gaps.count + " places.")),
      el("ol", { "class": "plain gaps" }, gaps.list.map(function (gap) {
        return el("li", { "data-district": gap.district }, planner.rowButton([gap.rank + ".", geomap.latin(gap.name || districtName(gap.district)), t(gap.place, gap.place_en)].join(" "), function () {
          markGap(gap);
        }), " ", amount(gap.demand, gaps.unit, gap.rank), " · ",
        gaps.unit === "people" ? [t("范围 ", "over "), cell(gap.rank, "area_km2", gap.km2, 1), " km² · "] : "",
        gap.near ? [t("最近的站约 ", "nearest about "), gap.min === null ? "—" : gap.min > 60 ? t("一小时以上", "over an hour") : [cell(gap.rank, "nearest_min", gap.min), t(" 分钟", " min")], t("（", " ("), said(gap.near), t("）", ")")]
          : t("没有确定能进的站点", "no station that surely lets riders in"));
      })),
      gaps.count > gaps.list.length ? el("p", { "class": "note" }, t("共 " + gaps.count + " 处，其余见下载。", gaps.count + " in all; the others are in the downloads.")) : "",
      el("h3", {}, t("到最近的站要几分钟", "Minutes to the nearest station")),
      el("table", { "class": "clock" }, el("tbody", {}, gaps.histogram.map(function (part, step) {
        return el("tr", {}, el("th", { scope: "row" }, t(MINUTES[step][0], MINUTES[step][1])),
          el("td", {}, amount(part, gaps.unit)), el("td", {}, planner.percent(total ? part / total : null)));
      }))),
      gaps.overlap_count ? el("details", {}, el("summary", {}, t("完全被别的站覆盖的站点 " + gaps.overlap_count + " 个", gaps.overlap_count + " stations all of whose area another one serves too")),
        el("p", { "class": "note" }, t("关掉其中一个（只一个），十分钟内到得了的地方一点不少；点一个，地图移到那里。", "Without one of them (one alone) no less is in reach; choose one and the map goes there.")),
        el("ul", { "class": "plain" }, gaps.overlapping.map(function (pair) { return el("li", {}, planner.rowButton(pair[1], function () {
          planner.choose({ stations: [geomap.taken.stations.station_id.indexOf(pair[0])] });
        })); }))) : "");
  };
  function headline() { return geomap.taken.settings.envelopes[geomap.taken.settings.headline]; }
  /* The chosen gap stands on the map with its number. */
  let mark = null;
  function markGap(gap) {
    if (mark) { mark.remove(); }
    mark = L.marker([gap.at[1], gap.at[0]], { keyboard: false, interactive: false,
      icon: L.divIcon({ className: "plan-mark gap-mark", iconSize: [24, 24], html: el("span", {}, String(gap.rank)) }) }).addTo(planner.map);
    planner.map.setView([gap.at[1], gap.at[0]], 13, { animate: false });
  }

  /* The week of a district as a strip of 7 by 24; its worst nights ranked. */
  const at = planner.shareAt = function (week, day, hour, part) { return week[1][week[0][day]][24 * part + hour] / 1000; };
  planner.drawClock = function (box, home) {
    const weeks = geomap.taken.gaps.weeks, codes = Object.keys(weeks), columns = geomap.taken.districts.columns;
    if (!codes.length) { box.replaceChildren(); return; }
    const code = home >= 0 && weeks[columns.district_code[home]] ? columns.district_code[home] : null;
    document.getElementById("clock-slide").replaceChildren(slider(weeks, code));
    box.replaceChildren(el("h3", {}, t("几点在范围内", "In reach, by the hour")),
      el("p", { "class": "note" }, planner.envelopeName(headline()), t("内有站点确定开着门的土地，占街道所及土地（没有道路文件的，占全部土地）的多少；括号里把时间不详的也算上。",
        ": the part of the land that streets serve (of all land without a road file) from which a station that is surely open is reached; in brackets with those of unknown hours."),
      geomap.taken.settings.trial ? t("要看任一钟点有多少人，在“试一试”里选钟点。", " People at any hour: choose the hour under What if.") : ""),
      code ? strip(weeks, code) : "", nights(weeks, codes));
  };
  /** Day and hour that map and trial are of; null: of any hour. */
  planner.clock = null;
  let showClock = planner.followClock = function () {};
  planner.setClock = function (clock) {
    planner.clock = clock;
    colour();
    showClock();
    planner.followClock();
  };
  planner.clockWords = function () { return planner.dayNames()[planner.clock[0]] + " " + planner.clock[1] + ":00"; };
  function slider(weeks, code) {
    const told = el("output"), start = planner.clock || [2, 14];
    const day = el("select", { "aria-label": t("哪一天", "Day"), onchange: turn }, planner.dayNames().map(function (name, number) {
      return el("option", { value: number, selected: number === start[0] }, name);
    }));
    const hour = el("input", { type: "range", min: "0", max: "23", value: String(start[1]), "data-action": "clock", "aria-label": t("几点", "Hour"), oninput: turn });
    function turn() { planner.setClock([Number(day.value), Number(hour.value)]); }
    showClock = function () {
      if (planner.clock) { [day.value, hour.value] = planner.clock; }
      told.replaceChildren(!planner.clock ? "" : el("span", {}, planner.clockWords(), code ? [t("：", ": "), said(districtName(code)), " ", planner.percent(at(weeks[code], planner.clock[0], planner.clock[1], 1))] : ""));
    };
    showClock();
    return el("p", { "class": "slide" }, el("span", {}, t("拖到一个钟点，地图按它着色：", "Drag to an hour to shade the map: ")), day, hour, told,
      el("button", { type: "button", "data-action": "clock-off", onclick: function () { planner.setClock(null); } }, t("不论钟点", "Any hour")));
  }
  /* Along the streets where the page has them, else district by district. */
  function colour() {
    const byStreet = geomap.taken.settings.trial;
    if (byStreet && planner.clock && planner.bandsShown < 0) { planner.showBands(geomap.taken.settings.headline); }
    if (byStreet) { (planner.clock ? planner.showHour() : Promise.resolve()).then(planner.redrawBands, planner.withoutHour); } else {
      planner.shown.shades = planner.clock !== null;
      if (planner.bandsShown >= 0) { planner.showBands(-1); }
    }
    planner.redrawGround(); planner.drawLegend();
  }
  function strip(weeks, code) {
    const week = weeks[code];
    const number = function (day, hour) {
      const share = at(week, day, hour, 1), high = at(week, day, hour, 2);
      const cell = el("td", { "data-number": "share", "data-value": String(share), "data-district": code, "data-weekday": day + 1, "data-hour": hour,
        title: planner.dayNames()[day] + " " + hour + ":00 " + planner.percent(share) + (high > share ? " – " + planner.percent(high) : "") });
      cell.style.opacity = 0.08 + 0.92 * share;
      return cell;
    };
    return el("div", {}, el("p", {}, said(districtName(code)), t("，周三 14:00 有 ", ", Wednesday 14:00 "), el("b", {}, hourCell(weeks, code, 2, 14, 1)),
      t("，22:00 有 ", ", 22:00 "), el("b", {}, hourCell(weeks, code, 2, 22, 1)), t("；颜色越深，占得越多：", "; the darker the more:")),
    el("table", { "class": "heat" }, el("thead", {}, el("tr", {}, el("td", {}), [0, 6, 12, 18].map(function (hour) {
      return el("th", { scope: "col", colspan: "6" }, hour + ":00");
    }))), el("tbody", {}, planner.dayNames().map(function (day, row) {
      const cells = [];
      for (let hour = 0; hour < 24; hour++) { cells.push(number(row, hour)); }
      return el("tr", {}, el("th", { scope: "row" }, day), cells);
    }))));
  }
  /** Every district by day and by night, those first that lose most between 14:00 and 22:00. */
  function nights(weeks, codes) {
    const hours = [8, 14, 22, 2], lost = function (code) { return at(weeks[code], 2, 14, 1) - at(weeks[code], 2, 22, 1); };
    codes.sort(function (a, b) { return lost(b) - lost(a) || (a < b ? -1 : 1); });
    return el("table", { "class": "clock nights" }, el("caption", {}, t("各区县周三几个钟点，夜里少得最多的在前", "Districts on a Wednesday, those first that lose most by night")),
      el("thead", {}, el("tr", {}, el("td", {}), hours.map(function (hour) { return el("th", { scope: "col" }, hour + ":00"); }))),
      el("tbody", {}, codes.map(function (code) {
        return el("tr", {}, el("th", { scope: "row" }, said(districtName(code))), hours.map(function (hour) {
          const isMore = at(weeks[code], 2, hour, 2) > at(weeks[code], 2, hour, 1);
          return el("td", {}, hourCell(weeks, code, 2, hour, 1), isMore ? el("small", {}, t("（", " ("), hourCell(weeks, code, 2, hour, 2), t("）", ")")) : "");
        }));
      })));
  }
})();
