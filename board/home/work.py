"""My work: what is mine over all boards, or what is due where I work, as a list and as a month."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_skeleton
from flask_babel import get_locale
from sqlalchemy import select

from board.boards.models import card_owners, cards
from board.core import times
from board.core.access import Actor
from board.core.db import Tx
from board.core.language import week_begins
from board.home import queries
from board.home.queries import Now
from board.initiatives.models import who
from board.people import school_days
from board.people.models import Member

members = Member.__table__
#: more than that nobody reads; the page says so, and offers to look at one board
MOST = 500
SORTS = ("due", "board", "title")


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; whatever it says, it is a page."""

    #: mine, or groups: all that is open on the boards that are hers
    whose: str = "mine"
    #: of one board, or of one group: "board:7", "group:3"
    within: str = ""
    sort: str = "due"
    view: str = "list"
    #: YYYY-MM
    month: str = ""

    @classmethod
    def read(cls, args: Any) -> "Wanted":
        def one_of(name: str, *allowed: str) -> str:
            value = args.get(name, "")
            return value if value in allowed else allowed[0]

        within = args.get("in", "")
        kind, _, id = within.partition(":")
        return cls(
            one_of("whose", "mine", "groups"),
            within if kind in ("board", "group") and id.isascii() and id.isdigit() and len(id) < 12 else "",
            one_of("sort", *SORTS),
            one_of("view", "list", "month"),
            args.get("month", ""),
        )

    def address(self, **changes: str) -> str:
        said = {"whose": self.whose, "in": self.within, "sort": self.sort, "view": self.view, "month": self.month}
        said |= changes
        usual = {"whose": "mine", "in": "", "sort": "due", "view": "list", "month": ""}
        return "/work" + ("?" if (q := "&".join(f"{k}={v}" for k, v in said.items() if v != usual[k])) else "") + q


def actions(tx: Tx, actor: Actor, now: Now, wanted: Wanted) -> list[dict[str, Any]]:
    """Hers, or her groups', in the order asked for, each with its ``when``; of the groups at most ``MOST`` and one of the place and month that
    are looked at. One or two statements."""
    found = _of_groups(tx, actor, now, wanted) if wanted.whose == "groups" else _mine(tx, actor, now)
    if wanted.sort == "board":
        found.sort(key=lambda a: a["board"].lower())
    elif wanted.sort == "title":
        found.sort(key=lambda a: a["title"].lower())
    return found


def within(found: list[dict[str, Any]], wanted: Wanted) -> list[dict[str, Any]]:
    kind, _, id = wanted.within.partition(":")
    return [a for a in found if a[f"{kind}_id"] == int(id)] if kind else found


def places(tx: Tx, actor: Actor, wanted: Wanted, found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The boards to choose from: those on which something is hers, or open. At most one statement."""
    if wanted.whose == "groups":
        query = queries.open_cards(cards.c.board_id).where(queries.NEAR).distinct()
        found = [{"board_id": row.board_id, "board": row.board} for row in tx.all(query, who(actor))]
    return sorted({(f"board:{a['board_id']}", a["board"]) for a in found}, key=lambda place: place[1].lower())


def sections(found: list[dict[str, Any]], sort: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """(key, actions): by when they are due, by board, or all in one."""
    if sort == "title":
        return [("", found)] if found else []
    by: dict[str, list[dict[str, Any]]] = {when: [] for when in queries.WHEN} if sort == "due" else {}
    for a in found:
        by.setdefault(a["when"] if sort == "due" else a["board"], []).append(a)
    return [(key, rows) for key, rows in by.items() if rows]


def month(now: Now, wanted: Wanted, found: list[dict[str, Any]]) -> dict[str, Any]:
    """A month as rows of weeks, as the reader's country begins them: each day with what is due on it, and whether she works."""
    first = _first_day(wanted.month) or now.today.replace(day=1)
    by_day: dict[date, list[dict[str, Any]]] = {}
    for a in found:
        if a["day"]:
            by_day.setdefault(a["day"], []).append(a)
    weeks = [
        [
            {
                "day": day, "in": day.month == first.month, "today": day == now.today,
                "works": school_days.is_school_day(now.hers, day), "actions": by_day.get(day, []),
            }
            for day in week
        ]
        for week in Calendar(week_begins()).monthdatescalendar(first.year, first.month)
    ]  # fmt: skip
    before, after = (first - timedelta(days=1)), (first + timedelta(days=32))
    title = str(format_skeleton("yMMMM", first, locale=get_locale() or "en"))
    return {"title": title, "weeks": weeks, "before": f"{before:%Y-%m}", "after": f"{after:%Y-%m}"}


def next_day(now: Now, at: date | None = None) -> date:
    """Her next working day; with ``at`` that day, or else the next one."""
    return school_days.add_school_days(now.hers, at or now.today, 0 if at else 1)


def _first_day(text: str) -> date | None:
    day = f"{text}-01"
    try:
        found = date.fromisoformat(day) if times.is_day(day) else None
    except ValueError:
        return None
    # The weeks around it must be in the calendar as well.
    return found if found and 1900 <= found.year <= 2999 else None


def _mine(tx: Tx, actor: Actor, now: Now) -> list[dict[str, Any]]:
    return [{**a, "when": when} for when, rows in queries.mine(tx, actor, now).items() for a in rows]


def _of_groups(tx: Tx, actor: Actor, now: Now, wanted: Wanted) -> list[dict[str, Any]]:
    columns = (cards.c.id, cards.c.number, cards.c.title, cards.c.due, cards.c.board_id, cards.c.blocked_count)
    # What is looked at is chosen here and not of what has been read: that is cut at MOST.
    query = queries.open_cards(*columns).where(queries.NEAR, *queries.of_place(wanted.within))
    if wanted.view == "month":
        first = _first_day(wanted.month) or now.today.replace(day=1)
        # The weeks around it, in every time zone.
        begin, end = first - timedelta(days=8), first + timedelta(days=45)
        query = query.where(cards.c.due.between(begin.isoformat(), end.isoformat()))
    query = query.order_by(cards.c.due.is_(None), cards.c.due, cards.c.id).limit(MOST + 1)
    rows = tx.all(query, who(actor))
    owners: dict[int, list[Any]] = {}
    source = card_owners.join(members, members.c.id == card_owners.c.member_id)
    of = select(card_owners.c.card_id, card_owners.c.asked, members.c.id, members.c.name).select_from(source)
    for owner in tx.all(of.where(card_owners.c.card_id.in_([r.id for r in rows])).order_by(members.c.id)):
        owners.setdefault(owner.card_id, []).append(owner)
    late_to = now.late_to
    found = []
    for row in rows:
        a = queries.action(actor, row, now)
        its = owners.get(row.id, [])
        asked = any(o.id == actor.member_id and o.asked for o in its)
        when = "asked" if asked else queries.due_state(a["day"], now.today, late_to)
        found.append({**a, "when": when, "owners": its})
    return found
