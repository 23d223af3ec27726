"""Input and output of notices."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from board.core.schemas import Id, Input, Output

Reason = Literal["asked", "named", "answered", "mentioned", "replied", "commented", "reacted", "due", "moved", "joined"]


class ReadNotices(Input):
    """Either all up to one, or all about one card."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"up_to": 12}]})
    up_to: Id | None = None
    card_id: Id | None = None


class ChangeSettings(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"off": ["moved", "reacted"]}]})
    off: Annotated[list[Reason], Field(max_length=20)]


class Notice(Output):
    id: int
    reason: Reason
    event: str
    title: str
    board_id: int | None
    group_id: int | None
    initiative_id: int | None
    card_id: int | None
    thread_id: int | None
    comment_id: int | None
    item_id: int | None
    by: int | None
    by_name: str | None
    #: how many others did it too
    others: int
    count: int
    detail: str | None
    at: str
    read_at: str | None


class NoticeList(Output):
    room: str
    seq: int
    data: list[Notice]
    next: str | None


class NoticeWritten(Output):
    data: Notice
    events: list[dict[str, object]]


class NoticesWritten(Output):
    #: how many became read
    data: dict[str, object]
    events: list[dict[str, object]]


class Settings(Output):
    id: int
    off: list[Reason]


class SettingsRead(Output):
    room: str
    seq: int
    data: Settings


class SettingsWritten(Output):
    data: Settings
    events: list[dict[str, object]]
