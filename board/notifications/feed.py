"""What happens on boards, in threads and in groups, told to those whom it concerns: never to who did it, only to who sees it at that moment, and taken
back when its cause is undone or when she may no longer see it.

An event that concerns nobody costs nothing; one that does costs one look-up, and the writing.
"""

from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, or_, select, update

from board.boards import sees_board
from board.boards.models import boards, card_owners, cards
from board.core import command, text
from board.core.command import Change
from board.core.hot import Hot
from board.core.journal import Entry
from board.discussions.models import comments
from board.initiatives.models import groups, initiatives
from board.notifications import telling
from board.notifications.models import notices, settings
from board.people.models import Member

Event = dict[str, Any]
members, entries = Member.__table__, Entry.__table__


# ── owners ───────────────────────────────────────────────────────────────────────────────────────


@command.on(
    "card.added",
    "card.owner_asked",
    "card.owner_accepted",
    "card.owner_left",
    "card.date_accepted",
    "card.date_proposed",
)
def ask_and_answer(change: Change, event: Event) -> None:
    card_id, now, was = telling.card_of(event), _record(event), _was(event)
    now = event["known"] or now
    if card_id is None or now is None:
        return
    asked, before = set(now.get("asked_ids", ())), set(was.get("asked_ids", ()))
    me = change.actor.member_id
    if before - asked:
        _no_longer_asked(change, event["type"], card_id, before - asked, yes=me in now.get("owner_ids", ()))
    if me in asked - before:
        # She takes back her yes.
        telling.withdraw(change, _of_card(card_id, "answered"), notices.c.by == me, notices.c.read_at.is_(None))
    others = asked - before - {me}
    if others:
        found = telling.of_card(change, card_id, members.c.id.in_(others))
        _tell(change, event["type"], card_id, [(row, ("asked",)) for row in found])


def _no_longer_asked(change: Change, type: str, card_id: int, ids: set[int], *, yes: bool) -> None:
    me = change.actor.member_id
    if ids - {me}:
        unread = (notices.c.member_id.in_(ids - {me}), notices.c.read_at.is_(None))
        telling.withdraw(change, _of_card(card_id, "asked"), *unread)
    if me not in ids:
        return
    asker = _who_asked(change, card_id)
    if asker is not None:
        found = telling.of_card(change, card_id, members.c.id == asker)
        _tell(change, "card.owner_accepted" if yes else type, card_id, [(row, ("answered",)) for row in found])
    mine = change.tx.scalars(
        update(notices)
        .where(_of_card(card_id, "asked"), notices.c.member_id == me, notices.c.read_at.is_(None))
        .values(read_at=change.at)
        .returning(notices.c.id)
    )
    if mine:
        put = {"notices": [{"id": id, "read_at": change.at} for id in sorted(mine)]}
        change.record(
            "notice.answered", f"member:{me}", put=put, drop={"unread": sorted(mine)}, subject=("notice", min(mine))
        )


def _who_asked(change: Change, card_id: int) -> int | None:
    # The newest event in which somebody else made her one of the asked.
    me = change.actor.member_id
    rows = change.tx.all(
        select(entries.c.by, entries.c.text, entries.c.was)
        .where(entries.c.subject_type == "card", entries.c.subject_id == card_id, entries.c.by != me)
        .where(entries.c.type.in_(("card.added", "card.owner_asked")))
        .order_by(entries.c.at.desc(), entries.c.seq.desc())
        .limit(50)
    )
    for row in rows:
        put, was = orjson.loads(row.text)["put"], orjson.loads(row.was) if row.was else {}
        if me in _first(put).get("asked_ids", ()) and me not in _first(was).get("asked_ids", ()):
            found: int = row.by
            return found
    return None


@command.on("card.date_proposed", "card.date_dropped", "card.date_accepted")
def tell_of_dates(change: Change, event: Event) -> None:
    """To who asked: another date is proposed. To who proposed it: it is taken, or the date stays."""
    card_id, known, me = telling.card_of(event), event["known"], change.actor.member_id
    if card_id is None or known is None:
        return
    now = {p["member_id"]: p["due"] for p in known["proposals"]}
    was = {p["member_id"]: p["due"] for p in _was(event).get("proposals", ())}
    hers = (_of_card(card_id, "answered"), notices.c.by == me, notices.c.read_at.is_(None))
    if now.get(me) != was.get(me):
        telling.withdraw(change, *hers, notices.c.event == "card.date_proposed")
    if me in now and now[me] != was.get(me):
        asker = _who_asked(change, card_id)
        found = telling.of_card(change, card_id, members.c.id == asker) if asker is not None else []
        _tell(change, event["type"], card_id, [(row, ("answered",)) for row in found], detail=now[me])
    others = set(was) - set(now) - {me}
    if others:
        found = telling.of_card(change, card_id, members.c.id.in_(others))
        for row in found:
            _tell(change, event["type"], card_id, [(row, ("answered",))], detail=was[row.member_id])
    if set(now) - set(was) - {me}:
        # Taken, or let be, and undone at once.
        telling.withdraw(change, *hers, notices.c.event.in_(("card.date_accepted", "card.date_dropped")))


# ── what happens to a card of mine ───────────────────────────────────────────────────────────────


@command.on("card.moved", "card.finished")
def tell_owners(change: Change, event: Event) -> None:
    card_id, now, was = telling.card_of(event), _record(event), _was(event)
    if card_id is None or now is None:
        return
    if event["type"] == "card.moved" and ("list_id" not in now or now["list_id"] == was.get("list_id")):
        return
    known = event["known"] or (now if "number" in now else None)
    if known is not None:
        ids = set(known.get("owner_ids", ())) - set(known.get("asked_ids", ()))
        if not ids - {change.actor.member_id}:
            return
    found = telling.of_card_hot(change, card_id, _OWNERS)
    _tell(change, event["type"], card_id, [(row, ("moved",)) for row in found], with_list=True)


@command.on("card.reopened")
def take_back_finished(change: Change, event: Event) -> None:
    card_id, known = telling.card_of(event), event["known"]
    if card_id is None or (known is not None and not known["owner_ids"]):
        return
    telling.withdraw(
        change,
        _of_card(card_id, "moved"),
        notices.c.event.in_(("card.finished", "cards.finished")),
        notices.c.by == change.actor.member_id,
        notices.c.count == 1,
        notices.c.read_at.is_(None),
    )


def _accepted(card_id: Any) -> Any:
    return select(card_owners.c.member_id).where(card_owners.c.card_id == card_id, card_owners.c.asked.is_(False))


#: cards are moved more often than anything else is done
_OWNERS = Hot(
    telling.asking(members.c.id.in_(_accepted(telling.CARD)), "moved", merge=notices.c.card_id == telling.CARD)
)


# ── comments ─────────────────────────────────────────────────────────────────────────────────────


@command.on("comment.added")
def tell_of_comment(change: Change, event: Event) -> None:
    card_id = telling.card_of(event)
    if card_id is None:
        return
    said = event["put"]["comments"][0]
    mentioned = members.c.id.in_(text.mentions(said["body"]))
    before = and_(
        comments.c.thread_id == said["thread_id"], comments.c.id != said["id"], comments.c.deleted_at.is_(None)
    )
    wrote = members.c.id.in_(select(comments.c.by).where(before, comments.c.by.isnot(None)))
    owns = members.c.id.in_(_accepted(card_id))
    found = telling.of_card(
        change,
        card_id,
        or_(mentioned, wrote, owns),
        "replied",
        "commented",
        more=(mentioned.label("mentioned"), wrote.label("replied"), owns.label("commented")),
        merge=notices.c.card_id == card_id,
    )
    who = [(row, tuple(r for r in ("mentioned", "replied", "commented") if row._mapping[r])) for row in found]
    _tell(change, event["type"], card_id, who, comment_id=said["id"])


@command.on("comment.edited")
def tell_of_mentions(change: Change, event: Event) -> None:
    card_id = telling.card_of(event)
    if card_id is None:
        return
    now, was = event["put"]["comments"][0], event["was"]["comments"][0]
    mentioned, before = text.mentions(now["body"]), text.mentions(was["body"])
    if before - mentioned:
        telling.withdraw(
            change,
            _of_card(card_id, "mentioned"),
            notices.c.comment_id == now["id"],
            notices.c.member_id.in_(before - mentioned),
            notices.c.read_at.is_(None),
        )
    if mentioned - before:
        found = telling.of_card(change, card_id, members.c.id.in_(mentioned - before))
        _tell(change, event["type"], card_id, [(row, ("mentioned",)) for row in found], comment_id=now["id"])


@command.on("comment.deleted")
def take_back_comment(change: Change, event: Event) -> None:
    card_id = telling.card_of(event)
    if card_id is not None:
        alone = or_(notices.c.count == 1, notices.c.reason == "reacted")
        about = (notices.c.card_id == card_id, notices.c.comment_id == event["put"]["comments"][0]["id"])
        telling.withdraw(change, *about, alone, notices.c.read_at.is_(None))


@command.on("comment.reacted")
def tell_of_reaction(change: Change, event: Event) -> None:
    card_id = telling.card_of(event)
    if card_id is None:
        return
    now, was = event["put"]["comments"][0], event["was"]["comments"][0]
    me, id = change.actor.member_id, now["id"]
    author = members.c.id == select(comments.c.by).where(comments.c.id == id).scalar_subquery()
    found = telling.of_card(change, card_id, author, "reacted", merge=notices.c.comment_id == id, seconds=telling.DAY)
    emoji = next((e for e, ids in now["reactions"].items() if me in ids and me not in was["reactions"].get(e, ())), "")
    _tell(change, event["type"], card_id, [(row, ("reacted",)) for row in found], comment_id=id, detail=emoji)


@command.on("comment.unreacted")
def take_back_reaction(change: Change, event: Event) -> None:
    card_id, me = telling.card_of(event), change.actor.member_id
    now = event["put"]["comments"][0]
    if card_id is None or any(me in ids for ids in now["reactions"].values()):
        return
    hers = (_of_card(card_id, "reacted"), notices.c.comment_id == now["id"], notices.c.read_at.is_(None))
    telling.withdraw(change, *hers, notices.c.people == str(me))


# ── places ───────────────────────────────────────────────────────────────────────────────────────


@command.on("group.joined", "initiative.joined")
def tell_who_joined(change: Change, event: Event) -> None:
    kind, id = event["subject"]
    table = groups if kind == "group" else initiatives
    _tell_joined(change, event, table, id, [entry["id"] for entry in event["put"].get("members", ())])


@command.on("board.shared")
def tell_guest(change: Change, event: Event) -> None:
    ids = [entry["id"] for entry in event["was"]["guests"] if entry["right"] is None]
    _tell_joined(change, event, boards, event["subject"][1], ids)


def _tell_joined(change: Change, event: Event, table: Any, id: int, ids: list[int]) -> None:
    others = [member for member in ids if member != change.actor.member_id]
    if not others:
        return
    source = members.join(table, table.c.id == id).outerjoin(settings, settings.c.member_id == members.c.id)
    rows = change.tx.all(
        select(members.c.id, settings.c.off, table.c.title).select_from(source).where(members.c.id.in_(others))
    )
    place = {f"{event['subject'][0]}_id": id}
    told = [
        ({**telling.NOTHING, **place, "title": row.title, "member_id": row.id}, "joined")
        for row in rows
        if "joined" not in (row.off or "").split()
    ]
    telling.tell(change, event["type"], told)


# ── where access ends ────────────────────────────────────────────────────────────────────────────


@command.on("group.left", "initiative.left")
def forget_who_left(change: Change, event: Event) -> None:
    kind, id = event["subject"]
    left = notices.c.member_id.in_(event["drop"].get("members", ()))
    telling.withdraw(change, left, notices.c[f"{kind}_id"] == id, notices.c.reason == "joined")
    _sweep(change, left)


@command.on("board.unshared")
def forget_guests(change: Change, event: Event) -> None:
    _sweep(change, notices.c.board_id == event["subject"][1])


@command.on("group.changed", "initiative.changed")
def forget_outsiders(change: Change, event: Event) -> None:
    kind, id = event["subject"]
    if event["room"] != f"{kind}:{id}" or not event["put"][kind][0].get("closed"):
        return
    inside = boards.c.group_id == id
    if kind == "initiative":
        in_groups = select(groups.c.id).where(groups.c.initiative_id == id)
        inside = or_(boards.c.initiative_id == id, boards.c.group_id.in_(in_groups))
    _sweep(change, notices.c.board_id.in_(select(boards.c.id).where(inside)))


@command.on("member.changed")
def forget_what_guests_do_not_see(change: Change, event: Event) -> None:
    ids = [person["id"] for person in event["put"].get("members", ()) if "role" in person]
    if ids and event["room"].startswith("school:"):
        _sweep(change, notices.c.member_id.in_(ids))


@command.on("card.binned")
def forget_binned(change: Change, event: Event) -> None:
    telling.withdraw(change, notices.c.card_id == event["subject"][1])


@command.on("card.moved")
def follow_to_board(change: Change, event: Event) -> None:
    """Its notices go with it, to those who see it there too."""
    card_id, was = telling.card_of(event), _was(event)
    if card_id is None or "board_id" not in was:
        return
    there = select(cards.c.board_id).where(cards.c.id == card_id).scalar_subquery()
    _follow(change, notices.c.card_id == card_id, there)


@command.on("list.moved_over")
def follow_list_to_board(change: Change, event: Event) -> None:
    """As with one card, for all that are in the list."""
    was = event["was"]
    if was and was["cards"]:
        _follow(change, notices.c.card_id.in_([card["id"] for card in was["cards"]]), was["to"])


def _follow(change: Change, of_cards: ColumnElement[bool], there: Any) -> None:
    telling.withdraw(change, of_cards, ~sees_board(notices.c.member_id, there))
    moved = change.tx.all(
        update(notices)
        .where(of_cards)
        .values(board_id=there)
        .returning(notices.c.id, notices.c.member_id, notices.c.board_id)
    )
    for row in sorted(moved, key=lambda r: r.id):
        put = {"notices": [{"id": row.id, "board_id": row.board_id}]}
        change.record("notice.moved", f"member:{row.member_id}", put=put, subject=("notice", row.id))


def _sweep(change: Change, which: ColumnElement[bool]) -> None:
    telling.withdraw(
        change,
        notices.c.school_id == change.actor.school_id,
        which,
        notices.c.board_id.isnot(None),
        ~sees_board(notices.c.member_id, notices.c.board_id),
    )


# ── reading events ───────────────────────────────────────────────────────────────────────────────


def _tell(
    change: Change,
    event: str,
    card_id: int,
    who: list[tuple[Any, tuple[str, ...]]],
    *,
    comment_id: int | None = None,
    detail: str | None = None,
    with_list: bool = False,
) -> None:
    new = []
    for row, reasons in who:
        what = row.list if with_list else detail
        said = telling.card(row, reasons, card_id, comment_id=comment_id, detail=what)
        if said is None:
            continue
        if row.notice_id is not None and said[1] != "mentioned":
            telling.add(change, event, row, what)
        else:
            new.append(said)
    telling.tell(change, event, new)


def _record(event: Event) -> dict[str, Any] | None:
    return next((r for r in event["put"].get("cards", ()) if r["id"] == event["subject"][1]), None)


def _was(event: Event) -> dict[str, Any]:
    found = (event["was"] or {}).get("cards", ())
    return next((r for r in found if r["id"] == event["subject"][1]), {})


def _first(change: dict[str, Any]) -> dict[str, Any]:
    return next(iter(change.get("cards", ())), {})


def _of_card(card_id: int, reason: str) -> ColumnElement[bool]:
    return and_(notices.c.card_id == card_id, notices.c.reason == reason)
