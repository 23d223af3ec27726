"""Access ends at once, in the middle of everything."""

import threading

from tests.school import PEOPLE
from tests.sockets.conftest import Board
from tests.sockets.screen import Screen, events


def test_a_change_of_rights_is_said(board: Board) -> None:
    with Screen(board.server, "Maya") as maya:
        maya.join(board.room, 0)
        path = f"/groups/{board.group_id}/members/{PEOPLE['Maya'].member_id}"
        assert board.server.call("Ana", "PUT", path, {"role": "lead"})[0] == 200
        assert maya.wait("rights") == {"room": board.room}


def test_who_is_removed_does_not_hear_of_it_in_the_room_she_lost(board: Board) -> None:
    with Screen(board.server, "Jon") as jon, Screen(board.server, "Maya") as maya:
        seq = board.seq()
        for screen in (jon, maya):
            screen.join(board.room, seq)
        board.remove("Jon")
        assert jon.wait("revoked") == {"room": board.room}
        board.add_card()
        maya.wait("event")
        assert jon.join(board.room, seq) == {"ok": False, "status": 404}
        assert events(jon, board.room) == []


def test_revoked_while_others_write_she_hears_no_more(board: Board) -> None:
    card = board.add_card()
    stop = threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            board.rename(card, f"Title {n}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with Screen(board.server, "Jon") as jon, Screen(board.server, "Maya") as maya:
            jon.join(board.room, board.seq())
            maya.join(board.room, board.seq())
            jon.wait("event")
            board.remove("Jon")
            jon.wait("revoked")
            heard = len(events(jon, board.room))
            for _ in range(5):
                maya.wait("event")
            assert jon.join(board.room, 0) == {"ok": False, "status": 404}
            assert len(events(jon, board.room)) == heard
            names = [name for name, payload in jon.heard if name != "presence"]
            assert names[-1] == "revoked", "nothing of the room comes after it"
    finally:
        stop.set()
        writer.join()
