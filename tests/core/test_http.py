"""JSON is read strictly: what one database would keep and the other refuse, or a browser could not read back, is refused at the door."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.callers import Caller
from tests.school import PEOPLE

JSON = "application/json"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"title": "a"} {}', 400),
        (b'{"title": NaN}', 400),
        (b'{"title": Infinity}', 400),
        (b'{"title": 1e400}', 400),
        (b'{"title": 9007199254740993}', 400),
        (b'{"title": 99999999999999999999}', 400),
        (rb'{"title": "\u0000"}', 400),
        (rb'{"\u0000": "a"}', 400),
        (rb'{"title": "\ud800"}', 400),
        (b'{"title": "\xff"}', 400),
        (b'{"title": ' + b"[" * 32 + b"]" * 32 + b"}", 400),
        (b'{"title": ' + b"[" * 31 + b"]" * 31 + b"}", 422),
        (b"[" * 100_000, 400),
        (b'{"title": [' + b"0," * 20_000 + b"0]}", 400),
        (b'{"title": "' + b"a" * 1_000_000 + b'"}', 413),
        (b'{"title": "a", "id": 7}', 422),
        (b"[]", 422),
        (b"null", 422),
        (b'{"title": "a"}', 201),
    ],
)
def test_bodies(app: object, client: FlaskClient, body: bytes, status: int) -> None:
    headers = {"Authorization": f"Bearer {PEOPLE['Ana'].token}"}
    answer = client.post("/api/v1/groups", data=body, content_type=JSON, headers=headers)
    assert answer.status_code == status, answer.text
    if status != 201:
        assert answer.content_type == "application/problem+json" and answer.get_json()["status"] == status


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
def test_only_json_is_json(app: object, client: FlaskClient, kind: str | None) -> None:
    headers = {"Authorization": f"Bearer {PEOPLE['Ana'].token}"}
    assert client.post("/api/v1/groups", data=b'{"title": "a"}', content_type=kind, headers=headers).status_code == 415


@pytest.mark.parametrize("version", ["", "*", '"-1"', '"one"', '"٣"', '"' + "9" * 16 + '"'])
def test_what_is_no_version(as_: Callable[..., Caller], version: str) -> None:
    ana = as_("Ana")
    id = ana.post("/groups", {"title": "Choir"}).json["data"]["id"]
    assert ana.patch(f"/groups/{id}", {"title": "Band"}, If_Match=version).status == 400
    assert ana.get(f"/groups/{id}").json["data"]["title"] == "Choir"
