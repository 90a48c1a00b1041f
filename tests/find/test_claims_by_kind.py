"""Claims by kind, each with its area, its number and, where it is a plan, its year."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.find import Findings

Find = Callable[[str], Findings]
LEAD = "湖州市德清县总工会近日公布消息。\n"
D = "德清县"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("全县已建成工会驿站178家。", [("station", 178, D)]),
        ("到2027年,全县计划新建工会驿站40家。", [("planned", 40, D)]),
        ("今年新建工会驿站12家,总数达到95家。", [("added", 12, D), ("station", 95, D)]),
        ("今年已建成12家工会驿站,年底前再建8家。", [("added", 12, D), ("planned", 8, D)]),
        (
            "全国工会驿站已超过18万个,德清县有工会驿站66个。",
            [("station", 180000, ""), ("station", 66, D)],
        ),
        (
            "全省建成工会驿站5000个,全市建成工会驿站600个,全县建成工会驿站66个。",
            [("station", 5000, "浙江省"), ("station", 600, "湖州市"), ("station", 66, D)],
        ),
        ("工会驿站覆盖率达90%。", [("share", None, D)]),
        ("全县85%的乡镇(街道)建有工会驿站。", [("share", None, D)]),
        (
            "安吉县有工会驿站31家,长兴县有工会驿站45家。",
            [("station", 31, "安吉县"), ("station", 45, "长兴县")],
        ),
        (
            "安吉县、长兴县分别建成工会驿站31家、45家。",
            [("station", 31, "安吉县"), ("station", 45, "长兴县")],
        ),
        ("工会驿站由2020年的30家增至如今的88家。", [("station", 88, D)]),
        ("去年同期为22个,目前全县有工会驿站27个。", [("station", 27, D)]),
        ("力争3年内工会驿站达到200家。", [("planned", 200, D)]),
        ("其中12家24小时开放,全县共有工会驿站88家。", [("station", 88, D)]),
        ("全县共有工会驿站88家,其中银行网点57家。", [("station", 88, D)]),
        ("我们不要求建100家工会驿站。", []),
        ("全县工会驿站累计服务12万人次。", []),
        ("评选出10家最美工会驿站。", []),
        ("去年撤销3家工会驿站。", []),
        ("计划到2026年底实现镇街工会驿站全覆盖。", []),
        ("工会驿站近百家。", []),
        ("明年拟再建工会驿站15家,2028年达到60家。", [("planned", 15, D), ("planned", 60, D)]),
    ],
)
def test_claims_have_a_kind_and_the_area_of_their_clause(
    text: str, claims: list[tuple[str, int | None, str]], find: Find
) -> None:
    told = find(LEAD + text).claims
    found = [(c.kind, c.count, c.district or c.city or c.province) for c in told]
    assert sorted(found, key=str) == sorted(claims, key=str)
    assert all(claim.claim in claim.evidence.quote for claim in told)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("到2027年,全县计划新建工会驿站40家。", "2027年"),
        ("明年拟再建工会驿站15家。", "明年"),
        ("力争3年内工会驿站达到200家。", "3年内"),
        ("年底前还将新建工会驿站6家。", "年底前"),
    ],
)
def test_a_plan_has_its_year(text: str, year: str, find: Find) -> None:
    (claim,) = find(LEAD + text).claims
    assert claim.kind == "planned" and year in claim.claim
