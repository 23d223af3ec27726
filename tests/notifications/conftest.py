"""A card that concerns somebody. Maya leads its group, Jon is a member, Rose other staff, Sam a guest who may comment."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from board.core import times
from board.notifications import job
from tests import laws
from tests.boards.places import As, Places, done, member, settle


@dataclass
class Desk:
    as_: As
    places: Places
    board: int
    lists: list[int]
    card: int
    thread: int

    def told(self, person: str) -> list[dict[str, Any]]:
        """Her notices, newest first."""
        status, found = self.as_(person).get("/notices")
        assert status == 200, found
        return list(found["data"])

    def reasons(self, person: str) -> list[str]:
        return [notice["reason"] for notice in self.told(person)]

    def unread(self, person: str) -> list[int]:
        return [n["id"] for n in self.as_(person).get(f"/rooms/member:{member(person)}").json["unread"]]

    def give(self, person: str, by: str = "Maya", **more: Any) -> None:
        done(self.as_(by).put(f"/cards/{self.card}/owners/{member(person)}", **more))

    def own(self, person: str) -> None:
        """Jon or Maya takes the card herself."""
        done(self.as_(person).put(f"/cards/{self.card}/owners/{member(person)}"))

    def say(self, person: str, body: str = "Thursday?", key: str | None = None, **more: Any) -> int:
        path = f"/threads/{self.thread}/comments"
        return int(done(self.as_(person).post(path, {"body": body, **more}, key=key))["id"])

    def move(self, person: str, list_: int, **more: Any) -> None:
        done(self.as_(person).put(f"/cards/{self.card}/position", {"list_id": self.lists[list_]}, **more))


@pytest.fixture
def desk(as_: As) -> Desk:
    places = settle(as_)
    open_ = places.open
    for person in ("Ana", "Thomas", "Maya", "Jon", "Rose", "Sam"):
        rows = as_(person).get("/notices").json["data"]
        if rows:
            done(as_(person).put("/notices/read", {"up_to": rows[0]["id"]}))
    return Desk(as_, places, open_.board, open_.lists, open_.cards[0], open_.threads[0])


@pytest.fixture
def lawful(desk: Desk) -> Callable[[str], AbstractContextManager[None]]:
    """``with lawful("Jon"): …``: his room and his notices stay true by the events."""

    def kept(person: str) -> AbstractContextManager[None]:
        reads = ["/notices", "/me/notice-settings"]
        return partial(laws.kept, desk.as_(person), f"member:{member(person)}", reads=reads)()

    return kept


def mention(person: str) -> str:
    return f"@[{person}](member:{member(person)})"


@pytest.fixture
def at(app, monkeypatch):
    """``at(2026, 11, 24, 8)``: it is that time (UTC), and the day's job has run."""

    def run(*moment):
        monkeypatch.setattr(times, "clock", lambda: datetime(*moment, tzinfo=UTC))
        with app.app_context():
            job.tell_due({"school_id": 1})

    return run
