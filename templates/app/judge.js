/* Is the door open when I get there? Three answers, and why. */
(function (g) {
  "use strict";
  /** Metres beyond which nobody rides: what is so far is open now, not "when you get there". */
  const LONG_M = 300000;
  /** Roles of doors that nobody finds open today, and why the hours alone open none, in words. */
  const SHUT = { closed: ["已关闭", "Closed for good"], planned: ["规划中，尚未开放", "Planned, not open yet"],
    suspended: ["暂停开放", "Closed for now"] };
  const DOUBTS = { unconfirmed: ["应开着，待核实", "Should be open, not confirmed"], old: ["应开着，核实已过期", "Should be open, confirmed too long ago"],
    status: ["应开着，是否还在运行不详", "Should be open, if it still operates"], members: ["应开着，限工会会员", "Should be open, for members"],
    access: ["应开着，能否进入不详", "Should be open, entry not known"], holiday: ["平日开着，节假日不详", "Open on such weekdays, holidays not known"] };

  /** Days since somebody confirmed the row; null: nobody has. A day to come is a slip of the pen. */
  function age(row, ms) {
    const days = g.clock.read(ms).day - row.verified;
    return row.verified < 0 || days < -1 ? null : Math.max(0, days);
  }

  function isConfirmed(row, ms) {
    const days = age(row, ms);
    return days !== null && days <= g.store.over.confirmDays;
  }

  function isExact(row) { return row.radius >= 0 && row.radius <= g.store.over.exact && !isNaN(row.lon); }

  /** 0 exact and sure, 1 exact, 2 imprecise and sure, 3 imprecise, 4 nowhere. */
  function rank(row, ms) {
    if (isNaN(row.lon)) { return 4; }
    const sure = isConfirmed(row, ms) && (row.role === "certain" || g.store.isForMe(row));
    return (isExact(row) ? 0 : 2) + (sure ? 0 : 1);
  }

  /** Metres of riding that take as long as the way: by road, what is pushed counting more, or along a
      straight line made longer; no way at all comes last. */
  function rideMetres(way, metres) {
    if (way && way.state === "road") { return way.ride; }
    const guess = metres * g.store.over.detour;
    if (way && way.state === "beyond") { return Math.max(guess, g.guide.MOST_M + 1); }
    return way && way.state === "none" ? guess + 1e6 : guess;
  }

  /**
   * Judge a row for somebody who asks at `now` and is `metres` away (null: not known).
   * open: "open", "closed", "unknown"; until, next: instants or null; why: a word for the reason.
   */
  function judge(row, now, metres) {
    const way = metres === null || !g.guide ? null : g.guide.to(row), far = metres === null ? null : rideMetres(way, metres);
    const ride = far === null || metres > LONG_M ? null : Math.max(1, Math.ceil(far % 1e6 * 0.06 / g.store.over.ride_kmh)), arrival = now + ride * 60000;
    const door = g.hours.at(row.rules, arrival);
    const found = { row: row, metres: metres, way: way, far: far, minutes: ride,
      rank: rank(row, now), arrival: arrival, open: door.state, until: door.until, next: door.next,
      why: "" };
    if (Object.hasOwn(SHUT, row.role)) {
      found.open = "closed";
      found.why = row.role;
    } else if (row.opens > g.clock.read(arrival).day) {
      found.open = "closed";
      found.why = "opens";
      found.until = found.next = null;
    } else if (door.state === "open") { doubt(found, now); }
    return found;
  }

  /** Hours alone open no door: somebody must have confirmed it, and riders must be let in. */
  function doubt(found, now) {
    const row = found.row;
    if (row.role !== "certain" && !g.store.isForMe(row)) {
      found.why = row.status === "unknown" ? "status" : row.access === "members" ? "members" : "access";
    }
    else if (row.verified < 0) { found.why = "unconfirmed"; }
    else if (!isConfirmed(row, now)) { found.why = "old"; }
    else if (g.hours.isUntold(row.rules, found.arrival)) { found.why = "holiday"; }
    if (found.why) { found.open = "unknown"; }
  }

  /** The state in words. */
  function say(found) {
    const arrival = found.arrival, from = g.clock.now();
    if (Object.hasOwn(SHUT, found.why)) { return g.t.apply(null, SHUT[found.why]); }
    if (found.why === "opens") {
      return g.t("将于 ", "Opens first on ") + g.clock.isoDay(found.row.opens) + g.t(" 启用", "");
    }
    if (found.open === "open") { return sayOpen(found, arrival); }
    if (found.open === "closed") {
      return found.next === null ? g.t("关着", "Closed")
        : g.t("关着，", "Closed until ") + g.clock.say(found.next, from) + g.t(" 开", "");
    }
    if (found.why) { return g.t.apply(null, DOUBTS[found.why]); }
    return found.row.hours ? g.t("这时开不开说不准", "Hours are vague now") : g.t("开放时间不详", "Hours not known");
  }

  function sayOpen(found, arrival) {
    if (found.until === null) { return g.t("开着，全天", "Open round the clock"); }
    const left = Math.max(1, Math.round((found.until - arrival) / 60000));
    const on = found.minutes === null ? g.t("开着，还开 ", "Open for another ")
      : g.t("到时开着，还开 ", "Open on arrival, for another ");
    return on + g.clock.span(left);
  }

  /** How far, in a straight line, a ride that begins now ends while it is night; by day 0. */
  function nightRide(now) {
    const minute = g.clock.read(now).minute, late = g.store.over.late;
    if (minute >= late[1] && minute < late[0]) { return 0; }
    const left = (late[1] - minute + 1440) % 1440;
    return left * g.store.over.ride_kmh / 0.06 / g.store.over.detour;
  }

  g.judge = { LONG_M: LONG_M, nightRide: nightRide, judge: judge, say: say, isExact: isExact, isConfirmed: isConfirmed, age: age };
})(window.geomap);
