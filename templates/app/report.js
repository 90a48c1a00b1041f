/* "Report a problem": a text without personal data, to copy, mail or send by SMS. */
(function (g) {
  "use strict";
  const CLAIMS = [
    ["locked", "到了，门锁着", "I was there: locked"], ["gone", "已经没有了", "It is gone"],
    ["hours", "开放时间不对", "Wrong hours"], ["place", "位置不对", "Wrong place"],
    ["facilities", "设施不对", "Wrong facilities"], ["refused", "不让进", "Was not let in"],
    ["fine", "一切属实", "All is as said"]
  ];

  /** The text; geomap add reads it back, so the headings stay Chinese. */
  function text(row, claim, now) {
    const time = g.clock.read(now);
    return ["【驿站情况反映】", "编号：" + row.id, "名称：" + g.cut(row.name.replace(/\s+/g, " "), 60),
      "情况：" + claim[1] + "（" + claim[0] + "）",
      "时间：" + g.clock.isoDay(time.day) + " " + g.clock.clockTime(time.minute),
      "版次：" + (g.store.over.date || "-")].join("\n");
  }

  function show(row) {
    const out = g.el("div", { "class": "report-out" });
    const choice = g.el("fieldset", {}, g.el("legend", {}, g.t("怎么了？", "What is wrong?")),
      CLAIMS.map(function (claim, i) {
        const radio = g.el("input", { type: "radio", name: "claim", value: claim[0], id: "claim-" + i,
          onchange: function () { fill(out, text(row, claim, g.clock.now())); } });
        return g.el("p", {}, radio, g.el("label", { "for": "claim-" + i }, g.t(claim[1], claim[2])));
      }));
    g.sheet.show("report", g.t("反映情况", "Report a problem"), g.el("div", { "class": "report" },
      g.el("p", {}, g.said(g.rows.cut(row.name))), choice,
      g.el("p", { "class": "note" }, g.t("不含您的任何个人信息；工作人员核实以后才会显示。",
        "It holds nothing about you; it is shown once staff have checked it.")), out));
  }

  function fill(out, written) {
    const body = encodeURIComponent(written);
    out.replaceChildren(g.copy.box(written, 6), g.el("p", { "class": "actions" },
      ways(body),
      g.el("button", { type: "button", "data-action": "qr", onclick: function () { g.qr.show(out, written); } }, g.t("二维码", "QR code"))));
  }

  /** How it gets to the staff: by what the map's settings name, else by whom the rider chooses. */
  function ways(body) {
    const to = g.store.over.report, mailed = to.indexOf("@") > 0, subject = encodeURIComponent("驿站情况反映");
    const mail = g.el("a", { "class": "button", href: "mailto:" + (mailed ? encodeURIComponent(to).replace(/%40/g, "@") : "") + "?subject=" + subject + "&body=" + body },
      g.t("发邮件", "Mail"));
    const sms = g.el("a", { "class": "button", href: "sms:" + (to && !mailed ? to : "") + "?&body=" + body }, g.t("发短信", "SMS"));
    if (/^https:/.test(to)) {
      return [g.el("p", { "class": "note" }, g.t("先复制上面的文字，再粘贴到表单里：", "Copy the text above, then paste it into the form:")),
        g.el("a", { "class": "button", href: to, target: "_blank", rel: "noreferrer" }, g.t("打开反映表单", "Open the form"))];
    }
    return to ? (mailed ? mail : sms) : [mail, sms];
  }

  g.report = { show: show };
})(window.geomap);
