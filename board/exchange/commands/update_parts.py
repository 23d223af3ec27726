"""What hangs on a card that was imported before, compared with a newer export: checklists, links, comments."""

from collections.abc import Iterable, Sequence
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


def known(tx: Tx, board_id: int, found: Sequence[Fitted]) -> sources.Known:
    """What of all that hangs on these cards is here already: so many statements, however many cards."""
    lists = [c for f in found for c in f.checklists]
    return {
        **sources.known(tx, board_id, "checklist", [c["id"] for c in lists]),
        **sources.known(tx, board_id, "item", [i["id"] for c in lists for i in c["items"]]),
        **sources.known(tx, board_id, "attachment", [a["id"] for f in found for a in f.attachments]),
        **sources.known(tx, board_id, "comment", [c["id"] for f in found for c in f.comments]),
    }


def compare(change: Change, place: Place, f: Fitted, row: Any, known: sources.Known, report: Changes) -> None:
    _checklists(change, place, f, row.id, known, report)
    _links(change, place, f, row.id, known, report)
    _comments(change, place, f, row, known, report)


def _came(known: sources.Known, kind: str, found: Iterable[dict[str, Any]]) -> None:
    # An id that stands on two cards of a broken export is that of the first; nothing is compared with it in this piece.
    known.update({(kind, one["id"]): (0, {}) for one in found})


def _checklists(change: Change, place: Place, f: Fitted, id: int, known: sources.Known, report: Changes) -> None:
    tx, room = change.tx, f"board:{place.board_id}"
    there = {c["id"] for c in f.checklists if ("checklist", c["id"]) in known}
    new = [c for c in f.checklists if ("checklist", c["id"]) not in known]
    for made, inside in bring.make_checklists(change, place.board_id, id, new):
        record = records.checklist_record(tx.one(select(checklists).where(checklists.c.id == made)))
        put = {
            "checklists": [record],
            "items": [records.item_record(tx.one(select(items).where(items.c.id == i["id"]))) for i in inside],
        }
        _tell_of_card(change, room, id, "checklist.added", put)
        report.made["checklists"] += 1
        report.made["items"] += len(inside)
    _came(known, "checklist", new)
    _came(known, "item", (i for c in new for i in c["items"]))
    for checklist in f.checklists:
        if checklist["id"] not in there:
            continue
        ours, seen = known["checklist", checklist["id"]]
        row = tx.first(
            select(checklists).where(
                checklists.c.id == ours, checklists.c.card_id == id, checklists.c.deleted_at.is_(None)
            )
        )
        if row is None:
            continue
        given, now = simple({"title": checklist["title"]}, row, seen, "checklists", report)
        checklist_verbs.write(change, row, "checklists", Checklist, given, "checklist.changed")
        if now != seen:
            sources.keep_again(tx, place.board_id, "checklist", checklist["id"], now)
        for item in checklist["items"]:
            if ("item", item["id"]) in known:
                _item(change, place, item, *known["item", item["id"]], report)
            else:
                _new_item(change, place, row, item, report)
                _came(known, "item", [item])


def _item(change: Change, place: Place, item: dict[str, Any], ours: int, seen: sources.Seen, report: Changes) -> None:
    tx, now = change.tx, bring.item_seen(item)
    if now == seen:
        return
    row = tx.first(select(items).where(items.c.id == ours, items.c.deleted_at.is_(None)))
    if row is None:
        return
    given, _ = simple({"title": item["title"]}, row, {"title": seen.get("title")}, "items", report)
    checklist_verbs.write(change, row, "items", Item, given, "item.changed")
    if now["done"] != seen.get("done") and bool(row.done) != bool(item["done"]):
        verb = "item.finished" if item["done"] else "item.reopened"
        checklist_verbs.write(change, row, "items", Item, {"done": item["done"]}, verb, source_at=item["done"])
    report.changed["items"] += 1
    sources.keep_again(tx, place.board_id, "item", item["id"], now)


def _new_item(change: Change, place: Place, row: Any, item: dict[str, Any], report: Changes) -> None:
    tx = change.tx
    values = {
        "checklist_id": row.id,
        "title": item["title"],
        "done": item["done"],
        "position": ordering.of_items.last(tx, row.id),
    }
    id = tx.insert(Item, school_id=change.actor.school_id, card_id=row.card_id, **values)
    put = {"items": [records.item_record(tx.one(select(items).where(items.c.id == id)))]}
    _tell_of_card(change, f"board:{place.board_id}", row.card_id, "item.added", put)
    sources.keep(tx, place.board_id, [("item", item["id"], id, bring.item_seen(item))])
    report.made["items"] += 1


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


def _comments(change: Change, place: Place, f: Fitted, row: Any, known: sources.Known, report: Changes) -> None:
    tx, room = change.tx, f"board:{place.board_id}"
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
        now = sources.marks({"body": comment["body"]})
        if now != seen:
            _rewrite(change, place, row.id, ours, comment, seen, report)
            sources.keep_again(tx, place.board_id, "comment", comment["id"], now)
    _came(known, "comment", new)


def _rewrite(
    change: Change, place: Place, card_id: int, id: int, comment: dict[str, Any], seen: sources.Seen, report: Changes
) -> None:
    tx = change.tx
    row = tx.first(select(comments).where(comments.c.id == id, comments.c.deleted_at.is_(None)))
    if row is None:
        return
    if sources.mark(row.body) != seen.get("body"):
        report.kept_ours("comments", row.body, "body")
        return
    edited_at = comment["edited_at"] or change.at
    tx.update(Comment, id, body=comment["body"], edited_at=edited_at, version=row.version + 1)
    record = _comment(tx, id)
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
) -> None:
    """An event about parts of a card, with the card's own counts as they are now."""
    tx, row = change.tx, sight.card(change.tx, change.actor, id, change=True)
    now = tx.one(_counts(id, row.thread_id))._mapping
    different = {name: n for name, n in now.items() if n != getattr(row, name)}
    if different:
        tx.update(Card, id, **different)
        put = {**put, "cards": [{"id": id, **different}]}
    if not records.is_shown(row):
        put = {name: put[name] for name in ("comments", "members") if name in put}
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
