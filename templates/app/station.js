/* A station's own page, in the sheet: state, way, facts, and what makes them true. */
(function (g) {
  "use strict";

  let known = { id: "", facts: null }, shown = null;

  /** Show the station of the address; a wrong id says so. */
  async function show(id) {
    const under = g.sheet.name;
    let row = null;
    try { row = await g.store.find(id); } catch (error) { row = undefined; }
    /* A report begun meanwhile is not taken from under the finger. */
    if (g.state.station !== id || (g.sheet.name !== under && g.sheet.name !== "station")) { return; }
    if (!row) { showMissing(row === undefined); return; }
    render(row, known.id === id ? known.facts : null);
    if (g.guide) { g.guide.follow([{ row: row, metres: g.places.metresTo(g.state.place, row) }]); }
    try {
      const more = await g.store.loadMore(row.code);
      if (g.state.station === id && g.sheet.name === "station") {
        known = { id: id, facts: more.facts[row.id] || {} };
        render(row, known.facts);
      }
    } catch (error) { /* the sheet keeps what it has; the page says that it is offline */ }
  }

  function showMissing(isOffline) {
    g.sheet.show("station", g.t("找不到这个驿站", "No such station"), g.el("p", {}, isOffline
      ? g.t("没有网络，这一片也没有存下来。", "No network, and this area is not kept on the phone.")
      : g.t("这一版里没有这个编号。", "This edition holds no station with this code.")));
  }

  function stateLine() {
    const one = g.judge.judge(shown, g.clock.now(), g.places.metresTo(g.state.place, shown));
    return g.el("p", { "class": "state-line" }, g.el("span", { "class": "row-state state-" + one.open }, g.judge.say(one)), " ",
      [g.rows.far(one), g.rows.ride(one)].filter(Boolean).join(" · "));
  }

  /** A page that stays open is not true for ever: its state is said anew, all else is left as it is. */
  function renew() {
    const line = document.querySelector("#sheet .state-line"), now = line && stateLine();
    if (now && !now.isEqualNode(line)) { line.replaceWith(now); }
  }

  function render(row, facts) {
    shown = row;
    g.sheet.show("station", g.said(row.name), g.el("div", { "class": "station", "data-shown-id": row.id },
      stateLine(),
      g.store.isOffered(row) ? g.handoff.render(row, facts) : null,
      facts === null ? g.el("p", { role: "status" }, g.t("正在读取…", "Loading…")) : list(row, facts),
      facts === null ? null : photos(row, facts),
      facts === null ? null : trust(row, facts),
      g.el("p", { "class": "actions" }, shareButton(row), reportButton(row), codeButton(row)), g.el("div", { "class": "code" })));
  }

  function item(zh, en, content) {
    return content && content.length !== 0 ? [g.el("dt", {}, g.t(zh, en)), g.el("dd", {}, content)] : null;
  }

  function list(row, facts) {
    const place = g.store.say(row.place && row.place[2] ? row.place : [facts.province, facts.city, facts.district], row.town);
    return g.el("dl", {},
      item("能否进入", "Who may enter", g.rows.word("access", row.access)),
      item("开放时间", "Hours", hours(row, facts)),
      item("设施", "Facilities", g.rows.facilities(row, 40).join(" · ")),
      item("地址", "Address", facts.address ? g.said(facts.address) : null),
      item("所在", "Where", g.said(place)),
      item("位置", "Place", precision(row)),
      item("电话", "Phone", facts.phone ? phone(facts.phone) : null),
      item("说明", "Note", facts.note ? g.said(facts.note) : null),
      item("服务", "Services", (facts.services || []).map(service)),
      item("种类", "Kind", g.rows.word("kind", row.kind)),
      item("启用", "Opened", facts.opened_on), item("关闭", "Closed", facts.closed_on),
      item("编号", "Code", g.said(row.id)));
  }

  /** Pictures of the door, loaded once they come into sight. */
  function photos(row, facts) {
    return g.el("div", { "class": "photos" }, (facts.photos || []).map(function (one, i) {
      return g.el("img", { src: g.store.photo(one[0]), width: one[1], height: one[2], loading: "lazy", decoding: "async",
        alt: g.t("照片 ", "Photo ") + (i + 1) + g.t("：", ": ") + g.rows.cut(row.name) });
    }));
  }

  function hours(row, facts) {
    if (!row.hours && !facts.hours_words) { return g.t("不详", "Not known"); }
    return g.said(g.hours.say(row.hours, facts.hours_words));
  }

  function precision(row) {
    const word = g.rows.word("precision", row.precision);
    return isNaN(row.lon) ? word : word + g.t("，误差约 ", ", within about ") + g.places.far(Math.max(10, row.radius));
  }

  function phone(text) {
    const digits = text.replace(/[^\d+-]/g, "");
    return /^[\d+][\d-]{2,19}$/.test(digits) && digits.length >= text.trim().length - 4
      ? g.el("a", { href: "tel:" + digits }, g.said(text)) : g.said(text);
  }

  function service(one) {
    const known = g.store.over.words.facility, words = Object.hasOwn(known, one[0]) ? known[one[0]] : null;
    const span = [one[2], one[3]].filter(Boolean).join(" – ");
    return g.el("p", {}, g.said([words ? g.t(words[0], words[1]) : one[0], one[1], span].filter(Boolean).join("，")));
  }

  /* Why one may believe it: last confirmed, and the sentence it comes from. */
  function trust(row, facts) {
    const days = g.judge.age(row, g.clock.now());
    const said = days === null
      ? g.t("待核实：只见于文件，还没有人到场确认。", "Not confirmed: known from documents only.")
      : g.t("最近核实：", "Last confirmed: ") + g.clock.isoDay(row.verified) + (days > g.store.over.confirmDays
        ? g.t("，已超过 ", ", more than ") + g.store.over.confirmDays + g.t(" 天，只作参考", " days ago: take care") : "");
    return g.el("section", { "class": "trust" }, g.el("h3", {}, g.t("可信度", "How we know")), g.el("p", {}, said),
      facts.reports ? g.el("p", {}, g.said(facts.reports)) : null,
      (facts.sources || []).map(function (source) {
        return g.el("blockquote", {}, source[2] ? g.el("p", {}, g.said("“" + source[2] + "”")) : null,
          g.el("footer", {}, g.said([source[0], source[1]].filter(Boolean).join(" · "))));
      }));
  }

  function shareButton(row) {
    return g.el("button", { type: "button", "data-action": "share", onclick: function () { share(row); } },
      g.t("分享", "Share"));
  }

  function share(row) {
    const link = g.hash.linkTo(row);
    if (navigator.share && /^https?:/.test(link)) {
      navigator.share({ title: row.name, url: link }).catch(function () {});
      return;
    }
    g.sheet.show("share", g.t("分享这个驿站", "Share this station"), g.copy.box(row.name + "\n" + link, 3));
  }

  function reportButton(row) {
    return g.el("button", { type: "button", "data-action": "report", onclick: function () { g.rider.need(function () { g.report.show(row); }); } },
      g.t("情况不对？告诉我们", "Report a problem"));
  }

  /** The station's address as a picture, for somebody else's phone or the door itself. */
  function codeButton(row) {
    const link = g.hash.linkTo(row);
    return /^https?:/.test(link) ? g.el("button", { type: "button", "data-action": "code", onclick: function (event) {
      const box = event.target.closest(".station").querySelector(".code");
      g.rider.need(function () { g.qr.show(box, link); });
    } }, g.t("二维码", "QR code")) : null;
  }

  g.station = { show: show, renew: renew, phone: phone, service: service };
})(window.geomap);
