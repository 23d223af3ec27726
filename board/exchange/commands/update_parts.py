"""What hangs on a card that was imported before, compared with a newer export: checklists, links, comments."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from board.boards import ordering, records, roster, sight
from board.boards.commands import checklists as checklist_verbs
from board.boards.models import Card, Checklist, Item, attachments, checklists, items
from board.core.command import AS_ACTOR, Change
from board.core.db import Tx
from board.discussions import comment_record
from board.discussions.models import Comment, comments
from board.exchange.commands import bring, sources
from board.exchange.commands.bring import Place
from board.exchange.commands.changes import Changes, simple
from board.exchange.fit import Fitted


@dataclass(frozen=True)
class Parts:
    """What hangs on cards that are compared, as far as it is here already; and of what says something else now, the rows."""

    known: sources.Known
    checklists: dict[int, Any]
    items: dict[int, Any]
    comments: dict[int, Any]


def known(tx: Tx, board_id: int, found: Sequence[Fitted]) -> Parts:
    """So many statements, however many cards."""
    lists = [c for f in found for c in f.checklists]
    its_items, said = [i for c in lists for i in c["items"]], [c for f in found for c in f.comments]
    here = {
        **sources.known(tx, board_id, "checklist", [c["id"] for c in lists]),
        **sources.known(tx, board_id, "item", [i["id"] for c in lists for i in c["items"]]),
        **sources.known(tx, board_id, "attachment", [a["id"] for f in found for a in f.attachments]),
        **sources.known(tx, board_id, "comment", [c["id"] for f in found for c in f.comments]),
    }

    def differing(
        kind: str, rows: list[dict[str, Any]], seen_of: Callable[[dict[str, Any]], sources.Seen]
    ) -> list[int]:
        there = [(row, here[kind, row["id"]]) for row in rows if (kind, row["id"]) in here]
        return [ours for row, (ours, seen) in there if seen_of(row) != seen]

    return Parts(
        here,
        _standing(tx, checklists, [here["checklist", c["id"]][0] for c in lists if ("checklist", c["id"]) in here]),
        _standing(tx, items, differing("item", its_items, bring.item_seen)),
        _standing(tx, comments, differing("comment", said, _comment_seen)),
    )


def _standing(tx: Tx, table: Any, ids: list[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = table.c.id.in_(ids[start : start + _AT_ONCE])
        found |= {row.id: row for row in tx.all(select(table).where(part, table.c.deleted_at.is_(None)))}
    return found


def _comment_seen(comment: dict[str, Any]) -> sources.Seen:
    return sources.marks({"body": comment["body"]})


def compare(change: Change, place: Place, f: Fitted, row: Any, parts: Parts, report: Changes) -> None:
    _checklists(change, place, f, row.id, parts, report)
    _links(change, place, f, row.id, parts.known, report)
    _comments(change, place, f, row, parts, report)


_AT_ONCE = 500


def _came(known: sources.Known, kind: str, found: Iterable[dict[str, Any]]) -> None:
    # An id that stands on two cards of a broken export is that of the first; nothing is compared with it in this piece.
    known.update({(kind, one["id"]): (0, {}) for one in found})


def _checklists(change: Change, place: Place, f: Fitted, id: int, parts: Parts, report: Changes) -> None:
    tx, room, known = change.tx, f"board:{place.board_id}", parts.known
    there = {c["id"] for c in f.checklists if ("checklist", c["id"]) in known}
    new = [c for c in f.checklists if ("checklist", c["id"]) not in known]
    for made, inside in bring.make_checklists(change, place.board_id, id, new):
        record = records.checklist_record(tx.one(select(checklists).where(checklists.c.id == made)))
        put = {
            "checklists": [record],
            "items": [records.item_record(tx.one(select(items).where(items.c.id == i["id"]))) for i in inside],
        }
        _tell_of_card(change, room, id, "checklist.added", put, named=inside)
        report.made["checklists"] += 1
        report.made.update(bring.count_of_items(inside))
    _came(known, "checklist", new)
    _came(known, "item", (i for c in new for i in c["items"]))
    for checklist in f.checklists:
        if checklist["id"] not in there:
            continue
        ours, seen = known["checklist", checklist["id"]]
        row = parts.checklists.get(ours)
        if row is None or row.card_id != id:
            continue
        given, now = simple({"title": checklist["title"]}, row, seen, "checklists", report)
        checklist_verbs.write(change, row, "checklists", Checklist, given, "checklist.changed")
        if now != seen:
            sources.keep_again(tx, place.board_id, "checklist", checklist["id"], now)
        for item in checklist["items"]:
            if ("item", item["id"]) in known:
                _item(change, place, item, parts.items, *known["item", item["id"]], report)
            else:
                _new_item(change, place, row, item, report)
                _came(known, "item", [item])


#: imports took neither when these were read for the first time
_NOT_TAKEN_THEN = sources.marks({"due": None, "owner_id": None})


def _item(
    change: Change, place: Place, item: dict[str, Any], rows: dict[int, Any], ours: int, seen: sources.Seen, report: Changes
) -> None:  # fmt: skip
    tx, now = change.tx, bring.item_seen(item)
    if now == seen:
        return
    row = rows.get(ours)
    if row is None:
        return
    fields = {name: item[name] for name in bring.ITEM_FIELDS if name != "done"}
    given, _ = simple(fields, row, {**_NOT_TAKEN_THEN, **seen}, "items", report)
    # With a time of its own: it happened elsewhere, and nobody is told that she was put down for it.
    checklist_verbs.write(change, row, "items", Item, given, "item.changed", source_at=change.at)
    if now["done"] != seen.get("done") and bool(row.done) != bool(item["done"]):
        verb = "item.finished" if item["done"] else "item.reopened"
        checklist_verbs.write(change, row, "items", Item, {"done": item["done"]}, verb, source_at=item["done"])
    report.changed["items"] += 1
    sources.keep_again(tx, place.board_id, "item", item["id"], now)


def _new_item(change: Change, place: Place, row: Any, item: dict[str, Any], report: Changes) -> None:
    tx = change.tx
    values = {
        "checklist_id": row.id,
        **{name: item[name] for name in bring.ITEM_FIELDS},
        "position": ordering.of_items.last(tx, row.id),
    }
    id = tx.insert(Item, school_id=change.actor.school_id, card_id=row.card_id, **values)
    put = {"items": [records.item_record(tx.one(select(items).where(items.c.id == id)))]}
    _tell_of_card(change, f"board:{place.board_id}", row.card_id, "item.added", put, named=[item])
    sources.keep(tx, place.board_id, [("item", item["id"], id, bring.item_seen(item))])
    report.made.update(bring.count_of_items([item]))


def _links(change: Change, place: Place, f: Fitted, id: int, known: sources.Known, report: Changes) -> None:
    tx = change.tx
    new = [a for a in f.attachments if ("attachment", a["id"]) not in known]
    made = bring.make_attachments(change, place.board_id, id, new)
    if made:
        rows = tx.all(select(attachments).where(attachments.c.id.in_(made)).order_by(attachments.c.id))
        put = {"attachments": [records.attachment_record(r) for r in rows]}
        _tell_of_card(change, f"board:{place.board_id}", id, "attachment.added", put)
        report.made["attachments"] += len(made)
    _came(known, "attachment", new)


def _comments(change: Change, place: Place, f: Fitted, row: Any, parts: Parts, report: Changes) -> None:
    tx, room, known = change.tx, f"board:{place.board_id}", parts.known
    there = [c for c in f.comments if ("comment", c["id"]) in known]
    new = [c for c in f.comments if ("comment", c["id"]) not in known]
    made = bring.make_comments(change, place.board_id, row.thread_id, new)
    listed = bring.list_writers(change, place.board_id, {c["by"] for c in new if c["by"]})
    for comment, id in zip(new, made, strict=True):
        put = {"comments": [_comment(tx, id)], **(roster.shown(tx, place.board_id, listed) if listed else {})}
        listed = []
        _tell_of_card(change, room, row.id, "comment.added", put, source_at=comment["at"], by=comment["by"])
    report.made["comments"] += len(made)
    for comment in there:
        ours, seen = known["comment", comment["id"]]
        now = _comment_seen(comment)
        if now != seen:
            _rewrite(change, place, row.id, parts.comments.get(ours), comment, seen, report)
            sources.keep_again(tx, place.board_id, "comment", comment["id"], now)
    _came(known, "comment", new)


def _rewrite(
    change: Change, place: Place, card_id: int, row: Any, comment: dict[str, Any], seen: sources.Seen, report: Changes
) -> None:
    tx = change.tx
    if row is None:
        return
    if sources.mark(row.body) != seen.get("body"):
        report.kept_ours("comments", row.body, "body")
        return
    edited_at = comment["edited_at"] or change.at
    tx.update(Comment, row.id, body=comment["body"], edited_at=edited_at, version=row.version + 1)
    record = _comment(tx, row.id)
    put = {"comments": [{k: record[k] for k in ("id", "body", "html", "edited_at", "version")}]}
    _tell_of_card(change, f"board:{place.board_id}", card_id, "comment.edited", put, source_at=edited_at, by=row.by)
    report.changed["comments"] += 1


def _comment(tx: Tx, id: int) -> dict[str, Any]:
    return comment_record(tx.one(select(comments).where(comments.c.id == id)), {})


def _tell_of_card(
    change: Change,
    room: str,
    id: int,
    type: str,
    put: dict[str, Any],
    *,
    source_at: str | None = None,
    by: Any = AS_ACTOR,
    named: Sequence[dict[str, Any]] = (),
) -> None:
    """An event about parts of a card, with the card's own counts as they are now. ``named``: items whose people are listed with it."""
    tx, row = change.tx, sight.card(change.tx, change.actor, id, change=True)
    now = tx.one(_counts(id, row.thread_id))._mapping
    different = {name: n for name, n in now.items() if n != getattr(row, name)}
    if different:
        tx.update(Card, id, **different)
        put = {**put, "cards": [{"id": id, **different}]}
    if not records.is_shown(row):
        put = {name: put[name] for name in ("comments", "members") if name in put}
    elif people := sorted({item["owner_id"] for item in named if item["owner_id"]}):
        put = {**put, **roster.shown(tx, row.board_id, people)}
    change.record(type, room, put=put, subject=("card", id), source_at=source_at, by=by)


def _counts(card_id: int, thread_id: int) -> Any:
    alive = select(checklists.c.id).where(checklists.c.card_id == card_id, checklists.c.deleted_at.is_(None))
    its = (items.c.card_id == card_id, items.c.deleted_at.is_(None), items.c.checklist_id.in_(alive))
    links = (attachments.c.card_id == card_id, attachments.c.deleted_at.is_(None))
    said = (comments.c.thread_id == thread_id, comments.c.deleted_at.is_(None))
    counts = {
        "item_count": select(func.count()).select_from(items).where(*its),
        "item_done": select(func.count()).select_from(items).where(*its, items.c.done.isnot(None)),
        "attachment_count": select(func.count()).select_from(attachments).where(*links),
        "comment_count": select(func.count()).select_from(comments).where(*said),
    }
    return select(*(query.scalar_subquery().label(name) for name, query in counts.items()))
