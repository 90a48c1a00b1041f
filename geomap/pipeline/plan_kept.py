"""The plan that lies beside the ledger: plan.json, as the planners' page shows it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geomap.model.records import Skip
from geomap.model.settings import Settings

_MOST_BYTES = 20_000_000
_NUMBERS = ("objective", "bound", "gap", "demand_total", "covered_before")
_TEXTS = ("stations", "envelope", "method", "unit", "demand_from")
_UNITS = ("people", "km2", "people-hours a week", "km2-hours a week")


def read_kept_plan(path: Path, settings: Settings, ledger: str) -> tuple[Any, list[Skip]]:
    """Return the plan of a folder as ``plan`` wrote it, or None; and why one is not shown.

    ``is_stale`` is added: the ledger is no longer the one that the plan was made of.

    Parameters
    ----------
    ledger : SHA-256 of the joined ledger.
    """
    if not path.exists():
        return None, []
    try:
        plan = json.loads(path.read_bytes()[: _MOST_BYTES + 1])
        _check(plan, {envelope.id for envelope in settings.envelopes})
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        reason = f"no plan as `plan` writes it ({error!r:.80}); run `plan` again"
        return None, [Skip("plan", path.name, "plan-unreadable", reason)]
    return {**plan, "is_stale": plan["stations"] != ledger}, []


def _check(plan: Any, envelopes: set[str]) -> None:
    """Raise where the file lacks what the page shows, or holds it as something else."""
    from geomap.plan import ACTIONS  # loads the solver, which a build without a plan needs not

    for name in _TEXTS:
        _need(isinstance(plan[name], str), name)
    _need(plan["envelope"] in envelopes, "envelope")
    _need(plan["unit"] in _UNITS, "unit")
    numbers = [plan[name] for name in _NUMBERS] + plan["parts"]
    numbers += [
        value for point in plan["curve"] for value in (point["actions"], point["objective"])
    ]
    parts = len(plan["parts"])
    for action in plan["actions"] + plan["alternatives"]:
        _need(action["action"] in ACTIONS, "action")
        _need(all(isinstance(action[name], str) for name in ("id", "name", "place")), "id")
        _need(all(isinstance(part, int) and 0 <= part < parts for part in action["parts"]), "parts")
        numbers += [action["lon"], action["lat"], 0 if action["cost"] is None else action["cost"]]
    for action in plan["actions"]:
        _need(isinstance(action["reason"], str) and isinstance(action["reason_en"], str), "reason")
        numbers += [action["rank"], action["gain"]]
    numbers += [
        value for other in plan["alternatives"] for value in (other["instead_of"], other["loss"])
    ]
    _need(all(_is_number(value) for value in numbers), "a number")


def _need(holds: bool, name: str) -> None:
    if not holds:
        raise ValueError(name)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def shown_plan(plan: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the report says of the plan; nothing where there is none."""
    if plan is None:
        return {}
    return {"plan": {"actions": len(plan["actions"]), "is_stale": plan["is_stale"]}}
