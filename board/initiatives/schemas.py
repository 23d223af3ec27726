"""Input and output of initiatives and groups."""

from typing import Literal

from pydantic import ConfigDict

from board.core.schemas import Body, Day, Id, Input, Output, Page, Title, unsaid


class MakeInitiative(Input):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": "Literacy for all", "purpose": "Every child reads every day."}]}
    )
    title: Title
    purpose: Body = ""
    closed: bool = False
    start: Day | None = None
    horizon: Day | None = None


class ChangeInitiative(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "paused"}]})
    title: Title = unsaid()
    purpose: Body = unsaid()
    norms: Body = unsaid()
    #: the day to look at the norms again; with norms and without it, about a term from now
    norms_look_again: Day | None = None
    status: Literal["proposed", "open", "paused", "finished"] = unsaid()
    closed: bool = unsaid()
    start: Day | None = None
    horizon: Day | None = None


class InitiativeRole(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"role": "owner"}]})
    role: Literal["owner", "member"] = "member"


class MakeGroup(Input):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"title": "Reading week", "objective": "A timetable that every class can keep."}]
        }
    )
    title: Title
    objective: Body = ""
    initiative_id: Id | None = None
    closed: bool = False


class ChangeGroup(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"objective": "A timetable that every class can keep."}]})
    title: Title = unsaid()
    objective: Body = unsaid()
    norms: Body = unsaid()
    #: the day to look at the norms again; with norms and without it, about a term from now
    norms_look_again: Day | None = None
    closed: bool = unsaid()


class GroupRole(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"role": "lead"}]})
    role: Literal["lead", "member"] = "member"


class Initiative(Output):
    id: int
    title: str
    purpose: str
    status: str
    start: str | None
    horizon: str | None
    closed: bool
    archived: str | None
    version: int


class FullInitiative(Initiative):
    #: how people want to work together
    norms: str
    #: the day on which they look at them again
    norms_look_again: str | None


class Group(Output):
    id: int
    title: str
    objective: str
    initiative_id: int | None
    closed: bool
    archived: str | None
    version: int


class FullGroup(Group):
    #: how people want to work together
    norms: str
    #: the day on which they look at them again
    norms_look_again: str | None


class Places(Page):
    #: the archived ones instead of those at work
    archived: bool = False


class InitiativeRead(Output):
    room: str
    seq: int
    data: FullInitiative
    can: list[str]


class InitiativeList(Output):
    data: list[Initiative]
    next: str | None


class GroupRead(Output):
    room: str
    seq: int
    data: FullGroup
    can: list[str]


class GroupList(Output):
    data: list[Group]
    next: str | None


class InitiativeWritten(Output):
    data: FullInitiative
    events: list[dict[str, object]]


class GroupWritten(Output):
    data: FullGroup
    events: list[dict[str, object]]


class RoleWritten(Output):
    data: dict[str, object]
    events: list[dict[str, object]]
