"""When two names mean one place: the normal form, the comparison and the made id."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TypeAlias

from geomap.model.records import Mention
from geomap.text.script import simplify

_BRACKETED_PINYIN = re.compile(r"[((][a-züāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]+[))]")
_MARKS = re.compile(r"[^0-9a-z\u4e00-\u9fff]")
#: Words that say what a station is, not which one it is; longest first.
GENERIC = (
    "工会户外劳动者", "新就业形态劳动者", "户外劳动者", "户外职工", "户外工作者", "服务站点",
    "职工之家", "司机之家", "服务中心", "服务站", "服务点", "接力站", "24小时", "工会", "爱心",
    "暖心", "环卫", "城管", "驿站", "驿家", "之家", "港湾", "站点", "小站", "职工", "智慧",
    "智能", "站",
)  # fmt: skip
_NUMBERS = re.compile(r"\d+")
_ORDINALS = str.maketrans("一二三四五六七八九", "123456789")
_ENDINGS = (
    "特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "区", "县", "盟", "州",
    "旗",
)  # fmt: skip
#: A name keeps at least this many characters when what is general is taken from it.
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Place:
    """What decides whether two rows are one place, of a row that is no record."""

    name: str
    province: str = ""
    city: str = ""
    district: str = ""
    township: str = ""


#: What has a name and may say where it is.
Located: TypeAlias = Mention | Place


@lru_cache(maxsize=65536)
def normalise_name(name: str, *, province: str = "", city: str = "", district: str = "") -> str:
    """The part of a name that tells it from its neighbours.

    Simplified script, half-width, lower case, no pinyin in brackets, no marks; without the
    divisions it opens with and without general words (工会, 驿站 …). A name that is general
    through and through keeps its words: 职工之家 stays 职工之家.
    """
    return _without_generic(_without_divisions(_plain(name), (province, city, district)))


def name_forms(place: Located) -> set[str]:
    """The normal forms a place's name takes beside others: those that open with its divisions too.

    Two places can be the same only where they share one: 上地驿站 in 海淀区 and 海淀上地驿站.
    """
    return set(_forms(place.name, place.province, place.city, place.district))


@lru_cache(maxsize=65536)
def _forms(name: str, *divisions: str) -> tuple[str, ...]:
    own = _without_divisions(_plain(name), divisions)
    written = ({"", _plain(division), stem(division)} for division in divisions)
    return tuple({_without_generic("".join(words) + own) for words in product(*written)})


def _without_divisions(plain: str, divisions: Iterable[str]) -> str:
    for division in divisions:
        plain = _without(plain, _plain(division))
    return plain


def _without_generic(plain: str) -> str:
    for word in GENERIC:
        shorter = plain.replace(word, "")
        plain = shorter if len(shorter) >= _LEAST else plain
    return plain


def make_station_id(name: str, province: str, city: str, district: str, township: str) -> str:
    """``d`` and 10 hex digits of SHA-256 over normalised name and stated divisions."""
    own = normalise_name(name, province=province, city=city, district=district)
    parts = (own, *map(stem, (province, city, district, township)))
    return "d" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:10]


def made_id(row: Mapping[str, object]) -> str:
    """Return :func:`make_station_id` of a row of the ledger's columns."""
    names = ("name", "province", "city", "district", "township")
    return make_station_id(*(str(row[part]) for part in names))


def is_same_place(a: Located, b: Located) -> bool:
    """Whether two rows mean one place: normal names agree and no stated division contradicts.

    Differing digits or ordinals never agree: 一号门 and 二号门 are two places.
    """
    if not _divisions_agree(a, b):
        return False
    province, city, district = a.province or b.province, a.city or b.city, a.district or b.district
    one = normalise_name(a.name, province=province, city=city, district=district)
    other = normalise_name(b.name, province=province, city=city, district=district)
    return one == other and _digits(a.name) == _digits(b.name)


@lru_cache(maxsize=65536)
def stem(division: str) -> str:
    """A division's name without its ending: 海淀区 and 海淀 are one."""
    plain = _plain(division)
    for ending in (*_ENDINGS, "街道", "镇", "乡"):
        if plain.endswith(ending) and len(plain) - len(ending) >= _LEAST:
            return plain.removesuffix(ending)
    return plain


@lru_cache(maxsize=65536)
def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKC", simplify(_BRACKETED_PINYIN.sub("", name))).lower()
    return _MARKS.sub("", plain)


def _without(plain: str, division: str) -> str:
    for prefix in (division, stem(division)):
        rest = plain.removeprefix(prefix)
        if prefix and rest != plain and len(rest) >= _LEAST and rest[0] not in "路街":
            return rest
    return plain


def _digits(name: str) -> tuple[str, ...]:
    plain = re.sub("24小时", "", _plain(name))
    return tuple(_NUMBERS.findall(plain.translate(_ORDINALS)))


def _divisions_agree(a: Located, b: Located) -> bool:
    stated = ([p.province, p.city, p.district, p.township] for p in (a, b))
    pairs = zip(*stated, strict=True)
    return all(not one or not other or stem(one) == stem(other) for one, other in pairs)
