"""Many lines of OPL at once give what reading them one by one gives."""

from hypothesis import given
from hypothesis import strategies as st

from geomap.files.osm_text import read_lines
from geomap.roads.lines import LineBuffer
from geomap.roads.rules import PROFILES, find_rights, rank_class
from geomap.roads.ways import WayParser

TAGS = ["highway=service", "highway=primary,oneway=-1", "name=a%20%b,highway=motorway,lanes=2",
        "highway=steps", "highway=footway,bicycle=yes", "surface=x,highway=path,foot=no",
        "xhighway=primary,highway=no"]  # fmt: skip
ways = st.lists(
    st.tuples(st.sampled_from(TAGS), st.lists(st.tuples(st.integers(1, 9), st.booleans()))),
    max_size=9,
)


def as_line(number: int, tags: str, nodes: list[tuple[int, bool]]) -> str:
    course = ",".join(f"n{n}x117.0{n}y36.{n}" if known else f"n{n}xy" for n, known in nodes)
    return f"w{number} T{tags} N{course}"


def one_by_one(drawn, profile) -> list[tuple[list[int], bool, bool, bool, int]]:
    """The reference: stretches of known nodes, at least two, of ways that are of use or seen."""
    lines = []
    for written, nodes in drawn:
        tags = dict(pair.split("=") for pair in written.split(","))
        rights = find_rights(tags, profile)
        if not (any(rights) or tags["highway"] in ("motorway", "primary")):
            continue
        stretches: list[list[int]] = [[]]
        for node, known in nodes:
            if known:
                stretches[-1].append(node)
            else:
                stretches.append([])
        rank = rank_class(tags["highway"])
        lines += [(each, *rights, rank) for each in stretches if len(each) > 1]
    return lines


@given(ways, st.sampled_from(["ebike", "foot", "any"]))
def test_many_at_once_equals_one_by_one(drawn, name):
    buffer, profile = LineBuffer(), PROFILES[name]
    parser = WayParser(profile)
    half = len(drawn) // 2
    for part in (drawn[:half], drawn[half:]):
        text = "".join(as_line(number, *way) + "\n" for number, way in enumerate(part, 1))
        parser.take(buffer, read_lines(text.encode()).ways)
    expected = one_by_one(drawn, profile)
    assert len(buffer) == len(expected)
    streets = buffer.pack()
    for number, (nodes, *facts) in enumerate(expected):
        span = slice(streets.starts[number], streets.starts[number + 1])
        assert streets.lat[span].tolist() == [float(f"36.{node}") for node in nodes]
        found = (streets.forward, streets.backward, streets.afoot, streets.rank)
        assert [column[number] for column in found] == facts
