"""The neutral plan of a board, as JSON lines: first the header, then every card with all that hangs on it, list by list in their order.

Everything is named by the id it had where it came from. Instants are ``YYYY-MM-DDTHH:MM:SS.mmmZ``.
"""

from typing import NotRequired, TypedDict


class LeftOut(TypedDict):
    """What does not come along, or not as it was: ``code`` is the reason, ``what`` names it in the file's own words."""

    kind: str
    code: str
    what: str
    card: NotRequired[str]
    n: NotRequired[int]
    cards: NotRequired[int]
    #: this many more for the same reason
    more: NotRequired[int]


class Person(TypedDict):
    id: str
    name: str
    username: str
    email: str
    cards: int
    comments: int
    items: int


class Label(TypedDict):
    id: str
    title: str
    colour: str


class List(TypedDict):
    id: str
    title: str
    archived: bool
    wip_limit: int | None
    created_at: str | None
    #: its place as the source had it, to see whether it was moved
    pos: float | None


Value = str | int | float | bool


class Option(TypedDict):
    id: str
    title: str
    colour: str


class Field(TypedDict):
    id: str
    title: str
    #: text, number, date, tick, choice
    kind: str
    #: shown on the front of the cards
    front: bool
    options: list[Option]


class Header(TypedDict):
    source: str
    id: str
    title: str
    description: str
    created_at: str | None
    people: list[Person]
    labels: list[Label]
    lists: list[List]
    fields: list[Field]
    found: dict[str, int]
    missing_comments: int
    #: only the cards that miss some: id, title, how many
    missing_by_card: list[tuple[str, str, int]]
    left_out: list[LeftOut]


class Item(TypedDict):
    id: str
    title: str
    done: str | None
    due: str | None
    owner: str


class Checklist(TypedDict):
    id: str
    title: str
    items: list[Item]


class Comment(TypedDict):
    id: str
    by: str
    at: str | None
    edited_at: str | None
    body: str


class Attachment(TypedDict):
    id: str
    title: str
    url: str
    at: str | None
    upload: bool


class Card(TypedDict):
    id: str
    list_id: str
    title: str
    description: str
    created_at: str | None
    pos: float | None
    archived: bool
    archived_at: str | None
    start: str | None
    due: str | None
    done: str | None
    owners: list[str]
    labels: list[str]
    #: what stands in the board's fields, by their ids; a choice by the id of what was chosen
    values: dict[str, Value]
    #: (name, value) of what the product has no place for: fields that do not fit, the location
    facts: list[tuple[str, str]]
    checklists: list[Checklist]
    comments: list[Comment]
    attachments: list[Attachment]
