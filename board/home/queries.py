"""What is mine, and what comes next, over all boards that I may see."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, case, exists, func, or_, select

from board.boards import abilities, boards_seen
from board.boards.models import board_stars, boards, card_owners, cards, lists
from board.boards.queries import my_items
from board.core import times
from board.core.access import Actor
from board.core.db import Tx
from board.home.models import home_visits
from board.initiatives.models import groups, groups_seen, my_group, who
from board.people import school_days
from board.people.models import ClosedDay, School

#: in the order in which a day is planned
WHEN = ("asked", "late", "today", "week", "later", "none")
#: of the home page: the lines that fit on a laptop without a scroll
FIT = 9
#: a visit is over when she did not look for so long
_VISIT_S = 1800
#: who was never here before is told what happened in the last days
_FIRST_S = 7 * 86400
_DAYS_AHEAD = 5
closed_days = ClosedDay.__table__


@dataclass(frozen=True)
class Now:
    """The day that it is for somebody: in the school's zone, by the school's days and by hers."""

    zone: str
    today: date
    school: school_days.Days
    hers: school_days.Days

    @property
    def works(self) -> bool:
        return school_days.is_school_day(self.hers, self.today)

    @property
    def late_to(self) -> date:
        return school_days.overdue_to(self.hers, self.today)

    def day(self, due: str | None) -> date | None:
        """The day on which something is due, where the school is."""
        return None if due is None else times.day_of(due, self.zone)


def now(tx: Tx, actor: Actor) -> Now:
    """Eight statements."""
    zone = tx.scalar(select(School.time_zone).where(School.id == actor.school_id))
    school = school_days.of_school(tx, actor.school_id)
    today = times.clock().astimezone(ZoneInfo(zone)).date()
    return Now(zone, today, school, school_days.of_member(tx, actor.member_id, school))


# ── mine ─────────────────────────────────────────────────────────────────────────────────────────


_seen_boards = boards_seen().subquery("seen")
#: of her group, of her own initiative, or shared with her by name
NEAR = or_(
    _seen_boards.c.my_role.isnot(None),
    _seen_boards.c.my_right.isnot(None),
    _seen_boards.c.my_initiative_role == "owner",
    and_(_seen_boards.c.of_initiative, _seen_boards.c.my_initiative_role.isnot(None)),
)
#: every board in use that she sees: with ``mine``, and ``many`` for how many there are; those she keeps at hand first, then hers
_STARRED = exists().where(board_stars.c.board_id == _seen_boards.c.id, board_stars.c.member_id == bindparam("me"))
_HERS = or_(NEAR, _STARRED)
_BOARDS = (
    select(
        _seen_boards.c.id,
        _seen_boards.c.title,
        _HERS.label("mine"),
        _STARRED.label("starred"),
        func.count().over().label("many"),
    )
    .where(_seen_boards.c.archived_at.is_(None))
    .order_by(case((_STARRED, 0), (NEAR, 1), else_=2), _seen_boards.c.id)
)


def near_boards(tx: Tx, actor: Actor) -> list[Any]:
    """The boards that are hers or that she keeps at hand, all of them."""
    return list(tx.all(_BOARDS.where(_HERS), who(actor)))


def my_groups(tx: Tx, actor: Actor) -> list[Any]:
    query = groups_seen().where(my_group.c.role.isnot(None), groups.c.archived_at.is_(None))
    return list(tx.all(query.order_by(groups.c.id), who(actor)))


def some_boards(tx: Tx, actor: Actor, most: int) -> list[Any]:
    """Boards that she sees, hers first; ``many`` says of how many."""
    return list(tx.all(_BOARDS.limit(most), who(actor)))


def of_place(within: str) -> list[Any]:
    """Conditions of ``open_cards``: of one board ("board:7"), of one group ("group:3"), or none ("")."""
    kind, _, id = within.partition(":")
    if not kind:
        return []
    return [(_seen_boards.c.id if kind == "board" else _seen_boards.c.group_id) == int(id)]


def open_cards(*columns: Any) -> Any:
    """Cards that are shown and not done, on boards that she sees (``who``), with the ``seen`` board."""
    seen = _seen_boards
    shown = and_(
        cards.c.archived_at.is_(None),
        cards.c.binned_at.is_(None),
        cards.c.done.is_(None),
        lists.c.archived_at.is_(None),
        seen.c.archived_at.is_(None),
    )
    source = cards.join(lists, lists.c.id == cards.c.list_id).join(seen, seen.c.id == cards.c.board_id)
    facts = (seen.c[name] for name in ("my_role", "my_initiative_role", "my_right", "of_initiative", "by_place"))
    return (
        select(*columns, *facts, seen.c.title.label("board"), seen.c.group_id, seen.c.initiative_id)
        .select_from(source)
        .where(shown)
    )


def mine(tx: Tx, actor: Actor, now: Now) -> dict[str, list[dict[str, Any]]]:
    """Her open actions and items of checklists by when they are due, counted in her working days; what she has been asked for stands first.
    Three statements."""
    columns = (
        cards.c.id, cards.c.number, cards.c.title, cards.c.due, cards.c.board_id, cards.c.blocked_count, card_owners.c.asked,
    )  # fmt: skip
    query = open_cards(*columns).join(card_owners, card_owners.c.card_id == cards.c.id)
    query = query.where(card_owners.c.member_id == actor.member_id)
    found: dict[str, list[dict[str, Any]]] = {when: [] for when in WHEN}
    late_to = now.late_to
    for row in tx.all(query.order_by(cards.c.due.is_(None), cards.c.due, cards.c.id), who(actor)):
        record = action(actor, row, now)
        found["asked" if row.asked else due_state(record["day"], now.today, late_to)].append(record)
    for record in _items(tx, actor, now):
        found[due_state(record["day"], now.today, late_to)].append(record)
    for records in found.values():
        records.sort(key=lambda a: (a["day"] is None, a["day"] or now.today))
    return found


def _items(tx: Tx, actor: Actor, now: Now) -> list[dict[str, Any]]:
    """Her items of checklists, each as an action that stands on its card."""
    rows = my_items(tx, actor)
    its_boards = (
        tx.all(boards_seen().where(boards.c.id.in_({r["board"]["id"] for r in rows})), who(actor)) if rows else ()
    )
    on = {row.id: row for row in its_boards}
    return [
        {
            "id": r["card"]["id"], "number": r["card"]["number"], "title": r["title"], "due": r["due"], "day": (day := now.day(r["due"])),
            "late": _late(now, day), "board_id": r["board"]["id"], "board": f"{r['card']['title']} · {r['board']['title']}",
            "group_id": on[r["board"]["id"]].group_id, "initiative_id": on[r["board"]["id"]].initiative_id, "waiting": False,
            "may": "finish_item" in abilities.on_board(actor, on[r["board"]["id"]]), "path": f"/items/{r['id']}",
        }
        for r in rows
    ]  # fmt: skip


def action(actor: Actor, row: Any, now: Now) -> dict[str, Any]:
    """``row``: of ``open_cards``."""
    day = now.day(row.due)
    return {
        "id": row.id, "number": row.number, "title": row.title, "due": row.due, "day": day, "late": _late(now, day), "path": f"/cards/{row.id}",
        "board_id": row.board_id, "board": row.board, "group_id": row.group_id, "initiative_id": row.initiative_id,
        "waiting": bool(row.blocked_count), "may": "finish_card" in abilities.on_board(actor, row),
    }  # fmt: skip


def _late(now: Now, day: date | None) -> int:
    """By how many of her working days."""
    if day is None or day >= now.today:
        return 0
    return max(0, school_days.between(now.hers, school_days.add_school_days(now.hers, day, 0), now.today))


def due_state(day: date | None, today: date, late_to: date) -> str:
    if day is None:
        return "none"
    if day <= late_to:
        return "late"
    if day <= today:
        return "today"
    return "week" if day <= today + timedelta(days=6 - today.weekday()) else "later"


def fitting(found: dict[str, list[dict[str, Any]]], room: int = FIT) -> dict[str, list[dict[str, Any]]]:
    """The first of them, so that each kind is begun before one is told to its end."""
    shown: dict[str, list[dict[str, Any]]] = {when: [] for when in found}
    for share in (2, room):
        for when, actions in found.items():
            more = max(0, min(len(actions), share) - len(shown[when]))
            more = min(more, room - sum(map(len, shown.values())))
            shown[when] = actions[: len(shown[when]) + more]
    return shown


# ── next ─────────────────────────────────────────────────────────────────────────────────────────


def ahead(
    tx: Tx, actor: Actor, now: Now, found: dict[str, list[dict[str, Any]]], board_ids: list[int]
) -> list[dict[str, Any]]:
    """Her next working days: what is hers on each, and how much else is due where she works. One statement."""
    days = [now.today]
    for _ in range(_DAYS_AHEAD):
        days.append(school_days.add_school_days(now.hers, days[-1], 1))
    others: dict[date, int] = {}
    owned = select(card_owners.c.card_id).where(card_owners.c.member_id == actor.member_id)
    # An instant sorts behind its day; one day more on each side holds every time zone.
    first, last = (now.today).isoformat(), (days[-1] + timedelta(days=2)).isoformat()
    query = open_cards(cards.c.due).where(
        cards.c.board_id.in_(board_ids), cards.c.due > first, cards.c.due < last, cards.c.id.not_in(owned)
    )
    for row in tx.all(query, who(actor)) if board_ids else ():
        day = now.day(row.due)
        if day is not None:
            others[day] = others.get(day, 0) + 1
    hers = [a for when in WHEN if when != "asked" for a in found[when] if a["day"]]
    told = []
    for before, day in pairwise(days):
        # What falls on free days before it is due on it.
        mine_then = [a for a in hers if before < a["day"] <= day]
        told.append({"day": day, "mine": mine_then, "others": sum(n for d, n in others.items() if before < d <= day)})
    return told


def free_days(tx: Tx, school_id: int, today: date, within: int = 21) -> list[Any]:
    """Closed days and staff days that begin, or go on, soon."""
    c = closed_days.c
    soon = (today + timedelta(days=within)).isoformat()
    query = select(c.title, c.start, c.end, c.staff_day).where(
        c.school_id == school_id, c.end >= today.isoformat(), c.start <= soon
    )
    return list(tx.all(query.order_by(c.start, c.id).limit(3)))


# ── when she was here ────────────────────────────────────────────────────────────────────────────


def new_since(tx: Tx, actor: Actor, at: str) -> str:
    """The instant after which all is new to her, when she looks at ``at``."""
    row = tx.first(select(home_visits.c.since, home_visits.c.at).where(home_visits.c.member_id == actor.member_id))
    if row is None:
        return times.later(-_FIRST_S, at)
    ends: str = times.later(_VISIT_S, row.at)
    return str(row.at) if ends < at else str(row.since)


def was_here(tx: Tx, actor: Actor) -> bool:
    return tx.first(select(home_visits.c.at).where(home_visits.c.member_id == actor.member_id)) is not None
