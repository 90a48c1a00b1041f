"""What the budget buys: the maximal covering location problem, with hours and costs."""

from geomap.plan.actions import ACTIONS, MOBILE_HOURS, WEEK_HOURS, Option, Stock, Task, pose
from geomap.plan.outcome import Outcome, solve

__all__ = [
    "ACTIONS", "MOBILE_HOURS", "WEEK_HOURS", "Option", "Outcome", "Stock", "Task", "pose", "solve",
]  # fmt: skip
