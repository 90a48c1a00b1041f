"""What the budget buys: the maximal covering location problem, with hours and costs."""

from geomap.plan.actions import ACTIONS, MOBILE_HOURS, WEEK_HOURS, Option, Stock, Task, pose
from geomap.plan.choice import Choice, choose
from geomap.plan.outcome import Outcome, solve
from geomap.plan.problem import Problem

__all__ = [
    "ACTIONS",
    "MOBILE_HOURS",
    "WEEK_HOURS",
    "Choice",
    "Option",
    "Outcome",
    "Problem",
    "Stock",
    "Task",
    "choose",
    "pose",
    "solve",
]
