"""The same of many cards at once: each person is told once, of all of hers, and not card by card."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, or_, select

from board.boards import sees_board
from board.boards.models import boards, card_owners, cards
from board.core import command
from board.core.command import Change
from board.notifications import telling
from board.notifications.models import notices, settings
from board.people.models import Member

Event = dict[str, Any]
Records = dict[int, dict[str, Any]]
members = Member.__table__


@command.on("cards.owners_changed")
def ask_and_take_back(change: Change, event: Event) -> None:
    now, was = _records(event["put"]), _records(event["was"])
    asked: dict[int, list[int]] = {}
    settled: dict[int, list[int]] = {}
    for id, record in now.items():
        before = set(was.get(id, {}).get("asked_ids", ()))
        for member in set(record["asked_ids"]) - before - {change.actor.member_id}:
            asked.setdefault(member, []).append(id)
        for member in before - set(record["asked_ids"]):
            settled.setdefault(member, []).append(id)
    if settled:
        _take_back(change, event["subject"][1], settled)
    _tell(change, event, asked, "asked")


@command.on("cards.moved", "cards.finished")
def tell_owners(change: Change, event: Event) -> None:
    now, was = _records(event["put"]), _records(event["was"])
    finished = event["type"] == "cards.finished"
    ids = [
        id for id, r in now.items() if finished or ("list_id" in r and r["list_id"] != was.get(id, {}).get("list_id"))
    ]
    _tell(change, event, _owned_by_others(change, ids), "moved")


@command.on("cards.reopened")
def take_back_finished(change: Change, event: Event) -> None:
    """Of each owner what she has not read: of single cards, and the newest that told of just so many."""
    hers = _owned_by_others(change, list(_records(event["put"])))
    if not hers:
        return
    told = change.tx.all(
        select(notices.c.id, notices.c.member_id, notices.c.card_id, notices.c.count)
        .where(
            notices.c.member_id.in_(list(hers)),
            notices.c.board_id == event["subject"][1],
            notices.c.reason == "moved",
            notices.c.event.in_(("card.finished", "cards.finished")),
            notices.c.by == change.actor.member_id,
            notices.c.read_at.is_(None),
        )
        .order_by(notices.c.id.desc())
    )
    untrue = [row.id for row in told if row.count == 1 and row.card_id in hers[row.member_id]]
    of_many: dict[int, int] = {}
    for row in told:
        if row.card_id is None and row.count == len(hers[row.member_id]):
            of_many.setdefault(row.member_id, row.id)
    untrue += of_many.values()
    if untrue:
        telling.withdraw(change, notices.c.id.in_(untrue))


def _owned_by_others(change: Change, ids: list[int]) -> dict[int, list[int]]:
    """Which of these cards are whose, without the actor and who has not said yes."""
    mine: dict[int, list[int]] = {}
    if ids:
        owned = and_(card_owners.c.card_id.in_(ids), card_owners.c.asked.is_(False))
        rows = select(card_owners.c.member_id, card_owners.c.card_id).where(
            owned, card_owners.c.member_id != change.actor.member_id
        )
        for member_id, card_id in change.tx.all(rows.order_by(card_owners.c.card_id)):
            mine.setdefault(member_id, []).append(card_id)
    return mine


@command.on("cards.binned")
def forget_binned(change: Change, event: Event) -> None:
    telling.withdraw(change, notices.c.card_id.in_(event["drop"]["cards"]))


def _take_back(change: Change, board_id: int, settled: dict[int, list[int]]) -> None:
    hers = [and_(notices.c.member_id == member, notices.c.card_id.in_(ids)) for member, ids in settled.items()]
    of_many = [
        and_(
            notices.c.member_id == member,
            notices.c.card_id.is_(None),
            notices.c.board_id == board_id,
            notices.c.count == len(ids),
        )
        for member, ids in settled.items()
    ]
    telling.withdraw(change, notices.c.reason == "asked", notices.c.read_at.is_(None), or_(*hers, *of_many))


def _tell(change: Change, event: Event, about: dict[int, list[int]], reason: str) -> None:
    """``about``: to each member of which cards. Who is told of one is led to it, who is told of several to the board."""
    if not about:
        return
    board_id = event["subject"][1]
    titles = _titles(change, [ids[0] for ids in about.values() if len(ids) == 1])
    source = members.join(boards, boards.c.id == board_id)
    source = source.outerjoin(settings, settings.c.member_id == members.c.id)
    rows = change.tx.all(
        select(members.c.id, settings.c.off, boards.c.title)
        .select_from(source)
        .where(members.c.id.in_(list(about)), sees_board(members.c.id, boards.c.id))
        .order_by(members.c.id)
    )
    told = []
    for row in rows:
        if reason in (row.off or "").split():
            continue
        ids = about[row.id]
        one = titles[ids[0]] if len(ids) == 1 else {"title": row.title}
        told.append(({**telling.NOTHING, "board_id": board_id, "member_id": row.id, "count": len(ids), **one}, reason))
    telling.tell(change, event["type"], told)


def _titles(change: Change, ids: list[int]) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    rows = change.tx.all(select(cards.c.id, cards.c.title, cards.c.thread_id).where(cards.c.id.in_(ids)))
    return {r.id: {"title": r.title, "card_id": r.id, "thread_id": r.thread_id} for r in rows}


def _records(change: dict[str, Any]) -> Records:
    found: Iterable[dict[str, Any]] = change.get("cards", ())
    return {record["id"]: record for record in found}
