"""How copies of lists, and lists that went to another board, are taken back."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from board.boards import abilities, matching, sight
from board.boards.commands import copies, lists
from board.boards.models import cards
from board.core.command import Change
from board.core.errors import Conflict
from board.core.undo import Past, undoes

_GROWS = ("version", "comment_count", "item_count", "item_done", "attachment_count")


@undoes("list.copied")
def undo_copying_list(change: Change, past: Past) -> Any:
    """Into the archive, as a new list that is taken back."""
    row = sight.list_(change.tx, change.actor, past.subject[1] or 0)
    abilities.need(change.actor, row, "archive_list")
    if row.archived_at:
        raise Conflict(_("This list is archived already."))
    then = {card["id"]: card for card in past.put.get("cards", ())}
    there = (cards.c.list_id == row.id, cards.c.binned_at.is_(None))
    now = {card.id: card for card in change.tx.all(select(cards).where(*there))}
    if now.keys() - then.keys() or any(
        getattr(card, name) != then[id].get(name, 0) for id, card in now.items() for name in _GROWS
    ):
        raise Conflict(_("Somebody has worked in this list since."))
    return lists.put_away(change, row)


@undoes("list.moved_over")
def undo_moving_over(change: Change, past: Past) -> Any:
    """Back to its board, with the labels and fields that its cards had there, where nobody has changed them since."""
    row = sight.list_(change.tx, change.actor, past.subject[1] or 0)
    abilities.need(change.actor, row, "move_list_to_board")
    old = past.was["lists"][0]
    if row.archived_at or row.board_id != past.was["to"]:
        raise Conflict(_("Somebody has moved or archived this list since."))
    abilities.need(change.actor, sight.board(change.tx, change.actor, old["board_id"]), "move_list_to_board")
    back, since = (_worn(past.was[name]) for name in ("cards", "since"))
    return copies.relocate(
        change, row, old["board_id"], old["position"], back=back, since=since, listed=past.was.get("listed")
    )


def _worn(entries: list[dict[str, Any]]) -> matching.Worn:
    return {entry["id"]: (entry["label_ids"], entry["field_values"]) for entry in entries}
