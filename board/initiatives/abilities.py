"""Who may do what to an initiative or a group: the same sets guard the commands and are sent to the client as ``can``."""

from typing import Any

from flask_babel import gettext as _

from board.core.access import Actor
from board.core.errors import Conflict

_INITIATIVE = frozenset(
    {
        "change_initiative", "keep_initiative_norms", "archive_initiative", "restore_initiative", "set_initiative_member",
        "remove_initiative_member", "make_group", "make_board",
    }
)  # fmt: skip
_GROUP = frozenset(
    {
        "change_group", "keep_group_norms", "archive_group", "restore_group", "set_group_member", "remove_group_member", "make_board",
    }
)  # fmt: skip


def in_school(actor: Actor) -> frozenset[str]:
    if actor.is_guest:
        return frozenset()
    return frozenset(
        {"make_initiative", "make_group", "open_initiative"} if actor.is_organizer else {"make_initiative"}
    )


def on_initiative(actor: Actor, row: Any) -> frozenset[str]:
    """``row``: as ``initiative_seen`` gives it."""
    if actor.is_organizer:
        return _INITIATIVE | {"open_initiative"}
    return _INITIATIVE if row.my_role == "owner" else frozenset()


def on_group(actor: Actor, row: Any) -> frozenset[str]:
    """``row``: as ``group_seen`` gives it."""
    leads = actor.is_organizer or row.my_role == "lead" or row.my_initiative_role == "owner"
    return _GROUP if leads else frozenset()


def now(abilities: frozenset[str], row: Any) -> frozenset[str]:
    """What of these is possible as things stand: what is archived can be read, and restored by who may."""
    if row.archived_at:
        return abilities & {"restore_group", "restore_initiative"}
    return frozenset() if archived_above(row) else abilities


def archived_above(row: Any) -> bool:
    """Whether a group stands in an archived initiative."""
    return bool(getattr(row, "initiative_archived_at", None))


def need_open(row: Any) -> None:
    """Raises Conflict: it, or the initiative that it stands in, is archived."""
    if row.archived_at or archived_above(row):
        raise Conflict(_("This is archived. Restore it to change something here."))
