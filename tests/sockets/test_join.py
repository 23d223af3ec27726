"""Joining a room: who may, what she gets, and that nothing falls between."""

import threading
from typing import Any

import pytest

from tests.school import PEOPLE
from tests.sockets.conftest import Board, make_board
from tests.sockets.screen import Closed, Screen, events


def test_a_member_gets_what_she_missed_and_then_what_happens(board: Board) -> None:
    card = board.add_card()
    before = board.seq()
    with Screen(board.server, "Maya") as maya:
        answer = maya.join(board.room, 0)
        assert answer["ok"] and answer["seq"] == before and answer["build"] and answer["epoch"]
        assert [e["seq"] for e in answer["events"]] == list(range(1, before + 1))
        assert answer["presence"]["count"] == 1
        board.rename(card, "Order paper, twice")
        pushed = maya.wait("event")
        assert pushed["seq"] == before + 1
        assert pushed["put"]["cards"][0]["title"] == "Order paper, twice"


def test_push_replay_and_catch_up_are_the_same(board: Board) -> None:
    with Screen(board.server, "Maya") as maya:
        start = maya.join(board.room, board.seq())["seq"]
        card = board.add_card('Ünïcode 👍 "quoted" \\ \u2028')
        live = maya.wait("event")
        with Screen(board.server, "Jon") as jon:
            caught = jon.join(board.room, start)["events"]
        replayed = board.server.call("Maya", "GET", f"/rooms/{board.room}/events?since={start}")[1]["events"]
        assert live == caught[0] == replayed[0]
        assert live["put"]["cards"][0]["id"] == card


def test_who_never_was_in_it_sees_nothing_there(board: Board) -> None:
    for person in ("Rose", "Sam", "Olga"):
        with Screen(board.server, person) as screen:
            assert screen.join(board.room, 0) == {"ok": False, "status": 404}
            assert screen.join("board:999999", 0) == {"ok": False, "status": 404}, "hidden and missing look the same"
            board.add_card()
            assert screen.join("board:1000000", 0)["status"] == 404
            assert events(screen, board.room) == []


def test_who_was_removed_cannot_come_back_with_the_old_name(board: Board) -> None:
    with Screen(board.server, "Jon") as jon:
        assert jon.join(board.room, 0)["ok"]
        board.remove("Jon")
        assert jon.wait("revoked") == {"room": board.room}
        assert jon.join(board.room, 0) == {"ok": False, "status": 404}


def test_who_is_not_signed_in_does_not_connect(board: Board) -> None:
    for auth in ({"token": "sr_" + "x" * 43}, {"token": ""}, {"token": ["sr_"]}, {"nothing": 1}):
        with pytest.raises(Closed) as refused:
            Screen(board.server, **auth)
        assert refused.value.reason.startswith("44")
        assert '"status":401' in refused.value.reason


def test_another_members_own_room_is_closed_to_her(board: Board) -> None:
    with Screen(board.server, "Maya") as maya:
        mine, hers = PEOPLE["Maya"].member_id, PEOPLE["Jon"].member_id
        assert maya.join(f"member:{mine}", 0)["ok"]
        assert maya.join(f"member:{hers}", 0) == {"ok": False, "status": 404}
        assert maya.join("school:2", 0) == {"ok": False, "status": 404}


NO_ROOMS: list[Any] = [
    {"room": "board", "since": 0},
    {"room": "board:0", "since": 0},
    {"room": "board:1 ", "since": 0},
    {"room": ["board:1"], "since": 0},
    {"room": None, "since": 0},
    {"since": 0},
    {"room": "board:1"},
    {"room": "board:1", "since": -1},
    {"room": "board:1", "since": "0"},
    {"room": "board:1", "since": True},
    {"room": "board:1", "since": 0, "epoch": 3},
    {"room": "board:1", "since": 0, "as": "Ana"},
    "board:1",
    None,
    [],
]


def test_what_is_no_room_is_named_so(board: Board) -> None:
    refused = {"ok": False, "status": 422}
    with Screen(board.server, "Maya") as maya:
        assert [maya.call("join", payload) for payload in NO_ROOMS] == [refused] * len(NO_ROOMS)
        assert maya.call("join") == refused
        assert maya.join(board.room, 0)["ok"], "the socket goes on after a bad message"


def test_too_far_behind_ahead_or_of_another_time_line_is_stale(board: Board) -> None:
    with Screen(board.server, "Maya") as maya:
        seq = board.seq()
        stale = {"ok": True, "stale": True}
        assert maya.join(board.room, seq + 1) == stale
        assert maya.join(board.room, 2**62) == stale
        assert maya.join(board.room, 0, epoch="another") == stale
        # She is in the room all the same: what happens while she reads the snapshot reaches her.
        board.add_card()
        assert maya.wait("event")["seq"] == seq + 1


def test_who_leaves_hears_no_more(board: Board) -> None:
    with Screen(board.server, "Maya") as maya:
        maya.join(board.room, board.seq())
        assert maya.call("leave", {"room": board.room}) == {"ok": True}
        assert maya.call("leave", {"room": "nothing"}) == {"ok": False, "status": 422}
        board.add_card()
        maya.join(f"group:{board.group_id}", 0)
        assert events(maya, board.room) == []


def test_nothing_is_missing_or_out_of_order_for_who_joins_in_the_middle_of_writes(board: Board) -> None:
    card = board.add_card()
    written = 60

    def write(part: int) -> None:
        for n in range(written // 2):
            board.rename(card, f"Title {part}.{n}")

    writers = [threading.Thread(target=write, args=(part,)) for part in range(2)]
    for writer in writers:
        writer.start()
    screens, caught = [], []
    try:
        while any(writer.is_alive() for writer in writers):
            screen = Screen(board.server, "Maya")
            screens.append(screen)
            caught.append(screen.join(board.room, 0))
        for writer in writers:
            writer.join()
        last = board.seq()
        assert screens
        for screen, answer in zip(screens, caught, strict=True):
            have = {e["seq"] for e in answer["events"]} | set(events(screen, board.room))
            while last not in have:
                have.add(screen.wait("event")["seq"])
            assert have == set(range(1, last + 1))
            pushed = events(screen, board.room)
            assert pushed == sorted(pushed), "one process pushes in order"
            assert len(pushed) == len(set(pushed))
    finally:
        for screen in screens:
            screen.ws.close()


def test_two_boards_do_not_mix(board: Board) -> None:
    other = make_board(board.server, "Rose")
    with Screen(board.server, "Maya") as maya, Screen(board.server, "Rose") as rose:
        maya.join(board.room, board.seq())
        rose.join(other.room, other.seq())
        board.add_card("for Maya")
        other.add_card("for Rose", "Rose")
        assert maya.wait("event")["put"]["cards"][0]["title"] == "for Maya"
        assert rose.wait("event")["put"]["cards"][0]["title"] == "for Rose"
        assert not events(maya, other.room) and not events(rose, board.room)
