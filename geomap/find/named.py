"""Heads that carry a name of their own in running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from geomap.find import phrases
from geomap.find.drafts import Draft, Group, compose, is_plural, tidy_name
from geomap.find.elements import IS_DIVISION
from geomap.find.head import Head
from geomap.find.layout import Layout
from geomap.find.lexicon import AND, Lexicon
from geomap.find.sharing import FIGURE

_CATEGORY = re.compile(
    r"^\d+号?$|^[\u4e00-\u9fff]{0,8}(?:经开区|高新区|开发区|示范区|保税区)(?:总工会|管委会)?$|(?:精神|心灵|灵魂|情感|人生|梦想|思想)$|(?:行业|业|系统|领域|界|类|多少|"
    r"哪些|哪个|什么)$"
)
_WEAK_AHEAD = re.compile(
    r"集“[^“”]*$|(?:各|每|某|像|如同|好比|当作|当成|一样的)$|(?:成为|化身|好比|如同|像)[^,。;]{0,8}$"
)
#: 临安区总工会爱心驿家35家 are many.
_COUNTED = re.compile(
    r"[”)]?(?:现有|已有|共有?|已|达到?|累计|建成|有|总数)*\d+余?(?:个|家|处|座|所)"
)
#: 桃浦镇“骑士之家”即将于9月投用.
_TO_OPEN = re.compile(
    r"[”]?[^,。]{0,3}(?:即将|将于|将在|预计|计划)[^,。]{0,20}(?:投用|启用|开放|建成|揭牌|运营|投入)"
)
#: “老渤海司机之家”哪去了: a name of former days.
_FORMER = re.compile(
    r"”?(?:哪[儿里]?去了|(?:早?已|去年|今年|如今)?(?:改了?名|更名|换了?[招名]牌|改叫))"
)
#: “最美歇脚点”若干, 服务站点成果, 驿站建设: a sort of places, or a work.
_SORT_USE = re.compile(
    r"[”]?的?(?:当成|当作|作为|列为|列入|纳入|若干|不少于|不低于|不超过|成果|建设|评选|创建|称号|标准|品牌|体系|网络|规范|制度|作用|功能|(?:已经?|全面|实现)*(?:全?覆盖|遍布|遍地))"
)
#: 某山户外驿站信息表: a list's title; 检测站“司机之家”建设经验: what others learn from.
_LIST_TITLE = re.compile(
    r"[”]?的?(?:建设|运营|管理)?(?:经验|模式|做法)|[”]?(?:信息|一览|统计|汇总|登记)表|[”]?(?:名录|分布图|一览$)"
)
#: 大家叫它“贴心驿站”“称心驿站”: praise, told in a row.
_PRAISED = re.compile(r"(?:叫|称|喊|誉为|成为|变成|当成)[^,。;“”]{0,5}(?:“[^“”]{2,8}”[、和]?)*$")
_NEXT_PRAISE = re.compile(r"”?[、和]?“[^“”]{2,8}”")
#: 回复“纳凉”可查某某纳凉点地址: what a page offers to look up.
_LOOKED_UP = re.compile(r"(?:可[查搜]|查询|查看|查阅|获取|领取)[^。!?\n]*$")
_LISTING = re.compile(r"[^。!?\n()]{0,24}?(?:地址|名单|时间|分布|位置|电话|地图|清单)")
_PLACE_USE = re.compile(
    r"[”)]?(?:也|都|均|已经?|刚刚?)*(?:里|内|中|位于|坐落|揭牌|启用|投用|建成|正式|自动|灯火|门口|地址|设在|,"
    r"位于|开门|迎来|负责人|管理员|由|是|为|有|被|同|配|给|开在|开张|开业|试营业|亮相|"
    r"和|与|及|值班|休息|歇脚|门前|旁|开站|的[^,。;]{0,4}(?:标识|招牌|牌子|字样)|外面|说|举办|推出|组织|办起|热饭|喝水|纳凉|避暑|取暖|于|面积|占地|每天|全天|日前|近日|也|[((,。、;:\n]|$)"
)
#: Said before a name of one's own; what is named more often is a sort of place (times).
_CALLED = re.compile(
    r"(?:叫作?|叫做|名为|取名|名叫|起名|命名为?|称为|写着?|挂着|认|的|之|工会|那[个间家处])[“]?$"
)
_OFTEN, _LEAST = 3, 3
#: The union of a district or a larger division, and what tells where its one station is.
_WHOLE_UNION = re.compile(r"[\u4e00-\u9fff]{0,12}[省市州区县旗]总工会的?")
_SITED = re.compile(r"[”]?,?(?:就|分别)?(?:\(|位于|设[在于]|坐落|建在|地址)")
_SITED_IN = re.compile(r"(?:位于|设[在于]|坐落[在于]|建在)$")
#: 在39个邮政网点设置(惠工邮路驿站), within so many characters.
_IN_EACH = re.compile(
    r"\d余?[个家处座][^,。;:!?、]{2,14}(?:设[立置]?|[创新]?建[立成设]?|打造|开设|挂牌)[了起]?$"
)
_NEAR = 30
#: “警保驿站”“健康驿站”等特色驿站.
_OF_SORTS = re.compile(
    r"(?:”?、?“[^“”]{2,10}”?)*”?等[^,。;]{0,6}(?:特色|主题|品牌|系列|各[具类]|不同|类型)"
)
#: 建设溪蜂驿站, 打造温情驿站: a sort that is being made, where no place is said.
_WORKS_ON = ("建设", "打造", "推进", "创建", "叫响", "擦亮")


def find_named(layout: Layout, heads: list[Head], lexicon: Lexicon) -> list[Draft]:
    """Heads that carry a name of their own."""
    drafts = list(_called(layout, heads, lexicon))
    sorts = {
        head.specific + head.words
        for head in heads
        if head.number and (head.quoted or not lexicon.is_place(head.specific))
    }
    brands = {head.specific + head.words for head in heads if _is_brand(layout.text, head, lexicon)}
    for head in heads:
        if not head.specific or head.number or _says_nothing(head.specific, lexicon):
            continue
        alone = layout.text[head.name_start : head.start].strip("“") == head.specific
        branded = alone and head.specific + head.words in brands
        if branded and not _SITED.match(layout.text, head.end):
            continue
        if _LIST_TITLE.match(layout.text, head.end):
            continue
        if _FORMER.match(layout.text, head.end) or _is_counted_sort(layout, head, sorts):
            continue
        if _is_of_all(layout.text, head) or _is_address(layout, head, heads):
            continue
        if not _is_name(layout, head, lexicon) or _COUNTED.match(layout.text, head.end):
            continue
        text = layout.text[head.name_start : head.end]
        name = _full_name(text, head)
        draft = Draft(name, head.kind, head.name_start, head.end, "named", head.specific)
        if _TO_OPEN.match(layout.text, head.end):
            draft.status = "planned"
        drafts.append(draft)
    _group_enumerations(layout, drafts)
    return drafts


def _group_enumerations(layout: Layout, drafts: list[Draft]) -> None:
    """A、B和C驿站: what their sentence says is said of all."""
    for number, (one, other) in enumerate(pairwise(drafts)):
        between = layout.text[one.end : other.start] or layout.text[other.start]
        if re.fullmatch(r"[、和与及以]{1,3}", between):
            one.group = one.group or Group("named", number)
            other.group = one.group


def _called(layout: Layout, heads: Sequence[Head], lexicon: Lexicon) -> Iterator[Draft]:
    """Places with a name of their own in quotes: 取名“凉亭驿”, 桥南堍的“桥洞小憩”."""
    uses = Counter(head.words for head in heads)
    others = {head.words for head in heads if head.specific or head.number}
    for head in heads:
        own = head.quoted and not head.specific and not lexicon.bare.fullmatch(head.words)
        if not own or head.words in others or head.end <= layout.title_end:
            continue
        before = layout.text[max(head.name_start - 24, 0) : head.start]
        if uses[head.words] > _OFTEN or not _CALLED.search(before) or len(head.words) < _LEAST:
            continue
        address = head.host if lexicon.is_place(head.host) else ""
        name = head.words
        yield Draft(name, head.kind, head.start, head.end, "named", name, address=address)


def _says_nothing(specific: str, lexicon: Lexicon) -> bool:
    return (
        lexicon.is_generic(specific.removesuffix("+"))
        or is_plural(specific)
        or _CATEGORY.search(specific) is not None
    )


def _full_name(text: str, head: Head) -> str:
    before = text[: head.start - head.name_start]
    if f"的“{head.specific}”" in before:
        return tidy_name(text[text.index("的“") + 1 :])
    if "的" in before.rstrip("的“"):
        return compose(head.specific, tidy_name(text[head.start - head.name_start :]))
    return tidy_name(re.sub(rf"^(?:{AND}|与|及|以及|或|的)+", "", text))


def _is_brand(text: str, head: Head, lexicon: Lexicon) -> bool:
    """Whether a name without a place is once told as a sort: 叫响“泉心驿站”品牌, 等特色驿站."""
    if not head.specific or lexicon.is_place(head.specific.strip("“”")):
        return False
    ahead = text[max(head.name_start - 8, 0) : head.name_start].rstrip("“")
    kinds = _SORT_USE.match(text, head.end) or _OF_SORTS.match(text, head.end)
    return kinds is not None or ahead.endswith(_WORKS_ON)


def _is_of_all(text: str, head: Head) -> bool:
    """Whether it is any of a whole district's union (区总工会“爱心驿家”), and nowhere.

    One told among others (区总工会爱心驿家、玲珑街道爱心驿家) stands at the union's house.
    """
    whole = head.kind == "station" and _WHOLE_UNION.fullmatch(head.specific)
    among = "、" in text[head.name_start - 1 : head.name_start] + text[head.end : head.end + 1]
    return bool(whole) and not among and not _SITED.match(text, head.end)


def _is_address(layout: Layout, head: Head, heads: Sequence[Head]) -> bool:
    """Whether a centre is where a station is: 职工之家站位于经开区职工服务中心."""
    start, _ = layout.sentence_at(head.start)
    sited = head.kind == "service_center" and _SITED_IN.search(layout.text, start, head.name_start)
    return bool(sited) and any(start <= other.start < head.name_start for other in heads)


def _is_name(layout: Layout, head: Head, lexicon: Lexicon) -> bool:
    """Whether the words before a head name one place, rather than describe a sort of station."""
    text = layout.text
    specific = head.specific
    if _WEAK_AHEAD.search(text[max(0, head.name_start - 12) : head.name_start]):
        return False
    if "、" in specific or len(specific) > 34 or _is_a_use(layout, head):
        return False
    if head.words.endswith((specific + "站点", specific + "分站")):
        return True
    if lexicon.is_place(specific.rstrip("”")) or {"“", "”"} & set(specific):
        return True
    if FIGURE.search(text, layout.sentence_at(head.start)[0], head.name_start):
        return False
    if _SORT_USE.match(text, head.end) or _is_praise(text, head) or _is_looked_up(layout, head):
        return False
    if head.end <= layout.title_end and head.start < layout.lines[0].end:
        return False
    if not head.quoted and text.endswith(_WORKS_ON, 0, head.name_start):
        return False
    return 2 <= len(specific) <= 14 and (
        head.quoted or _PLACE_USE.match(text, head.end) is not None
    )


def _is_praise(text: str, head: Head) -> bool:
    """Whether a quoted name is one of several that people give to all stations."""
    before = text[max(0, head.name_start - 40) : head.name_start].removesuffix("“")
    row = before.endswith(("”", "”、", "”和")) or _NEXT_PRAISE.match(text, head.end)
    return head.quoted and bool(row) and _PRAISED.search(before) is not None


def _is_a_use(layout: Layout, head: Head) -> bool:
    """Whether it stands in a list of what one house is used as: 将A、B驿站、C等功能融为一体."""
    text, end = layout.text, layout.sentence_at(head.start)[1]
    among = "、" in text[head.name_start - 1 : head.name_start] + text[head.end : head.end + 1]
    return among and phrases.AS_ONE.search(text, head.end, end) is not None


def _is_looked_up(layout: Layout, head: Head) -> bool:
    text, start = layout.text, layout.sentence_at(head.start)[0]
    ahead = _LOOKED_UP.search(text[start : head.start])
    return ahead is not None and _LISTING.match(text, head.end) is not None


def _is_counted_sort(layout: Layout, head: Head, sorts: set[str]) -> bool:
    """江北区小蜂驿站 where there are 200处“小蜂驿站”: the brand of many, behind a division."""
    ahead = layout.text[max(head.name_start - _NEAR, 0) : head.name_start]
    if _IN_EACH.search(ahead):
        return True
    division = layout.text[head.name_start : head.start].removesuffix(head.specific)
    if head.words in sorts:
        return IS_DIVISION.match(head.specific) is not None
    return head.specific + head.words in sorts and division.endswith(("区", "县", "市"))
