"""Whatever a clerk may meet is said in Chinese too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from geomap.messages import _TEXT, CODES_ZH, say_list
from geomap.records import Skip

PACKAGE = Path(__file__).parent.parent / "geomap"
#: Calls that carry a code, and the place of the code among their arguments.
CARRIERS = {"Skip": 2, "Finding": 3, "UnreadableError": 0, "_UnusableError": 1, "note": 1}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def codes_in_source() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                place = CARRIERS.get(name, len(node.args))
                for argument in node.args[place : place + 1]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def test_every_code_has_its_words() -> None:
    codes = {code for code in codes_in_source() if CODE.fullmatch(code)}
    assert len(codes) > 20
    assert sorted(codes - set(CODES_ZH)) == []


def test_a_long_list_is_counted_by_kind_and_cut() -> None:
    skips = [Skip("read", f"a{n}.txt", "no-text", "…") for n in range(30)]
    lines = say_list("zh", "skips", skips)
    assert "30" in lines[0] and "no-text × 30" in lines[1] and "另有 10 处" in lines[-1]


def test_both_languages_say_the_same_things_with_the_same_facts() -> None:
    chinese, english = _TEXT["zh"], _TEXT["en"]
    assert chinese.keys() == english.keys()
    for key, sentence in chinese.items():
        assert _facts(sentence) == _facts(english[key]), key


def _facts(sentence: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", sentence))
