"""Input and output of boards, lists, cards and their parts."""

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from board.core.schemas import LONGEST_LABEL, Body, Day, Id, Input, Label, Output, Page, Title, When, unsaid

Colour = Literal["red", "amber", "green", "blue", "violet", "grey"]
#: calm grounds for a board; each is a colour of its own by day and by night
Background = Literal["sand", "sage", "sky", "lilac", "rose", "slate"]
MOST_OWNERS = 50
#: cards in one change, and made at once
MOST_AT_ONCE = 5_000
MOST_PASTED = 500
MOST_ITEMS = 200


def _web_address(url: str) -> str:
    if not url.lower().startswith(("https://", "http://")) or any(ord(c) < 33 for c in url):
        raise ValueError("give a web address that starts with https:// or http://")
    return url


Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2048), AfterValidator(_web_address)]
Ids = Annotated[list[Id], Field(max_length=MOST_OWNERS)]


class MakeBoard(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Reading week", "group_id": 1}]})
    title: Title
    group_id: Id | None = None
    initiative_id: Id | None = None
    #: what it starts with, one of the box that comes along; else it is empty
    start: Literal["meetings", "project", "nine-steps"] | None = None


class ChangeBoard(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Reading week, spring", "background": "sage"}]})
    title: Title = unsaid()
    background: Background | None = None
    #: offered as a start for new boards
    template: bool = unsaid()


class CopyBoard(Input):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": "Reading week, spring", "group_id": 1, "with_cards": True}]}
    )
    title: Title
    group_id: Id | None = None
    initiative_id: Id | None = None
    with_cards: bool = False


class Export(Input):
    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)
    format: Literal["csv", "json"] = "csv"


class BoardsPage(Page):
    #: the archived ones instead
    archived: bool = False


class Share(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"right": "comment"}]})
    right: Literal["read", "comment", "edit"] = "read"


class ShelfPage(Page):
    #: only what has this in its title
    q: Annotated[str, StringConstraints(max_length=100)] = ""


class MakeList(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "This week"}]})
    title: Title
    done: bool = False


class ChangeList(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Done", "done": True}]})
    title: Title = unsaid()
    done: bool = unsaid()
    wip_limit: Annotated[int, Field(ge=1, le=1000)] | None = None
    #: a full list takes no more cards; else it only says that it is full
    wip_hard: bool = unsaid()
    colour: Colour | None = None


class PlaceList(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"before_id": 4}]})
    before_id: Id | None = None
    after_id: Id | None = None


class CopyList(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Next week"}]})
    #: its own board, when it is left out
    board_id: Id | None = None
    title: Title | None = None


class PlaceListOnBoard(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"board_id": 2}]})
    board_id: Id
    before_id: Id | None = None
    after_id: Id | None = None


class MakeCard(Input):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": "Timetable for years 1 to 6", "due": "2026-11-27"}]}
    )
    title: Title
    description: Body = ""
    start: When | None = None
    due: When | None = None
    owner_ids: Ids = []
    label_ids: Ids = []


class MakeCards(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"titles": ["Book the hall", "Order chairs", "Songs"]}]})
    titles: Annotated[list[Title], Field(min_length=1, max_length=MOST_PASTED)]


class ChangeCard(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Timetable for years 1 to 6", "due": None}]})
    title: Title = unsaid()
    description: Body = unsaid()
    measure: Body = unsaid()
    start: When | None = None
    due: When | None = None
    #: help is wanted, for about so many minutes; null: it is not
    help_minutes: Annotated[int, Field(ge=5, le=600)] | None = None


class ProposeDate(Input):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"due": "2026-12-04", "note": "After the parents' evening"}]}
    )
    due: When
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=512)] = ""


class PlaceCard(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"list_id": 4, "before_id": 7}]})
    list_id: Id
    before_id: Id | None = None
    after_id: Id | None = None


Part = Literal["checklists", "labels", "attachments", "owners", "fields"]


class CopyCard(Input):
    """Text and dates always come along, what was said never does; ``with``: what else."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"list_id": 4, "with": ["checklists", "labels", "owners"]}]}
    )
    list_id: Id
    title: Title | None = None
    parts: Annotated[list[Part], Field(alias="with", max_length=5)] = ["checklists", "labels", "attachments", "fields"]


class SetRecurrence(Input):
    """A rhythm in school days: a card that falls on a closed day comes on the next school day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"every": "week", "on": [1]}, {"every": "month", "on": [15], "interval": 2}, {"every": "school_days", "interval": 1}]
        }
    )  # fmt: skip
    every: Literal["week", "month", "school_days"]
    #: of a week its days, Monday is 1; of a month its days; of school days nothing
    on: Annotated[list[Annotated[int, Field(ge=1, le=31)]], Field(max_length=31)] = []
    interval: Annotated[int, Field(ge=1, le=60)] = 1
    until: Day | None = None
    #: where the new ones come; the card's own list, when it is left out
    list_id: Id | None = None

    @model_validator(mode="after")
    def _days_of_it(self) -> "SetRecurrence":
        if self.every == "school_days" and self.on:
            raise ValueError("leave out on: school days come one after the other")
        if self.every == "week" and not (self.on and max(self.on) <= 7):
            raise ValueError("say on which days of the week, from 1 (Monday) to 7")
        if self.every == "month" and not self.on:
            raise ValueError("say on which days of the month")
        return self


class Placing(Input):
    """Where to, in the order in which the cards were named."""

    list_id: Id
    before_id: Id | None = None
    after_id: Id | None = None


class More(Input):
    """What is added to each, and what is taken from each."""

    add: Ids = []
    remove: Ids = []

    @model_validator(mode="after")
    def _says_something(self) -> "More":
        if not (self.add or self.remove):
            raise ValueError("name something to add or to remove")
        if set(self.add) & set(self.remove):
            raise ValueError("the same cannot be added and removed")
        return self


class ChangeCards(Input):
    """The cards, and one thing that is done to all of them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"card_ids": [7, 9], "position": {"list_id": 4}},
                {"card_ids": [7, 9], "label_ids": {"add": [2], "remove": [3]}},
                {"card_ids": [7, 9], "owner_ids": {"add": [5]}},
                {"card_ids": [7, 9], "due": "2026-12-04"},
                {"card_ids": [7, 9], "done": True},
                {"card_ids": [7, 9], "archive": True},
            ]
        }
    )
    card_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_AT_ONCE)]
    position: Placing = unsaid()
    label_ids: More = unsaid()
    owner_ids: More = unsaid()
    due: When | None = None
    done: bool = unsaid()
    archive: Literal[True] = unsaid()

    @model_validator(mode="after")
    def _one_thing(self) -> "ChangeCards":
        if len(self.model_fields_set) != 2:
            raise ValueError("name one change: position, label_ids, owner_ids, due, done or archive")
        return self


class Filter(Input):
    """What is looked for on a board."""

    text: Label = ""
    owners: Annotated[list[Literal["me", "nobody", "others"]], Field(max_length=3)] = []
    owner_ids: Ids = []
    label_ids: Ids = []
    due: Literal["late", "today", "week", "none"] | None = None
    done: bool | None = None
    help: bool = False
    waiting: bool = False


class ChangeView(Input):
    """What is not named stays as it was."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"collapsed": [4], "view": "board"}]})
    collapsed: Annotated[list[Id], Field(max_length=500)] = unsaid()
    filter: Filter | None = None
    view: Literal["board", "table", "calendar"] = unsaid()


class MakeLabel(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Literacy", "colour": "blue"}]})
    title: Label = ""
    colour: Colour = "grey"


class ChangeLabel(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"colour": "green"}]})
    title: Label = unsaid()
    colour: Colour = unsaid()


class MakeChecklist(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Before Friday"}]})
    title: Title


class ChangeChecklist(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Before Monday"}]})
    title: Title


class PlaceChecklist(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"before_id": 2}]})
    before_id: Id | None = None
    after_id: Id | None = None


class MakeItem(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Book the hall"}]})
    title: Title


class MakeItems(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"titles": ["Book the hall", "Order chairs"]}]})
    titles: Annotated[list[Title], Field(min_length=1, max_length=MOST_ITEMS)]


class ChangeItem(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Book the small hall", "due": "2026-11-27"}]})
    title: Title = unsaid()
    owner_id: Id | None = None
    due: When | None = None


class PlaceItem(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"checklist_id": 3, "before_id": 8}]})
    checklist_id: Id
    before_id: Id | None = None
    after_id: Id | None = None


class MakeCardOfItem(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"list_id": 4}]})
    list_id: Id | None = None


LinkKind = Literal["blocks", "waits", "relates", "duplicates"]


class AddLink(Input):
    """The card blocks the other, waits for it (the same, said from the other end), relates to it, or duplicates it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"other_id": 8, "kind": "blocks"}]})
    other_id: Id
    kind: LinkKind


FieldKind = Literal["text", "number", "date", "tick", "choice"]
MOST_OPTIONS = 100
MOST_VALUE = 2_000


class FieldOption(Input):
    """What can be chosen; one that is there already keeps its id."""

    id: Id | None = None
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LABEL)]
    colour: Colour | None = None


Options = Annotated[list[FieldOption], Field(max_length=MOST_OPTIONS)]
FieldTitle = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LABEL)]


class MakeField(Input):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Room",
                    "kind": "choice",
                    "options": [{"title": "Hall"}, {"title": "Library", "colour": "blue"}],
                }
            ]
        }
    )
    title: FieldTitle
    kind: FieldKind
    options: Options = []
    #: on the front of the cards too
    shown: bool = False


class ChangeField(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Place"}]})
    title: FieldTitle = unsaid()
    options: Options = unsaid()
    shown: bool = unsaid()


class PlaceField(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"before_id": 2}]})
    before_id: Id | None = None
    after_id: Id | None = None


class SetField(Input):
    """A text, a number, a day, true or false, or the id of an option, as the field's kind is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"value": "Hall"}]})
    value: Annotated[str, StringConstraints(max_length=MOST_VALUE)] | bool | int | float


class AddAttachment(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"url": "https://example.org/plan", "title": "Plan"}]})
    url: Url
    title: Label = ""


class Board(Output):
    id: int
    title: str
    group_id: int | None
    initiative_id: int | None
    background: str | None = None
    archived: str | None = None
    template: bool = False


class ListOut(Output):
    id: int
    title: str
    position: str
    done: bool
    wip_limit: int | None
    wip_hard: bool
    colour: str | None


class Card(Output):
    """In a snapshot a field at its default is left out."""

    id: int
    number: int
    list_id: int
    position: str
    title: str
    start: str | None = None
    due: str | None = None
    done: str | None = None
    owner_ids: list[int] = []
    asked_ids: list[int] = []
    label_ids: list[int] = []
    #: until when those who are asked could: member_id, due, note
    proposals: list[dict[str, object]] = []
    help_minutes: int | None = None
    comment_count: int = 0
    item_count: int = 0
    item_done: int = 0
    attachment_count: int = 0
    blocked_count: int = 0
    field_values: dict[str, str | int | float | bool] = {}
    #: it comes again: every, on, interval, until, list_id, next_day
    recurrence: dict[str, object] | None = None
    cover: str | None = None
    thread_id: int | None = None
    version: int = 0


class LabelOut(Output):
    id: int
    title: str
    colour: str


class Checklist(Output):
    id: int
    card_id: int
    title: str
    position: str


class Item(Output):
    id: int
    checklist_id: int
    title: str
    position: str
    done: str | None
    owner_id: int | None
    due: str | None
    became_id: int | None


class Items(Output):
    """Those that were added, and their checklist's id."""

    id: int
    items: list[Item]


class Link(Output):
    id: int
    card_id: int
    other_id: int
    kind: str


class FieldOut(Output):
    id: int
    title: str
    kind: str
    options: list[dict[str, object]]
    shown: bool
    position: str


class Attachment(Output):
    id: int
    card_id: int
    title: str
    url: str


class BoardSnapshot(Output):
    room: str
    seq: int
    epoch: str
    board: Board
    lists: list[ListOut]
    cards: list[Card]
    labels: list[LabelOut]
    fields: list[FieldOut]
    members: list[dict[str, object]]
    can: dict[str, object]


class BoardExport(Output):
    """As json: what a snapshot shows, and of each card its page and its comments. (As csv one line for each open card.)"""

    board: Board
    lists: list[ListOut]
    labels: list[LabelOut]
    fields: list[FieldOut]
    members: list[dict[str, object]]
    cards: list[Card]


class BoardList(Output):
    data: list[Board]
    next: str | None


class CardRead(Output):
    room: str
    seq: int
    data: Card
    checklists: list[Checklist]
    items: list[Item]
    attachments: list[Attachment]
    links: list[Link]
    others: list[dict[str, object]]
    can: list[str]


class Guest(Output):
    id: int
    name: str
    role: str
    active: bool
    right: str


class GuestList(Output):
    data: list[Guest]


class Rows(Output):
    data: list[dict[str, object]]
    next: str | None


class BoardWritten(Output):
    data: Board
    events: list[dict[str, object]]


class ListWritten(Output):
    data: ListOut
    events: list[dict[str, object]]


class CardWritten(Output):
    data: Card
    events: list[dict[str, object]]


class ListCopied(Output):
    """The new list, and its cards."""

    id: int
    cards: list[Card]


class ListCopiedWritten(Output):
    data: ListCopied
    events: list[dict[str, object]]


class Templates(Output):
    """Starts for a new board: those of the box that comes along, and the school's own that you may see."""

    box: list[dict[str, str]]
    data: list[Board]


class CardsMade(Output):
    id: int
    cards: list[Card]


class CardsMadeWritten(Output):
    data: CardsMade
    events: list[dict[str, object]]


class Skipped(Output):
    id: int
    #: gone: not on this board any more; archived; full: it has as many owners as a card may have
    why: Literal["gone", "archived", "full"]


class CardsChanged(Output):
    """Which cards are another now, and which were left out."""

    id: int
    card_ids: list[int]
    skipped: list[Skipped]


class CardsChangedWritten(Output):
    data: CardsChanged
    events: list[dict[str, object]]


class View(Output):
    """How you left a board; nobody else sees it."""

    id: int
    starred: bool
    collapsed: list[int]
    filter: dict[str, object] | None
    view: str


class ViewRead(Output):
    data: View


class ViewWritten(Output):
    data: View
    events: list[dict[str, object]]


class LabelWritten(Output):
    data: LabelOut
    events: list[dict[str, object]]


class ChecklistWritten(Output):
    data: Checklist
    events: list[dict[str, object]]


class ItemWritten(Output):
    data: Item
    events: list[dict[str, object]]


class ItemsWritten(Output):
    data: Items
    events: list[dict[str, object]]


class LinkWritten(Output):
    data: Link
    events: list[dict[str, object]]


class FieldWritten(Output):
    data: FieldOut
    events: list[dict[str, object]]


class AttachmentWritten(Output):
    data: Attachment
    events: list[dict[str, object]]


class RightWritten(Output):
    data: dict[str, object]
    events: list[dict[str, object]]
