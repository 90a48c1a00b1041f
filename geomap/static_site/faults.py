"""What cannot live on a page without inline code and foreign hosts: named, all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geomap.model.records import GeomapError


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that stops an export.

    Attributes
    ----------
    where : the element of the map, or the file.
    what : what it does that no strict page allows.
    remedy : what to do.
    """

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}"


class StaticSiteError(GeomapError):
    """A map cannot be exported; ``reasons`` are all of them."""

    def __init__(self, reasons: Iterable[Fault]) -> None:
        self.reasons = tuple(sorted(set(reasons)))
        super().__init__("\n".join(map(str, self.reasons)))
