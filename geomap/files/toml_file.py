"""A TOML file that people edit, as plain values; what is wrong with it, with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from geomap.files.foreign import read_file
from geomap.model.records import Finding, SettingsError

#: What a section of another shape raises where it is used: a missing key, a number for a list …
NO_SHAPE = (KeyError, TypeError, AttributeError)

#: What a written regular expression raises when it cannot be compiled, or is doubtful.
NO_PATTERN = (re.error, OverflowError, RecursionError, FutureWarning)


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a file in UTF-8 (BOM allowed) says.

    Raises
    ------
    SettingsError
        The file is not UTF-8, or no TOML: with the line, where one can be named.
    """
    raw = read_file(path)
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fault = Finding(path.name, line, "", "toml-encoding", "not UTF-8; save the file as UTF-8")
    except RecursionError:
        fault = Finding(path.name, 0, "", "toml-unreadable", "brackets are nested too deeply")
    except ValueError as error:  # a TOMLDecodeError, or a number of thousands of digits
        found = re.search(r"at line (\d+)", str(error))
        line = int(found.group(1)) if found else 0
        fault = Finding(path.name, line, "", "toml-unreadable", str(error))
    raise SettingsError(
        f"{path.name}: not readable as TOML ({fault.message}); mend the line", findings=(fault,)
    )


def refuse_shape(path: Path, error: Exception) -> SettingsError:
    """Return the error of a file whose sections are not what the shipped one has."""
    reason = f"missing: {error}" if isinstance(error, KeyError) else str(error)
    message = f"a section is missing or has another shape ({reason}); compare with the shipped file"
    fault = Finding(path.name, 0, "", "toml-shape", message)
    return SettingsError(f"{path.name}: {message}", findings=(fault,))
