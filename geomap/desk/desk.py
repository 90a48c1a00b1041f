"""What all pages of one start share: the folder, where its map goes, drafts, and what was said."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from geomap.desk.drafts import Drafts
from geomap.files.folder import Geodata
from geomap.pipeline.arrive import Taken, folder_version, preview_paths
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
    said: deque[str] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.drafts = Drafts(self.geodata.root)
        self._lock = threading.Lock()
        self._survey: tuple[str, Survey] | None = None
        self._previews: dict[str, Preview] = {}

    def say(self, chinese: str, english: str) -> str:
        """Return the words in the language of this start."""
        return chinese if self.lang == "zh" else english

    def now(self) -> datetime:
        """Return the time of day in China."""
        return datetime.now(ZoneInfo("Asia/Shanghai"))

    @property
    def reference(self) -> Reference:
        """The folder's reference data as it is on disk now."""
        return Reference(self.geodata)

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
