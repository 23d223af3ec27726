"""The day on a page is the day of the school, not that of the server."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from board.core import times
from tests.callers import Caller


def test_after_midnight_at_the_school_it_is_the_next_day(
    as_: Callable[..., Caller], sign_in: Callable[[str], FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert as_("Ana").patch("/school", {"time_zone": "Pacific/Auckland"}).status == 200
    monkeypatch.setattr(times, "clock", lambda: datetime(2026, 11, 24, 12, 30, tzinfo=UTC))
    page = sign_in("Maya").get("/me").text
    assert 'min="2026-11-25"' in page and 'min="2026-11-24"' not in page
