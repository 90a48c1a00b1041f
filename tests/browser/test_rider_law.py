"""The browser lists and opens exactly what the law of counting says, in every combination."""

from __future__ import annotations

from itertools import product

import pytest

from geomap.model.counting import is_counted, is_listed, roles
from geomap.model.tables import ACCESSES, KINDS, STATUSES
from geomap.pages.columns import list_public
from geomap.pages.rider import draw_rider
from tests.rider_editions import make_rider_edition, make_row

pytestmark = pytest.mark.slow

_JUDGED = """async () => {
  const found = {}, noon = Date.UTC(2026, 10, 2, 4);
  for (const code of geomap.store.over.districts.code) {
    const part = await geomap.store.load(code);
    for (let i = 0; i < part.n; i++) {
      const row = geomap.columns.row(part, i);
      const open = geomap.judge.judge(row, noon, 100).open;
      found[row.id] = [row.role, geomap.store.isOffered(row), open];
    }
  }
  return found;
}"""


def test_every_combination_in_the_browser(make_site, watch):
    every = enumerate(product(KINDS, STATUSES, ACCESSES))
    rows = [
        make_row(f"R{i:03}", f"{i}号驿站", i % 20, i // 20, opening_hours="24/7", kind=kind,
                 status=status, access=access)
        for i, (kind, status, access) in every
    ]  # fmt: skip
    edition = make_rider_edition(rows)
    public = list_public(edition.stations)
    watched = watch()
    page = watched.open(make_site(draw_rider(edition)).url + "/public/index.html")
    seen = page.evaluate(_JUDGED)
    listed, counted, role = is_listed(public), is_counted(public), roles(public)
    assert len(seen) == len(public) > 100
    for at, station_id in public["station_id"].items():
        wanted_role, offered, state = seen[station_id]
        assert (wanted_role, offered) == (role[at], bool(listed[at]))
        shut = role[at] in ("closed", "planned", "suspended")
        assert state == ("open" if counted[at] else "closed" if shut else "unknown")
    assert watched.said == []
