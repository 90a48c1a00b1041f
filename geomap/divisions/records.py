"""What the division index answers with: a division, a name found in a text, a resolved place."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.divisions.names import UNDRAWN, lies_in

LEVELS = ("province", "city", "district", "township")


@dataclass(frozen=True, slots=True)
class Division:
    """One division of today. The columns above its own level name what it lies in.

    ``code`` has six digits down to the county level, nine for a township. A county right under
    its province (济源市) and a municipality's district repeat the name as ``city``.
    """

    code: str
    name: str
    level: str
    province: str
    city: str
    district: str
    township: str


@dataclass(frozen=True, slots=True)
class NameHit:
    """A division's name in a text, at characters ``start`` to ``end``.

    Attributes
    ----------
    written : the characters themselves.
    candidates : every division it may mean, by code; narrowed when the name beside it decides
        (朝阳区 after 北京市). A former name's candidates are today's successors.
    short : not the full name (海淀, 恩施), or a full name that is an ordinary word (城区).
    former : no division of today has this name.
    ordinary : the word also means something else (和平, 东方): a hint, not a proof.
    part : it is part of a longer name of another thing (西安社区, 天津大学, 上海路).
    """

    start: int
    end: int
    written: str
    candidates: tuple[Division, ...]
    short: bool = False
    former: bool = False
    ordinary: bool = False
    part: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a stated place means today.

    Attributes
    ----------
    scope : the finest city or province that was stated and understood (several: homonyms).
    districts : the county-level divisions that are meant; several when a former name has several
        successors, or when homonyms remain undecided (``ambiguous``).
    heirs : districts that took over part of a stated district which kept its name (余杭区 before
        2021 reached into 临平区): a point there does not contradict the statement.
    townships : the townships that are meant, within the districts when those are known.
    former : a former name was followed to today's.
    ambiguous : homonyms remain: the statement does not say which.
    unknown : the words nobody knows, or that contradict the others.
    """

    scope: tuple[Division, ...] = ()
    districts: tuple[Division, ...] = ()
    heirs: tuple[Division, ...] = ()
    townships: tuple[Division, ...] = ()
    former: bool = False
    ambiguous: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Six-digit codes: of the districts, else of the scope; empty when nothing is known."""
        return tuple(place.code for place in (self.districts or self.scope))

    def holds(self, district_code: str) -> bool:
        """Whether a point in this county-level division is where the statement says.

        A county that no source draws yet is taken as its prefecture.
        """
        codes = (*self.codes, *(heir.code for heir in self.heirs))
        stated = (UNDRAWN.get(code, code) for code in codes)
        return bool(district_code) and any(lies_in(district_code, code) for code in stated)
