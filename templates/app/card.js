/* The small card of a station that was tapped, in the list or on the map: open when I get there, how
   far, for whom, and off. The map shows it with its way; the card opens to the whole page. */
(function (g) {
  "use strict";
  let shown = null, isLed = false, scrolled = 0, from = null;

  /** Show the card of a row, judged from where the rider stands. */
  function render(one) {
    const row = one.row, box = document.getElementById("card"), first = g.handoff.list(row).filter(g.handoff.opens)[0];
    const facts = [g.rows.word("access", row.access)].concat(g.rows.doubts(one)).filter(Boolean).join(" · ");
    const by = first && g.t(first[2], first[3]), go = first && g.store.isOffered(row) ? g.handoff.link(row, first, 0,
      g.judge.isExact(row) ? g.t("带我去（", "Take me there (") + by + g.t("）", ")") : by) : null;
    box.dataset.cardId = row.id;
    box.replaceChildren(
      g.el("div", { "class": "card-top" }, g.el("h2", { id: "card-title", tabindex: "-1" }, g.said(g.rows.cut(row.name))),
        g.el("button", { type: "button", "class": "close", "data-action": "uncard", "aria-label": g.t("收起", "Close") }, "✕")),
      g.el("p", {}, g.el("span", { "class": "row-state state-" + one.open }, g.judge.say(one)), " ",
        [g.rows.ride(one), g.rows.far(one)].filter(Boolean).join(" · ")),
      facts ? g.el("p", { "class": "note" }, facts) : null,
      g.el("p", { "class": "card-go" }, go, g.el("button", { type: "button", "data-action": "details" },
        go ? g.t("详情", "Details") : g.t("怎么去、详情", "How to get there"))));
  }

  /** The card that the address asks for; a station without a place has its page alone. */
  async function refresh(map) {
    const id = g.state.card;
    if (!id) { hide(); return; }
    const row = await g.store.find(id).catch(function () { return null; });
    if (g.state.card !== id || g.state.station) { return; } /* what lies under a page waits */
    if (row && !isNaN(row.lon)) { show(row, map); } else { g.hash.write({ card: "", station: id }); }
  }

  /** Draw the card anew; the first time of a station it takes the eye, the focus and the map. */
  function show(row, map) {
    const place = g.state.place, box = document.getElementById("card"), isNew = !shown || shown.id !== row.id;
    const one = g.judge.judge(row, g.clock.now(), g.places.metresTo(place, row)), focus = g.sheet.keyOf(box, "#card-title");
    if (!shown) {
      from = document.activeElement;
      scrolled = window.scrollY;
    }
    render(one);
    document.getElementById("rider").classList.add("has-card");
    box.hidden = false;
    shown = row;
    g.layer.choose(row);
    /* What the card covers is known once the map lies where it stays. */
    if (isNew) { document.getElementById("map-pane").scrollIntoView({ block: "nearest" }); }
    /* Once it is there, and once more when the way to it has been found. */
    if (isNew || (one.way && !isLed)) { g.framing.choose(map, row); }
    isLed = Boolean(one.way);
    if (isNew) {
      document.getElementById("card-title").focus({ preventScroll: true });
    } else if (focus) { (box.querySelector(focus) || document.getElementById("card-title")).focus({ preventScroll: true }); }
    mark();
    if (g.guide) { g.guide.follow([one]); }
  }

  /** The row of the list that the card is of. */
  function mark() {
    document.querySelectorAll("#list > li").forEach(function (row) {
      row.classList.toggle("picked", Boolean(shown) && row.dataset.stationId === shown.id);
    });
  }

  function hide() {
    if (!shown) { return; }
    shown = null;
    document.getElementById("card").hidden = true;
    document.getElementById("rider").classList.remove("has-card");
    mark();
    window.scrollTo(0, scrolled);
    if (from && document.contains(from)) { from.focus({ preventScroll: true }); }
  }

  g.card = { refresh: refresh, mark: mark, get row() { return shown; } };
})(window.geomap);
