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
    facility: {
      drinking_water: "饮水", microwave: "微波炉", fridge: "冰箱", air_conditioning: "空调", heating: "取暖",
      charging: "手机充电", ev_charging: "电动车充电", battery_swap: "换电", rest: "休息", toilet: "厕所",
      first_aid: "急救箱", umbrella: "雨伞", raincoat: "雨衣", drying: "烘干", books: "图书", wifi: "Wi-Fi",
      tv: "电视", pump: "打气筒", tools: "工具", shower: "淋浴", laundry: "洗衣", nursing_room: "母婴室",
      aed: "AED", blood_pressure: "血压计", health_check: "体检", parking: "停车", meals: "用餐",
      lodging: "住宿", haircut: "理发", legal_aid: "法律援助", counselling: "心理咨询", job_service: "就业服务",
      training: "培训", gym: "健身", vending: "售货机", printer: "打印", kitchen: "厨房", wash_basin: "洗手池"
    }
  };

  /** The word for `key` of a list above; an unknown key stands for itself. */
  planner.word = function (list, key) {
    var found = Object.prototype.hasOwnProperty.call(words[list], key) ? words[list][key] : null;
    return found ? geomap.t(found[0], found[1]) : String(key === null || key === undefined ? "" : key);
  };
  planner.facilities = function (keys) {
    return (keys || "").split(";").filter(Boolean).map(function (key) {
      var known = Object.prototype.hasOwnProperty.call(words.facility, key);
      return known ? geomap.t(words.facility[key], key.replace(/_/g, " ")) : key;
    }).join(geomap.t("、", ", "));
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
