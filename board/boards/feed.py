"""What happens to people, groups and initiatives, told in the rooms of the boards that list them."""

from typing import Any

from sqlalchemy import or_, select

from board.boards import abilities, queries, records, roster, sight
from board.boards.models import board_commenters, board_guests, boards, card_owners, cards, items
from board.core import command
from board.initiatives.models import groups


@command.on("group.joined", "initiative.joined")
def list_on_boards(change: command.Change, event: dict[str, Any]) -> None:
    for board_id in _boards_of(change, event):
        change.record(
            "board.joined", f"board:{board_id}", put={"members": event["put"]["members"]}, subject=event["subject"]
        )


@command.on("group.left", "initiative.left")
def unlist_on_boards(change: command.Change, event: dict[str, Any]) -> None:
    for board_id in _boards_of(change, event):
        drop = roster.gone(change.tx, board_id, event["drop"]["members"])
        if drop:
            change.record("board.left", f"board:{board_id}", drop=drop, subject=event["subject"])


@command.on("member.changed", "member.departed", "member.returned")
def rename_on_boards(change: command.Change, event: dict[str, Any]) -> None:
    if not event["room"].startswith("school:"):
        return
    for person in event["put"].get("members", ()):
        shown = {k: v for k, v in person.items() if k in ("id", "name", "role", "active")}
        if len(shown) > 1:
            rooms = [f"board:{id}" for id in _boards_listing(change, person["id"])]
            change.record(event["type"], rooms, put={"members": [shown]}, subject=event["subject"])


#: what happened to a group or initiative → what the school's room then hears of its boards: shown, or gone
_SHOWN = {"opened": "board.opened", "restored": "board.returned"}
_GONE = {"closed": "board.closed", "archived": "board.withdrawn"}


@command.on("group.opened", "initiative.opened", "group.restored", "initiative.restored")
def show_boards(change: command.Change, event: dict[str, Any]) -> None:
    """The school's room shows boards of what is open, and not put away."""
    if event["room"].startswith("school:"):
        rows = [r for r in _below(change, event) if event["room"] in queries.rooms_of(change.tx, r)]
        put = {"boards": [records.board_record(r) for r in rows]}
        if rows:
            change.record(_SHOWN[event["type"].split(".")[1]], event["room"], put=put, subject=event["subject"])


@command.on("group.closed", "initiative.closed", "group.archived", "initiative.archived")
def hide_boards(change: command.Change, event: dict[str, Any]) -> None:
    if event["room"].startswith("school:"):
        ids = [r.id for r in _below(change, event)]
        if ids:
            change.record(
                _GONE[event["type"].split(".")[1]], event["room"], drop={"boards": ids}, subject=event["subject"]
            )


@command.on(
    "comment.added", "comment.edited", "comment.deleted", "comment.restored", "comment.reacted", "comment.unreacted", "thread.resolved",
    "thread.reopened",
)  # fmt: skip
def refuse_on_archived(change: command.Change, event: dict[str, Any]) -> None:
    """Discussions know no boards; on an archived one nothing may be said."""
    kind, id = event["room"].split(":")
    if kind == "board" and queries.is_archived(change.tx, int(id)):
        abilities.need_open(sight.board(change.tx, change.actor, int(id)))


def _boards_of(change: command.Change, event: dict[str, Any]) -> list[int]:
    kind, id = event["subject"]
    return change.tx.scalars(
        select(boards.c.id).where(boards.c[f"{kind}_id"] == id, boards.c.hidden.is_(False)).order_by(boards.c.id)
    )


def _below(change: command.Change, event: dict[str, Any]) -> list[Any]:
    kind, id = event["subject"]
    of = boards.c.group_id == id
    if kind == "initiative":
        # The boards of its closed groups are in no room but their own: not even their ids.
        open_groups = select(groups.c.id).where(groups.c.initiative_id == id, groups.c.closed.is_(False))
        of = or_(boards.c.initiative_id == id, boards.c.group_id.in_(open_groups))
    return list(change.tx.all(select(boards).where(of, *queries.AT_WORK).order_by(boards.c.id)))


def _boards_listing(change: command.Change, member_id: int) -> list[int]:
    """Boards that may list this member; a `put` to one that does not would make a record nobody else has, so each is asked."""
    tx = change.tx
    candidates = set(tx.scalars(roster.boards_by_place(member_id)))
    candidates |= set(tx.scalars(select(board_guests.c.board_id).where(board_guests.c.member_id == member_id)))
    candidates |= set(tx.scalars(select(board_commenters.c.board_id).where(board_commenters.c.member_id == member_id)))
    owned = select(cards.c.board_id).select_from(card_owners.join(cards, cards.c.id == card_owners.c.card_id))
    candidates |= set(tx.scalars(owned.where(card_owners.c.member_id == member_id)))
    with_items = select(cards.c.board_id).select_from(items.join(cards, cards.c.id == items.c.card_id))
    candidates |= set(tx.scalars(with_items.where(items.c.owner_id == member_id)))
    return [id for id in sorted(candidates) if not roster.gone(tx, id, [member_id])]
