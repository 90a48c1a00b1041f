"""A desk on a folder of its own, asked as the browser that opened it would ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from geomap.desk.app import make_app
from geomap.desk.desk import Desk
from geomap.desk.guard import Guard
from geomap.files.folder import Geodata
from geomap.stations.ledger_file import read_rows

HEAD = "编号,名称,类型,状态,省,市,区县,地址,经度,纬度,坐标来源,开放时间"
LEDGER = (
    f"{HEAD}\r\n"
    "A1,文三路驿站,驿站,运营,浙江省,杭州市,西湖区,文三路 1 号,120.1301,30.2801,手机,"
    "每天 8:00-18:00\r\n"
    ",北山驿站,驿站,运营,浙江省,杭州市,西湖区,,,,,\r\n"
)


class Window:
    """One browser window with the desk in it."""

    def __init__(self, folder: Path, lang: str = "zh") -> None:
        self.folder = folder
        self.guard = Guard(8000)
        self.desk = Desk(Geodata(folder), folder.with_name("site"), lang)
        self.app = make_app(self.desk, self.guard)
        self.app.testing = True
        self.client: FlaskClient = self.app.test_client()
        self.client.set_cookie(self.guard.cookie, self.guard.key, domain="127.0.0.1")

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, base_url=self.guard.origin, headers=headers)

    def post(
        self, path: str, fields: Mapping[str, object] | None = None, *, token: bool = True,
        headers: Mapping[str, str] | None = None,
    ) -> TestResponse:  # fmt: skip
        sent = {**(fields or {}), **({"token": self.guard.token} if token else {})}
        told = {"Origin": self.guard.origin} if headers is None else headers
        return self.client.post(path, data=sent, base_url=self.guard.origin, headers=told)

    def bring(self, path: Path) -> TestResponse:
        """Drop a file on the desk; return the page that previews it."""
        answer = self.post("/arrive", {"files": (BytesIO(path.read_bytes()), path.name)})
        assert answer.status_code == 303, answer.text
        return self.get(answer.location)

    def accept(self, page: TestResponse) -> TestResponse:
        """Press 收下 on a preview and read what comes."""
        action = re.search(r'action="(/arrived/\d+(?:-1)*/accept)"', page.text)
        version = re.search(r'name="version" value="(\w+)"', page.text)
        assert action and version
        answer = self.post(action[1], {"version": version[1]})
        assert answer.status_code == 303, answer.text
        return self.get(answer.location)

    def rows(self) -> dict[str, dict[str, str]]:
        """Return the ledger's rows by name."""
        words = self.desk.reference.vocabulary.headings
        return {row["name"]: row for row in read_rows(self.folder / "stations.csv", words)}

    def fill(self, path: str, fields: Mapping[str, object]) -> TestResponse:
        """Open a page, fill its form in and send it, as a browser would."""
        version = re.search(r'name="version" value="(\w*)"', self.get(path).text)
        assert version, path
        return self.post(path, {"version": version[1], **fields})
