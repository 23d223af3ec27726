"""kill -9 in the middle of work: what was acknowledged is there, once; screens recover by themselves."""

import contextlib
import json
import random
import threading
import time
import uuid
from collections.abc import Callable

from tests.servers import LiveServer
from tests.sockets.conftest import Board, make_board
from tests.sockets.screen import Closed, Screen, events

KILLS = 10
WRITERS = ("Maya", "Jon", "Ana")


class Writer(threading.Thread):
    """Adds cards one after the other; when the server is away it asks again with the same key, as the browser does."""

    def __init__(self, board: Board, person: str, stop: threading.Event):
        super().__init__(daemon=True)
        self.board, self.person, self.stop = board, person, stop
        self.acknowledged: dict[str, int] = {}
        self.refused: list[object] = []

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            self._add(f"{self.person} {number}", uuid.uuid4().hex)

    def _add(self, title: str, key: str) -> None:
        while True:
            try:
                status, answer = self.board.server.call(
                    self.person, "POST", f"/lists/{self.board.list_id}/cards", {"title": title}, Idempotency_Key=key
                )
            except (OSError, ValueError, json.JSONDecodeError):
                if self.stop.is_set():
                    return
                time.sleep(0.05)
                continue
            if status == 201:
                self.acknowledged[title] = answer["data"]["id"]
            elif status != 503:
                self.refused.append(answer)
            return


def test_ten_times_killed_nothing_acknowledged_is_lost_or_doubled(start_server: Callable[..., LiveServer]) -> None:
    server = start_server(BOARD_LIMITS="off")
    board = make_board(server, "Maya", "Jon")
    stop = threading.Event()
    writers = [Writer(board, person, stop) for person in WRITERS]
    for writer in writers:
        writer.start()
    chance, have, seq, epoch = random.Random(22), set[int](), 0, None
    for _ in range(KILLS):
        # A screen comes back, catches up from what it has, and follows for a moment until the server dies under it.
        with Screen(server, "Maya") as screen:
            answer = screen.join(board.room, seq, **({"epoch": epoch} if epoch else {}))
            assert answer["ok"] and not answer.get("stale"), answer
            epoch = answer["epoch"]
            for _ in range(chance.randrange(3, 12)):
                screen.wait("event")
            server.kill()
            with contextlib.suppress(Closed):
                screen.ends()
            have |= {e["seq"] for e in answer["events"]} | set(events(screen, board.room))
        while seq + 1 in have:
            seq += 1
        server.start()
    stop.set()
    for writer in writers:
        writer.join(20)
        assert not writer.is_alive() and not writer.refused, writer.refused
        assert writer.acknowledged
    with Screen(server, "Maya") as screen:
        answer = screen.join(board.room, seq, epoch=epoch)
        have |= {e["seq"] for e in answer["events"]}
        assert have == set(range(1, answer["seq"] + 1)), "the screen has every event, without a hole"
    snapshot = server.call("Ana", "GET", f"/boards/{board.id}")[1]
    titles = [card["title"] for card in snapshot["cards"]]
    assert len(titles) == len(set(titles)), "a repeat made a second card"
    stands = {card["title"]: card["id"] for card in snapshot["cards"]}
    for writer in writers:
        for title, id in writer.acknowledged.items():
            assert stands.get(title) == id, f"{title} was acknowledged and is not there"
