"""Another date: who is asked to own a card says until when she could. Who may change the card takes it, with her yes, or lets it be."""

from typing import Any

from flask_babel import gettext as _

from board.boards import abilities, dates, records, sight
from board.boards.commands.owners import set_proposals
from board.boards.models import Card, card_owners
from board.boards.schemas import ProposeDate
from board.core.command import Change
from board.core.errors import Conflict, Forbidden, Invalid

OWNERS = ("owner_ids", "asked_ids", "proposals")


def propose_date(change: Change, card_id: int, member_id: int, body: ProposeDate) -> dict[str, Any]:
    """Nobody speaks for another."""
    tx = change.tx
    row = sight.card(tx, change.actor, card_id, change=True)
    if member_id != change.actor.member_id:
        raise Forbidden()
    abilities.need_open(row)
    before = records.relations(tx, card_id)
    if member_id not in before["asked_ids"]:
        raise Conflict(_("You are not asked to take this card on."), data=records.full_card(tx, row))
    dates.need_order(tx, row.school_id, {"due": body.due}, row)
    wanted = {"member_id": member_id, "due": body.due, "note": body.note}
    if wanted in before["proposals"]:
        return records.full_card(tx, row)
    others = [p for p in before["proposals"] if p["member_id"] != member_id]
    set_proposals(change, card_id, sorted([*others, wanted], key=lambda p: p["member_id"]))
    return _tell(change, row, before, "card.date_proposed", {}, ("proposals",))


def drop_date(change: Change, card_id: int, member_id: int) -> dict[str, Any]:
    """By herself, or by who may change the card: she is still asked."""
    tx = change.tx
    row = sight.card(tx, change.actor, card_id, change=True)
    if member_id != change.actor.member_id:
        abilities.need(change.actor, row, "drop_date")
    abilities.need_open(row)
    before = records.relations(tx, card_id)
    if all(p["member_id"] != member_id for p in before["proposals"]):
        return records.full_card(tx, row)
    set_proposals(change, card_id, [p for p in before["proposals"] if p["member_id"] != member_id])
    return _tell(change, row, before, "card.date_dropped", {}, ("proposals",))


def accept_date(change: Change, card_id: int, member_id: int) -> dict[str, Any]:
    """The card is due then, and she has said yes: one change."""
    tx = change.tx
    row = sight.card(tx, change.actor, card_id, change=True)
    abilities.need(change.actor, row, "accept_date")
    before = records.relations(tx, card_id)
    hers = next((p for p in before["proposals"] if p["member_id"] == member_id), None)
    if hers is None or member_id not in before["asked_ids"]:
        raise Conflict(_("No other date is proposed for this card."), data=records.full_card(tx, row))
    try:
        dates.need_order(tx, row.school_id, {"due": hers["due"]}, row)
    except Invalid:
        raise Conflict(
            _("The card starts after that date. Move its start first."), data=records.full_card(tx, row)
        ) from None
    _answer(change, card_id, [member_id], asked=False)
    set_proposals(change, card_id, [p for p in before["proposals"] if p["member_id"] != member_id])
    given = {"due": hers["due"]}
    tx.update(Card, card_id, **given)
    return _tell(change, row, before, "card.date_accepted", given, OWNERS)


def put_back(change: Change, row: Any, old: dict[str, Any], type: str) -> dict[str, Any]:
    """Undoes one of these: what was proposed, asked and due, as it was."""
    before = records.relations(change.tx, row.id)
    given = {"due": old["due"]} if "due" in old else {}
    dates.need_old_order(change.tx, row, given, records.full_card(change.tx, row))
    if "asked_ids" in old:
        again = sorted(set(old["asked_ids"]) - set(before["asked_ids"]))
        _answer(change, row.id, again, asked=True)
        _answer(change, row.id, sorted(set(before["asked_ids"]) - set(old["asked_ids"])), asked=False)
    set_proposals(change, row.id, old["proposals"])
    if given:
        change.tx.update(Card, row.id, **given)
    names = OWNERS if "asked_ids" in old else ("proposals",)
    return _tell(change, row, before, type, given, names)


def _answer(change: Change, card_id: int, member_ids: list[int], *, asked: bool) -> None:
    if member_ids:
        change.tx.execute(
            card_owners.update()
            .where(card_owners.c.card_id == card_id, card_owners.c.member_id.in_(member_ids))
            .values(asked=asked)
        )


def _tell(
    change: Change, row: Any, before: dict[str, Any], type: str, given: dict[str, Any], names: tuple[str, ...]
) -> dict[str, Any]:
    now = records.relations(change.tx, row.id)
    fields = {**{name: now[name] for name in names}, **given}
    was = {"id": row.id, **{name: before[name] for name in names}, **{name: getattr(row, name) for name in given}}
    put = {"cards": [{"id": row.id, **fields}]} if records.is_shown(row) else {}
    record = {**records.full_card(change.tx, row), **given}
    change.record(
        type, f"board:{row.board_id}", put=put, subject=("card", row.id), was={"cards": [was]}, known=record
    )  # fmt: skip
    return record
