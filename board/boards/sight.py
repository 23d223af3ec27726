"""Look-ups through what the actor may see: loading a board, list, card, label, checklist or item *is* the authorisation.

Each row carries the facts that ``abilities`` needs: ``my_role`` in the group, ``my_initiative_role``, the ``my_right`` of a guest, and whether
she sees the board ``by_place``, without its being shared with her.
"""

from typing import Any

from sqlalchemy import Select, and_, bindparam, case, false, func, literal_column, or_, select

from board.boards.models import (
    attachments,
    board_guests,
    boards,
    card_links,
    cards,
    checklists,
    fields,
    items,
    labels,
    lists,
)
from board.core.access import Actor
from board.core.db import Tx
from board.core.hot import Hot
from board.initiatives.models import (
    container_seen,
    groups,
    initiatives,
    join_my_group,
    join_my_initiative,
    my_group,
    my_initiative,
    who,
)

_my_guest = board_guests.alias("my_guest")
_IN_INITIATIVE, _IN_GROUP = container_seen()
_BY_PLACE = or_(
    and_(boards.c.group_id.isnot(None), _IN_GROUP), and_(boards.c.initiative_id.isnot(None), _IN_INITIATIVE)
)
#: since when it is archived: by itself, or with what it belongs to
AWAY = func.coalesce(boards.c.archived_at, groups.c.archived_at, initiatives.c.archived_at)
#: what is archived above it, where it is not archived by itself, and that one's title for who may see it
_AWAY_WITH: Any = case(
    (boards.c.archived_at.isnot(None), None),
    (groups.c.archived_at.isnot(None), literal_column("'group'")),
    (initiatives.c.archived_at.isnot(None), literal_column("'initiative'")),
)
_AWAY_TITLE = case(
    (and_(groups.c.archived_at.isnot(None), _IN_GROUP), groups.c.title),
    (and_(groups.c.archived_at.is_(None), initiatives.c.archived_at.isnot(None), _IN_INITIATIVE), initiatives.c.title),
)
_FACTS = (
    my_group.c.role.label("my_role"),
    my_initiative.c.role.label("my_initiative_role"),
    _my_guest.c.right.label("my_right"),
    boards.c.initiative_id.isnot(None).label("of_initiative"),
    _BY_PLACE.label("by_place"),
    AWAY.label("board_archived_at"),
    _AWAY_WITH.label("board_away_with"),
    _AWAY_TITLE.label("board_away_title"),
)


def _with_board(source: Any) -> Any:
    source = source.outerjoin(groups, groups.c.id == boards.c.group_id)
    source = source.outerjoin(
        initiatives, initiatives.c.id == func.coalesce(boards.c.initiative_id, groups.c.initiative_id)
    )
    source = join_my_initiative(join_my_group(source))
    return source.outerjoin(
        _my_guest, and_(_my_guest.c.board_id == boards.c.id, _my_guest.c.member_id == bindparam("me"))
    )


def _seen() -> Any:
    return and_(
        boards.c.school_id == bindparam("school"),
        boards.c.hidden == false(),
        or_(_my_guest.c.right.isnot(None), _BY_PLACE),
    )


def boards_seen(*, archived: bool = False) -> Select[Any]:
    """Every board that the actor of ``who`` may see, of those at work or of the archived ones."""
    return _every_board().where(AWAY.isnot(None) if archived else AWAY.is_(None))


def _every_board() -> Select[Any]:
    return select(boards, *_FACTS).select_from(_with_board(boards)).where(_seen())


def cards_seen() -> Select[Any]:
    """Every card out of the bin that the actor of ``who`` may see."""
    source = cards.join(lists, lists.c.id == cards.c.list_id)
    source = _with_board(source.join(boards, boards.c.id == cards.c.board_id))
    names = (boards.c.title.label("board_title"), lists.c.archived_at.label("list_archived_at"))
    return select(cards, *names).select_from(source).where(_seen(), cards.c.binned_at.is_(None))


_ID: Any = bindparam("id")
_IDS: Any = bindparam("ids", expanding=True)


def _part(table: Any, board_id: Any, *joins: tuple[Any, Any], many: bool = False) -> Select[Any]:
    source = table
    for other, condition in joins:
        source = source.join(other, condition)
    source = _with_board(source.join(boards, boards.c.id == board_id))
    return (
        select(table, *_FACTS).select_from(source).where(_seen(), table.c.id.in_(_IDS) if many else table.c.id == _ID)
    )


_OF_CARD = cards.c.board_id
_BOARD = Hot(_every_board().where(boards.c.id == bindparam("id")))
_LIST = Hot(_part(lists, lists.c.board_id))
_ITS_LIST = (
    lists.c.archived_at.label("list_archived_at"),
    lists.c.done.label("list_done"),
    #: how many cards its list takes; None: any number
    case((lists.c.wip_hard, lists.c.wip_limit)).label("list_most"),
)
_CARD_WITH_LIST = _part(cards, _OF_CARD, (lists, lists.c.id == cards.c.list_id)).add_columns(*_ITS_LIST)
_CARDS = _part(cards, _OF_CARD, (lists, lists.c.id == cards.c.list_id), many=True).add_columns(*_ITS_LIST)
_CARDS_OURS = select(cards.c.id).where(cards.c.id.in_(_IDS)).order_by(cards.c.id).with_for_update()
_CARD = Hot(_CARD_WITH_LIST.where(cards.c.binned_at.is_(None)))
_BINNED = Hot(_CARD_WITH_LIST.where(cards.c.binned_at.isnot(None)))
_NUMBERED = (
    select(cards.c.id, cards.c.board_id)
    .select_from(_with_board(cards.join(boards, boards.c.id == cards.c.board_id)))
    .where(_seen(), cards.c.number == bindparam("number"), cards.c.binned_at.is_(None))
)
_LABEL = Hot(_part(labels, labels.c.board_id).where(labels.c.deleted_at.is_(None)))
_FIELD = Hot(_part(fields, fields.c.board_id).where(fields.c.deleted_at.is_(None)))
_END = Hot(
    select(cards, lists.c.archived_at.label("list_archived_at"))
    .select_from(cards.join(lists, lists.c.id == cards.c.list_id))
    .where(cards.c.id == bindparam("id"))
)
_CHECKLIST = Hot(
    _part(checklists, _OF_CARD, (cards, cards.c.id == checklists.c.card_id))
    .where(cards.c.binned_at.is_(None), checklists.c.deleted_at.is_(None))
    .add_columns(cards.c.board_id.label("board_id"))
)
_ITEM = Hot(
    _part(
        items,
        _OF_CARD,
        (cards, cards.c.id == items.c.card_id),
        (checklists, checklists.c.id == items.c.checklist_id),
    )
    .where(cards.c.binned_at.is_(None), checklists.c.deleted_at.is_(None), items.c.deleted_at.is_(None))
    .add_columns(cards.c.board_id.label("board_id"))
)
_ATTACHMENT = Hot(
    _part(attachments, _OF_CARD, (cards, cards.c.id == attachments.c.card_id))
    .where(cards.c.binned_at.is_(None), attachments.c.deleted_at.is_(None))
    .add_columns(cards.c.board_id.label("board_id"))
)


def board(tx: Tx, actor: Actor, id: int) -> Any:
    """Raises NotSeen, as all look-ups here do: not there, or hidden from the actor."""
    return tx.one(_BOARD, {**who(actor), "id": id})


def list_(tx: Tx, actor: Actor, id: int) -> Any:
    return tx.one(_LIST, {**who(actor), "id": id})


def card(tx: Tx, actor: Actor, id: int, *, change: bool = False) -> Any:
    """A card, archived or not. With ``change`` the row stays ours until the transaction ends."""
    bound = {**who(actor), "id": id}
    return _ours(tx, _CARD, cards, bound) if change else tx.one(_CARD, bound)


def cards_to_change(tx: Tx, actor: Actor, ids: list[int]) -> dict[int, Any]:
    """Of these cards those that the actor may see, by id, archived or not; ours until the transaction ends. Two statements, however many."""
    if tx.dialect == "postgresql":
        # By themselves, as in ``_ours``: of a card that another moves while we wait for it, the join with its list would find nothing.
        tx.execute(_CARDS_OURS, {"ids": ids})
    query = _CARDS.where(cards.c.binned_at.is_(None))
    return {row.id: row for row in tx.all(query, {**who(actor), "ids": ids})} if ids else {}


def numbered_card(tx: Tx, actor: Actor, number: int) -> Any:
    """The card with this number in the actor's school."""
    return tx.one(_NUMBERED, {**who(actor), "number": number})


def binned_card(tx: Tx, actor: Actor, id: int) -> Any:
    return _ours(tx, _BINNED, cards, {**who(actor), "id": id})


def label(tx: Tx, actor: Actor, id: int) -> Any:
    return tx.one(_LABEL, {**who(actor), "id": id})


def field(tx: Tx, actor: Actor, id: int) -> Any:
    return tx.one(_FIELD, {**who(actor), "id": id})


def end(tx: Tx, id: int) -> Any:
    """A card at the end of a link, whoever asks: for what is counted and told, never for what is answered."""
    return tx.one(_END, {"id": id})


def blockers() -> tuple[Any, Any, Any, Any]:
    """How many open cards block each: by card, what is counted, from where, and what is open."""
    source = card_links.join(cards, cards.c.id == card_links.c.card_id).join(lists, lists.c.id == cards.c.list_id)
    blocks = (card_links.c.kind == "blocks", card_links.c.deleted_at.is_(None))
    put_away = (cards.c.archived_at, cards.c.binned_at, lists.c.archived_at)
    open_ = (column.is_(None) for column in (cards.c.done, *put_away))
    return card_links.c.other_id, func.count(), source, and_(*blocks, *open_)


def checklist(tx: Tx, actor: Actor, id: int) -> Any:
    return _ours(tx, _CHECKLIST, checklists, {**who(actor), "id": id})


def item(tx: Tx, actor: Actor, id: int) -> Any:
    return _ours(tx, _ITEM, items, {**who(actor), "id": id})


def attachment(tx: Tx, actor: Actor, id: int) -> Any:
    return _ours(tx, _ATTACHMENT, attachments, {**who(actor), "id": id})


_LOCKED: dict[Hot, Hot] = {}


def _ours(tx: Tx, statement: Hot, table: Any, bound: dict[str, Any]) -> Any:
    # SQLite has one writer and knows no row locks.
    if tx.dialect != "postgresql":
        return tx.one(statement, bound)
    locked = _LOCKED.get(statement)
    if locked is None:
        select_: Any = statement.statement
        locked = _LOCKED.setdefault(statement, Hot(select_.with_for_update(of=table)))
    # Where another moved the card to another list while we waited for it, PostgreSQL compares the new card with the old list and finds nothing;
    # the row is ours by then, so that a second look is final.
    row = tx.first(locked, bound)
    return tx.one(locked, bound) if row is None else row
