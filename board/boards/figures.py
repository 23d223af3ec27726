"""First figures of what a group or an initiative gets done: each counts only what its reader sees, and opens the very cards behind it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select, true, union_all

from board.boards import activity, sight
from board.boards.models import boards, card_owners, cards, lists
from board.core import times
from board.core.access import Actor
from board.core.db import Tx
from board.core.journal import Entry
from board.initiatives.models import groups, who
from board.people import school_days
from board.people.models import Member, School

entries, members = Entry.__table__, Member.__table__
#: a figure, and what its cards have in common
STATES = ("all", "open", "done", "overdue", "waiting", "moved")
_MOVES = ("card.moved", "card.finished", "card.reopened", "card.added")
_MANY_MOVES = tuple(type for type, one in activity.OF_MANY.items() if one in _MOVES)
_MOST_TOGETHER = 50_000
PAGE = 100
#: of the cards that come next, on the page of their group or initiative
COMING = 6


@dataclass(frozen=True)
class Clock:
    """The school's time: what was due on ``overdue_to`` or before is overdue; the week began at the instant ``week``. ``together``: the cards
    that moved in it among others."""

    zone: str
    today: date
    overdue_to: date
    week: str
    together: tuple[int, ...] = ()

    @property
    def overdue_before(self) -> str:
        return _midnight(self.overdue_to + timedelta(days=1), self.zone)

    def day(self, due: str | None) -> date | None:
        return None if due is None else times.day_of(due, self.zone)


def clock(tx: Tx, actor: Actor) -> Clock:
    """Seven statements."""
    at = _clock(tx, actor.school_id)
    return replace(at, together=_moved_together(tx, actor, at.week))


def _clock(tx: Tx, school_id: int) -> Clock:
    zone = tx.scalar(select(School.time_zone).where(School.id == school_id))
    today = times.clock().astimezone(ZoneInfo(zone)).date()
    days = school_days.of_school(tx, school_id)
    monday = today - timedelta(days=today.weekday())
    return Clock(zone, today, school_days.overdue_to(days, today), _midnight(monday, zone))


def _moved_together(tx: Tx, actor: Actor, week: str) -> tuple[int, ...]:
    """An event about many cards names them in its text alone, so that they are read before they are counted."""
    e, seen = entries.c, sight.boards_seen().subquery("mine")
    about = select(e.type, e.by, e.text, activity.WAS.label("was"))
    since = (e.at >= week, e.type.in_(_MANY_MOVES), e.source_at.is_(None))
    on_board = about.join(seen, and_(e.subject_type == "board", e.subject_id == seen.c.id)).where(*since)
    on_list = about.join(lists, and_(e.subject_type == "list", e.subject_id == lists.c.id))
    on_list = on_list.join(seen, seen.c.id == lists.c.board_id).where(*since)
    found = {id for row in tx.all(union_all(on_board, on_list), who(actor)) for id in activity.of_many(row)}
    return tuple(sorted(found, reverse=True)[:_MOST_TOGETHER])


def _midnight(day: date, zone: str) -> str:
    return times.instant(datetime.combine(day, time(), ZoneInfo(zone)))


def condition(state: str, at: Clock) -> ColumnElement[bool]:
    """What the cards of a figure have in common, beside being shown."""
    if state == "done":
        return cards.c.done.isnot(None)
    if state == "open":
        return cards.c.done.is_(None)
    if state == "waiting":
        return and_(cards.c.done.is_(None), cards.c.blocked_count > 0)
    if state == "overdue":
        bare = func.length(cards.c.due) == 10
        passed = or_(and_(bare, cards.c.due <= at.overdue_to.isoformat()), and_(~bare, cards.c.due < at.overdue_before))
        return and_(cards.c.done.is_(None), cards.c.due.isnot(None), passed)
    if state == "moved":
        e = entries.c
        alone = exists().where(
            e.subject_type == "card", e.subject_id == cards.c.id, e.at >= at.week, e.type.in_(_MOVES), e.source_at.is_(None)
        )  # fmt: skip
        # Written out: so many may be more than a statement takes as parameters.
        return or_(alone, cards.c.id.in_(bindparam("together", at.together, expanding=True, literal_execute=True)))
    return true()


# ── the figures ──────────────────────────────────────────────────────────────────────────────────

_seen = sight.boards_seen().subquery("seen")
#: what a board belongs to in the end: its initiative, or its group's
_OF_INITIATIVE = func.coalesce(_seen.c.initiative_id, groups.c.initiative_id)
_SHOWN = (cards.c.archived_at.is_(None), cards.c.binned_at.is_(None), lists.c.archived_at.is_(None))


def of_places(tx: Tx, actor: Actor) -> dict[tuple[str, int], dict[str, Any]]:
    """("group" or "initiative", id) → figures, of all whose boards she sees. Three statements and the clock's."""
    at = clock(tx, actor)
    told: dict[tuple[str, int], dict[str, Any]] = {}
    counted = [func.sum(case((condition(state, at), 1), else_=0)).label(state) for state in STATES]
    source = _seen.outerjoin(groups, groups.c.id == _seen.c.group_id)
    with_cards = source.join(cards, cards.c.board_id == _seen.c.id).join(lists, lists.c.id == cards.c.list_id)
    where = (_seen.c.group_id, _OF_INITIATIVE.label("of_initiative"))
    query = select(*where, *counted).select_from(with_cards).where(*_SHOWN).group_by(*where)
    for row in tx.all(query, who(actor)):
        for place in _places(row):
            figures = told.setdefault(place, dict.fromkeys((*STATES, "boards", "hidden"), 0))
            for state in STATES:
                figures[state] += getattr(row, state) or 0
    many = select(*where, func.count().label("many")).select_from(source).group_by(*where)
    for row in tx.all(many, who(actor)):
        for place in _places(row):
            told.setdefault(place, dict.fromkeys((*STATES, "boards", "hidden"), 0))["boards"] += row.many
    for id, many_there in _boards_of_initiatives(tx, actor.school_id).items():
        figures = told.setdefault(("initiative", id), dict.fromkeys((*STATES, "boards", "hidden"), 0))
        figures["hidden"] = many_there - figures["boards"]
    return told


def _places(row: Any) -> list[tuple[str, int]]:
    found = [("group", row.group_id), ("initiative", row.of_initiative)]
    return [(kind, id) for kind, id in found if id is not None]


def _boards_of_initiatives(tx: Tx, school_id: int) -> dict[int, int]:
    of = func.coalesce(boards.c.initiative_id, groups.c.initiative_id).label("of_initiative")
    query = select(of, func.count()).select_from(boards.outerjoin(groups, groups.c.id == boards.c.group_id))
    query = query.where(
        boards.c.school_id == school_id,
        boards.c.hidden.is_(False),
        boards.c.archived_at.is_(None),
        groups.c.archived_at.is_(None),
        of.isnot(None),
    )
    return dict(tx.all(query.group_by(of)))


# ── the cards behind one ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; whatever it says, it is a page."""

    kind: str = ""
    id: int = 0
    state: str = "all"
    page: int = 1

    @classmethod
    def read(cls, args: Any) -> "Wanted":
        state = args.get("state", "all")
        for kind in ("board", "group", "initiative"):
            id = args.get(kind, "")
            if id.isascii() and id.isdigit() and len(id) < 12:
                return cls(kind, int(id), state if state in STATES else "all", _number(args.get("page", "")))
        return cls(state=state if state in STATES else "all", page=_number(args.get("page", "")))

    def address(self, **changes: Any) -> str:
        state, page = changes.get("state", self.state), changes.get("page", self.page)
        return f"/cards?{self.kind}={self.id}&state={state}" + (f"&page={page}" if page > 1 else "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0 else 1


def cards_of(tx: Tx, actor: Actor, at: Clock, wanted: Wanted) -> dict[str, Any]:
    """A page of the cards, with how many there are in each state. Three statements."""
    source, of = _of(wanted.kind, wanted.id)
    counted = [func.sum(case((condition(state, at), 1), else_=0)).label(state) for state in STATES]
    counts = tx.first(select(*counted).select_from(source).where(of, *_SHOWN), who(actor))
    return {
        "rows": _rows(tx, actor, at, wanted.kind, wanted.id, wanted.state, PAGE, (wanted.page - 1) * PAGE),
        "per_page": PAGE,
        "counts": {state: getattr(counts, state) or 0 for state in STATES},
    }


def coming(tx: Tx, actor: Actor, kind: str, id: int) -> list[dict[str, Any]]:
    """The open cards of a group or an initiative that are due next, the late ones first. Two statements and the clock's."""
    return _rows(tx, actor, _clock(tx, actor.school_id), kind, id, "open", COMING, 0)


def _of(kind: str, id: int) -> tuple[Any, ColumnElement[bool]]:
    of = {"board": _seen.c.id, "group": _seen.c.group_id, "initiative": _OF_INITIATIVE}[kind] == id
    source = _seen.outerjoin(groups, groups.c.id == _seen.c.group_id)
    return source.join(cards, cards.c.board_id == _seen.c.id).join(lists, lists.c.id == cards.c.list_id), of


def _rows(
    tx: Tx, actor: Actor, at: Clock, kind: str, id: int, state: str, most: int, skipped: int
) -> list[dict[str, Any]]:
    source, of = _of(kind, id)
    columns = (
        cards.c.id, cards.c.number, cards.c.title, cards.c.due, cards.c.done, cards.c.blocked_count, cards.c.board_id,
        _seen.c.title.label("board"), lists.c.title.label("list"),
        case((condition("overdue", at), 1), else_=0).label("overdue"),
    )  # fmt: skip
    query = select(*columns).select_from(source).where(of, *_SHOWN, condition(state, at))
    query = query.order_by(cards.c.done.isnot(None), cards.c.due.is_(None), cards.c.due, cards.c.id)
    rows = tx.all(query.limit(most).offset(skipped), who(actor))
    owners: dict[int, list[Any]] = {}
    people = select(card_owners.c.card_id, members.c.id, members.c.name).select_from(
        card_owners.join(members, members.c.id == card_owners.c.member_id)
    )
    for person in tx.all(people.where(card_owners.c.card_id.in_([r.id for r in rows])).order_by(members.c.id)):
        owners.setdefault(person.card_id, []).append(person)
    return [{**row._mapping, "day": at.day(row.due), "owners": owners.get(row.id, [])} for row in rows]
