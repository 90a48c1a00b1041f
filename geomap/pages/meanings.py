"""What each number of a district is: one sentence each, for the page, its print and the brief."""

from __future__ import annotations

from geomap.model.edition import Edition

#: Chinese and English.
Pair = tuple[str, str]
_PEOPLE: dict[str, Pair] = {
    "demand": (
        "按给定的人口点，落在范围内的权重之和。",
        "the weights of the given points in reach.",
    ),
    "homes": (
        "估算：普查人口按地图上的居住用地分摊，没有居住用地的按住宅楼；画得不全、装不下那么多人的区县，"
        "按住宅道路的长度。地图只覆盖一部分的区县，按面积折算；没有覆盖的，按土地均匀分摊。",
        "an estimate: the census figure, spread over the map's residential land, else its "
        "residential buildings; along residential streets where a district's map draws too few "
        "homes for its people; where the map covers a part of a district, that part by area; "
        "elsewhere evenly on all land.",
    ),
    "streets": (
        "估算：普查人口按住宅道路的长度分摊到街道旁；道路文件只覆盖一部分的区县，按面积折算。"
        "道路文件没有覆盖的，按土地均匀分摊。",
        "an estimate: the census figure, spread along residential streets; where the road file "
        "covers a part of a district, that part by area; elsewhere evenly on all land.",
    ),
    "land": (
        "估算：普查人口均匀分摊在全部土地上（没有道路，也没有人口点）。",
        "an estimate: the census figure, evenly on all land (there are neither streets nor points "
        "of people).",
    ),
}
#: What a share of people divides by, where the road file covers a part of the district.
OF_PART: Pair = ("路网所及部分的 ", "of the road file's part ")
#: What a district is covered by that is covered whole, as pages round.
_WHOLE = 0.9995


def part_below(edition: Edition) -> float:
    """Return below which ``roads_share`` people are those of a part; 0 where points are given."""
    return _WHOLE if edition.people_from in ("homes", "streets") else 0.0


def list_meanings(edition: Edition) -> list[tuple[Pair, Pair]]:
    """Return what each number is called, and what it is."""
    return [
        (("覆盖率", "Share"), _share(edition)),
        (
            ("低 – 高", "Low – high"),
            (
                "低：位置和准入都确定的站点；中：每个位置在其误差内等可能时的期望；高：全部可能的站点。",
                "low: stations whose place and access are certain; middle: expected, each place "
                "equally likely within its uncertainty; high: all that is possible.",
            ),
        ),
        (
            ("九成在", "Likely"),
            (
                "把每个站反复放到它误差范围里的某一处来算，九成以上的结果在这两个数之间。",
                "every station is put somewhere in its uncertainty, again and again: more than "
                "nine of ten results lie between these.",
            ),
        ),
        (("人数", "People"), _PEOPLE[edition.people_from]),
        (
            ("人口", "People of a district"),
            (
                "2020 年人口普查的常住人口，除非另给。",
                "residents of the 2020 census unless given otherwise.",
            ),
        ),
        (
            ("图上站点", "On the map"),
            (
                "在用、对户外劳动者开放、位置归入该区县的站点。文中：最新文件里的站点数。"
                "规划：还没有开的。",
                "stations that operate, let riders in and lie in the district. Claimed: the newest "
                "count of a document. Planned: not open yet.",
            ),
        ),
        (
            ("人 / 站", "People per station"),
            ("人口除以图上站点。", "people of the district by stations on the map."),
        ),
    ]


def _share(edition: Edition) -> Pair:
    kerb_m = f"{edition.settings.kerb_m:g}"
    served = edition.districts.reindex(columns=["served_km2"])
    if served.notna().any(axis=None):
        return (
            f"街道所及土地中，能在时限内骑到站点的一份。街道所及：路边 {kerb_m} 米以内，"
            "以及四面是街道、不超过 25 公顷的街区内部；没有道路文件的区县，分母是全部土地。",
            f"of the land that streets serve (within {kerb_m} m of a street, or inside a block of "
            "at most 25 ha), the part from which a station is reached in time; where no road file "
            "covers the district, of all land.",
        )
    return (
        "区县全部土地中，在站点范围内的一份（没有道路文件，按直线圆）。",
        "of all land of the district, the part within the circles (there is no road file).",
    )
