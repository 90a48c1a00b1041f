"""How sure a row is: of the rows with confidence 0.9, nine of ten should be right.

The values are estimates, set by rule and below the shares that tests/benchmarks/reliability.py
prints for the project's own articles, since the rules have seen those. On 40 articles read before
any rule was written for them, 88 of 96 places were right (0.92): printed names nearly always,
composed ones less often. What weakens a row lowers its value.
"""

from __future__ import annotations

from geomap.find.drafts import Draft

BY_RULE = {
    "table": 0.97,
    "list": 0.97,
    "named": 0.92,
    "list-address": 0.92,
    "list-place": 0.92,
    "chain": 0.92,
    "host": 0.85,
    "list-before": 0.85,
    "list-after": 0.85,
    "colon": 0.85,
    "inspected": 0.75,
    "converted": 0.8,
    "exists": 0.7,
    "other": 0.8,
    "bare": 0.7,
    "scoped": 0.7,
    "union": 0.85,
    "union-visited": 0.75,
    "union-community": 0.75,
    "center": 0.7,
    "visited": 0.7,
    "inside": 0.7,
    "count": 0.85,
}


def rate(draft: Draft, district: str) -> float:
    """Confidence (0-1) of a place; a place whose district nobody states is less sure."""
    confidence = BY_RULE[draft.rule]
    if not district:
        confidence -= 0.05
    if len(draft.specific) <= 2:
        confidence -= 0.1
    return round(max(confidence, 0.3), 2)
