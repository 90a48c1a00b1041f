"""What the commands say to a person: Chinese by default, English with ``--lang en``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from geomap.commands.codes import CODES_ZH
from geomap.commands.texts import TEXT
from geomap.model.labels import shipped_labels
from geomap.model.records import Finding, GeomapError, Skip
from geomap.text.visible import make_visible, shorten

#: What became of a question to a geocoder.
_OUTCOMES = {
    "found": {"zh": "找到", "en": "found"},
    "not-found": {"zh": "没有找到", "en": "not found"},
    "down": {"zh": "服务没有回答", "en": "service down"},
    "quota": {"zh": "额度用完", "en": "quota used up"},
    "refused": {"zh": "密钥被拒", "en": "key refused"},
}
#: An error without findings may have to name many files.
_ERROR_MOST = 2_000
#: What the filter of public pages holds back, in the staff's words.
HELD_ZH = {
    "mobile": "手机号", "identity": "身份证号", "bank-card": "银行卡号", "plate": "车牌号",
    "account": "个人账号", "mail": "个人邮箱", "name": "人名", "word": "敏感词",
}  # fmt: skip

#: Lines of skips or warnings that a report prints; build.json has them all.
_SHOWN = 20


def say(lang: str, key: str, **facts: object) -> str:
    """Return one sentence of the report; what its facts hold cannot act on a terminal."""
    shown = {
        name: fact if isinstance(fact, (int, float)) else make_visible(fact)
        for name, fact in facts.items()
    }
    return TEXT[lang][key].format(**shown)


def say_asked(lang: str, counts: Mapping[str, int]) -> str:
    """Return how many questions had which outcome; all five, so that none hides in another."""
    parts = join_parts(
        lang, (f"{words[lang]} {counts.get(name, 0)}" for name, words in _OUTCOMES.items())
    )
    return say(lang, "asked", total=sum(counts.values()), parts=parts)


def say_list(lang: str, key: str, items: Iterable[Skip | Finding]) -> list[str]:
    """Return a counted list of skips or findings, by kind of fault first, then each by name."""
    listed = list(items)
    if not listed:
        return []
    tally = Counter(item.code for item in listed)
    lines = [say(lang, key, count=len(listed))]
    lines += [f"  {code} × {count}{_meaning(lang, code)}" for code, count in sorted(tally.items())]
    lines += [f"    {say_one(lang, item)}" for item in listed[:_SHOWN]]
    if len(listed) > _SHOWN:
        lines.append(say(lang, "more", count=len(listed) - _SHOWN))
    return lines


def say_error(lang: str, error: GeomapError) -> list[str]:
    """Return the lines that say what stopped a command: where, what, what to do."""
    if error.faults:
        return [line for fault in error.faults for line in say_error(lang, fault)]
    if error.findings:
        return [say(lang, "error", message=say_one(lang, fault)) for fault in error.findings]
    message = shorten(error, _ERROR_MOST)
    if lang == "zh" and error.code in CODES_ZH:
        detail = f"（{shorten(error.detail)}）" if error.detail else ""
        where = f"{shorten(error.where)}：" if error.where else ""
        message = f"{where}{CODES_ZH[error.code]}{detail}"
    return [say(lang, "error", message=message)]


def say_plainly(lang: str, error: GeomapError) -> str:
    """Return what is wrong and what to do, for a page that shows where by itself."""
    if error.findings:
        return "；".join(say_what(lang, each) for each in error.findings)
    return say_what(lang, Skip("", "", error.code, str(error)))


def _meaning(lang: str, code: str) -> str:
    return f"：{CODES_ZH[code]}" if lang == "zh" and code in CODES_ZH else ""


#: What a message quotes of what is written: ``'飞船' is unknown``.
_QUOTED = re.compile(r"""(['"])(.+?)\1(?=\s|,|;|$)""")


def say_one(lang: str, item: Skip | Finding) -> str:
    """Return one line: where, the code, what to do, the cell, all in the reader's language."""
    where = f"{item.file}:{item.row}:{item.column}" if isinstance(item, Finding) else item.where
    marks = "“”" if lang == "zh" else '""'
    column = item.column if isinstance(item, Finding) else item.as_finding().column
    named = item.heading or (call_column(lang, column) if lang == "zh" else "")
    is_told = bool(item.heading) or named != column
    heading = f"{marks[0]}{shorten(named)}{marks[1]}" if named and is_told else ""
    cell = " ".join(filter(None, (shorten(item.cell), heading)))
    told = say_what(lang, item) + (f" [{cell}]" if cell else "")
    return f"{shorten(where)}: {item.code}: {told}"


def call_column(lang: str, column: str) -> str:
    """Return what a column of the ledger is called in a report."""
    from geomap.sheets.template import HEADINGS  # waits for openpyxl, which --help does not need

    return HEADINGS.get(column, column) if lang == "zh" else column


def call_key(lang: str, column: str, word: str) -> str:
    """Return what a key of a column is called (operating: 运行); other words as they are."""
    labels = shipped_labels().get("facility" if column == "facilities" else column, {})
    keys = [each.strip() for each in word.split(";")]
    if not all(key in labels for key in keys):
        return word
    return ("、" if lang == "zh" else "; ").join(labels[key][lang != "zh"] for key in keys)


def join_parts(lang: str, parts: Iterable[str]) -> str:
    """Return parts of a sentence with the commas of its language."""
    return ("，" if lang == "zh" else ", ").join(parts)


def say_what(lang: str, item: Skip | Finding) -> str:
    """Return what is wrong and what to do, with what is written there."""
    message = item.message if isinstance(item, Finding) else item.reason
    if lang == "zh" and item.code in CODES_ZH:
        quoted = _QUOTED.match(message)
        detail = item.detail or (quoted.group(2) if quoted else "")
        message = CODES_ZH[item.code] + (f"（{detail}）" if detail else "")
    return shorten(message)
