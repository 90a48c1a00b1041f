"""geodata/map.toml: what a user may set, with its defaults. Unknown keys are faults."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from geomap.files.toml_file import read_toml
from geomap.model.records import Finding, SettingsError
from geomap.text.blank import is_blank


@dataclass(frozen=True, slots=True)
class Envelope:
    """What "ten minutes" means. ``radius_m`` is metres of road, or a plain radius.

    ``method`` is ``circle`` (a plain radius, always) or ``network`` (roads where a road file
    covers the place, else a circle of ``radius_m`` ÷ detour factor).
    """

    id: str
    label: str
    radius_m: float
    method: str = "network"
    minutes: float = 10.0
    speed_kmh: float = 0.0

    @property
    def label_en(self) -> str:
        """What it is in English, told from its figures: the label is a map's own words."""
        if self.method == "circle":
            return f"{self.radius_m / 1000:g} km around"
        way = "walk" if 0 < self.speed_kmh <= 6 else "ride"
        speed = f" at {self.speed_kmh:g} km/h" if self.speed_kmh else ""
        return f"{self.minutes:g} min {way}{speed}"


#: 全总's 1 km service radius; Road Traffic Safety Law §58 (15 km/h); GB 17761 (25 km/h).
ENVELOPES = (
    Envelope("standard_1km", "服务半径 1 公里", 1000.0, "circle", 15.0, 4.0),
    Envelope("ebike_10min_15kmh", "骑行 10 分钟（15 公里/小时）", 2500.0, "network", 10.0, 15.0),
    Envelope("ebike_10min_25kmh", "骑行 10 分钟（25 公里/小时）", 4167.0, "network", 10.0, 25.0),
)

#: What every page of a demonstration says; its gate never opens.
DEMO = ("演示 · 站点为虚构 · 不得公开", "Demonstration · invented stations · not for publication")
#: What every page says until the gate is open, in Chinese and in English.
DRAFT = ("内部草图 · 未经审核 · 不得公开", "Internal draft · not reviewed · not for publication")


@dataclass(frozen=True, slots=True)
class Publish:
    """What the publishing gate needs: a review number (审图号) or the reviewer's decision."""

    review_number: str = ""
    decision: str = ""
    boundary_source: str = ""
    keep_editions: int = 10
    demo: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the map may be made public."""
        return not self.demo and not is_blank(self.review_number + self.decision)


@dataclass(frozen=True, slots=True)
class TileProvider:
    """A base map the user opted into. ``key_env`` names the variable that holds the key."""

    id: str
    label: str
    url: str
    attribution: str
    datum: str = "wgs84"
    key_env: str = ""
    max_zoom: int = 18


@dataclass(frozen=True, slots=True)
class Geocode:
    """How online geocoders are asked, when a user opts in."""

    provider: str = ""
    rate: float = 1.0
    may_store: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """The area of a sheet or of a map: rows that name none lie in it; empty where nobody says."""

    province: str = ""
    city: str = ""
    district: str = ""

    def within(self, other: Home) -> Home:
        """Return this area, or the other one where this names none."""
        return self if self.province or self.city or self.district else other


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one map."""

    title: str = "工会驿站地图"
    region: str = ""
    envelopes: tuple[Envelope, ...] = ENVELOPES
    detour_factor: float = 1.3
    kerb_m: float = 100.0
    snap_m: float = 250.0
    confirm_days: int = 365
    handoff_max_uncertainty_m: float = 150.0
    night_number: str = "12351"
    report_to: str = ""
    candidate_hours: str = "24/7"
    home: Home = field(default_factory=Home)
    publish: Publish = field(default_factory=Publish)
    tiles: tuple[TileProvider, ...] = ()
    geocode: Geocode = field(default_factory=Geocode)

    @property
    def headline(self) -> Envelope:
        """Return the envelope shown first: ten minutes at the legal speed, else the first."""
        by_id = {each.id: each for each in self.envelopes}
        return by_id.get("ebike_10min_15kmh", self.envelopes[0])

    @property
    def longest_road_m(self) -> float:
        """Metres of road that the widest envelope by road reaches; 0 where all are circles."""
        by_road = (each.radius_m for each in self.envelopes if each.method == "network")
        return max(by_road, default=0.0)


#: What a number may be, smallest and largest: beyond it stands a slip of the pen, not a wish.
_LIMITS: Mapping[str, tuple[float, float]] = {
    "detour_factor": (1, 10),  # no road is shorter than the straight line
    "kerb_m": (1, 10_000),
    "snap_m": (1, 10_000),
    "confirm_days": (1, 36_500),
    "handoff_max_uncertainty_m": (1, 100_000),
    "radius_m": (1, 100_000),
    "minutes": (1, 1_440),
    "speed_kmh": (0, 200),
    "keep_editions": (1, 1_000),
    "max_zoom": (1, 24),
    "rate": (0.001, 1_000),
}
#: Keys whose text must be one of these, or look like this.
_CHOICES = {"method": ("circle", "network")}
_PATTERNS = {"id": r"[A-Za-z0-9_-]{1,64}", "key_env": r"(?:[A-Za-z_][A-Za-z0-9_]{0,63})?"}
#: Where riders' reports go: a mailbox, a number for short messages, or a form's address; no
#: mobile, which is a person's and would be on every page.
_REPORTED = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s]+|https://[^\s\"'<>]+"
    r"|(?!\+?(?:86)?-?1[3-9](?:-?\d){9}$)\+?\d[\d-]{2,19}"
)
#: Texts that people read: something must stand there.
_NEEDED = frozenset(("title", "label", "url", "attribution"))
#: Texts that open the publishing gate: blanks are no review number.
_GATE = frozenset(("review_number", "decision"))
_LONGEST = 1_000
#: Each envelope is a coverage of its own; more of them than a page can show are a mistake.
_MOST_ENVELOPES = 12
_TYPES: Mapping[str, tuple[type[Any], ...]] = {
    "str": (str,), "int": (int,), "float": (int, float), "bool": (bool,)
}  # fmt: skip
_NO_TYPE = {
    "str": ("setting-no-text", "a text in quotes"),
    "int": ("setting-no-number", "a whole number without quotes"),
    "float": ("setting-no-number", "a number without quotes"),
    "bool": ("setting-no-flag", "true or false"),
}


def read_settings(path: Path) -> Settings:
    """Return the settings of ``path``; defaults where the file is silent or absent.

    Raises
    ------
    SettingsError
        All faults at once: no TOML, unknown keys, wrong types, values out of range.
    """
    if not path.exists():
        return Settings()
    written = read_toml(path)
    reading = _Reading(path.name)
    settings = reading.settings(written)
    if settings is None or reading.faults:
        message = "; ".join(fault.message for fault in reading.faults)
        raise SettingsError(f"{path.name}: {message}", findings=tuple(reading.faults))
    return settings


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file being read, and its faults."""

    file: str
    faults: list[Finding] = field(default_factory=list)

    def fault(self, key: str, code: str, message: str, detail: str = "") -> None:
        self.faults.append(Finding(self.file, 0, key, code, message, detail))

    def settings(self, written: Mapping[str, Any]) -> Settings | None:
        sections: dict[str, Any] = {}
        if "envelope" in written:
            sections["envelopes"] = self._envelopes(written["envelope"])
        if "tiles" in written and self._is_table("tiles", written["tiles"]):
            sections["tiles"] = tuple(
                self._record(TileProvider, item, f"tiles.{name}", id=name)
                for name, item in written["tiles"].items()
            )
        for key, record in (("publish", Publish), ("geocode", Geocode), ("home", Home)):
            if key in written:
                sections[key] = self._record(record, written[key], key)
        nested = ("envelope", "tiles", "publish", "geocode", "home")
        plain = {key: value for key, value in written.items() if key not in nested}
        settings: Settings | None = self._record(Settings, plain, "", nested)
        return settings and replace(settings, **sections)

    def _envelopes(self, written: Any) -> tuple[Any, ...]:
        if not isinstance(written, list) or not 1 <= len(written) <= _MOST_ENVELOPES:
            message = f"write 1 to {_MOST_ENVELOPES} tables headed [[envelope]]"
            self.fault("envelope", "setting-no-envelopes", message)
            return ()
        ids = [item.get("id") for item in written if isinstance(item, Mapping)]
        for name in sorted({each for each in ids if isinstance(each, str) and ids.count(each) > 1}):
            message = f"two envelopes have the id {name[:80]!r}; give each its own"
            self.fault("envelope.id", "setting-repeated", message)
        return tuple(
            self._record(Envelope, item, f"envelope[{number}]")
            for number, item in enumerate(written, start=1)
        )

    def _is_table(self, key: str, written: Any) -> bool:
        if not isinstance(written, Mapping):
            self.fault(key, "setting-no-table", f"[{key}] must be a table of settings")
        return isinstance(written, Mapping)

    def _record(
        self,
        record: type[Any],
        written: Any,
        section: str,
        others: Iterable[str] = (),
        **given: Any,
    ) -> Any:
        """Return the record that a table fills; None, and every fault of it, where it cannot."""
        if not self._is_table(section, written):
            return None
        before = len(self.faults)
        known = {f.name: f for f in fields(record) if f.type in _TYPES and f.name not in given}
        where = {key: f"{section}.{key}".lstrip(".") for key in {*known, *written, *given}}
        for key in (each for each in written if each not in known):
            message = f"unknown key {key[:80]!r} (known: {', '.join([*known, *others])})"
            self.fault(where[key], "setting-unknown", message)
        values = {key: written[key] for key in written if key in known} | given
        for key, value in values.items():
            self._check(key, where[key], str(known[key].type) if key in known else "str", value)
        for key, each in known.items():
            if each.default is MISSING and key not in values:
                self.fault(where[key], "setting-missing", f"{key} is missing; write it")
        return record(**values) if len(self.faults) == before else None

    def _check(self, key: str, where: str, kind: str, value: Any) -> None:
        """Name what is wrong with one value, and what is allowed."""
        shown = repr(value)[:80]
        if not isinstance(value, _TYPES[kind]) or (kind != "bool" and isinstance(value, bool)):
            code, wanted = _NO_TYPE[kind]
            self.fault(where, code, f"{key} must be {wanted}, not {shown}")
        elif kind == "str":
            self._check_text(key, where, value)
        elif key in _LIMITS and not _LIMITS[key][0] <= value <= _LIMITS[key][1]:
            low, high = _LIMITS[key]
            message = f"{key} must be at least {low:g} and at most {high:g}, not {shown}"
            self.fault(where, "setting-out-of-range", message, f"{low:g}–{high:g}")

    def _check_text(self, key: str, where: str, text: str) -> None:
        if is_blank(text) and (key in _NEEDED or (text and key in _GATE)):
            self.fault(where, "setting-empty", f"{key} is empty; write something or leave it out")
        elif len(text) > _LONGEST or any(unicodedata.category(each) == "Cc" for each in text):
            message = f"{key} must be one line of at most {_LONGEST} characters"
            self.fault(where, "setting-no-line", message)
        elif key in _CHOICES and text not in _CHOICES[key]:
            message = f"{key} must be one of {', '.join(_CHOICES[key])}, not {text[:80]!r}"
            self.fault(where, "setting-no-choice", message, ", ".join(_CHOICES[key]))
        elif key == "report_to" and text and not _REPORTED.fullmatch(text):
            message = "report_to must be a mailbox, an office's number (no mobile) or https://…"
            self.fault(where, "setting-no-address", message)
        elif key in _PATTERNS and not re.fullmatch(_PATTERNS[key], text):
            message = f"{key} must be letters, digits, _ and -, at most 64, not {text[:80]!r}"
            self.fault(where, "setting-no-id", message)
