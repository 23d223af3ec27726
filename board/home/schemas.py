"""Input and output of the home page's own API."""

from board.core.schemas import Output


class Visit(Output):
    #: what came after it is new
    since: str
    at: str


class VisitWritten(Output):
    data: Visit
    events: list[dict[str, object]]
