"""What happened, for people: an event about many cards stands in the history of each of them, and tells there of that card alone."""

from typing import Any

import orjson
from sqlalchemy import Text, and_, case, null, or_

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


#: what is done to many cards at once → what the same is for one of them
OF_MANY = {
    "cards.added": "card.added", "list.copied": "card.added", "board.filled": "card.added",
    "cards.moved": "card.moved", "list.moved_over": "card.moved", "cards.dated": "card.changed",
    "cards.finished": "card.finished", "cards.reopened": "card.reopened", "cards.owners_changed": "card.owner_asked",
}  # fmt: skip
#: the column ``was`` of those whose cards it tells apart
WAS: Any = case((entries.c.type.in_(("cards.moved", "cards.owners_changed")), entries.c.was), else_=null().cast(Text))


def of_many(row: Any) -> dict[int, tuple[str, dict[str, Any]]]:
    """Card → what happened to it and what was put, of an event of ``OF_MANY``. ``row``: its type, by, text, and ``was`` as in ``WAS``."""
    put = orjson.loads(row.text)["put"].get("cards", ())
    type, was = OF_MANY[row.type], orjson.loads(row.was) if row.was else {}
    if row.type == "cards.owners_changed":
        before = {record["id"]: record["owner_ids"] for record in was["cards"]}
        found = {}
        for record in put:
            came = set(record["owner_ids"]) - set(before[record["id"]])
            if came:
                found[record["id"]] = ("card.owner_accepted" if came == {row.by} else type, record)
        return found
    aside = set(was.get("aside", ()))
    return {record["id"]: (type, record) for record in put if record["id"] not in aside}


def told(entry: dict[str, Any], card_id: int | None) -> dict[str, Any]:
    """``card_id``: whose history it is; None: the board's. What somebody wrote stands in its discussion, until she takes it back, and not here."""
    if "comments" in entry["put"] or "comments" in (entry["was"] or {}):
        entry = {
            **entry,
            **{part: {k: v for k, v in (entry[part] or {}).items() if k != "comments"} for part in ("put", "was")},
        }
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
