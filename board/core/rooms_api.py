"""Reading any room: its snapshot, and what happened since."""

from flask import Response
from flask_babel import gettext as _

from board.core import journal, rooms, snapshots
from board.core.access import signed_in
from board.core.api import Api
from board.core.db import reading
from board.core.errors import Gone
from board.core.schemas import Input, Output

api = Api("rooms")


class Since(Input):
    model_config = {"strict": False, "extra": "forbid", "frozen": True}
    since: int = 0
    epoch: str | None = None
    limit: int = 500


class Snapshot(Output):
    room: str
    seq: int
    epoch: str


class Events(Output):
    events: list[dict[str, object]]
    seq: int
    epoch: str


@api.get("/rooms/<room>", out=Snapshot)
def read_room(room: str) -> Response:
    """The snapshot of a room."""
    return snapshots.answer(room)


@api.get("/rooms/<room>/events", query=Since, out=Events)
def read_events(room: str, query: Since) -> Response:
    """The events of a room after `since`, oldest first."""
    with reading() as tx:
        rooms.seen(tx, signed_in(), room)
        seq, epoch = journal.head(tx, room)
        if query.since > seq or query.since < 0 or (query.epoch is not None and query.epoch != epoch):
            raise Gone(_("This is another time line. Read the snapshot again."))
        texts = journal.since(tx, room, query.since, max(1, min(query.limit, 500)))
    body = f'{{"events":[{",".join(texts)}],"seq":{seq},"epoch":"{epoch}"}}'
    return Response(body, mimetype="application/json")
