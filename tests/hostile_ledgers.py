"""Geodata folders full of what people, programs and attackers write into cells; seeded.

Most cells are fit, so that a row lives to meet the stage that its one bad cell troubles. A value of
:data:`BAD` cannot be meant: whoever reads the folder must name its file, row and column.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.model.tables import (
    ACCESSES,
    CLAIMS,
    DOCUMENTS,
    FACILITIES,
    KINDS,
    LEDGER,
    REPORTS,
    SERVICES,
    STATUSES,
)  # fmt: skip

#: Texts that any cell may hold.
TEXTS = (
    "=1+1", "＝1+1", "\u200b=1+1", "\ufeff@SUM(A1)", "-2+3", "'=1+1", "''", "\t=1", "|a", "%0",
    "\x1b[31m红\x1b[0m", "\x1b]0;title\x07", "\x9b31m", "\u202e倒\u202c", "\u2066x\u2069", "\r\n甲",
    "👩‍👩‍👧‍👦驿站", "e\u0301\u0301\u0301", "Z̷̡̛a̸l̶g̵o̸", "\u2028", "</script><script>alert(1)</script>",
    "{{7*7}}", "{title}", "%s%n", "../../etc/passwd", "CON", "null", "None", "NaN", "nan", "true",
    "\\ud800", "\\x00", "\ufffe", "\U0010ffff", "\U000e0041", "٣", "②", "½", "零",
    "甲" * 5000, " ", "\u3000", "\xa0", '"', "「甲」", "|", "@", "A@2020「",
    "位置:exact:person@「x」", "#", "a\nb",
)  # fmt: skip
#: No number a coordinate, a distance or a count could be.
BAD_NUMBERS = (
    "inf", "-inf", "nan", "NaN", "1e999", "-1e999", "²", "½", "Ⅳ", "十", "1,5", "1.2.3", "--1",
    "0x10", "1_0", "五十米", "1 2", "１．２．３", "∞", "١٢٣x", "true", "=1", "'1", "+-1", ".", "e5",
)  # fmt: skip
BAD_COUNTS = (*BAD_NUMBERS, "1.5", "-1", "1e999", "9" * 400, "-0.5", "1e308")
BAD_DEGREES = (*BAD_NUMBERS, "1e308", "-1e308", "9" * 400, "181", "-180.001", "1e10")
BAD_METRES = (*BAD_NUMBERS, "-1", "-0.001", "1e308", "9" * 400, "10000000", "1e12")
ODD_NUMBERS = ("0", "-0", "1e-320", "007", "１２", "12 ", "+5", "1e2", "5.", ".5", "0.0000001")
BAD_DATES = (
    "31.02.", "2026-02-30", "0000-01-01", "2026-13-01", "2026-00-10", "99999-01-01", "20260230",
    "²⁰²⁶", "今天", "1e3", "-1", "nan", "2026-1-1-1", "二〇二六年", "0", "２０２６－１３－０１",
    "٢٠٢٦x", "0001-01-01", "9999-12-31",
)  # fmt: skip
ODD_DATES = (
    "0001-01-01",
    "9999-12-31",
    "2026",
    "2026-11",
    "2026年11月2日",
    "２０２６-01-01",
    "20261120",
)
HOURS = (
    '＂x"', '"x＂', '"', '""', '"x" "y"', "24/7", "周四下午", "每天 7:30-19:30", "25:00-26:00",
    "00:00-48:00", "24:00-24:00", "Mo-Su 00:00-00:00", "9:00-9:00", "9-", "-9", "22:00-06:00 off",
    "PH off", "SH 10:00-12:00", "sunrise-sunset", "week 1-53/2 Mo 08:00-10:00", "easter +3 days",
    "2020-2030 Jan-Dec Mo[1] 08:00+", "Mo[9]", "Mo-Su " * 400, "8:00-9:00;" * 800,
    "全年无休", "8点半到下午五点", "工作日９：００－１７：００", "周八 8:00", "二十五点", "open",
    "off",
    "Jan 32", "Feb 30-Feb 31 08:00-09:00", "1900-9999 08:00-09:00", "08:00-09:00 || 10:00-11:00",
    '08:00-09:00 open "a;b||c"', "Mo-Fr 08:00-24:00,00:00-03:00", "周" * 3000, "(" * 3000,
    "9:00-17:00," * 500, "²:00-³:00", "٩:٠٠-١٧:٠٠", "早上", "夏季9:00-17:00 冬季10:00-16:00",
    "9:00～17:00", "上午9：00—下午5：00", "08:00-26:00", "08:00-23:59/00:00", "Mo 08:00-\x1b12:00",
)  # fmt: skip
#: Places that end maths: poles, the antimeridian, the null island, abroad, borders, swapped.
POINTS = (
    ("116.46", "89.99"), ("116.46", "90"), ("0", "-90"), ("180", "30"), ("-180", "30"), ("0", "0"),
    ("179.9999", "53.9"), ("-179.9999", "-17"), ("2.35", "48.85"), ("139.7", "35.7"),
    ("73.5", "39.4"), ("134.77", "48.36"), ("109.5", "4.0"), ("116.46", "-89.999"),
    ("1e-300", "1e-300"), ("121.5", "25.0"), ("114.17", "22.3"), ("116", "40"), ("122.9", "30.1"),
)  # fmt: skip
SWAPPED = (("39.92", "116.46"), ("30.2", "120.1"))
DISTRICTS = (
    ("北京市", "北京市", "朝阳区", 116.47, 39.93), ("北京", "", "海淀区", 116.30, 39.96),
    ("浙江省", "杭州市", "西湖区", 120.12, 30.26), ("天津市", "天津市", "南开区", 117.15, 39.14),
    ("新疆维吾尔自治区", "喀什地区", "塔什库尔干塔吉克自治县", 75.23, 37.77),
    ("海南省", "三沙市", "西沙区", 112.34, 16.83), ("广东省", "东莞市", "", 113.75, 23.02),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folder:
    """What was written: the rows of each table, and the cells that cannot be meant."""

    tables: Mapping[str, Sequence[Mapping[str, str]]]
    planted: frozenset[tuple[str, int, str]]


@dataclass(slots=True)
class _Writer:
    """One folder being written."""

    chance: random.Random
    share: float
    planted: set[tuple[str, int, str]]

    def pick(self, bad: Sequence[str], odd: Sequence[str], fit: Sequence[str]) -> tuple[str, bool]:
        """Return a cell, and whether it must be named."""
        if self.chance.random() > self.share:
            return self.chance.choice(fit), False
        pool = bad if bad and self.chance.random() < 0.6 else odd
        return self.chance.choice(pool), pool is bad

    def row(self, file: str, number: int, cells: Mapping[str, tuple[str, bool]]) -> dict[str, str]:
        self.planted |= {(file, number, name) for name, (_, bad) in cells.items() if bad}
        return {name: text for name, (text, _) in cells.items()}


def write_folder(folder: Path, seed: int, rows: int = 150, share: float = 0.04) -> Folder:
    """Write a geodata folder of ``rows`` rows over all tables; the same one for a seed."""
    writer = _Writer(random.Random(seed), share, set())
    folder.mkdir(parents=True, exist_ok=True)
    counts = {"stations.csv": rows // 2, "found.csv": rows // 8, "claims.csv": rows // 8}
    tables = {
        name: [make(writer, name, number) for number in range(2, 2 + counts.get(name, rows // 24))]
        for name, make in _MAKERS.items()
    }
    for name, written in tables.items():
        encoding = writer.chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16"))
        (folder / name).write_bytes(_csv(written).encode(encoding, "surrogatepass"))
    words = "\n".join(("# 名单", "中南海", *writer.chance.sample(TEXTS, 5)))
    sensitive = words.replace("甲" * 5000, "甲").encode(
        writer.chance.choice(("utf-8", "gbk")), "ignore"
    )
    (folder / "sensitive.txt").write_bytes(sensitive)
    return Folder(tables, frozenset(writer.planted))


def _csv(rows: Sequence[Mapping[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _station(writer: _Writer, file: str, number: int) -> dict[str, str]:
    pick, chance = writer.pick, writer.chance
    province, city, district, lon, lat = chance.choice(DISTRICTS)
    point = (f"{lon + chance.gauss(0, 0.02):.6f}", f"{lat + chance.gauss(0, 0.02):.6f}")
    odd = chance.random() < writer.share
    point = chance.choice(POINTS) if odd else point
    swapped = chance.random() < writer.share / 4
    point = chance.choice(SWAPPED) if swapped else point
    cells = {name: pick((), TEXTS, ("",)) for name in LEDGER.names}
    names = ("甲驿站", "望京爱心驿家", "职工之家", "户外劳动者服务站点")
    cells |= {
        "station_id": (chance.choice(("", f"{file[:2]}{number}")), False),
        "name": pick((" ", "\u3000"), TEXTS, [f"{name}{number}" for name in names]),
        "kind": pick(("飞船", "kind"), ("驿站",), KINDS),
        "status": pick(("飞", "２"), ("",), STATUSES),
        "access": pick(("谁", "⁇"), ("",), ACCESSES),
        "province": pick((), TEXTS, (province,)), "city": pick((), TEXTS, (city,)),
        "district": pick((), TEXTS, (district,)),
        "lon": pick(BAD_DEGREES, ODD_NUMBERS, point[:1]),
        "lat": pick(BAD_DEGREES, ODD_NUMBERS, point[1:]),
        "datum": pick(("月球", "=1"), ("手机/GPS",), ("wgs84", "gcj02", "百度", "")),
        "uncertainty_m": pick(BAD_METRES, ODD_NUMBERS, ("", "30", "500米")),
        "opening_hours": pick((), HOURS, ("", "24/7", "每天 8:00-20:00", "周四下午")),
        "facilities": pick((), TEXTS, ("饮水;微波炉", "", ";".join(FACILITIES))),
        "opened_on": pick(BAD_DATES, ODD_DATES, ("", "2024-05-01")),
        "closed_on": pick(BAD_DATES, ODD_DATES, ("",)),
        "verified_on": pick(BAD_DATES, ODD_DATES, ("", "2026-10-01")),
        "source": pick((), TEXTS, ("", "a.txt@2024-05-01「甲驿站开了」")),
    }  # fmt: skip
    if swapped and (cells["lon"][0], cells["lat"][0]) == point:
        cells |= {"lon": (point[0], True)}
    return writer.row(file, number, cells)


def _claim(writer: _Writer, file: str, number: int) -> dict[str, str]:
    province, city, district, *_ = writer.chance.choice(DISTRICTS)
    cells = {name: writer.pick((), TEXTS, ("甲",)) for name in CLAIMS.names}
    cells |= {
        "province": (province, False), "city": (city, False), "district": (district, False),
        "kind": writer.pick((), TEXTS, KINDS),
        "count": writer.pick(BAD_COUNTS, ("0", "007", "１２", "99999999"), ("", "48", "3")),
        "as_of": writer.pick(BAD_DATES, ODD_DATES, ("", "2023", "2024-05-01")),
    }  # fmt: skip
    return writer.row(file, number, cells)


def _service(writer: _Writer, file: str, number: int) -> dict[str, str]:
    cells = {name: writer.pick((), TEXTS, ("法律援助",)) for name in SERVICES.names}
    cells |= {
        "station_id": writer.pick(("没有", "=1"), (f"st{number}",), (f"st{number}",)),
        "times": writer.pick((), HOURS, ("", "Mo-Su 08:00-10:00")),
        "valid_from": writer.pick(BAD_DATES, ODD_DATES, ("", "2024-05-01")),
        "valid_until": writer.pick(BAD_DATES, ODD_DATES, ("", "2027-05-01")),
    }
    # An id is known only where the ledger wrote it; which ones did is chance, so none is demanded.
    cells["station_id"] = (cells["station_id"][0], cells["station_id"][0] in ("没有", "=1"))
    return writer.row(file, number, cells)


def _report(writer: _Writer, file: str, number: int) -> dict[str, str]:
    cells = {name: writer.pick((), TEXTS, ("",)) for name in REPORTS.names}
    cells |= {
        "station_id": (f"st{number}", False),
        "claim": writer.pick(("飞", "Ⅳ"), ("fine",), ("fine", "locked", "gone")),
        "reported_at": writer.pick(BAD_DATES, ("2026-10-01 10:00",), ("2026-10-01 10:00",)),
        "confirmed_on": writer.pick(BAD_DATES, ODD_DATES, ("", "2026-10-02")),
    }
    return writer.row(file, number, cells)


def _alias(writer: _Writer, file: str, number: int) -> dict[str, str]:
    return writer.row(
        file, number,
        {"old_id": writer.pick((), TEXTS, (f"old{number}",)),
         "new_id": writer.pick((), TEXTS, (f"st{number}",))},
    )  # fmt: skip


def _document(writer: _Writer, file: str, number: int) -> dict[str, str]:
    cells = {name: writer.pick((), TEXTS, (f"a{number}.txt",)) for name in DOCUMENTS.names}
    return writer.row(file, number, cells)


def _population(writer: _Writer, file: str, number: int) -> dict[str, str]:
    code = writer.pick(("11010", "①②③④⑤⑥", "", "abcdef"), ("999999",), (f"1101{number:02}",))
    count = writer.pick(BAD_COUNTS, ("0", "1,234", "１２３"), ("345151", "10"))
    return writer.row(
        file, number, {"district_code": code, "population": count, "source": ("", False)}
    )


def _place(writer: _Writer, file: str, number: int) -> dict[str, str]:
    province, city, district, lon, lat = writer.chance.choice(DISTRICTS)
    cells = {
        "name": writer.pick((), TEXTS, (f"甲{number}街道",)),
        "level": writer.pick((), TEXTS, ("township", "poi", "")),
        "province": (province, False), "city": (city, False), "district": (district, False),
        "township": writer.pick((), TEXTS, ("",)),
        "lon": writer.pick(BAD_DEGREES, ODD_NUMBERS, (str(lon),)),
        "lat": writer.pick(BAD_DEGREES, ODD_NUMBERS, (str(lat),)),
        "datum": writer.pick(("月球", "＝1"), ("gps",), ("", "gcj02", "wgs84")),
        "uncertainty_m": writer.pick(BAD_METRES, ODD_NUMBERS, ("", "2400")),
        "source": writer.pick((), TEXTS, ("甲",)),
    }  # fmt: skip
    return writer.row(file, number, cells)


def _zone(writer: _Writer, file: str, number: int) -> dict[str, str]:
    cells = {
        "zone": writer.pick((), TEXTS, (f"甲{number}开发区",)),
        "province": writer.pick((), TEXTS, ("北京市",)),
        "city": writer.pick((), TEXTS, ("北京市",)),
        "district_code": writer.pick(("①", "99", "nan"), ("",), ("110105",)),
        "township": writer.pick((), TEXTS, ("",)),
        "source": ("甲", False),
    }
    return writer.row(file, number, cells)


def _former(writer: _Writer, file: str, number: int) -> dict[str, str]:
    cells = {
        "former": writer.pick((), TEXTS, (f"甲{number}县",)),
        "former_code": writer.pick((), TEXTS, ("130729",)),
        "province": ("北京市", False), "city": ("北京市", False), "today": ("朝阳区", False),
        "today_code": writer.pick(("999999", "²"), ("",), ("110105",)),
        "year": writer.pick((), TEXTS, ("2016",)),
        "source": ("甲", False),
    }  # fmt: skip
    return writer.row(file, number, cells)


_MAKERS = {
    "stations.csv": _station, "found.csv": _station, "claims.csv": _claim,
    "services.csv": _service, "reports.csv": _report, "aliases.csv": _alias,
    "documents.csv": _document, "population.csv": _population, "places.csv": _place,
    "zones.csv": _zone, "former.csv": _former,
}  # fmt: skip
