/* A district on two pages: its map as it stands, and the sections that its Word file has, too. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;

  function word(text) { return said(Array.isArray(text) ? t(text[0], text[1]) : text); }
  /** What leads to the brief of a district; nothing where there is none. */
  planner.briefTools = function (row) {
    const code = geomap.taken.districts.columns.district_code[row];
    if (geomap.taken.settings.briefs.indexOf(code) < 0) { return ""; }
    return el("p", { "class": "brief-tools" }, el("button", { type: "button", "data-action": "brief", onclick: function () {
      planner.bring("briefs").then(function (briefs) { print(briefs[code], row); });
    } }, t("打印简报", "Print a brief")), " ", el("a", { href: "data/briefs/" + code + ".docx", download: "" }, t("简报 Word", "Brief, Word")));
  };
  function print(brief, row) {
    const paper = matchMedia("print"), fit = function () { planner.showDistrict(row); };
    const root = document.documentElement, box = document.getElementById("brief");
    box.replaceChildren.apply(box, [el("h1", {}, said(brief.title)), el("p", { "class": "note" }, word(brief.subtitle))].concat(brief.sections.map(section)));
    root.classList.add("brief");
    paper.addEventListener("change", fit);
    addEventListener("afterprint", function () { paper.removeEventListener("change", fit); root.classList.remove("brief"); box.replaceChildren(); }, { once: true });
    window.print();
  }
  function section(one) {
    const note = Array.isArray(one.note) ? t(one.note[0], one.note[1]) : one.note;
    return el("section", {}, el("h2", {}, word(one.title)), note ? el("p", { "class": "note" }, said(note)) : "",
      el("table", {}, el("tbody", {}, one.rows.map(function (row) {
        return el("tr", {}, row.map(function (cell, order) { return el(order ? "td" : "th", { scope: order ? null : "row" }, word(cell)); }));
      }))));
  }
})();
