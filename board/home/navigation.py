"""What stands around every page: the school, and the initiatives, groups and boards that a person goes to most."""

from typing import Any

from sqlalchemy import select

from board.boards import list_boards
from board.core.access import Actor
from board.core.db import Tx
from board.initiatives import list_groups, list_initiatives
from board.people.models import School, Session

#: of each kind, hers first
_MOST = 7
TINTS = ("blue", "violet", "green", "amber", "red")


def around(tx: Tx, actor: Actor) -> dict[str, Any]:
    """Five statements, whatever the school's size."""
    school = tx.one(select(School.title, School.time_zone, School.locale).where(School.id == actor.school_id))
    initiatives = [
        _entry("initiatives", row, mine=row.my_role is not None)
        for row in list_initiatives(tx, actor)
        if row.status != "finished"
    ]
    groups = [_entry("groups", row, mine=row.my_role is not None) for row in list_groups(tx, actor)]
    boards = [_entry("boards", row, mine=_is_mine(row)) for row in list_boards(tx, actor)]
    nav = {
        "initiatives": _first(initiatives),
        "groups": _first([g for g in groups if g["mine"]]),
        "boards": _first([b for b in boards if b["mine"]] or boards),
        "more_initiatives": max(0, len(initiatives) - _MOST),
        "more_boards": max(0, len(boards) - _MOST),
    }
    shared = (
        bool(tx.scalar(select(Session.shared).where(Session.id == actor.session_id))) if actor.session_id else False
    )
    record = {"title": school.title, "time_zone": school.time_zone, "locale": school.locale}
    return {"school": record, "nav": nav, "shared": shared}


def tint(id: int) -> str:
    return TINTS[id % len(TINTS)]


def _is_mine(row: Any) -> bool:
    return (
        row.my_role is not None
        or row.my_right is not None
        or (row.of_initiative and row.my_initiative_role is not None)
    )


def _entry(kind: str, row: Any, *, mine: bool) -> dict[str, Any]:
    return {"href": f"/{kind}/{row.id}", "title": row.title, "tint": tint(row.id), "mine": mine}


def _first(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(entries, key=lambda e: not e["mine"])[:_MOST]
