"""Bad input of every kind at every route: a clear 4xx, quickly, and nothing in the database is another than before."""

import hashlib
import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from pydantic import ValidationError

from board.core import api, http, limits
from board.core.api import Operation
from board.core.db import db, reading
from tests.boards.places import As, settle
from tests.callers import Caller

DEEP = 100_000
#: bodies that are no acceptable JSON, whatever the route
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "space": b" ",
    "half": b'{"title": "x"',
    "two": b"{}{}",
    "comma": b'{"a":1,}',
    "single quotes": b"{'a':1}",
    "comment": b"{}//x",
    "deep lists": b"[" * DEEP,
    "deep lists, closed": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "33 levels": b'{"title":' + b"[" * 33 + b"]" * 33 + b"}",
    "lone surrogate": b'{"title":"\\ud800"}',
    "lone low surrogate": b'{"title":"x\\udfffx"}',
    "surrogate as a name": b'{"\\ud800":1}',
    "NUL": b'{"title":"a\\u0000b"}',
    "NUL as a name": b'{"a\\u0000":1}',
    "raw NUL": b'{"title":"a\0b"}',
    "raw newline": b'{"title":"a\nb"}',
    "NaN": b'{"title":NaN}',
    "Infinity": b'{"title":-Infinity}',
    "1e999": b'{"title":1e999}',
    "beyond 2^53": b'{"title":9007199254740993}',
    "beyond 2^63": b'{"title":9223372036854775808}',
    "a thousand digits": b'{"title":' + b"9" * 1000 + b"}",
    "not UTF-8": b'{"title":"\xff\xfe"}',
    "overlong UTF-8": b'{"title":"\xc0\xaf"}',
    "UTF-16": '{"title":"x"}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"title":"x"}',
    "list": b"[]",
    "text": b'"x"',
    "number": b"1",
    "null": b"null",
    "true": b"true",
    "unknown field": b'{"is_admin":true}',
    "prototype": b'{"__proto__":{"admin":true}}',
    "own id": b'{"id":1,"school_id":2,"created_by":1}',
    "many names": b"{" + b",".join(b'"k%d":1' % i for i in range(2000)) + b"}",
    "many values": b'{"title":[' + b"1," * 50_000 + b"1]}",
    "too large": b'{"title":"' + b"x" * 1_000_001 + b'"}',
}
#: values put into each field of the route's own example; those that the field may have are left out
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, -0.0, 1e300, 2**53, 2**53 + 1, 2**63, "", " ", "\t\n", "0", "-1", "null", [], [None], [[]], ["x"], [-1], [1.5],
    [True], [10**9] * 51, {}, {"a": 1}, {"id": 1}, "x" * 70_000, "\ud800", "a\0b", "\u202e" * 600, "Z\u0351" * 700, "2026-13-45",
    "2026-02-30T00:00:00Z", "0000-00-00", "99999-01-01", "2026-11-24T10:00:00", "javascript:alert(1)", "data:text/html,x", "//evil.example",
    "' OR 1=1 --", "../../etc/passwd",
)  # fmt: skip
PATHS = ("0", "-1", "1.0", "1e3", "0x1", "%00", "1%00", "..%2f1", "' OR 1=1", "9007199254740993", "18446744073709551616", "9" * 400, "%ff", "%F0%9F%98%80", "{id}")  # fmt: skip
QUERIES = (
    {"limit": "0"}, {"limit": "-1"}, {"limit": "201"}, {"limit": "1000000000"}, {"limit": "x"}, {"limit": "1.5"}, {"limit": ""}, {"limit": "9" * 5000},
    {"after": ""}, {"after": "x"}, {"after": "%00"}, {"after": "\0"}, {"after": "WzFd" * 200}, {"after": "WyJhIl0"}, {"after": "W1tbW11dXV0"},
    {"after": "WzkyMjMzNzIwMzY4NTQ3NzU4MDhd"}, {"after": "WyJhXHUwMDAwIiwxXQ"}, {"after": "bnVsbA"}, {"no_such": "1"}, {"__proto__": "1"},
)  # fmt: skip
KEYS = ("short", "x" * 129, "with\ttab-here", "späße-und-mehr")


_PART = b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\nvalue\r\n'
#: (content type, body) of what is no acceptable form
FORMS: dict[str, tuple[str, bytes]] = {
    "JSON": ("application/json", b"{}"),
    "text": ("text/plain", b"x"),
    "no type": ("", b"x"),
    "no boundary": ("multipart/form-data", _PART % b"file" + b"--x--"),
    "nothing": ("multipart/form-data; boundary=x", b""),
    "another boundary": ("multipart/form-data; boundary=y", _PART % b"file" + b"--x--"),
    "cut off": ("multipart/form-data; boundary=x", _PART % b"file"),
    "no file": ("multipart/form-data; boundary=x", _PART % b"kind" + b"--x--"),
    "a hundred parts": ("multipart/form-data; boundary=x", b"".join(_PART % b"p%d" % i for i in range(100)) + b"--x--"),
    "names of NUL": ("multipart/form-data; boundary=x", _PART % b"fi\0le" + b"--x--"),
    "not UTF-8": ("multipart/form-data; boundary=x", _PART % b"\xff\xfe" + b"--x--"),
    "url-encoded": ("application/x-www-form-urlencoded", b"kind=trello&group_id=1&file=x"),
}


@pytest.fixture
def operations(app: Flask, as_: As) -> list[Operation]:
    """All of them, in a school with something to spoil: the ids 1 stand for things of an open group that Maya leads."""
    limits.init_app(app, None, False)
    settle(as_)
    for name in ("Ana", "Maya"):
        as_(name).get("/me")
    with app.app_context():
        return [operation for _, operation in api.operations()]


@pytest.fixture(params=["Ana", "Maya"])
def caller(as_: As, request: pytest.FixtureRequest) -> Caller:
    """One may do everything in the school, the other everything in the group."""
    return as_(request.param)


@pytest.fixture
def untouched(app: Flask, operations: list[Operation]) -> Iterator[None]:
    before = contents(app)
    yield
    assert contents(app) == before


def test_bodies(operations: list[Operation], untouched: None, caller: Caller) -> None:
    for o in with_body(operations):
        for kind, body in BODIES.items():
            status, took = send(caller, o, body)
            assert status in (400, 413, 422), f"{o.name}, {kind}: {status}"
            assert took < 1, f"{o.name}, {kind}: {took:.2f} s"


def test_values_in_every_field(operations: list[Operation], untouched: None, as_: As) -> None:
    caller, sent = as_("Ana"), 0
    for o in with_body(operations):
        example = example_of(o)
        for field in o.body.model_fields:  # type: ignore[union-attr]
            for value in VALUES:
                body = {**example, field: value}
                if acceptable(o, body):
                    continue
                sent += 1
                data = json.dumps(body).encode()
                status, _ = send(caller, o, data)
                assert status in (400, 413, 422), f"{o.name} {field}={str(value)[:40]!r}: {status}"
    assert sent > 1000


def test_content_types(operations: list[Operation], untouched: None, caller: Caller) -> None:
    for o in with_body(operations):
        data = json.dumps(example_of(o)).encode()
        for kind in (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonp",
            "",
            "json",
        ):
            status, _ = send(caller, o, data, **{"Content-Type": kind})
            assert status == 415, f"{o.name} {kind}: {status}"


def test_forms(operations: list[Operation], untouched: None, caller: Caller) -> None:
    for o in (o for o in operations if o.files):
        for kind, (content_type, body) in FORMS.items():
            status, _ = send(caller, o, body, **{"Content-Type": content_type})
            assert status in (400, 403, 413, 415, 422), f"{o.name}, {kind}: {status}"


def test_paths(operations: list[Operation], untouched: None, caller: Caller) -> None:
    for o in operations:
        for text in PATHS if "<int:" in o.rule else ():
            data = json.dumps(example_of(o)).encode() if o.body and not o.files else None
            path = re.sub(r"<int:\w+>", text, o.rule)
            status, _ = send(caller, o, data, path=re.sub(r"<\w+>", "1", path))
            assert 400 <= status < 500, f"{o.name} {path}: {status}"


def test_rooms(operations: list[Operation], untouched: None, caller: Caller) -> None:
    for room in ("board", "board:", "board:0", "board:-1", "board:01", "board:1:2", "board:１", "BOARD:1", "nothing:1", "board:" + "9" * 30, ":1", "x" * 5000, "board:1%00", "board:1%0A"):  # fmt: skip
        for path in (f"/rooms/{room}", f"/rooms/{room}/events?since=0"):
            status, _ = caller.call("GET", path)
            assert status in (400, 404, 422), f"{path[:60]}: {status}"
    for query in (
        {"since": "-1"},
        {"since": "9999"},
        {"since": "x"},
        {"since": str(2**70)},
        {"limit": "x"},
        {"epoch": "other"},
    ):
        status, _ = caller.call("GET", "/rooms/board:1/events", query_string=query)
        assert status in (400, 410, 422), f"{query}: {status}"


def test_queries(operations: list[Operation], untouched: None, caller: Caller) -> None:
    for o in operations:
        if o.method == "GET" and o.query and "after" in o.query.model_fields:
            for query in QUERIES:
                status, answer = caller.call("GET", re.sub(r"<(?:int:)?\w+>", "1", o.rule), query_string=query)
                fits = status == 200 and answer["data"] == [] and "after" in query
                assert fits or status in (404, 422), f"{o.name} {query}: {status}"
            twice = [("limit", "1"), ("limit", "2")]
            assert caller.call("GET", re.sub(r"<(?:int:)?\w+>", "1", o.rule), query_string=twice)[0] in (404, 422), (
                o.name
            )


def test_idempotency_keys(operations: list[Operation], untouched: None, caller: Caller) -> None:
    for o in with_body(operations):
        if o.open or o.name in NOT_COMMANDS:
            continue
        for key in KEYS:
            status, _ = send(caller, o, json.dumps(example_of(o)).encode(), **{"Idempotency-Key": key})
            assert status in (403, 404, 409, 422), f"{o.name} {key}: {status}"


def test_versions(operations: list[Operation], untouched: None, as_: As) -> None:
    for version in ("x", "", "*", '"', '""', "-1", '"1", "2"', 'W/"1"', f'"{"9" * 400}"'):
        status, _ = as_("Maya").patch("/cards/1", {"title": "Other"}, If_Match=version)
        assert status in (400, 412, 422), f"{version}: {status}"


def test_foreign_methods(operations: list[Operation], untouched: None, caller: Caller) -> None:
    rules: dict[str, set[str]] = {}
    for o in operations:
        rules.setdefault(o.rule, set()).add(o.method)
    for rule, known in rules.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} - known:
            status, _ = caller.call(method, re.sub(r"<(?:int:)?\w+>", "1", rule), {})
            assert status in (404, 405), f"{method} {rule}: {status}"


def test_a_change_is_seen(app: Flask, operations: list[Operation], as_: As) -> None:
    before = contents(app)
    as_("Maya").patch("/cards/1", {"title": "Other"})
    assert contents(app) != before


#: these act on the session itself, or keep nothing, and take no key
NOT_COMMANDS = {"confirm_session", "change_password", "preview_text"}


def contents(app: Flask) -> str:
    """One mark for every row of every table."""
    mark = hashlib.sha256()
    with app.app_context(), reading() as tx:
        for table in db.metadata.sorted_tables:
            for row in tx.all(sa.select(table).order_by(*table.primary_key)):
                mark.update(f"{table.name}{tuple(row)}".encode("utf-8", "surrogatepass"))
    return mark.hexdigest()


def with_body(operations: list[Operation]) -> list[Operation]:
    return [o for o in operations if o.body and not o.files]


def example_of(o: Operation) -> dict[str, Any]:
    return dict((o.body.model_config.get("json_schema_extra") or {}).get("examples", [{}])[0])  # type: ignore[union-attr]


def acceptable(o: Operation, body: dict[str, Any]) -> bool:
    try:
        http._check(body)
        json.dumps(body, ensure_ascii=False).encode()
        o.body.model_validate(body)  # type: ignore[union-attr]
    except (ValidationError, UnicodeEncodeError, http.Problem):
        return False
    return True


def send(
    caller: Caller, o: Operation, data: bytes | None, path: str | None = None, **headers: str
) -> tuple[int, float]:
    path = path or re.sub(r"<(?:int:)?\w+>", "1", o.rule)
    sent = {"Authorization": f"Bearer {caller.token}", "Content-Type": "application/json", **headers}
    start = time.perf_counter()
    answer = caller.client.open(f"/api/v1{path}", method=o.method, data=data, headers=sent)
    took = time.perf_counter() - start
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json", f"{o.name}: {answer.mimetype}"
        assert "Traceback" not in answer.text and "sqlalchemy" not in answer.text
    return answer.status_code, took
