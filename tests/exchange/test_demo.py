"""The made-up school: made once, believable on any day, and by commands that keep the laws."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from board.core import times
from board.exchange import demo


@pytest.mark.parametrize("day", ["2026-11-24", "2027-02-28", "2028-07-15"])
def test_the_school_is_made_once_and_never_grows_old(
    empty_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setattr(times, "clock", lambda: datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC))
    app = empty_app()
    assert demo.fill(app) is True
    assert demo.fill(app) is False, "a school is there already"
    client = app.test_client()
    signed_in = client.post("/api/v1/session", json={"email": "maya@riverbend.example", "password": demo.PASSWORD})
    assert signed_in.status_code == 200
    boards = client.get("/api/v1/boards").get_json()["data"]
    assert len(boards) == 8
    cards = [card for b in boards for card in client.get(f"/api/v1/boards/{b['id']}").get_json()["cards"]]
    assert len(cards) == 60 and sum("done" in card for card in cards) == 19
    assert any(card.get("asked_ids") for card in cards), "some are still to say yes"
    open_dues = [card["due"] for card in cards if "done" not in card and "due" in card]
    assert min(open_dues) < day < max(open_dues), "some late, most to come"


def test_a_guest_of_the_demo_sees_what_is_shared(empty_app: Callable[..., Flask]) -> None:
    app = empty_app()
    demo.fill(app)
    client = app.test_client()
    client.post("/api/v1/session", json={"email": "sam@district.example", "password": demo.PASSWORD})
    titles = {b["title"] for b in client.get("/api/v1/boards").get_json()["data"]}
    assert titles == {"Reading PLC", "Sharing leadership, step by step"}
