"""What comes with the program beside its code: in a checkout, and in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def find_shipped(name: str) -> Path:
    """Return the folder ``templates`` or ``geodata`` that came with the program.

    A wheel carries it inside the package, as ``_NAME`` (pyproject.toml says which files); in a
    checkout it lies beside the package.
    """
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name


def is_installed() -> bool:
    """Whether the program runs from a wheel, whose folders are nobody's to write in."""
    return find_shipped("geodata").parent == _PACKAGE
