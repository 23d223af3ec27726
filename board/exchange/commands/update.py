"""Brings a board that was imported before up to date with a newer export.

For each field: what changed there since it was last read, and was not changed here, is taken over; what was changed on both sides stays as it is
here, and the report says so. What was deleted here stays deleted; what is gone there stays here.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from board.boards import abilities, ordering, records, roster, sight
from board.boards.commands import boards as board_verbs
from board.boards.commands import cards as card_verbs
from board.boards.commands import checklists as checklist_verbs
from board.boards.commands import labels as label_verbs
from board.boards.commands import lists as list_verbs
from board.boards.commands import owners as owner_verbs
from board.boards.models import (
    Card,
    CardLabel,
    CardOwner,
    Checklist,
    Item,
    attachments,
    card_labels,
    card_owners,
    cards,
    checklists,
    items,
    labels,
    lists,
)
from board.boards.schemas import ChangeBoard, PlaceCard
from board.core.access import Actor
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict, NotSeen
from board.discussions import comment_record
from board.discussions.models import Comment, comments
from board.exchange import fit
from board.exchange.commands import bring, sources
from board.exchange.commands.bring import ListHere, Place
from board.exchange.fit import Fitted
from board.exchange.models import Import, import_sources

TEXTS = ("title", "description", "start", "due")
LeftOut = dict[str, Any]


@dataclass
class Changes:
    """What an import made and changed, and what it left as it was."""

    made: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, more: "Changes") -> None:
        self.made.update(more.made)
        self.changed.update(more.changed)
        self.left_out += more.left_out

    def kept_ours(self, kind: str, what: str, name: str) -> None:
        self.left_out.append({"kind": kind, "code": "changed_here", "what": what[:80], "field": name})


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
    new = header["found"]["cards"] - header["found"]["archived_cards"]
    there = tx.scalars(
        select(import_sources.c.source_id).where(import_sources.c.board_id == board_id, import_sources.c.kind == "card")
    )
    if bring.open_cards(change, board_id) + max(0, new - len(there)) > card_verbs.MOST_OPEN_CARDS:
        raise Conflict(bring.too_many_cards())
    return place, report


def cards_again(change: Change, place: Place, found: Sequence[Fitted], before: dict[str, str]) -> Changes:
    """One piece of cards: new ones are brought, the others compared. ``before``: card → the one above it in its list."""
    report = Changes()
    known = sources.known(change.tx, place.board_id, "card", [f.id for f in found])
    new = [f for f in found if ("card", f.id) not in known]
    report.made.update(bring.make_cards(change, place, new))
    for f in new:
        report.left_out += f.left_out
    for f in found:
        if ("card", f.id) in known:
            id, seen = known["card", f.id]
            now = bring.seen_of(f)
            if now["whole"] != seen.get("whole"):
                _card(change, place, f, id, seen, now, before.get(f.id), report)
                sources.keep_again(change.tx, place.board_id, "card", f.id, now)
    return report


def _card(
    change: Change,
    place: Place,
    f: Fitted,
    id: int,
    seen: sources.Seen,
    now: sources.Seen,
    above: str | None,
    report: Changes,
) -> None:
    tx, actor = change.tx, change.actor
    try:
        row = sight.card(tx, actor, id, change=True)
    except NotSeen:
        row = None
    if row is None or row.board_id != place.board_id:
        report.left_out.append({"kind": "cards", "code": "gone_here", "what": f.card["title"][:80]})
        return
    events = len(change.events)
    given = _texts(f, row, seen, now, report)
    card_verbs.write(change, row, given, "card.changed")
    _done(change, f, row, seen, now, report)
    _archived(change, f, row, seen, now)
    _place(change, place, f, id, seen, now, above, report)
    _label(change, place, f, id, seen)
    _own(change, f, id, seen)
    _checklists(change, place, f, id, report)
    _links(change, place, f, id, report)
    _comments(change, place, f, row, report)
    report.changed["cards"] += len(change.events) > events


def _texts(f: Fitted, row: Any, seen: sources.Seen, now: sources.Seen, report: Changes) -> dict[str, Any]:
    given = {}
    for name in TEXTS:
        if now[name] == seen.get(name) or f.card[name] == getattr(row, name):
            continue
        if sources.mark(getattr(row, name)) == seen.get(name):
            given[name] = f.card[name]
        else:
            report.kept_ours("cards", row.title, name)
    return given


def _done(change: Change, f: Fitted, row: Any, seen: sources.Seen, now: sources.Seen, report: Changes) -> None:
    if now["done"] == seen.get("done") or bool(f.card["done"]) == bool(row.done):
        return
    verb = "card.finished" if f.card["done"] else "card.reopened"
    card_verbs.write(change, row, {"done": f.card["done"]}, verb)
    change.events[-1]["source_at"] = f.card["done"]


def _archived(change: Change, f: Fitted, row: Any, seen: sources.Seen, now: sources.Seen) -> None:
    if now["archived"] == seen.get("archived") or f.card["archived"] == bool(row.archived_at):
        return
    row = sight.card(change.tx, change.actor, row.id, change=True)
    if f.card["archived"]:
        card_verbs.put_away(change, row, "card.archived", archived_at=f.card["archived_at"] or change.at)
    else:
        last = ordering.of_cards.last(change.tx, row.list_id)
        card_verbs.bring_back(change, row, last, "card.restored", archived_at=None)


def _place(
    change: Change,
    place: Place,
    f: Fitted,
    id: int,
    seen: sources.Seen,
    now: sources.Seen,
    above: str | None,
    report: Changes,
) -> None:
    moved = f.list_id != seen.get("list")
    if not moved and now["pos"] == seen.get("pos"):
        return
    tx = change.tx
    row = sight.card(tx, change.actor, id, change=True)
    target, source = place.lists[f.list_id], place.lists.get(seen.get("list", ""))
    if source is not None and row.list_id not in (source.id, target.id):
        report.kept_ours("cards", row.title, "list")
        return
    if target.archived_at or not card_verbs.is_shown(row):
        if row.list_id != target.id:
            _move_unseen(change, row, target)
        return
    after_id = None
    if above:
        of = sources.known(tx, place.board_id, "card", [above]).get(("card", above))
        there = of and tx.first(
            select(cards.c.id).where(
                cards.c.id == of[0],
                cards.c.list_id == target.id,
                cards.c.archived_at.is_(None),
                cards.c.binned_at.is_(None),
            )
        )
        after_id = there.id if there else None
    first = tx.scalar(
        select(cards.c.id)
        .where(
            cards.c.list_id == target.id, cards.c.id != id, cards.c.archived_at.is_(None), cards.c.binned_at.is_(None)
        )
        .order_by(cards.c.position, cards.c.id)
        .limit(1)
    )
    before_id = first if above is None else None
    card_verbs.move_card(change, id, PlaceCard(list_id=target.id, before_id=before_id, after_id=after_id))


def _move_unseen(change: Change, row: Any, target: Any) -> None:
    """From or to where the board does not show it."""
    tx = change.tx
    position = bring.end_of(change, target.id)
    was_shown = card_verbs.is_shown(row)
    tx.update(Card, row.id, list_id=target.id, position=position)
    put: dict[str, Any] = {}
    drop: dict[str, list[int]] = {}
    now = sight.card(tx, change.actor, row.id)
    if was_shown and not card_verbs.is_shown(now):
        owners = tx.scalars(select(card_owners.c.member_id).where(card_owners.c.card_id == row.id))
        drop = {"cards": [row.id], **roster.gone(tx, row.board_id, owners)}
    elif card_verbs.is_shown(now):
        record = records.full_card(tx, now)
        put = {"cards": [records.shown(record)], **roster.shown(tx, row.board_id, record["owner_ids"])}
    was = {"cards": [{"id": row.id, "list_id": row.list_id, "position": row.position}]}
    change.record("card.moved", f"board:{row.board_id}", put=put, drop=drop, subject=("card", row.id), was=was)


def _label(change: Change, place: Place, f: Fitted, id: int, seen: sources.Seen) -> None:
    before_there = {place.labels[x] for x in seen.get("labels", ()) if x in place.labels}
    now_there = {place.labels[x] for x in f.labels if x in place.labels}
    if before_there == now_there:
        return
    tx, before = change.tx, records.relations(change.tx, id)["label_ids"]
    wanted = (set(before) | (now_there - before_there)) - (before_there - now_there)
    if wanted == set(before):
        return
    tx.delete(CardLabel, card_labels.c.card_id == id, card_labels.c.label_id.in_(set(before) - wanted))
    school = change.actor.school_id
    tx.insert_all(
        CardLabel, [{"card_id": id, "label_id": x, "school_id": school} for x in sorted(wanted - set(before))]
    )
    label_verbs.tell(change, sight.card(tx, change.actor, id, change=True), before, "card.labelled")


def _own(change: Change, f: Fitted, id: int, seen: sources.Seen) -> None:
    before_there, now_there = set(seen.get("owners", ())), set(f.owners)
    if before_there == now_there:
        return
    tx, before = change.tx, records.relations(change.tx, id)
    present = set(before["owner_ids"])
    wanted = (present | (now_there - before_there)) - (before_there - now_there)
    if wanted == present:
        return
    tx.delete(CardOwner, card_owners.c.card_id == id, card_owners.c.member_id.in_(present - wanted))
    school = change.actor.school_id
    new = [
        {"card_id": id, "member_id": x, "school_id": school, "asked": False, "at": change.at}
        for x in sorted(wanted - present)
    ]
    tx.insert_all(CardOwner, new)
    row = sight.card(tx, change.actor, id, change=True)
    owner_verbs.tell(change, row, before, "card.owner_accepted" if new else "card.owner_left")


def _checklists(change: Change, place: Place, f: Fitted, id: int, report: Changes) -> None:
    tx, room = change.tx, f"board:{place.board_id}"
    known = sources.known(tx, place.board_id, "checklist", [c["id"] for c in f.checklists])
    known_items = sources.known(tx, place.board_id, "item", [i["id"] for c in f.checklists for i in c["items"]])
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
    for checklist in f.checklists:
        if ("checklist", checklist["id"]) not in known:
            continue
        ours, seen = known["checklist", checklist["id"]]
        row = tx.first(
            select(checklists).where(
                checklists.c.id == ours, checklists.c.card_id == id, checklists.c.deleted_at.is_(None)
            )
        )
        if row is None:
            continue
        given, now = _simple({"title": checklist["title"]}, row, seen, "checklists", report)
        checklist_verbs.write(change, row, "checklists", Checklist, given, "checklist.changed")
        if now != seen:
            sources.keep_again(tx, place.board_id, "checklist", checklist["id"], now)
        for item in checklist["items"]:
            if ("item", item["id"]) in known_items:
                _item(change, place, item, *known_items["item", item["id"]], report)
            else:
                _new_item(change, place, row, item, report)


def _item(change: Change, place: Place, item: dict[str, Any], ours: int, seen: sources.Seen, report: Changes) -> None:
    tx, now = change.tx, bring.item_seen(item)
    if now == seen:
        return
    row = tx.first(select(items).where(items.c.id == ours, items.c.deleted_at.is_(None)))
    if row is None:
        return
    given, _ = _simple({"title": item["title"]}, row, {"title": seen.get("title")}, "items", report)
    checklist_verbs.write(change, row, "items", Item, given, "item.changed")
    if now["done"] != seen.get("done") and bool(row.done) != bool(item["done"]):
        verb = "item.finished" if item["done"] else "item.reopened"
        checklist_verbs.write(change, row, "items", Item, {"done": item["done"]}, verb)
        change.events[-1]["source_at"] = item["done"]
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


def _links(change: Change, place: Place, f: Fitted, id: int, report: Changes) -> None:
    tx = change.tx
    known = sources.known(tx, place.board_id, "attachment", [a["id"] for a in f.attachments])
    new = [a for a in f.attachments if ("attachment", a["id"]) not in known]
    made = bring.make_attachments(change, place.board_id, id, new)
    if made:
        rows = tx.all(select(attachments).where(attachments.c.id.in_(made)).order_by(attachments.c.id))
        put = {"attachments": [records.attachment_record(r) for r in rows]}
        _tell_of_card(change, f"board:{place.board_id}", id, "attachment.added", put)
        report.made["attachments"] += len(made)


def _comments(change: Change, place: Place, f: Fitted, row: Any, report: Changes) -> None:
    tx, room = change.tx, f"board:{place.board_id}"
    known = sources.known(tx, place.board_id, "comment", [c["id"] for c in f.comments])
    new = [c for c in f.comments if ("comment", c["id"]) not in known]
    made = bring.make_comments(change, place.board_id, row.thread_id, new)
    listed = bring.list_writers(change, place.board_id, {c["by"] for c in new if c["by"]})
    for comment, id in zip(new, made, strict=True):
        put = {"comments": [_comment(tx, id)], **(roster.shown(tx, place.board_id, listed) if listed else {})}
        listed = []
        _tell_of_card(change, room, row.id, "comment.added", put, source_at=comment["at"])
        change.events[-1]["by"] = comment["by"]
    report.made["comments"] += len(made)
    for comment in f.comments:
        if ("comment", comment["id"]) in known:
            ours, seen = known["comment", comment["id"]]
            now = sources.marks({"body": comment["body"]})
            if now != seen:
                _rewrite(change, place, row.id, ours, comment, seen, report)
                sources.keep_again(tx, place.board_id, "comment", comment["id"], now)


def _rewrite(
    change: Change, place: Place, card_id: int, id: int, comment: dict[str, Any], seen: sources.Seen, report: Changes
) -> None:
    tx = change.tx
    row = tx.one(select(comments).where(comments.c.id == id))
    if row.deleted_at:
        return
    if sources.mark(row.body) != seen.get("body"):
        report.kept_ours("comments", row.body, "body")
        return
    edited_at = comment["edited_at"] or change.at
    tx.update(Comment, id, body=comment["body"], edited_at=edited_at, version=row.version + 1)
    record = _comment(tx, id)
    put = {"comments": [{k: record[k] for k in ("id", "body", "html", "edited_at", "version")}]}
    _tell_of_card(change, f"board:{place.board_id}", card_id, "comment.edited", put, source_at=edited_at)
    change.events[-1]["by"] = row.by
    report.changed["comments"] += 1


def _comment(tx: Tx, id: int) -> dict[str, Any]:
    return comment_record(tx.one(select(comments).where(comments.c.id == id)), {})


def _tell_of_card(
    change: Change, room: str, id: int, type: str, put: dict[str, Any], *, source_at: str | None = None
) -> None:
    """An event about parts of a card, with the card's own counts as they are now."""
    tx = change.tx
    counts = {
        "item_count": select(items.c.id).where(items.c.card_id == id, items.c.deleted_at.is_(None), items.c.checklist_id.in_(_alive(id))),
        "attachment_count": select(attachments.c.id).where(attachments.c.card_id == id, attachments.c.deleted_at.is_(None)),
        "item_done": select(items.c.id).where(items.c.card_id == id, items.c.deleted_at.is_(None), items.c.done.isnot(None), items.c.checklist_id.in_(_alive(id))),
    }  # fmt: skip
    row = sight.card(tx, change.actor, id, change=True)
    now = {name: len(tx.scalars(query)) for name, query in counts.items()}
    now["comment_count"] = len(
        tx.scalars(select(comments.c.id).where(comments.c.thread_id == row.thread_id, comments.c.deleted_at.is_(None)))
    )
    different = {name: n for name, n in now.items() if n != getattr(row, name)}
    if different:
        tx.update(Card, id, **different)
        put = {**put, "cards": [{"id": id, **different}]}
    shown = card_verbs.is_shown(row)
    if not shown:
        put = {name: put[name] for name in ("comments", "members") if name in put}
    change.record(type, room, put=put, subject=("card", id), source_at=source_at)


def _alive(card_id: int) -> Any:
    return select(checklists.c.id).where(checklists.c.card_id == card_id, checklists.c.deleted_at.is_(None))


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
        given, now = _simple(fitted, row, seen, "lists", report)
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
        given, now = _simple(fit.label(source), row, seen, "labels", report)
        label_verbs.write(change, row, given)
        if now != seen:
            report.changed["labels"] += 1
            sources.keep_again(tx, place.board_id, "label", source["id"], now)


def _simple(
    values: dict[str, Any], row: Any, seen: sources.Seen, kind: str, report: Changes
) -> tuple[dict[str, Any], sources.Seen]:
    """(fields to set here, what is said there now)."""
    now, given = sources.marks(values), {}
    for name, value in values.items():
        ours = getattr(row, name)
        if now[name] != seen.get(name) and value != ours:
            if sources.mark(ours) == seen.get(name):
                given[name] = value
            else:
                report.kept_ours(kind, row.title, name)
    return given, now
