"""The neutral plan in our own measures: what fits as it is, what is cut, and where that is said."""

import re
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from pydantic import TypeAdapter, ValidationError

from board.boards.commands.attachments import MOST_ATTACHMENTS
from board.boards.commands.checklists import MOST_CHECKLISTS
from board.boards.schemas import MOST_ITEMS, MOST_OWNERS, Url
from board.core.schemas import LONGEST_BODY, LONGEST_LABEL, LONGEST_TITLE
from board.exchange.people import People

_COLOURS = {
    "red": "red", "orange": "amber", "yellow": "amber", "green": "green", "lime": "green", "blue": "blue", "sky": "blue",
    "purple": "violet", "pink": "violet", "black": "grey", "": "grey",
}  # fmt: skip
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_url: TypeAdapter[str] = TypeAdapter(Url)

LeftOut = dict[str, Any]


@dataclass
class Fitted:
    """A card and all on it, ready to be written."""

    id: str
    list_id: str
    card: dict[str, Any]
    labels: list[str]
    owners: list[int]
    checklists: list[dict[str, Any]]
    comments: list[dict[str, Any]]
    attachments: list[dict[str, Any]]
    #: by the ids that the fields and the options had there
    values: dict[str, Any]
    left_out: list[LeftOut] = field(default_factory=list)


def label(source: dict[str, Any]) -> dict[str, str]:
    base = source["colour"].split("_")[0]
    colour = _COLOURS.get(base, "grey")
    # Two labels without a name that were orange and yellow would be one here: such a label is called by its colour.
    title = source["title"] or (base if base not in ("", colour) else "")
    return {"title": title[:LONGEST_LABEL], "colour": colour}


def field_(source: dict[str, Any]) -> dict[str, Any]:
    """Its options with ids of our own, by their order."""
    options = [
        {
            "id": n,
            "title": o["title"][:LONGEST_LABEL],
            "colour": _COLOURS.get(o["colour"].split("_")[0]) if o["colour"] else None,
        }
        for n, o in enumerate(source["options"], 1)
    ]
    return {"title": source["title"][:LONGEST_LABEL], "kind": source["kind"], "options": options}


def list_(source: dict[str, Any]) -> dict[str, Any]:
    limit = source["wip_limit"]
    return {"title": title(source["title"]), "wip_limit": limit if limit and limit <= 1000 else None}


def title(text: str) -> str:
    text = text or _("Without a title")
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"


def card(source: dict[str, Any], people: People) -> Fitted:
    left_out: list[LeftOut] = []
    owners, strangers = people.owners(source["owners"])
    facts = [*source["facts"], *([(_("Owners"), ", ".join(strangers))] if strangers else [])]
    values = {
        "title": title(source["title"]), "description": _description(source, facts, left_out), "start": source["start"],
        "due": source["due"], "done": source["done"], "archived_at": source["archived_at"] if source["archived"] else None,
        "created_at": source["created_at"], "archived": source["archived"], "pos": source["pos"],
    }  # fmt: skip
    return Fitted(
        source["id"], source["list_id"], values, source["labels"], owners[:MOST_OWNERS], _checklists(source, people, left_out),
        _comments(source, people), _attachments(source, left_out), source.get("values", {}), left_out,
    )  # fmt: skip


def _description(source: dict[str, Any], facts: list[Any], left_out: list[LeftOut]) -> str:
    text = source["description"]
    if len(source["title"]) > LONGEST_TITLE:
        text = f"{source['title']}\n\n{text}"
        left_out.append({"kind": "cards", "code": "long_title", "what": title(source["title"])[:80]})
    if facts:
        lines = "\n".join(f"- {_plain(name)}: {_plain(value)}" for name, value in facts)
        text = (f"{text.rstrip()}\n\n---\n\n" if text.strip() else "") + f"**{_('From Trello')}**\n\n{lines}"
    if len(text) > LONGEST_BODY:
        left_out.append({"kind": "cards", "code": "long_text", "what": title(source["title"])[:80]})
    return text[:LONGEST_BODY]


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _checklists(source: dict[str, Any], people: People, left_out: list[LeftOut]) -> list[dict[str, Any]]:
    found = []
    for checklist in source["checklists"][:MOST_CHECKLISTS]:
        todo = []
        for n, item in enumerate(checklist["items"]):
            owners, strangers = people.owners([item["owner"]]) if item["owner"] else ([], [])
            if strangers:
                left_out.append(
                    {"kind": "items", "code": "item_person", "what": item["title"][:80], "card": source["title"][:80]}
                )
            text = title(item["title"] + (f" ({strangers[0]})" if strangers else ""))
            id, owner_id = item["id"] or f"{checklist['id']}/{n}", owners[0] if owners else None
            todo.append({"id": id, "title": text, "done": item["done"], "due": item["due"], "owner_id": owner_id})
        _say_over(todo, MOST_ITEMS, "items", source, left_out)
        found.append({"id": checklist["id"], "title": title(checklist["title"]), "items": todo[:MOST_ITEMS]})
    _say_over(source["checklists"], MOST_CHECKLISTS, "checklists", source, left_out)
    return found


def _comments(source: dict[str, Any], people: People) -> list[dict[str, Any]]:
    found = []
    for comment in source["comments"]:
        by, by_name = people.writer(comment["by"])
        body = people.mentions(comment["body"])[:LONGEST_BODY]
        at = comment["at"] or source["created_at"] or "1970-01-01T00:00:00.000Z"
        found.append(
            {
                "id": comment["id"],
                "body": body,
                "by": by,
                "by_name": by_name,
                "at": at,
                "edited_at": comment["edited_at"],
            }
        )
    return found


def _attachments(source: dict[str, Any], left_out: list[LeftOut]) -> list[dict[str, Any]]:
    found = []
    for link in source["attachments"]:
        try:
            url = _url.validate_python(link["url"])
        except ValidationError:
            left_out.append(
                {"kind": "attachments", "code": "not_web", "what": link["title"][:80], "card": source["title"][:80]}
            )
            continue
        found.append({"id": link["id"], "title": title(link["title"]), "url": url, "at": link["at"]})
    _say_over(found, MOST_ATTACHMENTS, "attachments", source, left_out)
    return found[:MOST_ATTACHMENTS]


def _say_over(found: list[Any], most: int, kind: str, source: dict[str, Any], left_out: list[LeftOut]) -> None:
    if len(found) > most:
        left_out.append(
            {"kind": kind, "code": "too_many_on_card", "what": source["title"][:80], "n": len(found) - most}
        )
