"""Parquet files from anybody: read, or one clear error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely
from numpy.typing import NDArray

from geomap.model.records import InputError, is_memory_short

#: What pyarrow and GeoPandas raise at a file that is damaged, or whose ``geo`` facts are not so.
_FAULTS = (
    OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, NotImplementedError,
    RecursionError, MemoryError, pa.ArrowException, pyproj.exceptions.ProjError,
    shapely.errors.ShapelyError,
)  # fmt: skip
#: GEOS follows shapes within shapes on the stack and crashes at some 10,000; a level is 9 bytes.
_MOST_LEVELS = 1000
_LEVEL_BYTES = 9


def read_geo_parquet(path: Path) -> gpd.GeoDataFrame:
    """Return the table with its shapes, in the coordinate system the file states.

    Raises
    ------
    InputError
        When the file is missing, damaged or no GeoParquet with WKB.
    """
    with readable(path):
        table = read_table(path)
        facts = json.loads((table.schema.metadata or {})[b"geo"])
        name = facts["primary_column"]
        column = facts["columns"][name]
        if column["encoding"] != "WKB":
            raise ValueError(f"encoding {column['encoding']}, not WKB")
        written = table[name].to_numpy(zero_copy_only=False)
        frame = table.drop_columns(list(facts["columns"])).to_pandas()
        shapes = shapely.from_wkb(_check_levels(written))
        return gpd.GeoDataFrame(
            frame.assign(**{name: shapes}), geometry=name, crs=column.get("crs", "OGC:CRS84")
        )


def read_table(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Return one file's table; never a folder's, nor a column made from the path."""
    with pq.ParquetFile(path) as file:
        table = file.read(columns=columns)
    table.validate(full=True)  # texts that are no UTF-8 would be met only where they are used
    return table


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what a library raises at a Parquet file into one error that names the file.

    Raises
    ------
    InputError
        The file is missing, damaged, or needs more memory than there is.
    """
    if not path.is_file():
        raise InputError(
            f"{path}: no such file; geodata/make_{path.stem}.py makes it",
            code="file-missing", where=path,
        )  # fmt: skip
    try:
        yield
    except _FAULTS as fault:
        words = " ".join(str(fault).split())[:160] or type(fault).__name__
        if is_memory_short(fault):
            raise InputError(
                f"{path}: needs more memory than there is ({words}); close other programs",
                code="memory-short", where=path, detail=words,
            ) from fault  # fmt: skip
        raise InputError(
            f"{path}: not readable as Parquet or GeoParquet ({words}); export it again",
            code="parquet-damaged", where=path, detail=words,
        ) from fault  # fmt: skip


def _check_levels(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    for shape in shapes:
        if shape is not None and len(shape) > _MOST_LEVELS * _LEVEL_BYTES:
            levels = _count_levels(np.frombuffer(shape, np.uint8).astype(np.uint16))
            if levels > _MOST_LEVELS:
                raise ValueError("shapes nested too deep")
    return shapes


def _count_levels(shape: NDArray[np.uint16]) -> int:
    """Return how many heads of shapes that hold shapes there may be: an upper bound of the depth.

    A head is the order of bytes (1: little end first) and a kind: 4 to 7, plus thousands for
    heights (ISO) or a flag in the other two bytes (EWKB).
    """
    order, near, next_, far, last = (shape[k : len(shape) - 4 + k] for k in range(5))
    kind = np.where(order == 1, near | next_ << 8, last | far << 8) % 1000
    return int(((order <= 1) & (kind >= 4) & (kind <= 7)).sum())
