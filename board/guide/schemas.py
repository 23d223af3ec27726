"""What the guide is told."""

from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict

from board.core.schemas import Body, Day, Id, Input, Output
from board.guide import content


def _known(start: str) -> str:
    if start not in (content.NINE_STEPS, content.BRING) and content.smaller(start) is None:
        raise ValueError("choose one of the starts that the guide offers")
    return start


class MakeStart(Input):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"start": "nine-steps", "meeting": "2030-12-09", "limits": "Not after 16:30."}]}
    )
    start: Annotated[str, AfterValidator(_known)]
    #: who thinks it through with her, and becomes an owner too
    partner_id: Id | None = None
    #: the day of the first staff meeting
    meeting: Day | None = None
    #: what the school has agreed about meetings and extra work: the first of the initiative's norms
    limits: Body = ""


class StartWritten(Output):
    data: dict[str, Any]
    events: list[dict[str, Any]]
