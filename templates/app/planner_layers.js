/* Switches and legend of the planners' map. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;

  planner.drawLegend = function () {
    const settings = geomap.taken.settings;
    document.getElementById("layer-list").replaceChildren(
      bandField(settings),
      areaField(settings),
      el("fieldset", {}, el("legend", {}, t("站点", "Stations")), planner.layersByRank().map(stationSwitch),
        flag("rings", t("误差范围", "Radius of uncertainty"), el("span", { "class": "symbol ring", "aria-hidden": "true" }), planner.redrawDots)),
      el("fieldset", {}, el("legend", {}, t("底图", "Base map")),
        flag("shades", [t("区县按覆盖率着色：", "Districts by share reached: "), planner.envelopeName(settings.envelopes[settings.headline])], null, planner.redrawGround),
        planner.shown.shades ? el("p", { "class": "steps" }, shadeSteps()) : null,
        planner.hasPeople() ? peopleSwitch() : null,
        planner.hasRoads() ? flag("roads", t("道路", "Streets"), null, planner.redrawRoads) : null));
    planner.markKey();
  };
  function colourBox(colour, hatched) {
    const box = el("canvas", { width: 36, height: 28, "class": "swatch", "aria-hidden": "true" }), pen = box.getContext("2d");
    if (planner.colours().bands.indexOf(colour) >= 0) {  // as it looks on the map, where bands let the ground through
      pen.fillStyle = planner.colours().land; pen.fillRect(0, 0, 36, 28);
      pen.globalAlpha = Number(getComputedStyle(planner.map.getPane("bands")).opacity);
    }
    pen.fillStyle = colour; pen.fillRect(0, 0, 36, 28);
    if (hatched) { pen.fillStyle = planner.hatch(pen); pen.fillRect(0, 0, 36, 28); }
    return box;
  }
  function flag(name, label, picture, redraw) {
    return el("label", {}, el("input", { type: "checkbox", checked: planner.shown[name], onchange: function (event) {
      planner.shown[name] = event.target.checked;
      if (name === "shades" && planner.clock) { planner.setClock(null); }
      redraw();
      if (name === "shades") { planner.drawLegend(); document.querySelector("[data-flag=shades]").focus(); }
    }, "data-flag": name }), picture, el("span", {}, label));
  }

  function peopleSwitch() {
    return el("div", {}, el("label", {}, el("input", { type: "checkbox", "data-flag": "people", checked: planner.peopleShown(), onchange: function (event) {
      planner.showPeople(event.target.checked);
    } }), el("span", {}, t("人口两色：到得了、到不了", "People in two colours: served, not served"))),
    el("p", { "class": "note" }, peopleLines(), " ", t("圆点面积按人数；算确定可进的站点，各在最可能的位置。", "Dots by number, counting stations that are sure to let riders in, each where it is known best.")));
  }

  /* Bands: one envelope at a time, for they cover the ground. */
  function bandField(settings) {
    const list = geomap.taken.bands.envelopes;
    if (!list.length) { return null; }
    return el("fieldset", { id: "band-switches" }, el("legend", {}, t("等时圈：骑到最近站点要几分钟", "Isochrones: minutes to the nearest station")),
      list.map(function (bands) { return bandSwitch(bands.envelope, planner.envelopeName(settings.envelopes[bands.envelope])); }),
      bandSwitch(-1, t("不显示", "none")), bandKey());
  }
  function bandSwitch(envelope, label) {
    return el("label", {}, el("input", { type: "radio", name: "bands", value: envelope, checked: planner.bandsShown === envelope,
      onchange: function () {
        planner.showBands(envelope);
        planner.drawLegend();
        document.querySelector("input[name=bands][value='" + envelope + "']").focus();
      } }), label);
  }
  /** The words of each step: up to 5, 5-10, 10-15 minutes. */
  planner.bandWords = function (bands) {
    return bands.minutes.map(function (minutes, step) {
      const from = step ? planner.number(bands.minutes[step - 1], 1) + "–" : "≤ ";
      return from + planner.number(minutes, 1) + t(" 分钟", " min");
    });
  };
  function bandKey() {
    const bands = planner.bandsOf(planner.bandsShown);
    if (!bands) { return null; }
    return el("div", { "class": "key" }, el("p", { "class": "steps" }, bandSteps(bands)),
      el("p", { "class": "note" }, bands.levels.length ? byRoadNote(bands) : byCircleNote(bands)));
  }
  /* Colours and what each means. */
  function swatches(words, colours, hatched) {
    return words.map(function (word, step) { return el("span", {}, colourBox(colours[step], hatched), word); });
  }
  function bandSteps(bands) {
    const isRoad = bands.levels.length > 0, colours = planner.colours().bands;
    const steps = swatches(planner.bandWords(bands), colours, !isRoad), isLine = !isRoad || circleCount() !== 0;
    return isLine ? steps.concat(el("span", {}, isRoad ? colourBox(colours[1], true) : null, t("按直线估算", "straight line"))) : steps;
  }
  /* Stations whose bands are circles; null while places are still on their way. */
  function circleCount() {
    const stations = geomap.taken.stations;
    if (stations.placed < geomap.taken.settings.stations.count) { return null; }
    return stations.band.filter(function (band) { return band === "circle"; }).length;
  }
  function sharpNote() {
    const metres = planner.number(geomap.taken.settings.sharp_m);
    const open = planner.byTheHour() ? [planner.clockWords() + "确定开着门", "surely open on " + planner.clockWords()] : ["不论是否开门", "open or not"];
    return t("只画误差不超过 " + metres + " 米、确定可进的站点，" + open[0] + "。", "Only stations known within " + metres + " m that are sure to let riders in, " + open[1] + ".");
  }
  function byRoadNote(bands) {
    const settings = geomap.taken.settings, circles = circleCount();
    return [t("按路网骑行。", "Riding by road. "), sharpNote(),
      circles ? [" ", t(planner.number(circles) + " 处不在路网上，画成斜线圆：路程 ÷ " + settings.detour + "。",
        circles + " off the network are hatched circles: metres of road ÷ " + settings.detour + ".")] : null];
  }
  function byCircleNote(bands) {
    const radii = bands.radius_m.map(function (metres) { return planner.number(metres); }).join(" / ");
    return [t("没有路网，按直线估算：路程 ÷ " + geomap.taken.settings.detour + "，即半径 " + radii + " 米。",
      "No roads given, estimated along straight lines: metres of road ÷ " + geomap.taken.settings.detour + ", radii of " + radii + " m. "), sharpNote()];
  }
  /* The same key on the map itself, so that a picture or a print explains itself. */
  planner.markKey = function () {
    let own = document.getElementById("map-key"), bands = planner.bandsOf(planner.bandsShown), lines = [];
    if (planner.peopleShown()) { lines = peopleLines(); }
    else if (bands) { lines = bandLines(bands); }
    else if (planner.shown.shades) { lines = shadeLines(); }
    lines = lines.concat(hereLines(), symbolLines(), firstLine());
    if (planner.isCrowded) { lines.push(el("span", {}, t("放大后显示各站", "Zoom in for the stations"))); }
    own.hidden = !lines.length;
    own.replaceChildren.apply(own, lines);
  };
  function peopleLines() {
    const colours = planner.colours(), isPeople = geomap.taken.gaps.unit === "people";
    return [[colours.unserved, t("十分钟内到不了的", "not served in ten minutes: ")], [colours.served, t("到得了的", "served: ")]].map(function (pair) {
      return el("span", {}, colourBox(pair[0]), pair[1], isPeople ? t("人", "people") : t("土地（人口不详）", "land (people unknown)"));
    });
  }
  function hereLines() {
    const settings = geomap.taken.settings, reach = geomap.taken.stations.reach;
    const shown = settings.envelopes.map(function (_, order) { return order; }).filter(function (order) { return planner.areasShown(order, "here"); });
    if (!shown.length || !reach.some(Boolean)) { return []; }
    const colours = planner.colours(), colour = colours.areas[shown[0] % colours.areas.length];
    const lines = [el("b", {}, planner.envelopeName(settings.envelopes[shown[0]])), el("span", {}, lineBox(colour), t("若在此处（位置不准）", "if here (place not exact)"))];
    if (planner.areasShown(shown[0], "certain")) { lines.splice(1, 0, el("span", {}, lineBox(colour, true), t("确定", "certain"))); }
    if (planner.shown.planned && reach.indexOf("planned") >= 0) { lines.push(el("span", {}, lineBox(planner.LOOKS.planned.line), t("规划，若在此处", "planned, if here"))); }
    return lines;
  }
  /* What stands on the map as a point; on a phone the list of layers alone says it. */
  function symbolLines() {
    if (planner.isCrowded) { return []; }
    const counts = geomap.taken.settings.stations.layers;
    const lines = ["exact", "rough", "planned"].filter(function (layer) { return planner.shown[layer] && counts[layer]; }).map(function (layer) {
      return el("span", { "class": "wide-only" }, symbolOf(layer), planner.word("layer", layer));
    });
    if (geomap.taken.plan) { lines.push(el("span", { "class": "wide-only plan-key" }, el("span", {}, "1"), t("计划的第几项", "action of the plan"))); }
    return lines;
  }
  function lineBox(colour, isSolid) {
    const box = el("canvas", { width: 36, height: 28, "class": "swatch", "aria-hidden": "true" }), pen = box.getContext("2d");
    pen.strokeStyle = colour; pen.lineWidth = 4; pen.setLineDash(isSolid ? [] : [10, 6]);
    pen.beginPath(); pen.moveTo(0, 14); pen.lineTo(36, 14); pen.stroke();
    return box;
  }
  /* Few stations, far apart: one district was shown first; and the way to all. */
  function firstLine() {
    const first = geomap.taken.settings.first;
    if (!first) { return []; }
    return [el("span", {}, t("先看站点最多的", "First the most: "), said(planner.district(first.home)), " ",
      el("button", { type: "button", "data-action": "all-stations", onclick: function () {
        geomap.taken.settings.first = null;
        planner.map.fitBounds([[first.all[1], first.all[0]], [first.all[3], first.all[2]]], { animate: false });
        planner.markKey();
      } }, t("看全部", "Show all")))];
  }
  function bandLines(bands) {
    return [el("b", {}, planner.byTheHour() ? [planner.clockWords(), t(" 骑到开着门的站点", ": ride to an open station")] : t("骑到最近的站点", "Ride to the nearest"))]
      .concat(bandSteps(bands));
  }
  function shadeLines() {
    const settings = geomap.taken.settings;
    return [el("b", {}, t("覆盖率", "Share reached")), el("span", {}, planner.envelopeName(settings.envelopes[settings.headline]), planner.clock ? [" · ", planner.clockWords()] : "")]
      .concat(shadeSteps());
  }
  function shadeSteps() {
    const words = ["0"].concat(planner.SHADES.map(function (edge) { return "≥ " + Math.round(100 * edge) + "%"; }));
    words[1] = "> 0";
    return swatches(words, planner.colours().shades);
  }

  /* Areas of one coverage: what is certain, what is possible */
  function areaField(settings) {
    return el("fieldset", {}, el("legend", {}, t("服务范围", "Service areas")), el("table", {},
      el("thead", {}, el("tr", {}, el("td", {}), el("th", { scope: "col" }, t("确定", "certain")), el("th", { scope: "col" }, t("可能", "possible")),
        el("th", { scope: "col" }, t("若在此处", "if here")))),
      el("tbody", {}, settings.envelopes.map(function (envelope, order) {
        return el("tr", {}, el("th", { scope: "row" }, swatch(order), planner.envelopeName(envelope), " ", el("small", {}, methods(envelope))),
          [["certain", "确定", "certain"], ["possible", "可能", "possible"], ["here", "若在此处", "if here"]].map(function (coverage) {
            return el("td", {}, el("label", { "class": "cell" }, areaSwitch(order, coverage[0]),
              el("span", { "class": "visually-hidden" }, t(envelope.label, envelope.label_en) + " " + t(coverage[1], coverage[2]))));
          }));
      }))),
    el("p", { "class": "note" }, t("圆圈是直线估算：路程 ÷ " + settings.detour + "；有路网的地方按路网。若在此处：位置不准的站点，按最可能的一点画虚线圆；规划站点也是。",
      "Circles are straight-line estimates: metres of road ÷ " + settings.detour + "; by road where a road file is given. If here: dashed, around the best-known point of stations whose place is not exact, and of planned ones.")));
  }
  function methods(envelope) {
    return envelope.methods.map(function (method) {
      return method === "network" ? t("按路网", "by road") : t("直线估算", "straight line");
    }).join(t("＋", " + "));
  }
  function swatch(order) {
    const mark = el("span", { "class": "swatch", "aria-hidden": "true" }), colours = planner.colours().areas;
    mark.style.background = colours[order % colours.length];
    return mark;
  }
  function areaSwitch(order, coverage) {
    return el("input", { type: "checkbox", checked: planner.areasShown(order, coverage), onchange: function (event) {
      planner.showAreas(order, coverage, event.target.checked);
    } });
  }
  function stationSwitch(layer) {
    return flag(layer, planner.word("layer", layer) + " " + planner.number(geomap.taken.settings.stations.layers[layer]), symbolOf(layer), function () {
      planner.redrawDots();
      planner.markKey();
      if (layer === "planned") { planner.redrawAreas(); }
    });
  }
  function symbolOf(layer) {
    const picture = el("canvas", { width: 36, height: 36, "aria-hidden": "true", "class": "symbol" });
    picture.getContext("2d").drawImage(planner.symbol(layer, 1).canvas, 0, 0, 36, 36);
    return picture;
  }
})();
