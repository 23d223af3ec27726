"""Several people do at random what comes to mind, in several rooms. After every command:

both laws hold in every room, for every card's page and every thread; no number is missing; what is pushed is what the journal holds, byte for byte;
a refusal changes nothing; a repeat gives the same answer and changes nothing; an event tells nobody in its room what she could not read; nothing of a
closed group reaches anybody outside of it; and what is undone stands as it stood before, or the refusal says why.

``BOARD_TEST_EXAMPLES=500`` plays for an hour.
"""

import json
import os
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from board.core import limits, snapshots
from tests import laws
from tests.boards.places import SECRET, As, member, settle
from tests.boards.verbs import VERBS, Request, Things, make_card, move_card
from tests.callers import Caller
from tests.databases import Database
from tests.school import PEOPLE

ACTORS = ("Maya", "Maya", "Jon", "Rose", "Ana", "Thomas", "Sam", "Olga")
REFUSED = {403, 404, 409, 410, 412, 422}
#: events that say who may do what, and what they bring about: not to be taken back by a key
FOR_GOOD = (
    "board.shared",
    "board.unshared",
    "board.joined",
    "board.left",
    "board.opened",
    "board.closed",
    "group.",
    "initiative.",
)

numbers = st.integers(0, 60)
steps = st.tuples(
    st.sampled_from(range(len(ACTORS))), st.sampled_from(range(len(VERBS))), numbers, numbers, numbers,
    st.sampled_from(("", "", "", "repeat", "undo", "undo", "undo earlier")),
)  # fmt: skip
Step = tuple[int, int, int, int, int, str]
_MAKE, _MOVE = VERBS.index(make_card), VERBS.index(move_card)


@pytest.mark.timeout(900)
@given(st.lists(steps, min_size=1, max_size=14))
@example(
    [(0, _MAKE, 0, 1, 0, "repeat"), (0, _MOVE, 0, 1, 0, "undo"), (3, _MOVE, 4, 0, 0, "undo"), (6, _MOVE, 0, 1, 0, "")]
)
@settings(
    max_examples=int(os.environ.get("BOARD_TEST_EXAMPLES", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
def test_random_commands(app: Flask, database: Database, as_: As, pushed: Any, look: Any, todo: list[Step]) -> None:
    database.reset(app)
    limits.init_app(app, None, False)
    snapshots.init_app(app)
    play = Play(as_, pushed, look)
    for number, step in enumerate(todo):
        play.step(number, *step)


class Play:
    """One run: the people, what there is, and how it all reads now."""

    def __init__(self, as_: As, pushed: Any, look: Any):
        self.as_, self.pushed, self.look = as_, pushed, look
        self.places = settle(as_)
        self.things = Things(self.places)
        open_, closed = self.places.open, self.places.closed
        #: room → somebody who can always see it
        self.rooms = {
            f"board:{open_.board}": "Maya",
            f"group:{open_.group}": "Maya",
            f"board:{closed.board}": "Rose",
            f"group:{closed.group}": "Rose",
            f"initiative:{self.places.initiative}": "Ana",
            "school:1": "Ana",
            # What each of them is told.
            **{f"member:{member(name)}": name for name in ("Maya", "Jon", "Rose", "Ana", "Thomas", "Sam")},
        }
        self.ops: dict[str, list[str]] = {}
        self.heads: dict[str, int] = {}
        self.since(self.heads)
        self.now = self.reads()

    def step(self, number: int, who: int, verb: int, a: int, b: int, c: int, then: str) -> None:
        person = ACTORS[who]
        self.things.inside = person == "Rose" and a % 4 < 3
        request = VERBS[verb](self.things, a, b, c)
        if then == "undo earlier" and self.ops.get(person):
            request = ("PUT", f"/ops/{self.ops[person][a % len(self.ops[person])]}/undone", None)
        key = f"step-{number:04d}"
        before = self.now
        status, answer = self.command(person, request, key)
        if status in (200, 201):
            self.ops.setdefault(person, []).append(key)
            self.learn(request, answer)
            self.now = self.reads()
        if then == "repeat":
            again = self.unheard(person, request, key)
            assert again == (status, answer)
        if then == "undo" and status in (200, 201) and answer["events"]:
            self.undo(person, key, before, [event["type"] for event in answer["events"]])

    def command(self, person: str, request: Request, key: str) -> tuple[int, Any]:
        before, heads = self.now, self.heads
        self.pushed.events.clear()
        caller = self.as_(person)
        method, path, body = request
        status, answer = caller.call(method, path, body, key=key)
        note = f"{person}: {method} {path} {body} → {status}"
        assert status in {200, 201} | REFUSED, f"{note} {answer}"
        assert SECRET not in json.dumps(answer) or person == "Rose", f"{note} {answer}"
        written = self.since(heads)
        self.now = self.reads()
        if status not in (200, 201):
            assert not written and not self.pushed.events, note
            assert self.now == before, note
            return status, answer
        for room in {room for room, _ in self.pushed.events} | {room for room, _, _ in written}:
            told = [text for where, text in self.pushed.events if where == room]
            assert told == [text for where, _, text in written if where == room], f"{note}: in {room}"
        events = [json.loads(text) for _room, _seq, text in written]
        self.laws(before, self.now, events, note)
        self.audience(events, note)
        mine = [e for e in events if caller.get(f"/rooms/{e['room']}")[0] == 200]
        assert _by_room(answer["events"]) == _by_room(mine), note
        return status, answer

    def unheard(self, person: str, request: Request, key: str) -> tuple[int, Any]:
        """Sends a request again, of which nobody may hear."""
        self.pushed.events.clear()
        method, path, body = request
        status, answer = self.as_(person).call(method, path, body, key=key)
        assert not self.since(self.heads) and not self.pushed.events
        assert self.reads() == self.now
        return status, answer

    def undo(self, person: str, key: str, before: dict[str, Any], types: list[str]) -> None:
        status, answer = self.command(person, ("PUT", f"/ops/{key}/undone", None), f"{key}-undo")
        if status == 200:
            assert _standing(self.now) == _standing(before), f"{person} undid {types}"
        else:
            assert status in (403, 404, 409) and answer["detail"], f"{person} undid {types}: {status}"
            # Somebody who gave a right away, or left, may have lost the way back with it; all else is taken back at once.
            assert all(t.startswith(FOR_GOOD) for t in types), f"{person} could not undo {types}: {answer['detail']}"

    def laws(self, before: dict[str, Any], after: dict[str, Any], events: list[Any], note: str) -> None:
        for path, old in before.items():
            new = after.get(path)
            if new is None or old["room"] != new["room"] or not _open(path, before, after):
                continue
            seen = [e for e in events if e["room"] == old["room"]]
            try:
                laws.check(old, new, seen, path)
            except AssertionError as e:
                raise AssertionError(f"{note}: {path} is not told by {seen}\n{e}") from None

    def audience(self, events: list[Any], note: str) -> None:
        """Nobody who hears an event hears more than she could read; nobody outside hears of the closed group at all."""
        for name in PEOPLE:
            caller = self.as_(name)
            heard = [e for e in events if caller.get(f"/rooms/{e['room']}")[0] == 200]
            if name != "Rose":
                assert SECRET not in json.dumps(heard), f"{note}: {name} heard of what is closed"
            for room in {e["room"] for e in heard}:
                self.readable(caller, room, [e for e in heard if e["room"] == room], f"{note}: {name} in {room}")

    def readable(self, caller: Caller, room: str, events: list[Any], note: str) -> None:
        told: laws.State = {}
        for event in events:
            for name in event["put"]:
                told.setdefault(name, {})
            laws.apply({**told, "lists": told.get("lists", {})}, event)
        shown = laws.comparable(caller.get(f"/rooms/{room}").json)
        for name, records in told.items():
            for id, record in records.items():
                where = shown.get(name, {}).get(id, {})
                if name == "notices":
                    where = {n["id"]: n for n in caller.get("/notices", limit=200).json["data"]}.get(id, {})
                elif name not in shown or name == "cards":
                    where = {**where, **self.detail(caller, name, id, record)}
                assert laws.full(record).items() <= laws.full(where).items(), (
                    f"{note} hears {name} {record}, reads {where}"
                )

    def detail(self, caller: Caller, name: str, id: int, record: dict[str, Any]) -> dict[str, Any]:
        """A record of a card's page or of a thread, as this person reads it."""
        for path, known in self.now.items():
            if not path.startswith("/rooms/") and id in laws.comparable(known, path).get(name, {}):
                status, found = caller.call("GET", path)
                if status == 200 and id in (state := laws.comparable(found, path)).get(name, {}):
                    return state[name][id]
        return {}

    def reads(self) -> dict[str, Any]:
        """Every room, every card's page and every thread, each by somebody who can always see it; what is not there is left out."""
        found = {}
        for room, person in self.rooms.items():
            found[f"/rooms/{room}"] = laws.read(self.as_(person), f"/rooms/{room}")
        for name in ("Jon", "Rose", "Sam"):
            found[f"/notices?{name}"] = laws.read(self.as_(name), "/notices?limit=200")
        for path in self.paths():
            for person in ("Maya", "Rose"):
                status, answer = self.as_(person).call("GET", path)
                if status == 200:
                    found[path] = answer
                    break
        return found

    def paths(self) -> list[str]:
        cards = [f"/cards/{id}" for id, _ in self.things.of["card"]]
        return cards + [f"/threads/{id}/comments?limit=200" for id, _ in self.things.of["thread"]]

    def since(self, heads: dict[str, int]) -> list[tuple[str, int, str]]:
        """What the journal got since, in every room there is; no number left out."""
        with self.look() as tx:
            self.heads = dict(tx.all(sa.text("SELECT room, seq FROM rooms")))
            fresh: list[tuple[str, int, str]] = []
            for room, seq in sorted(self.heads.items()):
                query = sa.text("SELECT room, seq, text FROM journal WHERE room = :room AND seq > :seq ORDER BY seq")
                rows = tx.all(query, {"room": room, "seq": heads.get(room, 0)})
                assert [r.seq for r in rows] == list(range(heads.get(room, 0) + 1, seq + 1)), f"a hole in {room}"
                fresh += [(r.room, r.seq, r.text) for r in rows]
        return fresh

    def learn(self, request: Request, answer: Any) -> None:
        method, path, _ = request
        if method != "POST":
            return
        data, parts = answer["data"], path.strip("/").split("/")
        holder = parts[0].removesuffix("s")
        closed = dict(self.things.of[holder])[int(parts[1])]
        kind = parts[2].removesuffix("s")
        if kind == "batch":
            for card in data.get("cards", ()):
                self.things.add("card", card["id"], closed)
                self.things.add("thread", card["thread_id"], closed)
            return
        if kind == "line":
            for item in data["items"]:
                self.things.add("item", item["id"], closed)
            return
        self.things.add(kind, data["id"], closed)
        if kind == "card":
            self.things.add("thread", data["thread_id"], closed)


def _open(path: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """The second law holds for a card's page while its card is on the board."""
    if not path.startswith("/cards/"):
        return True
    return all(
        any(card["id"] == reads[path]["data"]["id"] for card in reads[f"/rooms/{reads[path]['room']}"]["cards"])
        for reads in (before, after)
    )


def _standing(reads: dict[str, Any]) -> Any:
    """What stands where, without what an undo adds to it: numbers of changes, and the marks of what was said and taken back."""
    found = {}
    for path, answer in reads.items():
        state = laws.plain(laws.comparable(answer, path))
        state["comments"] = {id: r for id, r in state.get("comments", {}).items() if not r.get("deleted_at")}
        for records in state.values():
            for record in records.values():
                for name in ("version", "edited_at"):
                    record.pop(name, None)
        # Who once commented stays listed beside what she said.
        state.pop("members", None)
        # And who was told of it was told.
        state.pop("notices", None)
        state.pop("unread", None)
        found[path] = state
    return found


def _by_room(events: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for event in events:
        found.setdefault(event["room"], []).append(event)
    return found
