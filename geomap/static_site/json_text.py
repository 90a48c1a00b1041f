"""Values on their way to a page: JSON that no text can break out of, in classic scripts."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd


def to_json(value: Any) -> str:
    """Return ``value`` as JSON that stands safely in a script file or a script element.

    NaN and infinities become null. ``<``, ``>``, ``&`` and the two line separators that old
    scripts take for line ends are written as escapes, so no text can end a script.
    """
    try:  # most values are plain already, and walking through them takes four times as long
        text = _dump(value)
    except (TypeError, ValueError):
        text = _dump(plain(value))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    # A lone surrogate cannot be written as UTF-8; show the mark for unreadable characters.
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def plain(value: Any) -> Any:
    """Return ``value`` in JSON's own types; what is missing or no number becomes None."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if hasattr(value, "item"):  # a numpy scalar
        value = value.item()
    if value is pd.NA or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value


def data_script(name: str, value: Any) -> bytes:
    """Return a classic script that hands ``value`` to ``geomap.take(name, …)`` of frame.js.

    A classic script, because neither fetch nor a module loads from ``file://``.
    """
    return f"geomap.take({to_json(name)},{to_json(value)});\n".encode()
