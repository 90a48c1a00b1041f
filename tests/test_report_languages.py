"""No English in a Chinese report and no Chinese in an English one, but for what a user wrote."""

import ast
import re
from pathlib import Path

import pytest
from planted_faults import LAYOUTS

import geomap
from geomap.cli import main
from geomap.files.folder import SHIPPED, Geodata
from geomap.model.labels import shipped_texts
from geomap.pipeline.reference import Reference

CHINESE = re.compile(r"[\u4e00-\u9fff“”，。：；（）]")
WORD = re.compile(r"[A-Za-z]{2,}")
#: Names that are the same in every language: formats, programs, files, our columns, commands,
#: settings.
NAMES = re.compile(
    r"""(?x) CSV|UTF-8|Excel|WPS|Word|PDF|OCR|QQ|Ctrl\+(?:C|End)|OpenStreetMap|OSMnx|GraphML
    |WGS-84|GCJ-02|BD-09|\banswer\b|EPSG:\d+|GB18030|KiB|km|HTML|
    (?:map|words)\.toml|[a-z_*-]+\.(?:json|csv|txt|html)|\.[a-z]{2,8}(?:\.[a-z]+)?|reports|
    --[a-z-]+|\b(?:build|add|check|publish|desk|demo|geocode|plan|diff|site|public|documents|save_graphml)\b|
    |may_store|\b(?:lon|lat|id|datum|weight|provider|district_code|township|geometry)\b|https?|nominatim|Ctrl|TOML
    |title\ =|\[\[?[a-z]+\]\]?|review_number|confirmed_on|\b(?:true|false)\b|API|key|POI|OSM
    |TMPDIR|TEMP|Windows|XML
    """
)


def english_in(text: str) -> list[str]:
    return WORD.findall(NAMES.sub("", re.sub(r"\{\w+\}", "", text)))


def said(which: int) -> dict[str, str]:
    """Return all words of texts.toml in one language: 0 Chinese, 1 English."""
    sections = {name: words for name, words in shipped_texts().items() if name != "code"}
    return {
        f"{name}.{key}": pair[which]
        for name, words in sections.items()
        for key, pair in words.items()
    }


def test_chinese_words_are_chinese() -> None:
    words = said(0) | dict(shipped_texts()["code"])
    assert {key: found for key, text in words.items() if (found := english_in(text))} == {}


def test_english_words_are_english() -> None:
    assert [key for key, text in said(1).items() if CHINESE.search(text)] == []


ERRORS = ("GeomapError", "InputError", "SettingsError", "PublishError")


def test_every_error_that_a_clerk_may_meet_has_a_code_in_her_language() -> None:
    codeless, unknown = [], []
    for path in sorted(Path(geomap.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ERRORS:
                given = {word.arg: word.value for word in call.keywords}
                code = given.get("code")
                where = f"{path.name}:{call.lineno}"
                codeless += [] if {"code", "findings", "faults"} & given.keys() else [where]
                if isinstance(code, ast.Constant) and code.value not in shipped_texts()["code"]:
                    unknown.append(f"{where} {code.value}")
    assert (codeless, unknown) == ([], [])


TILES = '[tiles.a]\nlabel = "图"\nattribution = "图"\nurl = "'


@pytest.mark.parametrize(
    ("tiles", "told"),
    [
        ('ftp://a.example/{z}/{x}/{y}"\n', "网址"),
        ('https://a.example/{z}/{x}/{y}"\ndatum = "bd09"\n', "坐标系"),
        ('https://a.example/{z}/{x}/{y}/{key}"\nkey_env = "NO_SUCH_KEY"\n', "环境变量"),
    ],
)
def test_a_base_map_that_cannot_be_used_is_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tiles: str, told: str
) -> None:
    (tmp_path / "stations.csv").write_text("name,kind,district\n甲,驿站,朝阳区\n", "utf-8")
    (tmp_path / "map.toml").write_text(TILES + tiles, "utf-8")
    assert main(["build", "--geodata", str(tmp_path), "--out", str(tmp_path / "site")]) == 1
    line = capsys.readouterr().err.splitlines()[-1]
    plain = re.sub(r"（[^（）]*）|\[tiles[.a]*\]", "", line)
    assert told in line and english_in(plain) == []


def without_addresses(told: str) -> str:
    """Return a report without ``file:row:column: code:``, files, cells and what was written."""
    lines = re.sub(r"(?m)^\s*\S+:\d+:[^:]*: [a-z0-9-]+: |^\s*[a-z0-9-]+ ×", "", told)
    lines = re.sub(r"\[[^\]]*\]|“[^”]*”|\S*/\S*|\S+\.(?:xlsx|csv|txt)\S*", "", lines)
    return re.sub(r"(?m)（[^（）]*）\s*$|^\s+[A-Z] [^：]*：", "", lines)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda each: each.file)
def test_a_chinese_report_has_no_english(
    layout, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = str(layout.write(tmp_path, Reference(Geodata(SHIPPED)).places(), faulty=True))
    folder = tmp_path / "map"
    folder.mkdir()
    main(["check", sheet])
    main(["add", sheet, "--geodata", str(folder)])
    main(["geocode", sheet, "--out", str(tmp_path / "placed.csv")])
    told = without_addresses(capsys.readouterr().out)
    assert [line for line in told.splitlines() if english_in(line)] == []


def test_an_english_report_has_no_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = (
        "name,kind,province,district,lon,lat,datum,opening_hours,phone,verified_on,facilities,x\n"
    )
    rows = (
        "North,station,北京市,朝阳区,116.46,39.93,gps,9:00-17:00,010-1,2020-01-01,sofa,y\n"
        "South,ship,北京市,朝阳区,39.93,116.46,gjc,17:00-9:00,,2062-01-01,,y\n"
        "East,station,北京市,无,116.4612,39.9312,gps,soon,,x,drinking_water,y\n"
        "West,station,北京市,朝阳区,116.46121,39.93121,gps,,,,,y\n,,,,,,,,,,,y\n"
    )
    sheet = tmp_path / "a.csv"
    sheet.write_text(f"{head}\n" + rows, encoding="utf-8")
    folder = tmp_path / "map"
    folder.mkdir()
    english = ["--lang", "en", "--geodata", str(folder)]
    main(["check", str(sheet), *english])
    main(["add", str(sheet), *english])
    sheet.write_text(f"{head}\n" + rows.replace("17:00,010-1", "18:00,010-1"), encoding="utf-8")
    main(["add", str(sheet), *english])
    main(["geocode", str(sheet), "--out", str(tmp_path / "placed.csv"), *english])
    main(["build", "--out", str(tmp_path / "site"), *english])
    out, err = capsys.readouterr()
    told = re.sub(r"北京市|朝阳区|无(?=\b|:)|（原表）", "", out)
    assert [line for line in told.splitlines() if CHINESE.search(line)] == [] and not err
