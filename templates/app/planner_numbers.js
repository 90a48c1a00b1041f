/* Numbers of districts: each stands for a cell of districts.csv, and says what it is. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, t = geomap.t;

  /** A number that stands for a cell of districts.csv: its text, and the cell for who asks. */
  planner.figure = function (column, row, text, envelope) {
    const columns = geomap.taken.districts.columns, value = columns[column][row];
    return el("span", { "data-number": column, "data-value": value === null ? "" : String(value),
      "data-district": columns.district_code[row], "data-envelope": envelope || null }, text);
  };

  /** A share as text and as a bar: dark the certain part, light what is possible, a tick between. */
  planner.share = function (id, row) {
    const columns = geomap.taken.districts.columns;
    const low = columns[id + "_share_low"][row], middle = columns[id + "_share"][row], high = columns[id + "_share_high"][row];
    if (middle === null) { return "—"; }
    const bar = el("span", { "class": "bar", "aria-hidden": "true" });
    [["high", high], ["low", low]].forEach(function (part) {
      const piece = el("span", { "class": part[0] });
      piece.style.width = 100 * Math.min(1, part[1] || 0) + "%";
      bar.append(piece);
    });
    const tick = el("span", { "class": "tick" });
    tick.style.left = 100 * Math.min(1, middle) + "%";
    bar.append(tick);
    const figure = function (name) {
      return planner.figure(id + "_" + name, row, planner.percent(columns[id + "_" + name][row]), id);
    };
    return el("span", { "class": "share-cell" }, el("b", {}, figure("share")), " ",
      el("small", {}, figure("share_low"), " – ", figure("share_high")), bar, people(id, row, figure),
      columns.served_km2[row] === null ? null : el("small", {}, t("全部土地的 ", "of all land "), figure("land_share")));
  };
  /* People in reach, where somebody knows how many live there. */
  function people(id, row, figure) {
    const columns = geomap.taken.districts.columns, count = columns[id + "_people"][row];
    return count === null ? null : el("small", {},
      planner.figure(id + "_people", row, t("约 " + planner.number(count) + " 人", "about " + planner.number(count) + " people"), id),
      " · ", figure("demand_share"));
  }
  /** What each number of the table is, one sentence each; how people were counted is the build's. */
  planner.drawMeanings = function (box) {
    const columns = geomap.taken.districts.columns, from = geomap.taken.settings.people_from;
    const served = columns.served_km2.some(function (value) { return value !== null; });
    const people = {
      demand: ["按给定的人口点，落在范围内的权重之和。", "the weights of the given points in reach."],
      homes: ["估算：普查人口按地图上的居住用地分摊，没有居住用地的按住宅楼；画得不全、装不下那么多人的区县，按住宅道路的长度。地图只覆盖一部分的区县，按面积折算；没有覆盖的，按土地均匀分摊。",
        "an estimate: the census figure, spread over the map's residential land, else its residential buildings; along residential streets where a district's map draws too few homes for its people; where the map covers a part of a district, that part by area; elsewhere evenly on all land."],
      streets: ["估算：普查人口按住宅道路的长度分摊到街道旁；道路文件只覆盖一部分的区县，按面积折算。道路文件没有覆盖的，按土地均匀分摊。",
        "an estimate: the census figure, spread along residential streets; where the road file covers a part of a district, that part by area; elsewhere evenly on all land."],
      land: ["估算：普查人口均匀分摊在全部土地上（没有道路，也没有人口点）。", "an estimate: the census figure, evenly on all land (there are neither streets nor points of people)."]
    }[from];
    const list = [
      ["覆盖率", "Share", served ? "街道所及土地中，能在时限内骑到站点的一份。街道所及：路边 " + geomap.taken.settings.kerb_m + " 米以内，以及四面是街道、不超过 25 公顷的街区内部；没有道路文件的区县，分母是全部土地。"
        : "区县全部土地中，在站点范围内的一份（没有道路文件，按直线圆）。",
      served ? "of the land that streets serve (within " + geomap.taken.settings.kerb_m + " m of a street, or inside a block of at most 25 ha), the part from which a station is reached in time; where no road file covers the district, of all land."
        : "of all land of the district, the part within the circles (there is no road file)."],
      ["低 – 高", "Low – high", "低：位置和准入都确定的站点；中：每个位置在其误差内等可能时的期望；高：全部可能的站点。",
        "low: stations whose place and access are certain; middle: expected, each place equally likely within its uncertainty; high: all that is possible."],
      ["人数", "People", people[0], people[1]],
      ["人口", "People of a district", "2020 年人口普查的常住人口，除非另给。", "residents of the 2020 census unless given otherwise."],
      ["图上站点", "On the map", "在用、对户外劳动者开放、位置归入该区县的站点。文中：最新文件里的站点数。规划：还没有开的。", "stations that operate, let riders in and lie in the district. Claimed: the newest count of a document. Planned: not open yet."],
      ["人 / 站", "People per station", "人口除以图上站点。", "people of the district by stations on the map."]
    ];
    box.replaceChildren(el("summary", {}, t("每个数字是怎么算的", "What each number is")),
      el("dl", {}, list.map(function (entry) { return [el("dt", {}, t(entry[0], entry[1])), el("dd", {}, t(entry[2], entry[3]))]; })));
  };
})();
