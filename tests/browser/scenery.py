"""A board in use, made over HTTP as people would: for pictures, and for scenes that need more than an empty list."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.school import PEOPLE
from tests.servers import LiveServer


@dataclass
class Scenery:
    initiative: int = 0
    group: int = 0
    board: int = 0
    lists: dict[str, int] = field(default_factory=dict)
    cards: dict[str, int] = field(default_factory=dict)


#: list → (title, days until due or None, owners, labels, done, checklist items: those with * are ticked)
CARDS: dict[str, list[tuple[str, int | None, list[str], list[str], bool, list[str]]]] = {
    "Ideas": [
        ("Ask families which books are read at home", None, [], ["Families"], False, []),
        ("A reading corner in the canteen", None, ["Rose"], [], False, []),
        ("Older classes read to younger ones", 24, ["Maya"], ["Classroom"], False, []),
    ],
    "Next": [
        ("Agree on twenty minutes of reading in every timetable", 6, ["Jon", "Ana"], ["Timetable"], False, ["Year 3 and 4*", "Year 5 and 6", "Year 7"]),
        ("Choose the text for the first shared lesson", 9, ["Maya"], ["Classroom"], False, []),
        ("Book the library for the staff meeting", 2, ["Rose"], [], False, []),
    ],
    "In progress": [
        ("Visit each other's reading lessons, two pairs a week", 1, ["Maya", "Jon"], ["Classroom"], False, ["Pairs found*", "Rooms and times*", "What we look for*", "First round"]),
        ("Collect what works with reluctant readers", -2, ["Thomas"], ["Classroom"], False, []),
    ],
    "Done": [
        ("Write down why we do this, in half a page", -5, ["Ana"], [], True, []),
        ("Find out how much is read now", -8, ["Thomas"], ["Families"], True, ["Short survey*", "Library loans*"]),
    ],
}  # fmt: skip
DESCRIPTIONS = {
    "Visit each other's reading lessons, two pairs a week": "We look at **how a lesson begins**, nothing else. Twenty minutes, and five to talk.\n\n"
    "- no notes about students\n- thank each other",
}
COMMENTS = {
    "Visit each other's reading lessons, two pairs a week": [
        ("Rose", "I can take over Year 4 on Thursday, so that Maya is free."),
        ("Jon", "Thank you! Then we begin on Thursday."),
    ],
    "Agree on twenty minutes of reading in every timetable": [("Ana", "Years 3 and 4 have found theirs.")],
}
LABELS = {"Classroom": "blue", "Families": "green", "Timetable": "amber"}


def furnish(server: LiveServer, today: date) -> Scenery:
    made = Scenery()
    made.initiative = _data(server, "Ana", "POST", "/initiatives", {
        "title": "Reading every day", "purpose": "Every student reads for pleasure, every day, in every subject.",
    })["id"]  # fmt: skip
    made.group = _data(server, "Ana", "POST", "/groups", {
        "title": "Reading group", "initiative_id": made.initiative, "objective": "Twenty minutes of reading in every timetable by spring.",
    })["id"]  # fmt: skip
    for person, role in (("Jon", "lead"), ("Maya", "member"), ("Rose", "member"), ("Thomas", "member")):
        _data(server, "Ana", "PUT", f"/groups/{made.group}/members/{PEOPLE[person].member_id}", {"role": role})
    made.board = _data(server, "Jon", "POST", "/boards", {"title": "Reading, this term", "group_id": made.group})["id"]
    _, snapshot = server.call("Jon", "GET", f"/boards/{made.board}")
    for column in snapshot["lists"]:  # those that a new board starts with
        _data(server, "Jon", "PUT", f"/lists/{column['id']}/archive")
    labels = {
        title: _data(server, "Jon", "POST", f"/boards/{made.board}/labels", {"title": title, "colour": colour})["id"]
        for title, colour in LABELS.items()
    }
    for title, cards in CARDS.items():
        made.lists[title] = _data(server, "Jon", "POST", f"/boards/{made.board}/lists", {"title": title})["id"]
        for card in cards:
            made.cards[card[0]] = _card(server, made.lists[title], card, labels, today)
    return made


def enliven(server: LiveServer, made: Scenery) -> None:
    """People have written on the cards, too."""
    for title, text in DESCRIPTIONS.items():
        _data(server, "Maya", "PATCH", f"/cards/{made.cards[title]}", {"description": text})
    for title, comments in COMMENTS.items():
        for person, body in comments:
            _, read = server.call(person, "GET", f"/cards/{made.cards[title]}")
            _data(server, person, "POST", f"/threads/{read['data']['thread_id']}/comments", {"body": body})


def _card(server: LiveServer, column: int, card: tuple[Any, ...], labels: dict[str, int], today: date) -> int:
    title, due, owners, its_labels, done, items = card
    body: dict[str, Any] = {"title": title, "label_ids": [labels[label] for label in its_labels]}
    if due is not None:
        body["due"] = (today + timedelta(days=due)).isoformat()
    id: int = _data(server, "Jon", "POST", f"/lists/{column}/cards", body)["id"]
    for owner in owners:
        _data(server, owner, "PUT", f"/cards/{id}/owners/{PEOPLE[owner].member_id}")
    if items:
        checklist = _data(server, "Jon", "POST", f"/cards/{id}/checklists", {"title": "Steps"})["id"]
        for item in items:
            item_id = _data(server, "Jon", "POST", f"/checklists/{checklist}/items", {"title": item.rstrip("*")})["id"]
            if item.endswith("*"):
                _data(server, "Jon", "PUT", f"/items/{item_id}/done")
    if done:
        _data(server, "Jon", "PUT", f"/cards/{id}/done")
    return id


def _data(server: LiveServer, person: str, method: str, path: str, body: Any = None) -> Any:
    status, answer = server.call(person, method, path, body)
    assert status in (200, 201), f"{method} {path}: {status} {answer}"
    return answer["data"]
