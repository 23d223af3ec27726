"""Who is listed on a board: members of its group or initiative, guests, owners of shown cards and of their items, and who commented."""

from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select

from board import discussions
from board.boards.models import (
    BoardCommenter,
    board_commenters,
    board_guests,
    boards,
    card_owners,
    cards,
    checklists,
    items,
    lists,
)
from board.core.db import Tx
from board.initiatives.models import group_members, initiative_members
from board.people import listed_record
from board.people.models import Member

members = Member.__table__
_B: Any = bindparam("board")
_WITH_ITEMS = items.join(checklists, checklists.c.id == items.c.checklist_id).join(cards, cards.c.id == items.c.card_id)
_THERE = (items.c.owner_id.isnot(None), items.c.deleted_at.is_(None), checklists.c.deleted_at.is_(None))
_OPEN = (cards.c.archived_at.is_(None), cards.c.binned_at.is_(None), lists.c.archived_at.is_(None))
_LISTED = or_(
    members.c.id.in_(
        select(group_members.c.member_id)
        .select_from(group_members.join(boards, boards.c.group_id == group_members.c.group_id))
        .where(boards.c.id == _B)
    ),
    members.c.id.in_(
        select(initiative_members.c.member_id)
        .select_from(initiative_members.join(boards, boards.c.initiative_id == initiative_members.c.initiative_id))
        .where(boards.c.id == _B)
    ),
    members.c.id.in_(select(board_guests.c.member_id).where(board_guests.c.board_id == _B)),
    members.c.id.in_(select(board_commenters.c.member_id).where(board_commenters.c.board_id == _B)),
    members.c.id.in_(
        select(card_owners.c.member_id)
        .select_from(
            card_owners.join(cards, cards.c.id == card_owners.c.card_id).join(lists, lists.c.id == cards.c.list_id)
        )
        .where(cards.c.board_id == _B, *_OPEN)
    ),
    members.c.id.in_(
        select(items.c.owner_id)
        .select_from(_WITH_ITEMS.join(lists, lists.c.id == cards.c.list_id))
        .where(cards.c.board_id == _B, *_OPEN, *_THERE)
    ),
)
_COLUMNS = (members.c.id, members.c.name, members.c.role, members.c.active)
_ALL: Select[Any] = select(*_COLUMNS).where(_LISTED).order_by(members.c.id)
_AMONG: Select[Any] = select(members.c.id).where(and_(members.c.id.in_(bindparam("ids", expanding=True)), _LISTED))
_LOCK = select(boards.c.id).where(boards.c.id == _B).with_for_update(key_share=True)
_RECORDS: Select[Any] = (
    select(*_COLUMNS).where(members.c.id.in_(bindparam("ids", expanding=True))).order_by(members.c.id)
)


def listed(tx: Tx, board_id: int) -> list[dict[str, Any]]:
    return [listed_record(row) for row in tx.all(_ALL, {"board": board_id})]


def among(tx: Tx, board_id: int, ids: list[int]) -> set[int]:
    """Who of these is listed."""
    return set(tx.scalars(_AMONG, {"board": board_id, "ids": ids})) if ids else set()


def shown(tx: Tx, board_id: int, ids: list[int]) -> dict[str, list[dict[str, Any]]]:
    """The `put` fragment that lists these members."""
    if ids:
        _lock(tx, board_id)
    return {"members": [listed_record(row) for row in tx.all(_RECORDS, {"ids": ids})]} if ids else {}


def gone(tx: Tx, board_id: int, ids: list[int]) -> dict[str, list[int]]:
    """The `drop` fragment for those of these members who are not listed any more."""
    if not ids:
        return {}
    _lock(tx, board_id)
    still = among(tx, board_id, ids)
    left = [id for id in ids if id not in still]
    return {"members": left} if left else {}


def named_on(tx: Tx, *conditions: Any) -> list[int]:
    """Who owns these cards, or an item on them."""
    owners = select(card_owners.c.member_id).select_from(card_owners.join(cards, cards.c.id == card_owners.c.card_id))
    of_items = select(items.c.owner_id).select_from(_WITH_ITEMS).where(*_THERE, *conditions)
    return sorted(tx.scalars(owners.where(*conditions).union(of_items)))


def commenters_came(tx: Tx, board_id: int, card_ids: list[int]) -> list[int]:
    """Who wrote on cards that have just come to this board is listed there from now on; returns who was not before."""
    wrote = discussions.who_wrote(tx, "card", card_ids)
    if not wrote:
        return []
    _lock(tx, board_id)
    of = board_commenters.c
    there = set(tx.scalars(select(of.member_id).where(of.board_id == board_id, of.member_id.in_(wrote))))
    school_id = tx.scalar(select(boards.c.school_id).where(boards.c.id == board_id))
    new = [id for id in wrote if id not in there]
    tx.insert_all(BoardCommenter, [{"board_id": board_id, "member_id": id, "school_id": school_id} for id in new])
    return new


def commenters_went(tx: Tx, board_id: int, ids: list[int]) -> list[int]:
    """Of these, whom cards brought along that have just been taken back, who wrote nowhere else on the board: they count as writers no more."""
    if not ids:
        return []
    _lock(tx, board_id)
    wrote = discussions.who_wrote(tx, "card", select(cards.c.id).where(cards.c.board_id == board_id))
    left = [id for id in ids if id not in wrote]
    tx.delete(BoardCommenter, board_commenters.c.board_id == board_id, board_commenters.c.member_id.in_(left))
    return left


def _lock(tx: Tx, board_id: int) -> None:
    # Two cards of one owner may leave the board at the same moment: each transaction would still see the other's card and keep her listed.
    if tx.dialect == "postgresql":
        tx.execute(_LOCK, {"board": board_id})


def boards_by_place(member_id: int) -> Select[Any]:
    """Boards of the groups and initiatives that a member belongs to."""
    in_groups = select(group_members.c.group_id).where(group_members.c.member_id == member_id)
    in_initiatives = select(initiative_members.c.initiative_id).where(initiative_members.c.member_id == member_id)
    return select(boards.c.id).where(
        boards.c.hidden.is_(False), or_(boards.c.group_id.in_(in_groups), boards.c.initiative_id.in_(in_initiatives))
    )
