"""Writes what is new: a hidden board, its lists and labels, cards with all that hangs on them. Whole tables at a time, in small transactions.

Each thing has its event in the board's room, with the time it had where it came from: reports and progress read the journal.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import bindparam, func, insert, or_, select

from board import discussions
from board.boards import MOST_OPEN_CARDS, ordering, records, roster
from board.boards.commands.boards import make_board
from board.boards.commands.fields import MOST_FIELDS, MOST_SHOWN
from board.boards.commands.labels import MOST_LABELS
from board.boards.commands.lists import MOST_LISTS
from board.boards.models import (
    CardField,
    CardLabel,
    CardOwner,
    Checklist,
    Field,
    Label,
    List,
    attachments,
    board_commenters,
    cards,
    fields,
    items,
    lists,
)
from board.boards.schemas import MakeBoard
from board.core import position
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict
from board.exchange import fit
from board.exchange.commands import sources
from board.exchange.fit import Fitted
from board.exchange.models import Import, import_sources, imports
from board.people.models import School

_schools = School.__table__
_SET_THREAD = cards.update().where(cards.c.id == bindparam("of")).values(thread_id=bindparam("thread"))
COUNTS = (
    "lists",
    "cards",
    "archived_cards",
    "labels",
    "checklists",
    "items",
    "item_owners",
    "item_dates",
    "comments",
    "attachments",
    "custom_fields",
)


ITEM_FIELDS = ("title", "done", "due", "owner_id")


@dataclass(frozen=True)
class ListHere:
    id: int
    archived_at: str | None


@dataclass(frozen=True)
class FieldHere:
    id: int
    kind: str
    #: of a choice: id there → id here
    options: dict[str, int]


@dataclass
class Place:
    """The board under way: where its lists are, and which labels and fields it has, by their ids there."""

    board_id: int
    lists: dict[str, ListHere] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)
    fields: dict[str, FieldHere] = field(default_factory=dict)
    #: the newest position in each list, while a new board is filled from top to bottom
    last: dict[int, str] = field(default_factory=dict)


def begin(change: Change, row: Any, header: dict[str, Any]) -> Place:
    """A hidden board with its lists and labels."""
    tx = change.tx
    _check_size(header)
    if header["id"]:
        # Of two that were started together the first goes on, so that they do not refuse each other; one that has begun goes on in any case.
        other = (
            imports.c.source_board == header["id"],
            imports.c.state == "writing",
            imports.c.id != row.id,
            or_(imports.c.id < row.id, imports.c.board_id.isnot(None)),
        )
        same = (
            imports.c.group_id.is_not_distinct_from(row.group_id),
            imports.c.initiative_id.is_not_distinct_from(row.initiative_id),
        )
        if tx.first(select(imports.c.id).where(imports.c.school_id == row.school_id, *other, *same)):
            raise Conflict(_("This board is being imported already."))
    body = MakeBoard(
        title=fit.title(header["title"] or _("Trello board")), group_id=row.group_id, initiative_id=row.initiative_id
    )
    board = make_board(change, body, hidden=True)
    tx.update(Import, row.id, board_id=board["id"], again=False)
    place = Place(board["id"])
    # No source for the board as long as it is not whole: an import again must not find half of one.
    make_lists(change, place, header["lists"])
    make_labels(change, place, header["labels"])
    make_fields(change, place, header.get("fields", ()))
    return place


def begun(tx: Tx, board_id: int) -> Place:
    """The hidden board of a try before this one."""
    t, place = import_sources, Place(board_id)
    of_board = (t.c.board_id == board_id, t.c.kind.in_(("list", "label", "field")))
    query = select(t.c.kind, t.c.source_id, t.c.our_id, t.c.seen, lists.c.archived_at).select_from(
        t.outerjoin(lists, (t.c.kind == "list") & (lists.c.id == t.c.our_id))
    )
    for row in tx.all(query.where(*of_board)):
        if row.kind == "list":
            place.lists[row.source_id] = ListHere(row.our_id, row.archived_at)
        elif row.kind == "field":
            place.fields[row.source_id] = field_here(row.our_id, orjson.loads(row.seen))
        else:
            place.labels[row.source_id] = row.our_id
    return place


def make_lists(change: Change, place: Place, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """At the end, in the order given."""
    tx, room = change.tx, f"board:{place.board_id}"
    last = tx.scalar(
        select(lists.c.position).where(lists.c.board_id == place.board_id).order_by(lists.c.position.desc()).limit(1)
    )
    made, kept = [], []
    for source in found:
        last = position.between(last, None)
        fitted = fit.list_(source)
        archived_at = change.at if source["archived"] else None
        values = {**fitted, "position": last, "done": False, "wip_hard": False, "colour": None}
        id = tx.insert(
            List, school_id=change.actor.school_id, board_id=place.board_id, archived_at=archived_at, **values
        )
        record = records.list_record(SimpleNamespace(id=id, **values))
        put = {} if archived_at else {"lists": [record]}
        change.record("list.added", room, put=put, subject=("list", id), source_at=source["created_at"])
        place.lists[source["id"]] = ListHere(id, archived_at)
        kept.append(
            ("list", source["id"], id, sources.marks({**fitted, "archived": source["archived"], "pos": source["pos"]}))
        )
        made.append(record)
    sources.keep(tx, place.board_id, kept)
    return made


def make_labels(change: Change, place: Place, found: Sequence[dict[str, Any]]) -> None:
    tx, kept = change.tx, []
    for source in found[:MOST_LABELS]:
        fitted = fit.label(source)
        id = tx.insert(Label, school_id=change.actor.school_id, board_id=place.board_id, **fitted)
        put = {"labels": [{"id": id, **fitted}]}
        change.record("label.added", f"board:{place.board_id}", put=put, subject=("label", id))
        place.labels[source["id"]] = id
        kept.append(("label", source["id"], id, sources.marks(fitted)))
    sources.keep(tx, place.board_id, kept)


def make_fields(change: Change, place: Place, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Behind those that are there, in the order given, as many as a board may have."""
    if not found:
        return []
    tx, board_id = change.tx, place.board_id
    there = (fields.c.board_id == board_id, fields.c.deleted_at.is_(None))
    many = tx.scalar(select(func.count()).select_from(fields).where(*there))
    shown = tx.scalar(select(func.count()).select_from(fields).where(*there, fields.c.shown))
    last, made, kept = ordering.of_fields.last(tx, board_id), [], []
    for source in found[: max(0, MOST_FIELDS - many)]:
        fitted = fit.field_(source)
        front = source["front"] and shown < MOST_SHOWN
        shown += front
        values = {**fitted, "options": orjson.dumps(fitted["options"]).decode(), "shown": front, "position": last}
        id = tx.insert(Field, school_id=change.actor.school_id, board_id=board_id, **values)
        record = records.field_record(SimpleNamespace(id=id, **values))
        change.record("field.added", f"board:{board_id}", put={"fields": [record]}, subject=("field", id))
        seen = field_seen(source)
        place.fields[source["id"]] = field_here(id, seen)
        kept.append(("field", source["id"], id, seen))
        made.append(record)
        last = position.between(last, None)
    sources.keep(tx, board_id, kept)
    return made


def field_seen(source: dict[str, Any]) -> sources.Seen:
    options = {o["id"]: n for n, o in enumerate(source["options"], 1)}
    return {**sources.marks({"title": source["title"]}), "kind": source["kind"], "options": options}


def field_here(id: int, seen: sources.Seen) -> FieldHere:
    return FieldHere(id, seen["kind"], seen["options"])


def values_of(place: Place, f: Fitted) -> dict[int, Any]:
    """What the card says in the board's fields, in our ids."""
    found = {}
    for there, value in f.values.items():
        field_ = place.fields.get(there)
        ours = field_.options.get(value) if field_ and field_.kind == "choice" else value
        if field_ and ours is not None:
            found[field_.id] = ours
    return found


def make_cards(change: Change, place: Place, found: Sequence[Fitted]) -> dict[str, int]:
    """New cards with everything on them; returns how many of each kind were made."""
    if not found:
        return count_of(found)
    tx, school = change.tx, change.actor.school_id
    first = tx.scalar(
        _schools.update()
        .where(_schools.c.id == school)
        .values(card_number=_schools.c.card_number + len(found))
        .returning(_schools.c.card_number)
    ) - len(found)
    rows = [_card_row(change, place, f, first + n + 1) for n, f in enumerate(found)]
    # By number, not by the order of the parameters: SQLite would be asked row by row for that.
    of_number = {row.number: row.id for row in tx.execute(insert(cards).returning(cards.c.number, cards.c.id), rows)}
    ids = [of_number[row["number"]] for row in rows]
    thread_ids = discussions.open_threads(change, "card", ids)
    for row, id in zip(rows, ids, strict=True):
        row["id"], row["thread_id"] = id, thread_ids[id]
    tx.execute(_SET_THREAD, [{"of": id, "thread": thread} for id, thread in thread_ids.items()])
    _hang_on(change, place, found, ids, thread_ids)
    _tell(change, place, found, rows)
    kept = [("card", f.id, id, seen_of(f)) for f, id in zip(found, ids, strict=True)]
    sources.keep(tx, place.board_id, kept)
    return count_of(found)


def count_of(found: Sequence[Fitted]) -> dict[str, int]:
    """How many of each kind these cards bring."""
    return {
        **dict.fromkeys(COUNTS, 0),
        "cards": len(found),
        "archived_cards": sum(f.card["archived"] for f in found),
        "checklists": sum(len(f.checklists) for f in found),
        **count_of_items([i for f in found for c in f.checklists for i in c["items"]]),
        "comments": sum(len(f.comments) for f in found),
        "attachments": sum(len(f.attachments) for f in found),
    }


def count_of_items(found: Sequence[dict[str, Any]]) -> dict[str, int]:
    owned, dated = (sum(bool(item[name]) for item in found) for name in ("owner_id", "due"))
    return {"items": len(found), "item_owners": owned, "item_dates": dated}


def seen_of(f: Fitted) -> sources.Seen:
    """What a card says, field by field, and as a whole with all that hangs on it."""
    card = {k: v for k, v in f.card.items() if k not in ("created_at", "archived_at")}
    whole = [card, f.list_id, f.labels, f.owners, f.checklists, f.comments, f.attachments]
    if f.values:
        whole.append(f.values)
    return {
        **sources.marks(card),
        "list": f.list_id,
        "labels": f.labels,
        "owners": f.owners,
        "values": sources.marks(f.values),
        "whole": sources.mark(whole),
    }


def make_checklists(
    change: Change, board_id: int, card_id: int, found: Sequence[dict[str, Any]]
) -> list[tuple[int, list[Any]]]:
    """Checklists with their items, behind those that are there; returns (id, item rows) of each."""
    tx, school = change.tx, change.actor.school_id
    last = ordering.of_checklists.last(tx, card_id) if found else ""
    made, kept = [], []
    for checklist in found:
        values = {"school_id": school, "card_id": card_id, "title": checklist["title"], "position": last}
        id = tx.insert(Checklist, **values)
        last = position.between(last, None)
        places = position.spread(len(checklist["items"]))
        rows = [
            {
                "school_id": school,
                "card_id": card_id,
                "checklist_id": id,
                **{name: i[name] for name in ITEM_FIELDS},
                "position": p,
            }
            for i, p in zip(checklist["items"], places, strict=True)
        ]
        ids = (
            tx.execute(insert(items).returning(items.c.id, sort_by_parameter_order=True), rows).scalars()
            if rows
            else ()
        )
        kept.append(("checklist", checklist["id"], id, sources.marks({"title": checklist["title"]})))
        for item, row, item_id in zip(checklist["items"], rows, ids, strict=True):
            row["id"] = item_id
            kept.append(("item", item["id"], item_id, item_seen(item)))
        made.append((id, rows))
    sources.keep(tx, board_id, _once(kept))
    return made


def item_seen(item: dict[str, Any]) -> sources.Seen:
    return sources.marks({**{name: item[name] for name in ITEM_FIELDS}, "done": bool(item["done"])})


def make_attachments(change: Change, board_id: int, card_id: int, found: Sequence[dict[str, Any]]) -> list[int]:
    tx, school = change.tx, change.actor.school_id
    rows = [
        {
            "school_id": school,
            "card_id": card_id,
            "title": a["title"],
            "url": a["url"],
            "by": None,
            "at": a["at"] or change.at,
        }
        for a in found
    ]
    ids = (
        list(tx.execute(insert(attachments).returning(attachments.c.id, sort_by_parameter_order=True), rows).scalars())
        if rows
        else []
    )
    kept = [("attachment", a["id"], id, sources.marks({"url": a["url"]})) for a, id in zip(found, ids, strict=True)]
    sources.keep(tx, board_id, _once(kept))
    return ids


def make_comments(change: Change, board_id: int, thread_id: int, found: Sequence[dict[str, Any]]) -> list[int]:
    """The writers who are members are listed on the board from now on."""
    tx = change.tx
    rows = [{k: v for k, v in c.items() if k != "id"} | {"thread_id": thread_id} for c in found]
    ids = discussions.bring_comments(change, rows)
    kept = [("comment", c["id"], id, sources.marks({"body": c["body"]})) for c, id in zip(found, ids, strict=True)]
    sources.keep(tx, board_id, _once(kept))
    return ids


def list_writers(change: Change, board_id: int, writers: set[int]) -> list[int]:
    """Enters who commented; returns those who were not entered yet."""
    new = []
    for id in sorted(writers):
        values = {"board_id": board_id, "member_id": id, "school_id": change.actor.school_id}
        if change.tx.upsert(board_commenters, values):
            new.append(id)
    return new


def finish(change: Change, place: Place, header: dict[str, Any]) -> None:
    """The board is whole: a later import may find it. (``show_board`` lets people see it.)"""
    if header["id"]:
        seen = sources.marks({"title": header["title"]})
        sources.keep(change.tx, place.board_id, [("board", header["id"], place.board_id, seen)])


def _check_size(header: dict[str, Any]) -> None:
    if sum(not x["archived"] for x in header["lists"]) > MOST_LISTS:
        raise Conflict(_("A board may have %(most_lists)s lists. Archive some first.", most_lists=MOST_LISTS))
    if header["found"]["cards"] - header["found"]["archived_cards"] > MOST_OPEN_CARDS:
        raise Conflict(too_many_cards())


def too_many_cards() -> str:
    said: str = _(
        "A board may have %(most_open_cards)s open cards. Archive some first.",
        most_open_cards=format(MOST_OPEN_CARDS, ","),
    )
    return said


def _card_row(change: Change, place: Place, f: Fitted, number: int) -> dict[str, Any]:
    list_id = place.lists[f.list_id].id
    if list_id not in place.last:
        place.last[list_id] = end_of(change, list_id)
    else:
        place.last[list_id] = position.between(place.last[list_id], None)
    values = {k: f.card[k] for k in ("title", "description", "start", "due", "done")}
    return {
        "school_id": change.actor.school_id, "board_id": place.board_id, "list_id": list_id, "number": number, "position": place.last[list_id],
        **values, "measure": "", "version": 0, "comment_count": len(f.comments), "item_count": sum(len(c["items"]) for c in f.checklists),
        "item_done": sum(bool(i["done"]) for c in f.checklists for i in c["items"]), "attachment_count": len(f.attachments),
        "archived_at": (f.card["archived_at"] or change.at) if f.card["archived"] else None,
        "created_at": f.card["created_at"] or change.at, "created_by": None,
    }  # fmt: skip


def end_of(change: Change, list_id: int) -> str:
    newest = select(cards.c.position).where(cards.c.list_id == list_id).order_by(cards.c.position.desc()).limit(1)
    return position.between(change.tx.scalar(newest), None)


def _hang_on(change: Change, place: Place, found: Sequence[Fitted], ids: list[int], thread_ids: dict[int, int]) -> None:
    tx, school = change.tx, change.actor.school_id
    marked = [
        {"card_id": id, "label_id": place.labels[label], "school_id": school}
        for f, id in zip(found, ids, strict=True)
        for label in dict.fromkeys(f.labels)
        if label in place.labels
    ]
    tx.insert_all(CardLabel, marked)
    owned = [
        {"card_id": id, "member_id": owner, "school_id": school, "asked": False, "at": change.at}
        for f, id in zip(found, ids, strict=True)
        for owner in f.owners
    ]
    tx.insert_all(CardOwner, owned)
    filled = [
        {"card_id": id, "field_id": field_id, "school_id": school, "value": orjson.dumps(value).decode()}
        for f, id in zip(found, ids, strict=True)
        for field_id, value in values_of(place, f).items()
    ]
    tx.insert_all(CardField, filled)
    for f, id in zip(found, ids, strict=True):
        if f.checklists:
            make_checklists(change, place.board_id, id, f.checklists)
        if f.attachments:
            make_attachments(change, place.board_id, id, f.attachments)
        if f.comments:
            make_comments(change, place.board_id, thread_ids[id], f.comments)


def _tell(change: Change, place: Place, found: Sequence[Fitted], rows: list[dict[str, Any]]) -> None:
    """One event for each card and for each thing that happened to it; the people they bring stand in the first."""
    room = f"board:{place.board_id}"
    open_lists = {x.id for x in place.lists.values() if not x.archived_at}
    writers = list_writers(change, place.board_id, {c["by"] for f in found for c in f.comments if c["by"]})
    shown = [row["list_id"] in open_lists and not row["archived_at"] for row in rows]
    owners = {o for f, is_shown in zip(found, shown, strict=True) if is_shown for o in named_on(f)}
    people = roster.shown(change.tx, place.board_id, sorted(owners.union(writers)))
    for f, row, is_shown in zip(found, rows, shown, strict=True):
        subject, put = ("card", row["id"]), {}
        if is_shown:
            put["cards"] = [_record(place, f, row)]
        change.record("card.added", room, put={**put, **people}, subject=subject, source_at=row["created_at"])
        people = {}
        for comment in f.comments:
            # Who wrote it, not who brought it.
            change.record("comment.added", room, subject=subject, source_at=comment["at"], by=comment["by"])
        if row["done"]:
            put = {"cards": [{"id": row["id"], "done": row["done"]}]} if is_shown else {}
            change.record("card.finished", room, put=put, subject=subject, source_at=row["done"])
        if row["archived_at"]:
            change.record("card.archived", room, subject=subject, source_at=f.card["archived_at"] or change.at)


def named_on(f: Fitted) -> set[int]:
    """Who owns the card, or an item on it."""
    return {*f.owners, *(i["owner_id"] for c in f.checklists for i in c["items"] if i["owner_id"])}


def _record(place: Place, f: Fitted, row: dict[str, Any]) -> dict[str, Any]:
    label_ids = sorted({place.labels[label] for label in f.labels if label in place.labels})
    values = {name: row.get(name) for name in records.CARD_FIELDS} | {"owner_ids": f.owners, "label_ids": label_ids}
    values["field_values"] = {str(id): value for id, value in sorted(values_of(place, f).items())}
    return records.shown(values)


def _once(kept: list[tuple[str, str, int, sources.Seen]]) -> list[tuple[str, str, int, sources.Seen]]:
    # An id that stands twice in a broken export is kept for the first of them.
    return list({(kind, there): (kind, there, here, seen) for kind, there, here, seen in reversed(kept)}.values())


def open_cards(change: Change, board_id: int) -> int:
    """How many open cards the board has: what a newer export adds must still fit."""
    there = (cards.c.board_id == board_id, cards.c.archived_at.is_(None), cards.c.binned_at.is_(None))
    found: int = change.tx.scalar(select(func.count()).select_from(cards).where(*there))
    return found
