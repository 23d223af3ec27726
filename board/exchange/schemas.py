"""Input and output of imports."""

from typing import Annotated, Any, Literal

import orjson
from flask_babel import gettext as _
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from board.core.schemas import Id, Input, Output

MOST_PEOPLE = 2_000


def _from_form(value: object) -> object:
    """A form holds texts only; a mapping stands in it as JSON."""
    if isinstance(value, str):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError as e:
            raise ValueError(_("Send the mapping as JSON.")) from e
    return value


Person = Annotated[str, StringConstraints(min_length=1, max_length=100)]
#: id of a person in the file → a member here, or null for nobody
Mapping = Annotated[dict[Person, Id | None], Field(max_length=MOST_PEOPLE)]


class StartImport(Input):
    """Beside the part ``file``."""

    model_config = ConfigDict(
        strict=False, extra="forbid", json_schema_extra={"examples": [{"kind": "trello", "group_id": 1}]}
    )
    kind: Literal["trello"]
    group_id: Id | None = None
    initiative_id: Id | None = None
    mapping: Annotated[Mapping, BeforeValidator(_from_form)] = {}
    hold: bool = False


class MapPeople(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [{"mapping": {"5c92ac8de07cf04cdfef6bdc": 3}}]})
    mapping: Mapping


class ImportRecord(Output):
    id: int
    kind: str
    state: str
    progress: float
    board_ids: list[int]


class ImportRead(Output):
    data: ImportRecord
    can: list[str]


class ImportStarted(Output):
    data: ImportRecord
    events: list[dict[str, Any]]
