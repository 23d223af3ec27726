"""What others write, brought into the index in the same transaction. What changes no text costs nothing here."""

from typing import Any

from sqlalchemy import select

from board.boards.models import card_labels
from board.core import command
from board.core.command import Change
from board.search import fill

Event = dict[str, Any]
_TEXTS = {"title", "description", "measure"}
#: of a card as a whole, or of one that moves to another board and leaves labels behind
_OF_CARD = (
    "card.added", "card.changed", "card.moved", "card.labelled", "card.unlabelled", "cards.added", "cards.labelled",
    "list.copied", "list.moved_over", "board.filled",
    "checklist.added", "checklist.changed", "checklist.deleted", "checklist.restored",
    "item.added", "item.changed", "item.deleted", "item.restored", "attachment.added", "attachment.removed", "attachment.restored",
)  # fmt: skip
_OF_LABEL = ("label.changed", "label.deleted", "label.restored")
_OF_COMMENT = ("comment.added", "comment.edited", "comment.deleted", "comment.restored")
#: event types → what they are about
_OF_PLACE = {
    "board.added": "board", "board.changed": "board", "list.added": "list", "list.changed": "list", "list.copied": "list", "list.moved_over": "list",
    "group.added": "group", "group.changed": "group", "group.norms_set": "group", "group.opened": "group", "group.closed": "group",
    "initiative.added": "initiative", "initiative.changed": "initiative", "initiative.norms_set": "initiative", "initiative.opened": "initiative", "initiative.closed": "initiative",
    "member.added": "person", "member.changed": "person",
}  # fmt: skip
_TYPES = frozenset((*_OF_CARD, *_OF_LABEL, *_OF_COMMENT, *_OF_PLACE))


@command.on(*_TYPES)
def keep(change: Change, event: Event) -> None:
    """All events of a command at once, when its last one comes along."""
    if next(e for e in reversed(change.events) if e["type"] in _TYPES) is not event:
        return
    found: dict[str, set[int]] = {}
    brought: set[int] = set()
    for told in change.events:
        type = told["type"]
        if type in _OF_PLACE:
            found.setdefault(_OF_PLACE[type], set()).update(_subject(told, _OF_PLACE[type]))
        if type == "board.filled":
            found.setdefault("list", set()).update(_ids(told["put"], "lists"))
        if type in _OF_COMMENT:
            found.setdefault("comment", set()).update(_ids(told["put"], "comments"))
        elif type in _OF_LABEL:
            found.setdefault("card", set()).update(_labelled(change, told))
        elif type in _OF_CARD and _says_something(told):
            on_it = _cards(told)
            found.setdefault("card", set()).update(on_it)
            if told["source_at"] is not None:
                brought.update(on_it)
    for kind, ids in found.items():
        fill.write(change.tx, kind, ids)
    if brought:
        # From elsewhere cards come with their comments, and those are told one by one without their texts.
        fill.write_comments_of(change.tx, brought)


def _says_something(event: Event) -> bool:
    """Whether texts may be other ones now; dates, ticks and places are none."""
    was = event["was"] or {}
    type = event["type"]
    if type == "card.moved":
        return "label_ids" in next(iter(was.get("cards", ())), ())
    if type == "card.changed":
        return not _TEXTS.isdisjoint(next(iter(was.get("cards", ())), ()))
    if type in ("item.changed", "checklist.changed"):
        parts = was.get("items") or was.get("checklists") or ()
        return any("title" in part for part in parts)
    return True


def _cards(event: Event) -> list[int]:
    kind, id = event["subject"]
    if kind == "card" and id:
        return [id]
    return [*_ids(event["put"], "cards"), *_ids(event["was"] or {}, "cards")]


def _labelled(change: Change, event: Event) -> list[int]:
    was = event["was"] or {}
    if event["type"] == "label.changed" and not any("title" in label for label in was.get("labels", ())):
        return []
    carrying = select(card_labels.c.card_id).where(card_labels.c.label_id == event["subject"][1])
    return [*change.tx.scalars(carrying), *was.get("had", ())]


def _subject(event: Event, kind: str) -> list[int]:
    of, id = event["subject"]
    return [id] if id and of == ("member" if kind == "person" else kind) else []


def _ids(records: dict[str, Any], name: str) -> list[int]:
    return [record["id"] for record in records.get(name, ())]
