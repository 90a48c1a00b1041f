/* Hours of a door at an instant: a port of geomap.hours.compiled, rule by rule. */
(function (g) {
  "use strict";
  const DAY = 1440, HOLIDAY = 128, MOST_DAYS = 15;
  const STATES = { o: "open", c: "closed", u: "unknown" };
  let calendar = { from: Infinity, until: -Infinity, holidays: new Set(), makeup: new Set() };

  /** Take the calendar of the edition: ISO days become day numbers. */
  function setCalendar(table) {
    const day = g.clock.dayOf;
    calendar = { from: Infinity, until: -Infinity, holidays: new Set(), makeup: new Set() };
    if (!table || !table.known_from) { return; }
    calendar.from = day(table.known_from);
    calendar.until = day(table.known_until);
    table.holidays.forEach(function (span) {
      for (let d = day(span[0]); d <= day(span[1]); d++) { calendar.holidays.add(d); }
    });
    table.makeup_days.forEach(function (iso) { calendar.makeup.add(day(iso)); });
  }

  function monthDay(day) {
    const date = new Date(day * DAY * 60000);
    return (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  }

  function inSeason(rule, at) {
    return !rule.m || rule.m.some(function (pair) {
      return pair[0] <= pair[1] ? pair[0] <= at && at <= pair[1] : at >= pair[0] || at <= pair[1];
    });
  }

  /** What the rules lay on one day; the last segment that covers a minute counts. */
  function lay(hours, look, at) {
    let laid = [];
    hours.r.forEach(function (rule) {
      const bits = (1 << look[0]) | (look[1] ? HOLIDAY : 0);
      if (!(rule.d & bits) || !inSeason(rule, at)) { return; }
      const state = rule.s || "o";
      if (state !== "c" && !rule.a) { laid = []; }
      (rule.t || [[0, DAY]]).forEach(function (time) { laid.push([time[0], time[1], state]); });
    });
    return laid;
  }

  const MAKEUP = [[0, false], [1, false], [2, false], [3, false], [4, false]];

  /** Every way a day may have to be looked at; one for a day that the calendar knows. */
  function looks(hours, day) {
    const weekday = (day + 3) % 7;
    if (day < calendar.from || day > calendar.until) {
      const speaks = hours.r.some(function (rule) { return rule.d & HOLIDAY; });
      return [[weekday, false]].concat(speaks ? [[weekday, true]] : [], hours.c && weekday >= 5 ? MAKEUP : []);
    }
    if (hours.c && calendar.makeup.has(day)) { return MAKEUP; }
    return [[weekday, calendar.holidays.has(day)]];
  }

  function stateAt(laid, minute, beneath) {
    for (let i = laid.length - 1; i >= 0; i--) {
      if (laid[i][0] <= minute && minute < laid[i][1]) { return laid[i][2] === "c" ? beneath : laid[i][2]; }
    }
    return beneath;
  }

  /** States of one day as segments [start, end, state] that touch; neighbours differ. */
  function dayStates(hours, day) {
    function schedules(which) {
      return looks(hours, which).map(function (look) { return lay(hours, look, monthDay(which)); });
    }
    const todays = schedules(day), yesterdays = schedules(day - 1), edges = new Set([0, DAY]);
    todays.forEach(function (laid) { laid.forEach(function (s) { edges.add(s[0]).add(s[1]); }); });
    yesterdays.forEach(function (laid) { laid.forEach(function (s) { edges.add(s[0] - DAY).add(s[1] - DAY); }); });
    const cuts = Array.from(edges).filter(function (e) { return e >= 0 && e <= DAY; })
      .sort(function (a, b) { return a - b; });
    const merged = [];
    for (let i = 0; i + 1 < cuts.length; i++) {
      const state = agreed(todays, yesterdays, cuts[i]), last = merged[merged.length - 1];
      if (last && last[2] === state) { last[1] = cuts[i + 1]; } else { merged.push([cuts[i], cuts[i + 1], state]); }
    }
    return merged;
  }

  function agreed(todays, yesterdays, minute) {
    let found = "";
    for (const today of todays) {
      for (const yesterday of yesterdays) {
        const state = stateAt(today, minute, stateAt(yesterday, minute + DAY, "c"));
        if (found && found !== state) { return "unknown"; }
        found = state;
      }
    }
    return STATES[found];
  }

  const days = new WeakMap();

  /** dayStates, remembered: a list asks the same days of the same hours again and again. */
  function keptStates(hours, day) {
    let kept = days.get(hours);
    if (!kept || kept.calendar !== calendar || kept.size > 64) {
      kept = { calendar: calendar, size: 0, states: {} };
      days.set(hours, kept);
    }
    if (!kept.states[day]) {
      kept.size += 1;
      kept.states[day] = dayStates(hours, day);
    }
    return kept.states[day];
  }

  const UNKNOWN = { state: "unknown", until: null, next: null };
  const asked = new WeakMap();

  /** State at an instant; `until`: when an open door closes, `next`: when a closed one opens, `end`:
      until when all of this holds. */
  function at(hours, ms) {
    if (!hours) { return UNKNOWN; }
    const kept = asked.get(hours);
    if (kept && kept.from <= ms && ms < kept.found.end && kept.calendar === calendar) { return kept.found; }
    const found = look(hours, g.clock.read(ms));
    asked.set(hours, { from: ms, calendar: calendar, found: found });
    return found;
  }

  function look(hours, time) {
    let state = "", minute = time.minute;
    for (let day = time.day; day < time.day + MOST_DAYS; day++) {
      for (const segment of keptStates(hours, day)) {
        if (segment[1] <= minute) { continue; }
        if (!state) { state = segment[2]; continue; }
        if (segment[2] !== state) { return change(state, segment[2], g.clock.instant(day, segment[0])); }
      }
      if (state === "unknown") { break; }
      minute = 0;
    }
    return { state: state, until: null, next: null, end: g.clock.instant(time.day + 1, 0) };
  }

  function change(state, after, instant) {
    return { state: state, until: state === "open" ? instant : null,
      next: state === "closed" && after === "open" ? instant : null, end: instant };
  }

  /** Whether an instant is of a public holiday of which hours of some days of the week say nothing. */
  function isUntold(hours, ms) {
    const told = hours.r.reduce(function (bits, rule) { return bits | (rule.s === "c" ? rule.d & HOLIDAY : rule.d); }, 0);
    return told < HOLIDAY - 1 && calendar.holidays.has(g.clock.read(ms).day);
  }

  const DAYS = { Mo: "Mon", Tu: "Tue", We: "Wed", Th: "Thu", Fr: "Fri", Sa: "Sat", Su: "Sun", PH: "holidays", off: "closed" };

  /** Hours as people say them; `words` are the Chinese ones of the edition. */
  function say(osm, words) {
    if (g.lang !== "en" || !osm) { return words || osm; }
    return osm.replace(/^24\/7$/, "round the clock").replace(/Mo-Su/g, "daily").replace(/00:00-24:00/g, "all day")
      .replace(/\b(Mo|Tu|We|Th|Fr|Sa|Su|PH|off)\b/g, function (sign) { return DAYS[sign]; }).replace(/,(?=\S)/g, ", ");
  }

  g.hours = { at: at, isUntold: isUntold, say: say, dayStates: dayStates, setCalendar: setCalendar };
})(window.geomap);
