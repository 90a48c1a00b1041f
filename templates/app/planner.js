/* The planners' page: what is chosen, its facts, the layers' switches, and the start. */
(function () {
  "use strict";
  var planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;
  var tables = [], wanted = {}, box = document.getElementById("facts"), below = document.getElementById("below"), hint = box.firstElementChild;
  planner.chosen = null;

  /** Choose { district: row } or { stations: rows } or null; from a table the map moves there. */
  planner.choose = function (what, fromMap) {
    planner.chosen = what;
    planner.dots.chosen = what && what.stations ? what.stations[0] : -1;
    var home = !what ? -1 : what.stations ? geomap.taken.stations.home[what.stations[0]] : what.district;
    planner.chooseDistrictLine(home);
    if (what && !fromMap) { if (what.stations) { planner.showStation(what.stations[0]); } else { planner.showDistrict(what.district); } }
    planner.dots.redraw();
    markRows();
    remember(what);
    drawFacts().then(function () {
      below.scrollTop = what ? box.offsetTop - below.offsetTop : 0;
      if (what && !fromMap) { reveal(); }
    });
  };
  function markRows() {
    tables.forEach(function (table) {
      if (!table.options.isChosen) { return; }
      table.box.querySelectorAll("tbody tr").forEach(function (line) {
        line.classList.toggle("chosen", !!table.options.isChosen(Number(line.dataset.row)));
      });
    });
  }
  /* On a phone the map is above the tables: bring it and the facts into view. */
  function reveal() {
    if (matchMedia("(max-width: 899px)").matches) {
      document.querySelector(".look").scrollIntoView({ block: "start" });
    }
    box.focus({ preventScroll: true });
  }
  function remember(what) {
    var code = what && what.district !== undefined ? geomap.taken.districts.columns.district_code[what.district] : "";
    var address = code ? "#d=" + encodeURIComponent(code) : location.pathname + location.search;
    try { history.replaceState(null, "", address); } catch (error) { /* some hosts forbid it */ }
  }

  /* Facts */
  var turn = 0;
  function drawFacts() {
    var mine = ++turn, what = planner.chosen;
    if (!what) { box.replaceChildren(hint); return Promise.resolve(); }
    return (what.stations ? stationFacts(what.stations) : districtFacts(what.district)).then(function (nodes) {
      if (mine === turn) { box.replaceChildren.apply(box, [closeButton()].concat(nodes)); }
    });
  }
  function closeButton() {
    return el("button", { type: "button", "class": "close", "aria-label": t("关闭", "Close"), onclick: function () {
      planner.choose(null);
    } }, "×");
  }
  function details(home) {
    var name = "details-" + home;
    if (geomap.taken.stations.home.indexOf(home) < 0) { return Promise.resolve([]); }
    return geomap.load("assets/facts/" + name + ".js").then(function () { return geomap.taken[name]; });
  }
  function districtFacts(row) {
    var columns = geomap.taken.districts.columns, code = columns.district_code[row];
    return details(row).then(function (list) {
      var claims = geomap.taken.claims.filter(function (claim) {
        return claim.district_code ? claim.district_code === code
          : claim.district && claim.district === columns.district[row] && claim.province === columns.province[row];
      });
      return [
        el("h2", {}, said(columns.district[row])),
        el("p", { "class": "note" }, said([columns.province[row], columns.city[row]].filter(function (name, i, all) {
          return name && all.indexOf(name) === i; }).join(" ")), " · ", said(code)),
        facts([
          [t("图上站点", "On the map"), planner.number(columns.station_count[row])],
          [t("文中 / 图上", "Claimed / mapped"), planner.claimedBeside(row)],
          [t("规划", "Planned"), planner.number(columns.planned_count[row])],
          [t("人口", "People"), planner.number(columns.population[row])],
          [t("人 / 站", "People per station"), planner.number(columns.people_per_station[row])],
          [t("面积", "Area"), planner.number(columns.area_km2[row], 1) + " km²"]
        ].concat(geomap.taken.settings.envelopes.map(function (envelope) {
          return [said(envelope.label), planner.share(envelope.id, row)];
        }))),
        claims.length ? el("h3", {}, t("文中说法", "Claims")) : null,
        claims.map(claimFact),
        el("h3", {}, t("站点与工会组织", "Stations and branches") + " " + list.length),
        cards(list)
      ].filter(Boolean).reduce(function (all, one) { return all.concat(one); }, []);
    });
  }
  function claimFact(claim) {
    return el("div", { "class": "claim" }, el("b", {}, said(claim.claim)), " ", said(planner.word("kind", claim.kind)), " ",
      planner.verdict(claim), claim.settles ? el("p", { "class": "note" }, t("怎样才能弄清：", "What would settle it: "), said(claim.settles)) : null,
      planner.quote(claim.doc, claim.as_of, claim.quote));
  }
  function cards(list) {
    var sorted = list.slice().sort(function (a, b) { return rank(a.row) - rank(b.row) || a.row - b.row; });
    var first = sorted.slice(0, 60).map(stationFact), rest = sorted.slice(60);
    if (!rest.length) { return first; }
    return first.concat(el("button", { type: "button", onclick: function () {
      this.replaceWith.apply(this, rest.map(stationFact));
    } }, t("再显示 " + rest.length + " 处", "Show " + rest.length + " more")));
  }
  var RANK = ["exact", "rough", "planned", "restricted", "branch", "demand", "closed"];
  function rank(row) {
    var stations = geomap.taken.stations;
    return RANK.indexOf(stations.layer[row]) + (stations.confirmed[row] ? 0 : 0.5);
  }
  function stationFacts(rows) {
    var homes = rows.map(function (row) { return geomap.taken.stations.home[row]; });
    return Promise.all(homes.map(details)).then(function (lists) {
      var found = rows.map(function (row, i) { return lists[i].filter(function (one) { return one.row === row; })[0]; });
      return found.filter(Boolean).map(stationFact);
    });
  }
  function stationFact(facts_) {
    var stations = geomap.taken.stations, row = facts_.row;
    var badges = [planner.word("kind", stations.kind[row]), planner.word("status", stations.status[row]),
      planner.word("access", stations.access[row]), stations.confirmed[row] ? t("已核实", "confirmed") : t("待核实", "not confirmed")];
    var within = stations.uncertainty_m[row];
    return el("article", { "class": "station", "data-station": stations.station_id[row] },
      el("h3", {}, planner.rowButton(stations.name[row], function () { planner.choose({ stations: [row] }); })),
      el("p", { "class": "badges" }, badges.map(function (badge) { return el("span", {}, badge); }),
        stations["public"][row] ? null : el("span", { "class": "withheld" }, t("不上公开页", "not on the public page"))),
      facts([
        [t("位置", "Place"), planner.word("precision", stations.precision[row]) + (within === null ? "" : t("，误差 ", ", within ") + planner.number(within) + t(" 米", " m"))],
        [t("注意", "Mind"), warnings(row)],
        [t("地址", "Address"), text([facts_.province, facts_.city === facts_.province ? "" : facts_.city, facts_.district, facts_.township, facts_.address].filter(Boolean).join(" "))],
        [t("开门", "Hours"), facts_.opening_hours || facts_.hours_words ? [text(facts_.opening_hours), facts_.hours_words && facts_.hours_words !== facts_.opening_hours ? [" ", el("small", {}, text(facts_.hours_words))] : null] : t("不详", "unknown")],
        [t("设施", "Facilities"), text(planner.facilities(facts_.facilities))],
        [t("服务", "Services"), facts_.services.length ? el("ul", { "class": "plain" }, facts_.services.map(serviceFact)) : null],
        [t("电话", "Phone"), text(facts_.phone)],
        [t("启用", "Opened"), text(facts_.opened_on)], [t("关闭", "Closed"), text(facts_.closed_on)],
        [t("核实日", "Verified"), text(facts_.verified_on)],
        [t("备注", "Note"), text(facts_.note)],
        [t("编号", "Id"), said(stations.station_id[row])]
      ]),
      facts_.sources.map(function (source) { return planner.quote(source.document, source.date, source.quote); }));
  }
  function serviceFact(service) {
    var days = [service.valid_from, service.valid_until].filter(Boolean).join(" – ");
    return el("li", {}, said(planner.facilities(service.service)), " ", said(service.times), days ? [" ", said(days)] : null);
  }
  function text(value) { return value ? el("span", { "class": "clamp" }, said(value)) : null; }
  function warnings(row) {
    var stations = geomap.taken.stations, list = [];
    if (!stations.in_district[row]) { list.push(t("落点不在所述区县", "the point is outside the stated district")); }
    if (stations.outcome[row] && stations.outcome[row] !== "inside") { list.push(planner.word("outcome", stations.outcome[row])); }
    return list.length ? el("span", { "class": "short" }, list.join(t("；", "; "))) : null;
  }
  function facts(pairs) {
    return el("dl", {}, pairs.filter(function (pair) { return pair[1]; }).map(function (pair) {
      return el("div", {}, el("dt", {}, pair[0]), el("dd", {}, pair[1]));
    }));
  }

  /* Layers */
  planner.wantsAreas = function (envelope, coverage) { return !!wanted[envelope + coverage]; };
  function drawLayers() {
    var settings = geomap.taken.settings;
    document.getElementById("layer-list").replaceChildren(
      el("fieldset", {}, el("legend", {}, t("服务范围", "Service areas")), el("table", {},
        el("thead", {}, el("tr", {}, el("td", {}), el("th", { scope: "col" }, t("确定", "certain")), el("th", { scope: "col" }, t("可能", "possible")))),
        el("tbody", {}, settings.envelopes.map(function (envelope, order) {
          return el("tr", {}, el("th", { scope: "row" }, swatch(order), said(envelope.label), " ", el("small", {}, methods(envelope))),
            ["certain", "possible"].map(function (coverage) {
              return el("td", {}, el("label", { "class": "cell" }, areaSwitch(order, coverage),
                el("span", { "class": "visually-hidden" }, envelope.label + " " + (coverage === "certain" ? t("确定", "certain") : t("可能", "possible")))));
            }));
        })))),
      el("fieldset", {}, el("legend", {}, t("站点", "Stations")), RANK.map(stationSwitch), ringSwitch()),
      el("p", { "class": "note" }, t("圆圈是直线估算：路程 ÷ " + settings.detour + "；有路网的地方按路网。",
        "Circles are straight-line estimates: metres of road ÷ " + settings.detour + "; by road where a road file is given.")));
  }
  function methods(envelope) {
    return envelope.methods.map(function (method) {
      return method === "network" ? t("按路网", "by road") : t("直线估算", "straight line");
    }).join(t("＋", " + "));
  }
  function swatch(order) {
    var mark = el("span", { "class": "swatch", "aria-hidden": "true" });
    mark.style.background = planner.AREA_COLOURS[order % planner.AREA_COLOURS.length];
    return mark;
  }
  function areaSwitch(order, coverage) {
    return el("input", { type: "checkbox", checked: planner.wantsAreas(order, coverage), onchange: function (event) {
      wanted[order + coverage] = event.target.checked;
      planner.showAreas(order, coverage, event.target.checked);
    } });
  }
  function stationSwitch(layer) {
    var stations = geomap.taken.stations, count = stations.layer.filter(function (one) { return one === layer; }).length;
    var picture = el("canvas", { width: 36, height: 36, "aria-hidden": "true", "class": "symbol" }), pen = picture.getContext("2d");
    pen.scale(2, 2);
    planner.drawSymbol(pen, layer, 9, 9);
    return el("label", {}, el("input", { type: "checkbox", checked: planner.shown[layer], onchange: function (event) {
      planner.shown[layer] = event.target.checked; planner.dots.redraw();
    } }), picture, planner.word("layer", layer) + " " + planner.number(count));
  }
  function ringSwitch() {
    return el("label", {}, el("input", { type: "checkbox", checked: planner.shown.rings, onchange: function (event) {
      planner.shown.rings = event.target.checked; planner.dots.redraw();
    } }), el("span", { "class": "symbol ring", "aria-hidden": "true" }), t("误差范围", "Radius of uncertainty"));
  }

  /* Start */
  function draw() {
    tables.forEach(function (table) { table.draw(); });
    planner.drawLoose(document.getElementById("loose-list"));
    planner.drawReport(document.getElementById("report-list"));
    drawLayers();
    drawFacts();
  }
  function searching(id, table) {
    document.getElementById(id).addEventListener("input", function () { table.draw(); });
  }
  function start() {
    var headline = geomap.taken.settings.headline;
    var isNarrow = matchMedia("(max-width: 899px)").matches;
    wanted[headline + "certain"] = wanted[headline + "possible"] = true;
    if (isNarrow) { document.getElementById("layers").removeAttribute("open"); }
    planner.startMap();
    tables = [planner.districtTable(document.getElementById("district-table")),
      planner.stationTable(document.getElementById("station-table")),
      planner.claimTable(document.getElementById("claim-table"))];
    draw();
    searching("district-search", tables[0]);
    searching("station-search", tables[1]);
    geomap.onLanguage(draw);
    ["possible", "certain"].reduce(function (before, coverage) {
      return before.then(function () { return planner.showAreas(headline, coverage, true); });
    }, Promise.resolve()).then(planner.drawRoads).then(function () {
      document.documentElement.dataset.ready = "true";
    });
    document.querySelector("[data-action=print]").addEventListener("click", function () { window.print(); });
    var asked = decodeURIComponent((location.hash.match(/^#d=(.+)$/) || ["", ""])[1]);
    var row = asked ? geomap.taken.districts.columns.district_code.indexOf(asked) : -1;
    if (row >= 0) { planner.choose({ district: row }); }
  }
  start();
})();
