/* The answer above the list: go there, or, honestly, nothing is known to be open, and what then. */
(function (g) {
  "use strict";
  const SOON_MIN = 10;
  /** Of doors reached in nearly the same time the one is named that is fewer metres away. */
  const NEARLY = 1.25;

  function isSure(one) { return one.rank === 0; }
  function isOpen(one) { return isSure(one) && one.open === "open"; }
  function soonest(a, b) { return (a.far || 0) - (b.far || 0); }

  function link(one) {
    const facts = [g.rows.far(one), g.rows.ride(one), g.judge.say(one)].filter(Boolean).join(" · ");
    return g.el("a", { "class": "answer-go", href: "#s=" + encodeURIComponent(one.row.id) },
      g.el("strong", {}, g.said(g.rows.cut(one.row.name))), " ", g.el("span", {}, facts));
  }

  function call() {
    const number = g.store.over.night;
    return g.el("a", { "class": "answer-call", href: "tel:" + number.replace(/[^\d+-]/g, "") },
      g.t("打工会热线 ", "Call the union line "), number);
  }

  /** The nearest known-open row in reach, or the night answer. `rows` are judged, nearest first. */
  async function make(rows, place, now, filters) {
    const wanted = filters.filter(function (filter) { return filter !== "open"; });
    const open = choose(rows.filter(function (one) { return isOpen(one) && !(one.metres > g.judge.LONG_M); }));
    if (open && (!place || open.minutes <= SOON_MIN)) { return { best: open }; }
    const night = place ? await findNight(place, now, wanted) : null;
    return { open: open && (!night || open.far <= night.far) ? open : night, next: nextOpening(rows, now) };
  }

  function choose(open) {
    const first = open.sort(soonest)[0], most = first && (first.minutes > SOON_MIN ? Infinity : SOON_MIN);
    return first && open.filter(function (one) { return one.far <= first.far * NEARLY && (one.minutes || 0) <= most; }).sort(function (a, b) { return length(a) - length(b); })[0];
  }

  function length(one) { return one.way && one.way.state === "road" ? one.way.metres : one.far || 0; }

  /** The earliest opening among sure rows within reach; the nearer one of two. */
  function nextOpening(rows, now) {
    const waiting = rows.filter(function (one) {
      return isSure(one) && one.open === "closed" && one.next !== null && (one.metres || 0) < 30000;
    });
    return waiting.sort(function (a, b) {
      return Math.max(a.next, a.arrival) - Math.max(b.next, b.arrival) || soonest(a, b);
    })[0] || null;
  }

  /** The nearest sure place that is open then, however far: where a ride ends at night, only where
      some door is late. */
  async function findNight(place, now, filters) {
    function find(asked, reach, least) {
      return g.nearest.nearest(place, now, asked, function (one) {
        return isOpen(one) && g.filters.passes(one, filters);
      }, 1, reach, least);
    }
    const night = g.judge.nightRide(now), late = night ? await find(filters.concat("late"), Math.min(night, g.judge.LONG_M)) : [];
    return (late.length ? late : await find(filters, g.judge.LONG_M, night)).sort(soonest)[0] || null;
  }

  function render(answer, place) {
    const box = document.getElementById("answer");
    box.hidden = false;
    const isAsked = place || g.state.district || g.state.city || g.state.filters.length;
    box.className = "answer" + (answer.best ? " answer-open" : isAsked || answer.next ? " answer-night" : " answer-calm");
    box.replaceChildren.apply(box, answer.best ? best(answer.best, place) : isAsked || answer.next ? night(answer, place) : [g.el("p", {}, g.t(
      "现在没有一处确知开着。点“离我最近”或一个城市，看附近有哪些、您到时开不开。",
      "None is known to be open now. Tap “Near me” or a city to see what is there, and whether it will be open when you get there."))]);
  }

  function best(one, place) {
    const title = place ? g.t("最近的、到时开着的", "Nearest, open when you get there") : g.t("现在开着的", "Open now");
    const way = link(one);
    way.dataset.recommended = one.row.id;
    return [g.el("p", { "class": "answer-title" }, title), way];
  }

  function night(answer, place) {
    const lines = [g.el("p", { "class": "answer-title" }, place
      ? g.t("骑行 10 分钟内，没有确知开着的驿站", "Nothing is known to be open within a 10-minute ride")
      : g.t("位置准确的驿站里，没有一处确知开着", "No place with a sure position is known to be open"))];
    if (answer.open) {
      lines.push(g.el("p", {}, g.t("最近的、确知开着的：", "Nearest that is known to be open:")), link(answer.open));
    }
    if (answer.next) {
      lines.push(g.el("p", {}, g.t("最早开门：", "Earliest opening: "),
        g.clock.say(answer.next.next, g.clock.now())), link(answer.next));
    }
    if (!answer.open && !answer.next) {
      lines.push(g.el("p", {}, place ? g.t("30 公里内，也不知道哪处最早开门。", "Nor is any opening time known within 30 km.")
        : g.t("也不知道哪处最早开门。", "Nor is any opening time known.")));
    }
    if (place) { lines.push(call()); }
    return lines;
  }

  g.answer = { make: make, render: render };
})(window.geomap);
