"""build: found + stations → districts → coverage → pages → site/."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geomap import roads
from geomap.coverage import Coverage
from geomap.files.folder import cache_folder, open_geodata
from geomap.ground import list_breaks, list_crossings, list_homes, list_names
from geomap.hours import calendar_table
from geomap.model.edition import Edition
from geomap.model.records import Skip
from geomap.pages import draw_one_file, draw_site, public_edition
from geomap.pages.changes import draw_changes
from geomap.pipeline.contents import count_claims, match_services, read_contents
from geomap.pipeline.demand import read_demand_file
from geomap.pipeline.gaps import find_gaps
from geomap.pipeline.locate import known_places, locate, without_machine_points
from geomap.pipeline.measure import Measured, measure, own_areas
from geomap.pipeline.plan_kept import read_kept_plan, shown_plan
from geomap.pipeline.private import private_cells
from geomap.pipeline.record import build_json, describe, digest_stations, report
from geomap.pipeline.reference import Extra, Reference
from geomap.pipeline.story import last_recorded, tell_story
from geomap.pipeline.years import count_years
from geomap.privacy.filter import make_filter
from geomap.privacy.scan import refuse_private_numbers
from geomap.stations.edition_diff import EditionDiff
from geomap.stations.join import join_tables
from geomap.stations.photos import read_photos
from geomap.stations.reports import last_confirmed, summarize_reports
from geomap.stations.status_on import tables_as_of
from geomap.stations.tally import judge_claims, tally_districts
from geomap.store.kept import keeping
from geomap.store.marker import SITE
from geomap.store.ownership import refuse_inside
from geomap.store.site import check_place, write_site

if TYPE_CHECKING:
    from geomap.pipeline.ask import Tell

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What a build is asked for."""

    geodata: Path
    out: Path
    roads: tuple[Path, ...] = ()
    maps: tuple[Path, ...] = ()
    gazetteer: Path | None = None
    demand: Path | None = None
    strict: bool = False
    one_file: bool = False
    previous: Path | None = None
    clock: bool = True
    provider: str = ""
    as_of: str = ""

    @property
    def kept(self) -> tuple[Path, ...]:
        """What the site is made from and must never take the place of."""
        named = [each for each in (self.gazetteer, self.demand) if each]
        return (self.geodata, *self.maps, *self.roads, *named)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the edition, what was left out or is doubtful, and more as it goes on.

    Attributes
    ----------
    ledger : hash of the joined rows.
    site : path → bytes of the site, once it is drawn.
    story : what has changed since another edition, where there is one.
    """

    edition: Edition
    skips: tuple[Skip, ...] = ()
    warnings: tuple[Skip, ...] = ()
    ledger: str = ""
    site: Mapping[str, bytes] = field(default_factory=dict)
    story: EditionDiff | None = None


def build(order: Order, progress: Progress = lambda _: None, tell: Tell = lambda _: None) -> Built:
    """Make the site of a geodata folder and put it in place of the last one.

    With ``strict`` nothing is published when a row was skipped or a warning was met.

    Raises
    ------
    GeomapError
        A file, a setting or the output folder cannot be used; the last site is untouched.
    """
    check_place(order.out, order.kept)
    for read in ("documents", "photos"):
        refuse_inside(order.out, order.geodata / read)
    with _no_search_for_circles():
        built = make_site(order, progress, tell)
        if not (order.strict and (built.skips or built.warnings)):
            progress("publish")
            write_site(built.site, order.out, order.kept)
    return built


@contextmanager
def _no_search_for_circles() -> Iterator[None]:
    # A build makes millions of cells and hardly a circle of objects: to search for those again and
    # again took a fifth of its time. What nobody needs any more goes all the same, by its count.
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()


def make_site(
    order: Order, progress: Progress = lambda _: None, tell: Tell = lambda _: None
) -> Built:
    """Return the site of a geodata folder, in memory; what did not change is not made again."""
    # Rows are read cell by cell all along their way: a word of Arrow's is made anew each time.
    words = pd.option_context("mode.string_storage", "python")
    with _no_search_for_circles(), keeping(cache_folder() / "results", order.out), words:
        return _make_site(order, progress, tell)


def _make_site(order: Order, progress: Progress, tell: Tell) -> Built:
    # What a country is measured on fills a gigabyte, and is not drawn.
    made = make_edition(order, progress, tell)[0]
    edition = made.edition
    progress("draw")
    public = public_edition(edition)
    edition = replace(edition, report=public.report, compared=previous_of(order) is not None)
    site = draw_site(edition, public=public)
    if order.one_file:
        site["public/one-file.html"] = draw_one_file(public)
    refuse_private_numbers(site, frozenset(public.stations.station_id))
    progress("compare")
    story = add_story(site, edition, order)
    site[SITE] = build_json(edition, made.ledger, site)
    return replace(made, edition=edition, site=site, story=story)


def previous_of(order: Order) -> Path | None:
    """Return the edition that changes are told from; a map of a past day has none of itself."""
    return order.previous or (None if order.as_of else last_recorded(order.out))


def add_story(site: dict[str, bytes], edition: Edition, order: Order) -> EditionDiff | None:
    """Put into a site what it changes of the edition before, where one was recorded."""
    site[SITE] = json.dumps({"edition_date": edition.edition_date}).encode()
    previous = previous_of(order)
    told = tell_story(site, order.out, previous, edition.aliases) if previous else None
    if told is None:
        return None
    page = draw_changes(
        told.story, told.old, told.new, edition.districts, edition.labels, edition.settings
    )
    site |= {"internal/changes.html": page, "internal/data/changes.json": told.story.to_json()}
    return told.story


def make_edition(
    order: Order, progress: Progress = lambda _: None, tell: Tell = lambda _: None
) -> tuple[Built, Measured]:
    """Return the built tables of a geodata folder, and their measures; nothing is drawn or written.

    ``tell`` is told what asking the order's geocoder may cost, where it has one.
    """
    reference = Reference(open_geodata(order.geodata))
    progress("ledger")
    tables = read_contents(reference)
    joined, adopted = join_tables(tables.people.rows, tables.machine.rows, tables.same)
    progress("place")
    streets = roads.street_readers(order.maps) if order.maps else {}
    extra = Extra(order.gazetteer, maps=order.maps, streets=streets)
    unplaced = without_machine_points(joined)
    places, unasked = known_places(order.provider, unplaced, reference, extra, tell)
    located = locate(joined, reference, places)
    reported = with_reports(located.rows, tables.reports.rows)
    stations = mark_sensitive(reported, reference.sensitive)
    services, lost_services = match_services(tables.services.rows, adopted, stations)
    written, told_of_past = tables.claims.rows, dict[str, Any]()
    if "" < order.as_of < edition_date(stations, written):
        stations, written, told_of_past = tables_as_of(stations, written, order.as_of)
    services = services[services.station_id.isin(stations.station_id)]
    progress("cover")
    demand = read_demand_file(order.demand)
    homes = list_homes(places.ground.ground) if places.ground else None
    files = (*order.maps, *order.roads)
    measured = measure(stations, files, demand.rows, reference, homes, streets)
    by_road, coverage = measured.by_road, measured.coverage
    claims = judge_claims(
        count_claims(written, reference), stations, coverage.shares,
        reference.settings.envelopes,
    )  # fmt: skip
    districts = tally(stations, claims, coverage, reference)
    aliases = dict(sorted({**adopted, **tables.same}.items()))
    photos = read_photos(reference.geodata.photo_files(), frozenset(stations.station_id), aliases)
    ledger = digest_stations(joined)
    plan, lost_plan = read_kept_plan(
        reference.geodata.file("plan.json"), reference.settings, ledger
    )
    left_out = (*located.skips, *lost_services, *demand.skips, *photos.skips, *lost_plan)
    skips = (*tables.skips, *reference.skips, *left_out)
    breaks = list_breaks(places.ground.ground) if places.ground else ()
    doubts = (*tables.warnings, *unasked, *located.warnings, *by_road.warnings, *breaks)
    warnings = (*doubts, *private_cells(tables, reference))
    today = told_of_past["as_of"]["day"] if told_of_past else edition_date(stations, claims)
    edition = Edition(
        settings=replace(reference.settings, detour_factor=by_road.detour_factor),
        edition_date=today,
        stations=stations,
        districts=districts,
        outlines=reference.outlines,
        provinces=reference.provinces,
        everywhere=reference.everywhere,
        base=places.ground.ground.base if places.ground else None,
        named=list_names(places.ground.ground) if places.ground else None,
        crossings=list_crossings(places.ground.ground) if places.ground else None,
        areas=coverage.areas,
        claims=claims,
        services=services,
        streets=by_road.streets,
        road_credit=by_road.credit,
        bands=by_road.bands,
        own_areas=own_areas(stations, measured),
        on_network=by_road.on_network,
        sensitive=reference.sensitive,
        townships=reference.townships,
        photos=photos.by_station,
        aliases=aliases,
        holidays=dict(calendar_table()),
        labels=reference.labels,
        people_from=measured.people_from,
        trial=measured.trial,
        plan=plan,
        gaps=find_gaps(stations, measured, reference.settings.headline),
        years=count_years(stations, measured, reference.settings.headline, today),
        hours=measured.tell_hours(stations) if order.clock else None,
        report=report(stations, claims, services, skips, warnings)
        | {"roads": describe(by_road), "people_from": measured.people_from, **told_of_past}
        | shown_plan(plan),
    )
    return Built(edition, skips, warnings, ledger), measured


def with_reports(stations: gpd.GeoDataFrame, reports: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the stations with what confirmed reports say; a good one is a verification too."""
    told, seen = summarize_reports(reports), last_confirmed(reports)
    days = [
        max(day, seen.get(station, ""))
        for station, day in zip(stations.station_id, stations.verified_on, strict=True)
    ]
    lines = [told.get(station, "") for station in stations.station_id]
    confirmed = [bool(day) for day in days]
    return stations.assign(reports=lines, verified_on=days, confirmed=confirmed)


def mark_sensitive(stations: gpd.GeoDataFrame, words: Sequence[str]) -> gpd.GeoDataFrame:
    """Return the stations with ``sensitive``: a word of the list says where or what they are."""
    sieve = make_filter(words)
    texts = stations[["name", "address", "township"]].astype(str).to_numpy()
    return stations.assign(sensitive=[any(map(sieve.contains_word, row)) for row in texts])


def tally(
    stations: gpd.GeoDataFrame, claims: pd.DataFrame, coverage: Coverage, reference: Reference
) -> gpd.GeoDataFrame:
    """Return every district with a station, a claim or a share above 0."""
    shares = coverage.shares
    reached = shares.index[(shares.filter(regex="_share_high$").fillna(0) > 0).any(axis=1)]
    wanted = {*reached, *stations.district_code, *claims.district_code} - {""}
    chosen = reference.districts[reference.districts.district_code.isin(wanted)]
    chosen = chosen.sort_values("district_code", ignore_index=True)
    table = tally_districts(stations, chosen, claims, reference.population)
    return table.merge(shares, left_on="district_code", right_index=True, how="left")


def edition_date(stations: pd.DataFrame, claims: pd.DataFrame) -> str:
    """Return the newest day of the tables: verified, opened (not: to open), a document's; or ""."""
    opened = stations.opened_on[stations.status != "planned"]
    days = [*stations.verified_on, *opened, *claims.as_of]
    days += [source.date for sources in stations.sources for source in sources]
    return max((day for day in days if day), default="")
