"""Items of checklists: who is put down for one is told so, and no longer once it is taken from her."""

from typing import Any

from sqlalchemy import select

from board.boards.models import checklists, items
from board.core import command
from board.core.command import Change
from board.notifications import telling
from board.notifications.models import notices
from board.people.models import Member

Event = dict[str, Any]
members = Member.__table__


@command.on("item.changed")
def tell_who_is_named(change: Change, event: Event) -> None:
    card_id, item = telling.card_of(event), event["known"]
    if card_id is None or item is None:
        return
    before, now, me = event["was"]["items"][0]["owner_id"], item["owner_id"], change.actor.member_id
    if before:
        unread = (notices.c.item_id == item["id"], notices.c.member_id == before, notices.c.read_at.is_(None))
        telling.withdraw(change, *unread)
    if now and now != me:
        for row in telling.of_card(change, card_id, members.c.id == now):
            said = telling.item(row, "named", card_id, item["id"], item["title"], detail=row.title)
            telling.tell(change, event["type"], [said] if said else [])


@command.on("card.added")
def tell_who_is_named_on_a_copy(change: Change, event: Event) -> None:
    """Each once, however many items of it are hers. What comes again by itself was said once and for all."""
    card_id = telling.card_of(event)
    if card_id is None or event["by"] is None or not any(card.get("item_count") for card in event["put"]["cards"]):
        return
    named = _named(change, card_id)
    told = []
    for row in telling.of_card(change, card_id, members.c.id.in_(named)) if named else ():
        hers = named[row.member_id]
        one = telling.item(row, "named", card_id, hers[0].id, hers[0].title, detail=row.title)
        many = telling.card(row, ("named",), card_id, count=len(hers))
        told.append(one if len(hers) == 1 else many)
    telling.tell(change, event["type"], [said for said in told if said])


@command.on("item.deleted", "checklist.deleted")
def forget_deleted(change: Change, event: Event) -> None:
    if event["known"]["named"]:
        telling.withdraw(change, notices.c.item_id.in_(event["known"]["named"]))


def _named(change: Change, card_id: int) -> dict[int, list[Any]]:
    there = (items.c.card_id == card_id, items.c.deleted_at.is_(None), checklists.c.deleted_at.is_(None))
    others = (items.c.owner_id.isnot(None), items.c.owner_id != change.actor.member_id)
    query = select(items.c.id, items.c.title, items.c.owner_id).join(
        checklists, checklists.c.id == items.c.checklist_id
    )
    found: dict[int, list[Any]] = {}
    for row in change.tx.all(query.where(*there, *others).order_by(items.c.id)):
        found.setdefault(row.owner_id, []).append(row)
    return found
