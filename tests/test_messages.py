"""Whatever a clerk may meet is said in Chinese too."""

import ast
import errno
import re
from collections.abc import Iterator
from pathlib import Path

from geomap.commands.messages import format_error, format_list
from geomap.model.labels import shipped_texts
from geomap.model.records import Finding, InputError, Skip, name_refusal
from geomap.privacy.findings import CODES

PACKAGE = Path(__file__).parent.parent / "geomap"
#: Calls that carry a code, and the place of the code among their arguments.
CARRIERS = {
    "Skip": 2, "Finding": 3, "UnreadableError": 0, "refuse": 1, "note": 1, "_fault": 1, "fault": 1,
    "road_fault": 1,
}  # fmt: skip
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def codes_in_source() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                place = CARRIERS.get(name, len(node.args))
                given = [word.value for word in node.keywords if word.arg == "code"]
                for argument in (*node.args[place : place + 1], *given):
                    yield from _texts(argument)


def _texts(written: ast.expr) -> Iterator[str]:
    """Every text that an argument may be: ``"a" if wrong else "b"`` may be both."""
    for node in ast.walk(written):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_code_has_its_words() -> None:
    codes = {code for code in codes_in_source() if CODE.fullmatch(code)}
    codes |= {code for code, _ in CODES.values()}
    assert shipped_texts()["held"].keys() == CODES.keys()
    codes |= {name_refusal(OSError(number, "")) for number in (0, *errno.errorcode)}
    assert len(codes) > 60
    assert sorted(codes - set(shipped_texts()["code"])) == []


def test_a_long_list_is_counted_by_kind_and_cut() -> None:
    skips = [Skip("read", f"a{n}.txt", "no-text", "…") for n in range(30)]
    lines = format_list("zh", "skips", skips)
    assert "30" in lines[0] and "no-text × 30" in lines[1] and "另有 10 处" in lines[-1]


def test_both_languages_say_the_same_things_with_the_same_facts() -> None:
    for key, (chinese, english) in shipped_texts()["sentence"].items():
        assert _facts(chinese) == _facts(english), key


def _facts(sentence: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", sentence))


def test_an_error_says_where_what_and_what_to_do_in_the_readers_language() -> None:
    error = InputError("a.csv: the file is empty", code="sheet-empty", where="a.csv", detail="甲")
    assert format_error("zh", error) == [
        f"错误：a.csv：{shipped_texts()['code']['sheet-empty']}（甲）"
    ]
    assert format_error("en", error) == ["error: a.csv: the file is empty"]


def test_all_faults_of_a_file_come_at_once() -> None:
    faults = tuple(Finding("a.csv", row, "lon", "lonlat-swapped", "…") for row in (2, 9))
    lines = format_error("zh", InputError("…", findings=faults))
    assert [line.split(": ")[0] for line in lines] == ["错误：a.csv:2:lon", "错误：a.csv:9:lon"]
    assert all("对调两格" in line for line in lines)


def test_an_error_nobody_put_into_words_is_said_as_it_is() -> None:
    assert format_error("zh", InputError("roads.pbf: cut off")) == ["错误：roads.pbf: cut off"]
