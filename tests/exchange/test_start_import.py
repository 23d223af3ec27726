"""A Trello export becomes a board."""

from collections.abc import Callable
from typing import Any


def test_a_board_comes_in(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    done = ana("trap8_board.json")
    assert done["state"] == "done", done
    print(done)
    (board,) = done["board_ids"]
    snapshot = ana.caller.get(f"/boards/{board}")[1]
    print(snapshot)
