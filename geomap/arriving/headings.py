"""What a heading means: as words.toml has it, else by its parts, else nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from geomap.model.vocabulary import Vocabulary
from geomap.places.datum import Datum
from geomap.sheets.reading import plain_heading

#: What names the app or device a coordinate is from (half-width, lower case, no spaces).
_APPS = {
    Datum.BD09: "百度(?:地图)?|bd-?_?09(?:ll)?|baidu",
    Datum.GCJ02: "高德(?:地图)?|amap|gcj-?_?02|火星|腾讯(?:地图)?|微信|tencent",
    Datum.WGS84: "天地图|gps|wgs-?_?84|cgcs-?_?2000|大地2000|手机(?:定位)?",
}
_BRACKETS = re.compile(r"[(\[【〔<{].*?[)\]】〕>}]")
_MARKS = re.compile(r"^\d+[.、)]|[*:：_\-—“”\"]")
_PARTS = re.compile(r"[/,、;和与及|+]")
#: What stands before a heading's own word, and behind it, and says nothing of it.
_SCRIPTS = re.compile(r"[a-z][a-z.\-/&']*|[^a-z]+")
_BEFORE = re.compile(
    r"^(?:户外劳动者|劳动者|职工|工会|服务站点|服务站|服务点|站点|驿站|阵地|网点|所在地?|所属|归属|具体|详细|"
    r"日常|登记的?|每日|每天|其他|其它|数据|坐落|门牌|对外|主要|现有|配套|配备|是否有|是否配备|有无|有没有|是否|填写|我站|"
    r"目前|当前|现在|最新|实际)"
)
_BEHIND = re.compile(r"(?:情况|信息|名称|清单|范围|一栏|必填|选填|数量|台数|\?)$")
#: A column about somebody else: 建设单位名称 is not the station's name.
_OTHERS = re.compile(
    r"单位|所属工会|工会名称|负责|联系人|管理员|主管|站长|经办|产权|上级|填报|填表|上报|更新(?!内容|情况|事项|说明|详情)|登记(?!的?(?:地[址点]|位置|站?名|驿站|开放|服务|营业|电话))|序号"
)
#: Headings that a rule reads, in their order: what they look like, what they mean; "" is nothing.
_WHICH = r"(?:是否|可否|能否|可以|照常|正常)"
_TURN = "(?:变更|变动|搬迁|迁移|更名|改名|调整|改动)"
_RULES = tuple((re.compile(pattern), column) for pattern, column in (
    (r"(?:夏|冬|春|秋|旺季|淡季|工作日|周末|双休|节假日|平日|周[一二三四五六日]|[寒暑]假)"
     r"[^是否]{0,8}(?:时间段?|时段|时令?)", "opening_hours"),
    (rf"(?:周末|双休|周六)[^时]*{_WHICH}|{_WHICH}(?:周末|双休)", "weekend_open"),
    (rf"(?<!春)节假?日[^时]*{_WHICH}|{_WHICH}(?:法定)?节假日", "holiday_open"),
    (rf"(?:春节|夜|午|假期|寒暑|冬|夏|雨|汛)[^时]*{_WHICH}|{_WHICH}.*(?:夜|午休|假期)", ""),
    (rf"{_WHICH}[^时]{{0,4}}(?:全天|24小?时|二十四小时)", "all_day"),
    (r"24小?时.*(?:热线|电话)", ""),
    (r"(?:驿站|站点|服务[站点]|休息[站点室]|之家)(?:的)?(?:叫什么|名字|站名)", "name"),
    (r"(?:是否|可否|能否).*(?:对外|社会|市民|公众|群众)"
     r"|(?:社会|市民|公众|群众)[^数]*(?:是否|可否|能否)", "is_public"),
    (r"(?:是否|能否|可否)(?:仍|还|已|在|正常|照常|继续|可以)*"
     r"(?:开放|运营|运行|营业|使用|启用|开门)", "is_operating"),
    (r"(?:是否|有无)(?:已经?)?(?:注销|撤销|停用|关闭|停运|拆除|废止|取消|关停|停止)", "is_closed"),
    (r"(?:停用|停运|关闭|撤销|注销|销号|关停|闭站|暂停|拆除)的?原因$", "change"),
    (r"(?:停用|停运|关闭|撤销|注销|销号|关停|撤并|拆除|更名|迁址|搬迁|暂停)(?:时间|日期)$",
     "change_on"),
    (r"^(?:是否)?(?:24小?时|全天|昼夜|通宵|夜间不关)(?:开放|营业|服务|运营)?$", "all_day"),
    (r"几点(?:到|至|-)几点|几点开", "opening_hours"),
    *((rf"^(?:{when})的?(?:所在|开放|服务|营业|对外)*(?:{what})$", f"{age}_{column}")
      for age, when in (("old", f"原|旧|老|曾用|迁出|{_TURN}前"), ("new", f"新|现|迁入|{_TURN}后"))
      for column, what in (("name", "站|驿站|站点|站名|名|名称"), ("address", "地址|址|地点|位置"),
                           ("hours", "时间|时段"))),
    (r"(?:变更|变动|调整|改动|变化)前|^原(?:内容|情况|信息)$", "before"),
    (r"变(?:成|为)|改(?:成|为)|(?:变更|变动|调整|改动|变化)后|^[新现](?:内容|情况|信息)$", "after"),
    (r"(?:恢复|重开|复开|再开|重新开[放门])(?:开放|运营|服务|营业)?的?(?:时间|日期|日)$", "until"),
    (r"怎么(?:变|改|了)|^(?:变化|变动|变更|调整|异动)(?:种类|类[型别]|情况|内容|事项|方式|结果)?$",
     "change"),
    (r"(?:建成|建立|建站|建设完成|启用|投用|投入使用|投运|启动|挂牌|揭牌|授牌|开张|开业|成立|设立)(?:投用)?"
     r"(?:的?(?:时间|日期|年月日?|年份|日|年))?$|^since$|^opened", "opened_on"),
    (r"(?:核实|核查|核验|复核|巡查|走访|回访|普查|确认|查看|checked|verified)"
     r"(?:的?(?:时间|日期|年月|日))?$", "verified_on"),
    (r"(?:及|和|与|、|/|\+|,)(?:联系)?(?:电话|手机|热线)(?:号码)?$", "phone"),
    (r"^(?:所在|所属|归属|属地|隶属|辖区)?(?=[^街镇乡办]*[街镇乡办])"
     r"(?:区(?!县)|镇|乡|街道?|街办|办事处|道办|园区|片区|[、/及或和()]|名称)+$", "township"),
))  # fmt: skip
#: Words of [headings] that are too general to be the end of a longer heading.
_GENERAL = frozenset((
    "时间", "时段", "类型", "编号", "编码", "全称", "说明", "功能", "对象", "来源", "依据", "设备",
    "性质", "类别", "地点", "站点", "驿站", "服务站", "服务点", "情况", "变更", "变动", "事项",
    "对外", "定位", "状态", "设施",
))  # fmt: skip
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """The column a heading leads to, a datum or a facility that it names, and how sure that is.

    ``exact``: the heading is written so in words.toml; ``by_cells``: it says nothing of the kind.
    """

    column: str = ""
    datum: str = ""
    facility: str = ""
    exact: bool = False
    by_cells: bool = False

    def __bool__(self) -> bool:
        return bool(self.column)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.column, self.datum, self.facility)))


def find_datum(text: str) -> str:
    """Return the datum of the one app or device that a text names; empty for none or several."""
    plain = plain_heading(text)
    found = [datum for datum, words in _APPS.items() if re.search(words, plain)]
    return found[0].value if len(found) == 1 else ""


def is_of_others(heading: str) -> bool:
    """Whether a column is about somebody else: a firm, a person, the office that reports."""
    return bool(_OTHERS.search(plain_heading(heading)))


class Headings:
    """The headings of words.toml, and the rules that lead longer ones back to them."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words

    @cached_property
    def _known(self) -> dict[str, str]:
        both = (*self.words.headings.items(), *self.words.sheet_headings.items())
        return {plain_heading(word): column for word, column in both}

    @cached_property
    def _facilities(self) -> dict[str, str]:
        return {plain_heading(word): key for word, key in self.words.facilities.items()}

    @cached_property
    def _endings(self) -> list[str]:
        words = [word for word in self._known if len(word) >= _LEAST and word not in _GENERAL]
        return sorted((word for word in words if not word.isascii()), key=len, reverse=True)

    def find_exact(self, text: str) -> str | None:
        """Return the column of a heading that is written so in words.toml; None of any other."""
        return self._known.get(plain_heading(text))

    def read(self, heading: str) -> Meaning:
        """Return what a heading means; an empty meaning where nobody can say."""
        plain = plain_heading(heading)
        if plain in self._known:
            return Meaning(self._known[plain], exact=True)
        for pattern, column in _RULES:
            if pattern.search(plain):
                return Meaning(column)
        datum = find_datum(plain)
        named = self._by_parts(re.sub("|".join(_APPS.values()), "", plain) if datum else plain)
        if datum and named.column in ("coordinate", "lon", "lat"):
            return replace(named, datum=datum)
        if datum and re.search("地图|定位|[取选标拾][取]?点|位置|点位", plain):
            return Meaning(datum=datum)  # its cells say whether it is a coordinate
        return self._by_parts(plain) or self._in_brackets(plain) or self._in_one_script(plain)

    def _in_brackets(self, plain: str) -> Meaning:
        """Return the facility in brackets behind a question for facilities: 有哪些设施?(饮水机)."""
        *_, inside = ("", *(each[1:-1] for each in _BRACKETS.findall(plain)))
        asked = re.search("设施|设备|配备|配有|功能|服务|有什么|有哪些", _BRACKETS.sub("", plain))
        named = self._by_parts(inside) if inside and asked else Meaning()
        other = asked and re.match("其[他它]", inside)
        return named if named.facility else Meaning("facilities") if other else Meaning()

    def _in_one_script(self, plain: str) -> Meaning:
        """Return what the Latin or the Chinese half of a heading in two languages means."""
        halves = _SCRIPTS.findall(plain)
        if not plain[:1].isascii() or len(halves) < 2:
            return Meaning()
        read = (self.read(half) for half in ("".join(halves[1:]), halves[0]) if half != plain)
        return replace(next((each for each in read if each), Meaning()), exact=False)

    def _by_parts(self, plain: str) -> Meaning:
        outside = re.sub(r"^[a-z]?\d+[.、)]?$", "", _BRACKETS.sub("", plain))
        bare = _MARKS.sub("", outside) or _BRACKETS.sub(lambda hit: hit.group()[1:-1], plain)
        bare = re.sub(r"^[a-z]?\d+[.、)]?", "", bare)
        for degree, other, column in (("经度", "纬", "lon"), ("纬度", "经", "lat")):
            if degree in bare and other not in bare:
                return Meaning(column)
        pair = [self._known.get(part, "") for part in _PARTS.split(bare)]
        if len(pair) > 1 and {*pair} == {"lon", "lat"}:
            return Meaning("coordinate")
        if _OTHERS.search(plain):
            return Meaning()
        bare = _PARTS.sub("", bare)
        for form in self._forms(bare):
            if form in self._known:
                return Meaning(self._known[form])
            if form in self._facilities:
                return Meaning("facility", facility=self._facilities[form])
        ending = next((word for word in self._endings if bare.endswith(word)), "")
        if ending:
            return Meaning(self._known[ending])
        inside = [word for word in self._facilities if len(word) >= _LEAST and word in bare]
        key = self._facilities[max(inside, key=len)] if inside else ""
        return Meaning("facility", facility=key) if key else Meaning()

    @staticmethod
    def _forms(bare: str) -> list[str]:
        """Return a heading, and what is left of it as words that say nothing are taken away."""
        forms = [bare]
        while True:
            shorter = _BEFORE.sub("", forms[-1], count=1)
            if shorter == forms[-1]:
                shorter = _BEHIND.sub("", forms[-1], count=1)
            if shorter == forms[-1] or not shorter:
                return forms
            forms.append(shorter)
