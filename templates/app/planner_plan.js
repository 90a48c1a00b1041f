/* What the plan command chose: each action can be left out, each alternative taken in; what they
   cover together is counted anew, exactly, from the parts of demand that each of them covers. */
(function () {
  "use strict";
  const planner = geomap.planner, el = geomap.el, said = geomap.said, t = geomap.t;
  const on = new Set();
  let marks = null, box = null;

  /* Where hours count, what is told is the mean of the week's 168: people, whom one can picture. */
  const WEEK = "-hours a week";
  function isByHour() { return geomap.taken.plan.unit.slice(-WEEK.length) === WEEK; }
  function unit() { return planner.word("unit", geomap.taken.plan.unit.replace(WEEK, "")) + (isByHour() ? t("（一周里每小时平均）", " (mean of a week's hours)") : ""); }
  function amount(value) { return planner.number(isByHour() ? value / 168 : value, geomap.taken.plan.unit.indexOf("km2") === 0 ? 1 : 0); }
  /* What these options (numbers) add to today: each part of the demand counts once. */
  function added(numbers) {
    const plan = geomap.taken.plan, covered = new Set();
    numbers.forEach(function (number) { plan.options[number].parts.forEach(function (part) { covered.add(part); }); });
    let sum = 0;
    covered.forEach(function (part) { sum += plan.parts[part]; });
    return sum;
  }
  /* What is lost without an option that is on, gained with one that is off. */
  function difference(number) {
    const others = Array.from(on).filter(function (one) { return one !== number; });
    return added(others.concat(number)) - added(others);
  }
  planner.startPlan = function (own) {
    const plan = geomap.taken.plan;
    box = own;
    if (!plan) { return; }
    plan.options.forEach(function (option, number) { if (option.rank) { on.add(number); } });
    marks = L.layerGroup().addTo(planner.map);
    markMap();
  };
  planner.drawPlan = function () {
    const plan = geomap.taken.plan;
    if (!plan) { box.replaceChildren(el("p", { "class": "note" }, t("还没有计划。用 plan 命令算出来，放在台账旁边（--out 写台账的文件夹），再生成地图，就列在这里。",
      "There is no plan yet. Make one with the command plan, beside the ledger (--out names its folder), then build."))); return; }
    box.replaceChildren(
      plan.is_stale ? el("p", { "class": "short", role: "note" }, t("台账在这份计划算出之后改过：数字可能不对了，请再运行 plan。", "The ledger has changed since this plan was made: run plan again.")) : "",
      basis(plan), planner.scroller(t("计划的各项", "Actions of the plan"), table(plan)),
      total(plan), curve(plan));
  };
  function basis(plan) {
    const envelope = geomap.taken.settings.envelopes.filter(function (each) { return each.id === plan.envelope; })[0];
    return el("p", { "class": "note" }, planner.envelopeName(envelope), t("，", ", "), plan.method === "network" ? t("按路网", "by road") : t("直线估算", "straight line"),
      t("；数的是", "; counted in "), unit(), t("。只数位置和准入都确定的站点。全部 ", ". Stations whose place and access are certain. All "), amount(plan.demand_total),
      t("，现已覆盖 ", ", covered today "), amount(plan.covered_before), t("；全做之后 ", "; with all of the plan "), amount(plan.objective),
      t("，任何同样多的办法都不超过 ", ", and no plan of as many actions exceeds "), amount(plan.bound), plan.gap ? t("（差距 ", " (gap ") + planner.percent(plan.gap) + t("）。", ").") : t("（已证明最优）。", " (proven best)."));
  }
  function table(plan) {
    const head = [t("做", "Do"), t("办法和理由", "Action, and why"), [t("去掉少 / 加上多：", "Less without / more with: "), unit()]];
    if (isPriced()) { head.push(t("费用（元）", "Cost (yuan)")); }
    return el("table", {}, el("caption", { "class": "visually-hidden" }, t("计划的各项，可以去掉或换上", "Actions, to leave out or take in")),
      el("thead", {}, el("tr", {}, head.map(function (word) { return el("th", { scope: "col" }, el("span", { "class": "sorter" }, word)); }))),
      el("tbody", {}, plan.options.map(line)));
  }
  function isPriced() { return geomap.taken.plan.options.some(function (option) { return option.cost !== null; }); }
  function title(option) { return (option.rank ? option.rank + ". " : "") + planner.word("action", option.action) + " " + (option.name || [t(option.place, option.place_en), option.id].filter(Boolean).join(" ")); }
  function why(option) {
    return option.rank ? said(t(option.reason, option.reason_en)) : option.instead_of.map(function (pair) {
      return t("换掉第 " + pair[0] + " 项，只少 " + amount(pair[1]), "instead of " + pair[0] + ": only " + amount(pair[1]) + " less");
    }).join(t("；", "; "));
  }
  function line(option, number) {
    const isOn = on.has(number), change = difference(number);
    return el("tr", { "class": isOn ? null : "left-out" },
      el("td", {}, el("input", { type: "checkbox", checked: isOn, "data-option": number, "aria-label": title(option), onchange: function (event) {
        if (event.target.checked) { on.add(number); } else { on.delete(number); }
        planner.drawPlan();
        markMap();
        box.querySelector("[data-option='" + number + "']").focus();
      } })),
      el("th", { scope: "row" }, planner.rowButton(title(option), function () { planner.map.setView([option.lat, option.lon], 14, { animate: false }); }),
        el("small", { "class": "plan-why" }, why(option))),
      el("td", { "class": "number" }, figure("plan_difference", change, (isOn ? "−" : "+") + amount(change))),
      isPriced() ? el("td", { "class": "number" }, option.cost === null ? t("没有写", "not given") : planner.number(option.cost)) : "");
  }
  function figure(name, value, text) { return el("span", { "data-number": name, "data-value": String(Math.round(value * 100) / 100) }, text); }
  function total(plan) {
    const chosen = Array.from(on), gain = added(chosen), covered = plan.covered_before + gain;
    const priced = chosen.filter(function (number) { return plan.options[number].cost !== null; });
    const cost = priced.reduce(function (sum, number) { return sum + plan.options[number].cost; }, 0), free = chosen.length - priced.length;
    return el("p", { role: "status", "class": "plan-total" }, t("选了 " + chosen.length + " 项：覆盖 ", chosen.length + " chosen: "),
      el("b", {}, figure("plan_covered", covered, amount(covered))), " ", unit(), t("，比今天多 ", ", more than today by "), figure("plan_gain", gain, amount(gain)),
      t("，占全部需求的 ", ", of all demand "), planner.percent(plan.demand_total ? covered / plan.demand_total : null),
      priced.length ? [t("；费用 ", "; cost "), figure("plan_cost", cost, planner.number(cost)), t(" 元", " yuan")] : "",
      free && priced.length ? t("，另 " + free + " 项没有价格", ", " + free + " without a price") : "");
  }
  function curve(plan) {
    const most = plan.demand_total || 1;
    return el("details", {}, el("summary", {}, t("做 0 到 " + (plan.curve.length - 1) + " 项，各能覆盖多少", "What 0 to " + (plan.curve.length - 1) + " actions cover")),
      el("table", { "class": "clock" }, el("tbody", {}, plan.curve.map(function (point) {
        return el("tr", {}, el("th", { scope: "row" }, t(point.actions + " 项", String(point.actions))), el("td", {}, amount(point.objective)),
          el("td", {}, planner.percent(point.objective / most)), el("td", { "class": "length" }, planner.bar([["low", point.objective / most]])));
      }))));
  }
  /* What is chosen stands on the map with its number; an alternative with a plus. */
  function markMap() {
    marks.clearLayers();
    on.forEach(function (number) {
      const option = geomap.taken.plan.options[number];
      L.marker([option.lat, option.lon], { keyboard: false, interactive: false, title: title(option),
        icon: L.divIcon({ className: "plan-mark", iconSize: [24, 24], html: el("span", {}, option.rank ? String(option.rank) : "+") }) }).addTo(marks);
    });
  }
})();
