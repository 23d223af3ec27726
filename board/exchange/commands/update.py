"""Brings a board that was imported before up to date with a newer export.

For each field: what changed there since it was last read, and was not changed here, is taken over; what was changed on both sides stays as it is
here, and the report says so. What was deleted here stays deleted; what is gone there stays here.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import select

from board.boards import MOST_OPEN_CARDS, abilities, ordering, sight
from board.boards.commands import boards as board_verbs
from board.boards.commands import fields as field_verbs
from board.boards.commands import labels as label_verbs
from board.boards.commands import lists as list_verbs
from board.boards.models import fields, labels, lists
from board.boards.schemas import ChangeBoard
from board.core.access import Actor
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict, NotSeen
from board.exchange import fit
from board.exchange.commands import bring, sources
from board.exchange.commands.bring import ListHere, Place
from board.exchange.commands.changes import Changes, simple
from board.exchange.models import Import, import_sources


def find(tx: Tx, actor: Actor, row: Any, header: dict[str, Any]) -> int | None:
    """The board that an earlier import of the same one made in the same place, if the actor may still change it."""
    if not header["id"]:
        return None
    t = import_sources.c
    for id in tx.scalars(
        select(t.board_id).where(t.kind == "board", t.source_id == header["id"]).order_by(t.board_id.desc())
    ):
        try:
            board = sight.board(tx, actor, id)
        except NotSeen:
            continue
        if (board.group_id, board.initiative_id) == (row.group_id, row.initiative_id):
            return id
    return None


def begin(change: Change, row: Any, board_id: int, header: dict[str, Any]) -> tuple[Place, Changes]:
    """Title, lists and labels."""
    tx, place, report = change.tx, Place(board_id), Changes()
    abilities.need(change.actor, sight.board(tx, change.actor, board_id), "change_board")
    tx.update(Import, row.id, board_id=board_id, again=True)
    _board_title(change, board_id, header, report)
    _lists(change, place, header["lists"], report)
    _labels(change, place, header["labels"], report)
    _fields(change, place, header.get("fields", ()), report)
    new = header["found"]["cards"] - header["found"]["archived_cards"]
    there = tx.scalars(
        select(import_sources.c.source_id).where(import_sources.c.board_id == board_id, import_sources.c.kind == "card")
    )
    if bring.open_cards(change, board_id) + max(0, new - len(there)) > MOST_OPEN_CARDS:
        raise Conflict(bring.too_many_cards())
    return place, report


def _board_title(change: Change, board_id: int, header: dict[str, Any], report: Changes) -> None:
    known = sources.known(change.tx, board_id, "board", [header["id"]])
    seen = known["board", header["id"]][1]
    now = sources.marks({"title": header["title"]})
    if now == seen:
        return
    row = sight.board(change.tx, change.actor, board_id)
    if sources.mark(row.title) == seen.get("title"):
        board_verbs.change_board(change, board_id, ChangeBoard(title=fit.title(header["title"])))
        report.changed["boards"] += 1
    sources.keep_again(change.tx, board_id, "board", header["id"], now)


def _lists(change: Change, place: Place, found: Sequence[dict[str, Any]], report: Changes) -> None:
    tx = change.tx
    known = sources.known(tx, place.board_id, "list", [x["id"] for x in found])
    report.made["lists"] += len(bring.make_lists(change, place, [x for x in found if ("list", x["id"]) not in known]))
    for source in found:
        if ("list", source["id"]) not in known:
            continue
        id, seen = known["list", source["id"]]
        row = sight.list_(tx, change.actor, id)
        fitted = fit.list_(source)
        given, now = simple(fitted, row, seen, "lists", report)
        now |= sources.marks({"archived": source["archived"], "pos": source["pos"]})
        list_verbs.write(change, row, given, "list.changed")
        if now["archived"] != seen.get("archived") and source["archived"] != bool(row.archived_at):
            row = sight.list_(tx, change.actor, id)
            if source["archived"]:
                list_verbs.put_away(change, row)
            else:
                list_verbs.bring_back(change, row, ordering.of_lists.last(tx, place.board_id))
        if now != seen:
            report.changed["lists"] += 1
            sources.keep_again(tx, place.board_id, "list", source["id"], now)
        archived_at = tx.scalar(select(lists.c.archived_at).where(lists.c.id == id))
        place.lists[source["id"]] = ListHere(id, archived_at)


def _labels(change: Change, place: Place, found: Sequence[dict[str, Any]], report: Changes) -> None:
    tx = change.tx
    known = sources.known(tx, place.board_id, "label", [x["id"] for x in found])
    new = [x for x in found if ("label", x["id"]) not in known]
    bring.make_labels(change, place, new)
    report.made["labels"] += len(new)
    for source in found:
        if ("label", source["id"]) not in known:
            continue
        id, seen = known["label", source["id"]]
        row = tx.first(
            select(labels).where(labels.c.id == id, labels.c.board_id == place.board_id, labels.c.deleted_at.is_(None))
        )
        if row is None:
            continue
        place.labels[source["id"]] = id
        given, now = simple(fit.label(source), row, seen, "labels", report)
        label_verbs.write(change, row, given)
        if now != seen:
            report.changed["labels"] += 1
            sources.keep_again(tx, place.board_id, "label", source["id"], now)


def _fields(change: Change, place: Place, found: Sequence[dict[str, Any]], report: Changes) -> None:
    """New ones are made; a new title and new choices are taken over. One that was deleted here stays deleted."""
    tx = change.tx
    known = sources.known(tx, place.board_id, "field", [x["id"] for x in found])
    new = [x for x in found if ("field", x["id"]) not in known]
    report.made["custom_fields"] += len(bring.make_fields(change, place, new))
    for source in found:
        if ("field", source["id"]) not in known:
            continue
        id, seen = known["field", source["id"]]
        there = (fields.c.id == id, fields.c.board_id == place.board_id, fields.c.deleted_at.is_(None))
        row = tx.first(select(fields).where(*there))
        if row is None or row.kind != source["kind"]:
            continue
        given, now = simple({"title": fit.field_(source)["title"]}, row, seen, "custom_fields", report)
        options, choices = orjson.loads(row.options), dict(seen["options"])
        newest = max([o["id"] for o in options] + list(choices.values()), default=0)
        for option, fitted in zip(source["options"], fit.field_(source)["options"], strict=True):
            if option["id"] not in choices:
                newest += 1
                choices[option["id"]] = newest
                options.append({**fitted, "id": newest})
        if choices != seen["options"]:
            given["options"] = orjson.dumps(options).decode()
        field_verbs.write(change, row, given)
        now |= {"kind": row.kind, "options": choices}
        place.fields[source["id"]] = bring.field_here(id, now)
        if now != seen:
            report.changed["custom_fields"] += 1
            sources.keep_again(tx, place.board_id, "field", source["id"], now)
