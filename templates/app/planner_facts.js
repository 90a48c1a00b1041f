/* What is known of a chosen district or of chosen stations, with quotes and sources. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;
  /* A district's stations; what few of them have lies beside the columns of all. */
  function details(home) {
    return planner.isHome(home) ? planner.bring("details-" + home).then(function (file) { return asRows(file, home); }) : Promise.resolve([]);
  }
  function asRows(file, home) {
    const table = geomap.wire.table(file), first = geomap.taken.stations.home.indexOf(home);
    return Array.from({ length: file.n }, function (_, i) {
      const one = Object.assign({ row: first + i, sources: [], services: [] }, file.few[i]);
      Object.keys(file.codes).forEach(function (name) { one[name] = geomap.wire.word(table[name], i); });
      return one;
    });
  }
  planner.districtFacts = async function (row) {
    const columns = geomap.taken.districts.columns, code = columns.district_code[row];
    const number = function (name, digits) { return planner.figure(name, row, planner.number(columns[name][row], digits)); };
    const list = await details(row);
    const claims = geomap.taken.claims.filter(function (claim) {
      return claim.district_code ? claim.district_code === code
        : claim.district && claim.district === columns.district[row] && claim.province === columns.province[row];
    });
    return [
      el("h2", {}, said(planner.district(row))),
      el("p", { "class": "note" }, said(planner.place([columns.province[row], columns.city[row]])), " · ", said(code)),
      facts([
        [t("图上站点", "On the map"), number("station_count")],
        [t("文中 / 图上", "Claimed / mapped"), planner.claimedBeside(row)],
        [t("规划", "Planned"), number("planned_count")],
        [t("人口", "People"), number("population")],
        [t("人 / 站", "People per station"), number("people_per_station")],
        [t("面积", "Area"), [number("area_km2", 1), " km²"]]
      ].concat(planner.headlineFirst().map(function (envelope) {
        return [planner.envelopeName(envelope), planner.share(envelope.id, row)];
      }))),
      claims.length ? el("h3", {}, t("文中说法", "Claims")) : null,
      claims.map(claimFact),
      el("h3", {}, t("站点与工会组织（含规划中、已关闭的）", "Stations and branches, planned and closed ones, too:") + " " + list.length),
      cards(list)
    ].flat().filter(Boolean);
  };
  function claimFact(claim) {
    return el("div", { "class": "claim" }, el("b", {}, said(claim.claim)), " ", said(planner.claimed(claim.kind)), " ",
      planner.verdict(claim), claim.settles ? el("p", { "class": "note" }, t("怎样才能弄清：", "What would settle it: "), said(claim.settles)) : null,
      planner.quote(claim.doc, claim.as_of, claim.quote));
  }
  function cards(list) {
    const sorted = list.slice().sort(function (a, b) { return rank(a.row) - rank(b.row) || a.row - b.row; });
    const first = sorted.slice(0, 60).map(stationFact), rest = sorted.slice(60);
    if (!rest.length) { return first; }
    return first.concat(el("button", { type: "button", onclick: function () {
      this.replaceWith.apply(this, rest.map(stationFact));
    } }, t("再显示 " + rest.length + " 处", "Show " + rest.length + " more")));
  }
  function rank(row) {
    const stations = geomap.taken.stations;
    return planner.layersByRank().indexOf(stations.layer[row]) + (stations.confirmed[row] ? 0 : 0.5);
  }
  planner.stationFacts = async function (rows) {
    const lists = await Promise.all(rows.map(function (row) { return details(geomap.taken.stations.home[row]); }));
    return rows.map(function (row, i) { return lists[i].find(function (one) { return one.row === row; }); }).filter(Boolean).map(stationFact);
  };
  function stationFact(facts_) {
    const stations = geomap.taken.stations, row = facts_.row;
    const badges = [planner.word("kind", stations.kind[row]), planner.word("status", stations.status[row]),
      planner.word("access", stations.access[row]), stations.confirmed[row] ? t("已核实", "confirmed") : t("待核实", "not confirmed")];
    const within = stations.uncertainty_m[row];
    return el("article", { "class": "station", "data-station": stations.station_id[row] },
      el("h3", {}, planner.rowButton(stations.name[row], function () { planner.choose({ stations: [row] }); })),
      el("p", { "class": "badges" }, badges.map(function (badge) { return el("span", {}, badge); }),
        stations["public"][row] ? null : el("span", { "class": "withheld" }, t("不上公开页", "not on the public page"))),
      facts([
        [t("位置", "Place"), planner.word("precision", stations.precision[row]) + (within === null ? "" : t("，误差 ", ", within ") + planner.number(within) + t(" 米", " m"))],
        [t("注意", "Mind"), warnings(row)],
        [t("地址", "Address"), text(planner.place([facts_.province, facts_.city, facts_.district, facts_.township, facts_.address]))],
        [t("开门", "Hours"), facts_.opening_hours || facts_.hours_words ? [text(facts_.opening_hours), facts_.hours_words && facts_.hours_words !== facts_.opening_hours ? [" ", el("small", {}, text(facts_.hours_words))] : null] : t("不详", "unknown")],
        [t("设施", "Facilities"), text(planner.facilities(facts_.facilities))],
        [t("服务", "Services"), facts_.services.length ? el("ul", { "class": "plain" }, facts_.services.map(serviceFact)) : null],
        [t("电话", "Phone"), text(facts_.phone)],
        [t("启用", "Opened"), text(facts_.opened_on)], [t("关闭", "Closed"), text(facts_.closed_on)],
        [t("核实日", "Verified"), text(facts_.verified_on)],
        [t("备注", "Note"), text(facts_.note)],
        [t("编号", "Id"), said(stations.station_id[row])]
      ]),
      (facts_.photos || []).map(function (photo, i) {
        return el("img", { src: "photos/" + photo[0], width: photo[1], height: photo[2], loading: "lazy", alt: t("照片 ", "Photo ") + (i + 1) });
      }),
      facts_.sources.map(function (source) { return planner.quote(source.document, source.date, source.quote); }));
  }
  function serviceFact(service) {
    const days = [service.valid_from, service.valid_until].filter(Boolean).join(" – ");
    return el("li", {}, said(planner.facilities(service.service)), " ", said(service.times), days ? [" ", said(days)] : null);
  }
  function text(value) { return value ? el("span", { "class": "clamp" }, said(value)) : null; }
  function warnings(row) {
    const stations = geomap.taken.stations, list = [];
    if (!stations.in_district[row]) { list.push(t("落点不在所述区县", "the point is outside the stated district")); }
    if (stations.district_outcome[row] && stations.district_outcome[row] !== "inside") { list.push(planner.word("outcome", stations.district_outcome[row])); }
    return list.length ? el("span", { "class": "short" }, list.join(t("；", "; "))) : null;
  }
  function facts(pairs) {
    return el("dl", {}, pairs.filter(function (pair) { return pair[1]; }).map(function (pair) {
      return el("div", {}, el("dt", {}, pair[0]), el("dd", {}, pair[1]));
    }));
  }
})();
