"""What the commands say to a person, in the words of texts.toml: Chinese, or ``--lang en``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from geomap.model.labels import shipped_labels, shipped_texts
from geomap.model.records import Finding, GeomapError, Skip
from geomap.text.visible import make_visible, shorten

#: An error without findings may have to name many files.
_ERROR_MOST = 2_000
#: Lines of skips or warnings that a report prints; build.json has them all.
_SHOWN = 20


def call(lang: str, section: str, key: str) -> str:
    """Return what a key of a section is called; itself where texts.toml has no word for it."""
    pair = shipped_texts()[section].get(key)
    return str(pair[lang != "zh"]) if pair else key


def _say_code(lang: str, code: str) -> str:
    """Return what a code means and what to do; empty where the message itself says it."""
    return str(shipped_texts()["code"].get(code, "")) if lang == "zh" else ""


def say(lang: str, key: str, **facts: object) -> str:
    """Return one sentence of the report; what its facts hold cannot act on a terminal."""
    shown = {
        name: fact if isinstance(fact, (int, float)) else make_visible(fact)
        for name, fact in facts.items()
    }
    return call(lang, "sentence", key).format(**shown)


def format_asked(lang: str, counts: Mapping[str, int]) -> str:
    """Return how many questions had which outcome; all five, so that none hides in another."""
    named = (
        f"{call(lang, 'asked', each)} {counts.get(each, 0)}" for each in shipped_texts()["asked"]
    )
    return say(lang, "asked", total=sum(counts.values()), parts=join_parts(lang, named))


def format_list(lang: str, key: str, items: Iterable[Skip | Finding]) -> list[str]:
    """Return a counted list of skips or findings, by kind of fault first, then each by name."""
    listed = list(items)
    if not listed:
        return []
    tally = Counter(item.code for item in listed)
    lines = [say(lang, key, count=len(listed))]
    for code, count in sorted(tally.items()):
        lines.append("：".join(filter(None, (f"  {code} × {count}", _say_code(lang, code)))))
    shown = (f"    {format_finding(lang, item)}" for item in listed)
    return [*lines, *cut_lines(lang, shown, len(listed), _SHOWN)]


def cut_lines(lang: str, lines: Iterable[str], count: int, most: int) -> Iterator[str]:
    """Yield the first of ``count`` lines, and how many more there are."""
    yield from islice(lines, most)
    if count > most:
        yield say(lang, "more", count=count - most)


def format_error(lang: str, error: GeomapError) -> list[str]:
    """Return the lines that say what stopped a command: where, what, what to do."""
    if error.faults:
        return [line for fault in error.faults for line in format_error(lang, fault)]
    if error.findings:
        return [say(lang, "error", message=format_finding(lang, fault)) for fault in error.findings]
    message = shorten(error, _ERROR_MOST)
    if meaning := _say_code(lang, error.code):
        detail = f"（{shorten(error.detail)}）" if error.detail else ""
        where = f"{shorten(error.where)}：" if error.where else ""
        message = f"{where}{meaning}{detail}"
    return [say(lang, "error", message=message)]


def explain_error(lang: str, error: GeomapError) -> str:
    """Return what is wrong and what to do, for a page that shows where by itself."""
    if error.findings:
        return "；".join(format_message(lang, each) for each in error.findings)
    return format_message(lang, Skip("", "", error.code, str(error)))


#: What a message quotes of what is written: ``'飞船' is unknown``.
_QUOTED = re.compile(r"""(['"])(.+?)\1(?=\s|,|;|$)""")


def format_finding(lang: str, item: Skip | Finding) -> str:
    """Return one line: where, the code, what to do, the cell, all in the reader's language."""
    where = f"{item.file}:{item.row}:{item.column}" if isinstance(item, Finding) else item.where
    marks = "“”" if lang == "zh" else '""'
    column = item.column if isinstance(item, Finding) else item.as_finding().column
    named = item.heading or (call_column(lang, column) if lang == "zh" else "")
    is_told = bool(item.heading) or named != column
    heading = f"{marks[0]}{shorten(named)}{marks[1]}" if named and is_told else ""
    cell = " ".join(filter(None, (shorten(item.cell), heading)))
    told = format_message(lang, item) + (f" [{cell}]" if cell else "")
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


def format_message(lang: str, item: Skip | Finding) -> str:
    """Return what is wrong and what to do, with what is written there."""
    message = item.message if isinstance(item, Finding) else item.reason
    if meaning := _say_code(lang, item.code):
        quoted = _QUOTED.match(message)
        detail = item.detail or (quoted.group(2) if quoted else "")
        message = meaning + (f"（{detail}）" if detail else "")
    return shorten(message)
