"""One small map for every class of folium that draws something, and how to see that it does.

``SAMPLES`` maps a class to a :class:`Sample`. Nothing here asks a host: tiles and pictures are
``data:`` addresses.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import folium
import pandas as pd
from branca.element import Element
from folium import features, plugins, raster_layers, vector_layers
from folium import map as parts
from folium.utilities import JsCode

HERE = (39.9, 116.4)
LINE = [(39.88, 116.36), (39.92, 116.40), (39.89, 116.45)]
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='16' height='16'%3E"
    "%3Crect width='16' height='16' fill='teal'/%3E%3C/svg%3E#"
)
#: An empty WebM: a header, no frame.
VIDEO = "data:video/webm;base64,GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYECGFOAZwH/////////"

#: Bases and helpers that draw nothing themselves.
NOT_DRAWN = {
    "BaseMultiLocation", "Class", "Evented", "GeoJsonDetail", "GeoJsonStyleMapper", "Layer",
    "classproperty",
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """``add`` puts the feature on a map (or returns another); ``seen`` is a selector that finds it.

    ``act`` is what a reader does first: "click" or "hover" on the middle of the map.
    """

    add: Callable[[folium.Map], Any]
    seen: str
    act: str = ""
    allow_hosts: tuple[str, ...] = ()
    reason: str = ""


def list_classes() -> dict[str, str]:
    """Return name → module of every class of folium that this benchmark counts."""
    found = {}
    for module in (plugins, features, raster_layers, vector_layers, parts):
        for name, one in vars(module).items():
            if not inspect.isclass(one) or name.startswith("_") or name in NOT_DRAWN:
                continue
            own = one.__module__.startswith(module.__name__)
            if own and issubclass(one, Element):
                found.setdefault(name, module.__name__)
    return found


def square(value: int = 1, west: float = 116.35) -> dict[str, Any]:
    """Return a GeoJSON feature around the middle of the map."""
    ring = [[west, 39.86], [west + 0.1, 39.86], [west + 0.1, 39.94], [west, 39.94], [west, 39.86]]
    return {"type": "Feature", "id": "0",
            "properties": {"name": "here", "value": value, "times": ["2026-01-01", "2026-01-02"],
                           "start": "2026-01-01", "end": "2026-02-01"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip


def collection() -> dict[str, Any]:
    """Return one square as a FeatureCollection."""
    return {"type": "FeatureCollection", "features": [square()]}


def point() -> dict[str, Any]:
    """Return one point as a FeatureCollection."""
    feature = square() | {"geometry": {"type": "Point", "coordinates": [116.4, 39.9]}}
    return {"type": "FeatureCollection", "features": [feature]}


def topology() -> dict[str, Any]:
    """Return one square as TopoJSON."""
    arc = square()["geometry"]["coordinates"][0]
    shape = {"type": "Polygon", "arcs": [[0]], "id": "0", "properties": {"name": "here"}}
    return {"type": "Topology", "arcs": [arc],
            "objects": {"a": {"type": "GeometryCollection", "geometries": [shape]}}}  # fmt: skip


def marker(**options: Any) -> folium.Marker:
    """Return a plain marker in the middle."""
    return folium.Marker(HERE, **options)


def add(*elements: Element) -> Callable[[folium.Map], None]:
    """Return a function that adds the elements to a map."""
    return lambda m: [one.add_to(m) for one in elements] and None


def with_layers(
    make: Callable[[folium.FeatureGroup, folium.FeatureGroup], Element],
) -> Callable[[folium.Map], None]:
    """Return a function that adds two groups, and what ``make`` makes of them."""

    def added(m: folium.Map) -> None:
        one, two = folium.FeatureGroup("one").add_to(m), folium.FeatureGroup("two").add_to(m)
        marker().add_to(one)
        folium.CircleMarker(HERE).add_to(two)
        make(one, two).add_to(m)

    return added


def pattern(make: type) -> Callable[[folium.Map], None]:
    """Return a function that fills a square with a pattern."""

    def added(m: folium.Map) -> None:
        drawn = make().add_to(m)
        folium.GeoJson(collection(), style_function=lambda _: {"fillPattern": drawn}).add_to(m)

    return added


def grouped_sub(m: folium.Map) -> None:
    """Add a group inside a group."""
    group = folium.FeatureGroup().add_to(m)
    marker().add_to(plugins.FeatureGroupSubGroup(group, "sub").add_to(m))


def side_by_side(m: folium.Map) -> None:
    """Add two tile layers and the bar between them."""
    tiles = [folium.TileLayer(PICTURE, attr="-", name=name).add_to(m) for name in "ab"]
    plugins.SideBySideLayers(*tiles).add_to(m)


def text_path(m: folium.Map) -> None:
    """Add words along a line."""
    plugins.PolyLineTextPath(folium.PolyLine(LINE).add_to(m), "words").add_to(m)


def timeline(m: folium.Map) -> None:
    """Add a timeline and its slider."""
    drawn = plugins.Timeline(collection()).add_to(m)
    plugins.TimelineSlider().add_timelines(drawn).add_to(m)


def search(m: folium.Map) -> None:
    """Add a search over points."""
    plugins.Search(folium.GeoJson(point()).add_to(m), search_label="name").add_to(m)


def spiderfier(m: folium.Map) -> None:
    """Add two markers at one place."""
    add(marker(), marker(), plugins.OverlappingMarkerSpiderfier())(m)


def vega_in_popup(chart: Element) -> Callable[[folium.Map], None]:
    """Return a function that adds a marker with a chart in its open popup."""
    return lambda m: (
        marker(popup=folium.Popup(show=True, max_width=300).add_child(chart)).add_to(m) and None
    )


def vega_lite() -> features.VegaLite:
    """Return a chart that is interpreted instead of compiled (no eval)."""
    return features.VegaLite({
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": 200, "height": 100,
        "usermeta": {"embedOptions": {"ast": True, "actions": False, "defaultStyle": False}},
        "data": {"values": [{"a": "x", "b": 2}, {"a": "y", "b": 3}]}, "mark": "bar",
        "encoding": {"x": {"field": "a", "type": "nominal"},
                     "y": {"field": "b", "type": "quantitative"}},
    })  # fmt: skip


def vega() -> features.Vega:
    """Return a chart of Vega's first version."""
    return features.Vega({
        "width": 200, "height": 100, "data": [{"name": "t", "values": [{"x": 1, "y": 2}]}],
        "scales": [{"name": "x", "range": "width", "domain": [0, 3]},
                   {"name": "y", "range": "height", "domain": [0, 3]}],
        "axes": [{"type": "x", "scale": "x"}], "marks": [],
    })  # fmt: skip


def wms(**options: Any) -> folium.WmsTileLayer:
    """Return a layer whose server is a picture."""
    return folium.WmsTileLayer(PICTURE, layers="a", attr="-", **options)


def choropleth(m: folium.Map) -> None:
    """Add shaded areas and their legend."""
    values = pd.DataFrame({"id": ["0", "1"], "v": [1, 5]})
    folium.Choropleth(collection(), values, ["id", "v"], "feature.id", legend_name="v").add_to(m)


def fast_cluster(m: folium.Map) -> None:
    """Add a cluster of rows."""
    plugins.FastMarkerCluster([HERE, HERE, HERE]).add_to(m)


def clustered(m: folium.Map) -> None:
    """Add three markers that stand as one."""
    plugins.MarkerCluster([HERE, HERE, HERE]).add_to(m)


def dual(m: folium.Map) -> folium.plugins.DualMap:
    """Return a map beside a map."""
    both = plugins.DualMap(HERE, tiles=None, max_zoom=18)
    marker().add_to(both)
    return both


def pane(m: folium.Map) -> None:
    """Add a marker in a pane of its own."""
    folium.map.CustomPane("own").add_to(m)
    marker(pane="own").add_to(m)


def detail(make: Callable[..., Element], **options: Any) -> Callable[[folium.Map], None]:
    """Return a function that adds an area with a table of its properties."""
    return lambda m: (
        folium.GeoJson(collection()).add_child(make(["name"], **options)).add_to(m) and None
    )


_TIMED = {"type": "FeatureCollection", "features": [
    square() | {"geometry": {"type": "Point", "coordinates": [116.4, 39.9]},
                "properties": {"times": ["2026-01-01"], "icon": "circle"}}]}  # fmt: skip
_FEATURES = JsCode(
    "function (done) { done({type: 'FeatureCollection', features: [{type: 'Feature', id: 1, "
    "properties: {id: 1}, geometry: {type: 'Point', coordinates: [116.4, 39.9]}}]}); }"
)
_MARKER, _PATH, _TILE = ".leaflet-marker-icon", "path.leaflet-interactive", "img.leaflet-tile"

SAMPLES: dict[str, Sample] = {
    "AntPath": Sample(add(plugins.AntPath(LINE)), "path.leaflet-ant-path"),
    "BeautifyIcon": Sample(
        add(marker(icon=plugins.BeautifyIcon(icon="plane"))), ".beautify-marker"),
    "BoatMarker": Sample(add(plugins.BoatMarker(HERE, heading=30)), _MARKER),
    "CirclePattern": Sample(pattern(plugins.CirclePattern), "pattern circle"),
    "Draw": Sample(add(plugins.Draw(export=True)), ".leaflet-draw-draw-polyline"),
    "DualMap": Sample(dual, f".folium-map + .folium-map {_MARKER}"),
    "FastMarkerCluster": Sample(fast_cluster, ".marker-cluster"),
    "FeatureGroupSubGroup": Sample(grouped_sub, _MARKER),
    "FloatImage": Sample(add(plugins.FloatImage(PICTURE)), "img[alt=float_image]"),
    "Fullscreen": Sample(add(plugins.Fullscreen()), "[class*=fullscreen]"),
    "Geocoder": Sample(add(plugins.Geocoder()), ".leaflet-control-geocoder",
                       allow_hosts=("nominatim.openstreetmap.org",)),
    "GeoMan": Sample(add(plugins.GeoMan()), ".leaflet-pm-toolbar"),
    "GroupedLayerControl": Sample(
        with_layers(lambda a, b: plugins.GroupedLayerControl({"g": [a, b]}, collapsed=False)),
        ".leaflet-control-layers-group-name"),
    "HeatMap": Sample(add(plugins.HeatMap([HERE])), "canvas.leaflet-heatmap-layer"),
    "HeatMapWithTime": Sample(add(plugins.HeatMapWithTime([[[*HERE]], [[*HERE]]])), "canvas"),
    "LocateControl": Sample(add(plugins.LocateControl()), ".leaflet-control-locate"),
    "MarkerCluster": Sample(clustered, ".marker-cluster"),
    "MeasureControl": Sample(add(plugins.MeasureControl()), ".leaflet-control-measure"),
    "MiniMap": Sample(add(plugins.MiniMap(folium.TileLayer(PICTURE, attr="-"))),
                      ".leaflet-control-minimap img"),
    "MousePosition": Sample(
        add(plugins.MousePosition()), ".leaflet-control-mouseposition", "hover"),
    "OverlappingMarkerSpiderfier": Sample(spiderfier, _MARKER),
    "PolygonFromEncoded": Sample(
        add(plugins.PolygonFromEncoded(r"_lnrFou_eUo}@o}@n}@o}@")), _PATH),
    "PolyLineFromEncoded": Sample(
        add(plugins.PolyLineFromEncoded(r"_lnrFou_eUo}@o}@n}@o}@")), _PATH),
    "PolyLineTextPath": Sample(text_path, "textPath"),
    "PolyLineOffset": Sample(add(plugins.PolyLineOffset(LINE, offset=5)), _PATH),
    "Realtime": Sample(add(plugins.Realtime(_FEATURES, start=True)), _MARKER),
    "ScrollZoomToggler": Sample(add(plugins.ScrollZoomToggler()), "img[alt=scroll]",
                                reason="inline handler (onclick) in folium's own HTML"),
    "Search": Sample(search, ".leaflet-control-search"),
    "SemiCircle": Sample(add(plugins.SemiCircle(HERE, 3000, start_angle=0, stop_angle=90)), _PATH),
    "SideBySideLayers": Sample(side_by_side, ".leaflet-sbs-range"),
    "StripePattern": Sample(pattern(plugins.StripePattern), "pattern path"),
    "TagFilterButton": Sample(
        add(marker(tags=["a"]), plugins.TagFilterButton(["a"])), ".easy-button-button"),
    "Terminator": Sample(add(plugins.Terminator()), "path"),
    "TimeSliderChoropleth": Sample(
        add(plugins.TimeSliderChoropleth(
            collection(), {"0": {"1767225600": {"color": "#ff0000", "opacity": 0.5}}})),
        "input[type=range]"),
    "Timeline": Sample(timeline, _PATH),
    "TimelineSlider": Sample(timeline, ".time-slider"),
    "TimestampedGeoJson": Sample(
        add(plugins.TimestampedGeoJson(_TIMED, auto_play=False)), _PATH,
        reason="folium's own code writes each date to the console"),
    "TimestampedWmsTileLayers": Sample(
        lambda m: plugins.TimestampedWmsTileLayers(
            wms().add_to(m), time_interval="2026-01-01/2026-01-03").add_to(m) and None,
        ".timecontrol-date"),
    "TreeLayerControl": Sample(
        with_layers(lambda a, b: plugins.TreeLayerControl(
            overlay_tree={"label": "all", "children": [{"label": "a", "layer": a}]},
            collapsed=False)),
        ".leaflet-layerstree-header"),
    "VectorGridProtobuf": Sample(
        add(plugins.VectorGridProtobuf("https://tiles.example/{z}/{x}/{y}.pbf")), "canvas",
        reason="its tiles come from a host"),
    "RegularPolygonMarker": Sample(add(features.RegularPolygonMarker(HERE, 5)), _PATH),
    "Vega": Sample(vega_in_popup(vega()), ".vega svg, .vega canvas"),
    "VegaLite": Sample(vega_in_popup(vega_lite()), ".vega-embed canvas"),
    "GeoJson": Sample(add(folium.GeoJson(collection())), _PATH),
    "TopoJson": Sample(add(folium.TopoJson(topology(), "objects.a")), _PATH),
    "GeoJsonTooltip": Sample(detail(folium.GeoJsonTooltip), ".foliumtooltip td", "hover"),
    "GeoJsonPopup": Sample(detail(folium.GeoJsonPopup), ".foliumpopup td", "click"),
    "Choropleth": Sample(choropleth, ".legend svg rect"),
    "DivIcon": Sample(
        add(marker(icon=folium.DivIcon(html="<b style='color:red'>here</b>"))),
        f"{_MARKER} b[style*=red]"),
    "LatLngPopup": Sample(add(folium.LatLngPopup()), ".leaflet-popup-content", "click"),
    "ClickForMarker": Sample(add(folium.ClickForMarker("at ${lat}")), _MARKER, "click"),
    "ClickForLatLng": Sample(add(folium.ClickForLatLng(alert=False)), ".folium-map", "click"),
    "CustomIcon": Sample(add(marker(icon=folium.CustomIcon(PICTURE))), _MARKER),
    "ColorLine": Sample(add(folium.ColorLine(LINE, [0, 1])), _PATH),
    "Control": Sample(add(folium.Control("Scale")), ".leaflet-control-scale-line"),
    "TileLayer": Sample(add(folium.TileLayer(PICTURE, attr="-")), _TILE),
    "WmsTileLayer": Sample(add(wms()), _TILE),
    "ImageOverlay": Sample(
        add(raster_layers.ImageOverlay(PICTURE, [[39.8, 116.3], [40, 116.5]])),
        "img.leaflet-image-layer"),
    "VideoOverlay": Sample(
        add(raster_layers.VideoOverlay(VIDEO, [[39.8, 116.3], [40, 116.5]])),
        "video.leaflet-image-layer"),
    "PolyLine": Sample(add(folium.PolyLine(LINE)), _PATH),
    "Polygon": Sample(add(folium.Polygon(LINE)), _PATH),
    "Rectangle": Sample(add(folium.Rectangle([[39.8, 116.3], [40, 116.5]])), _PATH),
    "Circle": Sample(add(folium.Circle(HERE, 2000)), _PATH),
    "CircleMarker": Sample(add(folium.CircleMarker(HERE)), _PATH),
    "FeatureGroup": Sample(with_layers(lambda a, b: folium.FeatureGroup()), _MARKER),
    "LayerControl": Sample(
        with_layers(lambda a, b: folium.LayerControl(collapsed=False)),
        ".leaflet-control-layers-overlays label"),
    "Icon": Sample(
        add(marker(icon=folium.Icon(icon="home", prefix="fa"))), ".awesome-marker i.fa-home"),
    "Marker": Sample(add(marker()), _MARKER),
    "Popup": Sample(
        add(marker(popup=folium.Popup("<b style='color:red'>here</b>", show=True))),
        ".leaflet-popup-content b"),
    "Tooltip": Sample(
        add(marker(tooltip=folium.Tooltip("words", permanent=True))), ".leaflet-tooltip"),
    "FitBounds": Sample(add(folium.FitBounds([[39, 116], [40, 117]])), ".folium-map"),
    "FitOverlays": Sample(add(folium.FeatureGroup(), folium.FitOverlays()), ".folium-map"),
    "CustomPane": Sample(pane, ".leaflet-own-pane .leaflet-marker-icon"),
}  # fmt: skip
