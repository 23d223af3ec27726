"""A group with a board, for what is shown of it on the pages of its people."""

from collections.abc import Callable
from typing import Any

from tests.callers import Caller


def column_of(as_: Callable[[str], Caller], people: tuple[int, ...] = (3, 4)) -> int:
    """A list of a board of Thomas' group, in which Maya (3) and Jon (4) are."""
    thomas = as_("Thomas")
    group = thomas.post("/groups", {"title": "Choir"}).json["data"]["id"]
    for member in people:
        assert thomas.put(f"/groups/{group}/members/{member}", {"role": "member"}).status == 200
    board = thomas.post("/boards", {"title": "Concert", "group_id": group}).json["data"]["id"]
    made = thomas.post(f"/boards/{board}/lists", {"title": "To do"})
    return int(made.json["data"]["id"])


def card(who: Caller, column: int, **fields: Any) -> int:
    made = who.post(f"/lists/{column}/cards", fields)
    assert made.status == 201, made.json
    return int(made.json["data"]["id"])
