"""Places that running text composes: "在A、B等地设立驿站", "A门口多了间驿站", "把A改成驿站"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geomap.find.drafts import Draft, compose, place_words, tidy_name
from geomap.find.heads import Head
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.tables import STATION_KINDS

_IN = r"(?:分别)?(?:位于|设在|设于|建在|建于|开在|落户|分布(?:在|于)|坐落(?:在|于)|选址(?:在|于|:)?|布局在|安在|藏在|就在|在)"
_MADE = (
    r"(?:设立|设置|设有|设|建成|建有|建起|建设|建立|打造|开设|布设|布局|增设|新增|新建|推出|启用|投用|开放|落成|布点|"
    r"挂牌|揭牌|开办|配置|安排|有|多了|迎来|出现|冒出|添了|开了|办起|辟出|建了|设了|装修)"
)
_WHERE = r"(?:[一二三四五六七八九十\d]+[楼层]|门口|大门口|旁边?|边上|对面|附近|周边|里面?|内|院内|楼下|一楼|广场上|桥下|一层|二楼|一侧|入口处?|出口处?|路边)"
_COUNT = r"(?:[\d一二两三四五六七八九十几多]+余?(?:个|家|座|间|处|所)|第\d+个|首[个家座])?"
#: The list stands before the head: 在A、B等地设立(爱心驿家).
_LIST_BEFORE = re.compile(
    rf"{_IN}(?P<list>[^,。;:!?]{{3,80}}?)(?:等地|等处|等)?,?(?:先后|陆续|都|均|也|还|已|新|共|各|分别|各自)*{_MADE}[^,。;、]{{0,16}}$"
)
#: The list stands behind it: (驿站)分别位于A、B、C.
_LIST_AFTER = re.compile(
    rf"[^。;!?]{{0,24}}?(?:分别|主要|具体|,|均|都|就|则)?{_IN}(?P<list>[^,。;:!?]{{2,100}})"
)
_COLON_AFTER = re.compile(r"[^。;!?:\n]{0,24}:(?P<list>[^:。;!?\n]{4,200})")
_NAMED_AFTER = re.compile(
    r"[^。;!?:\n]{0,16}?,(?:其中|包括|分别是|分别为|即)(?P<list>[^,:。;!?\n]{4,120})"
)
#: A、B各有一家(驿站).
_EACH_HAS = re.compile(
    rf"(?:^|[,。;:!?]|同在[^,。]{{2,8}}的)(?P<list>[^,。;:!?]{{2,60}}、[^,。;:!?]{{2,30}}?)(?:各|都|均|分别)(?:{_MADE})(?:了|起)?一?{_COUNT}[^,。;、]{{0,6}}$"
)
#: A、B四座车站增设(驿站): the places are the subject.
_SUBJECTS = re.compile(
    rf"(?:^|[,。;:!?])(?P<list>[^,。;:!?]{{2,30}}(?:、[^,。;:!?、]{{2,30}}){{1,12}}?)(?:等地?|等处)?(?:都|均|也|分别|陆续|先后|新)*"
    rf"(?:增设|设立|设置|设有|建有|建成|建起|开设|挂牌|启用|投用|打造)(?:了|起)?[^,。;、]{{0,12}}$"
)
#: 对A、B进行了(职工之家)验收.
_INSPECTED = re.compile(
    r"(?:对|到|走进|走访|察看|实地查看)(?:了)?(?P<list>[^,。;:!?]{4,60}?)(?:等地|等)?(?:进行|开展|的)[了过]?$"
)
#: 把A改造成(驿站), A改建为(驿站).
_CONVERTED = re.compile(
    r"(?:(?P<host>[^,。;:!?]{2,16}?)(?:将|把)|(?:将|把))?(?P<place>[^,。;:!?]{2,30}?)(?:也|都|均)?(?:改造|改建|升级|变身?|改|打造|变|建设)(?:成了?|为)[^,。;、]{0,12}$"
)
#: A门口多了一间(驿站), A也将迎来一个(驿站).
_EXISTS = re.compile(
    rf"(?P<place>[^,。;:!?“”]{{2,30}}?)(?P<where>{_WHERE})?,?(?:最近|近日|日前|新近|新|刚刚|就|也|又|还|即?将|已|专门|特意|单独|本月)*(?:{_MADE})了?(?:一?{_COUNT})[^。;!?]{{0,36}}$"
)
_BARE = re.compile(
    rf"(?:^|[,。;:!?])(?P<place>[^,。;:!?“”]{{2,24}}?)(?P<where>{_WHERE})?(?:也|还|又|就)有?(?:了)?[一1](?:个|家|座|间|处)(?=[,。;])"
)
_OTHER = re.compile(
    rf"(?:另|第二|第三|还有)(?:一|外一)?(?:个|家|座|处|间)(?:则|就)?{_IN}(?P<list>[^,。;:!?]{{3,40}})"
)
#: 杜化路与东风街十字: where two roads meet is one place.
_CROSSING = re.compile(r"[路街道巷][与和][^,。、]{2,8}[路街道巷](?:交叉|交汇|十字|路口|交口|口)")
_PLANNED = re.compile(
    r"(?:即将|将在|将于|也将|将|计划|拟|预计|筹备|筹建|在建|规划|年底前|下一步|明年)"
)
_DONE = re.compile(r"将[^,。;]{2,24}(?:改造|改建|升级|打造|变)(?:成|为)")
#: A、B两对服务区共4处(司机之家): the enumeration stands right before the counted head.
_COUNTED_LIST = re.compile(
    rf"(?:^|[,。;:!?])(?P<list>[^,。;:!?]{{2,60}}、[^,。;:!?]{{2,30}}?)(?:共|合计|共有|新增|的|各|共计){_COUNT}$"
)
#: 第一批共三个:A、B、C, with the head told before.
_BARE_LIST = re.compile(
    r"(?:共|首批|第一批|分别|现有|已有)[^,。;:!?]{0,10}[\d一二两三四五六七八九十]+(?:个|家|处|座)[^:。,;驿站]{0,8}:(?P<list>[^:。;!?\n]{4,160})"
)
#: 将在A建设第5个站点.
_NTH = re.compile(
    rf"{_IN}(?P<list>[^,。;!?]{{4,40}}?)(?:再)?(?:建设|设立|新建|打造|开设|增设|建成)(?:第\d+|一|[两三四五六七八九])(?:个|家|处|座)(?:新的?)?(?:站点|服务点|点位)"
)
_VISITED = re.compile(
    r"(?:走?进了?|来到了?|推开|走到|到了?)(?P<place>[^,。;:!?、“”]{4,24}?)(?=[,的])"
)
_BUILDER = re.compile(r"(?:局|委|委员会|总工会|政府|街道办|办事处|工会)(?:新|联合|共同|出资)?$")
_INSIDE = re.compile(rf"{_IN}(?P<place>[^,。;:!?]{{4,30}}?)(?:院?内|里|中)?,")
#: Groups of places that one sentence tells are numbered from here; lists from 0.
_FIRST_GROUP = 1000
_FLOOR = re.compile(
    r"^\d+号?$|^(?:大厅一角|一角|[一二三四五]层|[一二三四五]楼|大厅|门口|屋|门头|店|院|站|里|内|这里|现场|旁)+$"
)


@dataclass(frozen=True, slots=True)
class _Context:
    layout: Layout
    lexicon: Lexicon
    heads: list[Head]
    told: list[Draft]


def find_composed(
    layout: Layout, heads: list[Head], lexicon: Lexicon, counted: set[int], named: list[Draft]
) -> list[Draft]:
    """Drafts of the places that the sentences around general heads name.

    ``counted`` are the starts of heads that a number counts: only an enumeration names their places.
    ``named`` are the stations found before: 驿站位于A is then the address of the last of them.
    """
    group = _FIRST_GROUP
    context = _Context(layout, lexicon, heads, [])
    drafts: list[Draft] = []
    for head in heads:
        if head.specific or head.end <= layout.title_end and len(layout.lines) > 3:
            continue
        before = [*named, *drafts]
        context.told[:] = sorted((d for d in before if d.start < head.start), key=lambda d: d.start)
        found = list(_composed(context, head, group))
        if head.start in counted and len(found) < 2:
            continue
        if len(found) == 1:
            found[0].group = -1
        drafts += found
        group += 1
    drafts += _further(context, heads, group)
    return drafts


def _composed(context: _Context, head: Head, group: int) -> Iterator[Draft]:
    """The places of one head: the first rule that finds any wins."""
    text = context.layout.text
    start, end = context.layout.sentence_at(head.start)
    before, after = text[start : head.name_start], text[head.end : end]
    pointed = re.search(r"(?:这|该|此)[间家个座处]?[^,。]{0,4}$", text[start : text.rfind(head.host, start, head.start)] if head.host else "")
    if pointed and context.told:
        context.told[-1].address = context.told[-1].address or tidy_name(head.host)
        return
    if head.host and context.lexicon.is_place(head.host) and not head.number:
        place = _where_built(context, head, text[start : head.start])
        if place and not _FLOOR.match(place):
            yield _draft(context, head, place, head.name_start, "host", group)
            return
    lead = text[start : head.start]
    for pattern, side, base, rule in (
        (_LIST_BEFORE, lead, start, "list-before"),
        (_EACH_HAS, lead, start, "list-before"),
        (_SUBJECTS, lead, start, "list-before"),
        (_COUNTED_LIST, lead, start, "list-before"),
        (_INSPECTED, lead, start, "inspected"),
        (_COLON_AFTER, after, head.end, "colon"),
        (_LIST_AFTER, after, head.end, "list-after"),
        (_NAMED_AFTER, after, head.end, "colon"),
    ):
        found = pattern.search(side) if side is lead else pattern.match(side)
        if found and re.search(r"大多|多数|一般|往往|主要(?:分布|集中)", found.group()):
            continue
        drafts = _elements(context, head, found, base, rule, group) if found else []
        if len(drafts) == 1 and rule == "list-after" and context.told and not head.quoted:
            context.told[-1].address = context.told[-1].address or drafts[0].specific
            return
        if drafts and (pattern in (_LIST_BEFORE, _LIST_AFTER) or len(drafts) > 1):
            yield from drafts
            return
    yield from _single(context, head, lead, start, before, group)


def _where_built(context: _Context, head: Head, lead: str) -> str:
    """Where the host stands; who merely built it (区城管局新建的) is not where it is."""
    if not _BUILDER.search(head.host):
        return place_words(head.host, context.lexicon)
    for found in reversed(list(_INSIDE.finditer(lead))):
        words = _last_place(found["place"], context.lexicon)
        if words and context.lexicon.is_place(words):
            return words
    return ""


def _single(
    context: _Context, head: Head, lead: str, start: int, before: str, group: int
) -> Iterator[Draft]:
    if head.number and not re.search(r"(?:一|1|首)(?:个|家|座|间|处)$", before):
        return
    for pattern, rule in ((_CONVERTED, "converted"), (_EXISTS, "exists")):
        found = pattern.search(lead)
        if not found:
            continue
        if re.search(r"(?:\d+|[两三四五六七八九十几多])(?:辆|个|处|座|间|家|台)", found["place"]):
            continue
        words = _last_place(found["place"], context.lexicon)
        host = place_words(found["host"] or "", context.lexicon) if rule == "converted" else ""
        if host and context.lexicon.is_place(host) and not _names_place(words, context.lexicon):
            words = host
        if not words or _FLOOR.match(words) or not context.lexicon.is_place(words):
            continue
        if rule == "exists" and _BUILDER.search(words) and not found["where"]:
            continue
        draft = _draft(context, head, words, start + _offset(found, "place", words), rule, group)
        if rule == "converted":
            draft.status = "converted"
        yield draft
        return
    yield from _told_before(context, head, lead, start, group)


def _told_before(
    context: _Context, head: Head, lead: str, start: int, group: int
) -> Iterator[Draft]:
    """The place that the sentence named before: 走进A,…就是驿站; 设在A内,有书屋、驿站、茶室."""
    rule, told = "visited", [*_INSIDE.finditer(lead), *_VISITED.finditer(lead)]
    if lead.endswith("、"):
        rule, told = "inside", list(_INSIDE.finditer(lead))
    elif not re.search(r"就是|便是|正是|这是|的", lead[-16:]):
        return
    for found in reversed(told):
        words = _last_place(found["place"], context.lexicon)
        if (
            words
            and len(words) >= 4
            and context.lexicon.is_place(words)
            and not _FLOOR.match(words)
        ):
            yield _draft(context, head, words, start + _offset(found, "place", words), rule, -1)
            return


def _names_place(words: str, lexicon: Lexicon) -> bool:
    """闲置集装箱 is converted, but says nothing about where."""
    return lexicon.is_place(words) and not re.match("闲置|空置|废弃|老旧|旧|原", words)


def _further(context: _Context, heads: list[Head], group: int) -> list[Draft]:
    """Places told without a head, after one was told: 另一个在A, A也有一个."""
    drafts = []
    for found in _BARE_LIST.finditer(context.layout.text):
        theme = _theme(heads, found.start()) or _theme(heads, len(context.layout.text))
        if theme:
            drafts += _elements(context, theme, found, 0, "colon", group)
    for pattern, rule in ((_OTHER, "other"), (_BARE, "bare"), (_NTH, "other")):
        for found in pattern.finditer(context.layout.text):
            name = "list" if rule == "other" else "place"
            words = _last_place(found[name], context.lexicon)
            theme = _theme(heads, found.start())
            if (
                words
                and theme
                and (rule == "bare" or context.lexicon.is_place(words) or len(words) >= 4)
            ):
                drafts.append(_draft(context, theme, words, _offset(found, name, words), rule, -1))
    return drafts


def _theme(heads: list[Head], position: int) -> Head | None:
    before = [head for head in heads if head.end <= position]
    named = [head for head in before if head.kind in STATION_KINDS]
    return named[-1] if named else None


def _elements(
    context: _Context, head: Head, found: re.Match[str], base: int, rule: str, group: int
) -> list[Draft]:
    """The places of an enumeration; the last one's ending serves those that have none."""
    drafts = []
    position = base + found.start("list")
    parts = _split_list(found["list"], context.lexicon)
    words = [_clean_element(part, context.lexicon) for part in parts[::2]]
    ending = _shared_ending(words, context.lexicon)
    offsets = [sum(map(len, parts[:i])) for i in range(0, len(parts), 2)]
    for word, offset in zip(words, offsets, strict=True):
        if not word or _FLOOR.match(word):
            continue
        whole = word.endswith(ending) or (
            context.lexicon.is_place(word) and not (ending and _are_stems([word]))
        )
        full = word if whole else word + ending
        known = context.lexicon.is_place(full)
        if re.search(
            r"\d+(?:个|家|处|座)|大多|[一二两三四五六七八九十]家(?![镇村社街路庄营桥屯湾])|[省市]总工会$",
            full,
        ) or (not known and context.lexicon.facilities(full)):
            continue
        if not known and (rule != "colon" or len(words) < 3):
            continue
        if any(
            h.start < position + offset + len(word) and position + offset < h.end
            for h in context.heads
        ):
            continue
        drafts.append(_draft(context, head, full, position + offset, rule, group, len(word)))
    return drafts


def _split_list(words: str, lexicon: Lexicon) -> list[str]:
    """Elements and separators in turn; 和 parts them only behind a whole place (not in 清和街道)."""
    parts = [""]
    for piece in re.split(r"(、|以及|和|与|及)", words):
        joins = piece in ("和", "与", "及") and lexicon.is_place(parts[-1])
        if piece in ("、", "以及") or joins:
            parts += [piece, ""]
        else:
            parts[-1] += piece
    return parts


def _clean_element(part: str, lexicon: Lexicon) -> str:
    part = re.sub(rf"^{_IN}", "", part.strip())
    part = re.sub(r"(?:两|三|四|五|六|\d+)对(?=服务区)|(?:等|共|一带|沿线|这).*$", "", part)
    part = re.sub(r"(?:建设|设立|设置|建成|打造|落地|落户|投用|启用|亮相|率先|揭牌|挂牌|开张|开业|正式|试运行|试营业|运营|开门|开放).*$", "", part)
    part = re.sub(r"^.*(?:市|区|县|州|旗)的(?=.{2,})", "", part)
    part = re.sub(r"等?[两三四五六七八九十\d]+(?:座|个|家|处)(?:车站|站点|点位|地方|场所|单位|商圈|地点|区域)$", "", part)
    if len(part) > 14:
        return _last_place(part, lexicon)
    part = re.sub(
        r"(服务区|社区|园区|广场|公园|支行|大厦|街道)(?:项目|评|获|入|选).*$", r"\1", part
    )
    return place_words(part, lexicon)


def _shared_ending(words: list[str], lexicon: Lexicon) -> str:
    """服务区 of "辛集、丰乐、休宁服务区"."""
    last = next((word for word in reversed(words) if word), "")
    found = re.search(r"(?:服务区|社区|街道|镇|支行|店|小区|村|车站|公厕)$", last)
    if not found or len(last) <= len(found.group()):
        return ""
    others = [word for word in words if word and word != last]
    bare = [word for word in others if not lexicon.is_place(word)]
    return found.group() if bare or _are_stems(others) else ""


def _are_stems(words: list[str]) -> bool:
    """梅山 and 焦岗湖 before 服务区 are names without their class, though they end like places."""
    return bool(words) and all(
        2 <= len(word) <= 4 and not re.search(r"[区街镇村园场行路]$", word) for word in words
    )


def _last_place(words: str, lexicon: Lexicon) -> str:
    """The words after the last stop, without the quotes and counts around them."""
    begin = 0
    for found in lexicon.stop.finditer(words):
        if not found.group(1) or found.end() >= len(words):
            continue
        if not _CROSSING.search(words, begin) or found.group(1) not in ("和", "与"):
            begin = found.end()
    return place_words(words[begin:], lexicon)


def _offset(found: re.Match[str], group: str, words: str) -> int:
    """Where the words that remained of a group stand."""
    return found.start(group) + max(found[group].rfind(words), 0)


def _draft(
    context: _Context, head: Head, place: str, start: int, rule: str, group: int, length: int = 0
) -> Draft:
    text = context.layout.text
    sentence = context.layout.sentence_at(head.start)
    clause = text[
        max(sentence[0], start - 12) : max(
            head.end if head.start >= start else 0, start + len(place) + 16
        )
    ]
    planned = _PLANNED.search(clause) and not _DONE.search(clause)
    return Draft(
        name=compose(place, head.words),
        kind=head.kind,
        start=start,
        end=start + (length or len(place)),
        rule=rule,
        specific=tidy_name(place),
        group=group,
        status="planned" if planned else "operating",
    )
