"""What must hold of boards: counters, positions, numbers, and that nothing stands on two boards."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Integer, and_, case, cast, func, select

from board.boards.models import attachments, card_fields, card_labels, cards, checklists, fields, items, labels, lists
from board.boards.sight import blockers
from board.core import position
from board.core.db import Tx
from board.discussions.models import comments
from board.people.models import School

_schools = School.__table__


def all_counts_are_right(tx: Tx) -> Iterator[str]:
    live_items = items.join(checklists, checklists.c.id == items.c.checklist_id)
    shown = and_(items.c.deleted_at.is_(None), checklists.c.deleted_at.is_(None))
    done = func.sum(case((items.c.done.isnot(None), 1), else_=0))
    yield from _differs(tx, "item_count", _per(items.c.card_id, func.count(), live_items, shown))
    yield from _differs(tx, "item_done", _per(items.c.card_id, done, live_items, shown))
    yield from _differs(
        tx, "attachment_count",
        _per(attachments.c.card_id, func.count(), attachments, attachments.c.deleted_at.is_(None)),
    )  # fmt: skip
    yield from _differs(tx, "blocked_count", _per(*blockers()))
    of_thread = comments.join(cards, cards.c.thread_id == comments.c.thread_id)
    yield from _differs(tx, "comment_count", _per(cards.c.id, func.count(), of_thread, comments.c.deleted_at.is_(None)))


def positions_are_keys(tx: Tx) -> Iterator[str]:
    for table in (lists, cards, checklists, items, fields):
        for id, key in tx.all(select(table.c.id, table.c.position)):
            if not key or key.strip(position.DIGITS) or key.endswith(position.DIGITS[0]):
                yield f"{table.name}: {id} stands at {key!r}, which is no position"


def numbers_are_below_the_next(tx: Tx) -> Iterator[str]:
    highest = select(func.coalesce(func.max(cards.c.number), 0)).where(cards.c.school_id == _schools.c.id)
    query = select(_schools.c.id, _schools.c.card_number, highest.scalar_subquery().label("highest"))
    for id, next, most in tx.all(query):
        if most > next:
            yield f"school {id}: card {most} was numbered, but the counter stands at {next}"


def nothing_stands_on_two_boards(tx: Tx) -> Iterator[str]:
    astray = select(cards.c.id).join(lists, lists.c.id == cards.c.list_id).where(lists.c.board_id != cards.c.board_id)
    for id in tx.scalars(astray):
        yield f"card {id}: its list is on another board"
    source = card_labels.join(cards, cards.c.id == card_labels.c.card_id)
    source = source.join(labels, labels.c.id == card_labels.c.label_id)
    wrong = select(cards.c.id, labels.c.id).select_from(source).where(labels.c.board_id != cards.c.board_id)
    for id, label in tx.all(wrong):
        yield f"card {id}: its label {label} is of another board"
    source = card_fields.join(cards, cards.c.id == card_fields.c.card_id)
    source = source.join(fields, fields.c.id == card_fields.c.field_id)
    wrong = select(cards.c.id, fields.c.id).select_from(source).where(fields.c.board_id != cards.c.board_id)
    for id, field in tx.all(wrong):
        yield f"card {id}: its field {field} is of another board"


ALL = (all_counts_are_right, positions_are_keys, numbers_are_below_the_next, nothing_stands_on_two_boards)


def _per(card_id: Any, what: Any, source: Any, shown: Any) -> Any:
    counted = cast(what, Integer).label("counted")
    return select(card_id.label("card_id"), counted).select_from(source).where(shown).group_by(card_id).subquery()


def _differs(tx: Tx, name: str, counted: Any) -> Iterator[str]:
    real = func.coalesce(counted.c.counted, 0)
    query = select(cards.c.id, cards.c[name], real.label("real"))
    query = query.select_from(cards.outerjoin(counted, counted.c.card_id == cards.c.id)).where(cards.c[name] != real)
    for id, said, found in tx.all(query.order_by(cards.c.id)):
        yield f"card {id}: {name} says {said}, there are {found}"
