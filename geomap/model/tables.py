"""Table contracts: every column once, with its unit, its datum and whether it may be empty.

Checks, published files and the tables in geodata/README.md all come from here.
"""

from __future__ import annotations

from dataclasses import dataclass

STATION_KINDS = ("station", "rest_room", "workers_home", "service_center", "mobile_station")
KINDS = (*STATION_KINDS, "union_branch", "employer_site", "event_venue", "courier_depot")
STATUSES = ("operating", "planned", "converted", "closed", "suspended", "unknown")
OPEN_STATUSES = ("operating", "converted")
ACCESSES = ("public", "outdoor_workers", "members", "employees", "unknown")
OPEN_ACCESSES = ("public", "outdoor_workers")
PRECISIONS = (
    "exact", "address", "poi", "street", "community", "township", "district", "city", "none",
)  # fmt: skip
FACILITIES = (
    "drinking_water", "microwave", "fridge", "air_conditioning", "heating", "charging",
    "ev_charging", "battery_swap", "rest", "toilet", "first_aid", "umbrella", "raincoat", "drying",
    "books", "wifi", "tv", "pump", "tools", "shower", "laundry", "nursing_room", "aed",
    "blood_pressure", "health_check", "parking", "meals", "lodging", "haircut", "legal_aid",
    "counselling", "job_service", "training", "gym", "vending", "printer", "kitchen", "wash_basin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``unit`` is empty for text; ``values`` closes the list."""

    name: str
    meaning: str
    type: str = "text"
    unit: str = ""
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, and the column that names a row."""

    name: str
    columns: tuple[Column, ...]
    key: str = ""

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]


_ADMIN = (
    Column("province", "province, as written or found"),
    Column("city", "prefecture-level city; a municipality repeats its name"),
    Column("district", "county-level division"),
)

#: geodata/stations.csv (people) and geodata/found.csv (machine): the same columns.
LEDGER = Table(
    "stations",
    (
        Column("station_id", "[A-Za-z0-9._-]{1,64}; empty: made from name and place"),
        Column("name", "name of the station", required=True),
        Column("kind", "what it is", values=KINDS),
        Column("status", "does it operate", values=STATUSES),
        Column("access", "who may enter", values=ACCESSES),
        *_ADMIN,
        Column("township", "township or street, or the written zone"),
        Column("address", "address as written"),
        Column("lon", "longitude", "number", "degree"),
        Column("lat", "latitude", "number", "degree"),
        Column("datum", "wgs84, gcj02, bd09 or the app the coordinate comes from"),
        Column("uncertainty_m", "95 % of the time the true place is within", "number", "m"),
        Column("opening_hours", "of the door: OSM syntax or plain Chinese"),
        Column("facilities", "keys or Chinese words, separated by ;"),
        Column("phone", "public number"),
        Column("opened_on", "day it opened", "date"),
        Column("closed_on", "day it closed", "date"),
        Column("verified_on", "day a person last confirmed it", "date"),
        Column("source", "where the row comes from; documents as FILE@DATE「quote」, joined by |"),
        Column("note", "anything else"),
    ),
    key="station_id",
)

SERVICES = Table(
    "services",
    (
        Column("station_id", "the station, or the place it is offered at", required=True),
        Column("service", "facility key or words", required=True),
        Column("times", "OSM syntax, or the words where they are vague"),
        Column("valid_from", "first day", "date"),
        Column("valid_until", "last day", "date"),
        Column("source", "document and quote, or who says so"),
    ),
)

CLAIMS = Table(
    "claims",
    (
        Column("doc", "document", required=True),
        *_ADMIN,
        Column("kind", "what is counted or promised"),
        Column("claim", "the words of the claim", required=True),
        Column("count", "number claimed", "integer", "1"),
        Column("as_of", "day the claim speaks of", "date"),
        Column("quote", "sentence of the document"),
    ),
)

#: What the riders' page may report.
REPORT_CLAIMS = ("locked", "gone", "hours", "place", "facilities", "refused", "fine")
#: geodata/reports.csv: what riders reported. Nothing is shown until ``confirmed_on`` is filled.
REPORTS = Table(
    "reports",
    (
        Column("station_id", "the station", required=True),
        Column("claim", "what the rider found", required=True, values=REPORT_CLAIMS),
        Column("reported_at", "time of the report, Asia/Shanghai", "instant", required=True),
        Column("edition", "edition the rider saw", "date"),
        Column("confirmed_on", "day a person confirmed the report; empty: not shown", "date"),
        Column("note", "anything else"),
    ),
)

#: Old station ids that links may still carry, and the id of today.
ALIASES = Table(
    "aliases",
    (
        Column("old_id", "id that was published before", required=True),
        Column("new_id", "id of the same place today", required=True),
    ),
    key="old_id",
)

#: Pairs of rows that may be one station, and what somebody answered: asked once, kept for ever.
SAME_PLACE = Table(
    "same_place",
    (
        Column("answer", "same or different (同, 不同); empty: not answered yet"),
        Column("name", "name of the one row"),
        Column("source", "where it stands and where it is from"),
        Column("other_name", "name of the row that stays when they are the same"),
        Column("other_source", "where that stands and where it is from"),
        Column("why", "what they share: name, address, host, metres between them"),
        Column("station_id", "id of the one", required=True),
        Column("other_id", "id of the row that stays", required=True),
    ),
)

#: Every document that ``add`` met, so that ``build`` can name those it has not read.
DOCUMENTS = Table(
    "documents",
    (
        Column("document", "the file's name", required=True),
        Column("sha256", "of its bytes; empty where they cannot be read"),
        Column("skipped", "why add left it out; empty where it was read"),
    ),
    key="document",
)

#: People who live in a district, from the census or a newer count.
POPULATION = Table(
    "population",
    (
        Column("district_code", "six digits", "code", required=True),
        Column("population", "people who live there", "integer", "1", required=True),
        Column("source", "census or yearbook"),
    ),
    key="district_code",
)

_POINT = (
    Column("id", "name of the row"),
    Column("lon", "longitude", "number", "degree", required=True),
    Column("lat", "latitude", "number", "degree", required=True),
    Column("datum", "wgs84, gcj02, bd09, or the map it is from; empty: wgs84"),
    Column("weight", "how much it counts, people; empty: 1", "number"),
)
#: --demand: where people are.
DEMAND = Table("demand", _POINT)
#: --candidates: where a station could be.
CANDIDATES = Table("candidates", (*_POINT, Column("cost", "yuan", "number", "yuan")))

#: Places that are no division, one row a zone and district.
ZONES = Table(
    "zones",
    (
        Column("zone", "name of the development zone", required=True),
        Column("province", "province"),
        Column("city", "prefecture-level city"),
        Column("district_code", "a district it lies in", "code", required=True),
        Column("township", "township its centre lies in, where one is known"),
        Column("source", "who says so"),
    ),
)

#: Divisions that are no more, one row a successor.
FORMER = Table(
    "former",
    (
        Column("former", "name that was", required=True),
        Column("former_code", "its code"),
        Column("province", "province"),
        Column("city", "prefecture-level city"),
        Column("today", "name of a successor"),
        Column("today_code", "its code", "code", required=True),
        Column("year", "when it changed"),
        Column("source", "who says so"),
    ),
)

#: What geocoders answered, kept where their terms allow it: one row a place of an answer.
ANSWERS = Table(
    "answers",
    (
        Column("provider", "who answered", required=True),
        Column("query", "the words that were asked", required=True),
        Column("rank", "place in the answer; 0: nothing was found", "integer", "1", required=True),
        Column("lon", "longitude, WGS-84", "number", "degree"),
        Column("lat", "latitude, WGS-84", "number", "degree"),
        Column("precision", "what was matched", values=PRECISIONS),
        Column("uncertainty_m", "95 % of the time the true place is within", "number", "m"),
        Column("matched", "what the provider calls it"),
    ),
)

#: Stations as the map half sees them, after merging, placing and joining: one row a station.
BUILT = Table(
    "built stations",
    (
        *LEDGER.columns[:10],
        Column("lon", "longitude, WGS-84; NaN where nobody knows", "number", "degree"),
        Column("lat", "latitude, WGS-84; NaN where nobody knows", "number", "degree"),
        Column("precision", "how the place is known", values=PRECISIONS, required=True),
        Column("uncertainty_m", "95 % of the time the true place is within", "number", "m"),
        Column("provider", "who placed it"),
        Column("matched", "what the provider answered to"),
        Column("district_code", "six digits; empty: in no district or known to a city only"),
        Column("in_district", "the point lies in the stated district or its successor", "boolean"),
        Column("district_outcome", "inside, border, sea, foreign, city-only or none"),
        Column("opening_hours", "of the door, OSM syntax; empty: unknown"),
        Column("hours_words", "the words the hours were read from"),
        Column("facilities", "keys, sorted, separated by ;"),
        Column("phone", "public number"),
        Column("opened_on", "day it opened", "date"),
        Column("closed_on", "day it closed", "date"),
        Column("verified_on", "day a person last confirmed it; empty: 待核实", "date"),
        Column("confirmed", "a person has confirmed it", "boolean"),
        Column("sources", "tuple of Source", "object"),
        Column("note", "anything else"),
        Column("reports", "confirmed reports of riders, newest first"),
        Column("sensitive", "a word of the sensitive list stands in it", "boolean"),
    ),
    key="station_id",
)
