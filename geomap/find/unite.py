"""One draft a place: what a story names twice is one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.find.drafts import Draft
from geomap.find.head import Heads
from geomap.find.lexicon import Lexicon
from geomap.find.scope import Scope
from geomap.find.spans import Cover
from geomap.model.tables import STATION_KINDS
from geomap.stations.names import normalise_name, stem

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
#: A place told short is so long at most (characters), and told by one of these rules.
_SHORT = 4
_COMPOSED = ("list-before", "list-after", "colon")
#: So many characters that stand in another name tell the same place.
_INNER = 7
_DIGITS = re.compile(r"\d+")
_DIVISION_END = re.compile(r"(?:街道|镇|乡|区|县|市|的)$")
#: Where words may go on behind a division.
_BEHIND = re.compile(r"街道|镇|乡|区|县|市|的")
#: A draft is compared with so many of those that look like it at most: a story with more places of
#: one beginning and end is a register, whose rows are told apart by their whole names.
_MOST = 100


def unclaimed(heads: Heads, drafts: Sequence[Draft], lexicon: Lexicon) -> list[int]:
    """Where heads stand that name a place which no draft is: what is said there is that place's."""
    known = Cover(span for draft in drafts for span in [(draft.start, draft.end), *draft.spans])
    return [
        head.start
        for head in heads
        if head.kind in STATION_KINDS
        and lexicon.is_place(head.specific or head.host)
        and head.start not in known
        and head.name_start not in known
    ]


def unite(drafts: list[Draft], scope: Scope, lexicon: Lexicon) -> list[Draft]:
    """The drafts of one story, each place once, in the order of the text."""
    main = scope.main
    kept = _Kept()
    for draft in sorted(drafts, key=lambda d: (RANK.index(d.rule), d.start)):
        form = _form(draft, main.city, main.district)
        twin = kept.twin_of(form)
        if twin is None:
            kept.add(form)
        else:
            _absorb(twin, draft)
    return sorted(_without_short(kept.forms, lexicon), key=lambda d: (d.start, d.end, d.name))


def _without_short(forms: Sequence[_Form], lexicon: Lexicon) -> list[Draft]:
    """The drafts, those absorbed whose name is the beginning of a single other one's, or a common
    noun and another's end.

    龙江、颐和路两处 after 龙江体育馆驿站 and 颐和路社区驿站; 服务中心内的驿站 after that of a
    政务服务中心.
    """
    nouns = {form.bare for form in forms if form.draft.rule == "host"} & set(lexicon.place_ends)
    longer: dict[str, list[_Form]] = defaultdict(list)
    for form in forms:
        for noun in nouns:
            if form.bare.endswith(noun) and form.bare != noun:
                longer[noun].append(form)
        for length in range(2, min(_SHORT, len(form.bare) - 1) + 1):
            longer[form.bare[:length]].append(form)
    kept = []
    for form in forms:
        whole = longer[form.bare]
        if form.draft.rule == "named":  # 美团驿站 is the 美团公司门店 that a sentence told
            whole = [other for other in whole if other.draft.rule in _COMPOSED]
        elif form.draft.rule not in _COMPOSED and form.bare not in nouns:
            whole = []
        told = len(whole) == 1 and whole[0].kind == form.kind and not form.digits
        group = form.draft.group
        if told and (group is None or group != whole[0].draft.group):
            _absorb(whole[0].draft, form.draft)
        else:
            kept.append(form.draft)
    return kept


@dataclass(frozen=True, slots=True)
class _Form:
    """A draft as it is compared: its sort of kind, its normal name, its bare specific words."""

    draft: Draft
    kind: str
    name: str
    bare: str
    digits: tuple[str, ...]
    characters: frozenset[str]


def _form(draft: Draft, city: str, district: str) -> _Form:
    bare = _bare(draft.specific, city, district)
    return _Form(
        draft,
        "station" if draft.kind in ("rest_room", "mobile_station") else draft.kind,
        normalise_name(draft.name, city=city, district=district),
        bare,
        tuple(_DIGITS.findall(bare)),
        frozenset(bare),
    )


class _Kept:
    """The drafts kept so far, found by the forms in which a further one may mean their place."""

    def __init__(self) -> None:
        self.forms: list[_Form] = []
        self._numbers: dict[tuple[object, ...], list[int]] = defaultdict(list)
        self._alike: dict[tuple[str, ...], list[tuple[int, frozenset[str]]]] = defaultdict(list)

    def add(self, form: _Form) -> None:
        number = len(self.forms)
        self.forms.append(form)
        whole, shorter = _whole_keys(form), _shorter_keys(form)
        for key in {*whole, *(("longer", *key) for key in shorter)}:
            self._numbers[key].append(number)
        self._alike[_ends(form)].append((number, form.characters))

    def twin_of(self, form: _Form) -> Draft | None:
        """The draft kept first that means the same place as this one."""
        whole, shorter = _whole_keys(form), _shorter_keys(form)
        numbers: set[int] = set()
        for key in (*whole, *shorter, *(("longer", *key) for key in whole)):
            numbers.update(self._numbers.get(key, ())[:_MOST])
        numbers.update(self._nested(form))
        twins = (self.forms[n] for n in sorted(numbers) if _is_twin(self.forms[n], form))
        twin = next(twins, None)
        return twin.draft if twin else None

    def _nested(self, form: _Form) -> list[int]:
        """The drafts of the same ends, the characters of one all among the other's."""
        mine = form.characters
        alike = self._alike.get(_ends(form), ())[:_MOST]
        return [number for number, other in alike if other <= mine or mine <= other]


def _whole_keys(form: _Form) -> list[tuple[object, ...]]:
    return [
        (form.kind, form.draft.start),
        (form.kind, "name", form.name),
        (form.kind, "bare", form.bare),
        *((form.kind, "inner", form.bare[at : at + _INNER]) for at in range(_inner(form.bare))),
    ]


def _inner(bare: str) -> int:
    """How many runs of :data:`_INNER` characters the bare words have."""
    return max(len(bare) - _INNER + 1, 0)


def _shorter_keys(form: _Form) -> list[tuple[object, ...]]:
    """The bare words without a division before them, or without their last characters."""
    bare = form.bare
    tails = [bare[found.end() :] for found in _BEHIND.finditer(bare)]
    heads = [bare[:-cut] for cut in (1, 2, 3)]
    return [(form.kind, "bare", words) for words in (*tails, *heads) if len(words) >= 2]


def _ends(form: _Form) -> tuple[str, ...]:
    return form.kind, form.bare[:1], form.bare[-1:]


def _is_twin(one: _Form, other: _Form) -> bool:
    a, b = one.draft, other.draft
    if one.kind != other.kind or (a.group is not None and a.group == b.group and a.name != b.name):
        return False
    if a.start == b.start or one.name == other.name:
        return True
    x, y = one.bare, other.bare
    if not x or not y or one.digits != other.digits:
        return False
    if x == y:
        return True
    short, long = sorted((x, y), key=len)
    if len(short) >= 2 and long.endswith(short) and _DIVISION_END.search(long.removesuffix(short)):
        return True
    if len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 3:
        return True
    if len(short) >= _INNER and short in long:
        return True  # 沣峪公路段黎元坪 of 市公路局沣峪公路段黎元坪道班
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
    twin.group = twin.group or other.group
    if twin.status == "operating" and other.status == "converted":
        twin.status = other.status
    if twin.status == "planned" and other.status == "operating" and other.rule in ("named", "list"):
        twin.status = "operating"
