"""Eight people work on one board at the same moment; what the journal tells is exactly what stands there in the end."""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import text, update

from board.boards.models import cards as cards_
from board.core.db import reading, writing
from board.core.journal import since
from tests.callers import Caller

ROUNDS = 40
THREADS = 8


def test_the_journal_tells_what_stands_there(app: Flask, as_: Callable[..., Caller]) -> None:
    ana = as_("Ana")
    group = ana.post("/groups", {"title": "Busy"})[1]["data"]["id"]
    people = ["Ana", "Maya", "Jon", "Rose"]
    ids = {name: as_(name).get("/me")[1]["data"]["id"] for name in people}
    for name in people[1:]:
        assert ana.put(f"/groups/{group}/members/{ids[name]}", {"role": "member"})[0] == 200
    board = ana.post("/boards", {"title": "Busy", "group_id": group})[1]["data"]["id"]
    lists = [ana.post(f"/boards/{board}/lists", {"title": t})[1]["data"]["id"] for t in "ABCD"]
    label = ana.post(f"/boards/{board}/labels", {"title": "Hot", "colour": "red"})[1]["data"]["id"]
    cards = [ana.post(f"/lists/{lists[i % 4]}/cards", {"title": f"{i}"})[1]["data"]["id"] for i in range(20)]
    before = ana.get(f"/boards/{board}")[1]
    statuses: list[int] = []

    def work(seed: int) -> None:
        rnd, me = random.Random(seed), people[seed % 4]
        call = as_(me)
        for _ in range(ROUNDS):
            card, list_ = rnd.choice(cards), rnd.choice(lists)
            verb = rnd.choice(WEIGHTED)
            statuses.append(verb(call, rnd, card, list_, label, ids, cards)[0])

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert set(statuses) <= {200, 201, 404, 409}, set(statuses)
    after = ana.get(f"/boards/{board}")[1]
    with app.app_context(), reading() as tx:
        events = [orjson.loads(text) for text in since(tx, f"board:{board}", before["seq"], 100_000)]
    assert [e["seq"] for e in events] == list(range(before["seq"] + 1, after["seq"] + 1))
    assert applied(before, events) == comparable(after)


def test_a_card_that_is_being_moved_is_not_gone(app: Flask, scene: Any) -> None:
    """Many cards are dated while another puts one of them into another list, and has not finished yet."""
    here, answers = scene.here, []

    def date_all() -> None:
        body = {"card_ids": here.cards, "due": "2026-12-04"}
        answers.append(scene.as_("Jon").post(f"/boards/{here.board}/batch", body).json["data"])

    dating = threading.Thread(target=date_all)
    with app.app_context(), writing() as tx:
        tx.execute(update(cards_).where(cards_.c.id == here.cards[0]).values(list_id=here.lists[1]))
        dating.start()
        # SQLite has one writer: there the other has not even begun.
        if tx.dialect == "postgresql":
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            until = time.monotonic() + 60
            while not tx.scalar(waiting) and time.monotonic() < until:
                pass
    dating.join(60)
    assert [(answer["card_ids"], answer["skipped"]) for answer in answers] == [(here.cards, [])]


def move(call: Caller, rnd: random.Random, card: int, list_: int, label: int, ids: Any, cards: list[int]) -> Any:
    near = {"before_id": rnd.choice(cards), "after_id": rnd.choice(cards)} if rnd.random() < 0.7 else {}
    return call.put(f"/cards/{card}/position", {"list_id": list_, **near})


def rename(call: Caller, rnd: random.Random, card: int, *rest: Any) -> Any:
    return call.patch(f"/cards/{card}", {"title": f"renamed {rnd.random()}"})


def own(call: Caller, rnd: random.Random, card: int, list_: int, label: int, ids: Any, cards: list[int]) -> Any:
    who = ids[rnd.choice(list(ids))]
    path = f"/cards/{card}/owners/{who}"
    return call.put(path) if rnd.random() < 0.6 else call.delete(path)


def mark(call: Caller, rnd: random.Random, card: int, list_: int, label: int, *rest: Any) -> Any:
    path = f"/cards/{card}/labels/{label}"
    return call.put(path) if rnd.random() < 0.6 else call.delete(path)


def put_away(call: Caller, rnd: random.Random, card: int, *rest: Any) -> Any:
    path = f"/cards/{card}/archive"
    return call.put(path) if rnd.random() < 0.5 else call.delete(path)


def fold(call: Caller, rnd: random.Random, card: int, list_: int, *rest: Any) -> Any:
    path = f"/lists/{list_}/archive"
    return call.put(path) if rnd.random() < 0.4 else call.delete(path)


WEIGHTED = [move] * 6 + [rename] * 2 + [own] * 3 + [mark] * 2 + [put_away] * 3 + [fold]
FIELDS = [
    "id",
    "number",
    "list_id",
    "position",
    "title",
    "start",
    "due",
    "done",
    "owner_ids",
    "asked_ids",
    "label_ids",
    "comment_count",
    "item_count",
    "item_done",
]


def applied(snapshot: dict[str, Any], events: list[dict[str, Any]]) -> dict[str, Any]:
    shown: dict[str, dict[int, Any]] = {}
    for name in ("lists", "cards", "labels", "members"):
        shown[name] = {row["id"]: dict(row) for row in snapshot[name]}
    for event in events:
        for name, rows in event["put"].items():
            for row in rows:
                if name in shown:
                    shown[name].setdefault(row["id"], {}).update(row)
        for name, gone in event["drop"].items():
            for id in gone:
                shown.get(name, {}).pop(id, None)
    return comparable({name: list(rows.values()) for name, rows in shown.items()})


def comparable(snapshot: dict[str, Any]) -> dict[str, Any]:
    found = {name: {row["id"]: row for row in snapshot[name]} for name in ("lists", "labels", "members")}
    found["cards"] = {row["id"]: {k: row[k] for k in FIELDS if row.get(k)} for row in snapshot["cards"]}
    return found
