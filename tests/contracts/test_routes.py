"""Every route, walked: declared, validated, signed in for, limited, with its headers, and refused when another site's page sends it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from board.core import api, http, limits
from board.core.api import Operation
from board.core.db import db
from board.core.errors import TooMany
from board.core.schemas import Input

#: what nobody needs to be signed in for, each with its reason
OPEN = {
    "set_up": "there is nobody yet; the one-time code is asked for",
    "sign_in": "this is where one signs in",
    "look_at_link": "the link is the key",
    "accept_invitation": "the link is the key",
    "use_reset": "the link is the key",
    "join": "the link is the key",
}
#: routes that no Api declares, each with its reason
BESIDE = {"static", "health.healthz", "health.readyz", "health.metrics", "openapi.openapi"}
#: commands whose name is not the route's: the route chooses between several
HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Cache-Control",
)


@pytest.fixture
def operations(app: Flask) -> list[Operation]:
    with app.app_context():
        found = [operation for _, operation in api.operations()]
    assert len(found) > 50
    return found


def path(operation: Operation | str) -> str:
    rule = operation if isinstance(operation, str) else f"/api/v1{operation.rule}"
    return re.sub(r"<(?:\w+:)?\w+>", lambda m: "1" if m[0].startswith("<int:") else "unknown", rule)


def unsafe(operation: Operation) -> bool:
    return operation.method not in http.SAFE_METHODS


def test_every_route_is_declared(app: Flask, operations: list[Operation]) -> None:
    declared = {(f"/api/v1{o.rule}", o.method) for o in operations}
    routed = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routed == declared


def test_pages_are_read_only(app: Flask) -> None:
    """Whatever is not the API only reads: the browser writes through the same API as everybody else."""
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/"):
            assert (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS"}, rule


def test_names_are_used_once(operations: list[Operation]) -> None:
    names = [o.name for o in operations]
    assert not {name for name in names if names.count(name) > 1}


def test_bodies_refuse_what_they_do_not_know(operations: list[Operation]) -> None:
    for o in operations:
        for model in filter(None, (o.body, o.query)):
            assert issubclass(model, Input), f"{o.name}: {model}"
            assert model.model_config["extra"] == "forbid", o.name
    assert not [o.name for o in operations if o.method in ("POST", "PATCH") and o.body is None and not o.files]


def test_only_these_are_open(operations: list[Operation]) -> None:
    assert {o.name for o in operations if o.open} <= set(OPEN)


def test_everything_else_asks_who_is_there_before_it_looks_at_anything(
    operations: list[Operation], as_: Callable[..., Any]
) -> None:
    nobody = as_(None)
    for o in operations:
        if not o.open:
            status, body = nobody.call(o.method, path(o), {"no such field": 1} if unsafe(o) else None)
            assert (status, body["status"]) == (401, 401), f"{o.name}: {status}"
            assert nobody.last.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "site",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_sites_page_cannot_write(
    operations: list[Operation], as_: Callable[..., Any], site: dict[str, str]
) -> None:
    maya = as_("Maya")
    for o in operations:
        if unsafe(o):
            status, _ = maya.call(o.method, path(o), {}, headers=site)
            assert status == 403, f"{o.name}: {status}"


def test_no_other_origin_is_let_in(operations: list[Operation], as_: Callable[..., Any]) -> None:
    maya = as_("Maya")
    for o in operations:
        for method in ("OPTIONS", "GET"):
            maya.call(method, path(o), headers={"Origin": "https://evil.example"})
            assert not [name for name, _ in maya.last.headers if name.lower().startswith("access-control-")], o.name


def test_every_answer_has_its_headers(app: Flask, operations: list[Operation], as_: Callable[..., Any]) -> None:
    paths = [(o.method, path(o)) for o in operations]
    paths += [("GET", path(rule.rule)) for rule in app.url_map.iter_rules()] + [
        ("GET", "/no/such/page"),
        ("GET", "/api/v1/no/such"),
        ("PATCH", "/healthz"),
    ]
    for caller in (as_("Maya"), as_(None)):
        for method, where in paths:
            answer = caller.client.open(
                where, method=method, headers={"Authorization": f"Bearer {caller.token}"} if caller.token else {}
            )
            missing = [name for name in HEADERS if name not in answer.headers]
            assert not missing, f"{method} {where} ({answer.status_code}) has no {missing}"
            assert answer.status_code < 500, f"{method} {where}: {answer.text}"
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_every_write_is_limited(
    operations: list[Operation], as_: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def used_up(self: limits.Limits, *what: object) -> None:
        raise TooMany("Wait.", retry_after=7)

    monkeypatch.setattr(limits.Limits, "spend", used_up)
    maya = as_("Maya")
    for o in operations:
        if unsafe(o) and not o.open:
            status, _ = maya.call(o.method, path(o), {})
            assert (status, maya.last.headers.get("Retry-After")) == (429, "7"), f"{o.name}: {status}"


def test_a_read_writes_nothing(app: Flask, operations: list[Operation], as_: Callable[..., Any]) -> None:
    with app.app_context():
        engine = db.engine
    written: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if re.match(r"\s*(INSERT|UPDATE|DELETE|BEGIN IMMEDIATE)", statement, re.IGNORECASE):
            written.append(statement)

    maya = as_("Maya")
    maya.get("/me")  # the first use of a token may note the day
    event.listen(engine, "before_cursor_execute", note)
    try:
        for o in operations:
            if not unsafe(o):
                maya.get(path(o))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert not written


def test_unknown_ids_and_foreign_words_look_the_same(operations: list[Operation], as_: Callable[..., Any]) -> None:
    """An id that nobody has, and one beyond what a browser can hold, are 404 and never an error of ours."""
    maya = as_("Maya")
    for o in operations:
        for id in ("999999", str(2**53 + 1), str(2**80)):
            where = re.sub(r"<int:\w+>", id, f"/api/v1{o.rule}")
            if "<" in where or where == f"/api/v1{o.rule}" or unsafe(o):
                continue
            assert maya.get(where)[0] == 404, where


def test_hostile_bodies_are_refused_in_order(app: Flask, operations: list[Operation], as_: Callable[..., Any]) -> None:
    """Shape before existence: a malformed body is 4xx for whatever id, never 5xx."""
    limits.init_app(app, None, False)
    maya = as_("Maya")
    bodies = [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"[" * 5000,
        b'{"a":NaN}',
        b'{"a":1e999}',
        b'{"title":"\\ud800"}',
        b'{"title":"a\\u0000b"}',
        b'{"nothing":1}',
        b"\xff\xfe",
    ]
    for o in operations:
        if o.body is None or o.open or o.files:
            continue
        for body in bodies:
            answer = maya.client.open(
                path(o),
                method=o.method,
                data=body,
                headers={"Authorization": f"Bearer {maya.token}", "Content-Type": "application/json"},
            )
            assert answer.status_code in (400, 422), f"{o.name} {body[:20]!r}: {answer.status_code} {answer.text[:200]}"
        answer = maya.client.open(
            path(o),
            method=o.method,
            data=b"{}",
            headers={"Authorization": f"Bearer {maya.token}", "Content-Type": "text/plain"},
        )
        assert answer.status_code == 415, o.name


def test_the_walk_sees_an_undeclared_route() -> None:
    other = Flask("other")
    other.add_url_rule("/api/v1/secret", view_func=lambda: "x")
    with pytest.raises(AssertionError):
        test_every_route_is_declared(other, [])


@pytest.mark.parametrize("number", [str(2**53 + 1), str(2**63 - 1), str(2**63), "9" * 20, "9" * 400])
def test_a_number_that_nothing_can_have_is_nowhere(app: Flask, sign_in: Callable[[str], Any], number: str) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule and "GET" in (rule.methods or ())]
    pages = [rule for rule in rules if not rule.startswith("/api/")]
    assert len(pages) > 6
    client = sign_in("Ana")
    for rule in rules:
        *_, last = parts = re.findall(r"<int:\w+>", rule)
        for part in {parts[0], last}:
            address = re.sub(r"<(?:\w+:)?\w+>", "1", rule.replace(part, number))
            assert client.get(address).status_code == 404, address
