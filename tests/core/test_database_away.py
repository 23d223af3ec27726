"""A database that does not answer is no fault of the request: it is told to come back."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from board.core import db
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
