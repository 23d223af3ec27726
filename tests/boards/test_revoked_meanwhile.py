"""A right that ends while somebody is using it: nothing of hers stands in the journal after the event that took it."""

import threading

import orjson
import pytest

from board.core.journal import since
from tests.boards.places import done, member

JON = member("Jon")


@pytest.mark.parametrize("how", ["leaves", "demoted guest"])
def test_nothing_after_the_end(scene, look, how):
    """Jon moves cards as fast as he can; at some moment Maya takes him out of the group (or takes back that he may edit)."""
    maya, seq = scene.as_("Maya"), scene.snapshot()["seq"]
    if how == "demoted guest":
        done(maya.delete(f"/groups/{scene.here.group}/members/{JON}"))
        done(maya.put(f"/boards/{scene.here.board}/guests/{JON}", {"right": "edit"}))
    moved, stop, statuses = threading.Semaphore(0), threading.Event(), []

    def move_on() -> None:
        jon, turn = scene.as_("Jon"), 0
        while not stop.is_set():
            turn += 1
            card = scene.here.cards[turn % 4]
            statuses.append(jon.put(f"/cards/{card}/position", {"list_id": scene.here.lists[turn % 3 % 2]})[0])
            moved.release()

    movers = [threading.Thread(target=move_on) for _ in range(3)]
    for mover in movers:
        mover.start()
    wait_for(moved, 5)
    if how == "leaves":
        done(maya.delete(f"/groups/{scene.here.group}/members/{JON}"))
    else:
        done(maya.put(f"/boards/{scene.here.board}/guests/{JON}", {"right": "comment"}))
    while moved.acquire(blocking=False):
        pass
    wait_for(moved, 6)
    stop.set()
    for mover in movers:
        mover.join(30)
    assert set(statuses) == {200, 403} and statuses[-3:] == [403] * 3
    with look() as tx:
        events = [orjson.loads(text) for text in since(tx, scene.room, seq, 100_000)]
    (end,) = [e["seq"] for e in events if e["type"] in ("board.left", "board.shared")][-1:]
    assert any(e["by"] == JON for e in events)
    assert not [e for e in events if e["by"] == JON and e["seq"] > end]


def wait_for(moved: threading.Semaphore, many: int) -> None:
    for _ in range(many):
        assert moved.acquire(timeout=30)
