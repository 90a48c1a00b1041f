"""Whatever the text, the finder answers, and its evidence stands in the text."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.find import Findings

PIECES = [
    "驿站",
    "户外劳动者",
    "工会",
    "“",
    "”",
    "(",
    ")",
    "、",
    ",",
    "。",
    ":",
    "\n",
    "\t",
    "|",
    "1.",
    "①",
    "▍",
    "【",
    "】",
    "德清县",
    "新市镇",
    "金园社区",
    "总工会",
    "在",
    "位于",
    "设立",
    "和",
    "的",
    "把",
    "改造成",
    "等地",
    "3家",
    "178个",
    "职工之家",
    "地址",
    "开放时间",
    "8:00-18:00",
    "24小时",
    "微波炉",
    "名称",
    "序号",
    "联合工会",
    "成立了",
    "分别",
    "一个",
    "也有",
    " ",
    "服务中心",
    "本报讯(记者 王小明)",
    "统(tǒng)",
    "2024年5月6日",
    "站点",
    "·",
    "其中",
    "各",
    "附近",
    "12号",
]


@given(text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300)
def test_any_text(find: Callable[[str], Findings], text: str) -> None:
    found = find(text)
    for mention in found.mentions:
        assert mention.name
        assert 0.0 <= mention.confidence <= 1.0
        assert mention.mappable or mention.count
        for evidence in (*mention.evidence, *mention.facts.values()):
            assert 0 <= evidence.start < evidence.end <= len(text)


def test_a_line_of_digits_counts_nothing(find: Callable[[str], Findings]) -> None:
    """Four hundred of them are more than a float holds."""
    found = find(f"杭州市西湖区\n西湖区建成暖心驿站{'9' * 400}个。")
    assert not [mention for mention in found.mentions if mention.count]
