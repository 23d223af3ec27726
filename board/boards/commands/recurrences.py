"""Cards that come again on school days: the rhythm stands on one card, the pattern, and each time a new card is made after it."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from flask_babel import gettext as _
from sqlalchemy import select

from board.boards import abilities, copying, limits, matching, ordering, queries, records, rhythm, roster, sight
from board.boards.models import Recurrence, cards, lists, recurrences
from board.boards.records import is_shown
from board.boards.schemas import SetRecurrence
from board.core import jobs, times
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict, Invalid, NotSeen
from board.people import school_days
from board.people.models import School

_PARTS = ("checklists", "labels", "attachments", "owners", "fields")
_LIST = select(lists.c.id, lists.c.board_id, lists.c.done, lists.c.wip_hard, lists.c.archived_at)


def set_recurrence(change: Change, card_id: int, body: SetRecurrence) -> dict[str, Any]:
    """From the next of its days on, a card like this one comes into the list."""
    tx, actor = change.tx, change.actor
    row = sight.card(tx, actor, card_id, change=True)
    abilities.need(actor, row, "set_recurrence")
    if not is_shown(row):
        raise Conflict(_("This card is archived."), data=records.full_card(tx, row))
    list_id = body.list_id or row.list_id
    there = tx.first(_LIST.where(lists.c.id == list_id, lists.c.board_id == row.board_id))
    if there is None:
        raise NotSeen(_("There is no such list on this board."))
    if there.archived_at:
        raise Conflict(_("That list is archived."), data=records.full_card(tx, row))
    rule = rhythm.Rule(body.every, tuple(sorted(set(body.on))), body.interval)
    wanted = {**rule.stored(), "until": body.until, "list_id": list_id}
    now = records.relations(tx, card_id)["recurrence"]
    if now and now["next_day"] and {**now, "next_day": None} == {**wanted, "next_day": None}:
        return records.full_card(tx, row)
    today = school_days.today(tx, row.school_id)
    day = next_day(tx, row.school_id, wanted, today, today)
    if day is None:
        raise Invalid.field("until", _("No such day comes before the rhythm ends. Choose a later end."))
    return write(change, row, {**wanted, "next_day": day}, change.at)


def clear_recurrence(change: Change, card_id: int) -> dict[str, Any]:
    """What has come stays; nothing more comes."""
    row = sight.card(change.tx, change.actor, card_id, change=True)
    abilities.need(change.actor, row, "clear_recurrence")
    if records.relations(change.tx, card_id)["recurrence"] is None:
        return records.full_card(change.tx, row)
    return write(change, row, None, change.at)


def next_day(tx: Tx, school_id: int, rule: dict[str, Any], since: date, after: date) -> str | None:
    until = date.fromisoformat(rule["until"]) if rule["until"] else None
    found = rhythm.next_day(rhythm.Rule.of(rule), school_days.of_school(tx, school_id), since, after, until)
    return None if found is None else found.isoformat()


def write(change: Change, row: Any, wanted: dict[str, Any] | None, at: str) -> dict[str, Any]:
    """Sets the rhythm of a card, or takes it away, and says so. ``at``: since when it is counted."""
    tx = change.tx
    before = records.relations(tx, row.id)["recurrence"]
    there = tx.first(
        select(recurrences).where(recurrences.c.card_id == row.id).order_by(recurrences.c.id.desc()).limit(1)
    )
    values: dict[str, Any] = {"deleted_at": change.at}
    if wanted is not None:
        rule = {name: wanted[name] for name in ("every", "on", "interval", "until")}
        values = {
            "rule": orjson.dumps(rule).decode(), "next_day": wanted["next_day"], "until": wanted["until"], "list_id": wanted["list_id"],
            "board_id": row.board_id, "by": change.actor.member_id, "at": at, "deleted_at": None,
        }  # fmt: skip
    if there is not None:
        tx.update(Recurrence, there.id, **values)
    elif wanted is not None:
        tx.insert(Recurrence, school_id=row.school_id, card_id=row.id, **values)
    type = "card.rhythm_set" if wanted is not None else "card.rhythm_ended"
    _tell(
        change,
        row,
        type,
        wanted,
        was={"cards": [{"id": row.id, "recurrence": before}], "at": there.at if there is not None else at},
    )
    return {**records.full_card(tx, row), "recurrence": wanted}


def bring(change: Change, id: int, today: date) -> dict[str, Any]:
    """The card of today, once: who comes second finds the next day written already. What was missed meanwhile comes as one card."""
    tx = change.tx
    jobs.renew(tx)
    query = select(recurrences).where(recurrences.c.id == id, recurrences.c.deleted_at.is_(None))
    mine = tx.first(query.with_for_update() if tx.dialect == "postgresql" else query)
    if mine is None:
        return {}
    days = school_days.of_school(tx, mine.school_id)
    if not rhythm.comes(days, today, mine.next_day):
        return {}
    rule = orjson.loads(mine.rule)
    pattern = sight.end(tx, mine.card_id)
    there = tx.first(_LIST.where(lists.c.id == mine.list_id))
    if there is not None and there.board_id != pattern.board_id:
        # The pattern went to another board: what is made after it belongs there too.
        there = tx.first(_LIST.where(lists.c.id == pattern.list_id))
    if there is None or there.archived_at or not is_shown(pattern) or queries.is_archived(tx, pattern.board_id):
        _set_next(change, pattern, mine, rule, None, "card.rhythm_ended")
        return {}
    limits.need_open_cards(tx, there.board_id, 1)
    if there.wip_hard:
        limits.need_room(tx, there.id)
    zone = tx.scalar(select(School.time_zone).where(School.id == mine.school_id))
    since = times.parse(mine.at).astimezone(ZoneInfo(zone)).date()
    when = rhythm.dates(days, zone, since, today, pattern.start, pattern.due)
    given = {**when, "recurrence_id": id, "created_by": mine.by}
    place = copying.Place(there.id, ordering.of_cards.last(tx, there.id), change.at if there.done else None, given)
    matched = matching.match(tx, pattern.board_id, there.board_id)
    new = copying.copy_cards(change, there.board_id, [pattern], {pattern.id: place}, matched, _PARTS, answered=True)
    record = records.full_card(tx, sight.end(tx, new[pattern.id]))
    listed = roster.shown(tx, there.board_id, roster.named_on(tx, cards.c.id == record["id"]))
    put = {"cards": [records.shown(record)], **listed}
    change.record("card.added", f"board:{there.board_id}", put=put, subject=("card", record["id"]), by=None)
    _set_next(change, pattern, mine, rule, next_day(tx, mine.school_id, rule, since, today), "card.rhythm_went_on")
    return record


def _set_next(change: Change, pattern: Any, mine: Any, rule: dict[str, Any], day: str | None, type: str) -> None:
    change.tx.update(Recurrence, mine.id, next_day=day)
    told = {**rule, "list_id": mine.list_id, "next_day": day}
    was = {"cards": [{"id": pattern.id, "recurrence": {**told, "next_day": mine.next_day}}], "at": mine.at}
    _tell(change, pattern, type, told, was=was, by=None)


def _tell(change: Change, row: Any, type: str, recurrence: Any, *, was: dict[str, Any], **more: Any) -> None:
    put = {"cards": [{"id": row.id, "recurrence": recurrence}]} if is_shown(row) else {}
    change.record(type, f"board:{row.board_id}", put=put, subject=("card", row.id), was=was, **more)
