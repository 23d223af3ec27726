"""How what is said of norms, and putting an initiative or a group away, is taken back."""

from typing import Any

from flask_babel import gettext as _

from board.core.access import need
from board.core.command import Change
from board.core.errors import Conflict
from board.core.undo import Past, unchanged, undoes
from board.initiatives import abilities, commands
from board.initiatives.models import group_seen, initiative_seen


@undoes("group.norms_set", "group.norms_kept")
def undo_norms_of_group(change: Change, past: Past) -> Any:
    row = group_seen(change.tx, change.actor, past.subject[1] or 0)
    need(abilities.on_group(change.actor, row), "change_group")
    return _norms_before(change, "group", row, past)


@undoes("initiative.norms_set", "initiative.norms_kept")
def undo_norms_of_initiative(change: Change, past: Past) -> Any:
    row = initiative_seen(change.tx, change.actor, past.subject[1] or 0)
    need(abilities.on_initiative(change.actor, row), "change_initiative")
    return _norms_before(change, "initiative", row, past)


def _norms_before(change: Change, kind: str, row: Any, past: Past) -> Any:
    abilities.need_open(row)
    was = past.was[kind][0]
    unchanged(row._mapping, past.put[kind][0], was)
    return commands.set_norms(change, kind, row, was, past.type)


@undoes("group.archived", "group.restored")
def undo_archiving_group(change: Change, past: Past) -> Any:
    row = group_seen(change.tx, change.actor, past.subject[1] or 0)
    need(abilities.on_group(change.actor, row), "archive_group")
    return commands.set_group_archived(change, row, _before(row, past, "group"))


@undoes("initiative.archived", "initiative.restored")
def undo_archiving_initiative(change: Change, past: Past) -> Any:
    row = initiative_seen(change.tx, change.actor, past.subject[1] or 0)
    need(abilities.on_initiative(change.actor, row), "archive_initiative")
    return commands.set_initiative_archived(change, row, _before(row, past, "initiative"))


def _before(row: Any, past: Past, kind: str) -> Any:
    """When it was archived before; Conflict: somebody has changed that since."""
    if row.archived_at != past.put[kind][0]["archived"]:
        raise Conflict(_("Somebody has changed this since."))
    return past.was[kind][0]["archived"]
