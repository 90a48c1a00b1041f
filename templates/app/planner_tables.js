/* Tables and lists of the planners' page. Every word of a document or a row becomes a text node. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;

  /* Districts */
  planner.districtTable = function (box) {
    const columns = geomap.taken.districts.columns;
    return new planner.Table(box, {
      caption: ["区县：站点、人口与覆盖率", "Districts: stations, people and shares"],
      sortBy: 1, falling: true,
      rows: function () { return planner.matching(columns.district_code.length, function (row) {
        return [columns.district_code[row], columns.province[row], columns.city[row], columns.district[row], planner.district(row)].join(" ").toLowerCase();
      }, "district-search"); },
      tie: function (row) { return -(columns.claimed_count[row] || 0); },  // what is claimed but not mapped comes next
      isChosen: function (row) { return planner.chosen && planner.chosen.district === row; },
      choose: function (row) { planner.choose({ district: row }); },
      columns: districtColumns(columns)
    });
  };
  function districtColumns(columns) {
    const get = function (name) { return function (row) { return columns[name][row]; }; };
    const number = function (name, zh, en, digits) {
      return { zh: zh, en: en, look: "number", sort: get(name),
        cell: function (row) { return planner.figure(name, row, planner.number(columns[name][row], digits)); } };
    };
    const isKnown = function (name) { return columns[name].some(function (value) { return value !== null; }); };
    const text = function (name, zh, en) {
      return { zh: zh, en: en, sort: get(name), cell: function (row) { return said(geomap.latin(columns[name][row] || "—")); } };
    };
    const shares = planner.headlineFirst().map(function (envelope) {
      return { zh: envelope.label, en: envelope.label_en, look: "share", sort: get(envelope.id + "_share"),
        cell: function (row) { return planner.share(envelope.id, row); } };
    });
    const first = [
      { zh: "区县", en: "District", sort: get("district"), cell: function (row) {
        const city = columns.city[row] === columns.province[row] ? columns.province[row] : columns.city[row];
        return [planner.rowButton(planner.district(row), function () { planner.choose({ district: row }); }),
          el("small", { "class": "city" }, said(geomap.latin(city)))];
      } },
      number("station_count", "图上站点", "On the map"),
      shares.shift(),
      { zh: "文中 / 图上", en: "Claimed / mapped", sort: function (row) {
        return columns.claimed_count[row] === null ? null : columns.station_count[row] - columns.claimed_count[row];
      }, cell: function (row) { return planner.claimedBeside(row); } },
      number("planned_count", "规划", "Planned"),
      { zh: "每夜开门", en: "Open all nights", look: "number", sort: planner.nightsOf,
        cell: planner.sayNights },
      number("population", "人口", "People"),
      number("people_per_station", "人 / 站", "People per station")
    ];
    const ground = [number("area_km2", "面积（km²）", "Area (km²)", 1)];
    if (isKnown("served_km2")) {
      ground.unshift(number("served_km2", "街道所及（km²）", "Served by streets (km²)", 1),
        { zh: "道路文件覆盖", en: "Road file covers", look: "number", sort: get("roads_share"),
          cell: function (row) { return planner.figure("roads_share", row, planner.percent(columns.roads_share[row])); } });
    }
    return first.concat(shares, ground, [
      text("city", "城市", "City"), text("province", "省", "Province"), text("district_code", "代码", "Code")]);
  }
  planner.claimedBeside = function (row) {
    const columns = geomap.taken.districts.columns, claimed = columns.claimed_count[row];
    if (claimed === null) { return "—"; }
    const mapped = columns.station_count[row], day = columns.claimed_on[row];
    return el("span", { "class": "beside" + (mapped < claimed ? " short" : "") },
      t("文中 ", "claimed "), planner.figure("claimed_count", row, planner.number(claimed)), t("，图上 ", ", mapped "), planner.figure("station_count", row, planner.number(mapped)),
      day ? el("small", {}, said(day)) : null);
  };

  /* Stations */
  planner.stationTable = function (box) {
    const stations = geomap.taken.stations;
    return new planner.Table(box, {
      caption: ["站点与工会组织", "Stations and branches"], sortBy: 1, falling: false,
      empty: function () { return stations.named < geomap.taken.settings.stations.count ? t("正在载入…", "Loading…") : t("没有。", "None."); },
      rows: function () { return planner.matching(stations.named, searchText, "station-search"); },
      isChosen: function (row) { return planner.chosen && (planner.chosen.stations || []).indexOf(row) >= 0; },
      choose: function (row) { planner.choose({ stations: [row] }); },
      columns: stationColumns(stations)
    });
  };
  /* What is searched of a station, made when first asked for. */
  let texts = [], textsLang = null;
  function searchText(row) {
    const stations = geomap.taken.stations;
    const spoken = geomap.lang + Boolean(geomap.taken.latin);
    if (textsLang !== spoken) { texts = []; textsLang = spoken; }
    texts[row] = texts[row] || [stations.name[row], stations.station_id[row], planner.homeName(row),
      planner.word("kind", stations.kind[row]), planner.word("status", stations.status[row])].join(" ").toLowerCase();
    return texts[row];
  }
  function stationColumns(stations) {
    const word = function (list, name, zh, en) {
      return { zh: zh, en: en, sort: function (row) { return stations[name][row]; },
        cell: function (row) { return planner.word(list, stations[name][row]); } };
    };
    return [
      { zh: "名称", en: "Name", sort: function (row) { return stations.name[row]; }, cell: function (row) {
        return planner.rowButton(stations.name[row], function () { planner.choose({ stations: [row] }); });
      } },
      { zh: "区县", en: "District", sort: function (row) { return stations.home[row] < 0 ? null : stations.home[row]; },
        cell: function (row) { return said(planner.homeName(row)); } },
      word("kind", "kind", "类别", "Kind"), word("status", "status", "状态", "Status"),
      word("access", "access", "谁可进", "Access"), word("precision", "precision", "位置依据", "Placed by"),
      { zh: "误差（米）", en: "Within (m)", look: "number", sort: function (row) { return stations.uncertainty_m[row]; },
        cell: function (row) { return planner.number(stations.uncertainty_m[row]); } },
      { zh: "核实", en: "Confirmed", sort: function (row) { return Number(stations.confirmed[row]); },
        cell: function (row) { return stations.confirmed[row] ? t("已核实", "yes") : t("待核实", "not yet"); } },
      { zh: "公开页", en: "Public page", sort: function (row) { return Number(stations["public"][row]); },
        cell: function (row) { return stations["public"][row] ? t("显示", "shown") : t("不显示", "withheld"); } }
    ];
  }
  planner.homeName = function (row) {
    const home = geomap.taken.stations.home[row];
    return home < 0 ? t("未定区县", "unknown") : planner.district(home);
  };

  /* Claims, loose stations, report */
  planner.claimTable = function (box) {
    const claims = geomap.taken.claims;
    const text = function (name, zh, en) {
      return { zh: zh, en: en, sort: function (row) { return claims[row][name]; },
        cell: function (row) { return said(claims[row][name] || "—"); } };
    };
    return new planner.Table(box, {
      caption: ["文件里的数字和承诺", "Counts and promises of documents"], sortBy: 0, falling: false,
      rows: function () { return claims.map(function (claim, row) { return row; }); },
      columns: [
        { zh: "地方", en: "Place", sort: function (row) { return planner.claimPlace(claims[row]); },
          cell: function (row) { return said(planner.claimPlace(claims[row])); } },
        { zh: "说法", en: "Claim", sort: function (row) { return claims[row].claim; },
          cell: function (row) { return [el("b", {}, said(claims[row].claim)), " ", said(planner.claimed(claims[row].kind))]; } },
        text("as_of", "日期", "As of"),
        { zh: "核对", en: "Verdict", sort: function (row) { return claims[row].verdict; },
          cell: function (row) { return [planner.verdict(claims[row]), el("small", {}, said(claims[row].rests || ""))]; } },
        text("settles", "怎样才能弄清", "What would settle it"),
        { zh: "出处", en: "Source", look: "wide", sort: function (row) { return claims[row].doc; },
          cell: function (row) { return planner.quote(claims[row].doc, claims[row].as_of, claims[row].quote); } }
      ]
    });
  };
  planner.claimPlace = function (claim) {
    return planner.place([claim.province, claim.city, claim.district]) || "—";
  };
  planner.verdict = function (claim) {
    return el("span", { "class": "verdict verdict-" + (/^[a-z]+$/.test(claim.verdict || "") ? claim.verdict : "unknown") },
      planner.word("verdict", claim.verdict));
  };
  planner.quote = function (doc, day, quote) {
    return el("figure", { "class": "quote" }, quote ? el("blockquote", { "class": "clamp" }, said(quote)) : null,
      el("figcaption", {}, said(doc || t("人工填写", "entered by a person")), day ? [" · ", said(day)] : null));
  };
  planner.drawLoose = function (box) {
    const stations = geomap.taken.stations, rows = [];
    stations.home.forEach(function (home, row) { if (home < 0) { rows.push(row); } });
    if (!rows.length) { box.replaceChildren(el("p", { "class": "note" }, t("没有。", "None."))); return; }
    box.replaceChildren(el("ul", { "class": "plain" }, rows.slice(0, 500).map(function (row) {
      return el("li", {}, planner.rowButton(stations.name[row], function () { planner.choose({ stations: [row] }); }), " ",
        el("small", {}, [planner.word("kind", stations.kind[row]), planner.word("precision", stations.precision[row]),
          planner.word("outcome", stations.district_outcome[row])].filter(Boolean).join(" · ")));
    })));
    if (rows.length > 500) { box.append(el("p", { "class": "note" }, t("共 " + rows.length + " 处，其余见下载。", rows.length + " in all; the others are in the downloads."))); }
  };
  planner.drawReport = function (box) {
    const report = geomap.taken.report;
    box.replaceChildren(
      el("ul", { "class": "counts" }, report.counts.map(function (pair) {
        return el("li", {}, said(planner.countName(pair[0])), ": ", el("b", {}, said(pair[1])));
      })),
      leftOut(t("跳过 " + report.of.skipped + " 行", report.of.skipped + " left out"), report.skipped, report.of.skipped),
      leftOut(t("提醒 " + report.of.warnings + " 条", report.of.warnings + " warnings"), report.warnings, report.of.warnings));
  };
  /* A fault in the staff's words, with what is written there. */
  function inWords(skip) {
    const meaning = geomap.taken.report.meanings[skip.code];
    return meaning ? meaning + (skip.detail ? "（" + skip.detail + "）" : "") : skip.reason || "";
  }
  function leftOut(title, list, count) {
    return el("details", { open: list.length > 0 && list.length <= 20 }, el("summary", {}, title),
      el("ul", { "class": "plain" }, list.map(function (skip) {
        return el("li", {}, el("b", {}, said([skip.where, skip.cell].filter(Boolean).join(" · "))), " ", el("code", {}, said(skip.code || "")), " ",
          said(t(inWords(skip), skip.reason || "")));
      })),
      count > list.length ? el("p", { "class": "note" }, t("其余见构建记录。", "The others are in the build record.")) : null);
  }
})();
