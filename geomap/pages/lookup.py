"""Finding by words without a server: which districts hold a name, and which holds a station's id.

A query asks the index for pairs of pinyin initials ("jxq" holds jx and xq); what comes back are
a few districts, whose own files then have the names. So 200,000 names need no 5 MB index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise, product
from typing import Any

from geomap.text import pinyin
from geomap.wire import encode_steps

#: Beyond this many districts the pairs are split by their first letter, one file a letter.
ONE_FILE_DISTRICTS = 300
#: A pair that most districts hold (驿站) tells nothing and is left out.
COMMON_SHARE = 0.6
#: Ids in one file of the id index: about 10 KB compressed.
IDS_A_FILE = 4000


def list_readings(texts: Iterable[str]) -> dict[str, str]:
    """Return reading → characters: every pinyin reading (no tones) of the characters in use."""
    characters = sorted({c for text in texts for c in text if "\u3400" <= c <= "\u9fff"})
    found: dict[str, list[str]] = defaultdict(list)
    for character in characters:
        for reading in pinyin.list_readings(character):
            found[reading].append(character)
    return {reading: "".join(found[reading]) for reading in sorted(found)}


def index_pairs(texts: Mapping[int, Iterable[str]]) -> dict[str, list[int]]:
    """Return pair of initials → numbers of the districts whose texts hold it, sorted.

    Parameters
    ----------
    texts : number of a district → its township and station names.
    """
    initials: dict[str, tuple[str, ...]] = {}
    held: dict[str, set[int]] = defaultdict(set)
    for number, names in texts.items():
        pairs = {pair for name in names for pair in _pairs(name.lower(), initials)}
        for pair in pairs:
            held[pair].add(number)
    limit = max(8, COMMON_SHARE * len(texts))
    return {pair: sorted(held[pair]) for pair in sorted(held) if len(held[pair]) <= limit}


def _pairs(name: str, initials: dict[str, tuple[str, ...]]) -> set[str]:
    letters = [_initials(c, initials) for c in name if c.isalnum()]
    return {one + two for left, right in pairwise(letters) for one, two in product(left, right)}


def _initials(character: str, kept: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if character not in kept:
        found = tuple(sorted({reading[0] for reading in pinyin.list_readings(character)}))
        kept[character] = found or (character,)
    return kept[character]


def split_pairs(pairs: Mapping[str, list[int]], district_count: int) -> dict[str, dict[str, Any]]:
    """Return file name → pairs: one file, or one a first letter when the country is large.

    Only letters and digits are file names; every other pair is in file ``0``.
    """
    if district_count <= ONE_FILE_DISTRICTS:
        return {"all": {pair: encode_steps(numbers) for pair, numbers in pairs.items()}}
    files: dict[str, dict[str, Any]] = defaultdict(dict)
    for pair, numbers in pairs.items():
        letter = pair[0] if "a" <= pair[0] <= "z" else "0"
        files[letter][pair] = encode_steps(numbers)
    return dict(files)


def hash_id(station_id: str) -> int:
    """Return the 32-bit FNV-1a hash of an id, as the browser computes it, too."""
    value = 0x811C9DC5
    for byte in station_id.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def index_ids(ids: Mapping[str, int]) -> list[dict[str, str]]:
    """Return files of the id index: ``hash`` (rising) and ``district`` (its number), as steps.

    An id is in file ``hash % number of files``.
    """
    files = max(1, -(-len(ids) // IDS_A_FILE))
    sorted_ids = sorted((hash_id(name), number) for name, number in ids.items())
    spread: list[list[tuple[int, int]]] = [[] for _ in range(files)]
    for hashed, number in sorted_ids:
        spread[hashed % files].append((hashed, number))
    return [
        {"hash": encode_steps([h for h, _ in one]), "district": encode_steps([d for _, d in one])}
        for one in spread
    ]
