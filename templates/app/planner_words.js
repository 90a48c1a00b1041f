/* Words of the planners' page: what keys of the tables are called, in both languages. */
(function () {
  "use strict";
  var planner = geomap.planner = {};
  var words = {
    kind: {
      station: ["驿站", "station"], rest_room: ["休息室", "rest room"],
      workers_home: ["职工之家", "workers' home"], union_branch: ["工会组织", "union branch"],
      service_center: ["服务中心", "service centre"], employer_site: ["用人单位", "employer"],
      event_venue: ["活动场所", "venue"], courier_depot: ["快递网点", "courier depot"],
      mobile_station: ["流动站", "mobile station"]
    },
    status: {
      operating: ["运行", "operating"], planned: ["规划", "planned"],
      converted: ["改建、运行", "converted, operating"], closed: ["已关闭", "closed"]
    },
    access: {
      "public": ["公众可进", "public"], outdoor_workers: ["户外劳动者可进", "outdoor workers"],
      members: ["会员可进", "members"], employees: ["本单位职工可进", "own employees"],
      unknown: ["谁可进不详", "access unknown"]
    },
    precision: {
      exact: ["坐标", "coordinate"], address: ["门牌", "address"], poi: ["地点名", "place name"],
      street: ["道路", "street"], community: ["社区", "community"], township: ["街道乡镇", "township"],
      district: ["仅到区县", "district only"], city: ["仅到城市", "city only"], none: ["位置不详", "place unknown"]
    },
    outcome: {
      inside: ["", ""], border: ["在区县边界上", "on a district's border"], sea: ["落在海上", "in the sea"],
      foreign: ["落在国外", "abroad"], "city-only": ["只知道城市", "known to a city only"],
      none: ["不在任何区县", "in no district"]
    },
    verdict: {
      confirmed: ["已证实", "confirmed"], partly: ["部分证实", "partly"],
      unknown: ["尚不清楚", "unknown"], contradicted: ["互相矛盾", "contradicted"]
    },
    layer: {
      exact: ["站点（位置准）", "Stations (place known)"], rough: ["站点（位置不准）", "Stations (place rough)"],
      planned: ["规划中", "Planned"], restricted: ["限会员或本单位", "Members or employees only"],
      branch: ["工会组织", "Union branches"], demand: ["需求：快递网点、用人单位", "Demand: depots, employers"],
      closed: ["已关闭", "Closed"]
    },
    count: {
      documents: ["文件", "documents"], stations: ["站点", "stations"], confirmed: ["已核实", "confirmed"],
      by_status: ["状态", "status"], by_kind: ["类别", "kind"], by_precision: ["位置依据", "placed by"],
      by_district_outcome: ["区县判定", "district"], claims: ["文中说法", "claims"], services: ["服务", "services"],
      skipped: ["跳过", "left out"], warnings: ["提醒", "warnings"]
    }
  };

  /** The word for `key` of a list above; an unknown key stands for itself. */
  planner.word = function (list, key) {
    var found = Object.prototype.hasOwnProperty.call(words[list], key) ? words[list][key] : null;
    return found ? geomap.t(found[0], found[1]) : String(key === null || key === undefined ? "" : key);
  };
  planner.facilities = function (keys) {
    return (keys || "").split(";").filter(Boolean).map(function (key) {
      var known = geomap.taken.settings.facilities, has = Object.prototype.hasOwnProperty.call(known, key);
      return has ? geomap.t(known[key][0], known[key][1]) : key;
    }).join(geomap.t("、", ", "));
  };
  /* What each list of the report's counts is counted by. */
  var COUNTED = { by_status: "status", by_kind: "kind", by_precision: "precision" };
  planner.countName = function (path) {
    return path.map(function (key, depth) {
      return planner.word(depth && COUNTED[path[0]] || "count", key);
    }).join(" · ");
  };
  planner.number = function (value, digits) {
    if (value === null || value === undefined) { return "—"; }
    return value.toLocaleString("zh-CN", { maximumFractionDigits: digits || 0 });
  };
  planner.percent = function (share) {
    if (share === null || share === undefined) { return "—"; }
    if (share > 0 && share < 0.0005) { return "<0.1%"; }
    if (share < 1 && share > 0.9995) { return ">99.9%"; }
    return (share * 100).toFixed(1) + "%";
  };
})();
