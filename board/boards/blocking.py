"""What follows from links: a card counts the open cards that block it, and the room of a link's far end hears of it too."""

from typing import Any

from sqlalchemy import select

from board.boards import sight
from board.boards.commands import batch
from board.boards.commands.links import shown_to
from board.boards.models import card_links
from board.boards.records import is_shown
from board.core import command

_BLOCKS = (card_links.c.kind == "blocks", card_links.c.deleted_at.is_(None))
#: after these a card may block no more, or again
_MAY_CHANGE = (
    "card.finished", "card.reopened", "card.changed", "card.moved", "card.archived", "card.restored", "card.binned", "card.unbinned",
    "cards.finished", "cards.reopened", "cards.moved", "cards.archived", "cards.restored", "cards.binned", "cards.unbinned",
    "list.archived", "list.restored",
)  # fmt: skip
#: these do it only where they tick a card, or untick it
_PERHAPS = ("card.changed", "card.moved", "cards.moved")


@command.on("link.added", "link.removed", "link.restored")
def tell_the_other_end(change: command.Change, event: dict[str, Any]) -> None:
    link = change.tx.one(select(card_links).where(card_links.c.id == event["was"]["links"][0]["id"]))
    near, far = (sight.end(change.tx, id) for id in (link.card_id, link.other_id))
    if near.id != event["subject"][1]:
        near, far = far, near
    if far.board_id != near.board_id:
        gone = event["type"] == "link.removed"
        type = "card.unlinked" if gone else "card.linked"
        shown = shown_to(link, [far], gone=gone)
        change.record(type, f"board:{far.board_id}", **shown, subject=("card", far.id))
    if link.kind == "blocks":
        recount(change, [link.other_id])


@command.on(*_MAY_CHANGE)
def count_blockers(change: command.Change, event: dict[str, Any]) -> None:
    kind, id = event["subject"]
    told = event["put"].get("cards", [])
    if event["type"] in _PERHAPS and not any("done" in record for record in told):
        return
    ids = {record["id"] for record in told} | set(event["drop"].get("cards", ())) | ({id} if kind == "card" else set())
    blocked = select(card_links.c.other_id).where(card_links.c.card_id.in_(ids), *_BLOCKS).distinct()
    recount(change, change.tx.scalars(blocked))


def recount(change: command.Change, ids: list[int]) -> None:
    """How many open cards block each of these; told where that has changed, to each board once. As many statements for many as for few."""
    if not ids:
        return
    tx = change.tx
    # First the rows are ours: two blockers may be finished at the same moment, and each would still count the other.
    rows = batch.load(tx, sorted(ids))
    blocked, count, source, open_ = sight.blockers()
    counting = select(blocked, count).select_from(source).where(open_, blocked.in_(list(rows)))
    found = dict(tx.all(counting.group_by(blocked)))
    now = {id: found.get(id, 0) for id, row in rows.items() if found.get(id, 0) != row.blocked_count}
    batch.set_columns(tx, {id: {"blocked_count": many} for id, many in now.items()})
    by_board: dict[int, list[int]] = {}
    for id in now:
        by_board.setdefault(rows[id].board_id, []).append(id)
    for board_id, changed in by_board.items():
        put = [{"id": id, "blocked_count": now[id]} for id in changed if is_shown(rows[id])]
        was = [{"id": id, "blocked_count": rows[id].blocked_count} for id in changed]
        type, subject = "cards.blocked", ("board", board_id)
        if len(changed) == 1:
            id = changed[0]
            type = "card.blocked" if now[id] > rows[id].blocked_count else "card.unblocked"
            subject = ("card", id)
        change.record(
            type, f"board:{board_id}", put={"cards": put} if put else {}, subject=subject, was={"cards": was}
        )  # fmt: skip
