"""plan.json and plan.geojson."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from geomap.coverage.plane import metres_per_degree
from geomap.pipeline.plan import Planned
from geomap.plan import MOBILE_HOURS, Option

_UNITS = {"people": ("人", ""), "km2": ("平方公里街道所及土地", "")}


def plan_files(planned: Planned) -> dict[str, bytes]:
    """Return name → bytes of both files; the same plan gives the same bytes."""
    table = tabulate(planned)
    features = [
        {"type": "Feature", "properties": {**action, "kind": kind}, "geometry":
         {"type": "Point", "coordinates": [action["lon"], action["lat"]]}}
        for kind, actions in (("action", table["actions"]), ("alternative", table["alternatives"]))
        for action in actions
    ]  # fmt: skip
    return {
        "plan.json": _write(table),
        "plan.geojson": _write({"type": "FeatureCollection", "features": features}),
    }


def _write(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)
    return f"{text}\n".encode()


def tabulate(planned: Planned) -> dict[str, Any]:
    """Return what plan.json holds."""
    outcome, task, order = planned.outcome, planned.task, planned.order
    return {
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
        "mobile_hours": MOBILE_HOURS,
        "stations_certain": len(planned.stations),
        "stations_of_unknown_hours": planned.unknown_hours,
        "notes": list(task.notes),
        "actions": [
            {"rank": rank, **_option(step.option), "gain": _round(step.gain),
             "cost": _cost(step.option), "reason": say_reason(planned, step.option, step.gain)}
            for rank, step in enumerate(outcome.steps, start=1)
        ],
        "alternatives": [
            {"instead_of": other.rank, **_option(other.option), "objective":
             _round(other.objective), "loss": _round(outcome.objective - other.objective),
             "cost": _cost(other.option)}
            for other in outcome.others
        ],
        "curve": [{"actions": count, "objective": _round(value)}
                  for count, value in enumerate(outcome.curve)],
    }  # fmt: skip


def _option(option: Option) -> dict[str, Any]:
    return {
        "action": option.action, "id": option.id, "name": option.name,
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


def say_reason(planned: Planned, option: Option, gain: float) -> str:
    """Return why an action is in the plan, in Chinese."""
    hours = planned.order.actions != "sites"
    unit = {"people": "人", "km2": "平方公里"}[planned.unit] + ("·小时/周" if hours else "")
    amount = f"{gain:,.1f}" if planned.unit == "km2" else f"{gain:,.0f}"
    added = f"多覆盖 {amount} {unit}"
    if option.action == "longer_hours":
        return f"“{option.name}”延长开放时间，{added}：这些时段附近没有确定开门的站点"
    if option.action == "open_planned":
        return f"规划中的“{option.name}”开放，{added}；{_nearest(planned, option)}"
    if option.action == "mobile_visit":
        return f"流动服务车工作日 11:00-13:00 到此，{added}；{_nearest(planned, option)}"
    per_yuan = f"，每万元 {gain / option.cost * 10_000:,.0f}" if option.cost > 0 else ""
    return f"新设站点，{added}{per_yuan}；{_nearest(planned, option)}"


def _nearest(planned: Planned, option: Option) -> str:
    rows = planned.stations
    if not len(rows):
        return "现在没有位置确定的站点"
    east, north = metres_per_degree(np.array([option.lat]))
    away = np.hypot(
        (rows.geometry.x.to_numpy() - option.lon) * east,
        (rows.geometry.y.to_numpy() - option.lat) * north,
    )
    row = int(np.argmin(away))
    return f"最近的现有站点“{rows['name'].iloc[row]}”在直线 {away[row] / 1000:.1f} 公里外"
