/* A sortable table that shows as many rows as one reads; of many rows only those are sorted. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;
  const STEP = 100, collator = new Intl.Collator("zh-CN");

  /** A box that a wide table scrolls in, by keyboard too. */
  planner.scroller = function (label, table) {
    return el("div", { "class": "scroller", tabindex: "0", role: "region", "aria-label": label }, table);
  };
  /* Columns have zh, en, sort(row) and cell(row); rows are numbers. */
  planner.Table = function (box, options) {
    this.box = box; this.options = options; this.limit = STEP;
    this.sortBy = options.sortBy; this.falling = options.falling;
  };
  planner.Table.prototype.draw = function () {
    const own = this, options = this.options, all = options.rows(), rows = this.sorted(all);
    const table = el("table", {},
      el("caption", { "class": "visually-hidden" }, t(options.caption[0], options.caption[1])),
      el("thead", {}, el("tr", {}, options.columns.map(function (column) { return own.heading(column); }))),
      el("tbody", {}, rows.map(function (row) { return own.line(row); })));
    const scroller = planner.scroller(t(options.caption[0], options.caption[1]), table);
    scroller.addEventListener("scroll", function () { own.left = scroller.scrollLeft; });
    this.box.replaceChildren(scroller);
    if (this.left) { scroller.scrollLeft = this.left; }  // to ask or set it lays the whole table out at once
    if (!all.length) { this.box.append(el("p", { "class": "note" }, options.empty ? options.empty() : t("没有。", "None."))); }
    if (all.length > rows.length) { this.box.append(this.more(all.length, rows.length)); }
  };
  /** Write the cells of the column that is sorted so anew; the whole table only where rows stand by it. */
  planner.Table.prototype.drawColumn = function (sort) {
    const columns = this.options.columns, order = columns.findIndex(function (column) { return column.sort === sort; });
    if (order === this.sortBy) { this.draw(); return; }
    this.box.querySelectorAll("tbody tr").forEach(function (line) {
      line.cells[order].replaceWith(cell(columns[order], order, Number(line.dataset.row)));
    });
  };
  function cell(column, order, row) {
    return el(order === 0 ? "th" : "td", { scope: order === 0 ? "row" : null, "class": column.look || null }, column.cell(row));
  }
  planner.Table.prototype.more = function (total, shown) {
    const own = this, step = Math.min(STEP, total - shown);
    return el("p", { "class": "more" },
      t("共 " + planner.number(total) + " 行，显示 " + planner.number(shown) + " 行。", planner.number(total) + " rows, " + planner.number(shown) + " shown. "),
      el("button", { type: "button", onclick: function () { own.limit += STEP; own.draw(); } },
        t("再显示 " + step + " 行", "Show " + step + " more")));
  };
  /** The first `limit` of these rows in the chosen order. */
  planner.Table.prototype.sorted = function (rows) {
    const column = this.options.columns[this.sortBy], way = this.falling ? -1 : 1, limit = this.limit;
    const tie = this.options.tie || function (row) { return row; };
    function compare(a, b) {
      if (isMissing(a[0]) || isMissing(b[0])) { return isMissing(a[0]) - isMissing(b[0]) || tie(a[1]) - tie(b[1]) || a[1] - b[1]; }
      const order = typeof a[0] === "number" ? a[0] - b[0] : collator.compare(a[0], b[0]);
      return order * way || tie(a[1]) - tie(b[1]) || a[1] - b[1];
    }
    let best = [], last = null;
    rows.forEach(function (row) {
      const pair = [column.sort(row), row];
      if (last && compare(pair, last) >= 0) { return; }
      best.push(pair);
      if (best.length >= 4 * limit) { best.sort(compare); best.length = limit; last = best[limit - 1]; }
    });
    return best.sort(compare).slice(0, limit).map(function (pair) { return pair[1]; });
  };
  function isMissing(value) { return value === null || value === undefined || value === ""; }
  planner.Table.prototype.heading = function (column) {
    const own = this, order = this.options.columns.indexOf(column), isSorted = order === this.sortBy;
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
    const options = this.options, line = el("tr", { "class": options.isChosen && options.isChosen(row) ? "chosen" : null });
    options.columns.forEach(function (column, order) {
      line.append(cell(column, order, row));
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

  /** Call `tell` when nothing was written into a search field for a moment. */
  planner.onSearch = function (id, tell) {
    let timer = null;
    document.getElementById(id).addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(tell, geomap.taken.stations.named > 20000 ? 200 : 0);
    });
  };
  /** Rows whose text (lower case) holds every word of the search field of that id. */
  planner.matching = function (count, text, field) {
    const words = document.getElementById(field).value.toLowerCase().split(/\s+/).filter(Boolean), rows = [];
    for (let row = 0; row < count; row++) {
      const own = words.length ? text(row) : "";
      if (words.every(function (word) { return own.indexOf(word) >= 0; })) { rows.push(row); }
    }
    return rows;
  };
})();
