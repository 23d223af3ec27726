"""What the actions of an export tell: comments, and when a card was finished or archived. An export holds the newest 1,000 only."""

from typing import Any

import orjson

from .values import instant, part, source_id, text

Record = dict[str, Any]
COMMENTS = ("commentCard", "copyCommentCard")


class History:
    def __init__(self) -> None:
        #: card → id of the comment → the comment, packed
        self.comments: dict[str, dict[str, bytes]] = {}
        self._done: dict[str, str] = {}
        self._archived: dict[str, str] = {}
        self._ticked: dict[str, str] = {}
        self.empty = 0

    def take(self, action: Record) -> Record | None:
        """Takes one action in; returns the person who wrote it when it is a comment."""
        kind, data = action.get("type"), part(action.get("data"))
        if kind in COMMENTS:
            return self._comment(action, data)
        at = instant(action.get("date"))
        if not at:
            return None
        if kind == "updateCard":
            card, old = part(data.get("card")), part(data.get("old"))
            if old.get("dueComplete") is False and card.get("dueComplete") is True:
                _latest(self._done, source_id(card.get("id")), at)
            if old.get("closed") is False and card.get("closed") is True:
                _latest(self._archived, source_id(card.get("id")), at)
        elif kind == "updateCheckItemStateOnCard" and part(data.get("checkItem")).get("state") == "complete":
            _latest(self._ticked, source_id(part(data["checkItem"]).get("id")), at)
        return None

    def done_at(self, card: str) -> str | None:
        return self._done.get(card)

    def archived_at(self, card: str) -> str | None:
        return self._archived.get(card)

    def ticked_at(self, item: str) -> str | None:
        return self._ticked.get(item)

    def _comment(self, action: Record, data: Record) -> Record | None:
        id, card = source_id(action.get("id")), source_id(part(data.get("card")).get("id"))
        body = text(data.get("text"))
        if not body.strip() or not id:
            self.empty += 1
            return None
        writer = part(action.get("memberCreator"))
        by = source_id(action.get("idMemberCreator")) or source_id(writer.get("id"))
        if source_id(data.get("idOriginalCommenter")):
            by = source_id(data["idOriginalCommenter"])
        comment = {
            "id": id,
            "by": by,
            "at": instant(action.get("date")),
            "edited_at": instant(data.get("dateLastEdited")),
            "body": body,
        }
        self.comments.setdefault(card, {}).setdefault(id, orjson.dumps(comment))
        return writer or None


def _latest(known: dict[str, str], id: str, at: str) -> None:
    if id and at > known.get(id, ""):
        known[id] = at
