/* Tables and lists of the planners' page. Every word of a document or a row becomes a text node. */
(function () {
  "use strict";
  var planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;
  var STEP = 300;

  /* A sortable table: columns have zh, en, sort(row) and cell(row); rows are numbers. */
  planner.Table = function (box, options) {
    this.box = box; this.options = options; this.limit = STEP;
    this.sortBy = options.sortBy; this.falling = options.falling;
  };
  planner.Table.prototype.draw = function () {
    var own = this, options = this.options, rows = this.sorted(), shown = rows.slice(0, this.limit);
    var table = el("table", {},
      el("caption", { "class": "visually-hidden" }, t(options.caption[0], options.caption[1])),
      el("thead", {}, el("tr", {}, options.columns.map(function (column) { return own.heading(column); }))),
      el("tbody", {}, shown.map(function (row) { return own.line(row); })));
    this.box.replaceChildren(el("div", { "class": "scroller", tabindex: "0", role: "region",
      "aria-label": t(options.caption[0], options.caption[1]) }, table));
    if (!rows.length) { this.box.append(el("p", { "class": "note" }, t("没有。", "None."))); }
    if (rows.length > shown.length) {
      this.box.append(el("button", { type: "button", onclick: function () {
        own.limit = rows.length; own.draw();
      } }, t("显示全部 " + rows.length + " 行", "Show all " + rows.length + " rows")));
    }
  };
  planner.Table.prototype.sorted = function () {
    var column = this.options.columns[this.sortBy], way = this.falling ? -1 : 1;
    var tie = this.options.tie || function (row) { return row; };
    var keyed = this.options.rows().map(function (row) { return [column.sort(row), row]; });
    var next = function (a, b) { return tie(a[1]) - tie(b[1]) || a[1] - b[1]; };
    return keyed.sort(function (a, b) {
      if (isMissing(a[0]) || isMissing(b[0])) { return isMissing(a[0]) - isMissing(b[0]) || next(a, b); }
      var order = typeof a[0] === "number" ? a[0] - b[0] : String(a[0]).localeCompare(String(b[0]), "zh-CN");
      return order * way || next(a, b);
    }).map(function (pair) { return pair[1]; });
  };
  function isMissing(value) { return value === null || value === undefined || value === ""; }
  planner.Table.prototype.heading = function (column) {
    var own = this, order = this.options.columns.indexOf(column), isSorted = order === this.sortBy;
    return el("th", { scope: "col", "class": column.look || null,
      "aria-sort": isSorted ? (this.falling ? "descending" : "ascending") : null },
      el("button", { type: "button", "class": "sorter", onclick: function () {
        own.falling = isSorted ? !own.falling : column.look === "number";
        own.sortBy = order; own.draw();
        own.box.querySelectorAll("th button")[order].focus();
      } }, t(column.zh, column.en), el("span", { "aria-hidden": "true", "class": "arrow" },
        isSorted ? (own.falling ? "▼" : "▲") : "↕")));
  };
  planner.Table.prototype.line = function (row) {
    var options = this.options, line = el("tr", { "class": options.isChosen && options.isChosen(row) ? "chosen" : null });
    options.columns.forEach(function (column, order) {
      line.append(el(order === 0 ? "th" : "td", { scope: order === 0 ? "row" : null, "class": column.look || null }, column.cell(row)));
    });
    if (options.choose) {
      line.addEventListener("click", function (event) {
        if (!event.target.closest("button, a")) { options.choose(row); }
      });
      line.classList.add("choosable");
      line.dataset.row = row;
    }
    return line;
  };
  planner.rowButton = function (text, choose) {
    return el("button", { type: "button", "class": "name", onclick: choose }, said(text || "—"));
  };

  /* Districts */
  planner.districtTable = function (box) {
    var columns = geomap.taken.districts.columns;
    return new planner.Table(box, {
      caption: ["区县：站点、人口与覆盖率", "Districts: stations, people and shares"],
      sortBy: 1, falling: true,
      rows: function () { return planner.matching(columns.district_code.length, function (row) {
        return [columns.district_code[row], columns.province[row], columns.city[row], columns.district[row]];
      }, "district-search"); },
      tie: function (row) { return -(columns.claimed_count[row] || 0); },  // what is claimed but not mapped comes next
      isChosen: function (row) { return planner.chosen && planner.chosen.district === row; },
      choose: function (row) { planner.choose({ district: row }); },
      columns: districtColumns(columns)
    });
  };
  function districtColumns(columns) {
    var get = function (name) { return function (row) { return columns[name][row]; }; };
    var number = function (name, zh, en, digits) {
      return { zh: zh, en: en, look: "number", sort: get(name),
        cell: function (row) { return planner.number(columns[name][row], digits); } };
    };
    var text = function (name, zh, en) {
      return { zh: zh, en: en, sort: get(name), cell: function (row) { return said(columns[name][row] || "—"); } };
    };
    var first = [
      { zh: "区县", en: "District", sort: get("district"), cell: function (row) {
        var city = columns.city[row] === columns.province[row] ? columns.province[row] : columns.city[row];
        return [planner.rowButton(columns.district[row], function () { planner.choose({ district: row }); }),
          el("small", { "class": "city" }, said(city))];
      } },
      number("station_count", "图上站点", "On the map"),
      { zh: "文中 / 图上", en: "Claimed / mapped", sort: function (row) {
        return columns.claimed_count[row] === null ? null : columns.station_count[row] - columns.claimed_count[row];
      }, cell: function (row) { return planner.claimedBeside(row); } },
      number("planned_count", "规划", "Planned"),
      number("population", "人口", "People"),
      number("people_per_station", "人 / 站", "People per station")
    ];
    var shares = geomap.taken.settings.envelopes.map(function (envelope) {
      return { zh: envelope.label, en: envelope.label, look: "share", sort: get(envelope.id + "_share"),
        cell: function (row) { return planner.share(envelope.id, row); } };
    });
    return first.concat(shares, [number("area_km2", "面积（km²）", "Area (km²)", 1),
      text("city", "城市", "City"), text("province", "省", "Province"), text("district_code", "代码", "Code")]);
  }
  planner.claimedBeside = function (row) {
    var columns = geomap.taken.districts.columns, claimed = columns.claimed_count[row];
    if (claimed === null) { return "—"; }
    var mapped = columns.station_count[row], day = columns.claimed_on[row];
    return el("span", { "class": "beside" + (mapped < claimed ? " short" : "") },
      t("文中 ", "claimed ") + planner.number(claimed) + t("，图上 ", ", mapped ") + planner.number(mapped),
      day ? el("small", {}, said(day)) : null);
  };

  /** A share as text and as a bar: dark the certain part, light what is possible, a tick between. */
  planner.share = function (id, row) {
    var columns = geomap.taken.districts.columns;
    var low = columns[id + "_share_low"][row], middle = columns[id + "_share"][row], high = columns[id + "_share_high"][row];
    if (middle === null) { return "—"; }
    var bar = el("span", { "class": "bar", "aria-hidden": "true" });
    [["high", high], ["low", low]].forEach(function (part) {
      var piece = el("span", { "class": part[0] });
      piece.style.width = 100 * Math.min(1, part[1] || 0) + "%";
      bar.append(piece);
    });
    var tick = el("span", { "class": "tick" });
    tick.style.left = 100 * Math.min(1, middle) + "%";
    bar.append(tick);
    var demand = columns[id + "_demand_share"][row];
    return el("span", { "class": "share-cell" }, el("b", {}, planner.percent(middle)), " ",
      el("small", {}, planner.percent(low) + " – " + planner.percent(high)), bar,
      demand === null ? null : el("small", {}, t("需求 ", "demand ") + planner.percent(demand)));
  };

  /* Stations */
  planner.stationTable = function (box) {
    var stations = geomap.taken.stations;
    return new planner.Table(box, {
      caption: ["站点与工会组织", "Stations and branches"], sortBy: 1, falling: false,
      rows: function () { return planner.matching(stations.name.length, function (row) {
        return [stations.name[row], stations.station_id[row], planner.homeName(row),
          planner.word("kind", stations.kind[row]), planner.word("status", stations.status[row])];
      }, "station-search"); },
      isChosen: function (row) { return planner.chosen && (planner.chosen.stations || []).indexOf(row) >= 0; },
      choose: function (row) { planner.choose({ stations: [row] }); },
      columns: stationColumns(stations)
    });
  };
  function stationColumns(stations) {
    var word = function (list, name, zh, en) {
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
    var home = geomap.taken.stations.home[row];
    return home < 0 ? t("未定区县", "unknown") : geomap.taken.districts.columns.district[home] || "";
  };

  /* Claims, loose stations, report */
  planner.claimTable = function (box) {
    var claims = geomap.taken.claims;
    var text = function (name, zh, en) {
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
          cell: function (row) { return [el("b", {}, said(claims[row].claim)), " ", said(planner.word("kind", claims[row].kind))]; } },
        text("as_of", "日期", "As of"),
        { zh: "核对", en: "Verdict", sort: function (row) { return claims[row].verdict; },
          cell: function (row) { return planner.verdict(claims[row]); } },
        text("settles", "怎样才能弄清", "What would settle it"),
        { zh: "出处", en: "Source", look: "wide", sort: function (row) { return claims[row].doc; },
          cell: function (row) { return planner.quote(claims[row].doc, claims[row].as_of, claims[row].quote); } }
      ]
    });
  };
  planner.claimPlace = function (claim) {
    return [claim.province, claim.city === claim.province ? "" : claim.city, claim.district].filter(Boolean).join(" ") || "—";
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
    var stations = geomap.taken.stations, rows = [];
    stations.home.forEach(function (home, row) { if (home < 0) { rows.push(row); } });
    if (!rows.length) { box.replaceChildren(el("p", { "class": "note" }, t("没有。", "None."))); return; }
    box.replaceChildren(el("ul", { "class": "plain" }, rows.slice(0, 500).map(function (row) {
      return el("li", {}, planner.rowButton(stations.name[row], function () { planner.choose({ stations: [row] }); }), " ",
        el("small", {}, [planner.word("kind", stations.kind[row]), planner.word("precision", stations.precision[row]),
          planner.word("outcome", stations.outcome[row])].filter(Boolean).join(" · ")));
    })));
    if (rows.length > 500) { box.append(el("p", { "class": "note" }, t("共 " + rows.length + " 处，其余见下载。", rows.length + " in all; the others are in the downloads."))); }
  };
  planner.drawReport = function (box) {
    var report = geomap.taken.report;
    box.replaceChildren(
      el("ul", { "class": "counts" }, report.counts.map(function (pair) {
        return el("li", {}, said(planner.countName(pair[0])), ": ", el("b", {}, said(pair[1])));
      })),
      leftOut(t("跳过 " + report.skipped.length + " 行", report.skipped.length + " left out"), report.skipped),
      leftOut(t("提醒 " + report.warnings.length + " 条", report.warnings.length + " warnings"), report.warnings));
  };
  function leftOut(title, list) {
    return el("details", { open: list.length > 0 && list.length <= 20 }, el("summary", {}, title),
      el("ul", { "class": "plain" }, list.slice(0, 500).map(function (skip) {
        return el("li", {}, el("b", {}, said(skip.where || "")), " ", el("code", {}, said(skip.code || "")), " ",
          said(skip.reason || ""), " ", el("small", {}, said(skip.stage || "")));
      })),
      list.length > 500 ? el("p", { "class": "note" }, t("其余见构建记录。", "The others are in the build record.")) : null);
  }

  /** Rows whose texts hold what is written in the search field of that id. */
  planner.matching = function (count, texts, field) {
    var wanted = document.getElementById(field).value.trim().toLowerCase(), rows = [];
    for (var row = 0; row < count; row++) {
      if (!wanted || texts(row).join(" ").toLowerCase().indexOf(wanted) >= 0) { rows.push(row); }
    }
    return rows;
  };
})();
