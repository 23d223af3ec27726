"""A whole board as a file: for a spreadsheet, or as the API shows it. Written piece by piece, so that a large board needs no more memory."""

import csv
import io
import time
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

import orjson
from flask import Response
from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from board import discussions
from board.boards import queries, records, roster, sight
from board.boards.models import attachments, card_links, cards, checklists, fields, items, labels, lists
from board.core.access import Actor
from board.core.db import Tx
from board.initiatives.models import who

MOST_IN_MEMORY = 2_000_000
_AT_ONCE = 200
_IDS: Any = bindparam("ids", expanding=True)
#: a spreadsheet would run what begins so, whoever wrote it
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(tx: Tx, actor: Actor, board_id: int) -> Iterator[bytes]:
    """RFC 4180, with the mark by which spreadsheets know UTF-8. Open cards, in their order on the board."""
    sight.board(tx, actor, board_id)
    its_fields = _living(tx, fields, board_id)
    names = {row["id"]: row["name"] for row in roster.listed(tx, board_id)}
    label_titles = {row.id: row.title or row.colour for row in _living(tx, labels, board_id)}
    head = [
        _("Number"), _("Title"), _("List"), _("Done"), _("Due"), _("Start"), _("Owners"), _("Labels"), _("Checklist items"),
        *(field.title for field in its_fields), _("Description"), _("Comments"),
    ]  # fmt: skip
    yield b"\xef\xbb\xbf" + _line(head)
    options = {f.id: {o["id"]: o["title"] for o in orjson.loads(f.options)} for f in its_fields}
    for row_list in _open_lists(tx, board_id):
        for full in _pieces(tx, cards.c.list_id == row_list.id, *queries.shown_on(board_id)):
            todo = _parts(tx, items, [card["id"] for card in full])
            for card in full:
                yield _line(
                    [
                        card["number"],
                        card["title"],
                        row_list.title,
                        card.get("done") or "",
                        card.get("due") or "",
                        card.get("start") or "",
                        "; ".join(names.get(id, "") for id in card.get("owner_ids", ())),
                        "; ".join(label_titles.get(id, "") for id in card.get("label_ids", ())),
                        "\n".join(f"[{'x' if item.done else ' '}] {item.title}" for item in todo.get(card["id"], ())),
                        *(_written(card, field, options[field.id]) for field in its_fields),
                        card["description"],
                        card.get("comment_count", 0),
                    ]
                )


def as_json(tx: Tx, actor: Actor, board_id: int) -> Iterator[bytes]:
    """The board's snapshot, and of each card, archived ones too, all that its page and its thread show. What is in the bin stays there."""
    row = sight.board(tx, actor, board_id)
    every_list = tx.all(select(lists).where(lists.c.board_id == board_id).order_by(lists.c.position, lists.c.id))
    head = {
        "board": records.board_record(row),
        "lists": [{**records.list_record(r), "archived": r.archived_at} for r in every_list],
        "labels": [records.label_record(r) for r in _living(tx, labels, board_id)],
        "fields": [records.field_record(r) for r in _living(tx, fields, board_id)],
        "members": roster.listed(tx, board_id),
    }
    yield orjson.dumps(head)[:-1] + b',"cards":['
    first = True
    for full in _pieces(tx, cards.c.board_id == board_id, cards.c.binned_at.is_(None)):
        for piece in _with_parts(tx, actor, full):
            yield (b"" if first else b",") + orjson.dumps(piece)
            first = False
    yield b"]}"


FORMATS: dict[str, tuple[Callable[[Tx, Actor, int], Iterator[bytes]], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
}


def _open_lists(tx: Tx, board_id: int) -> list[Any]:
    query = select(lists).where(lists.c.board_id == board_id, lists.c.archived_at.is_(None))
    return list(tx.all(query.order_by(lists.c.position, lists.c.id)))


def _living(tx: Tx, table: Any, board_id: int) -> list[Any]:
    there = (table.c.board_id == board_id, table.c.deleted_at.is_(None))
    return list(tx.all(select(table).where(*there).order_by(table.c.id)))


def _pieces(tx: Tx, *conditions: Any) -> Iterator[list[dict[str, Any]]]:
    """Cards with their texts, some at a time, each list's in their order."""
    ids = tx.scalars(select(cards.c.id).where(*conditions).order_by(cards.c.list_id, cards.c.position, cards.c.id))
    more = (cards.c.description, cards.c.measure, cards.c.archived_at, cards.c.created_at)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        found = {card["id"]: card for card in records.sparse_cards(tx, cards.c.id.in_(some), more=more)}
        yield [{"description": "", "measure": "", **found[id]} for id in some]


def _parts(tx: Tx, table: Any, ids: list[int]) -> dict[int, list[Any]]:
    query = select(table).where(table.c.card_id.in_(_IDS), table.c.deleted_at.is_(None))
    order: tuple[Any, ...] = (table.c.id,)
    if table is items:
        query = query.join(checklists, checklists.c.id == items.c.checklist_id).where(checklists.c.deleted_at.is_(None))
        order = (checklists.c.position, checklists.c.id, items.c.position, items.c.id)
    elif table is checklists:
        order = (checklists.c.position, checklists.c.id)
    found: dict[int, list[Any]] = {}
    for row in tx.all(query.order_by(*order), {"ids": ids}):
        found.setdefault(row.card_id, []).append(row)
    return found


def _with_parts(tx: Tx, actor: Actor, full: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    ids = [card["id"] for card in full]
    its_lists, todo, links = (_parts(tx, table, ids) for table in (checklists, items, attachments))
    between = _links(tx, actor, ids)
    said = discussions.comments_on(tx, [card["thread_id"] for card in full if card.get("thread_id")])
    for card in full:
        id = card["id"]
        yield {
            **card,
            "checklists": [records.checklist_record(row) for row in its_lists.get(id, ())],
            "items": [records.item_record(row) for row in todo.get(id, ())],
            "attachments": [records.attachment_record(row) for row in links.get(id, ())],
            "links": between.get(id, []),
            "comments": said.get(card.get("thread_id") or 0, []),
        }


def _links(tx: Tx, actor: Actor, ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Of both ends; those to cards that the actor may not see are left out."""
    of, inside = card_links.c, set(ids)
    either = of.card_id.in_(_IDS) | of.other_id.in_(_IDS)
    rows = tx.all(select(card_links).where(of.deleted_at.is_(None), either).order_by(of.id), {"ids": ids})
    far = {id for row in rows for id in (row.card_id, row.other_id)}
    seen = {row.id for row in tx.all(sight.cards_seen().where(cards.c.id.in_(far)), who(actor))} if far else set()
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if {row.card_id, row.other_id} <= seen:
            for id in {row.card_id, row.other_id} & inside:
                found.setdefault(id, []).append(records.link_record(row))
    return found


def _written(card: dict[str, Any], field: Any, options: dict[Any, str]) -> Any:
    value = card.get("field_values", {}).get(str(field.id), "")
    if field.kind == "choice":
        return options.get(value, "")
    return ("x" if value else "") if field.kind == "tick" else value


def _line(values: list[Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow([_harmless(value) for value in values])
    return out.getvalue().encode()


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; a number stays one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value


def answer(pieces: Iterator[bytes], kind: str, name: str) -> Response:
    """As a file to keep. What is large waits on the disk, not in memory, until it has been sent."""
    file = SpooledTemporaryFile(max_size=MOST_IN_MEMORY)  # noqa: SIM115 sent first, then closed
    size = 0
    try:
        for piece in pieces:
            size += file.write(piece)
            # The server answers others meanwhile.
            time.sleep(0)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    if size <= MOST_IN_MEMORY:
        with file:
            found = Response(file.read(), mimetype=kind)
    else:
        found = Response(iter(lambda: file.read(65_536), b""), mimetype=kind)
        found.call_on_close(file.close)
        found.content_length = size
    found.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    found.headers["Cache-Control"] = "no-store"
    return found
