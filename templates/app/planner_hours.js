/* At which hour how many doors are open: of the chosen district, else of all. A station's week is
   168 characters: 1 open throughout the hour, 0 not, ? not known. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;
  const DAYS = [["周一", "Mon"], ["周二", "Tue"], ["周三", "Wed"], ["周四", "Thu"], ["周五", "Fri"], ["周六", "Sat"], ["周日", "Sun"]];
  let nights = null, nightsOfPlaced = -1;

  /** Whether a station is known to be open throughout an hour of the week (0 to 167). */
  planner.isOpenAt = function (row, hour) { return (geomap.taken.stations.week[row] || "")[hour] === "1"; };
  /** Stations of a district (-1: of all) hour by hour: open, unknown, and how many there are. */
  function count(home) {
    const stations = geomap.taken.stations, weeks = {}, sums = { open: new Array(168).fill(0), unknown: new Array(168).fill(0), total: 0 };
    for (let row = 0; row < stations.placed; row++) {
      const week = stations.week[row];
      if (week && (home < 0 || stations.home[row] === home)) { weeks[week] = (weeks[week] || 0) + 1; }
    }
    Object.keys(weeks).forEach(function (week) {
      sums.total += weeks[week];
      for (let hour = 0; hour < 168; hour++) {
        if (week[hour] === "1") { sums.open[hour] += weeks[week]; }
        if (week[hour] === "?") { sums.unknown[hour] += weeks[week]; }
      }
    });
    return sums;
  }
  /** Stations of a district known to be open all night, every night, and those of which nobody knows; null: not yet read. */
  function countNights(home) {
    const stations = geomap.taken.stations, kinds = {};
    if (stations.placed < geomap.taken.settings.stations.count) { return null; }
    if (nightsOfPlaced !== stations.placed) {
      nights = {}; nightsOfPlaced = stations.placed;
      stations.week.forEach(function (week, row) {
        if (!week) { return; }
        if (!(week in kinds)) { kinds[week] = nightsOfWeek(week); }
        const counts = nights[stations.home[row]] = nights[stations.home[row]] || { sure: 0, unknown: 0, no: 0 };
        counts[kinds[week]] += 1;
      });
    }
    return nights[home] || { sure: 0, unknown: 0 };
  }
  function nightsOfWeek(week) {
    const hours = [];
    const night = geomap.taken.settings.night;
    for (let hour = 0; hour < 168; hour++) {
      if (hour % 24 * 60 >= night[0] || hour % 24 * 60 < night[1]) { hours.push(week[hour]); }
    }
    return hours.indexOf("0") >= 0 ? "no" : hours.indexOf("?") >= 0 ? "unknown" : "sure";
  }
  planner.nightsOf = function (home) {
    const counts = countNights(home);
    return counts && counts.sure;
  };
  /** The same in words: what nobody knows is not none. */
  planner.sayNights = function (home) {
    const counts = countNights(home);
    return counts === null ? "—" : [planner.number(counts.sure), counts.unknown ? el("small", {},
      t("（" + planner.number(counts.unknown) + " 不详）", " (" + planner.number(counts.unknown) + " not known)")) : null];
  };

  planner.dayNames = function () { return DAYS.map(function (day) { return t(day[0], day[1]); }); };
  planner.drawHours = function (home) {
    const box = document.getElementById("hours-table"), sums = count(home);
    const isRead = geomap.taken.stations.placed === geomap.taken.settings.stations.count;
    const where = home < 0 ? t("全部站点", "All stations") : planner.district(home);
    if (!sums.total) {
      box.replaceChildren(el("p", { "class": "note" }, isRead ? [said(where), t("：没有可去的站点。", ": no station to go to.")] : t("正在载入…", "Loading…")));
      return;
    }
    box.replaceChildren(el("p", { "class": "hours-where" }, el("b", {}, said(where)), " · ",
      t(planner.number(sums.total) + " 处（含能否进入不详的），每夜都开 ", planner.number(sums.total) + " stations (with those of unknown access), open every night ") +
      planner.number(home < 0 ? allNights() : planner.nightsOf(home))),
    el("div", { "class": "days" }, groupDays(sums).map(function (days) { return dayTable(sums, days); })));
  };
  function allNights() {
    countNights(-1);
    return Object.keys(nights || {}).reduce(function (sum, home) { return sum + nights[home].sure; }, 0);
  }
  /* Days on which every hour is alike stand together. */
  function groupDays(sums) {
    const groups = {}, order = [];
    DAYS.forEach(function (day, number) {
      const key = [sums.open, sums.unknown].map(function (all) { return all.slice(24 * number, 24 * number + 24).join(); }).join(";");
      if (!groups[key]) { groups[key] = []; order.push(key); }
      groups[key].push(number);
    });
    return order.map(function (key) { return groups[key]; });
  }
  function dayWords(days) {
    const names = days.map(function (day) { return t(DAYS[day][0], DAYS[day][1]); });
    const isRun = days.length > 2 && days[days.length - 1] - days[0] === days.length - 1;
    return isRun ? names[0] + t("至", "–") + names[names.length - 1] : names.join(t("、", ", "));
  }
  function dayTable(sums, days) {
    const first = 24 * days[0], rows = [];
    for (let hour = 0; hour < 24; hour++) {
      const last = rows[rows.length - 1];
      if (last && last.open === sums.open[first + hour] && last.unknown === sums.unknown[first + hour]) { last.until = hour + 1; continue; }
      rows.push({ from: hour, until: hour + 1, open: sums.open[first + hour], unknown: sums.unknown[first + hour] });
    }
    return el("table", { "class": "clock" }, el("caption", {}, dayWords(days)),
      el("thead", {}, el("tr", {}, [t("几点", "Hours"), t("确定开门", "Open"), t("不详", "Not known")].map(function (word) { return el("th", { scope: "col" }, word); }),
        el("td", {}))),
      el("tbody", {}, rows.map(function (row) {
        return el("tr", {}, el("th", { scope: "row" }, row.from + "–" + row.until), el("td", {}, planner.number(row.open)), el("td", {}, planner.number(row.unknown)),
          el("td", { "class": "length" }, planner.bar([["high", (row.open + row.unknown) / sums.total], ["low", row.open / sums.total]])));
      })));
  }
})();
