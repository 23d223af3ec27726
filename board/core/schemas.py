"""Field kinds that all input shares. Strict: a wrong type is refused, never bent; an unknown field is an error."""

import unicodedata
from typing import Annotated, Any

from flask_babel import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from board.core import times

MOST_SAFE = 2**53
LONGEST_TITLE, LONGEST_LABEL, LONGEST_BODY = 512, 100, 65_536


class Input(BaseModel):
    # Built when first used: building all of them took a twentieth of the time to the first answer.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    def given(self) -> dict[str, Any]:
        """The fields that the client named, null included."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def unsaid() -> Any:
    """The default of a field that a change may leave out but cannot set to null: ``given()`` tells whether it was said."""
    return Field(default_factory=lambda: None)


class Output(BaseModel):
    """Shape of an answer, for the OpenAPI document; answers are built as plain dicts and not validated again."""

    model_config = ConfigDict(extra="allow", defer_build=True)


class Page(Input):
    """Query of a list."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True, defer_build=True)
    after: Annotated[str, StringConstraints(max_length=500)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


#: the empty Braille cell, the Hangul fillers
_BLANK = frozenset("\u2800\u115f\u1160\u3164\uffa0")


def _visible(text: str) -> str:
    """Refuses a text of which nothing is seen: only zero-width and direction marks, marks on no letter, or letters that are drawn as a space.
    (Alone among letters they belong to scripts and emoji.)"""
    if text and all(c in _BLANK or unicodedata.category(c) in ("Cf", "Cc", "Zs", "Zl", "Zp", "Mn", "Me") for c in text):
        raise ValueError(_("Write something that can be seen."))
    return text


Id = Annotated[int, Field(ge=1, le=MOST_SAFE)]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE), AfterValidator(_visible)
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_LABEL), AfterValidator(_visible)]
Body = Annotated[str, StringConstraints(max_length=LONGEST_BODY)]
When = Annotated[str, StringConstraints(max_length=40), AfterValidator(times.when)]
Day = Annotated[str, StringConstraints(max_length=10), AfterValidator(times.day)]
