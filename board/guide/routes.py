"""HTTP of the guide."""

from flask import Response

from board.core import command
from board.core.api import Api
from board.guide import commands
from board.guide.schemas import MakeStart, StartWritten

api = Api("guide")


@api.post("/starts", body=MakeStart, out=StartWritten, ability="make_start")
def make_start(body: MakeStart) -> Response:
    """Make the first initiative, with a board of its steps."""
    return command.run(commands.make_start, body, status=201, alone=True)
