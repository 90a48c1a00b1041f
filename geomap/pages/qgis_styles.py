"""QGIS styles of the downloads' layers: QML, as files and as the table that a GeoPackage opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import quoteattr

import pandas as pd

_FRAME = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.28" styleCategories="Symbology">
 <renderer-v2 type="{kind}"{attribute} symbollevels="0" forceraster="0">
{categories}  <symbols>
{symbols}
  </symbols>
 </renderer-v2>
</qgis>
"""
#: key, what it is called, colour as red, green, blue.
Category = tuple[str, str, str]
STATUSES: tuple[Category, ...] = (
    ("operating", "运行", "13,122,79"), ("converted", "改建、运行", "13,122,79"),
    ("planned", "规划中", "31,79,156"), ("suspended", "暂停开放", "150,110,20"),
    ("closed", "已关闭", "120,120,120"), ("unknown", "不详", "190,60,40"),
)  # fmt: skip
_COVERAGES: tuple[Category, ...] = (
    ("possible", "可能", "120,170,210"), ("certain", "确定", "27,110,75"),
)  # fmt: skip
_ACTIONS: tuple[Category, ...] = (
    ("new_site", "新设站点", "91,42,134"), ("longer_hours", "延长开放时间", "11,87,176"),
    ("open_planned", "规划站点开放", "107,63,160"), ("mobile_visit", "流动服务", "163,71,0"),
)  # fmt: skip
#: QGIS asks for the day of a style and reads none that has none; a map has no clock.
_WRITTEN = pd.Timestamp("2000-01-01", tz="UTC")
#: Bands from near to far, as on the page.
_BANDS = ("8,64,107", "63,147,181", "179,219,227")


def style_stations() -> str:
    """Return the style of the stations by their status."""
    return _categorized("status", STATUSES, "marker")


def layer_styles(minutes: Sequence[float], headline: str) -> pd.DataFrame:
    """Return the table ``layer_styles``, by which QGIS opens each layer in its style.

    Parameters
    ----------
    minutes : of the bands, from near to far.
    headline : the envelope whose bands and areas are drawn: those of several hide each other.
    """
    own = f'if("envelope_id" = \'{headline}\', "{{}}", NULL)'.format
    steps = [
        (f"{minute:g}", f"{minute:g} 分钟内", _BANDS[min(step, len(_BANDS) - 1)])
        for step, minute in enumerate(minutes)
    ]
    styles = {
        "stations": style_stations(),
        "districts": _single("120,130,145", "fill", 0.0),
        "areas": _categorized(own("coverage"), _COVERAGES, "fill", 0.3),
        "station_areas": _single("27,110,75", "fill", 0.15),
        "bands": _categorized(own("to_min"), steps, "fill", 0.75),
        "gaps": _single("232,138,69", "fill", 0.5),
        "plan": _categorized("action", _ACTIONS, "marker"),
    }
    fixed = {"f_table_catalog": "", "f_table_schema": "", "f_geometry_column": "geom"}
    rows = [
        {**fixed, "f_table_name": name, "styleName": name, "styleQML": style, "styleSLD": "",
         "useAsDefault": True, "description": "", "owner": "", "ui": "", "update_time": _WRITTEN}
        for name, style in styles.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _categorized(
    attribute: str, categories: Sequence[Category], kind: str, alpha: float = 1.0
) -> str:
    lines = [
        f'   <category value={quoteattr(key)} label={quoteattr(label)} symbol="{number}" '
        'render="true"/>\n'
        for number, (key, label, _) in enumerate(categories)
    ]
    colours = [colour for _, _, colour in categories]
    return _FRAME.format(
        kind="categorizedSymbol",
        attribute=f" attr={quoteattr(attribute)}",
        categories=f"  <categories>\n{''.join(lines)}  </categories>\n",
        symbols=_symbols(colours, kind, alpha),
    )


def _single(colour: str, kind: str, alpha: float) -> str:
    symbols = _symbols([colour], kind, alpha)
    return _FRAME.format(kind="singleSymbol", attribute="", categories="", symbols=symbols)


def _symbols(colours: Iterable[str], kind: str, alpha: float) -> str:
    return "\n".join(
        f'   <symbol type="{kind}" name="{number}" alpha="1"><layer class="{_CLASSES[kind]}" '
        f'enabled="1"><Option type="Map">{_options(colour, kind, alpha)}</Option></layer></symbol>'
        for number, colour in enumerate(colours)
    )


_CLASSES = {"marker": "SimpleMarker", "fill": "SimpleFill"}


def _options(colour: str, kind: str, alpha: float) -> str:
    options = {"color": f"{colour},{round(255 * alpha)}"}
    if kind == "marker":
        options |= {"name": "circle", "size": "2.6"}
    else:
        options |= {"outline_color": f"{colour},255", "outline_width": "0.3", "style": "solid"}
    return "".join(
        f'<Option name="{name}" type="QString" value="{value}"/>' for name, value in options.items()
    )
