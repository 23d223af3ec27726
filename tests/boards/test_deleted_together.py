"""Two who take the same thing away at the same moment: it is told once, and the second hears that it is not there any more."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest

from board.boards import abilities
from board.boards.commands import attachments, checklists
from tests import laws
from tests.boards.places import made


@pytest.mark.parametrize("kind", ["checklists", "attachments"])
def test_it_goes_once(kind: str, scene: Any, lawful: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    card, maya = scene.here.cards[0], scene.as_("Maya")
    body = {"title": "Ask"} if kind == "checklists" else {"url": "https://example.org/"}
    id = made(maya.post(f"/cards/{card}/{kind}", body))
    seq = scene.snapshot()["seq"]
    both, real = threading.Barrier(2), abilities.need

    def meet(*given: Any) -> None:
        # Who holds the row stands here alone: only where both have read it without holding it do they meet.
        real(*given)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)

    for module in (attachments, checklists):
        monkeypatch.setattr(module.abilities, "need", meet)
    statuses: list[int] = []
    with lawful():
        threads = [
            threading.Thread(target=lambda who=who: statuses.append(who.delete(f"/{kind}/{id}")[0]))
            for who in (maya, scene.as_("Jon"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert sorted(statuses) == [200, 404]
    assert len(laws.events_since(maya, scene.room, seq)) == 1
