"""What the planners' page knows of the plan that lies beside the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geomap.model.edition import Edition
from geomap.pages.latin_names import spell_near

_FACTS = (
    "envelope", "method", "objective", "bound", "gap", "unit", "demand_total", "covered_before",
    "is_stale", "curve", "parts",
)  # fmt: skip
_ACTION = ("action", "id", "name", "place", "lon", "lat", "cost", "parts")


def encode_plan(edition: Edition) -> dict[str, Any] | None:
    """Return the plan with its options: the actions, then each alternative once.

    ``options`` have ``rank`` and reasons where they are actions, else ``instead_of``: the ranks
    of the actions that they would replace, and what that would lose.
    """
    plan = edition.plan
    if plan is None:
        return None
    options: list[dict[str, Any]] = [
        _name_option(action)
        | {name: action[name] for name in ("rank", "gain", "reason", "reason_en")}
        for action in plan["actions"]
    ]
    others: dict[tuple[str, str], dict[str, Any]] = {}
    for other in plan["alternatives"]:
        own = others.setdefault(
            (other["action"], other["id"]),
            _name_option(other) | {"instead_of": []},
        )
        own["instead_of"].append([other["instead_of"], other["loss"]])
    return {name: plan[name] for name in _FACTS} | {"options": [*options, *others.values()]}


def _name_option(option: Mapping[str, Any]) -> dict[str, Any]:
    named = {name: option[name] for name in _ACTION}
    return named | {"place_en": spell_near(str(option["place"]))}
