"""An empty ledger for staff: Chinese headings, drop-down lists, one example row."""

from __future__ import annotations

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from geomap.model.tables import LEDGER
from geomap.sheets.workbook_writing import serialize_workbook

#: The heading a Chinese user reads; words.toml leads each back to its column.
HEADINGS = {
    "station_id": "编号", "name": "名称", "kind": "类型", "status": "状态", "access": "开放对象",
    "province": "省", "city": "市", "district": "区县", "township": "街道", "address": "地址",
    "lon": "经度", "lat": "纬度", "datum": "坐标来源", "uncertainty_m": "误差（米）",
    "opening_hours": "开放时间", "facilities": "设施", "phone": "电话", "opened_on": "启用日期",
    "closed_on": "停用日期", "verified_on": "核实日期", "source": "来源", "note": "备注",
}  # fmt: skip
#: Words of the drop-down lists; each is a word of words.toml.
CHOICES = {
    "kind": ("驿站", "休息室", "职工之家", "服务中心", "流动驿站", "工会"),
    "status": ("运营", "计划", "改造", "关闭"),
    "access": ("公众", "户外劳动者", "会员", "本单位职工", "未知"),
    "datum": ("手机", "高德", "腾讯", "百度", "天地图"),
}
_ROWS = 2000


def make_template() -> bytes:
    """Return the workbook; the same bytes on every run."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "站点"
    for number, column in enumerate(LEDGER.columns, start=1):
        cell = sheet.cell(1, number, HEADINGS[column.name])
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFF2CC" if column.required else "E7EEF7")
        cell.comment = Comment(f"{column.name}: {column.meaning}", "geomap")
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 24 if column.name in ("name", "address") else 14
        if column.name in CHOICES:
            choices = ",".join(CHOICES[column.name])
            listed = DataValidation("list", formula1=f'"{choices}"', allow_blank=True)
            sheet.add_data_validation(listed)
            listed.add(f"{letter}2:{letter}{_ROWS}")
        elif column.name in ("lon", "lat", "phone", "station_id"):
            # As text, a spreadsheet neither rounds a coordinate nor drops a leading zero.
            for row in range(2, 202):
                sheet.cell(row, number).number_format = "@"
    sheet.freeze_panes = "C2"
    return serialize_workbook(book)
