"""Machines as they are: no home, no place to keep anything, names of another locale, full disks."""

import pwd
import resource
from pathlib import Path

import pytest

from geomap.cli import main
from geomap.files.folder import cache_folder
from geomap.model.records import InputError, PublishError
from geomap.pages.downloads import draw_geopackage
from geomap.store.kept import keeping
from geomap.store.output import write_output
from geomap.store.site import check_place, write_site
from tests.editions import make_edition
from tests.store.sites import make_site


def test_a_user_without_a_home_has_a_place_for_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(number: int) -> None:
        raise KeyError(number)

    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache/geomap"
    assert check_place(tmp_path / "site").name == "site"


def test_a_circle_of_links_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(PublishError, match="loop") as refused:
        write_site(make_site("new"), tmp_path / "loop/site", [tmp_path / "loop"])
    assert refused.value.code == "file-refused"


def test_a_name_in_no_known_encoding_is_kept_like_any_other(tmp_path: Path) -> None:
    with keeping(tmp_path, tmp_path / "\udce6\udcb2\udca1"):
        pass
    assert len(list(tmp_path.glob("*.kept"))) == 1


def test_an_output_is_written_where_nothing_can_be_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert write_output(tmp_path / "seen.csv", b"a", "extract") is None
    assert (tmp_path / "seen.csv").read_bytes() == b"a"


def test_no_room_for_a_geopackage_is_said_with_what_to_do() -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, before[1]))
    try:
        with pytest.raises(InputError, match="TMPDIR") as refused:
            draw_geopackage(make_edition())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.code == "temp-full"


@pytest.mark.parametrize("read", ["documents", "photos/a"])
def test_no_site_is_built_where_the_next_run_would_read_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], read: str
) -> None:
    (tmp_path / "stations.csv").write_text("name,kind\n甲驿站,station\n", encoding="utf-8")
    out = tmp_path / read
    assert main(["build", "--geodata", str(tmp_path), "--out", str(out)]) == 1
    assert "在另一个要整个读的文件夹里面" in capsys.readouterr().err
    assert not out.exists()
