"""Elements of folium whose libraries or data cannot live under a strict policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from branca.element import Element
from folium.features import GeoJson, TopoJson, Vega, VegaLite
from folium.plugins import MeasureControl

from geomap.static_site.faults import Fault

_EVAL = "its library compiles code from text ('unsafe-eval')"
_CHART = 'put "usermeta": {"embedOptions": {"ast": True}} into a chart of Vega-Lite 5'


def find_unfit(elements: Iterable[Element]) -> Iterator[Fault]:
    """Give a fault for each element that needs ``eval`` or fetches its own data."""
    for element in elements:
        name = type(element).__name__
        if isinstance(element, MeasureControl):
            yield Fault(name, _EVAL, "leave it out")
        elif isinstance(element, Vega) or (isinstance(element, VegaLite) and not _is_safe(element)):
            yield Fault(name, _EVAL, _CHART)
        elif isinstance(element, (GeoJson, TopoJson)) and not element.embed:
            link = getattr(element, "embed_link", None) or element.data
            yield Fault(name, f"fetches {str(link)[:120]!r}", "pass the data itself, or embed=True")


def _is_safe(chart: VegaLite) -> bool:
    options = chart.data.get("usermeta", {}).get("embedOptions", {})
    return chart.vegalite_major_version == 5 and options.get("ast") is True
