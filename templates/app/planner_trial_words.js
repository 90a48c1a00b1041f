/* What a trial changes, in numbers, and what was tried, each line with a button that takes it back. */
(function () {
  "use strict";
  const g = window.geomap, planner = g.planner, el = g.el, said = g.said, t = g.t;

  /** Numbers of two counts of a ground, before and now. */
  planner.trialNumbers = function (ground, before, now, envelope) {
    const hour = planner.trial.hour;
    function figure(name, value, text, district) {
      return el("span", { "data-number": name, "data-value": String(value), "data-envelope": envelope, "data-district": district || null,
        "data-weekday": hour < 0 ? null : Math.floor(hour / 24) + 1, "data-hour": hour < 0 ? null : hour % 24 }, text);
    }
    function amount(value) {
      return ground.total ? t("约 ", "about ") + planner.number(value) + t(" 人", " people") : planner.number(value / 1e6, 2) + t(" km² 街道所及的土地", " km² of land that streets serve");
    }
    const was = ground.total ? before.people : before.land, is = ground.total ? now.people : now.land;
    const lines = [
      [t("能到", "In reach"), [figure("whatif_before", was, amount(was)), " → ", el("b", {}, figure("whatif_now", is, amount(is)))]],
      [t("占比", "Share"), [figure("whatif_share_before", was / ground.all, planner.percent(was / ground.all)), " → ", el("b", {}, figure("whatif_share", is / ground.all, planner.percent(is / ground.all)))]],
      [t("多了", "Gained"), figure("whatif_gained", now.gained, amount(now.gained))], [t("少了", "Lost"), figure("whatif_lost", now.lost, amount(now.lost))],
      [t("街道", "Streets"), [figure("whatif_km_before", before.dm / 1e4, planner.number(before.dm / 1e4, 1)), " → ", figure("whatif_km", now.dm / 1e4, planner.number(now.dm / 1e4, 1) + " km")]]
    ];
    return [el("dl", {}, lines.map(function (line) { return el("div", {}, el("dt", {}, line[0]), el("dd", {}, line[1])); })),
      districts(before, now, amount, figure)].filter(Boolean);
  };
  function districts(before, now, amount, figure) {
    const columns = g.taken.districts.columns;
    function of(count, row) { return count.district.get(row) || 0; }
    const changed = Array.from(new Set([...before.district.keys(), ...now.district.keys()])).filter(function (row) {
      return row >= 0 && Math.abs(of(now, row) - of(before, row)) > 0.5;
    });
    return changed.length ? el("ul", { "class": "plain" }, changed.map(function (row) {
      const code = columns.district_code[row];
      return el("li", {}, said(planner.district(row)), " ", figure("whatif_before", of(before, row), amount(of(before, row)), code), " → ",
        figure("whatif_now", of(now, row), amount(of(now, row)), code));
    })) : null;
  }

  /** What was tried; `undo` has what takes back an added place, a closed and a longer station. */
  planner.trialList = function (undo) {
    const trial = planner.trial, names = g.taken.stations.name;
    function line(words, act) { return el("li", {}, words, " ", el("button", { type: "button", onclick: act }, t("撤回", "Undo"))); }
    return el("ul", { "class": "plain", id: "trial-list" }, trial.added.map(function (one, n) {
      return line([t("加站 ", "Added ") + (n + 1), one.foot ? "" : t("（附近没有可骑的街道）", " (no street near)")], function () { undo.added(one); });
    }), Array.from(trial.closed, function (row) {
      return line([t("关闭 ", "Closed "), said(names[row] || "")], function () { undo.closed(row); });
    }), Array.from(trial.longer, function (row) {
      return line([t("改为 24 小时 ", "Open around the clock: "), said(names[row] || "")], function () { undo.longer(row); });
    }));
  };
})();
