"""How putting an initiative or a group away is taken back."""

from typing import Any

from flask_babel import gettext as _

from board.core.access import need
from board.core.command import Change
from board.core.errors import Conflict
from board.core.undo import Past, undoes
from board.initiatives import abilities, commands
from board.initiatives.models import group_seen, initiative_seen


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
