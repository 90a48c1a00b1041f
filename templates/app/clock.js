/* Time in Asia/Shanghai (UTC+8 all year), whatever the phone's own zone says. */
(function (g) {
  "use strict";
  const MINUTE = 60000, DAY = 1440;

  function now() { return Date.now(); }

  /** An instant as day (since 1970-01-01), minute of that day, weekday (0 Monday). */
  function read(ms) {
    const minutes = Math.floor(ms / MINUTE) + 480;
    const day = Math.floor(minutes / DAY);
    return { day: day, minute: minutes - day * DAY, weekday: (day + 3) % 7 };
  }

  /** The instant at which a minute of a day begins. */
  function instant(day, minute) { return (day * DAY + minute - 480) * MINUTE; }

  /** ISO day of a day number, and back; NaN where the text is no day. */
  function isoDay(day) { return new Date(day * DAY * MINUTE).toISOString().slice(0, 10); }
  function dayOf(iso) { return Math.round(Date.parse(iso + "T00:00:00Z") / (DAY * MINUTE)); }

  function clockTime(minute) {
    const m = minute % DAY;
    return String(Math.floor(m / 60)).padStart(2, "0") + ":" + String(m % 60).padStart(2, "0");
  }

  /** An instant as somebody says it today: 07:30, 明天 07:30, 周一 09:00. */
  function say(ms, from) {
    const then = read(ms), today = read(from).day, time = clockTime(then.minute);
    if (then.day === today) { return time; }
    if (then.day === today + 1) { return g.t("明天 ", "tomorrow ") + time; }
    if (then.day - today < 7) {
      return g.t("周" + "一二三四五六日"[then.weekday],
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][then.weekday]) + " " + time;
    }
    return isoDay(then.day) + " " + time;
  }

  /** Minutes as somebody says them: 25 分, 3 小时 5 分. */
  function span(minutes) {
    const hours = Math.floor(minutes / 60), rest = minutes % 60;
    if (!hours) { return rest + g.t(" 分钟", " min"); }
    return hours + g.t(" 小时", " h") + (rest && hours < 10 ? " " + rest + g.t(" 分", " min") : "");
  }

  g.clock = { now: now, read: read, instant: instant, isoDay: isoDay, dayOf: dayOf,
    clockTime: clockTime, say: say, span: span };
})(window.geomap);
