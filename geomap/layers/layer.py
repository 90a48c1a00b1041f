"""What the layers share: data as JSON, words as text nodes, one script for all of a map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, ClassVar

import geopandas as gpd
from branca.element import Element, Figure
from folium.elements import JSCSSMixin
from folium.map import Layer

from geomap.layers.table import check_table, to_features
from geomap.static_site.json_text import to_json
from geomap.static_site.page_templates import ENVIRONMENT, TEMPLATES

#: branca reads what a layer has written as a Jinja template once more; in JSON these signs stand
#: in words alone.
_TEMPLATE_SIGN = re.compile(r"\{(?=[{%#])")
POLYGONS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString")
POINTS = ("Point",)


def inert_json(value: Any) -> str:
    """Return ``value`` as JSON that neither ends a script nor is read as a template."""
    return _TEMPLATE_SIGN.sub(r"\\u007b", to_json(value))


class GeoLayer(JSCSSMixin, Layer):
    """A folium layer drawn from a table; the base of all of :mod:`geomap.layers`.

    It is added with ``.add_to()`` to a ``folium.Map``, a ``FeatureGroup`` or any group of layers;
    a ``LayerControl`` lists it; ``get_bounds()`` is what ``fit_bounds`` takes.

    Parameters
    ----------
    table : shapes in any known CRS; drawn in WGS-84 degrees. Not changed.
    name : what the layer control calls it.
    facts : columns (or column → label) that a popup shows, as text.
    show, control, overlay : as in ``folium.map.Layer``.
    values : property that the script reads → column of the table.
    options : what else the script reads.

    Raises
    ------
    LayerError
        The table has no CRS, lacks a column, or holds other shapes than the layer draws.
    """

    kinds: ClassVar[tuple[str, ...]] = ()
    _template = ENVIRONMENT.get_template("layers/layer.html.j2")

    def __init__(
        self,
        table: gpd.GeoDataFrame | gpd.GeoSeries,
        *,
        name: str | None = None,
        facts: Iterable[str] | Mapping[str, str] = (),
        show: bool = True,
        control: bool = True,
        overlay: bool = True,
        values: Mapping[str, str | None],
        options: Mapping[str, Any] | None = None,
    ) -> None:
        kind = type(self).__name__
        super().__init__(name=name or kind, overlay=overlay, control=control, show=show)
        self._name = kind
        labels = facts if isinstance(facts, Mapping) else {column: column for column in facts}
        given = {key: column for key, column in values.items() if column}
        frame = check_table(table, kind, self.kinds, [*given.values(), *labels])
        self._box = frame.total_bounds.tolist() if len(frame) else None
        self.options = dict(options or {})
        self.data_json = inert_json(to_features(frame, given, labels))

    @property
    def options_json(self) -> str:
        """The options as the script reads them."""
        return inert_json(self.options)

    @property
    def draw(self) -> str:
        """The function of layers.js that draws this layer."""
        return self._name[0].lower() + self._name[1:]

    def render(self, **kwargs: Any) -> str:
        """Write the layer into its figure, and once a figure the script that all share."""
        figure = self.get_root()
        assert isinstance(figure, Figure), "a layer is drawn inside a figure"
        figure.header.add_child(Element(_script()), name="geomap_layers")
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""

    def _get_self_bounds(self) -> list[list[float | None]]:
        if self._box is None:
            return [[None, None], [None, None]]
        west, south, east, north = self._box
        return [[south, west], [north, east]]


@cache
def _script() -> str:
    """The script itself holds no sign of a template: branca reads it as one."""
    text = (TEMPLATES / "layers" / "layers.js").read_text(encoding="utf-8")
    return f"<script>{text}</script>"
