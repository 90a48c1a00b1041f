"""Private strings, planted in every column of every table and in documents; and the search."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from geomap.model.tables import ALIASES, CLAIMS, LEDGER, REPORTS, SERVICES

_CIRCLED = dict(zip("0123456789", "⓪①②③④⑤⑥⑦⑧⑨", strict=True))
_CHINESE = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_FULL = {digit: chr(0xFF10 + int(digit)) for digit in "0123456789"}
_SURNAMES, _GIVEN = "王李张刘陈杨黄赵吴周孙马胡郭何高", "伟芳娜秀英敏静丽强磊军洋勇艳杰涛明霞"


def _spell(number: str, table: Mapping[str, str]) -> str:
    return "".join(table[digit] for digit in number)


def _mobile(dice: Random) -> str:
    return f"1{dice.choice('35789')}" + "".join(dice.choices("0123456789", k=9))


def _identity(dice: Random) -> str:
    born = f"{dice.randint(1950, 2005)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    first = f"11010{dice.randint(1, 9)}{born}{dice.randint(100, 999)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


def _old_identity(dice: Random) -> str:
    return f"110105{dice.randint(50, 90)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}" + (
        f"{dice.randint(100, 999)}"
    )


def _card(dice: Random) -> str:
    first = "622848" + "".join(dice.choices("0123456789", k=12))
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(first))]
    return first + str(-sum(each - 9 * (each > 9) for each in doubled) % 10)


def _cut(number: str, mark: str) -> str:
    return mark.join((number[:3], number[3:7], number[7:]))


def _word(dice: Random) -> str:
    return "".join(dice.choices("abcdefghkmnp", k=6)) + f"_{dice.randint(10, 99)}"


#: Twenty ways in which a private string is written.
FORMS: dict[str, Callable[[Random], str]] = {
    "mobile": _mobile,
    "mobile, blanks": lambda dice: _cut(_mobile(dice), " "),
    "mobile, dots": lambda dice: _cut(_mobile(dice), "."),
    "mobile, long dashes": lambda dice: _cut(_mobile(dice), "—"),
    "mobile, +86": lambda dice: "+86-" + _cut(_mobile(dice), "-"),
    "mobile, 0086": lambda dice: "0086" + _mobile(dice),
    "mobile, full width": lambda dice: _spell(_mobile(dice), _FULL),
    "mobile, Chinese": lambda dice: _spell(_mobile(dice), _CHINESE),
    "mobile, circled": lambda dice: _spell(_mobile(dice), _CIRCLED),
    "mobile, zero width": lambda dice: "\u200b".join(_mobile(dice)),
    "mobile, brackets": lambda dice: "（{}）{}".format(*(lambda n: (n[:3], n[3:]))(_mobile(dice))),
    "mobile, letters": lambda dice: "1" + _mobile(dice)[1:].replace("0", "O").replace("1", "l"),
    "mobile, extension": lambda dice: _cut(_mobile(dice), " ") + " 转",
    "identity, 18": _identity,
    "identity, 15": _old_identity,
    "bank card": _card,
    "plate": lambda dice: f"京N{dice.randint(10000, 99999)}",
    "plate, new energy": lambda dice: f"沪AD{dice.randint(10000, 99999)}",
    "WeChat": lambda dice: f"微信号：{_word(dice)}",
    "mail": lambda dice: f"{_word(dice)}@qq.com",
}
#: Ways in which a person is named.
NAMINGS: tuple[str, ...] = (
    "联系人 {}", "联系人：{}", "负责人：{}", "{} 13800138000", "{}（13800138000）", "站长 {}",
    "{}师傅", "请找{}", "13800138000 {}", "管理员：{}", "填报人：{}", "店长{}",
)  # fmt: skip
#: Numbers of offices: each must reach the public pages.
OFFICES = (
    "010-8888 6661", "0571-85023456", "400-810-8888", "800-820-8820", "12351", "12345",
    "020 81234567", "010-88886662转801", "0531-8888663", "110",
)  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """One private string: its form, where it was written, and what must not be found."""

    form: str
    place: str
    text: str
    secret: str


def _name(dice: Random) -> str:
    return dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2))))


def _secrets(dice: Random, place: str) -> Iterator[Planted]:
    for form, make in FORMS.items():
        text = make(dice)
        yield Planted(form, place, text, text.removeprefix("微信号：").removesuffix(" 转"))


def _persons(dice: Random, place: str) -> Iterator[Planted]:
    for naming in NAMINGS:
        name = _name(dice)
        yield Planted("name", place, naming.format(name), name)


#: Columns of people's tables whose words may leave for a public page.
STATION_COLUMNS = (
    "station_id", "name", "province", "city", "district", "township", "address", "opening_hours",
    "facilities", "phone", "opened_on", "closed_on", "verified_on", "uncertainty_m", "datum",
    "source", "note", "access", "status", "kind", "lon", "lat",
)  # fmt: skip
_WORDS = ("name", "address", "opening_hours", "phone", "source", "note", "township")


def _row(number: int) -> dict[str, str]:
    return {
        "station_id": f"bj-{number:04}", "name": f"望京第{number}工会驿站", "kind": "station",
        "province": "北京市", "city": "北京市", "district": "朝阳区", "township": "望京街道",
        "address": f"阜通东大街{number}号", "lon": f"{116.4 + number / 1e4:.6f}",
        "lat": "39.950000", "opening_hours": "周一至周五 9:00-17:00",
        "phone": OFFICES[number % len(OFFICES)],
        "verified_on": "2026-11-01", "source": "总工会公示",
    }  # fmt: skip


def _stations(dice: Random) -> tuple[list[dict[str, str]], list[Planted]]:
    rows, planted = [], []
    for column in STATION_COLUMNS:
        secrets = list(_secrets(dice, f"stations.{column}"))
        secrets += _persons(dice, f"stations.{column}") if column in _WORDS else []
        for each in secrets:
            if column == "station_id" and not re.fullmatch(r"[A-Za-z0-9._-]+", each.text):
                continue  # no id at all: the whole ledger is refused
            row = _row(len(rows))
            written = row.get(column, "")
            row[column] = each.text if column == "station_id" else f"{written} {each.text}".strip()
            rows.append(row)
            planted.append(each)
    return rows, planted


def _services(
    dice: Random, rows: list[dict[str, str]]
) -> tuple[list[dict[str, str]], list[Planted]]:
    services, planted = [], []
    shown = [row["station_id"] for row in rows if row.get("note")]
    for column in SERVICES.names[1:]:
        for each in (*_secrets(dice, f"services.{column}"), *_persons(dice, f"services.{column}")):
            row = {"station_id": dice.choice(shown), "service": "理发"}
            row[column] = f"{row.get(column, '')} {each.text}".strip()
            services.append(row)
            planted.append(each)
    return services, planted


_PARTS = ("file", "title", "text")
_TOWNS = ("望京", "来广营", "将台", "酒仙桥")


def _documents(dice: Random, folder: Path) -> list[Planted]:
    planted = []
    folder.mkdir()
    private = (*_secrets(dice, "documents"), *_persons(dice, "documents"))
    for number, each in enumerate(private):
        for place in _PARTS:
            name, title, text = (each.text if place == of else "" for of in _PARTS)
            stem = re.sub(r"[/\s]", " ", f"{name}{place}{number:02}")
            body = (
                f"---\ntitle: 通知 {title}\ndate: 2026-10-01\n---\n"
                f"北京市朝阳区{_TOWNS[number % 4]}街道第{number}{place}工会驿站"
                f"位于阜通东大街{number}号，每天8:00-20:00开放，有饮水机，{text}。\n"
            )
            (folder / f"{stem}.md").write_text(body, encoding="utf-8")
            planted.append(Planted(each.form, f"documents.{place}", each.text, each.secret))
    return planted


def _write(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def plant(folder: Path, seed: int) -> list[Planted]:
    """Write a geodata folder full of private strings; return them."""
    dice = Random(seed)
    rows, planted = _stations(dice)
    services, more = _services(dice, rows)
    planted += more
    claims = []
    for column in ("claim", "quote", "doc"):
        for each in _secrets(dice, f"claims.{column}"):
            claims.append({"doc": "甲.md", "kind": "station", "claim": "8 个", column: each.text})
            planted.append(each)
    shown = next(row["station_id"] for row in rows if row.get("note"))
    old = list(_secrets(dice, "aliases.old_id"))
    aliases = [{"old_id": each.text, "new_id": shown} for each in old]
    told = list(_secrets(dice, "reports.reported_at"))
    reports = [
        {"station_id": shown, "claim": "fine", "confirmed_on": "2026-11-02"}
        | {"reported_at": each.text}
        for each in told
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for name, table, content in (
        ("stations", LEDGER, rows), ("services", SERVICES, services), ("claims", CLAIMS, claims),
        ("aliases", ALIASES, aliases), ("reports", REPORTS, reports),
    ):  # fmt: skip
        _write(folder / f"{name}.csv", table.names, content)
    planted += [*old, *told, *_documents(dice, folder / "documents")]
    return planted


_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def read_public(site: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield path and text of every string that a public file holds, decoded."""
    for path, content in site.items():
        if not path.startswith("public/") or path.endswith(".png"):
            continue
        text = content.decode("utf-8", "replace")
        yield path, path
        for found in _STRING.finditer(text):
            try:
                yield path, json.loads(f'"{found[1]}"', strict=False)
            except ValueError:
                yield path, found[1]
        if path.endswith(".html"):
            for piece in re.split(r"<[^>]*>", text):
                yield path, piece


def squeeze(text: str) -> str:
    """Return letters and figures alone, in their plain forms: no law of the package is used."""
    plain = unicodedata.normalize("NFKC", text).translate(
        {ord(word): digit for digit, word in _CHINESE.items()}
    )
    return "".join(each for each in plain if each.isalnum() and each.isprintable()).lower()


def search(site: Mapping[str, bytes], planted: list[Planted]) -> list[tuple[Planted, str]]:
    """Return every planted string that a public file gives away, and the file."""
    texts = {(path, text) for path, text in read_public(site) if len(text) > 1}
    raw = [(path, text, squeeze(text)) for path, text in sorted(texts)]
    everything = "\n".join(text for _, text, _ in raw)
    squeezed = "\n".join(text for _, _, text in raw)
    found = []
    for each in planted:
        secret = each.secret if each.form == "name" else squeeze(each.secret).removeprefix("0086")
        if secret in (everything if each.form == "name" else squeezed):
            where = next(
                (path for path, text, plain in raw if secret in text or secret in plain), "?"
            )
            found.append((each, where))
    return found
