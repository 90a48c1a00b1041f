"""plan.json and plan.geojson."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely

from geomap.coverage.plane import metres_per_degree
from geomap.hours import week_hours
from geomap.pipeline.gaps import name_places, read_townships
from geomap.pipeline.plan import Planned
from geomap.pipeline.plan_reasons import say_reasons
from geomap.plan import MOBILE_HOURS, Option


def plan_files(planned: Planned) -> dict[str, bytes]:
    """Return name → bytes of both files; the same plan gives the same bytes."""
    table = tabulate(planned)
    features = [
        {"type": "Feature", "properties": {**_without_parts(action), "kind": kind}, "geometry":
         {"type": "Point", "coordinates": [action["lon"], action["lat"]]}}
        for kind, actions in (("action", table["actions"]), ("alternative", table["alternatives"]))
        for action in actions
    ]  # fmt: skip
    return {
        "plan.json": _write(table),
        "plan.geojson": _write({"type": "FeatureCollection", "features": features}),
    }


def _without_parts(action: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in action.items() if name not in ("parts", "nearest")}


def _write(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)
    return f"{text}\n".encode()


def tabulate(planned: Planned) -> dict[str, Any]:
    """Return what plan.json holds.

    ``parts`` is the demand that the listed actions and alternatives add to today's, in parts that
    the same ones cover; each action names its own. What any of them cover together is the sum of
    their parts, each counted once.
    """
    outcome, task, order = planned.outcome, planned.task, planned.order
    count, places = len(outcome.steps), _name_options(planned)
    return {
        "stations": planned.made.ledger,
        "envelope": planned.envelope.id,
        "method": planned.method,
        "objective": _round(outcome.objective),
        "bound": _round(outcome.bound),
        "gap": round(outcome.gap, 6),
        "unit": say_unit(planned),
        "demand_from": planned.people_from,
        "demand_total": _round(task.total),
        "covered_before": _round(task.before),
        "sites": order.sites,
        "budget": order.budget,
        "spent": _spent(planned),
        "unpriced": task.unpriced,
        "mobile_hours": MOBILE_HOURS,
        "stations_certain": len(planned.stations),
        "stations_of_unknown_hours": planned.unknown_hours,
        "actions": [
            {"rank": rank, **_option(step.option, places), "gain": _round(step.gain),
             "cost": _cost(step.option), **_reason(planned, step.option, step.gain),
             "parts": list(outcome.parts.of[rank - 1])}
            for rank, step in enumerate(outcome.steps, start=1)
        ],
        "alternatives": [
            {"instead_of": other.rank, **_option(other.option, places), "objective":
             _round(other.objective), "loss": _round(outcome.objective - other.objective),
             "cost": _cost(other.option), "parts": list(outcome.parts.of[count + number])}
            for number, other in enumerate(outcome.others)
        ],
        "curve": [{"actions": count, "objective": _round(value)}
                  for count, value in enumerate(outcome.curve)],
        "parts": [round(weight, 6) for weight in outcome.parts.weight],
    }  # fmt: skip


def _name_options(planned: Planned) -> dict[tuple[float, float], str]:
    """Return where each option of the plan is, in words: district, nearest township."""
    outcome = planned.outcome
    listed = [each.option for each in outcome.steps] + [each.option for each in outcome.others]
    at = [(option.lon, option.lat) for option in listed]
    points = shapely.points(np.array(at, dtype=np.float64).reshape(-1, 2))
    measured = planned.measured
    towns = name_places(points, read_townships(measured))
    districts = measured.reference.districts
    number, row = shapely.STRtree(districts.geometry.to_numpy()).query(points, "intersects")
    home = dict(zip(number.tolist(), districts["district"].to_numpy(str)[row], strict=True))
    named = (f"{home.get(order, '')} {town}".strip() for order, town in enumerate(towns))
    return dict(zip(at, named, strict=True))


def _option(option: Option, places: Mapping[tuple[float, float], str]) -> dict[str, Any]:
    return {
        "action": option.action, "id": option.id, "name": option.name,
        "place": places[option.lon, option.lat],
        "lon": round(float(option.lon), 6), "lat": round(float(option.lat), 6),
    }  # fmt: skip


def _round(value: float) -> float:
    return round(float(value), 2)


def _cost(option: Option) -> float | None:
    return None if np.isnan(option.cost) else _round(option.cost)


def _spent(planned: Planned) -> float | None:
    costs = [step.option.cost for step in planned.outcome.steps]
    return None if np.isnan(costs).any() or not costs else _round(sum(costs))


def say_unit(planned: Planned) -> str:
    """Return what the weights are: people, people-hours a week, or km² (where nobody knows)."""
    hours = planned.order.actions != "sites"
    return f"{planned.unit}-hours a week" if hours else planned.unit


def _reason(planned: Planned, option: Option, gain: float) -> dict[str, Any]:
    facts = {
        "action": option.action, "name": option.name, "gain": gain, "cost": _cost(option),
        "nearest": _nearest(planned, option),
    }  # fmt: skip
    zh, en = say_reasons(facts, say_unit(planned), planned.made.edition.labels)
    return {"nearest": facts["nearest"], "reason": zh, "reason_en": en}


def _nearest(planned: Planned, option: Option) -> dict[str, Any] | None:
    rows = planned.stations
    if not len(rows):
        return None
    east, north = metres_per_degree(np.array([option.lat]))
    away = np.hypot(
        (rows.geometry.x.to_numpy() - option.lon) * east,
        (rows.geometry.y.to_numpy() - option.lat) * north,
    )
    row = int(np.argmin(away))
    return {
        "id": rows["station_id"].iloc[row], "name": rows["name"].iloc[row],
        "m": round(float(away[row])),
        "open_h": int(week_hours(str(rows["opening_hours"].iloc[row] or ""))[0].sum()),
    }  # fmt: skip
