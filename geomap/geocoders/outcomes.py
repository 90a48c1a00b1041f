"""What became of a question: found, not found, service down, quota used up, key refused.

geopy's ``RateLimiter`` swallows errors unless told otherwise, and then all five look alike.
"""

from __future__ import annotations

from enum import StrEnum

from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeopyError,
)


class Outcome(StrEnum):
    """What became of a question."""

    FOUND = "found"
    NOT_FOUND = "not-found"
    DOWN = "down"
    QUOTA = "quota"
    REFUSED = "refused"


def outcome_of(error: GeopyError) -> Outcome:
    """Return what an exception of geopy means; words a service cannot take are a place unfound."""
    if isinstance(error, GeocoderQuotaExceeded):
        return Outcome.QUOTA
    refusals = (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, ConfigurationError)
    if isinstance(error, refusals):
        return Outcome.REFUSED
    return Outcome.NOT_FOUND if isinstance(error, GeocoderQueryError) else Outcome.DOWN
