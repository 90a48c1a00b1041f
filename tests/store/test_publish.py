"""The public part leaves through the gate, as it was built; foreign files stay; editions return."""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from geomap.cli import main
from geomap.model.records import PublishError
from geomap.model.settings import DRAFT
from geomap.store import exchange
from geomap.store.editions import list_editions
from geomap.store.marker import PUBLICATION, SITE, seal
from geomap.store.publish import publish_site, undo_publish
from geomap.store.site import write_site
from tests.store.sites import CONTENT, around, listing, make_site

#: What hosts and their owners keep in a published folder.
FOREIGN = ("CNAME", ".git/config", ".git/objects/ab/cd", "robots.txt", ".htaccess",
           ".well-known/acme-challenge/token", "assets/logo.png")  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    build(tmp_path, "one")
    return tmp_path


def build(home: Path, page: str, **files: bytes) -> None:
    write_site(make_site(page, **files), home / "site")


def publish(home: Path, page: str = "", **files: bytes) -> int:
    if page:
        build(home, page, **files)
    return publish_site(home / "site", home / "www").edition


def undo(home: Path, number: int | None = None) -> int:
    return undo_publish(home / "site", home / "www", number=number)


def shown(home: Path) -> str:
    return (home / "www/index.html").read_text(encoding="utf-8").partition("</aside>")[2]


def host(home: Path) -> None:
    for name in FOREIGN:
        path = home / "www" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"foreign {name}")
    (home / "www/.git/refs/tags").mkdir(parents=True)


def is_hosted(home: Path) -> bool:
    kept = all((home / "www" / name).read_text() == f"foreign {name}" for name in FOREIGN)
    return kept and (home / "www/.git/refs/tags").is_dir()


def test_only_the_public_part_leaves(home: Path) -> None:
    publish(home)
    assert listing(home / "www") == {"index.html", "assets/app.js", "publication.json"}
    assert around(home) == {"site", "site.editions", "www"}


def test_editions_are_taken_back_one_by_one_and_any_by_its_number(home: Path) -> None:
    assert [publish(home, page) for page in ("one", "two", "three")] == [1, 2, 3]
    assert undo(home) == 2 and shown(home) == "two"
    assert undo(home) == 1 and shown(home) == "one"
    with pytest.raises(PublishError, match="nothing to go back to"):
        undo(home)
    assert undo(home, 3) == 3 and shown(home) == "three"
    undo(home, 1)
    assert publish(home, "four") == 4
    assert undo(home) == 1 and shown(home) == "one"


def test_an_unknown_edition_is_refused_with_those_there_are(home: Path) -> None:
    publish(home)
    with pytest.raises(PublishError, match=r"no edition 7 .* 1 2026-03-01"):
        undo(home, 7)


def test_there_is_nothing_to_undo_at_first(home: Path) -> None:
    with pytest.raises(PublishError, match="nothing to go back to"):
        undo(home)


def test_the_same_edition_again_is_no_new_one(home: Path) -> None:
    assert [publish(home), publish(home)] == [1, 1]
    (home / "www/assets/app.js").unlink()
    publish(home)
    assert (home / "www/assets/app.js").exists()


def test_foreign_files_stay_through_every_publish_and_undo(home: Path) -> None:
    publish(home, "one")
    host(home)
    inode = (home / "www/CNAME").stat().st_ino
    for step in (lambda: publish(home, "two"), lambda: publish(home, "three"),
                 lambda: undo(home), lambda: undo(home)):  # fmt: skip
        step()
        assert is_hosted(home)
    assert (home / "www/CNAME").stat().st_ino == inode
    assert shown(home) == "one"


def test_where_a_disk_cannot_link_foreign_files_are_copied(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("no hard links here")

    publish(home, "one")
    host(home)
    monkeypatch.setattr(os, "link", refuse)
    publish(home, "two")
    assert is_hosted(home) and shown(home) == "two"


def test_foreign_files_outlive_a_kill_at_any_step(home: Path) -> None:
    from tests.store.test_site import Killed, kill_at

    publish(home, "one")
    host(home)
    moment, pages = 0, ("one", "two")
    while True:
        build(home, pages[moment % 2])
        with pytest.MonkeyPatch.context() as patched:
            steps = kill_at(moment, patched)
            with suppress(Killed):
                publish(home)
        assert is_hosted(home) and shown(home) in pages
        if moment >= len(steps):
            break
        moment += 1
    publish(home)
    assert is_hosted(home) and shown(home) == pages[moment % 2]
    assert around(home) == {"site", "site.editions", "www"}


def test_a_foreign_folder_beside_is_never_touched(home: Path) -> None:
    (home / "www.previous").mkdir()
    (home / "www.previous/private.html").write_text("not for the web")
    publish(home, "one")
    publish(home, "two")
    undo(home)
    assert shown(home) == "one"
    assert listing(home / "www.previous") == {"private.html"}


def test_what_was_taken_back_is_nowhere_near_the_web(home: Path) -> None:
    (home / "srv").mkdir()
    for page in ("clean", "leak"):
        build(home, page)
        publish_site(home / "site", home / "srv/www")
    undo_publish(home / "site", home / "srv/www")
    assert not [p for p in (home / "srv").rglob("*") if p.is_file() and b"leak" in p.read_bytes()]


def blocking(name: str) -> Callable[[Path], object]:
    def lay(home: Path) -> None:
        (home / "www" / name).parent.mkdir(parents=True, exist_ok=True)
        (home / "www" / name).write_text("foreign")

    return lay


@pytest.mark.parametrize(
    "spoil, code",
    [
        (blocking("data/new.js"), "publish-blocked"),
        (blocking("data"), "publish-blocked"),
        (blocking("data/new.js/deeper"), "publish-blocked"),
        (blocking("index.html"), "out-edited"),
        (blocking("publication.json"), "out-foreign"),
    ],
)
def test_what_stands_in_the_way_is_refused_by_name(
    home: Path, spoil: Callable[[Path], object], code: str
) -> None:
    publish(home, "one")
    spoil(home)
    before = listing(home / "www")
    with pytest.raises(PublishError) as refused:
        publish(home, "two", **{"public__data__new.js": b""})
    assert refused.value.code == code and refused.value.detail
    assert listing(home / "www") == before


def test_a_folder_of_somebody_is_no_place_to_publish(home: Path) -> None:
    (home / "www").mkdir()
    (home / "www/own.html").touch()
    with pytest.raises(PublishError, match=r"own\.html"):
        publish(home)
    with pytest.raises(PublishError, match=r"build\.json"):
        publish_site(home / "site", shutil.copytree(home / "site", home / "copy"))
    with pytest.raises(PublishError, match="which is read whole"):
        publish_site(home / "site", home / "site/www")
    (home / "current").symlink_to(home / "www")
    with pytest.raises(PublishError, match="a link"):
        publish_site(home / "site", home / "current")


@pytest.mark.parametrize(
    "spoil, named",
    [
        (lambda p: (p / ".DS_Store").touch(), r"\.DS_Store"),
        (lambda p: shutil.copytree(p.parent / "internal", p / "internal"), "internal/planner"),
        (lambda p: (p / "data").symlink_to(p.parent / "internal"), "public/data"),
        (lambda p: (p / "index.html").write_text("审图号：GS(2026)1 edited"), r"index\.html"),
        (lambda p: (p / "assets/app.js").unlink(), r"assets/app\.js"),
        (lambda p: (p.rename(p.parent / "x"), p.symlink_to(p.parent / "x")), "public"),
    ],
)
def test_only_what_the_build_listed_leaves(
    home: Path, spoil: Callable[[Path], object], named: str
) -> None:
    spoil(home / "site/public")
    with pytest.raises(PublishError, match=named) as refused:
        publish(home)
    assert refused.value.code == "site-changed"
    assert not (home / "www").exists()


@pytest.mark.parametrize("number", ["", "   ", "\u3000\u3000", "\u200b", "\u3164"])
def test_the_gate_is_closed_without_a_visible_number(home: Path, number: str) -> None:
    write_site(make_site(number=number), home / "site")
    with pytest.raises(PublishError, match="审图号"):
        publish(home)
    assert not (home / "www").exists()


def test_an_edited_build_json_opens_nothing(home: Path) -> None:
    write_site(make_site(number=""), home / "site")
    mark = home / "site" / SITE
    written = json.loads(mark.read_text(encoding="utf-8"))
    written["publish"]["review_number"] = "GS(2026)1"
    mark.write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(PublishError, match="edited by hand"):
        publish(home)


@pytest.mark.parametrize("page, code", [(DRAFT[0], "gate-closed"), ("", "gate-not-shown")])
def test_the_pages_themselves_must_agree_with_the_gate(home: Path, page: str, code: str) -> None:
    site = make_site()
    site["public/index.html"] = page.encode()
    site[SITE] = seal(SITE, CONTENT, {k: v for k, v in site.items() if k != SITE})
    write_site(site, home / "site")
    with pytest.raises(PublishError) as refused:
        publish(home)
    assert refused.value.code == code


def test_no_site_no_publication(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    for site in (tmp_path / "site", tmp_path / "nowhere"):
        with pytest.raises(PublishError, match="run build first"):
            publish_site(site, tmp_path / "www")
    assert not (tmp_path / "nowhere").exists()


def test_only_so_many_editions_are_kept_and_never_without_the_one_before(home: Path) -> None:
    gate = CONTENT["publish"] | {"keep_editions": 2}
    for page in ("one", "two", "three", "four"):
        site = make_site(page)
        files = {path: content for path, content in site.items() if path != SITE}
        write_site(files | {SITE: seal(SITE, CONTENT | {"publish": gate}, files)}, home / "site")
        publish(home)
    assert [kept.number for kept in list_editions(home / "site.editions")] == [3, 4]
    assert undo(home) == 3


def test_a_publication_of_before_lists_is_kept_and_can_come_back(home: Path) -> None:
    (home / "www").mkdir()
    (home / "www/index.html").write_text("</aside>ancient")
    (home / "www" / PUBLICATION).write_text('{"version": "0.1", "edition_date": "2025-01-01"}')
    (home / "www/CNAME").write_text("map.example")
    assert publish(home) == 2
    assert undo(home) == 1 and shown(home) == "ancient"
    assert (home / "www/CNAME").read_text() == "map.example"


def test_another_computers_publication_is_kept_before_it_is_replaced(home: Path) -> None:
    publish(home, "theirs")
    shutil.rmtree(home / "site.editions")
    publish(home, "ours")
    undo(home)
    assert shown(home) == "theirs"


def test_a_damaged_edition_is_not_put_on_the_web(home: Path) -> None:
    publish(home, "one")
    publish(home, "two")
    kept = list_editions(home / "site.editions")[0].path
    kept.write_bytes(kept.read_bytes().replace(b"assets/app.js", b"assets/bad.js"))
    with pytest.raises(PublishError, match="damaged"):
        undo(home)
    assert shown(home) == "two"


def test_a_full_disk_leaves_the_publication(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    publish(home, "one")
    host(home)
    monkeypatch.setattr(exchange, "_fill", full)
    with pytest.raises(PublishError, match="disk is full"):
        publish(home, "two")
    monkeypatch.undo()
    assert shown(home) == "one" and is_hosted(home)
    assert around(home) == {"site", "site.editions", "www"}


def test_the_command_says_which_edition_and_what_an_earlier_version_left(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(home)
    assert main(["publish", "--to", "www"]) == 0
    build(home, "two")
    (home / "www/CNAME").touch()
    shutil.copytree(home / "www", home / "www.previous")
    assert main(["publish", "--to", "www"]) == 0
    said = capsys.readouterr().out
    assert "第 2 版" in said and "别的文件 1 个" in said and "www.previous" in said
    assert main(["publish", "--to", "www", "--undo", "--lang", "en"]) == 0
    assert "edition 1" in capsys.readouterr().out
    assert main(["publish", "--to", "www", "--undo", "2"]) == 0
    assert shown(home) == "two"
    assert main(["publish", "--to", "www", "--undo", "9"]) == 1
    assert (
        "没有留存这个编号的版本；留着的是（1 2026-03-01、2 2026-03-01）" in capsys.readouterr().err
    )
