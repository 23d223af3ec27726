"""Records of an export → the neutral plan (``shape.py``). Kept packed until the end, because cards may come before or after all that belongs to them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from .broken import Broken
from .fields import Fields
from .history import History
from .labels import Labels
from .shape import Attachment, Card, Checklist, Comment, Header, Item, LeftOut, List, Person
from .values import count, instant, items, line, made_at, number, order, part, source_id, text

MOST_CARDS = 100_000
MOST_KEPT = 400_000_000
#: lists, labels, people: more than this is no board
MOST_OF_A_KIND = 20_000
#: what one card with all that hangs on it may have, in bytes
MOST_OF_A_CARD = 8_000_000
#: of one kind and reason; the others are counted
MOST_LEFT_OUT = 200
#: the list that cards get whose own list is not in the export
NO_LIST = "no-list"

Record = dict[str, Any]


class Plan:
    def __init__(self) -> None:
        self.board: Record = {}
        self._lists: dict[str, List] = {}
        self._list_order: dict[str, tuple[float, str]] = {}
        self._people: dict[str, Person] = {}
        self._labels = Labels()
        self._fields = Fields()
        self._history = History()
        self._cards: dict[str, bytes] = {}
        self._card_order: dict[str, tuple[float, str]] = {}
        self._checklists: dict[str, dict[str, bytes]] = {}
        self._left_out: list[LeftOut] = []
        self._reasons: Counter[tuple[str, str]] = Counter()
        self._seen: Counter[str] = Counter()
        self._kept = 0
        self._take: dict[str, Callable[[Record], None]] = {
            "board": self._take_board, "lists": self._take_list, "labels": self._take_label, "members": self._take_person,
            "checklists": self._take_checklist, "customFields": self._fields.declare, "cards": self._take_card, "actions": self._take_action,
        }  # fmt: skip

    def take(self, collection: str, record: Record) -> None:
        """Raises:
        Broken: more than one board can hold.
        """
        self._take[collection](record)
        if max(len(self._lists), len(self._people), len(self._labels), len(self._fields)) > MOST_OF_A_KIND:
            raise Broken("too_many", most=MOST_OF_A_KIND)
        if self._kept > MOST_KEPT:
            raise Broken("too_much", most=MOST_KEPT)

    def lines(self) -> Iterator[Header | Card]:
        """The header, then the cards.

        Raises:
            Broken: there is no board in these records.
        """
        if not self._lists and not self._cards:
            raise Broken("not_trello")
        lists = sorted(self._lists.values(), key=lambda found: self._list_order[found["id"]])
        by_list: dict[str, list[str]] = {found["id"]: [] for found in lists}
        for id in sorted(self._cards, key=self._card_order.__getitem__):
            home = orjson.loads(self._cards[id])["list_id"]
            by_list.setdefault(home if home in by_list else NO_LIST, []).append(id)
        if by_list.get(NO_LIST):
            lists.append(
                {
                    "id": NO_LIST,
                    "title": "Without a list",
                    "archived": True,
                    "wip_limit": None,
                    "created_at": None,
                    "pos": None,
                }
            )
            self._leave_out({"kind": "lists", "code": "no_list", "what": "", "cards": len(by_list[NO_LIST])})
        cards = [(home, id) for home, ids in by_list.items() for id in ids]
        yield self._header(lists, [id for _, id in cards])
        for home, id in cards:
            yield self._card(home, id)

    # -- taking in -----------------------------------------------------------------------------------------------------------------

    def _take_board(self, record: Record) -> None:
        self.board = record

    def _take_list(self, record: Record) -> None:
        id = source_id(record.get("id"))
        if not id or id in self._lists:
            self._leave_out({"kind": "lists", "code": "double_id" if id else "no_id", "what": line(record.get("name"))})
            return
        self._lists[id] = {
            "id": id, "title": line(record.get("name")), "archived": record.get("closed") is True,
            "wip_limit": count(record.get("softLimit")) or None, "created_at": made_at(id), "pos": number(record.get("pos")),
        }  # fmt: skip
        self._list_order[id] = order(record)

    def _take_label(self, record: Record) -> None:
        self._labels.declare(record)

    def _take_person(self, record: Record) -> None:
        id = source_id(record.get("id"))
        if id and id not in self._people:
            name, username = line(record.get("fullName")), line(record.get("username"))
            email = line(record.get("email")).lower()
            self._people[id] = {
                "id": id,
                "name": name or username,
                "username": username,
                "email": email,
                "cards": 0,
                "comments": 0,
                "items": 0,
            }

    def _take_checklist(self, record: Record, card: str = "") -> None:
        id, card = source_id(record.get("id")), source_id(record.get("idCard")) or card
        todo = [part(i) for i in items(record.get("checkItems"))]
        kept = {
            "id": id, "title": line(record.get("name")), "order": order(record),
            "items": [
                {"id": source_id(i.get("id")), "title": line(i.get("name")), "done": i.get("state") == "complete", "due": instant(i.get("due")),
                 "owner": source_id(i.get("idMember"))}
                for i in sorted(todo, key=order)
            ],
        }  # fmt: skip
        if id and id not in self._checklists.get(card, {}):
            self._seen["checklists"] += 1
            self._seen["items"] += len(kept["items"])
            self._checklists.setdefault(card, {})[id] = self._packed(kept)

    def _take_card(self, record: Record) -> None:
        id, title = source_id(record.get("id")), line(record.get("name"))
        if not id or id in self._cards:
            self._leave_out({"kind": "cards", "code": "double_id" if id else "no_id", "what": title})
            return
        if len(self._cards) >= MOST_CARDS:
            raise Broken("too_many", most=MOST_CARDS)
        for checklist in items(record.get("checklists")):
            self._take_checklist(part(checklist), id)
        attachments = [part(a) for a in items(record.get("attachments"))]
        self._seen["archived_cards"] += record.get("closed") is True
        self._seen["attachments"] += len(attachments)
        self._seen["votes"] += len(items(record.get("idMembersVoted")))
        self._seen["stickers"] += len(items(record.get("stickers")))
        cover = part(record.get("cover"))
        self._seen["covers"] += bool(cover.get("color") or cover.get("idAttachment") or record.get("idAttachmentCover"))
        if record.get("isTemplate") is True:
            self._leave_out({"kind": "cards", "code": "template", "what": title})
        where = ", ".join(filter(None, (line(record.get("locationName")), line(record.get("address")))))
        self._card_order[id] = order(record)
        self._cards[id] = self._packed(
            {
                "list_id": source_id(record.get("idList")), "title": title, "description": text(record.get("desc")),
                "archived": record.get("closed") is True, "start": instant(record.get("start")), "due": instant(record.get("due")),
                "done": record.get("dueComplete") is True, "done_at": instant(record.get("dateCompleted")),
                "last": instant(record.get("dateLastActivity")), "labels": self._labels.upon(record),
                "owners": list(dict.fromkeys(filter(None, map(source_id, items(record.get("idMembers")))))),
                "attachments": sorted(attachments, key=order), "customFieldItems": items(record.get("customFieldItems")),
                "where": where, "comments": count(part(record.get("badges")).get("comments")),
            }
        )  # fmt: skip

    def _take_action(self, record: Record) -> None:
        writer = self._history.take(record)
        if writer:
            self._take_person(writer)
            self._kept += 400 + len(part(record.get("data")).get("text") or "")

    def _leave_out(self, row: LeftOut) -> None:
        reason = (row["kind"], row["code"])
        self._reasons[reason] += 1
        if self._reasons[reason] <= MOST_LEFT_OUT:
            self._left_out.append(row)

    def _packed(self, value: Any) -> bytes:
        packed = orjson.dumps(value)
        self._kept += len(packed)
        return packed

    # -- giving out ----------------------------------------------------------------------------------------------------------------

    def _header(self, lists: list[List], cards: list[str]) -> Header:
        missing = []
        values = 0
        for id in cards:
            card = orjson.loads(self._cards[id])
            comments = self._history.comments.get(id, {})
            lost = card["comments"] - len(comments)
            if lost > 0:
                missing.append((id, card["title"], lost))
            values += len(self._fields.facts(card))
            for owner in card["owners"]:
                self._person(owner)["cards"] += 1
            for comment in comments.values():
                self._person(orjson.loads(comment)["by"])["comments"] += 1
            for packed in self._checklists.get(id, {}).values():
                for item in orjson.loads(packed)["items"]:
                    self._count_item(item)
            self._labels.described(card["labels"])
            self._say_uploads(card)
        id = source_id(self.board.get("id"))
        return {
            "source": "trello", "id": id, "title": line(self.board.get("name")), "description": text(self.board.get("desc")), "created_at": made_at(id),
            "people": sorted(self._people.values(), key=lambda p: (p["name"].casefold(), p["id"])),
            "labels": self._labels.all(self.board.get("labelNames")), "lists": lists,
            "fields": self._fields.all(), "found": self._found(lists),
            "missing_comments": sum(n for _, _, n in missing), "missing_by_card": missing, "left_out": self._all_left_out(values),
        }  # fmt: skip

    def _count_item(self, item: Record) -> None:
        if item["owner"]:
            self._person(item["owner"])["items"] += 1
        self._seen["item_owners"] += bool(item["owner"])
        self._seen["item_dates"] += bool(item["due"])

    def _found(self, lists: list[List]) -> dict[str, int]:
        return {
            "lists": sum(found["id"] != NO_LIST for found in lists), "cards": len(self._cards), "archived_cards": self._seen["archived_cards"],
            "labels": len(self._labels.all(None)), "checklists": self._seen["checklists"], "items": self._seen["items"],
            "item_owners": self._seen["item_owners"], "item_dates": self._seen["item_dates"],
            "comments": sum(len(c) for c in self._history.comments.values()) + self._history.empty, "attachments": self._seen["attachments"],
            "custom_fields": len(self._fields),
        }  # fmt: skip

    def _all_left_out(self, field_values: int) -> list[LeftOut]:
        for row in self._labels.left_out(self.board.get("labelNames")):
            self._leave_out(row)
        for card, checklists in self._checklists.items():
            for packed in checklists.values() if card not in self._cards else ():
                self._leave_out({"kind": "checklists", "code": "no_card", "what": orjson.loads(packed)["title"]})
        for card, comments in self._history.comments.items():
            for packed in comments.values() if card not in self._cards else ():
                self._leave_out({"kind": "comments", "code": "no_card", "what": orjson.loads(packed)["body"][:80]})
        if self._history.empty:
            self._leave_out({"kind": "comments", "code": "empty", "what": "", "n": self._history.empty})
        names = ", ".join(self._fields.names_of_others())
        if names or field_values:
            self._leave_out({"kind": "custom_fields", "code": "fields_as_text", "what": names, "n": field_values})
        for kind in ("votes", "stickers", "covers"):
            if self._seen[kind]:
                self._leave_out({"kind": kind, "code": kind, "what": "", "n": self._seen[kind]})
        over: list[LeftOut] = [
            {"kind": kind, "code": code, "what": "", "more": n - MOST_LEFT_OUT}
            for (kind, code), n in self._reasons.items()
            if n > MOST_LEFT_OUT
        ]
        return self._left_out + over

    def _say_uploads(self, card: Record) -> None:
        for attachment in card["attachments"]:
            name = line(attachment.get("name")) or line(attachment.get("url"))
            if not line(attachment.get("url")):
                self._leave_out({"kind": "attachments", "code": "no_address", "what": name, "card": card["title"]})
            elif attachment.get("isUpload") is True:
                self._leave_out({"kind": "attachments", "code": "upload", "what": name, "card": card["title"]})

    def _person(self, id: str) -> Person:
        return self._people.setdefault(
            id, {"id": id, "name": "", "username": "", "email": "", "cards": 0, "comments": 0, "items": 0}
        )

    def _card(self, home: str, id: str) -> Card:
        card = orjson.loads(self._cards[id])
        facts = self._fields.facts(card)
        if card["where"]:
            facts.append(("Location", card["where"]))
        done = (card["done_at"] or self._history.done_at(id) or card["last"] or made_at(id)) if card["done"] else None
        archived_at = (self._history.archived_at(id) or card["last"]) if card["archived"] else None
        return {
            "id": id, "list_id": home, "title": card["title"], "description": card["description"], "created_at": made_at(id),
            "pos": self._card_order[id][0], "archived": card["archived"], "archived_at": archived_at, "start": card["start"], "due": card["due"], "done": done,
            "owners": card["owners"], "labels": self._labels.described(card["labels"]), "facts": facts,
            "values": self._fields.values(card),
            "checklists": list(self._checklists_of(id, card["last"])), "comments": self._comments_of(id),
            "attachments": list(_attachments(card["attachments"])),
        }  # fmt: skip

    def _checklists_of(self, card: str, last: str | None) -> Iterable[Checklist]:
        for checklist in sorted(
            map(orjson.loads, self._checklists.get(card, {}).values()), key=lambda c: tuple(c["order"])
        ):
            todo: list[Item] = []
            for item in checklist["items"]:
                done = (self._history.ticked_at(item["id"]) or last or made_at(item["id"])) if item["done"] else None
                todo.append(
                    {"id": item["id"], "title": item["title"], "done": done, "due": item["due"], "owner": item["owner"]}
                )
            yield {"id": checklist["id"], "title": checklist["title"], "items": todo}

    def _comments_of(self, card: str) -> list[Comment]:
        found: list[Comment] = [orjson.loads(c) for c in self._history.comments.get(card, {}).values()]
        for comment in found:
            comment["at"] = comment["at"] or made_at(comment["id"])
        return sorted(found, key=lambda c: (c["at"] or "", c["id"]))


def _attachments(records: list[Record]) -> Iterator[Attachment]:
    for record in records:
        url, id = line(record.get("url")), source_id(record.get("id"))
        if url:
            at = instant(record.get("date")) or made_at(id)
            yield {
                "id": id or url[:100],
                "title": line(record.get("name")) or url,
                "url": url,
                "at": at,
                "upload": record.get("isUpload") is True,
            }
