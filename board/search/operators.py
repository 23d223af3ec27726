"""What operators ask of a card, as conditions. Names are looked for only among what the actor may see, so that no answer tells of more."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select

from board.boards import boards_seen
from board.boards.models import board_commenters, boards, card_labels, card_owners, cards, labels, lists
from board.core import times
from board.core.access import Actor
from board.core.db import Tx
from board.discussions.models import comments
from board.initiatives.models import who
from board.people import school_days
from board.people.models import School, members
from board.search import words
from board.search.models import documents
from board.search.question import Question

Condition = ColumnElement[bool]
#: of these only cards know anything
OF_CARDS = {"owner", "label", "due", "is", "number"}
board_of: Any = func.coalesce(cards.c.board_id, documents.c.board_id)


def conditions(tx: Tx, actor: Actor, question: Question) -> list[Condition]:
    """One for each operator; those that name nothing are taken as text, and noted."""
    found = []
    for operator in list(question.operators):
        condition = _KNOWN[operator.name](tx, actor, operator.value)
        if condition is None:
            question.take_as_text(operator)
        else:
            found.append(not_(condition) if operator.no else condition)
    return found


def seen(actor: Actor) -> Any:
    """The ids of the boards at work that the actor may see; bound by ``who``."""
    return boards_seen().with_only_columns(boards.c.id)


def _owner(tx: Tx, actor: Actor, value: str) -> Condition | None:
    ids = _people(tx, actor, value)
    if not ids:
        return None
    return cards.c.id.in_(select(card_owners.c.card_id).where(card_owners.c.member_id.in_(ids)))


def _by(tx: Tx, actor: Actor, value: str) -> Condition | None:
    ids = _people(tx, actor, value)
    if not ids:
        return None
    written = select(comments.c.id).where(comments.c.by.in_(ids))
    return or_(
        and_(documents.c.kind == "card", cards.c.created_by.in_(ids)),
        and_(documents.c.kind == "comment", documents.c.thing_id.in_(written)),
    )


def _people(tx: Tx, actor: Actor, value: str) -> list[int]:
    if value.lower() == "me":
        return [actor.member_id]
    query = select(members.c.id, members.c.name).where(members.c.school_id == actor.school_id)
    if actor.is_guest:
        here = cards.c.board_id.in_(seen(actor))
        owning = select(card_owners.c.member_id).join(cards, cards.c.id == card_owners.c.card_id).where(here)
        writing = select(board_commenters.c.member_id).where(board_commenters.c.board_id.in_(seen(actor)))
        query = query.where(or_(members.c.id == actor.member_id, members.c.id.in_(owning), members.c.id.in_(writing)))
    return _named(tx.all(query, who(actor)), value)


def _label(tx: Tx, actor: Actor, value: str) -> Condition | None:
    there = (labels.c.deleted_at.is_(None), labels.c.board_id.in_(seen(actor)))
    ids = _named(tx.all(select(labels.c.id, labels.c.title.label("name")).where(*there), who(actor)), value)
    if not ids:
        return None
    return cards.c.id.in_(select(card_labels.c.card_id).where(card_labels.c.label_id.in_(ids)))


def _in(tx: Tx, actor: Actor, value: str) -> Condition | None:
    query = boards_seen().with_only_columns(boards.c.id, boards.c.title.label("name"))
    ids = _named(tx.all(query, who(actor)), value)
    return board_of.in_(ids) if ids else None


def _named(rows: Any, value: str) -> list[int]:
    """Those whose name has, for each word given, one that begins like it."""
    wanted = words.plain(value)
    found = []
    for row in rows:
        there = words.plain(row.name)
        if all(any(word.startswith(beginning) for word in there) for beginning in wanted):
            found.append(row.id)
    return found


def _due(tx: Tx, actor: Actor, value: str) -> Condition:
    if value.lower() == "none":
        return cards.c.due.is_(None)
    zone = ZoneInfo(tx.scalar(select(School.time_zone).where(School.id == actor.school_id)))
    today = times.clock().astimezone(zone).date()
    if value.lower() == "late":
        late_to = date.fromisoformat(school_days.late_to(tx, actor.school_id))
        return and_(cards.c.done.is_(None), _between(date.min, late_to, zone))
    if value.lower() == "week":
        return _between(today, today + timedelta(days=6 - today.weekday()), zone)
    day = today if value.lower() == "today" else date.fromisoformat(value)
    return _between(day, day, zone)


def _between(first: date, last: date, zone: ZoneInfo) -> Condition:
    """Due on one of these days: a bare day, or a moment of the day where the school is."""
    days = and_(func.length(cards.c.due) == 10, cards.c.due.between(first.isoformat(), last.isoformat()))
    if last >= date.max - timedelta(days=2):
        return days
    moments = and_(func.length(cards.c.due) > 10, cards.c.due < _start(last + timedelta(days=1), zone))
    if first > date.min + timedelta(days=2):
        moments = and_(moments, cards.c.due >= _start(first, zone))
    return or_(days, moments)


def _start(day: date, zone: ZoneInfo) -> str:
    return times.instant(datetime.combine(day, time(), zone))


def _is(tx: Tx, actor: Actor, value: str) -> Condition:
    shut = cards.c.list_id.in_(select(lists.c.id).where(lists.c.archived_at.isnot(None)))
    put_away = or_(cards.c.archived_at.isnot(None), shut)
    if value.lower() == "archived":
        return put_away
    if value.lower() == "done":
        return cards.c.done.isnot(None)
    return and_(cards.c.done.is_(None), not_(put_away))


def _number(tx: Tx, actor: Actor, value: str) -> Condition:
    return cards.c.number == int(value) if int(value) < 2**31 else false()


_KNOWN: dict[str, Callable[[Tx, Actor, str], Condition | None]] = {
    "owner": _owner, "label": _label, "due": _due, "is": _is, "in": _in, "by": _by, "number": _number,
}  # fmt: skip
