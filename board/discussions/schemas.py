"""Input and output of discussions."""

from typing import Annotated

from pydantic import ConfigDict, StringConstraints

from board.core.schemas import LONGEST_BODY, Id, Input, Output

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_BODY)]


class AddComment(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"body": "Year 4 can only do Thursday."}]})
    body: Text
    reply_to: Id | None = None


class EditComment(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"body": "Year 4 can only do Friday."}]})
    body: Text


class ReadUpTo(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"up_to": 5}]})
    up_to: Id


class Comment(Output):
    id: int
    thread_id: int
    reply_to: int | None
    body: str
    html: str
    by: int | None
    by_name: str | None
    at: str
    edited_at: str | None
    deleted_at: str | None
    reactions: dict[str, list[int]]
    version: int


class CommentWritten(Output):
    data: Comment
    events: list[dict[str, object]]


class Thread(Output):
    id: int
    resolved_at: str | None
    #: how far the reader has read
    up_to: int


class CommentList(Output):
    room: str
    seq: int
    thread: Thread
    data: list[Comment]
    next: str | None
    can: dict[str, list[str]]


class Person(Output):
    id: int
    name: str
    job_title: str | None


class People(Output):
    data: list[Person]
    next: str | None


class ThreadWritten(Output):
    data: dict[str, object]
    events: list[dict[str, object]]
