"""Every operation, called by everybody there is, on what is open to her, what is closed to her, and what never was. See matrix.py."""

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from board.core import api, command, journal, limits, times
from board.core.api import Operation
from board.core.db import Tx, db, writing
from board.people.models import Account, Member, Token
from tests.boards.places import As, Place, done, furnish, made, member
from tests.callers import Caller
from tests.contracts.matrix import BY_SESSION, EVERYBODY, HIDDEN, MATRIX, OF_SCHOOL, OF_SCHOOL_NEVER, WHO

COLUMNS = dict(zip(WHO, (None, "Olga", "Sam", "Rose", "Jon", "Maya", "Elif", "Thomas", "Ana"), strict=True))
IN_PLACE = re.compile(r"<(?:int:)?(\w+)>")


@pytest.fixture
def operations(app: Flask) -> dict[str, Operation]:
    with app.app_context():
        return {operation.name: operation for _, operation in api.operations()}


@pytest.fixture
def sweep(app: Flask, as_: As, monkeypatch: pytest.MonkeyPatch) -> Iterator["Sweep"]:
    limits.init_app(app, None, False)
    found = Sweep(app, as_)
    monkeypatch.setattr(command, "writing", taken_back)
    yield found


@contextmanager
def taken_back(*school: int, **how: bool) -> Iterator[Tx]:
    """A write transaction of which nothing stays, so that each question finds the same school."""
    with db.engine.connect() as connection:
        connection.begin()
        yield Tx(connection)
        connection.rollback()


def test_every_route_is_declared(operations: dict[str, Operation]) -> None:
    assert set(operations) == set(MATRIX)


def test_on_what_is_open(operations: dict[str, Operation], sweep: "Sweep") -> None:
    wrong = []
    for name, row in MATRIX.items():
        if row != BY_SESSION:
            found = sweep.row(operations[name], "open")
            if found != row:
                wrong.append(f"{name:24} declared {row}\n{'':24} answered {found}")
    assert not wrong, "\n".join(["", " ".join(WHO), *wrong])


@pytest.mark.parametrize("where", ["closed", "never"])
def test_what_is_closed_looks_like_what_never_was(operations: dict[str, Operation], sweep: "Sweep", where: str) -> None:
    wrong, asked = [], 0
    for name, row in MATRIX.items():
        o = operations[name]
        if row in (BY_SESSION, EVERYBODY) or not sweep.is_somewhere(o, where):
            continue
        asked += 1
        found = sweep.row(o, where)
        if found != (OF_SCHOOL_NEVER if row == OF_SCHOOL else HIDDEN):
            wrong.append(f"{name:24} {where}: {found}")
    assert asked > 60
    assert not wrong, "\n".join(["", " ".join(WHO), *wrong])


@pytest.mark.parametrize("who", ["member", "lead", "admin"])
def test_ids_in_bodies_are_looked_up_like_those_in_paths(sweep: "Sweep", who: str) -> None:
    """Row by row: the right thing in the path, in the body something that is not hers to name."""
    call, mine, closed = sweep.as_(COLUMNS[who]), sweep.ids["open"], sweep.ids["closed"]
    card, list_ = mine["card_id"], mine["list_id"]
    hidden: list[tuple[str, str, dict[str, Any]]] = [
        ("PUT", f"/cards/{card}/position", {"list_id": closed["list_id"]}),
        ("PUT", f"/cards/{card}/labels/{closed['label_id']}", {}),
        ("PUT", f"/cards/{card}/owners/{member('Olga')}", {}),
        ("POST", f"/lists/{list_}/cards", {"title": "x", "owner_ids": [member("Olga")]}),
        ("POST", f"/lists/{list_}/cards", {"title": "x", "label_ids": [closed["label_id"]]}),
        ("POST", f"/threads/{mine['thread_id']}/comments", {"body": "x", "reply_to": closed["comment_id"]}),
        ("PUT", f"/items/{mine['item_id']}/position", {"checklist_id": closed["checklist_id"]}),
        ("PATCH", f"/items/{mine['item_id']}", {"owner_id": member("Olga")}),
        ("POST", f"/items/{mine['item_id']}/card", {"list_id": closed["list_id"]}),
        ("POST", f"/boards/{mine['board_id']}/batch", {"card_ids": [card], "position": {"list_id": closed["list_id"]}}),
        ("POST", f"/cards/{card}/links", {"other_id": closed["card_id"], "kind": "blocks"}),
        ("PUT", f"/cards/{card}/fields/{closed['field_id']}", {"value": "x"}),
        ("POST", f"/cards/{card}/copies", {"list_id": closed["list_id"]}),
        ("PUT", f"/cards/{card}/recurrence", {"every": "week", "on": [1], "list_id": closed["list_id"]}),
        ("POST", f"/lists/{list_}/copies", {"board_id": closed["board_id"]}),
        ("PUT", f"/lists/{list_}/board", {"board_id": closed["board_id"]}),
        ("POST", "/boards", {"title": "x", "group_id": closed["group_id"]}),
        ("POST", "/boards", {"title": "x", "initiative_id": closed["initiative_id"]}),
        ("POST", "/groups", {"title": "x", "initiative_id": closed["initiative_id"]}),
    ]
    if who != "member":
        hidden += [
            ("PUT", f"/boards/{mine['board_id']}/guests/{member('Olga')}", {"right": "read"}),
            ("PUT", f"/groups/{mine['group_id']}/members/{member('Olga')}", {"role": "member"}),
        ]
    for method, path, body in hidden:
        never = {
            k: 999_999 if k.endswith(("_id", "_to")) else [999_999] if k.endswith("_ids") else v
            for k, v in body.items()
        }
        answers = [call.call(method, path, b or None) for b in (body, never)]
        assert [a.status for a in answers] == [404, 404], (method, path, body, answers)
        assert answers[0].json == answers[1].json, (method, path, body)
    for neighbour in ("before_id", "after_id"):
        for other in (closed["card_id"], 999_999):
            status, _ = call.put(f"/cards/{card}/position", {"list_id": list_, neighbour: other})
            assert status == 409


def test_the_sweep_can_fail(operations: dict[str, Operation], sweep: "Sweep") -> None:
    assert sweep.row(operations["change_card"], "open") != sweep.row(operations["change_board"], "open")
    assert sweep.row(operations["read_board"], "closed", insider=True).endswith("ok")


class Sweep:
    """The school with one of each: Maya leads the open group, Jon is in it, Elif owns its initiative, Vera alone is in the closed ones."""

    def __init__(self, app: Flask, as_: As):
        self.tokens = {name: hire(app, name) for name in ("Elif", "Vera")}
        self._as = as_
        thomas, maya = as_("Thomas"), as_("Maya")
        ids = {
            "Elif": self.as_("Elif").get("/me").json["data"]["id"],
            "Vera": self.as_("Vera").get("/me").json["data"]["id"],
        }
        self.vera = ids["Vera"]
        self.ids: dict[str, dict[str, Any]] = {}
        for where, first, head in (("open", "Maya", "Elif"), ("closed", "Vera", "Vera")):
            closed = where == "closed"
            initiative = made(thomas.post("/initiatives", {"title": where, "closed": closed}))
            done(thomas.put(f"/initiatives/{initiative}/members/{ids[head]}", {"role": "owner"}))
            group = made(thomas.post("/groups", {"title": where, "initiative_id": initiative, "closed": closed}))
            for path in (f"/initiatives/{initiative}", f"/groups/{group}"):
                done(thomas.patch(path, {"norms": "We start on time."}))
            lead = member("Maya") if first == "Maya" else self.vera
            done(thomas.put(f"/groups/{group}/members/{lead}", {"role": "lead"}))
            done(thomas.delete(f"/groups/{group}/members/{member('Thomas')}"))
            done(thomas.delete(f"/initiatives/{initiative}/members/{member('Thomas')}"))
            self.ids[where] = self.furnish(self.as_(first), group, initiative, where)
        done(maya.put(f"/groups/{self.ids['open']['group_id']}/members/{member('Jon')}", {"role": "member"}))
        done(maya.put(f"/boards/{self.ids['open']['board_id']}/guests/{member('Sam')}", {"right": "comment"}))
        thread = self.ids["open"]["thread_id"]
        self.ids["open"]["comment_id"] = made(as_("Jon").post(f"/threads/{thread}/comments", {"body": "Mine"}))
        self.school(as_("Ana"))

    def furnish(self, lead: Caller, group: int, initiative: int, where: str) -> dict[str, Any]:
        place: Place = furnish(lead, group, where, cards=2)
        card = place.cards[0]
        checklist = made(lead.post(f"/cards/{card}/checklists", {"title": "First"}))
        return {
            "initiative_id": initiative,
            "group_id": group,
            "board_id": place.board,
            "list_id": place.lists[0],
            "card_id": card,
            "label_id": place.labels[0],
            "other_card_id": place.cards[1],
            "card_link_id": made(lead.post(f"/cards/{card}/links", {"other_id": place.cards[1], "kind": "relates"})),
            "field_id": made(lead.post(f"/boards/{place.board}/fields", {"title": "Room", "kind": "text"})),
            "thread_id": place.threads[0],
            "checklist_id": checklist,
            "item_id": made(lead.post(f"/checklists/{checklist}/items", {"title": "One"})),
            "attachment_id": made(lead.post(f"/cards/{card}/attachments", {"url": "https://example.org/"})),
            "comment_id": made(lead.post(f"/threads/{place.threads[0]}/comments", {"body": "Hello"})),
            "room": f"board:{place.board}",
        }

    def school(self, ana: Caller) -> None:
        """What is the school's: hers to see, and for the other school as if it were not there."""
        year = made(ana.post("/school-years", {"title": "2026/27", "start": "2026-08-15", "end": "2027-07-15"}))
        term = made(
            ana.post(f"/school-years/{year}/terms", {"title": "One", "start": "2026-08-20", "end": "2026-12-18"})
        )
        days = made(ana.post("/closed-days", {"title": "Half-term", "start": "2026-10-19", "end": "2026-10-23"}))
        away = made(ana.post(f"/members/{self.vera}/away", {"start": "2026-11-02", "end": "2026-11-03"}))
        self.ids["open"] |= {"school_year_id": year, "term_id": term, "closed_days_id": days, "away_id": away}
        done(ana.put("/school/weeks/2026-11-23", {"letter": "A"}))
        link = made(ana.post("/join-links", {"role": "staff"}))
        self.ids["open"] |= {
            "link_id": link,
            "member_id": self.vera,
            "day": "2026-11-23",
            "emoji": "👍",
            "op": "never-done-by-anybody",
        }

    def as_(self, person: str | None) -> Caller:
        return self._as(token=self.tokens[person]) if person in self.tokens else self._as(person)

    def is_somewhere(self, o: Operation, where: str) -> bool:
        """Whether it is about one thing that can be closed, or that was never there."""
        names = set(IN_PLACE.findall(o.rule)) - {"day"}
        if o.name in ("make_board", "make_group", "start_import"):
            return True
        return bool(names & set(self.ids["closed"]) if where == "closed" else names)

    def row(self, o: Operation, where: str, insider: bool = False) -> str:
        people = [*COLUMNS.values(), "Vera"] if insider else COLUMNS.values()
        return " ".join(self.ask(o, where, person) for person in people)

    def ask(self, o: Operation, where: str, person: str | None) -> str:
        ids = {**self.ids["open"], **ABOUT.get(o.name, {}), **(self.ids["closed"] if where == "closed" else {})}
        if where == "never":
            ids = {k: 999_999 if isinstance(v, int) else v for k, v in ids.items()} | {"room": "board:999999"}
        path = IN_PLACE.sub(lambda m: str(ids.get(m[1], 999_999)), o.rule)
        options: dict[str, Any] = {}
        if o.files:
            form = {"kind": "trello", "group_id": str(ids["group_id"])} if o.name == "start_import" else {}
            options["data"] = {**form, "file": (io.BytesIO(FILES[o.name]), "x")}
            body = None
        else:
            body = dict(example(o)) if o.body else None
            body = {**body, **{k: ids[k] for k in body if k in ids}} if body is not None else None
            body = BODIES[o.name](ids) if o.name in BODIES else body
        if o.name == "count_school_days":
            options["query_string"] = {"start": "2026-11-01", "end": "2026-11-30"}
        status, answer = self.as_(person).call(o.method, path, body, **options)
        assert status < 500 and status not in (400, 415, 422), f"{o.name} as {person}: {status} {answer}"
        return "ok" if status < 300 else str(status)


#: who it is about, where that is not Vera
ABOUT: dict[str, dict[str, Any]] = {
    "set_guest": {"member_id": member("Sam")},
    # Leaving by oneself is always allowed: so it is about somebody who is not in it.
    "remove_guest": {"member_id": member("Thomas")},
    "set_owner": {"member_id": member("Maya")},
    "remove_owner": {"member_id": member("Maya")},
    "set_group_member": {"member_id": member("Jon")},
    "remove_group_member": {"member_id": member("Thomas")},
    "set_initiative_member": {"member_id": member("Thomas")},
    "remove_initiative_member": {"member_id": member("Thomas")},
}
BODIES: dict[str, Any] = {
    "make_board": lambda ids: {"title": "Spring", "group_id": ids["group_id"]},
    "make_group": lambda ids: {"title": "Choir", "initiative_id": ids["initiative_id"]},
    "move_list": lambda ids: {},
    "move_card": lambda ids: {"list_id": ids["list_id"]},
    "make_card": lambda ids: {"title": "Songs"},
    "change_cards": lambda ids: {"card_ids": [ids["card_id"]], "position": {"list_id": ids["list_id"]}},
    "move_checklist": lambda ids: {},
    "move_field": lambda ids: {},
    "add_link": lambda ids: {"other_id": ids["other_card_id"], "kind": "blocks"},
    "move_item": lambda ids: {"checklist_id": ids["checklist_id"]},
    "make_card_of_item": lambda ids: {},
    "add_school_year": lambda ids: {"title": "2027/28", "start": "2027-08-15", "end": "2028-07-15"},
    "change_school_year": lambda ids: {"title": "The year"},
    "add_term": lambda ids: {"title": "Two", "start": "2027-01-10", "end": "2027-03-20"},
    "change_term": lambda ids: {"title": "Autumn"},
    "change_closed_days": lambda ids: {"title": "Autumn holidays"},
}
FILES = {
    "start_import": b'{"name": "x", "lists": [], "cards": []}',
    "import_school_days": "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//x//y//EN",
            "BEGIN:VEVENT",
            "UID:1",
            "DTSTAMP:20260901T000000Z",
            "DTSTART;VALUE=DATE:20270104",
            "SUMMARY:Closed",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    ).encode(),
}


def example(o: Operation) -> dict[str, Any]:
    assert o.body is not None
    found: dict[str, Any] = (o.body.model_config.get("json_schema_extra") or {})["examples"][0]  # type: ignore[index,call-overload]
    return found


def hire(app: Flask, name: str) -> str:
    """One more member of the staff; returns a token of hers."""
    token = "sr_" + hashlib.sha256(name.encode()).hexdigest()[:43]
    at = times.now()
    with app.app_context(), writing() as tx:
        account = tx.insert(Account, email=f"{name.lower()}@example.org", created_at=at)
        id = tx.insert(Member, school_id=1, account_id=account, name=name, role="staff", created_at=at)
        journal.open_room(tx, f"member:{id}", 1)
        tx.insert(
            Token, hash=hashlib.sha256(token.encode()).hexdigest(), prefix=token[:8], school_id=1, member_id=id, name="tests",
            scopes="read write", created_at=at,
        )  # fmt: skip
    return token
