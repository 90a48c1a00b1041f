"""The sentences of the reports, in both languages."""

from __future__ import annotations

TEXT = {
    "zh": {
        "built": "地图已生成：{page}\n规划页：{planner}",
        "stations": "站点 {total}：已核实 {confirmed}，待核实 {unconfirmed}；"
        "在用 {operating}，计划 {planned}，已关闭 {closed}",
        "precision": "位置：{parts}",
        "districts": "区县 {count}；文件里的数目 {claims} 条，服务 {services} 条",
        "as-of": "{day} 那天的图：之后才启用的 {not_yet} 处不在图上；启用或停用日期不详的 "
        "{unknown} 处当作“不详”，只算进最高值",
        "roads": "按路网：{stations} 个站点；绕行系数 {factor}（由 {pairs} 对路口算得）",
        "one_file": "单文件 public/one-file.html：{kib} KiB",
        "one_file_without_streets": "单文件不带道路：带上会超过 {kib} KiB；其中的距离都是直线",
        "held_back": "公开页遮去或略去 {count} 处：{parts}（是哪一格，见下面的提醒）",
        "skips": "跳过 {count} 处：",
        "warnings": "提醒 {count} 处：",
        "more": "  …… 另有 {count} 处，见 site/build.json",
        "demo": "演示 · 站点为虚构 · 不得公开（publish 一律拒绝）",
        "draft": "内部草图 · 未经审核 · 不得公开（审图号写进 map.toml 后才能 publish）",
        "strict": "--strict：有跳过或提醒，没有发布；旧地图不变",
        "added": "读文件 {documents} 份：新站点 {new}，变动 {changed}，已知 {known}；"
        "数目 {claims} 条，服务 {services} 条",
        "extracted": "读文件 {documents} 份，{rows} 行："
        "新 {new}，开放时间有变 {hours}，已知 {known}",
        "kept": "原来的台账另存为 {file}",
        "kept_file": "原来的文件另存为 {file}",
        "reports": "读反映 {texts} 份：新 {new} 条，读不懂 {lost} 条；"
        "核实后在 reports.csv 的 confirmed_on 写日期，才会上图",
        "sheets": "读表 {sheets} 份：新增 {new} 行，更新 {changed} 行，未变 {known} 行",
        "first": "请先看这 {count} 处：",
        "unread": "没有读的表 {count} 份（别的照常）：",
        "edits": "改动 {count} 格（原来的值 → 新的值）：",
        "edit": "    {where}：{name}，{column}：{old} → {new}",
        "alike": "可能是同一个站 {count} 对，没有合并；在 same_place.csv 的 answer 一栏"
        "写“同”或“不同”，写一次就记住：",
        "alike_one": "{name} ~ {other}（{where}）：{why}",
        "worksheet": "{file}：各列",
        "worksheet_unread": "{file}：没有读，前 10 行里没有认得的列名",
        "fate_read": "    {letter} {heading}：读作 {meaning}",
        "fate_kept": "    {letter} {heading}：不认识，原样留作台账里自己的一列，图上不用",
        "fate_again": "    {letter} {heading}：和别的列一个意思，原样留作台账里自己的一列",
        "fate_number": "    {letter} {heading}：没有读（序号）",
        "fate_empty": "    {letter} {heading}：没有读（整列是空的）",
        "asides": "    不是站点的行，没有读：{rows}",
        "checked": "检查完成：{count} 处需要看",
        "clean": "检查完成：没有问题",
        "published": "已发布到 {folder}：第 {edition} 版，{files} 个文件，{kib} KiB；"
        "目录里别的文件 {foreign} 个，没有动",
        "previous_reachable": "注意：{folder} 是旧版程序留下的上一版，网上可能还打得开；不用就删掉",
        "undone": "已退回第 {edition} 版：{folder}",
        "geocoded": "定位 {count} 行：{parts}",
        "estimate": "{provider}：{rows} 行要问，最少 {least} 次、最多 {most} 次，"
        "约 {minutes} 分钟以内",
        "not_kept": "回答只用在这一次、不留存：map.toml 的 [geocode] 没有为 {provider} "
        "写 may_store = true",
        "asked": "问了 {total} 次：{parts}",
        "planned": "计划（{unit}）：总需求 {demand_total}，现已覆盖 {covered_before}，"
        "计划后 {objective}；任何方案不超过 {bound}（差距 {gap}）",
        "planned_action": "  {rank}. {reason}（{id}，{lon}, {lat}）",
        "plan_unpriced": "没有价格的办法 {count} 个，有预算时不考虑；在候选地点表里写上费用",
        "error": "错误：{message}",
        "stopped": "已停止；没有改动任何东西",
        "changes": "变动（{before} → {after}）：{told}",
        "no_changes": "没有",
        "template": "模板已写好：{file}",
        "marks": "检查结果|工作表|单元格|列名|要看什么",
        "marked": "标好的表：{file}（{count} 处，见第一张工作表和各格的批注）",
        "desk": "窗口已打开；没有自动打开，就把这个地址粘贴到浏览器：\n{address}\n"
        "用完关掉这个黑色窗口（或按 Ctrl-C）。",
    },
    "en": {
        "built": "map built: {page}\nplanners' page: {planner}",
        "stations": "{total} stations: {confirmed} confirmed, {unconfirmed} not; "
        "{operating} operating, {planned} planned, {closed} closed",
        "precision": "places: {parts}",
        "districts": "{count} districts; {claims} counts and promises, {services} services",
        "as-of": "the map of {day}: {not_yet} opened later and are left out; {unknown} whose day "
        "is not known count in the high shares alone",
        "roads": "by road: {stations} stations; detour factor {factor} "
        "({pairs} pairs of junctions)",
        "one_file": "one file, public/one-file.html: {kib} KiB",
        "one_file_without_streets": "the one file has no streets, they would make it more than "
        "{kib} KiB; its distances are straight lines",
        "held_back": "held back from public pages, {count}: {parts} "
        "(which cells: see the warnings)",
        "skips": "{count} skipped:",
        "warnings": "{count} warnings:",
        "more": "  … and {count} more, see site/build.json",
        "demo": "a demonstration of invented stations, never to be published",
        "draft": "internal draft, not reviewed, not to be published "
        "(publish needs the review number in map.toml)",
        "strict": "--strict: skips or warnings were met, nothing was published; the old map stands",
        "added": "{documents} documents read: {new} new, {changed} changed, "
        "{known} known stations; {claims} counts, {services} services",
        "extracted": "{documents} documents, {rows} rows: {new} new, {hours} changed hours, "
        "{known} known",
        "kept": "the ledger of before was kept as {file}",
        "kept_file": "the file of before was kept as {file}",
        "reports": "{texts} texts of riders: {new} new reports, {lost} unreadable; "
        "fill in confirmed_on in reports.csv once checked, then they show",
        "sheets": "{sheets} sheets read: {new} new, {changed} changed, {known} known rows",
        "first": "look at these {count} first:",
        "unread": "{count} sheets not read (the others are):",
        "edits": "{count} cells changed (before → after):",
        "edit": "    {where}: {name}, {column}: {old} → {new}",
        "alike": "{count} pairs may be one station; nothing was merged; write same or different "
        "into the column answer of same_place.csv, once and for all:",
        "alike_one": "{name} ~ {other} ({where}): {why}",
        "worksheet": "{file}: its columns",
        "worksheet_unread": "{file}: not read, no known heading in the first 10 rows",
        "fate_read": "    {letter} {heading}: read as {meaning}",
        "fate_kept": "    {letter} {heading}: unknown; kept as a column of its own, not on the map",
        "fate_again": "    {letter} {heading}: says what another does; kept as its own column",
        "fate_number": "    {letter} {heading}: not read (running number)",
        "fate_empty": "    {letter} {heading}: not read (the whole column is empty)",
        "asides": "    rows that are no stations, not read: {rows}",
        "checked": "checked: {count} findings",
        "clean": "checked: nothing to mend",
        "published": "published to {folder}: edition {edition}, {files} files, {kib} KiB; "
        "{foreign} other files there were left as they are",
        "previous_reachable": "note: {folder} is a copy that an earlier version left; the web may "
        "still reach it; delete it when it is not needed",
        "undone": "went back to edition {edition}: {folder}",
        "geocoded": "{count} rows placed: {parts}",
        "estimate": "{provider}: {rows} rows to ask about, {least} to {most} questions, "
        "at most about {minutes} min",
        "not_kept": "answers serve this run only and are not kept: [geocode] in map.toml has no "
        "may_store = true for {provider}",
        "asked": "{total} questions: {parts}",
        "planned": "plan ({unit}): demand {demand_total}, covered today {covered_before}, "
        "with the plan {objective}; no plan exceeds {bound} (gap {gap})",
        "planned_action": "  {rank}. {reason} ({id}, {lon}, {lat})",
        "plan_unpriced": "{count} options without a price were left out under the budget; give "
        "their cost in --candidates",
        "error": "error: {message}",
        "stopped": "stopped; nothing was changed",
        "changes": "changes ({before} → {after}): {told}",
        "no_changes": "none",
        "template": "template written: {file}",
        "marks": "Findings|worksheet|cell|column|what to look at",
        "marked": "marked sheet: {file} ({count} places; see its first worksheet and the notes)",
        "desk": "the desk is open; if no browser came up, paste this address into one:\n{address}\n"
        "when done, close this window (or press Ctrl-C).",
    },
}
