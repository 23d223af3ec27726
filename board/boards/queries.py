"""What stands on a board, and what is put away."""

from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, or_, select

from board.boards import abilities, records, roster, sight
from board.boards import starts as box
from board.boards.models import (
    attachments,
    board_stars,
    boards,
    card_links,
    cards,
    checklists,
    fields,
    items,
    labels,
    lists,
)
from board.core import journal, paging
from board.core.access import Actor
from board.core.db import Tx
from board.core.errors import NotSeen
from board.initiatives.models import groups, initiatives, who

_OPEN_LISTS = lists.c.archived_at.is_(None)
#: a board that the rooms around it show
AT_WORK = (boards.c.hidden.is_(False), boards.c.archived_at.is_(None))


def shown_on(board_id: int) -> tuple[Any, ...]:
    """The conditions of a card that a board shows: it and its list are open."""
    open_lists = select(lists.c.id).where(lists.c.board_id == board_id, _OPEN_LISTS)
    return (
        cards.c.board_id == board_id,
        cards.c.archived_at.is_(None),
        cards.c.binned_at.is_(None),
        cards.c.list_id.in_(open_lists),
    )


def snapshot(tx: Tx, board_id: int) -> dict[str, Any]:
    row = tx.one(select(boards).where(boards.c.id == board_id))
    open_lists = tx.all(
        select(lists).where(lists.c.board_id == board_id, _OPEN_LISTS).order_by(lists.c.position, lists.c.id)
    )
    marks = tx.all(
        select(labels).where(labels.c.board_id == board_id, labels.c.deleted_at.is_(None)).order_by(labels.c.id)
    )
    its_fields = tx.all(
        select(fields).where(fields.c.board_id == board_id, fields.c.deleted_at.is_(None)).order_by(fields.c.id)
    )
    return {
        "board": records.board_record(row),
        "lists": [records.list_record(r) for r in open_lists],
        "cards": records.sparse_cards(tx, *shown_on(board_id)),
        "labels": [records.label_record(r) for r in marks],
        "fields": [records.field_record(r) for r in its_fields],
        "members": roster.listed(tx, board_id),
    }


def may_watch(tx: Tx, actor: Actor, board_id: int) -> bool:
    try:
        return sight.board(tx, actor, board_id) is not None
    except NotSeen:
        return False


def can(tx: Tx, actor: Actor, board_id: int) -> dict[str, Any]:
    return abilities.by_kind(actor, sight.board(tx, actor, board_id))


def card_page(tx: Tx, actor: Actor, card_id: int) -> dict[str, Any]:
    """One card with everything on it."""
    row = sight.card(tx, actor, card_id)
    room = f"board:{row.board_id}"
    seq, _ = journal.head(tx, room)
    return {
        "room": room,
        "seq": seq,
        **card_parts(tx, row),
        "others": other_ends(tx, actor, card_id),
        "can": sorted(abilities.now(actor, row) & (abilities.CARDS | abilities.COMMENT)),
    }


def card_parts(tx: Tx, row: Any) -> dict[str, Any]:
    of = row.id
    found_lists = tx.all(
        select(checklists)
        .where(checklists.c.card_id == of, checklists.c.deleted_at.is_(None))
        .order_by(checklists.c.position, checklists.c.id)
    )
    found_items = tx.all(
        select(items)
        .select_from(items.join(checklists, checklists.c.id == items.c.checklist_id))
        .where(items.c.card_id == of, items.c.deleted_at.is_(None), checklists.c.deleted_at.is_(None))
        .order_by(items.c.position, items.c.id)
    )
    between = tx.all(select(card_links).where(card_links.c.deleted_at.is_(None), _linked(of)).order_by(card_links.c.id))
    links = tx.all(
        select(attachments)
        .where(attachments.c.card_id == of, attachments.c.deleted_at.is_(None))
        .order_by(attachments.c.id)
    )
    return {
        "data": records.full_card(tx, row),
        "checklists": [records.checklist_record(r) for r in found_lists],
        "items": [records.item_record(r) for r in found_items],
        "attachments": [records.attachment_record(r) for r in links],
        "links": [records.link_record(r) for r in between],
    }


def _linked(card_id: int) -> Any:
    return or_(card_links.c.card_id == card_id, card_links.c.other_id == card_id)


def other_ends(tx: Tx, actor: Actor, card_id: int) -> list[dict[str, Any]]:
    """The cards linked with this one, of those that the actor may see herself: what stands on other boards is in no event of this room."""
    far = case((card_links.c.card_id == card_id, card_links.c.other_id), else_=card_links.c.card_id)
    ids = select(far).where(card_links.c.deleted_at.is_(None), _linked(card_id))
    return [
        {
            "id": r.id, "number": r.number, "title": r.title, "done": r.done, "board_id": r.board_id, "board_title": r.board_title,
            "archived": r.archived_at or r.list_archived_at,
        }
        for r in tx.all(sight.cards_seen().where(cards.c.id.in_(ids)).order_by(cards.c.id), who(actor))
    ]  # fmt: skip


def my_items(tx: Tx, actor: Actor) -> list[dict[str, Any]]:
    """What the actor is to do of checklists: open items of hers on open cards that she may see, those due first coming first."""
    with_card = items.join(checklists, checklists.c.id == items.c.checklist_id)
    with_card = with_card.join(cards, cards.c.id == items.c.card_id).join(lists, lists.c.id == cards.c.list_id)
    seen = sight.boards_seen().subquery()
    rows = tx.all(
        select(items, cards.c.number, cards.c.title.label("card_title"), seen.c.id.label("board_id"), seen.c.title.label("board_title"))
        .select_from(with_card.join(seen, seen.c.id == cards.c.board_id))
        .where(items.c.owner_id == actor.member_id, items.c.done.is_(None), items.c.deleted_at.is_(None))
        .where(checklists.c.deleted_at.is_(None), cards.c.archived_at.is_(None), cards.c.binned_at.is_(None), _OPEN_LISTS)
        .order_by(items.c.due.is_(None), items.c.due, items.c.id),
        who(actor),
    )  # fmt: skip
    return [
        {
            **records.item_record(r),
            "card": {"id": r.card_id, "number": r.number, "title": r.card_title},
            "board": {"id": r.board_id, "title": r.board_title},
        }
        for r in rows
    ]


def archive(
    tx: Tx, actor: Actor, board_id: int, after: str | None, limit: int, words: str = ""
) -> tuple[list[dict[str, Any]], str | None]:
    """Archived lists first, then archived cards and the open cards of archived lists (these have a list_id); with ``words`` in the title."""
    sight.board(tx, actor, board_id)
    kind, last = paging.read(after, str, int) or ("lists", 0)
    rows: list[tuple[str, dict[str, Any]]] = []
    if kind == "lists":
        put_away = lists.c.archived_at.isnot(None)
        found = tx.all(
            select(lists)
            .where(lists.c.board_id == board_id, put_away, lists.c.id > last, *_with(words, lists.c.title))
            .order_by(lists.c.id)
            .limit(limit + 1)
        )
        inside = cards_within(tx, [r.id for r in found])
        rows += [
            ("lists", {**records.list_record(r), "archived": r.archived_at, "card_count": inside.get(r.id, 0)})
            for r in found
        ]
        last = 0
    if len(rows) <= limit:
        shut = select(lists.c.id).where(lists.c.board_id == board_id, lists.c.archived_at.isnot(None))
        gone = or_(cards.c.archived_at.isnot(None), cards.c.list_id.in_(shut))
        ids = tx.scalars(
            select(cards.c.id)
            .where(cards.c.board_id == board_id, cards.c.binned_at.is_(None), gone, cards.c.id > last)
            .where(*_with(words, cards.c.title, cards.c.number))
            .order_by(cards.c.id)
            .limit(limit + 1 - len(rows))
        )
        rows += [("cards", r) for r in _rows(tx, ids, cards.c.archived_at)]
    return _paged(rows, limit)


def cards_within(tx: Tx, list_ids: list[int]) -> dict[int, int]:
    """List → how many cards come back with it."""
    there = (cards.c.list_id.in_(list_ids), cards.c.archived_at.is_(None), cards.c.binned_at.is_(None))
    query = select(cards.c.list_id, func.count().label("many")).where(*there).group_by(cards.c.list_id)
    return {row.list_id: row.many for row in tx.all(query)} if list_ids else {}


def bin_(
    tx: Tx, actor: Actor, board_id: int, after: str | None, limit: int, words: str = ""
) -> tuple[list[dict[str, Any]], str | None]:
    sight.board(tx, actor, board_id)
    _, last = paging.read(after, str, int) or ("cards", 0)
    query = select(cards.c.id).where(cards.c.board_id == board_id, cards.c.binned_at.isnot(None), cards.c.id > last)
    query = query.where(*_with(words, cards.c.title, cards.c.number))
    ids = tx.scalars(query.order_by(cards.c.id).limit(limit + 1))
    return _paged([("cards", r) for r in _rows(tx, ids, cards.c.binned_at)], limit)


def _with(words: str, title: Any, number: Any = None) -> tuple[Any, ...]:
    if not words:
        return ()
    found = title.icontains(words, autoescape=True)
    digits = words.removeprefix("#")
    if number is not None and digits.isascii() and digits.isdigit() and len(digits) < 10:
        found = or_(found, number == int(digits))
    return (found,)


def _rows(tx: Tx, ids: list[int], *more: Any) -> list[dict[str, Any]]:
    return records.sparse_cards(tx, cards.c.id.in_(ids), more=more) if ids else []


def _paged(rows: list[tuple[str, dict[str, Any]]], limit: int) -> tuple[list[dict[str, Any]], str | None]:
    shown, next = paging.page(rows, limit, lambda r: (r[0], r[1]["id"]))
    return [record for _, record in shown], next


def list_boards(tx: Tx, actor: Actor, after: int = 0, limit: int | None = 200, *, archived: bool = False) -> list[Any]:
    """Each with ``starred``: whether the actor keeps it at hand. ``limit`` None: all of them."""
    hers = exists().where(board_stars.c.board_id == boards.c.id, board_stars.c.member_id == bindparam("me"))
    seen = sight.boards_seen(archived=archived).add_columns(hers.label("starred"))
    return list(tx.all(seen.where(boards.c.id > after).order_by(boards.c.id).limit(limit), who(actor)))


def templates(tx: Tx, actor: Actor) -> list[Any]:
    """Boards that are offered as a start for new ones, of those that the actor may see."""
    return list(tx.all(sight.boards_seen().where(boards.c.template).order_by(boards.c.id).limit(200), who(actor)))


def starts(tx: Tx, actor: Actor) -> dict[str, list[Any]]:
    return {"box": box.offered(), "templates": templates(tx, actor)}


def boards_of(tx: Tx, actor: Actor, *, group_id: int | None = None, initiative_id: int | None = None) -> list[Any]:
    """The boards of a group or an initiative that the actor may see."""
    of = boards.c.group_id == group_id if group_id is not None else boards.c.initiative_id == initiative_id
    return list(tx.all(sight.boards_seen().where(of).order_by(boards.c.id), who(actor)))


def open_actions(tx: Tx, board_ids: list[int]) -> dict[int, int]:
    """Board id → how many of its shown cards are not done."""
    shut = select(lists.c.id).where(lists.c.board_id.in_(board_ids), lists.c.archived_at.isnot(None))
    there = (cards.c.archived_at.is_(None), cards.c.binned_at.is_(None), cards.c.list_id.not_in(shut))
    query = select(cards.c.board_id, func.count()).where(
        cards.c.board_id.in_(board_ids), cards.c.done.is_(None), *there
    )
    return dict(tx.all(query.group_by(cards.c.board_id))) if board_ids else {}


def on_page(tx: Tx, actor: Actor, kind: str, id: int) -> list[dict[str, Any]]:
    """The boards of a group, or of an initiative and its groups, on its page, as the actor may see them, with their open actions."""
    inside = select(groups.c.id).where(groups.c.initiative_id == id)
    of = (
        boards.c.group_id == id if kind == "group" else or_(boards.c.initiative_id == id, boards.c.group_id.in_(inside))
    )
    rows = tx.all(sight.boards_seen().where(of).order_by(boards.c.id), who(actor))
    open_ = open_actions(tx, [row.id for row in rows])
    return [{**records.board_record(row), "open": open_.get(row.id, 0)} for row in rows]


def group_boards(tx: Tx, group_id: int) -> list[dict[str, Any]]:
    rows = tx.all(select(boards).where(boards.c.group_id == group_id, *AT_WORK).order_by(boards.c.id))
    return [records.board_record(r) for r in rows]


def initiative_boards(tx: Tx, initiative_id: int) -> list[dict[str, Any]]:
    rows = tx.all(select(boards).where(boards.c.initiative_id == initiative_id, *AT_WORK).order_by(boards.c.id))
    return [records.board_record(r) for r in rows]


def school_boards(tx: Tx, school_id: int) -> list[dict[str, Any]]:
    """What the school's room shows: boards of what is open."""
    return [
        records.board_record(r)
        for r in tx.all(
            select(boards).select_from(_PLACED).where(boards.c.school_id == school_id, _PUBLIC).order_by(boards.c.id)
        )
    ]


_PLACED = boards.outerjoin(groups, groups.c.id == boards.c.group_id).outerjoin(
    initiatives, or_(initiatives.c.id == boards.c.initiative_id, initiatives.c.id == groups.c.initiative_id)
)
_PUBLIC = and_(
    *AT_WORK,
    groups.c.closed.isnot(True),
    initiatives.c.closed.isnot(True),
    groups.c.archived_at.is_(None),
    initiatives.c.archived_at.is_(None),
)


def is_archived(tx: Tx, board_id: int) -> bool:
    """By itself, or with what it belongs to."""
    return tx.scalar(select(sight.AWAY).select_from(_PLACED).where(boards.c.id == board_id)) is not None


def rooms_of(tx: Tx, row: Any) -> list[str]:
    """Where a board's own record is shown besides its own room: nowhere while it is archived."""
    if tx.scalar(select(boards.c.archived_at).where(boards.c.id == row.id)):
        return []
    rooms = [f"group:{row.group_id}" if row.group_id is not None else f"initiative:{row.initiative_id}"]
    if tx.first(select(boards.c.id).select_from(_PLACED).where(boards.c.id == row.id, _PUBLIC)):
        rooms.append(f"school:{row.school_id}")
    return rooms
