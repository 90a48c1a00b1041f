"""Small sheets as unions keep them, each with the cells that a reader must make of it."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """A sheet's lines, how it is saved, merged cells, and the rows that must come of it."""

    name: str
    lines: Sequence[Sequence[object]]
    rows: Sequence[Cells]
    encoding: str = "utf-8"
    separator: str = ","
    merges: Sequence[str] = ()
    tab: str = "Sheet1"

    def write(self, folder: Path) -> Path:
        """Save the sheet; the name says as what."""
        path = folder / self.name
        if path.suffix == ".ods":
            path.write_bytes(_ods(self.tab, self.lines))
        elif path.suffix == ".xlsx":
            book = openpyxl.Workbook()
            book.worksheets[0].title = self.tab
            for line in self.lines:
                book.worksheets[0].append(list(line))
            for area in self.merges:
                book.worksheets[0].merge_cells(area)
            book.save(path)
        else:
            text = "\n".join(self.separator.join(map(_quoted, line)) for line in self.lines)
            path.write_bytes(text.encode(self.encoding))
        return path


def _ods(tab: str, lines: Sequence[Sequence[object]]) -> bytes:
    """Return an OpenDocument spreadsheet of texts."""
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    filled = ("".join(cell.format(escape(str(each))) for each in line) for line in lines)
    rows = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in filled)
    names = "".join(
        f' xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
        for each in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f'<office:spreadsheet><table:table table:name="{tab}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("mimetype", mime)
        parts.writestr("content.xml", content)
        name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        entry = f'<m:file-entry m:full-path="/" m:media-type="{mime}"/>'
        manifest = f'<m:manifest xmlns:m="{name}">{entry}</m:manifest>'
        parts.writestr("META-INF/manifest.xml", manifest)
    return packed.getvalue()


def words(text: str) -> tuple[str, ...]:
    """Return the cells of a line, written with spaces between them."""
    return tuple(text.split())


def _quoted(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f'"{text}"' if "," in text else text


WEST = {"province": "浙江省", "city": "杭州市", "district": "西湖区"}

EXAMPLES = (
    Example(
        "坐标一格.xlsx",
        [("杭州市西湖区工会驿站名单（2026年）",), ("序号", "站点名称", "坐标（高德）", "营业状态"),
         (1, "甲驿站", "120.1301,30.2801", "正常营业"),
         (2, "乙驿站", "30.2901，120.1402", "已停用"),
         ("合计", None, None, "2")],
        [{"name": "甲驿站", "lon": "120.1301", "lat": "30.2801", "datum": "gcj02",
          "status": "operating", **WEST},
         {"name": "乙驿站", "lon": "120.1402", "lat": "30.2901", "datum": "gcj02", **WEST}],
    ),
    Example(
        "两行表头.xlsx",
        [("名称", "经纬度", None, "开放时间", None), (None, "经度", "纬度", "周一至周五", "周末"),
         ("甲驿站", 120.1301, 30.2801, "9:00-17:00", "10:00-16:00")],
        [{"name": "甲驿站", "lon": "120.1301", "lat": "30.2801", "uncertainty_m": "700",
          "opening_hours": "周一至周五 9:00-17:00; 周末 10:00-16:00"}],
        merges=("A1:A2", "B1:C1", "D1:E1"), tab="西湖区驿站",
    ),
    Example(
        "高德经度.csv",
        [("驿站名称", "省市区", "高德经度", "高德纬度", "是否对外开放"),
         ("甲驿站", "浙江省杭州市西湖区", "120.1301", "30.2801", "是"),
         ("乙驿站", "浙江省/杭州市/上城区", "120.17", "30.25", "否")],
        [{"name": "甲驿站", "lon": "120.1301", "datum": "gcj02", "access": "public", **WEST},
         {"name": "乙驿站", "lat": "30.25", "access": "employees", **WEST, "district": "上城区"}],
        encoding="gb18030",
    ),
    Example(
        "设施打勾.xlsx",
        [("站点", "区县", "饮水机", "有无微波炉", "空调（台）", "雨伞", "负责人"),
         ("甲驿站", "西湖区", "√", "有", 2, "×", "老张"),
         ("乙驿站", "西湖区", "", "无", 0, "√", "")],
        [{"name": "甲驿站", "facilities": "drinking_water;microwave;air_conditioning",
          "district": "西湖区"},
         {"name": "乙驿站", "facilities": "umbrella"}],
    ),
    Example(
        "两列时间.csv",
        [("名称", "所属区县", "开门时间", "关门时间", "服务日", "联系电话"),
         ("甲驿站", "西湖区", "8:30", "17:30", "周一至周五", "0571-88880000")],
        [{"name": "甲驿站", "district": "西湖区", "opening_hours": "周一至周五 8:30-17:30",
          "phone": "0571-88880000"}],
        encoding="utf-16",
    ),
    Example(
        "微信粘贴.txt",
        [("西湖区驿站表",), ("名称", "详细地址", "起止时间"),
         ("甲驿站", "文三路1号", "8:00-20:00"), ("乙驿站", "文二路2号", "全天24小时")],
        [{"name": "甲驿站", "address": "文三路1号", "opening_hours": "8:00-20:00",
          "district": "西湖区"},
         {"name": "乙驿站", "address": "文二路2号", "opening_hours": "全天24小时"}],
        separator="\t",
    ),
    Example(
        "度分秒.csv",
        [("名称", "区", "经度（GPS）", "纬度（GPS）"),
         ("甲驿站", "西湖区", "120°07′48″", "北纬30.28°")],
        [{"name": "甲驿站", "lon": "120.1300", "lat": "30.28", "datum": "wgs84",
          "district": "西湖区"}],
        encoding="utf-8-sig",
    ),
    Example(
        "没有列名的坐标.csv",
        [("名称", "区县", "备注", "位置信息"),
         ("甲驿站", "西湖区", "一楼", "lng:120.1301 lat:30.2801")],
        [{"name": "甲驿站", "lon": "120.1301", "lat": "30.2801", "note": "一楼",
          "uncertainty_m": "700"}],
        separator=";",
    ),
    Example(
        "分区小标题.xlsx",
        [("杭州市户外劳动者服务站点一览表",), (),
         ("序号", "服务站点名称", "站点地址", "建设单位名称"),
         ("一、西湖区",), (1, "甲服务站", "文三路1号", "某公司"), ("二、上城区",),
         (2, "乙服务站", "解放路2号", "某银行"), ("注：坐标由百度地图查得，请各单位核对",)],
        [{"name": "甲服务站", "address": "文三路1号", **WEST},
         {"name": "乙服务站", **WEST, "district": "上城区"}],
    ),
    Example(
        "合并的区县.xlsx",
        [("所在区", "名称", "经度", "纬度", "坐标来源"),
         ("西湖区", "甲驿站", 120.1301, 30.2801, "百度地图"),
         (None, "乙驿站", 120.1402, 30.2901, "手机"),
         ("所在区", "名称", "经度", "纬度", "坐标来源"),
         ("上城区", "丙驿站", 120.17, 30.25, None)],
        [{"name": "甲驿站", "district": "西湖区", "datum": "bd09"},
         {"name": "乙驿站", "district": "西湖区", "datum": "wgs84"},
         {"name": "丙驿站", "district": "上城区", "datum": "", "uncertainty_m": ""}],
        merges=("A2:A3",),
    ),
    Example(
        "带链接.csv",
        [("站名", "区县", "经纬度", "导航链接", "是否运营"),
         ("甲驿站", "西湖区", "120.1301,30.2801", "https://uri.amap.com/marker?id=1", "是"),
         ("乙驿站", "西湖区", "120.1402,30.2901", "", "否")],
        [{"name": "甲驿站", "datum": "gcj02", "status": "operating", "uncertainty_m": ""},
         {"name": "乙驿站", "datum": "", "status": "suspended", "uncertainty_m": "700"}],
    ),
    Example(
        "我们的列.csv",
        [("name", "kind", "district", "lon", "lat", "verified_on"),
         ("甲驿站", "station", "西湖区", "120.1301", "30.2801", "2026-11-01")],
        [{"name": "甲驿站", "kind": "station", "lon": "120.1301", "datum": "", "uncertainty_m": "",
          "verified_on": "2026-11-01"}],
    ),
    Example(
        "冬夏两季.csv",
        [("街镇", "站点名称", "坐标X", "坐标Y", "坐标系", "开放时间（夏季）", "开放时间（冬季）"),
         ("北山街道", "甲驿站", "120.14", "30.26", "GCJ02", "8:00-20:00", "9:00-18:00")],
        [{"name": "甲驿站", "township": "北山街道", "lon": "120.14", "lat": "30.26",
          "datum": "gcj02", "opening_hours": "夏季 8:00-20:00; 冬季 9:00-18:00"}],
    ),
    Example(
        "街道表.xlsx",
        [("西湖区驿站统计表（2026年11月）",),
         ("编号", "阵地名称", "所在街道", "类别", "投用日期", "服务内容"),
         ("XH-01", "甲驿站", "北山街道", "驿站", "2025年3月", "饮水、充电"),
         ("小计", "1个", None, None, None, None)],
        [{"station_id": "XH-01", "name": "甲驿站", "township": "北山街道", "kind": "驿站",
          "opened_on": "2025年3月", "facilities": "饮水、充电", "district": "西湖区"}],
    ),
    Example(
        "全称.xlsx",
        [("江苏省南京市鼓楼区户外劳动者驿站台账",),
         ("序号", "驿站全称", "所在街道名称", "门牌地址", "经度（百度）",
          "纬度（百度）", "设施清单"),
         (1, "湖南路驿站", "湖南路街道", "湖南路1号", 118.77, 32.07, "饮水机、微波炉")],
        [{"name": "湖南路驿站", "township": "湖南路街道", "address": "湖南路1号", "datum": "bd09",
          "province": "江苏省", "city": "南京市", "district": "鼓楼区", "lon": "118.77",
          "lat": "32.07", "facilities": "饮水机、微波炉"}],
    ),
    Example(
        "三行合并.xlsx",
        [("名称", "地址", "开放时间", None, "坐标", None),
         (None, None, "工作日", "节假日", "东经", "北纬"),
         ("甲", "中山路1号", "9:00-18:00", "10:00-16:00", "118.77", "32.05")],
        [{"name": "甲", "address": "中山路1号", "lon": "118.77", "lat": "32.05",
          "opening_hours": "工作日 9:00-18:00; 节假日 10:00-16:00"}],
        merges=("A1:A2", "B1:B2", "C1:D1", "E1:F1"),
    ),
    Example(
        "火星坐标.csv",
        [("驿站", "所在区域", "坐落位置", "Lng", "Lat", "坐标类型", "运行情况", "数据来源"),
         ("甲", "鼓楼区", "中山路1号", "118.77", "32.05", "火星坐标", "正常运行", "区总工会")],
        [{"name": "甲", "district": "鼓楼区", "address": "中山路1号", "lon": "118.77",
          "datum": "gcj02", "status": "operating", "source": "区总工会"}],
    ),
    Example(
        "没有站名列.csv",
        [("阵地", "区县", "建筑类型", "所属工会名称"), ("城东驿站", "西湖区", "临街", "某工会")],
        [{"name": "城东驿站", "kind": "", "district": "西湖区"}],
    ),
    Example(
        "表格文档.ods",
        [("拱墅区工会驿站汇总",), ("单位：个",),
         words("站点名称 所在街道 具体位置 是否24小时 联系方式"),
         ("武林驿站", "武林街道", "环城北路10号", "是", "0571-85000001"),
         ("大关驿站", "大关街道", "上塘路20号", "否", "0571-85000002")],
        [{"name": "武林驿站", "township": "武林街道", "address": "环城北路10号",
          "phone": "0571-85000001", "district": "拱墅区"},
         {"name": "大关驿站", "township": "大关街道", "address": "上塘路20号",
          "phone": "0571-85000002", "district": "拱墅区"}],
    ),
    Example(
        "日期和钟点.xlsx",
        [words("驿站名称 区县 建成日期 最近核查时间 开始时间 结束时间 经度(WGS84) 纬度(WGS84)"),
         ("甲驿站", "西湖区", datetime(2025, 3, 1), datetime(2026, 10, 8), time(8, 30),
          time(17, 30), 120.130112, 30.280134)],
        [{"name": "甲驿站", "district": "西湖区", "opened_on": "2025-03-01",
          "verified_on": "2026-10-08", "opening_hours": "08:30-17:30", "lon": "120.130112",
          "lat": "30.280134", "datum": "wgs84"}],
    ),
    Example(
        "东经北纬.csv",
        [("杭州市上城区2026年驿站信息采集表",),
         words("驿站名称 地理坐标 详细地址（门牌号） 服务时间段"),
         ("甲驿站", "东经120°10′12″，北纬30°14′24″", "解放路1号", "上午9点至下午5点"),
         ("乙驿站", "E120.1712 N30.2512", "解放路2号", "全天候")],
        [{"name": "甲驿站", "lon": "120.1700", "lat": "30.2400", "address": "解放路1号",
          "opening_hours": "上午9点至下午5点", "district": "上城区"},
         {"name": "乙驿站", "lon": "120.1712", "lat": "30.2512", "address": "解放路2号",
          "opening_hours": "全天候"}],
        encoding="gb18030",
    ),
    Example(
        "英文列名.csv",
        [("Station Name", "Address", "Longitude", "Latitude", "Opening Hours", "Tel", "District"),
         ("甲驿站", "文三路1号", "120.1301", "30.2801", "Mo-Fr 09:00-17:00", "0571-1", "西湖区")],
        [{"name": "甲驿站", "address": "文三路1号", "lon": "120.1301", "lat": "30.2801",
          "opening_hours": "Mo-Fr 09:00-17:00", "phone": "0571-1", "district": "西湖区"}],
        separator="\t",
    ),
    Example(
        "每页重复表头.xlsx",
        [("附件1",), ("西湖区户外劳动者综合服务站点公示名单",),
         words("No. 站点名称 站点类型 省份 地市 县（市、区） 乡镇（街道） 详细地址 备注"),
         (1, "甲驿站", "工会驿站", "浙江", "杭州", "西湖", "古荡", "文三路1号", None),
         ("附件1",),
         words("No. 站点名称 站点类型 省份 地市 县（市、区） 乡镇（街道） 详细地址 备注"),
         (2, "乙驿站", "司机之家", "浙江", "杭州", "西湖", "蒋村", "文二西路2号", "在建"),
         ("填表人：某某",), ("总计", 2)],
        [{"name": "甲驿站", "kind": "工会驿站", "province": "浙江", "city": "杭州",
          "district": "西湖", "township": "古荡", "address": "文三路1号"},
         {"name": "乙驿站", "province": "浙江", "city": "杭州", "district": "西湖",
          "township": "蒋村", "address": "文二西路2号", "note": "在建"}],
        merges=("A1:I1", "A2:I2"),
    ),
    Example(
        "设施多列.csv",
        [words("序号 驿站名称 区 冰箱 微波炉 饮水机 充电插座 急救包 WiFi 管理单位 面积（㎡）"),
         ("1", "甲驿站", "西湖区", "1", "1", "1", "有", "有", "√", "某公司", "30"),
         ("2", "乙驿站", "西湖区", "0", "1", "/", "无", "—", "×", "某公司", "25")],
        [{"name": "甲驿站", "district": "西湖区",
          "facilities": "fridge;microwave;drinking_water;charging;first_aid;wifi"},
         {"name": "乙驿站", "district": "西湖区", "facilities": "microwave"}],
        encoding="utf-8-sig",
    ),
)  # fmt: skip

#: How unions write that a station is closed or has moved: heading, words, and what must come of it.
CLOSINGS = (
    ("营业状态", "已停用", "closed"),
    ("状态", "2026年8月撤销", "closed"),
    ("变更情况", "因房屋拆除，自2026年8月1日起停止运营", "closed"),
    ("备注", "该站已关闭", "closed"),
    ("说明", "于2026年9月30日撤销，不再对外开放", "closed"),
    ("是否停用", "是", "closed"),
    ("运营情况", "因装修暂停开放至2027年3月1日", "suspended"),
    ("状态", "临时关闭", "suspended"),
    ("变动情况", "搬迁至文一路88号", "moved"),
    ("变更类型", "迁址", "unknown"),
    ("撤销时间", "2026-08-01", "closed"),
    ("暂停至", "2027-03-01", "suspended"),
)
