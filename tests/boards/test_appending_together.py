"""Eight people add a card to the same list at the same moment: each card gets a place of its own."""

import threading
from collections.abc import Callable

from tests.callers import Caller


def test_no_two_cards_get_the_same_place(as_: Callable[..., Caller]) -> None:
    ana = as_("Ana")
    group = ana.post("/groups", {"title": "Busy"}).json["data"]["id"]
    board = ana.post("/boards", {"title": "Busy", "group_id": group}).json["data"]["id"]
    column = ana.post(f"/boards/{board}/lists", {"title": "To do"}).json["data"]["id"]
    start = threading.Barrier(8)

    def add() -> None:
        call = as_("Ana")
        start.wait(20)
        for _ in range(5):
            assert call.post(f"/lists/{column}/cards", {"title": "Same moment"}).status == 201

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    places = [card["position"] for card in ana.get(f"/boards/{board}").json["cards"]]
    assert len(places) == len(set(places)) == 40
