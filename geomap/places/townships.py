"""A user's own polygons of townships: who has them needs no circle from a point."""

from __future__ import annotations

from pathlib import Path

import shapely

from geomap.files.parquet import read_geo_parquet
from geomap.model.records import InputError

_COLUMNS = ("district_code", "township", "geometry")


def read_townships(path: Path) -> dict[tuple[str, str], shapely.Geometry]:
    """The polygons of townships.parquet by district code and name; none where there is no file.

    Raises
    ------
    InputError
        The file is no GeoParquet, lacks a column, or is not in EPSG:4326.
    """
    if not path.exists():
        return {}
    table = read_geo_parquet(path)
    missing = [name for name in _COLUMNS if name not in table.columns]
    if missing or table.crs is None or table.crs.to_epsg() != 4326:
        raise InputError(
            f"{path.name}: needs the columns {', '.join(_COLUMNS)} and EPSG:4326",
            code="townships-unfit", where=path.name, detail="、".join(missing),
        )  # fmt: skip
    joined: dict[tuple[str, str], list[shapely.Geometry]] = {}
    for code, name, shape in zip(
        table["district_code"].astype(str), table["township"].astype(str), table.geometry,
        strict=True,
    ):  # fmt: skip
        if shape is not None and not shape.is_empty:
            joined.setdefault((code, name.strip()), []).append(shape)
    return {key: shapely.union_all(shapes) for key, shapes in joined.items()}
