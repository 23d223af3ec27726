"""Links between cards. One card blocks another (which then waits for it), relates to it, or duplicates it.

A link between cards of two boards stands in the rooms of both, with nothing but ids: who may read the other card asks for its title herself.
"""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, func, or_, select

from board.boards import abilities, records, sight
from board.boards.models import CardLink, card_links
from board.boards.records import is_shown
from board.boards.schemas import AddLink
from board.core.command import Change
from board.core.errors import Conflict, Invalid, NotSeen

MOST_LINKS = 100
#: so far the ways from a card through those it blocks are followed
MOST_ON_THE_WAY = 10_000
_STANDING = card_links.c.deleted_at.is_(None)


def add_link(change: Change, card_id: int, body: AddLink) -> dict[str, Any]:
    """``waits`` is ``blocks`` said from the other end. Who says that a card waits must be allowed to change that card."""
    actor, tx = change.actor, change.tx
    card = sight.card(tx, actor, card_id, change=True)
    abilities.need(actor, card, "add_link")
    if body.other_id == card_id:
        raise Invalid.field("other_id", _("A card cannot be linked to itself."))
    other = sight.card(tx, actor, body.other_id)
    if body.kind == "blocks":
        abilities.need(actor, other, "add_link")
    first, second = (other.id, card.id) if body.kind == "waits" else (card.id, other.id)
    kind = "blocks" if body.kind == "waits" else body.kind
    present = tx.first(select(card_links).where(_STANDING, card_links.c.kind == kind, _same(first, second, kind)))
    if present is not None:
        return records.link_record(present)
    for end in (first, second):
        if tx.scalar(select(func.count()).select_from(card_links).where(_STANDING, _of(end))) >= MOST_LINKS:
            raise Conflict(_("A card may have %(most_links)s links.", most_links=MOST_LINKS))
    if kind == "blocks":
        _refuse_circle(change, first, second)
    values = {"card_id": first, "other_id": second, "kind": kind, "by": actor.member_id, "at": change.at}
    id = tx.insert(CardLink, school_id=actor.school_id, **values)
    link = SimpleNamespace(id=id, **values)
    tell(change, card, link, "link.added")
    return records.link_record(link)


def _same(first: int, second: int, kind: str) -> Any:
    there = and_(card_links.c.card_id == first, card_links.c.other_id == second)
    if kind != "relates":
        return there
    return or_(there, and_(card_links.c.card_id == second, card_links.c.other_id == first))


def _of(card_id: int) -> Any:
    return or_(card_links.c.card_id == card_id, card_links.c.other_id == card_id)


def remove_link(change: Change, id: int) -> dict[str, Any]:
    """By whoever may change the card at one of its ends, and sees the board of the other: the link goes from there too."""
    link, card = end_of(change, id)
    change.tx.update(CardLink, id, deleted_at=change.at)
    tell(change, card, link, "link.removed")
    return records.link_record(link)


def bring_back(change: Change, link: Any, card: Any) -> dict[str, Any]:
    """Undoes a removal."""
    if link.kind == "blocks":
        _refuse_circle(change, link.card_id, link.other_id)
    change.tx.update(CardLink, link.id, deleted_at=None)
    tell(change, card, link, "link.restored")
    return records.link_record(link)


def end_of(change: Change, id: int, *, removed: bool = False) -> tuple[Any, Any]:
    """A link, and the card at one of its ends that the actor may change.

    Raises:
        NotSeen: she sees neither end, or one of them stands on a board that is hidden from her. Forbidden: she may change neither.
    """
    tx, actor = change.tx, change.actor
    standing = card_links.c.deleted_at.isnot(None) if removed else _STANDING
    link = tx.one(select(card_links).where(card_links.c.id == id, standing, card_links.c.school_id == actor.school_id))
    seen = []
    for end in (link.card_id, link.other_id):
        try:
            seen.append(sight.card(tx, actor, end))
        except NotSeen:
            # In the bin, or hidden: only the first is hers to see.
            sight.board(tx, actor, sight.end(tx, end).board_id)
    if not seen:
        raise NotSeen()
    mine = [card for card in seen if "remove_link" in abilities.now(actor, card)] or seen
    abilities.need(actor, mine[0], "remove_link")
    return link, mine[0]


def tell(change: Change, card: Any, link: Any, type: str) -> None:
    """To the room of this card; the room of the other hears of it by a feed, for the actor may not be there."""
    ends = [card]
    room = f"board:{card.board_id}"
    if not is_shown(card):
        far = sight.end(change.tx, link.other_id if card.id == link.card_id else link.card_id)
        ends = [far] if far.board_id == card.board_id else ends
    change.record(
        type,
        room,
        **shown_to(link, ends, gone=type == "link.removed"),
        subject=("card", card.id),
        was={"links": [{"id": link.id, "card_id": link.card_id, "other_id": link.other_id}]},
    )


def shown_to(link: Any, ends: list[Any], *, gone: bool) -> dict[str, Any]:
    if not any(is_shown(end) for end in ends):
        return {}
    return {"drop": {"links": [link.id]}} if gone else {"put": {"links": [records.link_record(link)]}}


def _refuse_circle(change: Change, first: int, second: int) -> None:
    """Raises Conflict with the cards on the way, when the second already blocks the first, directly or through others."""
    tx, came_from, edge = change.tx, {second: 0}, [second]
    while edge and first not in came_from and len(came_from) < MOST_ON_THE_WAY:
        query = select(card_links.c.card_id, card_links.c.other_id).where(
            _STANDING, card_links.c.kind == "blocks", card_links.c.card_id.in_(edge)
        )
        edge = []
        for blocker, blocked in tx.all(query.order_by(card_links.c.id)):
            if blocked not in came_from:
                came_from[blocked] = blocker
                edge.append(blocked)
    if first not in came_from:
        return
    way = [first]
    while way[-1] != second:
        way.append(came_from[way[-1]])
    path = [_as_she_sees(change, id) for id in [first, *reversed(way)]]
    raise Conflict(_("Then these cards would wait for each other, and none could begin."), data={"path": path})


def _as_she_sees(change: Change, id: int) -> dict[str, Any]:
    try:
        row = sight.card(change.tx, change.actor, id)
    except NotSeen:
        return {"id": id, "number": None, "title": None}
    return {"id": id, "number": row.number, "title": row.title}
