"""Small valid files of every kind, made in code: what the mutations start from."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
from docx import Document as WordDocument

NOTICE = (
    "---\ntitle: 驿站名单\ndate: 2024-05-06\n---\n"
    "杭州市拱墅区总工会新开三家户外劳动者驿站。\n\n"
    "1. 湖墅暖心驿站，地址：拱墅区湖墅南路88号，开放时间：周一至周五 9:00-17:00\n"
    "2. 米市巷爱心驿家，地址：米市巷5号，电话0571-88001234，24小时开放\n\n"
    "| 名称 | 地址 | 开放时间 |\n| --- | --- | --- |\n| 大关驿站 | 大关路1号 | 8:30-18:00 |\n\n"
    "全区已建成 178 个暖心驿站，配有饮水机、微波炉。记者 王小明 摄\n"
)
PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>名单_某网</title></head><body>'
    '<nav><a href="/">首页</a></nav><div class="crumbs">位置</div><article><h1>驿站名单</h1>'
    "<p>拱墅区<b>湖墅暖心驿站</b>，湖墅南路88号，每天8:00-18:00。</p><ul><li>米市巷爱心驿家</li></ul>"
    '<table><tr><th>名称</th><th>地址</th></tr><tr><td rowspan="2">大关驿站</td>'
    "<td>大关路1号</td></tr>"
    '</table></article><div id="footer">版权所有&copy;</div></body></html>'
)
SHEET = (
    ("编号", "名称", "类型", "省", "市", "区县", "地址", "经度", "纬度", "坐标来源", "开放时间",
     "设施", "核实日期"),
    ("a-1", "湖墅暖心驿站", "驿站", "浙江省", "杭州市", "拱墅区", "湖墅南路88号", 120.15, 30.3,
     "高德", "周一至周五 9:00-17:00", "饮水机;微波炉", "2026-05-06"),
    ("a-2", "米市巷爱心驿家", "驿站", "浙江省", "杭州市", "拱墅区", "米市巷5号", "", "", "",
     "24小时", "", ""),
)  # fmt: skip


def texts() -> list[bytes]:
    """A notice in three encodings."""
    return [NOTICE.encode(each) for each in ("utf-8", "gb18030", "utf-16")]


def pages() -> list[bytes]:
    """A web page, declared rightly and wrongly."""
    return [PAGE.encode(), PAGE.replace("utf-8", "gbk").encode("gbk")]


def csv_lines() -> str:
    """The sheet as CSV."""
    return "\r\n".join(",".join(map(str, row)) for row in SHEET) + "\r\n"


def sheets() -> list[bytes]:
    """The sheet as CSV in three encodings."""
    return [csv_lines().encode(each) for each in ("utf-8-sig", "gb18030", "utf-16")]


@cache
def workbooks() -> list[bytes]:
    """The sheet as .xlsx, with a title, a merged cell and a second worksheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["拱墅区驿站一览表"])
    for row in SHEET:
        sheet.append(list(row))
    sheet.merge_cells("D3:D4")
    book.create_sheet("说明").append(["填表说明"])
    made = io.BytesIO()
    book.save(made)
    return [made.getvalue()]


@cache
def word_files() -> list[bytes]:
    """A .docx with headings, a list and a table with merged cells."""
    word = WordDocument()
    word.add_heading("驿站名单", 1)
    for line in NOTICE.splitlines()[4:]:
        word.add_paragraph(line)
    table = word.add_table(rows=4, cols=3)
    for number, row in enumerate(table.rows):
        for cell, text in enumerate((f"第{number}驿站", f"湖墅南路{number}号", "9:00-17:00")):
            row.cells[cell].text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 1).merge(table.cell(3, 2))
    made = io.BytesIO()
    word.save(made)
    return [made.getvalue()]


@cache
def prints() -> list[bytes]:
    """A PDF of one page of words in a standard font, written by hand: no writer is needed."""
    words = b"".join(
        b"BT /F1 12 Tf 40 %d Td (Station %d, 9:00-17:00) Tj ET\n" % (700 - 20 * n, n)
        for n in range(9)
    )
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%sendstream" % (len(words), words),
    ]
    made, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return [
        made + b"xref\n0 6\n0000000000 65535 f \n" + table
        + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    ]  # fmt: skip


SETTINGS = """title = "拱墅区驿站地图"
region = "杭州市"
detour_factor = 1.3
kerb_m = 100
confirm_days = 365
night_number = "12351"

[[envelope]]
id = "ebike_10min_15kmh"
label = "骑行 10 分钟"
minutes = 10
speed_kmh = 15
radius_m = 2500
method = "network"

[publish]
review_number = ""
keep_editions = 10

[tiles.tianditu]
label = "天地图"
url = "https://example.invalid/{z}/{x}/{y}"
attribution = "天地图"
datum = "wgs84"
"""
