"""Once a day, in the morning of each school: who has an action due is told so, on a day on which she works; and old notices go."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select

from board.boards import sees_board
from board.boards.models import card_owners, cards, checklists, items, lists
from board.core import command, jobs, times
from board.core.access import Actor
from board.core.command import Change
from board.core.db import Tx, reading, writing
from board.core.errors import NotSignedIn
from board.notifications import telling
from board.notifications.models import due_told, item_due_told, notices, settings
from board.people import school_days
from board.people.models import Member, School

members, schools = Member.__table__, School.__table__
KIND = "tell_due"
MORNING = time(7)
KEPT_DAYS = 90


@command.on("school.added")
def begin(change: Change, event: dict[str, Any]) -> None:
    kind, school_id = event["subject"]
    if kind == "school" and school_id is not None:
        jobs.enqueue(change.tx, KIND, {"school_id": school_id}, school_id=school_id)


@jobs.handler(KIND)
def tell_due(arguments: dict[str, Any]) -> None:
    school_id = arguments["school_id"]
    with reading() as tx:
        zone = ZoneInfo(tx.scalar(select(schools.c.time_zone).where(schools.c.id == school_id)))
    here = times.clock().astimezone(zone)
    _again(school_id, here)
    if here.time() < MORNING:
        return
    today = here.date()
    with reading() as tx:
        school = school_days.of_school(tx, school_id)
        due = [*_due(tx, school_id, zone, today), *_items_due(tx, school_id, zone, today)]
        waiting = sorted({(r.member_id, r.role, r.name) for r in due})
        at_work = [w for w in waiting if school_days.is_school_day(school_days.of_member(tx, w[0], school), today)]
        old = tx.all(
            select(members.c.id, members.c.role, members.c.name)
            .where(members.c.school_id == school_id, members.c.active)
            .where(members.c.id.in_(select(notices.c.member_id).where(notices.c.at < _oldest())))
        )
    # One small transaction each: nobody waits for a whole school.
    for member_id, role, name in at_work:
        _as(Actor(member_id, school_id, role, name), _tell, zone, today)
    for member_id, role, name in old:
        _as(Actor(member_id, school_id, role, name), _forget)


def _again(school_id: int, here: datetime) -> None:
    # Before anything else: whatever becomes of today, there is a tomorrow.
    following = datetime.combine(here.date(), MORNING, here.tzinfo)
    if here >= following:
        following = datetime.combine(here.date() + timedelta(days=1), MORNING, here.tzinfo)
    at = times.instant(following.astimezone(UTC))
    job = jobs.Job.__table__
    with writing(school_id) as tx:
        same = (job.c.kind == KIND, job.c.school_id == school_id, job.c.state == "waiting", job.c.run_at >= at)
        if tx.first(select(job.c.id).where(*same)) is None:
            jobs.enqueue(tx, KIND, {"school_id": school_id}, school_id=school_id, run_at=at)


def _as(actor: Actor, verb: Any, *args: Any) -> None:
    try:
        command.perform(actor, verb, *args)
    except NotSignedIn:
        # She was deactivated a moment ago.
        return


def _due(tx: Tx, school_id: int, zone: ZoneInfo, today: Any, *conditions: Any) -> list[Any]:
    """What is due today or was before, of those who said yes, and was not told for this date."""
    source = card_owners.join(cards, cards.c.id == card_owners.c.card_id).join(lists, lists.c.id == cards.c.list_id)
    source = source.join(members, members.c.id == card_owners.c.member_id)
    source = source.outerjoin(settings, settings.c.member_id == members.c.id)
    source = source.outerjoin(
        due_told, and_(due_told.c.card_id == cards.c.id, due_told.c.member_id == card_owners.c.member_id)
    )
    rows = tx.all(
        select(
            card_owners.c.member_id, members.c.role, members.c.name, settings.c.off, cards.c.id.label("card_id"), cards.c.title, cards.c.due,
            cards.c.board_id, cards.c.thread_id,
        )
        .select_from(source)
        .where(cards.c.school_id == school_id, members.c.active, card_owners.c.asked.is_(False))
        .where(cards.c.done.is_(None), cards.c.archived_at.is_(None), cards.c.binned_at.is_(None))
        .where(lists.c.archived_at.is_(None), cards.c.due < (today + timedelta(days=2)).isoformat())
        .where(or_(due_told.c.due.is_(None), due_told.c.due != cards.c.due))
        .where(sees_board(members.c.id, cards.c.board_id), *conditions)
        .order_by(cards.c.due, cards.c.id)
    )  # fmt: skip
    return _by_now(rows, zone, today)


def _items_due(tx: Tx, school_id: int, zone: ZoneInfo, today: Any, *conditions: Any) -> list[Any]:
    """The same of open items of checklists, of those who are put down for them; nobody is asked for an item."""
    source = items.join(checklists, checklists.c.id == items.c.checklist_id).join(cards, cards.c.id == items.c.card_id)
    source = source.join(lists, lists.c.id == cards.c.list_id).join(members, members.c.id == items.c.owner_id)
    source = source.outerjoin(settings, settings.c.member_id == members.c.id)
    told = and_(item_due_told.c.item_id == items.c.id, item_due_told.c.member_id == items.c.owner_id)
    source = source.outerjoin(item_due_told, told)
    rows = tx.all(
        select(
            members.c.id.label("member_id"), members.c.role, members.c.name, settings.c.off, items.c.id.label("item_id"), items.c.card_id,
            items.c.title, items.c.due, cards.c.board_id, cards.c.thread_id,
        )
        .select_from(source)
        .where(items.c.school_id == school_id, members.c.active, items.c.done.is_(None))
        .where(items.c.deleted_at.is_(None), checklists.c.deleted_at.is_(None))
        .where(cards.c.done.is_(None), cards.c.archived_at.is_(None), cards.c.binned_at.is_(None))
        .where(lists.c.archived_at.is_(None), items.c.due < (today + timedelta(days=2)).isoformat())
        .where(or_(item_due_told.c.due.is_(None), item_due_told.c.due != items.c.due))
        .where(sees_board(members.c.id, cards.c.board_id), *conditions)
        .order_by(items.c.due, items.c.id)
    )  # fmt: skip
    return _by_now(rows, zone, today)


def _by_now(rows: Iterable[Any], zone: ZoneInfo, today: Any) -> list[Any]:
    end = times.end_of(today.isoformat(), zone.key)
    return [r for r in rows if "due" not in (r.off or "").split() and times.end_of(r.due, zone.key) <= end]


def _tell(change: Change, zone: ZoneInfo, today: Any) -> None:
    me = change.actor
    rows = _due(change.tx, me.school_id, zone, today, card_owners.c.member_id == me.member_id)
    of_items = _items_due(change.tx, me.school_id, zone, today, items.c.owner_id == me.member_id)
    told = [telling.card(row, ("due",), row.card_id, detail=row.due) for row in rows]
    told += [telling.item(row, "due", row.card_id, row.item_id, row.title, detail=row.due) for row in of_items]
    telling.tell(change, "due", [entry for entry in told if entry], by_actor=False)
    for row in of_items:
        values = {"item_id": row.item_id, "member_id": me.member_id, "school_id": me.school_id, "due": row.due}
        change.tx.upsert(item_due_told, values, change=["due"])
    for row in rows:
        values = {"card_id": row.card_id, "member_id": me.member_id, "school_id": me.school_id, "due": row.due}
        change.tx.upsert(due_told, values, change=["due"])


def _forget(change: Change) -> None:
    telling.withdraw(change, notices.c.member_id == change.actor.member_id, notices.c.at < _oldest())


def _oldest() -> str:
    return times.later(-KEPT_DAYS * 86400)
