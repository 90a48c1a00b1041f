"""One draft a place: what a story names twice is one."""

from __future__ import annotations

import re

from geomap.find.drafts import Draft
from geomap.find.scope import Scope
from geomap.names import normalise_name, stem

#: Which rule's name is kept when two mean one place: printed names before composed ones.
RANK = (
    "table",
    "list",
    "named",
    "list-address",
    "list-place",
    "chain",
    "host",
    "list-before",
    "center",
    "list-after",
    "colon",
    "visited",
    "inside",
    "inspected",
    "converted",
    "exists",
    "other",
    "bare",
    "scoped",
    "union",
    "union-visited",
    "union-community",
)
_DIGITS = re.compile(r"\d+")


def unite(drafts: list[Draft], scope: Scope) -> list[Draft]:
    """The drafts of one story, each place once, in the order of the text."""
    main = scope.main
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (RANK.index(d.rule), d.start)):
        twin = next((k for k in kept if _is_twin(k, draft, main.city, main.district)), None)
        if twin is None:
            kept.append(draft)
        else:
            _absorb(twin, draft)
    return sorted(kept, key=lambda d: (d.start, d.end, d.name))


def _is_twin(one: Draft, other: Draft, city: str, district: str) -> bool:
    if (one.kind == "union_branch") != (other.kind == "union_branch"):
        return False
    if one.group == other.group and one.group != -1 and one.name != other.name:
        return False
    same_kind = one.kind == other.kind or {one.kind, other.kind} <= {
        "station",
        "rest_room",
        "mobile_station",
    }
    if one.start == other.start and same_kind:
        return True
    if not same_kind:
        return False
    a = normalise_name(one.name, city=city, district=district)
    b = normalise_name(other.name, city=city, district=district)
    if a == b:
        return True
    x, y = _bare(one.specific, city, district), _bare(other.specific, city, district)
    if not x or not y or _DIGITS.findall(x) != _DIGITS.findall(y):
        return False
    if x == y:
        return True
    short, long = sorted((x, y), key=len)
    if (
        len(short) >= 2
        and re.search(r"(?:街道|镇|乡|区|县|市|的)$", long.removesuffix(short))
        and long.endswith(short)
    ):
        return True
    if len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 3:
        return True
    return (
        len(short) >= 4 and short[0] == long[0] and short[-1] == long[-1] and _within(short, long)
    )


def _within(short: str, long: str) -> bool:
    """Whether the characters of ``short`` stand in ``long`` in this order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _bare(specific: str, city: str, district: str) -> str:
    words = re.sub(r"[^0-9a-zA-Z\u4e00-\u9fff]", "", specific)
    for division in (city, district):
        for prefix in (division, stem(division)):
            if (
                prefix
                and words.startswith(prefix)
                and len(words) - len(prefix) >= 2
                and words[len(prefix)] not in "路街"
            ):
                words = words[len(prefix) :]
                break
    return re.sub(r"(?:门口|旁边?|附近|周边|里面?|内|对面)$", "", words)


def _absorb(twin: Draft, other: Draft) -> None:
    twin.spans.append((other.start, other.end))
    twin.spans += other.spans
    twin.address = twin.address or other.address
    twin.hours_text = twin.hours_text or other.hours_text
    twin.block = twin.block or other.block
    twin.group = other.group if twin.group == -1 else twin.group
    if twin.status == "operating" and other.status == "converted":
        twin.status = other.status
    if twin.status == "planned" and other.status == "operating" and other.rule in ("named", "list"):
        twin.status = "operating"
