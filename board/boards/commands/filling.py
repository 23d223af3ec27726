"""What a new board starts with, said in its room at once."""

from typing import Any

from sqlalchemy import insert, select

from board import discussions
from board.boards import queries, records, starts
from board.boards.commands.batch import set_columns
from board.boards.commands.cards import numbers
from board.boards.models import Item, cards, checklists, fields, labels, lists
from board.core import position
from board.core.command import Change


def furnish(change: Change, board_id: int, key: str) -> None:
    """Puts the lists, labels and cards of a start from the box on a board that is empty."""
    tx, school, start = change.tx, change.actor.school_id, starts.BOX[key]
    blank = {"school_id": school, "board_id": board_id}
    titles = start["lists"]
    places = position.several(None, None, len(titles))
    rows = [
        {**blank, "title": one["title"], "done": one.get("done", False), "position": place, "wip_hard": False}
        for one, place in zip(titles, places, strict=True)
    ]
    made = tx.execute(insert(lists).returning(lists.c.id, sort_by_parameter_order=True), rows)
    list_ids = dict(zip((one["title"] for one in titles), (row.id for row in made), strict=True))
    if start.get("labels"):
        tx.execute(insert(labels), [{**blank, **label} for label in start["labels"]])
    if start.get("cards"):
        _add_cards(change, blank, list_ids, start["cards"])
    tell_filled(change, board_id)


def _add_cards(change: Change, blank: dict[str, Any], list_ids: dict[str, int], found: list[dict[str, Any]]) -> None:
    tx, school = change.tx, change.actor.school_id
    first = numbers(tx, school, len(found))
    places = position.several(None, None, len(found))
    blank_card = {**blank, "created_at": change.at, "created_by": change.actor.member_id}
    rows = [
        {
            **blank_card, "list_id": list_ids[card["list"]], "number": first + i, "position": places[i], "title": card["title"],
            "description": card.get("description", ""), "measure": card.get("measure", ""), "item_count": len(card.get("checklist", ())),
        }
        for i, card in enumerate(found)
    ]  # fmt: skip
    made = sorted(tx.execute(insert(cards).returning(cards.c.id, cards.c.number), rows), key=lambda row: row.number)
    ids = [row.id for row in made]
    threads = discussions.open_threads(change, "card", ids)
    set_columns(tx, {id: {"thread_id": thread} for id, thread in threads.items()})
    having = [(id, card) for id, card in zip(ids, found, strict=True) if card.get("checklist")]
    if not having:
        return
    values = [
        {"school_id": school, "card_id": id, "title": card["checklist_title"], "position": position.between(None, None)}
        for id, card in having
    ]
    parents = tx.execute(insert(checklists).returning(checklists.c.id, sort_by_parameter_order=True), values)
    steps = []
    for (id, card), parent in zip(having, parents, strict=True):
        keys = position.several(None, None, len(card["checklist"]))
        steps += [
            {"school_id": school, "card_id": id, "checklist_id": parent.id, "title": title, "position": key}
            for title, key in zip(card["checklist"], keys, strict=True)
        ]
    tx.insert_all(Item, steps)


def tell_filled(change: Change, board_id: int) -> None:
    tx = change.tx
    its_lists = tx.all(select(lists).where(lists.c.board_id == board_id).order_by(lists.c.position, lists.c.id))
    marks = tx.all(select(labels).where(labels.c.board_id == board_id).order_by(labels.c.id))
    its_fields = tx.all(select(fields).where(fields.c.board_id == board_id).order_by(fields.c.id))
    put = {
        "lists": [records.list_record(row) for row in its_lists],
        "labels": [records.label_record(row) for row in marks],
        "fields": [records.field_record(row) for row in its_fields],
        "cards": records.sparse_cards(tx, *queries.shown_on(board_id)),
    }
    put = {name: found for name, found in put.items() if found}
    if put:
        change.record("board.filled", f"board:{board_id}", put=put, subject=("board", board_id))
