"""The names a division goes by: full, short (海淀, 恩施), and which of them are ordinary words."""

from __future__ import annotations

import re

PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|"
    "俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_AUTONOMOUS = re.compile(
    rf"(?:(?:{PEOPLES})族|蒙古|维吾尔|哈萨克|柯尔克孜|锡伯|塔吉克)+自治[区州县旗]$"
)
_NATIONAL_TOWNSHIP = re.compile(rf"(?:(?:{PEOPLES})族)+(?:民族)?[乡镇]$")
_SUFFIXES = {
    "province": ("特别行政区", "自治区", "省", "市"),
    "city": ("自治州", "地区", "林区", "市", "盟"),
    "district": (
        "行政委员会", "自治县", "自治旗", "联合旗", "新区", "林区", "特区", "区", "县", "市", "旗",
    ),
    "township": ("街道", "民族乡", "苏木", "镇", "乡"),
}  # fmt: skip
#: Names that have no short form: 井陉矿区, 榕城区, 科尔沁左翼中旗 (盐城市 and 蒙城县 have one).
_NO_SHORT = re.compile(r"[矿郊城]区$|[前后中左右].$|翼.$")
_GENERIC = """
城区 郊区 矿区 东区 西区 南区 北区 中区 市区 新区 市郊区 新城区 城中区 市中区 城关区 站前区
镇区 中心镇 城关镇
"""
#: Full names that are ordinary words; they count only beside a division they lie in.
ORDINARY_FULL = frozenset(_GENERIC.split())
_WORDS = """
和平 新华 城关 朝阳 向阳 东方 高新 新城 市中 城中 城东 城西 城南 城北 河东 河西 江北 江南 海港 中原
解放 建设 胜利 安定 大通 通道 中山 新民 新建 新兴 新市 光明 红旗 红星 友好 友谊 大方 前进 先锋 太平
互助 团结 合作 共和 方正 平安 安康 安宁 安居 吉利 永定 永安 永康 站前 工农 东风 青山 龙门 天门 天长
长寿 长青 延长 石门 阳光 蓝天 富裕 富民 惠民 海门 江口 湖口 河口 林口 洞口 温泉 三元 二道 千山 万全
万年 双桥 桥东 桥西 铁东 铁西 铁山 鼓楼 钟楼 南山 北关 西山 东山 集美 盐池 盐田 花山 花溪 泉山 水城
上街 会同 修水 武功 博爱 民和 民权 乐业 高明 高要 嘉善 兴业 兴国 兴隆 富平 新平 新和 新安 开平 开化
文成 文安 正定 道外 道里 大足 大余 城固 平房 门头 清河 龙潭 滨海 滨江 江城 江岸 湾里 海安 白云 白塔
资源 公安 宏伟 振兴 平和 和政 大堂 仁和 永丰
商城 南城 石城 凤城 宜城 海城 方城 武城 连城 通城 柳城
"""
#: Short names that are ordinary words too (a city or county of this name exists): no proof alone.
ORDINARY_SHORT = frozenset(_WORDS.split())
#: A township's short name that reads like a street or an estate is none without its 街道.
STREET_LIKE = re.compile(r"[路街道园区场里弄]$")
#: What follows when a short name is only part of another name: 西安社区, 天津大学, 上海路.
CONTINUES = re.compile(
    r"(?:[东西南北中上下前后]?(?:路|大?街(?!道)|大道|道(?![路德教士理具])|巷|胡同|里|弄)|社区|新村|村|小区|花园|家园|苑|广场|大厦|大学|学院|"
    r"师范|银行|饭店|宾馆|酒店|大桥|桥|门|站|机场|港|湖|山|河|江|公园|商场|医院|中学|小学|牌|菜|话|人|老?镇)"
)


#: Counties younger than every boundary source (岑岭县, 和康县, 和安县, 草湖市: 2024 to 2026), and
#: the prefecture among whose polygons their land still is.
UNDRAWN = {"653132": "653100", "653228": "653200", "653229": "653200", "659013": "653100"}


#: Digits of a code that name its province, city, district and township.
LEVEL_DIGITS = (2, 4, 6, 9)


def short_name(name: str, level: str) -> str:
    """The short form of a division's full name, or empty where it has none.

    ``恩施土家族苗族自治州`` is 恩施, ``浦东新区`` 浦东, ``酒仙桥街道`` 酒仙桥; ``威县``, ``城区``
    and ``井陉矿区`` have none.
    """
    if "自治" in name or "族" in name:
        pattern = _NATIONAL_TOWNSHIP if level == "township" else _AUTONOMOUS
        stem = pattern.sub("", name)
        if stem != name and len(stem) >= 2:
            return stem
    for suffix in _SUFFIXES[level]:
        if name.endswith(suffix) and len(name) > len(suffix):
            stem = name.removesuffix(suffix)
            return stem if len(stem) >= 2 and not _NO_SHORT.search(name) else ""
    return ""


def is_ordinary(word: str) -> bool:
    """Whether a name is an ordinary word as well, so that it proves nothing by itself."""
    return word in ORDINARY_FULL or word in ORDINARY_SHORT


def trunk(code: str) -> str:
    """The digits of a division's code that its children share: 330100 → 3301, 110000 → 11."""
    if len(code) == 6 and code.endswith("0000"):
        return code[:2]
    return code[:4] if len(code) == 6 and code.endswith("00") else code


def parts(code: str) -> set[str]:
    """The codes of a division and of those it lies in, as trunks: 330106 → 33, 3301, 330106."""
    own = trunk(code)
    return {own[:n] for n in LEVEL_DIGITS if len(own) >= n}


def lies_in(inner: str, outer: str) -> bool:
    """Whether the division of code ``inner`` lies in (or is) that of code ``outer``."""
    return inner.startswith(trunk(outer))
