"""Owners of a card. Who takes it herself owns it; who is given it by somebody else is asked first."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from board.boards import abilities, audience, records, roster, sight
from board.boards.models import CardOwner, CardProposal, card_owners, card_proposals
from board.boards.schemas import MOST_OWNERS
from board.core.command import Change
from board.core.errors import Conflict, Invalid, NotSeen
from board.people.models import Member

members = Member.__table__


def set_owner(change: Change, card_id: int, member_id: int) -> dict[str, Any]:
    """Gives the card to somebody, takes it, or says yes to having been asked."""
    tx, actor = change.tx, change.actor
    row = sight.card(tx, actor, card_id, change=True)
    abilities.need_open(row)
    mine = member_id == actor.member_id
    present = tx.first(
        select(card_owners.c.asked).where(card_owners.c.card_id == card_id, card_owners.c.member_id == member_id)
    )
    if mine and present is not None:
        if not present.asked:
            return records.full_card(tx, row)
        before = records.relations(tx, card_id)
        tx.execute(
            card_owners.update()
            .where(card_owners.c.card_id == card_id, card_owners.c.member_id == member_id)
            .values(asked=False)
        )
        return tell(change, row, before, "card.owner_accepted")
    people = _people(change, row.board_id, [member_id])
    abilities.need(actor, row, "add_comment" if mine and row.help_minutes and not row.done else "set_owner")
    _check_sight(change, row.board_id, people, "owner_ids")
    if present is not None:
        return records.full_card(tx, row)
    before = records.relations(tx, card_id)
    if len(before["owner_ids"]) >= MOST_OWNERS:
        raise Conflict(
            _("A card may have %(most_owners)s owners.", most_owners=MOST_OWNERS), data=records.full_card(tx, row)
        )
    ask(change, card_id, [member_id])
    return tell(change, row, before, "card.owner_accepted" if mine else "card.owner_asked")


def remove_owner(change: Change, card_id: int, member_id: int) -> dict[str, Any]:
    """Takes the card from somebody, or says no to having been asked."""
    tx, actor = change.tx, change.actor
    row = sight.card(tx, actor, card_id, change=True)
    if member_id != actor.member_id:
        abilities.need(actor, row, "remove_owner")
    abilities.need_open(row)
    before = records.relations(tx, card_id)
    if member_id not in before["owner_ids"]:
        return records.full_card(tx, row)
    tx.delete(CardOwner, card_owners.c.card_id == card_id, card_owners.c.member_id == member_id)
    return tell(change, row, before, "card.owner_left")


def ask(change: Change, card_id: int, member_ids: list[int]) -> None:
    """Adds owners; all but the actor are asked."""
    me = change.actor.member_id
    rows = [
        {"card_id": card_id, "member_id": id, "school_id": change.actor.school_id, "asked": id != me, "at": change.at}
        for id in member_ids
    ]
    change.tx.insert_all(CardOwner, rows)


def tell(
    change: Change, row: Any, before: dict[str, Any], type: str, *, proposals: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """Says how owners changed, to the board and to who is concerned: a person is listed as long as a card shows her. Who is asked no longer,
    or anew, has proposed no other date; ``proposals``: those that stand again."""
    tx = change.tx
    now = records.relations(tx, row.id)
    fields = {"owner_ids": now["owner_ids"], "asked_ids": now["asked_ids"]}
    old = {"owner_ids": before["owner_ids"], "asked_ids": before["asked_ids"]}
    if proposals is None:
        still = set(now["asked_ids"]) & set(before["asked_ids"])
        proposals = [p for p in before["proposals"] if p["member_id"] in still]
    if proposals != before["proposals"]:
        set_proposals(change, row.id, proposals)
        fields["proposals"], old["proposals"] = proposals, before["proposals"]
    was = {"cards": [{"id": row.id, **old}]}
    put: dict[str, Any] = {}
    drop: dict[str, list[int]] = {}
    if records.is_shown(row):
        came = sorted(set(now["owner_ids"]) - set(before["owner_ids"]))
        put = {"cards": [{"id": row.id, **fields}], **roster.shown(tx, row.board_id, came)}
        drop = roster.gone(tx, row.board_id, sorted(set(before["owner_ids"]) - set(now["owner_ids"])))
    change.record(type, f"board:{row.board_id}", put=put, drop=drop, subject=("card", row.id), was=was, known=fields)
    return records.full_card(tx, row)


def set_proposals(change: Change, card_id: int, proposals: list[dict[str, Any]]) -> None:
    """These stand on the card, and no others."""
    tx, of = change.tx, card_proposals.c
    since = {row.member_id: row.at for row in tx.all(select(of.member_id, of.at).where(of.card_id == card_id))}
    tx.delete(CardProposal, of.card_id == card_id)
    blank = {"card_id": card_id, "school_id": change.actor.school_id}
    tx.insert_all(CardProposal, [{**blank, **p, "at": since.get(p["member_id"], change.at)} for p in proposals])


def check_owners(change: Change, board_id: int, ids: list[int], field: str = "owner_ids") -> None:
    """Owners must be active members of the school who see the board themselves.

    Raises:
        NotSeen: no such member. Invalid: she cannot see the board.
    """
    _check_sight(change, board_id, _people(change, board_id, ids), field)


def _people(change: Change, board_id: int, ids: list[int]) -> dict[int, str]:
    """Names of those of them who are not the actor. A guest knows nobody but those whom the board lists."""
    others = {id for id in ids if id != change.actor.member_id}
    if not others:
        return {}
    there = (members.c.id.in_(others), members.c.school_id == change.actor.school_id, members.c.active)
    people = {p.id: p.name for p in change.tx.all(select(members.c.id, members.c.name).where(*there))}
    known = set(people)
    if change.actor.is_guest and not change.takes_back:
        known &= roster.among(change.tx, board_id, list(others))
    if others - known:
        raise NotSeen(_("There is no such member in this school."))
    return people


def _check_sight(change: Change, board_id: int, people: dict[int, str], field: str) -> None:
    if not people:
        return
    see = select(members.c.id).where(members.c.id.in_(people), audience.sees_board(members.c.id, board_id))
    blind = sorted(people.keys() - set(change.tx.scalars(see)))
    if blind:
        raise Invalid.field(
            field, f"{people[blind[0]]} does not see this board. Make her a member or share the board first."
        )
