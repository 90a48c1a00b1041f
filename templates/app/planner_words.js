/* Words of the planners' page: what keys of the tables are called (words.toml), and counts. */
(function () {
  "use strict";
  const planner = geomap.planner = {};
  const words = {
    count: {
      documents: ["文件", "documents"], stations: ["站点", "stations"], confirmed: ["已核实", "confirmed"],
      by_status: ["状态", "status"], by_kind: ["类别", "kind"], by_precision: ["位置依据", "placed by"],
      by_district_outcome: ["区县判定", "district"], claims: ["文中说法", "claims"], services: ["服务", "services"],
      skipped: ["跳过", "left out"], warnings: ["提醒", "warnings"]
    }
  };

  /** The word for `key` of a list above; an unknown key stands for itself. */
  planner.word = function (list, key) {
    const named = words[list] || geomap.taken.settings.labels[list];
    const found = Object.prototype.hasOwnProperty.call(named, key) ? named[key] : null;
    return found ? geomap.t(found[0], found[1]) : String(key === null || key === undefined ? "" : key);
  };
  planner.envelopeName = function (envelope) { return geomap.said(geomap.t(envelope.label, envelope.label_en)); };
  /** What a claim counts or promises: a kind of place, places to come, places newly built, reach. */
  planner.claimed = function (kind) {
    const told = planner.word("claim", kind);
    return told === kind ? planner.word("kind", kind) : told;
  };
  /** The name of a district (a row of the table), and of a whole place, in the page's language. */
  planner.district = function (row) { return geomap.latin(geomap.taken.districts.columns.district[row] || ""); };
  planner.place = function (parts) {
    return parts.filter(function (name, i) { return name && parts.indexOf(name) === i; }).map(geomap.latin).join(" ");
  };
  planner.facilities = function (keys) {
    return (keys || "").split(";").filter(Boolean).map(function (key) {
      return planner.word("facility", key);
    }).join(geomap.t("、", ", "));
  };
  /* What each list of the report's counts is counted by. */
  const COUNTED = { by_status: "status", by_kind: "kind", by_precision: "precision", by_district_outcome: "outcome" };
  planner.countName = function (path) {
    return path.map(function (key, depth) {
      return planner.word(depth && COUNTED[path[0]] || "count", key) || geomap.t("在区县内", "inside a district");
    }).join(" · ");
  };
  const formats = {};
  planner.number = function (value, digits) {
    if (value === null || value === undefined) { return "—"; }
    const key = digits || 0;  // to make a format is dear, to use it is not
    formats[key] = formats[key] || new Intl.NumberFormat("zh-CN", { maximumFractionDigits: key });
    return formats[key].format(value);
  };
  planner.percent = function (share) {
    if (share === null || share === undefined) { return "—"; }
    if (share > 0 && share < 0.0005) { return "<0.1%"; }
    if (share < 1 && share > 0.9995) { return ">99.9%"; }
    return (share * 100).toFixed(1) + "%";
  };
})();
