"""Names of private persons in a text, by what stands beside them; never parts of a place's name.

A surname alone proves nothing: 白云路, 王府井 and 李宁体育园 begin with one. A name counts where a
role, a form of address, a personal number or a verb of speaking marks it. Work grows with the
length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from geomap.privacy.numbers import MAIL, Private
from geomap.privacy.words import make_words
from geomap.text.script import simplify

NAME = "name"
#: What a text is: a document's sentences, a cell in a person's words, the name or address of a
#: place (only the surest marks count there), the name of a file or whoever says so.
PROSE, WORDS, PLACE, FILE = "prose", "words", "place", "file"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕"
    "丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃"
    "武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒"
    "阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司卓古吉"
    "缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇"
    "桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位"
    "厉伊宣仝区郜海阚花权强帅屠豆朴盖练廉禹井漆巴羊蹇逄滑信支訾扈薄"
)
#: Surnames that are read only where a label or a personal number leaves no doubt.
_RARE = "洪阎狄曲蓬茅贝昝习湛裘"
_COMPOUND = (
    "欧阳|上官|司马|诸葛|皇甫|东方|尉迟|公孙|慕容|令狐|夏侯|端木|司徒"
    "|轩辕|宇文|长孙|南宫|独孤|闻人|呼延"
)
#: After 老 or 小 other surnames make words: 老师, 小时, 小区.
_FAMILIAR = (
    "王李张刘陈杨黄赵吴周徐孙胡朱郭何罗郑梁谢宋唐许韩冯邓曹彭曾董潘袁蔡蒋余杜叶程魏苏吕丁卢姚沈姜崔谭陆"
    "范汪廖邹熊孟秦邱侯尹薛闫陶贺郝龚邵"
)
_HAN = "\u4e00-\u9fa5"
#: A given name's character: any, but words of a sentence and the mark of a masked name.
_GIVEN = f"(?:(?![某说的是了我你他她们这那吗呢吧请找给把被打问叫让号位个])[{_HAN}])"
_NAME = f"(?:(?:{_COMPOUND}){_GIVEN}{{1,2}}|[{_SURNAMES}]{_GIVEN}{{1,2}})"
_SURE_NAME = (
    f"(?:(?:{_COMPOUND}){_GIVEN}{{1,2}}|[{_SURNAMES}{_RARE}]{_GIVEN}{{1,2}}"
    f"|[老小阿][{_FAMILIAR}]|{_GIVEN}{{2,7}}·{_GIVEN}{{2,8}})"
)
#: Surnames that are also everyday words: after a trade (骑手应用) they open no name.
_WORDY = (
    "应全和车项方时成单解关连常明位温万高安包任白金马江边农"
    "文华宁路党海向从于水牛别来上下在可能被把给每"
)
_TRADE = (
    r"(?:骑手|小哥|司机|快递员|环卫工人?|保洁员|外卖员|送餐员|职工|劳动者|居民|志愿者|社工|教师)"
)
_ROLE = (
    r"(?:记者|通讯员|作者|编辑|摄影|主席|书记|主任|经理|站长|店长|管理员|负责人|医生|"
    r"护士|部长|局长|处长|科长|组长|队长|院长|校长|会长|"
    r"秘书长|获得者|大师|发起人|创始人|委员|劳模|工匠|干事|主持人|调研员|董事长|班长|"
    r"律师|咨询师|网格员)"
)
#: Whoever fills in a form writes the name after one of these.
_LABEL = (
    r"(?:联系人|联络人|联系人姓名|姓名|负责人|责任人|管理员|管理人|值班员|值班人员?|值守人?员?|接待人?员?"
    r"|站长|驿长|店长|店主|老板|主任|经理|书记|主席|队长|班长|组长|楼长|网格员|保安|保管员|保洁员|服务员"
    r"|(?:填报|填表|录入|采集|上报|提供|审核|复核|经办|核实|核验|反映|报告|收件|收货|寄件|制表|投诉|巡查"
    r"|举报|证明|申请|登记|监护|担保|承办|具体)人员?|法人代表?|法定代表人|户主|业主|房东|签字|签名|持有人|车主"
    r"|网格长|片长|物业|干部|志愿者|社工|[人员长者辑](?=:)"
    r"|钥匙在|钥匙找|请找|请联系|请致电|联系|咨询|致电|来电|电话|手机|找)"
)
_BETWEEN = r"[ \t\u3000\0:为是叫(/—\-]{1,4}"
_AFTER = (
    r"(?=说|表示|介绍|口中|代表|便是|告诉|坦言|笑|感慨|指出|报道|摄|率|带|一行|出席|参加|"
    r"主持|等|同|与|和|[,、。:;)\]“”()\s]|$)"
)
_ACTS = (
    r"(?:的?(?:电话|手机|微信|联系|号码|身份证|车牌|银行卡)|的(?:家|钥匙)|报道|摄|值班|值守|开门|看门|看管|负责|管理"
    r"|接待|核实|填报|填写|告知|反映|提供|口述|来电|转告|上报|录入|拍摄|供图|证实|确认|登记|整理|采集|本人|说|收)"
)
_END = rf"(?:(?![{_HAN}])|(?={_ACTS}|同志|女士|先生|师傅|老师|拿|取|处|领|借))"
_TITLE = r"(?:师傅|阿姨|大爷|大妈|大姐|大哥|大叔|女士|先生|小姐|奶奶|爷爷|伯伯|老师|同志)"
_OFFICE = (
    r"(?:副?(?:主任|站长|经理|主席|书记|队长|店长|部长|局长|处长|科长|组长|院长|校长|会长|班长"
    r"|所长|园长|驿长|社长)|老板|医生|律师)"
)
_FILE_WORDS = (
    r"(?:的?(?:身份证|简历|户口|证明|申请|登记|名片|照片|合同|工资|体检|病历|驾驶证|行驶证|银行卡|收据|发票"
    r"|请假|情况|个人|事迹|材料|报告|扫描|复印|报名|资料|电话|手机|通讯录))"
)
_INTRODUCED = re.compile(rf"{_ROLE}[ \u3000]?({_NAME}(?:[、 \u3000]{_NAME})*){_AFTER}")
_TRADESMAN = re.compile(
    rf"{_TRADE}[ \u3000]?((?![{_WORDY}]){_NAME}(?:[、 \u3000]{_NAME})*){_AFTER}"
)
_SPEAKING = re.compile(
    rf"(?<![{_HAN}])({_NAME})(?=说[,:。]|表示|坦言|介绍说|告诉记者|笑着|感慨|"
    rf"(?:等|和|、{_NAME})[^,。]{{0,12}}(?:来到|医生))"
)
_CHAIN_ENDS = re.compile(r"等\d*[人名]|等(?:来到|一行)|医生|便是|师傅|老师")
_LINK = rf"[{_SURNAMES}]{_GIVEN}{{1,2}}?(?=[、和]|{_CHAIN_ENDS.pattern})"
_CHAIN = re.compile(rf"(?<=[、和的着”]){_LINK}(?:[、和]{_LINK})*")
#: 货车师傅 are many.
_ADDRESSED = re.compile(
    rf"(?<![货卡汽客机吊班公](?=车))[{_SURNAMES}](?=(?:师傅|阿姨|大爷|大妈|大姐|大哥|大叔|女士|先生|奶奶|爷爷|伯伯)(?![镇村乡路街巷店馆]))"
)
#: What masking leaves of a name, or an author's own discretion: 王某某, 某师傅.
MASKED_NAME = re.compile(rf"[{_SURNAMES}{_RARE}老小阿]某|某(?=某|{_TITLE}|{_OFFICE})|·某")
_LABELLED = re.compile(
    rf"{_LABEL}{_BETWEEN}({_SURE_NAME}(?:[、,/和及与 ]{{1,2}}{_SURE_NAME})*){_END}"
)
_CONTACT = re.compile(
    r"(?:联系人|联络人|负责人|责任人|请找|请联系|找|钥匙在|站长|驿长|店长|店主|老板|队长|班长|组长|楼长"
    rf"|网格员|网格长|管理员|值班员|记者|通讯员|摄影|填报人|经办人|户主|车主|业主)({_SURE_NAME}){_END}"
)
_OFFICER = re.compile(rf"(?:书记|主席|主任|经理|干部|片长|志愿者|社工)({_SURE_NAME}){_END}")
#: Sure where people write to people; 保安农场 and 物业大厦 are places, 物业楼一层 is a floor.
_SERVANT = re.compile(rf"(?:物业|保安|咨询|联系)(?!楼[一二三四五六七八九十])({_SURE_NAME}){_END}")
_TITLED = re.compile(rf"(?<![{_HAN}])({_SURE_NAME})(?={_TITLE}|[ (]{{0,2}}{_OFFICE}{_END})")
_TITLED_PLACE = re.compile(
    rf"(?<![{_HAN}])({_SURE_NAME})(?={_TITLE}{_END}|[ (]{{0,2}}{_OFFICE}{_END})"
)
_SURNAMED = re.compile(rf"(?<![{_HAN}])(?![{_WORDY}])[{_SURNAMES}](?=(?:{_TITLE}|{_OFFICE}){_END})")
_ACTING = re.compile(rf"(?:(?<![{_HAN}])|(?<=[找由请问与和]))({_SURE_NAME}) ?(?={_ACTS})")
#: The few deeds that a place or a body never does.
_LED = re.compile(rf"(?<=[找由与])({_SURE_NAME})(?={_ACTS})")
_DOING = re.compile(rf"(?<![{_HAN}])({_SURE_NAME}) ?(?=供图|值守|值班|摄(?![{_HAN}]))")
_IN_FILE = re.compile(
    rf"(?:(?<![{_HAN}])|(?<=[年月日的于给致]))({_SURE_NAME})(?={_FILE_WORDS}|{_TITLE}|[^{_HAN}]|$)"
)
_NUMBER_WORD = (
    r"(?:的?(?:手机号?码?|联系电话|电话号?码?|微信号?|身份证号?码?|号码|卡号|车牌号?"
    r"|[Tt]el|TEL|QQ))?"
)
_LOOSE = r"[\s\0:,、(/\-—;_]{0,4}"
_BEFORE_NUMBER = re.compile(
    rf"((?:{_SURE_NAME}[、,和 ])*{_SURE_NAME}){_LOOSE}{_NUMBER_WORD}{_LOOSE}[+(]{{0,2}}\Z"
)
_BEFORE_OFFICE = re.compile(rf"(?<![{_HAN}]){_BEFORE_NUMBER.pattern}")
#: An office's own telephone: it stays, whoever answers it does not.
_OFFICE_NUMBER = re.compile(r"(?<!\d)(?:\d{3,4}[- ]?)?\d{7,8}(?!\d)")
_AFTER_NUMBER = re.compile(
    rf"{_LOOSE}[)\]]?{_LOOSE}({_SURE_NAME})(?:(?![{_HAN}])|(?={_TITLE}|{_ACTS}))"
)
#: Characters before and behind a number in which a name may stand.
_NEAR = 32
#: Where none of these stands no name is looked for: in the name or address of a place …
_MARKS_OF_PLACE = (
    "师傅 阿姨 大爷 大妈 大姐 大哥 大叔 女士 先生 小姐 奶奶 爷爷 伯伯 老师 同志 主任 站长 "
    "经理 主席 书记 队长 店长 部长 局长 处长 科长 组长 院长 校长 会长 班长 所长 园长 驿长 "
    "社长 老板 医生 律师 联系 联络 姓名 责任人 负责 管理 值班 值守 接待 店主 楼长 网格员 "
    "保安 保管 保洁 服务员 填报 填表 录入 采集 上报 提供 审核 复核 经办 核实 核验 反映 报告 "
    "收件 收货 寄件 制表 投诉 巡查 举报 证明 申请 登记 监护 担保 承办 具体 法人 法定 户主 "
    "业主 房东 签字 签名 持有人 车主 钥匙 找 致电 来电 电话 手机 咨询 记者 通讯员 摄影 由 "
    "与 网格长 片长 物业 干部 志愿者 社工 员: 长: 者: 辑: 人: 供图 本人"
)
#: … and in sentences these as well.
_MARKS_OF_PROSE = (
    "骑手 小哥 司机 快递员 环卫 外卖员 送餐员 职工 劳动者 居民 志愿者 社工 教师 作者 编辑 "
    "护士 获得者 大师 发起人 创始人 委员 劳模 工匠 干事 主持人 调研员 董事长 秘书长 说 表示 "
    "坦言 介绍 笑着 感慨 等 便是 微信 号码 身份证 车牌 银行卡 的家 报道 摄 开门 看门 看管 "
    "填写 告知 口述 转告 供图 证实 确认 整理 收"
)
_MARKS = make_words(_MARKS_OF_PLACE.split())
_MORE_MARKS = make_words(_MARKS_OF_PROSE.split())
_ONE_NAME = re.compile(_SURE_NAME)
#: Words that begin with a surname's character but are no person.
_NO_NAME = re.compile(
    r"^(?:先进|林[场业]|成[长立为员功]|高[温新速校效层]|万[人名元家余达]|时[间候]|"
    r"全[市区县国省体员]|安[全排置装]|路[口边过]|关[于爱心注系怀]|"
    r"单[位位]|和[谐平]|方[便面式]|包[括含]|应[急当]|华[为润]|文[化明]|农[民行]|"
    r"解[决放]|任[务何]|区[域级里总]|宁[静]|"
    r"常[用年务]|项目|连[续]|明[确显]|位[于置]|车[辆间]|党[员委群]|海[报量]|司机|谈|"
    r"南[北门]|师傅|池|权益|强[化调]|信[息]|查[看询体]|方案|文[件具档]|简[介报讯历]|全部|项[目]"
    r"|金[融山]|党[建政课]|平台|解读|常[见备]|范[文本围]|万[达科]|申[请报]|计[划]|纪[要实]|江[北南西苏]"
    r"|成[都果绩]|石[家油]|宁[波夏]|路线|周[一二三四五六日末边报刊]|单[号门间]|高[德铁架]|毛[巾毯]|夏[季天]"
    r"|冷[饮]|温[馨水州]|车[站库]|费用|管理|时[段刻]|安[卓检徽]|云南|白天|麦当劳|米[饭]|武[汉术]|乐[器]|热)"
)
#: Ends of names that are a place's or a body's, and no given name.
_PLACE_END = re.compile(
    r"[场路街巷弄村庄镇乡区县市州省井站店厦馆院屯庙里号楼厅室门口营寨堡坊府局部委办会网报处科组队台]$"
    r"|(?:街道|广场|公园|中心|公司|超市|银行|学校|小学|中学|医院|驿站|工会|电话|时间|地图|服务|便民|周末|高德|百度)"
)


def find_names(
    text: str, numbers: Iterable[Private] = (), kind: str = PROSE, places: Container[str] = ()
) -> list[Private]:
    """Return what of ``text`` must go so that nobody is named: a name without its surname.

    Parameters
    ----------
    text : as written; spans are its own.
    numbers : private numbers found in it; whoever stands beside one is its owner.
    kind : what the text is: :data:`PROSE` and its like.
    places : names of divisions (宁波), which are nobody's though they may look it.
    """
    plain = simplify(text)
    sure = [*_beside(plain, numbers), *_marked(plain, kind)]
    if kind == FILE:
        alone = _spans(plain, _IN_FILE)
        sure += [span for span in alone if plain[slice(*span)] not in places]
    sure = [span for span in sure if not _PLACE_END.search(plain[slice(*span)])]
    surnames = [found.span() for found in _SURNAMED.finditer(plain)]
    if kind != PLACE:
        names = {plain[start:end] for start, end in sure} | _named_in_prose(plain)
        surnames += [found.span() for found in _ADDRESSED.finditer(plain)]
        sure += _anywhere(plain, {name for name in names if _is_name(name)})
    given = [(start + 1, end) for start, end in sure if _is_name(plain[start:end])]
    return [Private(start, end, NAME) for start, end in sorted({*given, *surnames})]


def _marked(plain: str, kind: str) -> Iterator[tuple[int, int]]:
    """Yield names by the words beside them; the looser the text, the fewer words are needed."""
    if _MARKS.occur_in(plain):
        yield from _spans(plain, _LABELLED, _CONTACT, _OFFICER, _LED)
        yield from _spans(plain, _TITLED_PLACE if kind == PLACE else _TITLED)
    if kind != PLACE:
        yield from _spans(plain, _SERVANT, _DOING)
        offices = (Private(*found.span(), NAME) for found in _OFFICE_NUMBER.finditer(plain))
        yield from _beside(plain, offices, _BEFORE_OFFICE)
    if kind in (WORDS, FILE):
        yield from _spans(plain, _ACTING)


def may_name(plain: str, kind: str) -> bool:
    """Whether a simplified text is worth a look for names; False is certain."""
    if kind == FILE or _MARKS.occur_in(plain):
        return True
    return kind != PLACE and _MORE_MARKS.occur_in(plain)


def _is_name(name: str) -> bool:
    return not _NO_NAME.match(name) and "某" not in name


def _spans(plain: str, *patterns: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield every single name of what the patterns found."""
    for pattern in patterns:
        for found in pattern.finditer(plain):
            for name in _ONE_NAME.finditer(plain, *found.span(1)):
                yield name.span()


def _beside(
    plain: str, numbers: Iterable[Private], before: re.Pattern[str] = _BEFORE_NUMBER
) -> Iterator[tuple[int, int]]:
    for number in numbers:
        start = max(0, number.start - _NEAR)
        found = before.search(plain, start, number.start)
        names = _ONE_NAME.finditer(plain, *found.span(1)) if found else ()
        yield from (name.span() for name in names)
        after = _AFTER_NUMBER.match(plain, number.end, number.end + _NEAR)
        if after and number.kind != MAIL:
            yield after.span(1)


def _named_in_prose(plain: str) -> set[str]:
    """Return the names that prose marks: by a role, a trade, a verb of speaking, a list."""
    told = [
        found[1]
        for pattern in (_INTRODUCED, _TRADESMAN, _SPEAKING)
        for found in pattern.finditer(plain)
    ]
    chained = {name for names in _listed(plain) for name in re.split("[、和](?=.)", names)}
    return chained | {name for names in told for name in _ONE_NAME.findall(names)}


def _listed(plain: str) -> Iterator[str]:
    """Yield chains of names (甲、乙和丙) before 等三人, 医生, 师傅."""
    for found in _CHAIN.finditer(plain):
        if _CHAIN_ENDS.match(plain, found.end()):
            yield found[0]


def _anywhere(plain: str, names: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where any of the names stands, the longest first, in one pass."""
    lengths = sorted({len(name) for name in names}, reverse=True)
    first = {name[0] for name in names}
    at = 0
    while at < len(plain) and names:
        tried = lengths if plain[at] in first else ()
        # At the end of the text a slice is shorter than what was asked for.
        words = (plain[at : at + each] for each in tried)
        length = next((len(word) for word in words if word in names), 0)
        if length:
            yield at, at + length
        at += length or 1
