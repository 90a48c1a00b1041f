"""The same tables give the same bytes, whatever the machine, the order or the clock."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from geomap.model.records import Source
from geomap.pages import draw_site
from tests.editions import make_edition, make_hostile_edition, make_rows, make_station
from tests.foreign_addresses import find_foreign

_ROOT = Path(__file__).parents[2]
_PROGRAM = """
import hashlib, sys
from geomap.pages import draw_site
from tests.editions import make_hostile_edition
site = draw_site(make_hostile_edition())
print(hashlib.sha256(b"".join(k.encode() + v for k, v in site.items())).hexdigest())
"""


@pytest.mark.parametrize(
    ("zone", "locale", "seed"), [("Asia/Urumqi", "C", "1"), ("America/Lima", "C.UTF-8", "77")]
)
def test_another_machine_draws_the_same_bytes(zone, locale, seed):
    site = draw_site(make_hostile_edition())
    here = hashlib.sha256(b"".join(k.encode() + v for k, v in site.items())).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=_ROOT, text=True, capture_output=True, check=True,
        env=os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    assert there.stdout.strip() == here


def test_shuffled_tables_draw_the_same_bytes():
    edition = make_edition(
        services=[{"station_id": "d02", "service": s, "times": "Th"} for s in ("b", "a", "c")],
        claims=[{"doc": d, "count": n} for d in ("x.md", "y.md") for n in (1, None, 3)],
    )
    mixed = {
        name: getattr(edition, name).sample(frac=1, random_state=4)
        for name in ("stations", "districts", "areas", "claims", "services")
    }
    one, other = draw_site(edition), draw_site(replace(edition, **mixed))
    assert [path for path in one if one[path] != other.get(path)] == []
    assert list(one) == list(other) == sorted(one)


@pytest.mark.parametrize("edition", [make_edition(), make_hostile_edition()])
def test_the_whole_site_asks_no_other_host(edition):
    assert find_foreign(draw_site(edition)) == []


def test_nothing_internal_is_below_public():
    quote = "某部职工小家与八角驿站同日启用。"
    neighbour = make_station(
        "d99", address="某部职工小家隔壁", sources=(Source("n.md", "2026-01-01", quote),)
    )
    site = draw_site(make_edition([*make_rows(), neighbour]))
    public = b"".join(content for path, content in site.items() if path.startswith("public/"))
    internal = b"".join(content for path, content in site.items() if path.startswith("internal/"))
    for secret in ("某部职工小家", "八角邮政支局", "某物流公司", "某酒店会场"):
        assert secret.encode() not in public
        assert secret.encode() in internal
