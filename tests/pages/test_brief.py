"""The brief of a district: the same words on paper and in Word, the same bytes every time."""

import io
import math
import zipfile
from dataclasses import replace

import docx
import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely
from docx.oxml.ns import qn
from PIL import Image

from geomap.model.edition import Gaps
from geomap.pages.brief import MOST_BRIEFS, draw_briefs
from geomap.pages.brief_word import draw_brief_files
from geomap.pages.downloads import draw_workbook
from geomap.pages.planner_facts import encode_districts
from geomap.pages.planner_gaps import say_gaps
from tests.editions import make_districts, make_edition

PLAN = {
    "is_stale": True,
    "actions": [
        {"rank": 1, "lon": 116.2, "lat": 39.9, "reason": "新设站点，多覆盖 500 人",
         "reason_en": "a new station", "cost": 90_000},
        {"rank": 2, "lon": 117.15, "lat": 39.1, "reason": "在南开", "reason_en": "in Nankai",
         "cost": None},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def edition():
    plain = make_edition()
    inside = shapely.buffer(plain.districts.geometry.to_numpy(), -0.01)
    gaps = plain.districts[["district_code"]].assign(
        rank=range(1, 5), area_km2=1.26, demand=12_345.6, geometry=inside,
        nearest_station_id=["d01", "", "x", "d01"], place=["八角街道以东", "", "", ""],
        nearest_min=[12.4, float("nan"), float("nan"), 99.0], way=["以北", "", "", "以北"],
    )  # fmt: skip
    gaps = gpd.GeoDataFrame(gaps, crs=4326)
    return make_edition(gaps=Gaps(gaps, "people", (0.0,) * 5, ()), plan=PLAN)


@pytest.fixture(scope="module")
def briefs(edition):
    return {brief.code: brief for brief in draw_briefs(edition)}


def words(text) -> str:
    return text if isinstance(text, str) else text[0]


def test_a_brief_has_the_numbers_of_its_district_and_what_they_mean(edition, briefs) -> None:
    assert list(briefs) == ["110107", "120104", "330521"]  # 朝阳 has no station and no claim
    numbers, gaps, hours, actions, claims, meanings = briefs["110107"].sections
    told = {words(row[0]): words(row[1]) for row in numbers.rows}
    assert told["人口"] == "567,851" and told["文中站点"] == "23（2018-05-01）"
    row = edition.districts.set_index("district_code").loc["110107"]
    for envelope in edition.settings.envelopes:
        parts = [f"{100 * row[f'{envelope.id}_{part}']:.1f}%" for part in
                 ("share", "share_low", "share_high")]  # fmt: skip
        assert told[envelope.label] == "{}（{} – {}）".format(*parts)
    assert [words(cell) for cell in gaps.rows[0]][:3] == ["第 2 处", "约 12,346 人", "1.3 km²"]
    assert words(gaps.rows[0][3]) == "没有确定能进的站点"
    assert hours.rows == () and words(hours.note) == "没有算。"
    assert [words(cell) for cell in actions.rows[0]] == [
        "1",
        "新设站点，多覆盖 500 人",
        "90,000 元",
    ]
    assert "改过" in words(actions.note) and len(actions.rows) == 1
    assert "23 个" in claims.rows[0][0] and words(claims.rows[0][2]) == "逐站核实地址"
    assert "全部土地" in words(meanings.rows[0][1])


def test_where_no_town_is_near_a_gap_is_called_by_its_station(edition) -> None:
    names = dict(zip(edition.stations["station_id"], edition.stations["name"], strict=True))
    assert say_gaps(edition) == ["八角街道以东", "", "", f"{names['d01']}以北"]
    book = openpyxl.load_workbook(io.BytesIO(draw_workbook(replace(edition, plan=None))))["缺口"]
    place = [cell.value for cell in book[1]].index("地点")
    assert [row[place].value or "" for row in book.iter_rows(min_row=2)] == say_gaps(edition)


def test_the_word_file_says_what_the_page_prints(edition, briefs) -> None:
    files = draw_brief_files(edition, list(briefs.values()))
    assert files == draw_brief_files(edition, list(briefs.values()))
    for code, brief in briefs.items():
        document = docx.Document(io.BytesIO(files[f"internal/data/briefs/{code}.docx"]))
        cells = [
            [cell.text for cell in row.cells] for table in document.tables for row in table.rows
        ]
        assert cells == [
            [words(cell) for cell in row] for section in brief.sections for row in section.rows
        ]
        titles = [part.text for part in document.paragraphs if part.style.name == "Heading 2"]
        assert titles == [words(section.title) for section in brief.sections]
        assert "不得公开" in document.paragraphs[0].text
        meanings = document.tables[-1].rows[0].cells
        assert meanings[1].width > 5 * meanings[0].width  # short words leave the long ones room
        page = document.sections[0]
        assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
        for name in ("Normal", "Title", "Heading 2"):
            fonts = document.styles[name].element.rPr.rFonts
            assert fonts.get(qn("w:eastAsia")) == "微软雅黑"
            assert not [key for key in fonts.attrib if key.endswith("Theme")]


def test_the_word_file_has_a_map_with_the_ground_and_the_stations(edition, briefs) -> None:
    content = draw_brief_files(edition, [briefs["110107"]])["internal/data/briefs/110107.docx"]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        picture = Image.open(io.BytesIO(parts.read("word/media/image1.png")))
    colours = {colour for _, colour in picture.getcolors(100_000)}
    assert {(0xB3, 0x26, 0x1E), (0x5B, 0x2A, 0x86), (0xE0, 0x70, 0x20)} <= colours


def test_a_share_is_rounded_as_the_page_rounds_it() -> None:
    plain = make_edition()
    share = f"{plain.settings.headline.id}_share"
    edition = make_edition(districts=plain.districts.assign(**{share: 0.53151}))
    shown = encode_districts(edition)["districts"]["columns"][share][0]
    told = {words(row[0]): words(row[1]) for row in draw_briefs(edition)[0].sections[0].rows}
    assert told[plain.settings.headline.label].startswith(f"{100 * shown:.1f}%")


@pytest.mark.parametrize(
    ("people_from", "roads", "of"),
    [("streets", 0.02, "路网所及部分的 100.0%"), ("homes", 1.0, "人，100.0%"),
     ("demand", 0.02, "人，100.0%"), ("streets", math.nan, "人，100.0%")],
)  # fmt: skip
def test_a_share_of_people_says_when_it_is_of_a_part(people_from, roads, of) -> None:
    plain = make_edition()
    first = plain.settings.headline.id
    own = {f"{first}_people": 72919.0, f"{first}_demand_share": 1.0, "roads_share": roads}
    edition = make_edition(districts=plain.districts.assign(**own), people_from=people_from)
    told = [words(row[1]) for row in draw_briefs(edition)[0].sections[0].rows]
    assert any("72,919" in each and each.endswith(of) for each in told)


def test_without_roads_there_is_no_served_land_and_the_share_says_so() -> None:
    plain = make_edition()
    edition = make_edition(districts=plain.districts.drop(columns=["served_km2", "roads_share"]))
    brief = draw_briefs(edition)[0]
    assert not [row for row in brief.sections[0].rows if "街道" in words(row[0])]
    assert "没有道路文件" in words(brief.sections[-1].rows[0][1])


def test_what_xml_refuses_is_left_out_and_a_hundred_districts_have_a_brief() -> None:
    edition = make_edition()
    many = pd.concat([make_districts(edition.settings)[3:]] * (MOST_BRIEFS + 5), ignore_index=True)
    codes = [f"33{number:04}" for number in range(len(many))]
    crowd = make_edition(districts=many.assign(district_code=codes, district="某\x01区"))
    briefs = draw_briefs(crowd)
    assert len(briefs) == MOST_BRIEFS
    assert all(draw_brief_files(crowd, briefs[:1]).values())
