"""Riders' reports: read back from the page's text, shown only once a person has confirmed them."""

import pandas as pd

from geomap.model.tables import REPORT_CLAIMS, REPORTS
from geomap.stations.reports import (
    CLAIMS,
    is_report,
    last_confirmed,
    merge_reports,
    parse_reports,
    summarize_reports,
)

TEXT = """> 【驿站情况反映】
> 编号：DQ-1
> 名称：新市镇社工站驿站
> 情况：到了，门锁着（locked）
> 时间：2026-11-20 14:05
> 版次：2026-11-01
王某某 13800138000
"""


def table(*rows: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=REPORTS.names, dtype=object).fillna("")


def test_a_mailed_report_is_read_and_nothing_of_the_sender() -> None:
    (report,), lost = parse_reports(TEXT)
    assert lost == 0 and is_report(TEXT)
    assert report == {
        "station_id": "DQ-1", "claim": "locked", "reported_at": "2026-11-20 14:05",
        "edition": "2026-11-01", "confirmed_on": "", "note": "",
    }  # fmt: skip


def test_a_spoilt_report_is_counted() -> None:
    assert parse_reports(TEXT.replace("locked", "<script>"))[1] == 1
    assert parse_reports("一篇普通的新闻") == ([], 0)


def test_the_same_report_is_kept_once_with_what_a_person_wrote() -> None:
    reports, _ = parse_reports(TEXT)
    rows, new = merge_reports(table(), reports)
    confirmed = table(rows[0] | {"confirmed_on": "2026-11-21"})
    again, added = merge_reports(confirmed, reports)
    assert (new, added) == (1, 0) and again[0]["confirmed_on"] == "2026-11-21"


def test_nothing_is_told_until_a_person_has_confirmed_it() -> None:
    (report,), _ = parse_reports(TEXT)
    assert summarize_reports(table(report)) == {}
    confirmed = table(report | {"confirmed_on": "2026-11-21"})
    assert summarize_reports(confirmed) == {"DQ-1": "2026-11-20 有人反映上锁"}


def test_a_confirmed_good_report_refreshes_the_station() -> None:
    (report,), _ = parse_reports(TEXT.replace("locked", "fine"))
    assert last_confirmed(table(report)) == {}
    assert last_confirmed(table(report | {"confirmed_on": "x"})) == {"DQ-1": "2026-11-20"}


def test_every_claim_of_the_page_is_known() -> None:
    from geomap.static_site.page_templates import TEMPLATES

    script = (TEMPLATES / "app" / "report.js").read_text(encoding="utf-8")
    assert all(f'["{claim}"' in script for claim in CLAIMS)


def test_the_table_takes_what_the_page_reports() -> None:
    assert tuple(CLAIMS) == REPORT_CLAIMS
