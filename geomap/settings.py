"""geodata/map.toml: what a user may set, with its defaults. Unknown keys are faults."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from geomap.records import Finding, SettingsError


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


#: 全总's 1 km service radius; Road Traffic Safety Law §58 (15 km/h); GB 17761 (25 km/h).
ENVELOPES = (
    Envelope("standard_1km", "服务半径 1 公里", 1000.0, "circle", 15.0, 4.0),
    Envelope("ebike_10min_15kmh", "骑行 10 分钟（15 公里/小时）", 2500.0, "network", 10.0, 15.0),
    Envelope("ebike_10min_25kmh", "骑行 10 分钟（25 公里/小时）", 4167.0, "network", 10.0, 25.0),
)


@dataclass(frozen=True, slots=True)
class Publish:
    """What the publishing gate needs: a review number (审图号) or the reviewer's decision."""

    review_number: str = ""
    decision: str = ""
    boundary_source: str = ""
    keep_editions: int = 10

    @property
    def is_open(self) -> bool:
        """Whether the map may be made public."""
        return bool(self.review_number.strip() or self.decision.strip())


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
    candidate_hours: str = "24/7"
    publish: Publish = field(default_factory=Publish)
    tiles: tuple[TileProvider, ...] = ()
    geocode: Geocode = field(default_factory=Geocode)


_PLAIN = {f.name for f in fields(Settings)} - {"envelopes", "publish", "tiles", "geocode"}
_POSITIVE = ("detour_factor", "kerb_m", "snap_m", "confirm_days", "handoff_max_uncertainty_m")


def read_settings(path: Path) -> Settings:
    """Return the settings of ``path``; defaults where the file is silent or absent.

    Raises
    ------
    SettingsError
        All faults at once: no TOML, unknown keys, wrong types, values out of range.
    """
    if not path.exists():
        return Settings()
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path.name}: not readable as TOML ({error}); mend the line",
            findings=(Finding(path.name, _line(error), "", "toml-unreadable", str(error)),),
        ) from error
    faults: list[Finding] = []
    settings = _settings(written, faults)
    if faults:
        message = "; ".join(fault.message for fault in faults)
        raise SettingsError(f"{path.name}: {message}", findings=tuple(faults))
    return settings


def _line(error: Exception) -> int:
    """Return the line that a TOML error speaks of; 0 where it names none."""
    found = re.search(r"at line (\d+)", str(error))
    return int(found.group(1)) if found else 0


def _fault(key: str, code: str, message: str) -> Finding:
    return Finding("map.toml", 0, key, code, message)


def _settings(written: Mapping[str, Any], faults: list[Finding]) -> Settings:
    chosen: dict[str, Any] = {}
    for key, value in written.items():
        if key in _PLAIN:
            chosen[key] = _plain(key, value, faults)
        elif key == "envelope":
            chosen["envelopes"] = tuple(_record(Envelope, item, key, faults) for item in value)
        elif key == "publish":
            chosen["publish"] = _record(Publish, value, key, faults)
        elif key == "geocode":
            chosen["geocode"] = _record(Geocode, value, key, faults)
        elif key == "tiles":
            named = [{"id": name, **item} for name, item in value.items()]
            chosen["tiles"] = tuple(_record(TileProvider, item, key, faults) for item in named)
        else:
            allowed = ", ".join(sorted({*_PLAIN, "envelope", "publish", "tiles", "geocode"}))
            message = f"unknown key {key!r} (known: {allowed})"
            faults.append(_fault(key, "setting-unknown", message))
    return Settings() if faults else Settings(**chosen)


def _plain(key: str, value: Any, faults: list[Finding]) -> Any:
    default = getattr(Settings(), key)
    number = isinstance(default, (int, float))
    if number != (isinstance(value, (int, float)) and not isinstance(value, bool)):
        message = f"{key} must be a {'number' if number else 'text'}, not {value!r}"
        faults.append(_fault(key, "setting-no-number" if number else "setting-no-text", message))
    elif key in _POSITIVE and not value > 0:
        message = f"{key} must be greater than 0, not {value!r}"
        faults.append(_fault(key, "setting-not-positive", message))
    elif key == "detour_factor" and value < 1:
        message = "detour_factor must be at least 1: no road is shorter than the straight line"
        faults.append(_fault(key, "setting-below-one", message))
    return value


def _record(record: type[Any], written: Any, section: str, faults: list[Finding]) -> Any:
    known = {f.name: f for f in fields(record)}
    if not isinstance(written, Mapping):
        faults.append(_fault(section, "setting-no-table", f"[{section}] must be a table"))
        return None
    for key in written:
        if key not in known:
            message = f"unknown key {key!r} in [{section}] (known: {', '.join(known)})"
            faults.append(_fault(f"{section}.{key}", "setting-unknown", message))
    try:
        return record(**{key: value for key, value in written.items() if key in known})
    except TypeError as error:
        faults.append(_fault(section, "setting-unusable", f"[{section}]: {error}"))
        return None
