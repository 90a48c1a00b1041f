"""Changes of an article that leave its meaning alone leave what is read of it alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from geomap.divisions import Divisions
from geomap.find import Lexicon
from tests.scorer import Row, Score, find_rows, read_labels, score

ARTICLES = Path(__file__).parents[1] / "articles"
HEAD = re.compile(
    "户外劳动者服务站点|服务站点|接力站|爱心驿家|服务站|服务点|驿站|驿家|工享家|小站|小屋|港湾"
)
HAN = "\u4e00-\u9fff"
WIDE = {ord("0") + n: 0xFF10 + n for n in range(10)}
TYPED = dict(zip(map(ord, "\uff0c\u3002\uff1a\uff1b\uff08\uff09"), ",.:;()", strict=True))
#: At most this much is lost of the names, of each fact.
OF_NAMES, OF_FACTS = 0.05, 0.10

Change = Callable[[str], str]


def _with_head(head: str) -> Change:
    return lambda text: HEAD.sub(head, text)


def _tagged(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"【工会短讯】{line}" if len(line) > 36 else line for line in lines)


def _wrapped(text: str) -> str:
    """Paragraphs broken at one width; a row of cells is none."""
    lines = text.split("\n")
    return "\n".join(
        "\n".join(re.findall(".{1,30}", line)) if len(line) > 45 and "\u3002" in line else line
        for line in lines
    )


def _set_apart(text: str) -> str:
    return re.sub(rf"(?<=[{HAN}])(\d+)(?=[{HAN}])", r" \1 ", text)


def _typed(text: str) -> str:
    return text.translate(TYPED)


CHANGES: dict[str, Change] = {
    "head-歇凉站": _with_head("歇凉站"),
    "head-暖友栈": _with_head("暖友栈"),
    "head-工暖角": _with_head("工暖角"),
    "head-骑士补能屋": _with_head("骑士补能屋"),
    "numbers set apart": _set_apart,
    "semicolons": lambda text: text.replace("、", "\uff1b"),
    "tags": _tagged,
    "wrapped": _wrapped,
    "wide digits": lambda text: text.translate(WIDE),
    "corner quotes": lambda text: re.sub("“([^”]{1,20})”", r"「\1」", text),
    "typed marks": _typed,
}
#: The name stays what it is, though a paragraph has a tag or a break.
KEEP_LABELS = {"tags", "wrapped"}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Plain articles; pages and marked-up ones are forms of their own."""
    return {path.name: path.read_text("utf-8") for path in sorted(ARTICLES.glob("[ad]*.txt"))}


@pytest.fixture(scope="module")
def measure(
    texts: dict[str, str],
    divisions: Divisions,
    lexicon: Lexicon,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Change, bool], Score]:
    labels = [row for row in read_labels(ARTICLES / "gold.jsonl") if row["doc"] in texts]

    def scored(change: Change, keep: bool) -> Score:
        folder = tmp_path_factory.mktemp("changed")
        for name, text in texts.items():
            (folder / name).write_text(change(text), "utf-8")
        rows = labels if keep else [_told(row, change) for row in labels]
        return score(rows, find_rows(folder, divisions, lexicon))

    return scored


def _told(row: Row, change: Change) -> Row:
    return {
        **row,
        "name": change(row["name"]),
        "aliases": [change(name) for name in row["aliases"] or []],
    }


@pytest.fixture(scope="module")
def plain(measure: Callable[[Change, bool], Score]) -> Score:
    return measure(str, True)


@pytest.mark.parametrize("name", list(CHANGES))
def test_a_change_that_means_nothing_loses_little(
    name: str, plain: Score, measure: Callable[[Change, bool], Score]
) -> None:
    changed = measure(CHANGES[name], name in KEEP_LABELS)
    names = {"name_f1", "district_f1"}
    lost = {
        f.name: (getattr(plain, f.name), getattr(changed, f.name))
        for f in fields(Score)
        if f.name != "strays"
        and getattr(plain, f.name) - getattr(changed, f.name)
        > (OF_NAMES if f.name in names else OF_FACTS)
    }
    assert not lost
    assert changed.strays <= plain.strays
