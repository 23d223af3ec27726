"""What happened, for people: an event about many cards stands in the history of each of them, and tells there of that card alone."""

from typing import Any

from sqlalchemy import and_, or_

from board.core.journal import Entry

entries = Entry.__table__
#: of an event about many cards a board's history shows so many, and says how many there were
_SHOWN = 3


def of_card(board_id: int, card_id: int) -> Any:
    """The condition of a journal row about this card, alone or among others."""
    among = or_(*(entries.c.was.like(f'%"id":{card_id}{end}%') for end in ",}"))
    many = and_(
        entries.c.subject_type == "board", entries.c.subject_id == board_id, entries.c.type.startswith("cards."), among
    )
    return or_(and_(entries.c.subject_type == "card", entries.c.subject_id == card_id), many)


def told(entry: dict[str, Any], card_id: int | None) -> dict[str, Any]:
    """``card_id``: whose history it is; None: the board's."""
    if not entry["type"].startswith("cards."):
        return entry
    was = entry["was"]["cards"]
    shown = {card_id} if card_id is not None else {record["id"] for record in was[:_SHOWN]}
    short = {**entry, "count": len(was)}
    for part in ("put", "was"):
        cards = [record for record in entry[part].get("cards", ()) if record["id"] in shown]
        short[part] = {"cards": cards} if cards else {}
    short["drop"] = {"cards": sorted(shown)} if entry["drop"].get("cards") else {}
    return short
