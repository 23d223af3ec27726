"""Labels of a board, and on its cards."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from board.boards import abilities, queries, records, sight
from board.boards.models import CardLabel, Label, card_labels, cards, labels
from board.boards.records import is_shown
from board.boards.schemas import ChangeLabel, MakeLabel
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict, NotSeen

MOST_LABELS = 1_000
#: ids in one statement; both databases take a limited number of values
_IN_ONE_STATEMENT = 10_000


def make_label(change: Change, board_id: int, body: MakeLabel) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = sight.board(tx, actor, board_id)
    abilities.need(actor, row, "make_label")
    if (
        tx.scalar(
            select(func.count()).select_from(labels).where(labels.c.board_id == board_id, labels.c.deleted_at.is_(None))
        )
        >= MOST_LABELS
    ):
        raise Conflict(_("A board may have %(most_labels)s labels.", most_labels=format(MOST_LABELS, ",")))
    id = tx.insert(Label, school_id=actor.school_id, board_id=board_id, title=body.title, colour=body.colour)
    record = records.label_record(SimpleNamespace(id=id, title=body.title, colour=body.colour))
    change.record("label.added", f"board:{board_id}", put={"labels": [record]}, subject=("label", id))
    return record


def change_label(change: Change, id: int, body: ChangeLabel) -> dict[str, Any]:
    row = sight.label(change.tx, change.actor, id)
    abilities.need(change.actor, row, "change_label")
    given = {k: v for k, v in body.given().items() if getattr(row, k) != v}
    return write(change, row, given)


def write(change: Change, row: Any, given: dict[str, Any]) -> dict[str, Any]:
    if given:
        change.tx.update(Label, row.id, **given)
        was = {"labels": [{"id": row.id, **{k: getattr(row, k) for k in given}}]}
        change.record(
            "label.changed",
            f"board:{row.board_id}",
            put={"labels": [{"id": row.id, **given}]},
            subject=("label", row.id),
            was=was,
        )
    return {**records.label_record(row), **given}


def delete_label(change: Change, id: int) -> dict[str, Any]:
    """From the board, and from each card that had it."""
    actor, tx = change.actor, change.tx
    row = sight.label(tx, actor, id)
    abilities.need(actor, row, "delete_label")
    record = records.label_record(row)
    had = tx.scalars(select(card_labels.c.card_id).where(card_labels.c.label_id == id).order_by(card_labels.c.card_id))
    marks = marks_beside(tx, row.board_id, id)
    tx.delete(CardLabel, card_labels.c.label_id == id)
    tx.update(Label, id, deleted_at=change.at)
    put = _put({card: [label for label in found if label != id] for card, found in marks.items()})
    change.record(
        "label.deleted",
        f"board:{row.board_id}",
        put=put,
        drop={"labels": [id]},
        subject=("label", id),
        was={"labels": [record], "had": had},
    )
    return record


def bring_back(change: Change, row: Any, had: list[int]) -> dict[str, Any]:
    """Undoes a deletion: the label, and on the cards that had it."""
    tx = change.tx
    tx.update(Label, row.id, deleted_at=None)
    still = []
    for at in range(0, len(had), _IN_ONE_STATEMENT):
        among = cards.c.id.in_(had[at : at + _IN_ONE_STATEMENT])
        still += tx.scalars(select(cards.c.id).where(among, cards.c.board_id == row.board_id))
    tx.insert_all(CardLabel, [{"card_id": card, "label_id": row.id, "school_id": row.school_id} for card in still])
    record = records.label_record(row)
    put = {"labels": [record], **_put(marks_beside(tx, row.board_id, row.id))}
    change.record("label.restored", f"board:{row.board_id}", put=put, subject=("label", row.id))
    return record


def set_label(change: Change, card_id: int, label_id: int) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = sight.card(tx, actor, card_id, change=True)
    there = (labels.c.id == label_id, labels.c.board_id == row.board_id, labels.c.deleted_at.is_(None))
    if tx.first(select(labels.c.id).where(*there)) is None:
        raise NotSeen(_("There is no such label on this board."))
    abilities.need(actor, row, "set_label")
    before = records.relations(tx, card_id)["label_ids"]
    if label_id not in before:
        tx.insert(CardLabel, card_id=card_id, label_id=label_id, school_id=actor.school_id)
        tell(change, row, before, "card.labelled")
    return records.full_card(tx, row)


def remove_label(change: Change, card_id: int, label_id: int) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = sight.card(tx, actor, card_id, change=True)
    abilities.need(actor, row, "remove_label")
    before = records.relations(tx, card_id)["label_ids"]
    if label_id in before:
        tx.delete(CardLabel, card_labels.c.card_id == card_id, card_labels.c.label_id == label_id)
        tell(change, row, before, "card.unlabelled")
    return records.full_card(tx, row)


def tell(change: Change, row: Any, before: list[int], type: str) -> None:
    now = records.relations(change.tx, row.id)["label_ids"]
    put = {"cards": [{"id": row.id, "label_ids": now}]} if is_shown(row) else {}
    was = {"cards": [{"id": row.id, "label_ids": before}]}
    change.record(type, f"board:{row.board_id}", put=put, subject=("card", row.id), was=was)


def marks_beside(tx: Tx, board_id: int, label_id: int) -> dict[int, list[int]]:
    """All labels of each card that carries this one and that the board shows. One statement, however many."""
    carries = select(card_labels.c.card_id).where(card_labels.c.label_id == label_id)
    beside = card_labels.join(cards, cards.c.id == card_labels.c.card_id)
    query = select(card_labels.c.card_id, card_labels.c.label_id).select_from(beside)
    marks: dict[int, list[int]] = {}
    for card_id, mark in tx.execute(
        query.where(card_labels.c.card_id.in_(carries), *queries.shown_on(board_id)).order_by(
            card_labels.c.card_id, card_labels.c.label_id
        )
    ):
        marks.setdefault(card_id, []).append(mark)
    return marks


def _put(marks: dict[int, list[int]]) -> dict[str, Any]:
    return {"cards": [{"id": id, "label_ids": found} for id, found in marks.items()]} if marks else {}
