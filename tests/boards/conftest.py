"""A board at work: two lists with two cards each. Maya leads its group, Jon is a member, Rose other staff, Sam a guest who may only read.
Another board, of a closed group, where only Rose is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest

from tests import laws
from tests.boards.places import As, Place, Places, done, member, settle
from tests.callers import Answer


@dataclass
class Scene:
    as_: As
    places: Places

    @property
    def here(self) -> Place:
        return self.places.open

    @property
    def room(self) -> str:
        return f"board:{self.here.board}"

    def snapshot(self) -> dict[str, Any]:
        return dict(laws.read(self.as_("Maya"), f"/boards/{self.here.board}"))

    def shown(self, collection: str, id: int) -> dict[str, Any] | None:
        return next((record for record in self.snapshot()[collection] if record["id"] == id), None)

    def card(self, id: int) -> dict[str, Any]:
        return done(self.as_("Maya").get(f"/cards/{id}"))

    def order(self, list_id: int) -> list[int]:
        cards = [c for c in self.snapshot()["cards"] if c["list_id"] == list_id]
        return [c["id"] for c in sorted(cards, key=lambda c: (c["position"], c["id"]))]

    def lists(self) -> list[int]:
        return [record["id"] for record in sorted(self.snapshot()["lists"], key=lambda r: (r["position"], r["id"]))]

    def undo(self, person: str, key: str, again: str | None = None) -> Answer:
        return self.as_(person).put(f"/ops/{key}/undone", key=again)


@pytest.fixture
def scene(as_: As) -> Scene:
    found = Scene(as_, settle(as_))
    done(as_("Maya").put(f"/boards/{found.here.board}/guests/{member('Sam')}", {"right": "read"}))
    return found


@pytest.fixture
def lawful(scene: Scene) -> Callable[..., AbstractContextManager[None]]:
    """``with lawful(): …``: for one who may only read, the board and the page of each of its cards stay true by the events."""

    def kept(*rooms: str) -> AbstractContextManager[None]:
        reads = [f"/cards/{card['id']}" for card in scene.snapshot()["cards"]]
        return laws.kept(scene.as_("Sam"), scene.room, *rooms, reads=reads)

    return kept
