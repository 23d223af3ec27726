"""What the tests of people ask for beside what all may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from board.core import times
from tests.callers import Caller
from tests.school import PASSWORD, PEOPLE

NEW_PASSWORD = "seven loud blue tables"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``later(minutes=31)``: from here on it is so much later."""
    now = times.clock

    def move(**by: float) -> None:
        start = times.clock
        monkeypatch.setattr(times, "clock", lambda: start() + timedelta(**by))

    assert now is times.clock
    return move


@pytest.fixture
def browser_of(app: Flask) -> Callable[..., Caller]:
    """``browser_of("Ana")``: a caller that holds her session cookie, so that she may do what a token may not. ``browser_of()`` holds none."""

    def made(person: str | None = None, *, password: str = PASSWORD, **more: Any) -> Caller:
        caller = Caller(app.test_client())
        if person:
            body = {"email": PEOPLE[person].email, "password": password, **more}
            assert caller.post("/session", body).status == 200, caller.last.text
        return caller

    return made


def cookie_of(client: FlaskClient) -> str | None:
    cookie = client.get_cookie("session")
    return cookie.value if cookie else None
