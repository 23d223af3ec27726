"""Who may do what on a board. The same sets guard the commands and are sent to the client as ``can``."""

from typing import Any

from flask_babel import lazy_gettext as _

from board import discussions
from board.core import access
from board.core.access import Actor
from board.core.errors import Conflict

COMMENT = frozenset({"add_comment", "react_to_comment"})
CARDS = frozenset(
    {
        "add_link", "remove_link", "set_field", "clear_field",
        "make_card", "change_card", "move_card", "finish_card", "reopen_card", "archive_card", "restore_card", "bin_card", "unbin_card",
        "set_owner", "remove_owner", "accept_date", "drop_date", "set_label", "remove_label", "make_checklist", "change_checklist", "move_checklist",
        "delete_checklist", "make_item", "make_items", "change_item", "move_item", "make_card_of_item", "delete_item", "finish_item", "reopen_item", "add_attachment", "remove_attachment", "resolve_thread", "reopen_thread",
        "make_cards", "change_cards", "copy_card", "set_recurrence", "clear_recurrence",
    }
)  # fmt: skip
LISTS = frozenset(
    {"make_list", "change_list", "move_list", "archive_list", "restore_list", "copy_list", "move_list_to_board"}
)
FIELDS = frozenset({"make_field", "change_field", "move_field", "delete_field"})
LABELS = frozenset({"make_label", "change_label", "delete_label"})
BOARD = frozenset(
    {"change_board", "archive_board", "restore_board", "set_guest", "remove_guest", "delete_others_comment"}
)
_AWAY: Any = {
    None: _("This board is archived. Restore it to change something on it."),
    "group": _("The board's group is archived, and the board with it. Restore the group to change something here."),
    "initiative": _(
        "The board's initiative is archived, and the board with it. Restore the initiative to change something here."
    ),
}
_AWAY_TITLED: Any = {
    "group": _(
        "The group \u201c%(title)s\u201d is archived, and this board with it. Restore the group to change something here."
    ),
    "initiative": _(
        "The initiative \u201c%(title)s\u201d is archived, and this board with it. Restore the initiative to change something here."
    ),
}
_RIGHTS = {"read": 0, "comment": 1, "edit": 2}


def on_board(actor: Actor, row: Any) -> frozenset[str]:
    """``row``: as ``sight`` gives it, for the board or anything on it."""
    level = _level(actor, row)
    found: frozenset[str] = frozenset()
    if level >= 1:
        found |= COMMENT
    if level >= 2:
        found |= CARDS | LISTS | LABELS | FIELDS
    if level >= 3:
        found |= BOARD
    return found


def by_kind(actor: Actor, row: Any) -> dict[str, Any]:
    """``can`` of a board's snapshot."""
    mine = now(actor, row)
    return {
        "board": sorted((mine & (BOARD | {"make_list", "make_label", "change_cards"})) - {"delete_others_comment"}),
        "lists": sorted(mine & (LISTS | {"make_card", "make_cards"})),
        "cards": sorted(mine & (CARDS | COMMENT)),
        "labels": sorted(mine & LABELS),
        "fields": sorted(mine & FIELDS),
        "comments": discussions.by_whose(mine),
    }


def now(actor: Actor, row: Any) -> frozenset[str]:
    """What of this is possible as things stand: an archived board can be read, and restored by who may."""
    mine = on_board(actor, row)
    if row.board_archived_at:
        return mine & {"restore_board"} if row.board_away_with is None else frozenset()
    return mine


def need(actor: Actor, row: Any, name: str) -> None:
    """Raises Forbidden: the actor sees this, but may not do that. Conflict: nobody may, because the board is archived."""
    access.need(on_board(actor, row), name)
    if name != "restore_board":
        need_open(row)


def need_open(row: Any) -> None:
    """Raises Conflict: the board is archived, by itself or with what it belongs to."""
    if row.board_archived_at:
        raise archived(row.board_away_with, row.board_away_title)


def archived(kind: str | None, title: str | None = None) -> Conflict:
    """``kind``: what was archived above it; ``title``: its title, for who may see it."""
    return Conflict(_AWAY_TITLED[kind] % {"title": title} if kind and title else _AWAY[kind])


def _level(actor: Actor, row: Any) -> int:
    """0 reads, 1 comments, 2 edits cards and lists, 3 also settings and people."""
    shared = _RIGHTS.get(row.my_right, 0)
    if actor.is_guest or not row.by_place:
        # Shared out of what is closed to her: no role in the school makes more of it than was given.
        return shared
    if actor.is_organizer or row.my_role == "lead" or row.my_initiative_role == "owner":
        return 3
    if row.my_role == "member" or (row.my_initiative_role == "member" and row.my_role is None and _of_initiative(row)):
        return 2
    return max(1, shared)


def _of_initiative(row: Any) -> bool:
    # Members of an initiative edit its own boards; on the boards of its groups they are "other staff".
    return bool(row.of_initiative)
