"""What a change of the school's calendar means for cards that come again: what would fall on a day that is closed now comes on the next school day,
and what waited for one that is open now comes on its own."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import bindparam, select, update

from board.boards import records, rhythm
from board.boards.models import cards, lists, recurrences
from board.core import command, times
from board.core.command import Change
from board.core.db import Tx
from board.people import school_days
from board.people.models import School

schools = School.__table__
_SET = update(recurrences).where(recurrences.c.id == bindparam("of")).values(next_day=bindparam("day", required=True))


@command.on(
    "closed_days.added", "closed_days.changed", "closed_days.removed", "school_year.added", "school_year.changed", "school_year.removed",
    "term.added", "term.changed", "term.removed", "calendar.imported",
)  # fmt: skip
def plan_anew(change: Change, event: dict[str, Any]) -> None:
    tx, school_id = change.tx, change.actor.school_id
    zone = ZoneInfo(tx.scalar(select(schools.c.time_zone).where(schools.c.id == school_id)))
    today = times.clock().astimezone(zone).date()
    rows = _to_come(tx, school_id, today)
    if not rows:
        return
    days, came = school_days.of_school(tx, school_id), _came_on(tx, [row.id for row in rows], today, zone)
    moved = []
    for row in rows:
        rule, since = orjson.loads(row.rule), times.parse(row.at).astimezone(zone).date()
        plan = rhythm.Plan(rhythm.Rule.of(rule), since, date.fromisoformat(row.next_day), came_today=row.id in came)
        day = plan.anew(days, today).isoformat()
        if day != row.next_day:
            moved.append({"of": row.id, "day": day})
            put = {"cards": [{"id": row.card_id, "recurrence": records.recurrence_record(row.rule, row.list_id, day)}]}
            shown = put if records.is_shown(row) else {}
            room, subject = f"board:{row.board_id}", ("card", row.card_id)
            change.record("card.rhythm_shifted", room, put=shown, subject=subject, by=None)
    if moved:
        tx.execute(_SET, moved)


def _to_come(tx: Tx, school_id: int, today: date) -> list[Any]:
    """What is planned for a later day; what should have come already comes as soon as it can."""
    of = recurrences.c
    source = recurrences.join(cards, cards.c.id == of.card_id).join(lists, lists.c.id == cards.c.list_id)
    query = select(
        of.id, of.rule, of.at, of.next_day, of.list_id, cards.c.id.label("card_id"), cards.c.board_id, cards.c.archived_at, cards.c.binned_at,
        lists.c.archived_at.label("list_archived_at"),
    )  # fmt: skip
    query = query.select_from(source).where(of.school_id == school_id, of.deleted_at.is_(None))
    query = query.where(of.next_day > today.isoformat()).order_by(of.id)
    return list(tx.all(query.with_for_update(of=recurrences) if tx.dialect == "postgresql" else query))


def _came_on(tx: Tx, ids: list[int], day: date, zone: ZoneInfo) -> set[int]:
    begin = times.instant(datetime.combine(day, time.min, zone).astimezone(UTC))
    query = select(cards.c.recurrence_id).where(cards.c.recurrence_id.in_(ids), cards.c.created_at >= begin)
    return set(tx.scalars(query))
