"""The bin is emptied: 30 days after a card came there it goes for good, with its parts and what was said; what happened stays known."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from board.boards import bin
from board.boards.models import (
    CardField,
    CardLink,
    Field,
    Recurrence,
    attachments,
    boards,
    card_fields,
    card_labels,
    card_links,
    card_owners,
    cards,
    checklists,
    items,
    recurrences,
)
from board.core import jobs, times
from board.core.db import reading, writing
from board.discussions.models import comments, reactions, read_marks, threads
from tests import laws
from tests.callers import Caller

DAY_S = 24 * 3600


@pytest.fixture
def place(as_: Callable[..., Caller]) -> dict[str, int]:
    ana = as_("Ana")
    group = ana.post("/groups", {"title": "Fair"})[1]["data"]["id"]
    board = ana.post("/boards", {"title": "Fair", "group_id": group})[1]["data"]["id"]
    return {"board": board, "list": ana.post(f"/boards/{board}/lists", {"title": "To do"})[1]["data"]["id"]}


def card_with_everything(app: Flask, ana: Caller, place: dict[str, int], other: int) -> int:
    label = ana.post(f"/boards/{place['board']}/labels", {"title": "Hall", "colour": "green"})[1]["data"]["id"]
    body = {"title": "Tables", "owner_ids": [1], "label_ids": [label]}
    card = ana.post(f"/lists/{place['list']}/cards", body)[1]["data"]
    checklist = ana.post(f"/cards/{card['id']}/checklists", {"title": "Ask"})[1]["data"]["id"]
    assert ana.post(f"/checklists/{checklist}/items", {"title": "The church"})[0] == 201
    assert ana.post(f"/cards/{card['id']}/attachments", {"url": "https://example.org/"})[0] == 201
    said = ana.post(f"/threads/{card['thread_id']}/comments", {"body": "Twelve?"})[1]["data"]["id"]
    assert ana.put(f"/comments/{said}/reactions/👍")[0] == 200
    assert ana.put(f"/threads/{card['thread_id']}/read", {"up_to": said})[0] == 200
    with app.app_context(), writing() as tx:
        id, at, school = card["id"], times.now(), {"school_id": 1}
        for one, two in ((id, other), (other, id)):
            tx.insert(CardLink, card_id=one, other_id=two, kind="blocks", by=1, at=at, **school)
        of = {"title": "Room", "kind": "text", "options": "[]", "shown": False, "position": "V"}
        field = tx.insert(Field, board_id=place["board"], **of, **school)
        tx.insert(CardField, card_id=id, field_id=field, value='"Hall"', **school)
        again = {"board_id": place["board"], "list_id": place["list"], "rule": "{}", "by": 1, "at": at}
        tx.insert(Recurrence, card_id=id, **again, **school)
    return int(card["id"])


PARTS = (
    attachments, card_fields, card_labels, card_links, card_owners, checklists, items, recurrences, comments, reactions, read_marks,
)  # fmt: skip


def test_what_was_there_for_thirty_days_goes_for_good(
    app: Flask, as_: Callable[..., Caller], place: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = as_("Ana")
    kept = ana.post(f"/lists/{place['list']}/cards", {"title": "Kept"})[1]["data"]["id"]
    young = ana.post(f"/lists/{place['list']}/cards", {"title": "Young"})[1]["data"]["id"]
    old = card_with_everything(app, ana, place, kept)
    assert ana.call("DELETE", f"/cards/{old}", headers={"Idempotency-Key": "the-old-one"})[0] == 200
    begin = times.clock()
    monkeypatch.setattr(times, "clock", lambda: begin + timedelta(days=29, hours=23))
    assert ana.delete(f"/cards/{young}")[0] == 200
    run(app)
    assert ana.delete(f"/cards/{old}/bin")[0] == 200, "a day before it could still be taken out"
    assert ana.call("DELETE", f"/cards/{old}", headers={"Idempotency-Key": "the-old-one-again"})[0] == 200
    before = ana.get(f"/rooms/board:{place['board']}/events", since=0)[1]
    monkeypatch.setattr(times, "clock", lambda: begin + timedelta(days=60))
    run(app)
    with app.app_context(), reading() as tx:
        assert tx.scalars(sa.select(cards.c.id).where(cards.c.board_id == place["board"]).order_by(cards.c.id)) == [
            kept
        ]
        assert {table.name: len(tx.all(table.select())) for table in PARTS} == {table.name: 0 for table in PARTS}
        assert tx.scalars(sa.select(threads.c.subject_id).where(threads.c.subject_type == "card")) == [kept]
        assert len(tx.all(boards.select())) == 1
    after = ana.get(f"/rooms/board:{place['board']}/events", since=0)[1]["events"]
    assert after[:-1] == before["events"], "what happened stays known"
    assert (after[-1]["type"], after[-1]["by"], len(after[-1]["drop"]["links"])) == ("card.unlinked", None, 2)
    assert ana.get(f"/boards/{place['board']}/bin")[1]["data"] == []
    assert ana.get(f"/boards/{place['board']}/activity")[0] == 200
    assert ana.delete(f"/cards/{old}/bin")[0] == 404
    status, answer = ana.put("/ops/the-old-one-again/undone")
    assert status == 410 and "gone for good" in answer["detail"], answer


def test_the_other_end_of_a_link_hears_of_it(
    app: Flask, as_: Callable[..., Caller], place: dict[str, int], monkeypatch: pytest.MonkeyPatch, pushed: Any
) -> None:
    """On this board and on another: both laws hold, for the board and for the cards that stay."""
    ana = as_("Ana")

    def card(title: str, list_id: int) -> int:
        return int(ana.post(f"/lists/{list_id}/cards", {"title": title})[1]["data"]["id"])

    def link(one: int, two: int, kind: str) -> None:
        assert ana.post(f"/cards/{one}/links", {"other_id": two, "kind": kind})[0] == 201

    group = ana.post("/groups", {"title": "Office"})[1]["data"]["id"]
    elsewhere = ana.post("/boards", {"title": "Office", "group_id": group})[1]["data"]["id"]
    there = ana.post(f"/boards/{elsewhere}/lists", {"title": "To do"})[1]["data"]["id"]
    old, gone_too, here, far = (card(t, place["list"]) for t in ("Old", "Old too", "Here", "Hidden"))
    other, put_away = card("There", there), card("Put away", there)
    for end, kind in (
        (here, "blocks"),
        (here, "relates"),
        (other, "waits"),
        (gone_too, "relates"),
        (put_away, "relates"),
    ):
        link(old, end, kind)
    link(here, far, "relates")
    assert ana.put(f"/cards/{put_away}/archive")[0] == 200
    for id in (old, gone_too):
        assert ana.delete(f"/cards/{id}")[0] == 200
    begin = times.clock()
    monkeypatch.setattr(times, "clock", lambda: begin + timedelta(days=31))
    rooms = (f"board:{place['board']}", f"board:{elsewhere}")
    pushed.events.clear()
    with laws.kept(ana, *rooms, reads=[f"/cards/{id}" for id in (here, far, other)]):
        run(app)
    assert [len(ana.get(f"/cards/{id}")[1]["links"]) for id in (here, far, other, put_away)] == [1, 1, 0, 0]
    assert {room for room, _ in pushed.events} == set(rooms), "told live as well"


def test_many_go_in_pieces(
    app: Flask, as_: Callable[..., Caller], place: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = as_("Ana")
    for n in range(5):
        id = ana.post(f"/lists/{place['list']}/cards", {"title": f"Card {n}"})[1]["data"]["id"]
        assert ana.delete(f"/cards/{id}")[0] == 200
    monkeypatch.setattr(bin, "_AT_ONCE", 2)
    pieces: list[int] = []
    real = bin._remove_some
    monkeypatch.setattr(bin, "_remove_some", lambda *given: (pieces.append(real(*given)), pieces[-1])[1])
    begin = times.clock()
    monkeypatch.setattr(times, "clock", lambda: begin + timedelta(days=31))
    run(app)
    assert pieces == [2, 2, 1]


def run(app: Flask) -> None:
    with app.app_context():
        bin.empty_bin({})


def test_it_comes_every_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def works() -> list[Any]:
        with app.app_context(), writing() as tx:
            jobs.start_repeating(tx)  # as each server does when it starts
        while jobs.work_once(app):
            pass
        with app.app_context(), reading() as tx:
            t = jobs.Job.__table__
            return list(tx.all(sa.select(t.c.state, t.c.tries, t.c.run_at).where(t.c.kind == "empty_bin")))

    ran: list[int] = []
    monkeypatch.setitem(jobs._handlers, "empty_bin", lambda arguments: ran.append(1))
    begin = times.clock()
    for day in range(3):
        now = begin + timedelta(days=day, minutes=day)
        monkeypatch.setattr(times, "clock", lambda now=now: now)
        assert works() == works() == [("waiting", 0, times.later(DAY_S))]
    assert len(ran) == 3
