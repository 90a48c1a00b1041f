"""Masking: every kind of text, however damaged, keeps its length and masks once and for all."""

from __future__ import annotations

from geomap.privacy import has_personal_data
from geomap.privacy.masking import find_private, mask
from geomap.privacy.names import FILE, PLACE, PROSE, WORDS
from geomap.privacy.scan import refuse_private_numbers
from tests.fuzz.target import text_target

_SEEDS = (
    "联系人：张三、李四 电话 138 0013 8000，京A·12345，微信号：abc_123",
    "记者王小明报道：王师傅（一三八 零零一三 八零零零）说，身份证 11010119900307123X。",
    "010-88886666转801 08:00-12:00,13:30-17:30 京工发〔2023〕12号",
)
_TOKENS = (
    "①③⑧", "l38OO", "\u200b", "0086", "6228 4804 0256 4890 018", "张三身份证.docx", "、", "@", "转",
    "联系人", "师傅", "某", "*****", "买买提·吐尔逊", "QQ：12345",
)  # fmt: skip


@text_target("privacy", _SEEDS, _TOKENS)
def _mask(text: str) -> object:
    for kind in (PROSE, WORDS, PLACE, FILE):
        masked = mask(text, find_private(text, kind))
        assert len(masked) == len(text)
    masked = mask(text, find_private(text))
    assert mask(masked, find_private(masked)) == masked
    assert has_personal_data(masked) == has_personal_data(text)
    refuse_private_numbers({"public/x.json": masked.encode("utf-8", "replace")})
    return masked
