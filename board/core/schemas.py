"""Field kinds that all input shares. Strict: a wrong type is refused, never bent; an unknown field is an error."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from board.core import times

MOST_SAFE = 2**53


class Input(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def given(self) -> dict[str, Any]:
        """The fields that the client named, null included."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def unsaid() -> Any:
    """The default of a field that a change may leave out but cannot set to null: ``given()`` tells whether it was said."""
    return Field(default_factory=lambda: None)


class Output(BaseModel):
    """Shape of an answer, for the OpenAPI document; answers are built as plain dicts and not validated again."""

    model_config = ConfigDict(extra="allow")


class Page(Input):
    """Query of a list."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)
    after: Annotated[str, StringConstraints(max_length=500)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


Id = Annotated[int, Field(ge=1, le=MOST_SAFE)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=512)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Body = Annotated[str, StringConstraints(max_length=65_536)]
When = Annotated[str, StringConstraints(max_length=40), AfterValidator(times.when)]
Day = Annotated[str, StringConstraints(max_length=10), AfterValidator(times.day)]
