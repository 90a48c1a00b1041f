"""What keys, codes and sentences are called, in both languages: words.toml and texts.toml alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from geomap.files.folder import SHIPPED
from geomap.files.toml_file import read_toml
from geomap.model.records import SettingsError

#: column → key → (Chinese, English); columns as in words.toml ``[labels.COLUMN]``, and facility.
Labels = Mapping[str, Mapping[str, tuple[str, str]]]


@cache
def shipped_labels() -> Labels:
    """Return the labels of the words.toml that came with the program."""
    return _read(SHIPPED / "words.toml")


@cache
def shipped_texts() -> Mapping[str, Mapping[str, Any]]:
    """Return texts.toml: section → key → (Chinese, English); ``code`` → key → Chinese."""
    return read_toml(SHIPPED / "texts.toml")


def read_labels(path: Path) -> Labels:
    """Return the labels of ``path``; what it does not name is called as in the shipped file.

    Raises
    ------
    SettingsError
        The file is no TOML, or a label is not a pair of texts.
    """
    own = _read(path)
    return {
        column: {**labels, **own.get(column, {})} for column, labels in shipped_labels().items()
    }


def _read(path: Path) -> dict[str, dict[str, tuple[str, str]]]:
    words = read_toml(path)
    facilities = {key: [row.get("zh"), row.get("en")] for key, row in words["facilities"].items()}
    columns = {"facility": facilities, **words.get("labels", {})}
    return {
        column: {key: _pair(path, column, key, pair) for key, pair in labels.items()}
        for column, labels in columns.items()
    }


def _pair(path: Path, column: str, key: str, pair: Any) -> tuple[str, str]:
    if isinstance(pair, list) and len(pair) == 2 and all(isinstance(word, str) for word in pair):
        return pair[0], pair[1]
    raise SettingsError(
        f'{path.name}: [labels.{column}] {key} needs ["Chinese", "English"]',
        code="label-unfit", where=path.name, detail=f"[labels.{column}] {key}",
    )  # fmt: skip
