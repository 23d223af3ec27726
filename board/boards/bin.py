"""The bin is emptied once a day: what has been in it for 30 days goes for good. What happened stays in the journal, and cards that were linked with
it hear that they are not any more."""

from typing import Any

from sqlalchemy import or_, select

from board import discussions
from board.boards import sight
from board.boards.models import card_links, cards
from board.boards.records import is_shown
from board.core import command, jobs, times
from board.core.access import Actor
from board.core.command import Change
from board.core.db import Tx, reading
from board.core.errors import NotSignedIn
from board.core.removal import remove
from board.people.models import Member

members = Member.__table__
KEPT_DAYS = 30
DAY_S = 24 * 3600
#: so many cards go in one transaction
_AT_ONCE = 200


@jobs.handler("empty_bin", every_s=DAY_S)
def empty_bin(arguments: dict[str, Any]) -> None:
    until = times.later(-KEPT_DAYS * DAY_S)
    with reading() as tx:
        old = select(cards.c.school_id).where(cards.c.binned_at <= until)
        schools = tx.scalars(old.distinct().order_by(cards.c.school_id))
    for school_id in schools:
        more = True
        while more:
            with reading() as tx:
                actor = _on_behalf(tx, school_id)
            try:
                more = actor is not None and command.perform(actor, _remove_some, until).record == _AT_ONCE
            except NotSignedIn:
                # She left a moment ago: somebody else is found.
                continue


def _on_behalf(tx: Tx, school_id: int) -> Actor | None:
    """It is written in some member's right, and told as done by nobody."""
    there = (members.c.school_id == school_id, members.c.active)
    query = select(members.c.id, members.c.role, members.c.name).where(*there)
    found = tx.first(query.order_by(members.c.role != "admin", members.c.id).limit(1))
    return None if found is None else Actor(found.id, school_id, found.role, found.name)


def _remove_some(change: Change, until: str) -> int:
    tx = change.tx
    jobs.renew(tx)
    mine = (cards.c.school_id == change.actor.school_id, cards.c.binned_at <= until)
    old = select(cards.c.id).where(*mine).order_by(cards.c.id).limit(_AT_ONCE)
    # Whoever takes one out at this moment holds its row: it is not ours any more.
    ids = tx.scalars(old.with_for_update(skip_locked=True) if tx.dialect == "postgresql" else old)
    if ids:
        _unlink(change, ids)
        discussions.remove_threads(tx, "card", ids)
        remove(tx, cards, cards.c.id.in_(ids))
    return len(ids)


def _unlink(change: Change, ids: list[int]) -> None:
    """Tells the other ends of their links: one event for each card that stays."""
    tx = change.tx
    query = select(card_links).where(or_(card_links.c.card_id.in_(ids), card_links.c.other_id.in_(ids)))
    # All of them are ours first, also those that were taken away: somebody may be bringing one back.
    links = tx.all((query.with_for_update() if tx.dialect == "postgresql" else query).order_by(card_links.c.id))
    gone: dict[int, list[int]] = {}
    for link in links:
        if link.deleted_at is None:
            for far in {link.card_id, link.other_id} - set(ids):
                gone.setdefault(far, []).append(link.id)
    for id, link_ids in gone.items():
        far = sight.end(tx, id)
        drop = {"links": link_ids} if is_shown(far) else {}
        change.record("card.unlinked", f"board:{far.board_id}", drop=drop, subject=("card", id), by=None)
