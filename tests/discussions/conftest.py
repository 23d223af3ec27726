"""A card to talk about. Maya leads its group, Jon is a member, Rose other staff, Sam a guest who may comment."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from tests import laws
from tests.boards.places import As, done, member, settle


@dataclass
class Talk:
    as_: As
    board: int
    card: int
    thread: int
    #: a card that only Rose sees, and its thread
    hidden_card: int
    hidden_thread: int

    def say(self, person: str, body: str = "Thursday?", **more: Any) -> dict[str, Any]:
        return done(self.as_(person).post(f"/threads/{self.thread}/comments", {"body": body, **more}))

    def read(self, person: str = "Maya") -> list[dict[str, Any]]:
        return list(self.as_(person).get(f"/threads/{self.thread}/comments").json["data"])

    def count(self) -> int:
        return int(self.as_("Maya").get(f"/cards/{self.card}").json["data"]["comment_count"])


@pytest.fixture
def talk(as_: As) -> Talk:
    places = settle(as_)
    open_, closed = places.open, places.closed
    return Talk(as_, open_.board, open_.cards[0], open_.threads[0], closed.cards[0], closed.threads[0])


@pytest.fixture
def lawful(talk: Talk) -> Callable[[], AbstractContextManager[None]]:
    """``with lawful(): …`` for one who may only read: board, card and thread stay true by the events."""
    done(talk.as_("Maya").put(f"/boards/{talk.board}/guests/{member('Sam')}", {"right": "read"}))
    reads = [f"/cards/{talk.card}", f"/threads/{talk.thread}/comments"]
    return partial(laws.kept, talk.as_("Sam"), f"board:{talk.board}", reads=reads)
