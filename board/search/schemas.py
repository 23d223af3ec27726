"""Input and output of finding."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from board.core.schemas import Id, Input, Output

LONGEST = 500
Kind = Literal["card", "comment", "board", "list", "group", "initiative", "person"]


class Search(Input):
    model_config = ConfigDict(
        extra="forbid", strict=False, frozen=True, json_schema_extra={"examples": [{"q": "timetable owner:me"}]}
    )
    #: words, "phrases", -words, and owner: label: due: is: in: by: #123
    q: Annotated[str, StringConstraints(max_length=LONGEST)] = ""
    kind: Kind | None = None
    board_id: Id | None = None
    after: Annotated[str, StringConstraints(max_length=500)] | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class Piece(Output):
    text: str
    hit: bool


class Hit(Output):
    kind: Kind
    id: int
    href: str
    title: list[Piece]
    snippet: list[Piece]
    at: str


class Note(Output):
    """Of what was typed, what could not be taken as it was meant."""

    code: Literal["as_text", "too_many", "nothing_to_find"]
    what: str
    message: str


class Results(Output):
    data: list[Hit]
    next: str | None
    notes: list[Note]
