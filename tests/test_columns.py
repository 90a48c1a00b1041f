"""The page that documents all tables is the one the contracts give."""

import importlib.util
from pathlib import Path

GEODATA = Path(__file__).parent.parent / "geodata"


def test_the_documentation_follows_the_contracts() -> None:
    spec = importlib.util.spec_from_file_location("make_columns", GEODATA / "make_columns.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (GEODATA / "columns.md").read_text(encoding="utf-8")
    assert written == module.page(), "run python geodata/make_columns.py"
