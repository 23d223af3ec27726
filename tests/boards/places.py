"""A small school at work, made over HTTP: an open group with a board, a closed group with another, and who has which part in them.

Ana is admin, Thomas organizer, Maya leads the open group, Jon is its member, Rose leads the closed group (nobody else is in it) and is other staff
in the open one, Sam is a guest who may comment on the open board, Olga is of another school.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.callers import Caller
from tests.school import PEOPLE

As = Callable[..., Caller]
#: stands in every text of the closed group, so that a leak is seen wherever it drips
SECRET = "hush-hush"


@dataclass
class Place:
    """A group with a board and what stands on it, by id."""

    group: int
    board: int
    lists: list[int] = field(default_factory=list)
    cards: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)


@dataclass
class Places:
    open: Place
    closed: Place
    initiative: int


def settle(as_: As) -> Places:
    ana, thomas, maya, rose = as_("Ana"), as_("Thomas"), as_("Maya"), as_("Rose")
    initiative = made(ana.post("/initiatives", {"title": "Literacy"}))
    open_group = made(ana.post("/groups", {"title": "Reading week", "initiative_id": initiative}))
    done(ana.put(f"/groups/{open_group}/members/{member('Maya')}", {"role": "lead"}))
    done(maya.put(f"/groups/{open_group}/members/{member('Jon')}", {"role": "member"}))
    done(maya.delete(f"/groups/{open_group}/members/{member('Ana')}"))
    open_place = furnish(maya, open_group, "Autumn")
    done(maya.put(f"/boards/{open_place.board}/guests/{member('Sam')}", {"right": "comment"}))
    closed_group = made(thomas.post("/groups", {"title": f"Budget {SECRET}", "closed": True}))
    done(thomas.put(f"/groups/{closed_group}/members/{member('Rose')}", {"role": "lead"}))
    done(rose.delete(f"/groups/{closed_group}/members/{member('Thomas')}"))
    return Places(open_place, furnish(rose, closed_group, f"Figures {SECRET}"), initiative)


def furnish(lead: Caller, group: int, title: str, cards: int = 4) -> Place:
    board = made(lead.post("/boards", {"title": title, "group_id": group}))
    place = Place(group, board)
    place.lists = [made(lead.post(f"/boards/{board}/lists", {"title": f"{t} {title}"})) for t in ("Next", "Doing")]
    place.labels = [made(lead.post(f"/boards/{board}/labels", {"title": title, "colour": c})) for c in ("red", "blue")]
    for i in range(cards):
        body = {"title": f"Card {i} {title}", "description": f"About {title}"}
        record = done(lead.post(f"/lists/{place.lists[i % 2]}/cards", body))
        place.cards.append(record["id"])
        place.threads.append(record["thread_id"])
    return place


def made(answer: Any) -> int:
    id: int = done(answer)["id"]
    return id


def done(answer: Any) -> dict[str, Any]:
    status, body = answer
    assert status in (200, 201), (status, body)
    data: dict[str, Any] = body["data"]
    return data


def member(name: str) -> int:
    return PEOPLE[name].member_id
