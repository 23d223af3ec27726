"""Who is here: gathered, live, and gone when she goes."""

import time

from tests.school import PEOPLE
from tests.sockets.conftest import Board
from tests.sockets.screen import Screen

MAYA, JON = PEOPLE["Maya"].member_id, PEOPLE["Jon"].member_id


def test_one_sees_the_other_come_type_and_go(board: Board) -> None:
    with Screen(board.server, "Maya") as maya:
        assert maya.join(board.room, 0)["presence"] == {"count": 1, "who": [{"member": MAYA}]}
        with Screen(board.server, "Jon") as jon:
            assert jon.join(board.room, 0)["presence"]["count"] == 2
            until(maya, lambda p: p["count"] == 2)
            jon.emit("presence", {"room": board.room, "card": 7, "typing": 3})
            seen = until(maya, lambda p: any(w.get("card") for w in p["who"]))
            assert seen["who"][0] == {"member": JON, "card": 7, "typing": 3} and seen["room"] == board.room
            jon.emit("presence", {"room": board.room, "card": None, "typing": None})
            until(maya, lambda p: p["count"] == 2 and not any(w.get("card") for w in p["who"]))
        gone = until(maya, lambda p: p["gone"])
        assert gone["gone"] == [JON] and gone["count"] == 1


def test_a_second_window_is_not_a_second_person(board: Board) -> None:
    with Screen(board.server, "Maya") as one, Screen(board.server, "Maya") as two:
        one.join(board.room, 0)
        assert two.join(board.room, 0)["presence"]["count"] == 1


def test_a_hundred_changes_are_told_once_a_second(board: Board) -> None:
    with Screen(board.server, "Maya") as maya, Screen(board.server, "Jon") as jon:
        maya.join(board.room, 0)
        jon.join(board.room, 0)
        until(maya, lambda p: p["count"] == 2)
        began, before = time.monotonic(), len(told(maya))
        for n in range(1, 21):
            jon.emit("presence", {"room": board.room, "card": n, "typing": None})
        # What is beyond five a second is left aside: the fifth is what stands.
        until(maya, lambda p: p["who"][0].get("card") == 5)
        assert len(told(maya)) - before <= 1 + (time.monotonic() - began)


def test_bad_presence_is_left_aside(board: Board) -> None:
    with Screen(board.server, "Maya") as maya:
        maya.join(board.room, 0)
        for bad in ({"room": "board:999"}, {"room": board.room, "card": "7"}, {"room": [1]}):
            maya.emit("presence", bad)
        for bad in (None, 3, [1]):
            maya.emit("presence", bad)
        assert maya.join(board.room, 0)["presence"] == {"count": 1, "who": [{"member": MAYA}]}


def told(screen: Screen) -> list[object]:
    return [payload for name, payload in screen.heard if name == "presence"]


def until(screen: Screen, which: object) -> dict:  # type: ignore[type-arg]
    while True:
        found = screen.wait("presence")
        if which(found):  # type: ignore[operator]
            return found  # type: ignore[no-any-return]
