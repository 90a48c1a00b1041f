"""Private persons leave a document as it is read: names and numbers become marks of equal length.

Equal length keeps every offset true to the file.
"""

from __future__ import annotations

import re

from geomap.script import simplify

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕"
    "丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃"
    "武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒"
    "阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司卓古吉"
    "缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇"
    "桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位"
    "厉伊宣仝区郜海阚花权强帅屠豆朴盖练廉禹井漆巴羊蹇逄滑信支訾扈薄"
)
_NAME = f"[{_SURNAMES}][\u4e00-\u9fa5]{{1,2}}"
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
_AFTER = (
    r"(?=说|表示|介绍|口中|代表|便是|告诉|坦言|笑|感慨|指出|报道|摄|率|带|一行|出席|参加|"
    r"主持|等|同|与|和|[,、。:;)\]“”()\s]|$)"
)
_INTRODUCED = re.compile(rf"{_ROLE}[ \u3000]?({_NAME}(?:[、 \u3000]{_NAME})*){_AFTER}")
_TRADESMAN = re.compile(
    rf"{_TRADE}[ \u3000]?((?![{_WORDY}]){_NAME}(?:[、 \u3000]{_NAME})*){_AFTER}"
)
_SPEAKING = re.compile(
    rf"(?<![\u4e00-\u9fa5])({_NAME})(?=说[,:。]|表示|坦言|介绍说|告诉记者|笑着|感慨|"
    rf"(?:等|和|、{_NAME})[^,。]{{0,12}}(?:来到|医生))"
)
_LISTED = re.compile(
    rf"(?<=[、和的着”])({_NAME}(?:[、和]{_NAME})*)(?=等\d*[人名]|等(?:来到|一行)|医生|"
    rf"便是|师傅|老师)"
)
_ADDRESSED = re.compile(
    rf"[{_SURNAMES}](?=师傅|阿姨|大爷|大妈|大姐|大哥|大叔|女士|先生|奶奶|爷爷|伯伯)"
)
_ONE_NAME = re.compile(_NAME)
#: Words that begin with a surname's character but are no person.
_NO_NAME = re.compile(
    r"^(?:先进|林[场业]|成[长立为员功]|高[温新速校效层]|万[人名元家余达]|时[间候]|"
    r"全[市区县国省体员]|安[全排置装]|路[口边过]|关[于爱心注系怀]|"
    r"单[位位]|和[谐平]|方[便面式]|包[括含]|应[急当]|华[为润]|文[化明]|农[民行]|"
    r"解[决放]|任[务何]|区[域级里总]|宁[静]|"
    r"常[用年务]|项目|连[续]|明[确显]|位于|车[辆间]|党[员委群]|海[报量]|司机|谈|"
    r"南[北门]|师傅|池|权益|强[化调]|信[息]|查[看询])"
)
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
#: What masking leaves behind: 王某某, 某师傅, ***********, ***@**.*.
_MARKS = re.compile(
    rf"[{_SURNAMES}]某|某(?=某|师傅|阿姨|大爷|大妈|大姐|大哥|大叔|女士|先生|奶奶|爷爷|伯伯)|"
    r"\*{3}[- ]?\*{4}[- ]?\*{4}|[*.+-]@[*-]"
)


def mask_people(text: str) -> str:
    """The text, same length, with private names (王某某) and personal numbers (***) masked.

    A name counts where a role or a verb of speaking marks it, and is then masked wherever it
    stands; landlines stay, because a station's public telephone is one.
    """
    for pattern in (_IDENTITY, _MOBILE, _MAIL):
        text = pattern.sub(lambda found: re.sub(r"\w", "*", found.group()), text)
    plain = simplify(text)
    spans = [found.span() for found in _ADDRESSED.finditer(plain)]
    names = sorted(_names(plain), key=lambda name: (-len(name), name))
    if names:
        anywhere = re.compile("|".join(names))
        spans += [(found.start() + 1, found.end()) for found in anywhere.finditer(plain)]
    characters = list(text)
    for start, end in spans:
        characters[start:end] = "某" * (end - start)
    return "".join(characters)


def has_personal_data(text: str) -> bool:
    """Whether a text, masked already or not, speaks of a private person or carries a number of one.

    Masking never hides that it happened: what holds of a text holds of its masked form. An
    anonymous person of the author's own (王某) counts too.
    """
    plain = simplify(text)
    return bool(_MARKS.search(plain)) or mask_people(plain) != plain


def _names(plain: str) -> set[str]:
    patterns = (_INTRODUCED, _TRADESMAN, _SPEAKING, _LISTED)
    spans = [found.group(1) for pattern in patterns for found in pattern.finditer(plain)]
    names = {name for span in spans for name in _ONE_NAME.findall(span)}
    return {name for name in names if not _NO_NAME.match(name) and "某" not in name}
