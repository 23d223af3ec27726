"""A database that does not answer is no fault of the request: it is told to come back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError, ProgrammingError

from board.core import command, db
from tests.callers import Caller


def test_without_a_database_requests_are_told_to_come_back(
    app: Flask, as_: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **options: Any) -> Any:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    ana = as_("Ana")
    with app.app_context():
        monkeypatch.setattr(db.db.engine, "connect", away)
    answer = ana.post("/groups", {"title": "Choir"})
    assert answer.status == 503 and answer.json["type"].endswith("unavailable")
    assert ana.last is not None and ana.last.headers["Retry-After"] == "2"
    assert "connection refused" not in ana.last.text
    assert ana.get("/readyz").status == 503


class Gone(Exception):
    """What a driver raises."""


DISCONNECTS = [
    InterfaceError("SELECT 1", {}, Gone("connection already closed")),
    OperationalError("SELECT 1", {}, Gone("server closed the connection unexpectedly")),
    DatabaseError("SELECT 1", {}, Gone("no message from the libpq"), connection_invalidated=True),
]


@pytest.mark.parametrize("error", DISCONNECTS, ids=lambda e: type(e).__name__)
@pytest.mark.parametrize(("method", "says"), [("GET", "Try again"), ("POST", "Nothing was changed")])
def test_a_connection_that_dies_is_told_as_such(
    as_: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch, error: Exception, method: str, says: str
) -> None:
    def dies(*args: Any, **options: Any) -> Any:
        raise error

    ana = as_("Ana")
    monkeypatch.setattr(db.Tx, "all", dies)
    monkeypatch.setattr(db.Tx, "insert", dies)
    body = {"title": "Choir"} if method == "POST" else None
    status, answer = ana.call(method, "/groups", body)
    assert (status, answer["status"]) == (503, 503) and says in answer["detail"], answer
    assert ana.last is not None and ana.last.headers["Retry-After"] == "2"
    assert ana.last.content_type == "application/problem+json"
    assert not any(word in ana.last.text for word in ("SELECT", "libpq", "connection"))


def test_a_connection_that_dies_over_its_commit_leaves_it_open(
    as_: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was saved, and the answer was lost: to say "nothing was changed" would be a lie, and the repeat tells."""
    write = command.writing

    @contextmanager
    def lost(*args: Any, **options: Any) -> Iterator[Any]:
        with write(*args, **options) as tx:
            yield tx
        raise OperationalError("COMMIT", {}, Gone("server closed the connection unexpectedly"))

    ana = as_("Ana")
    with monkeypatch.context() as patch:
        patch.setattr(command, "writing", lost)
        status, answer = ana.post("/groups", {"title": "Choir"}, key="the-same-key")
    assert status == 503 and "Nothing was changed" not in answer["detail"]
    assert "may be saved or not" in answer["detail"] and "Idempotency-Key" in answer["detail"]
    status, answer = ana.post("/groups", {"title": "Choir"}, key="the-same-key")
    assert status == 201 and ana.last is not None and ana.last.headers["Idempotent-Replayed"] == "true"


def test_a_fault_of_ours_is_no_outage(app: Flask, as_: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*args: Any, **options: Any) -> Any:
        raise ProgrammingError("SELECT", {}, Gone("no such column"))

    app.config["RAISE_UNEXPECTED"] = False
    monkeypatch.setattr(db.Tx, "all", wrong)
    status, answer = as_("Ana").get("/groups")
    assert status == 500 and "written down" in answer["detail"]
