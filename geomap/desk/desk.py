"""What all pages of one start share: the folder, where its map goes, drafts, and what was said."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from geomap.desk.building import Building
from geomap.desk.drafts import Drafts
from geomap.files.folder import REFERENCE, Geodata
from geomap.pipeline.arrive import Taken, folder_version, preview_paths
from geomap.pipeline.edit_station import Opened, save_station
from geomap.pipeline.reference import Reference
from geomap.pipeline.survey import Survey, survey_folder


@dataclass(frozen=True, slots=True)
class Preview:
    """What files would do to the folder as it was in ``version``."""

    version: str
    taken: Taken


@dataclass
class Desk:
    """One start of the desk on one geodata folder."""

    geodata: Geodata
    site: Path
    lang: str = "zh"
    roads: tuple[Path, ...] = ()
    preview_at: str = ""
    said: deque[str] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.drafts = Drafts(self.geodata.root)
        self.building = Building(self.geodata, self.site, self.roads, self.lang)
        self._lock = threading.Lock()
        self._survey: tuple[str, Survey] | None = None
        self._has_kept = False
        self._reference: tuple[object, Reference] | None = None
        self._previews: dict[str, Preview] = {}

    def say(self, chinese: str, english: str) -> str:
        """Return the words in the language of this start."""
        return chinese if self.lang == "zh" else english

    def now(self) -> datetime:
        """Return the time of day in China."""
        return datetime.now(ZoneInfo("Asia/Shanghai"))

    @property
    def signature(self) -> str:
        """Return what the source of a row says of whatever is typed today."""
        return f"录入 {self.now():%Y-%m-%d}"

    @property
    def reference(self) -> Reference:
        """Return the folder's reference data; read again only when a file of it has changed."""
        paths = [self.geodata.file(name) for name in REFERENCE]
        seen = tuple((path, path.stat().st_mtime_ns) for path in paths if path.exists())
        if self._reference is None or self._reference[0] != seen:
            self._reference = seen, Reference(self.geodata)
        return self._reference[1]

    def survey(self) -> Survey:
        """Return how the map stands; read again only when a table has changed."""
        with self._lock:
            version = folder_version(self.geodata)
            if self._survey is None or self._survey[0] != version:
                self._survey = version, survey_folder(self.reference)
            return self._survey[1]

    def preview(self, name: str, paths: tuple[Path, ...]) -> Preview:
        """Return what an arrival would do; made anew when a table has changed since."""
        with self._lock:
            version = folder_version(self.geodata)
            known = self._previews.get(name)
            if known is None or known.version != version:
                known = Preview(version, preview_paths(paths, self.geodata))
                self._previews[name] = known
            return known

    def save(self, opened: Opened, typed: Mapping[str, str], source: str) -> str:
        """Write what was typed into the ledger, and return the station's id.

        The ledger before this start's first change is kept.

        Raises
        ------
        InputError
            As :func:`geomap.pipeline.edit_station.save_station`.
        """
        with self._lock:
            station = save_station(opened, typed, source, self.reference, keep=not self._has_kept)
            self._has_kept = True
            return station
