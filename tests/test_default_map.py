"""The default map: what the five seed documents name, each once, in its place, never too sure."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from geomap.files.folder import Geodata
from geomap.model.tables import DOCUMENTS, LEDGER, OPEN_ACCESSES, OPEN_STATUSES, STATION_KINDS
from geomap.pipeline.build import Order, make_site
from geomap.pipeline.intake import place_found
from geomap.pipeline.reading import read_files
from geomap.pipeline.reference import Reference
from geomap.sheets.csv_writing import serialize_csv
from geomap.sheets.table_file import read_table
from geomap.stations.merge import merge_mentions

GEODATA = Path(__file__).parent.parent / "geodata"
#: A telling part of each name, and the district it lies in; "" is known to a city only.
PLACES = {
    "怀柔区职工发展心理体验示范中心": "110116",
    "中南海支局职工小家": "110102",
    "房山区职工文化体育活动中心": "110111",
    "酒仙桥街道工会服务站": "110105",
    "和平街街道总工会": "110105",
    "北京职工服务中心": "",
    "崔村镇职工之家": "110114",
    "北七家镇职工之家": "110114",
    "阳坊镇职工之家": "110114",
    "昌平科技园区职工之家": "110114",
    "唐山市总工会职工帮扶中心": "",
    "邢台农民工之家": "",
    "南大西南一社区温馨驿站": "120104",
    "大渡社区联合工会": "330603",
    "大渡社区职工“充电站”": "330603",
    "核酸检测房职工": "330603",
    "临安区总工会爱心驿家": "330112",
    "玲珑街道爱心驿家": "330112",
    "青山湖科技城爱心驿家": "330112",
    "环卫工人流动爱心驿家利安站点": "330112",
    "跨境电商产业园工会联合会": "330112",
    "大学生创业园工会联合会": "330112",
    "龙岗电子商务行业协会联合会": "330112",
    "白牛村电子商务村工会": "330112",
    "新市镇党群服务中心户外劳动者服务站点": "330521",
    "新市镇社工站户外劳动者服务站点": "330521",
    "西安社区职工活动中心户外劳动者服务站点": "330521",
    "骑手“工享家”户外劳动者服务站点": "330521",
    "化工建服务中心一楼户外劳动者服务站点": "330521",
}
#: Their stated times are a campaign's, a counsellor's or a desk's, or they are not for riders.
NEVER_OPEN = ("酒仙桥", "南大西南", "邢台", "怀柔", "中南海")

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return make_site(Order(GEODATA, Path("unused"))).site


def rows(site: dict[str, bytes], name: str) -> Rows:
    return [each["properties"] for each in json.loads(site[name])["features"]]


@pytest.fixture(scope="module")
def public(site: dict[str, bytes]) -> Rows:
    return rows(site, "public/data/stations.geojson")


@pytest.fixture(scope="module")
def internal(site: dict[str, bytes]) -> Rows:
    return rows(site, "internal/data/stations.geojson")


def named(listed: Rows, part: str) -> Rows:
    return [row for row in listed if part in row["name"]]


@pytest.mark.parametrize(("part", "code"), PLACES.items())
def test_every_place_is_on_the_map_once_in_its_district(
    internal: Rows, part: str, code: str
) -> None:
    (row,) = named(internal, part)
    assert (row["district_code"] or "") == code


def test_nothing_else_is_on_the_map(internal: Rows) -> None:
    assert len(PLACES) == 29
    others = [row for row in internal if not any(part in row["name"] for part in PLACES)]
    assert [row["name"] for row in others if row["kind"] != "union_branch"] == []


def test_no_count_is_a_point(internal: Rows) -> None:
    for words in ("178", "146", "23家", "21", "预约服务点", "六家", "6家"):
        assert named(internal, words) == []


def test_a_sensitive_place_for_employees_stays_internal(
    public: Rows, site: dict[str, bytes]
) -> None:
    assert named(public, "中南海") == []
    pages = b"".join(content for path, content in site.items() if path.startswith("public/"))
    assert "中南海".encode() not in pages and b"\\u4e2d\\u5357\\u6d77" not in pages
    assert len(public) == len(PLACES) - 1


def test_the_fifth_station_is_planned_and_covers_nothing_today(
    site: dict[str, bytes], internal: Rows
) -> None:
    (row,) = named(internal, "化工建服务中心一楼")
    assert row["status"] == "planned"
    table = list(
        csv.DictReader(site["internal/data/districts.csv"].decode("utf-8-sig").splitlines())
    )
    (deqing,) = [each for each in table if each["district_code"] == "330521"]
    assert (deqing["station_count"], deqing["planned_count"]) == ("4", "1")


def test_the_converted_room_is_told_as_such(internal: Rows) -> None:
    (row,) = named(internal, "核酸检测房")
    assert row["status"] == "converted"


@pytest.mark.parametrize("part", NEVER_OPEN)
def test_a_campaign_or_a_counsellor_opens_no_door(internal: Rows, part: str) -> None:
    (row,) = named(internal, part)
    assert not row["opening_hours"]


def test_no_place_is_confirmed_and_every_one_is_quoted(internal: Rows) -> None:
    assert not any(row["confirmed"] for row in internal)
    assert all(source["quote"] for row in internal for source in row["sources"])


def test_only_places_to_rest_count(site: dict[str, bytes], internal: Rows) -> None:
    table = site["internal/data/districts.csv"].decode("utf-8-sig").splitlines()
    column = table[0].split(",").index("station_count")
    counted = sum(int(line.split(",")[column]) for line in table[1:])
    expected = [
        row
        for row in internal
        if row["kind"] in STATION_KINDS
        and row["status"] in OPEN_STATUSES
        and row["access"] in OPEN_ACCESSES
    ]
    assert counted == len(expected)


def test_claims_stand_beside_what_the_map_has(site: dict[str, bytes]) -> None:
    claims = site["internal/data/claims.csv"].decode("utf-8-sig")
    for words in ("178", "146", "23", "48", "43", "21"):
        assert words in claims


def test_found_csv_is_what_the_documents_give(tmp_path: Path) -> None:
    reference = Reference(Geodata(GEODATA))
    reading = read_files(reference.geodata.document_files(), reference, workers=1)
    places = [place for place in merge_mentions(reading.mentions) if place.mappable]
    written = (GEODATA / "found.csv").read_bytes()
    rows = ([row.get(name) for name in LEDGER.names] for row in place_found(places, reference))
    assert serialize_csv(LEDGER.names, rows) == written, "run make map"


def test_every_document_is_used_or_named() -> None:
    listed = read_table(GEODATA / "documents.csv", DOCUMENTS)
    assert sorted(listed.document) == sorted(p.name for p in Geodata(GEODATA).document_files())
