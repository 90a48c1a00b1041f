/* The sheet over the page: one dialog for a station, a report, the branches. */
(function (g) {
  "use strict";
  let sheet = null, closed = function () {}, from = null;

  function start(whenClosed) {
    sheet = document.getElementById("sheet");
    closed = whenClosed;
    sheet.addEventListener("cancel", function (event) { event.preventDefault(); leave(); });
    sheet.addEventListener("click", function (event) {
      if (event.target === sheet || event.target.closest("[data-action=close]")) { leave(); }
    });
  }

  function leave() { hide(); closed(); }

  /** Show content under a title; the focus goes to the title and returns where it came from. */
  function show(name, title, content) {
    const again = sheet.open && sheet.dataset.name === name;
    if (!sheet.open) { from = document.activeElement; }
    const heading = g.el("h2", { id: "sheet-title", tabindex: "-1" }, title);
    const close = g.el("button", { type: "button", "class": "close", "data-action": "close",
      "aria-label": g.t("关闭", "Close") }, "✕");
    const kept = again ? keyOf(sheet, "#sheet-title") : "", inside = g.el("div", { "class": "sheet-in" }, g.el("div", { "class": "sheet-top" }, heading, close), content);
    /* A button that is replaced between press and release hears nothing of it: what says the same stays. */
    if (again && inside.isEqualNode(sheet.firstChild)) { return; }
    sheet.dataset.name = name;
    sheet.replaceChildren(inside);
    if (!sheet.open) { sheet.showModal(); }
    if (!again) {
      sheet.scrollTop = 0;
      heading.focus();
    } else if (kept) { (sheet.querySelector(kept) || heading).focus(); }
  }

  /** How to find what has the focus in a box once that is drawn again, else its title; empty: nothing of it has. */
  function keyOf(box, title) {
    const node = document.activeElement || document.body, handoff = node.dataset.handoff, action = node.dataset.action;
    return !box.contains(node) ? "" : handoff ? "[data-handoff=" + handoff + "]" : action ? "[data-action=" + action + "]" : title;
  }

  function hide() {
    if (!sheet.open) { return; }
    sheet.close();
    sheet.replaceChildren();
    if (from && document.contains(from)) { from.focus(); }
  }

  g.sheet = { keyOf: keyOf, start: start, show: show, hide: hide, get name() { return sheet.open ? sheet.dataset.name : ""; } };
})(window.geomap);
