"""Sheets as unions keep them, with slips of the hand planted in them, each at a cell we know."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from geomap.places import Places
from geomap.places.datum import Datum, convert

#: County code, and townships of it: two invented stations stand near the middle of each.
_TOWNS = {
    "110105": ("望京街道", "酒仙桥街道", "和平街街道", "大屯街道", "朝外街道"),
    "330106": ("古荡街道", "蒋村街道", "留下街道", "转塘街道", "三墩镇"),
}
_NAMES = ("晨光", "同心", "望江", "向阳", "春晖", "和谐", "金桥", "书香", "映山", "长乐")
_ROADS = (
    "文昌路", "建设路", "枫林路", "石桥路", "学院路", "花园路", "大学路", "清河路",
    "育才路", "兴业路",
)  # fmt: skip

New = str | Callable[[str], str]


@dataclass(frozen=True)
class Slip:
    """A fault: the station it is planted in (from 0), what is written where, the codes that fit.

    ``cells`` maps keys of the layout to texts, or to what makes a new text of the one before; it
    must be named at the first key's cell.
    """

    station: int
    codes: frozenset[str]
    cells: dict[str, New]


def slip(station: int, codes: str, **cells: New) -> Slip:
    return Slip(station, frozenset(codes.split()), cells)


@dataclass(frozen=True)
class Layout:
    """How a sheet is kept: its file, titles, the heading of each key, its county and datum."""

    file: str
    county: str
    datum: Datum
    headings: dict[str, str]
    slips: tuple[Slip, ...]
    titles: tuple[str, ...] = ()
    encoding: str = "utf-8"
    separator: str = ","
    fixed: dict[str, str] = field(default_factory=dict)

    def cell(self, station: int, key: str) -> str:
        """Return what a spreadsheet calls the cell of a station."""
        letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[list(self.headings).index(key)]
        row = len(self.titles) + 2 + station
        return f"驿站!{letter}{row}" if self.file.endswith(".xlsx") else f"{letter}{row}"

    def write(self, folder: Path, places: Places, *, faulty: bool) -> Path:
        """Write the sheet, with its faults or without; return its path."""
        stations = list(self._stations(places))
        for each in self.slips if faulty else ():
            for key, new in each.cells.items():
                row = stations[each.station]
                row[key] = new if isinstance(new, str) else new(row[key])
        lines = [[title] for title in self.titles] + [list(self.headings.values())]
        lines += [[row[key] for key in self.headings] for row in stations]
        path = folder / self.file
        if path.suffix == ".xlsx":
            book = openpyxl.Workbook()
            book.worksheets[0].title = "驿站"
            for line in lines:
                book.worksheets[0].append(line)
            book.save(path)
        else:
            text = io.StringIO(newline="")
            csv.writer(text, delimiter=self.separator).writerows(lines)
            path.write_bytes(text.getvalue().encode(self.encoding))
        return path

    def _stations(self, places: Places) -> Iterator[dict[str, str]]:
        for number, name in enumerate(_NAMES):
            town = _TOWNS[self.county][number // 2]
            circle = places.town_circle(self.county, town)
            assert circle is not None
            lon, lat = circle[0].lon + 0.00123 * (number % 2), circle[0].lat + 0.000456
            x, y = convert([lon], [lat], Datum.WGS84, self.datum)
            code = "010-843" if self.county == "110105" else "0571-879"
            written = {
                "number": str(number + 1), "id": f"YZ-{number + 1:03}", "name": f"{name}驿站",
                "kind": "驿站", "status": "运营", "access": "户外劳动者", "town": town,
                "address": f"{_ROADS[number]}{number * 7 + 3}号", "lon": f"{x[0]:.6f}",
                "lat": f"{y[0]:.6f}", "pair": f"{x[0]:.6f},{y[0]:.6f}", "datum": "", "unsure": "",
                "hours": "周一至周五 9:00-17:30", "opens": "9:00", "closes": "17:30",
                "facilities": "饮水机、微波炉", "phone": f"{code}6{number}3{number}2",
                "verified": f"2026-10-{number + 10}", "opened": "2024-05-01", "closed": "",
                "note": "一楼大厅",
            }  # fmt: skip
            yield written | self.fixed


def moved(metres: float) -> New:
    """Return what moves a latitude north by so many metres."""
    return lambda written: f"{float(written) + metres / 111_195:.6f}"


def pair_moved(metres: float) -> New:
    def move(written: str) -> str:
        lon, lat = written.split(",")
        return f"{lon},{float(lat) + metres / 111_195:.6f}"

    return move


def swapped(written: str) -> str:
    return ",".join(reversed(written.split(",")))


_BEIJING = {"province": "北京市", "city": "北京市", "district": "朝阳区"}
_HANGZHOU = {"province": "浙江省", "city": "杭州市", "district": "西湖区"}

LAYOUTS = (
    Layout(
        "朝阳区驿站.xlsx", "110105", Datum.GCJ02,
        {"number": "序号", "name": "驿站名称", "town": "所属街道", "address": "详细地址",
         "lon": "高德经度", "lat": "高德纬度", "hours": "开放时间", "phone": "联系电话",
         "verified": "核实时间"},
        (
            slip(0, "verified-long-ago", verified="2024-03-01"),
            slip(1, "hours-backwards", hours="周一至周五 17:30-9:00"),
            slip(2, "lonlat-turned", lon="39.965", lat="116.485"),
            slip(3, "township-far outside-district", lon=lambda _: "116.485", lat=moved(30_000)),
            slip(4, "coordinate-coarse", lon="116.41", lat="39.97"),
            slip(5, "phone-digits", phone="010-84365"),
            slip(6, "date-unreadable", verified="2026年13月5日"),
            slip(7, "hours-unreadable", hours="看情况"),
            slip(8, "name-missing", name=""),
            slip(9, "coordinate-unreadable coordinate-impossible", lon="116..43"),
        ),
        titles=("北京市朝阳区工会驿站一览表（2026年）",),
    ),
    Layout(
        "西湖区.csv", "330106", Datum.BD09,
        {"name": "名称", "area": "省市区", "town": "街道", "address": "地址",
         "pair": "坐标（百度）", "status": "营业状态", "facilities": "设施", "hours": "开放时间",
         "note": "备注"},
        (
            slip(0, "status-unknown", status="看心情"),
            slip(1, "points-close name-repeated maybe-same",
                 pair=lambda written: f"{float(written[:10]) - 0.00123:.6f}{written[10:]}"),
            slip(2, "coordinate-unreadable", pair="蒋村街道办门口"),
            slip(3, "township-far outside-district", pair=pair_moved(30_000)),
            slip(4, "facility-unknown", facilities="饮水机、飞毯"),
            slip(5, "closing-mentioned", note="据说隔壁网点已搬迁"),
            slip(6, "coordinate-coarse", pair="120.08,30.17"),
            slip(7, "hours-unreadable hours-backwards", hours="8:30-17:60"),
            slip(8, "address-elsewhere", address="上城区解放路18号"),
            slip(9, "name-repeated", name="书香驿站"),
        ),
        encoding="gb18030", fixed={"area": "浙江省杭州市西湖区"},
    ),
    Layout(
        "stations-2026.xlsx", "110105", Datum.WGS84,
        {"id": "station_id", "name": "name", "kind": "kind", "status": "status",
         "access": "access", "province": "province", "city": "city", "district": "district",
         "town": "township", "address": "address", "lon": "lon", "lat": "lat", "datum": "datum",
         "unsure": "uncertainty_m", "hours": "opening_hours", "facilities": "facilities",
         "phone": "phone", "opened": "opened_on", "closed": "closed_on", "verified": "verified_on",
         "note": "note"},
        (
            slip(0, "kind-unknown", kind="飞船"),
            slip(1, "access-unknown", access="有缘人"),
            slip(2, "duplicate-id", id="YZ-001"),
            slip(3, "id-invalid", id="YZ 004号"),
            slip(4, "days-backwards", closed="2020-01-01", status="关闭"),
            slip(5, "closed-but-operating", status="运营", closed="2026-06-01"),
            slip(6, "datum-unknown", datum="不知道"),
            slip(7, "uncertainty-unreadable", unsure="一点点"),
            slip(8, "district-unknown", district="朝阳去"),
            slip(9, "date-future", verified="2062-10-19"),
        ),
        fixed=_BEIJING | {"datum": "手机"},
    ),
    Layout(
        "微信粘贴.txt", "330106", Datum.WGS84,
        {"name": "站点名称", "area": "区县", "address": "地址", "lon": "经度（GPS）",
         "lat": "纬度（GPS）", "opens": "开门时间", "closes": "关门时间", "phone": "值班电话"},
        (
            slip(0, "coordinate-half", lat=""),
            slip(1, "outside-district", lon="119.2"),
            slip(2, "coordinate-impossible point-foreign coordinate-unreadable", lon="1200.65"),
            slip(3, "hours-unreadable hours-backwards", opens="25:00"),
            slip(4, "phone-digits", phone="0571-8796"),
            slip(5, "phone-personal private-mobile", phone="13812345678"),
            slip(6, "point-sea point-foreign outside-district", lon="124.5"),
            slip(7, "hours-backwards", opens="17:30", closes="9:00"),
            slip(8, "address-repeated", address="大学路45号"),
            slip(9, "name-missing", name="  "),
        ),
        titles=("杭州市西湖区户外劳动者服务站点",), separator="\t", fixed={"area": "西湖区"},
    ),
    Layout(
        "两个时间.csv", "110105", Datum.GCJ02,
        {"number": "编号", "name": "名称", "kind": "类型", "district": "区县", "town": "街道",
         "address": "地址", "lon": "经度", "lat": "纬度", "datum": "坐标来源",
         "opened": "启用日期", "closed": "停用日期", "verified": "核实日期", "note": "备注",
         "facilities": "设施"},
        (
            slip(0, "datum-unknown", datum="隔壁老王"),
            slip(1, "date-unreadable", opened="前年"),
            slip(2, "date-future", closed="2062-01-01"),
            slip(3, "days-backwards", verified="2023-01-01"),
            slip(4, "private-mobile", note="找值班员 13812345678"),
            slip(5, "private-identity", note="110105199003078515"),
            slip(6, "coordinate-unreadable", lat="北纬不详"),
            slip(7, "point-foreign outside-district", lon=lambda _: "2.35", lat="48.85"),
            slip(8, "facility-unknown", facilities="飞毯"),
            slip(9, "district-unknown", district="朝杨区"),
        ),
        encoding="utf-16", fixed={"district": "朝阳区", "datum": "高德"},
        titles=("北京市户外劳动者驿站",),
    ),
    Layout(
        "有无打勾.xlsx", "330106", Datum.GCJ02,
        {"name": "驿站", "town": "所在街道", "address": "地址", "pair": "高德坐标",
         "public": "是否对外开放", "water": "饮水机", "micro": "微波炉", "hours": "服务时间",
         "phone": "电话", "verified": "核实日期", "closed": "停用日期"},
        (
            slip(0, "mark-unclear", water="看情况"),
            slip(1, "access-unknown", public="熟人可以"),
            slip(2, "verified-long-ago", verified="2023年6月"),
            slip(3, "coordinate-unreadable", pair="120.06 E"),
            slip(4, "phone-digits", phone="879643429999"),
            slip(5, "hours-backwards", hours="14:00-12:00"),
            slip(6, "township-far outside-district", pair=pair_moved(-30_000)),
            slip(7, "name-repeated", name="金桥驿站"),
            slip(8, "date-future", closed="2062-05-01"),
            slip(9, "district-unknown township-unknown", town="三蹲镇"),
        ),
        titles=("杭州市西湖区工会驿站设施表",), fixed={"public": "是", "water": "√", "micro": "×"},
    ),
)  # fmt: skip
