"""What stands around every page: the school, and the initiatives, groups and boards that a person goes to most."""

from typing import Any

from sqlalchemy import case, func, select

from board.core.access import Actor
from board.core.db import Tx
from board.home import queries
from board.initiatives.models import groups, groups_seen, initiatives, initiatives_seen, my_group, my_initiative, who
from board.notifications import queries as notices
from board.people.models import School, Session
from board.people.queries import has_drafts

#: of each kind, hers first
_MOST = 7
TINTS = ("blue", "violet", "green", "amber", "red")


def around(tx: Tx, actor: Actor) -> dict[str, Any]:
    """Seven statements, whatever the school's size."""
    school = tx.one(
        select(School.title, School.time_zone, School.locale, has_drafts(actor).label("drafts")).where(
            School.id == actor.school_id
        )
    )
    places = {"initiatives": tx.all(_INITIATIVES, who(actor)), "groups": tx.all(_GROUPS, who(actor))}
    boards = queries.some_boards(tx, actor, _MOST)
    if boards and boards[0].mine:
        boards = [row for row in boards if row.mine]
    nav: dict[str, Any] = {}
    for kind, rows in {**places, "boards": boards}.items():
        nav[kind] = [_entry(kind, row) for row in rows]
        nav[f"more_{kind}"] = rows[0].many - len(rows) if rows else 0
    shared = (
        bool(tx.scalar(select(Session.shared).where(Session.id == actor.session_id))) if actor.session_id else False
    )
    record = {"title": school.title, "time_zone": school.time_zone, "locale": school.locale}
    told = notices.at_start(tx, actor)
    boot = {"notices": told, **({"drafts": True} if school.drafts else {})}
    return {"school": record, "nav": nav, "shared": shared, "unread": len(told["unread"]), "boot": boot}


def tint(id: int) -> str:
    return TINTS[id % len(TINTS)]


def _entry(kind: str, row: Any) -> dict[str, Any]:
    return {"href": f"/{kind}/{row.id}", "title": row.title, "tint": tint(row.id)}


_MANY = func.count().over().label("many")
_INITIATIVES = (
    initiatives_seen()
    .with_only_columns(initiatives.c.id, initiatives.c.title, _MANY)
    .where(initiatives.c.status != "finished", initiatives.c.archived_at.is_(None))
    .order_by(case((my_initiative.c.role.isnot(None), 0), else_=1), initiatives.c.id)
    .limit(_MOST)
)
_GROUPS = (
    groups_seen()
    .with_only_columns(groups.c.id, groups.c.title, _MANY)
    .where(my_group.c.role.isnot(None), groups.c.archived_at.is_(None))
    .order_by(groups.c.id)
    .limit(_MOST)
)
