"""Cards of a board that was imported before, compared with a newer export: the card itself, where it stands, its labels and owners."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from board.boards import ordering, records, roster, sight, values
from board.boards.commands import cards as card_verbs
from board.boards.commands import fields as field_verbs
from board.boards.commands import labels as label_verbs
from board.boards.commands import owners as owner_verbs
from board.boards.models import Card, CardLabel, CardOwner, card_labels, card_owners, cards
from board.boards.schemas import PlaceCard
from board.core.command import Change
from board.exchange.commands import bring, sources, update_parts
from board.exchange.commands.bring import Place
from board.exchange.commands.changes import Changes
from board.exchange.fit import Fitted

TEXTS = ("title", "description", "start", "due")


def cards_again(change: Change, place: Place, found: Sequence[Fitted], before: dict[str, str]) -> Changes:
    """One piece of cards: new ones are brought, the others compared. ``before``: card → the one above it in its list."""
    report = Changes()
    known = sources.known(change.tx, place.board_id, "card", [f.id for f in found])
    new = [f for f in found if ("card", f.id) not in known]
    report.made.update(bring.make_cards(change, place, new))
    for f in new:
        report.left_out += f.left_out
    there = [(f, *known["card", f.id], bring.seen_of(f)) for f in found if ("card", f.id) in known]
    changed = [(f, id, seen, now) for f, id, seen, now in there if now["whole"] != seen.get("whole")]
    ids = [id for _, id, _, _ in changed]
    parts = update_parts.known(change.tx, place.board_id, [f for f, *_ in changed])
    rows, relations = sight.cards_to_change(change.tx, change.actor, ids), records.relations_of(change.tx, ids)
    for f, id, seen, now in changed:
        row = rows.get(id)
        if row is None or row.board_id != place.board_id:
            report.left_out.append({"kind": "cards", "code": "gone_here", "what": f.card["title"][:80]})
        else:
            _card(change, place, f, row, relations[id], seen, now, before.get(f.id), parts, report)
    sources.keep_all_again(change.tx, place.board_id, "card", [(f.id, now) for f, _, _, now in changed])
    return report


def _card(
    change: Change,
    place: Place,
    f: Fitted,
    row: Any,
    its: dict[str, Any],
    seen: sources.Seen,
    now: sources.Seen,
    above: str | None,
    parts: update_parts.Parts,
    report: Changes,
) -> None:
    """``its``: the card's relations."""
    id = row.id
    events = len(change.events)
    given = _texts(f, row, seen, now, report)
    card_verbs.write(change, row, given, "card.changed", its=its)
    _done(change, f, row, its, seen, now)
    _archived(change, f, row, seen, now)
    _place(change, place, f, id, seen, now, above, report)
    _label(change, place, f, id, its, seen)
    _own(change, f, id, its, seen)
    _fill(change, place, f, id, its, seen, now, report)
    update_parts.compare(change, place, f, row, parts, report)
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


def _done(change: Change, f: Fitted, row: Any, its: dict[str, Any], seen: sources.Seen, now: sources.Seen) -> None:
    if now["done"] == seen.get("done") or bool(f.card["done"]) == bool(row.done):
        return
    verb = "card.finished" if f.card["done"] else "card.reopened"
    card_verbs.write(change, row, {"done": f.card["done"]}, verb, source_at=f.card["done"], its=its)


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
    if target.archived_at or not records.is_shown(row):
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
    was_shown = records.is_shown(row)
    tx.update(Card, row.id, list_id=target.id, position=position)
    put: dict[str, Any] = {}
    drop: dict[str, list[int]] = {}
    now = sight.card(tx, change.actor, row.id)
    if was_shown and not records.is_shown(now):
        owners = tx.scalars(select(card_owners.c.member_id).where(card_owners.c.card_id == row.id))
        drop = {"cards": [row.id], **roster.gone(tx, row.board_id, owners)}
    elif records.is_shown(now):
        record = records.full_card(tx, now)
        put = {"cards": [records.shown(record)], **roster.shown(tx, row.board_id, record["owner_ids"])}
    was = {"cards": [{"id": row.id, "list_id": row.list_id, "position": row.position}]}
    change.record("card.moved", f"board:{row.board_id}", put=put, drop=drop, subject=("card", row.id), was=was)


def _label(change: Change, place: Place, f: Fitted, id: int, its: dict[str, Any], seen: sources.Seen) -> None:
    before_there = {place.labels[x] for x in seen.get("labels", ()) if x in place.labels}
    now_there = {place.labels[x] for x in f.labels if x in place.labels}
    if before_there == now_there:
        return
    tx, before = change.tx, its["label_ids"]
    wanted = (set(before) | (now_there - before_there)) - (before_there - now_there)
    if wanted == set(before):
        return
    tx.delete(CardLabel, card_labels.c.card_id == id, card_labels.c.label_id.in_(set(before) - wanted))
    school = change.actor.school_id
    tx.insert_all(
        CardLabel, [{"card_id": id, "label_id": x, "school_id": school} for x in sorted(wanted - set(before))]
    )
    label_verbs.tell(change, sight.card(tx, change.actor, id, change=True), before, "card.labelled")


def _own(change: Change, f: Fitted, id: int, its: dict[str, Any], seen: sources.Seen) -> None:
    before_there, now_there = set(seen.get("owners", ())), set(f.owners)
    if before_there == now_there:
        return
    tx, before = change.tx, its
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


def _fill(
    change: Change, place: Place, f: Fitted, id: int, its: dict[str, Any], seen: sources.Seen, now: sources.Seen, report: Changes
) -> None:  # fmt: skip
    """Field by field: what was said anew there is taken over where nothing else was said here."""
    before_there, now_there, tx = seen.get("values", {}), now["values"], change.tx
    changed = [
        x for x in {**before_there, **now_there} if now_there.get(x) != before_there.get(x) and x in place.fields
    ]
    if not changed:
        return
    row = sight.card(tx, change.actor, id, change=True)
    before, wanted = its["field_values"], bring.values_of(place, f)
    for there in changed:
        field = place.fields[there]
        names = {ours: option for option, ours in field.options.items()}
        ours, value = before.get(str(field.id)), wanted.get(field.id)
        as_there = names.get(ours) if field.kind == "choice" else ours
        if ours == value:
            continue
        if (None if ours is None else sources.mark(as_there)) == before_there.get(there):
            values.put(tx, row, field.id, value)
        else:
            report.kept_ours("cards", row.title, "custom_fields")
    if records.relations(tx, id)["field_values"] != before:
        field_verbs.tell(change, row, before)
