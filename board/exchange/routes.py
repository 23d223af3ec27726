"""HTTP of imports."""

import hashlib
import secrets
from pathlib import Path

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from board.boards.commands.boards import need_place
from board.core import command, http
from board.core.access import signed_in
from board.core.api import Api
from board.core.db import reading
from board.core.errors import Invalid
from board.core.offload import offload
from board.exchange import job, queries
from board.exchange import schemas as s
from board.exchange.commands import imports

MOST_BYTES = 200_000_000

api = Api("exchange")


@api.post("/imports", body=s.StartImport, files=MOST_BYTES, out=s.ImportStarted, status=202, ability="make_board")
def start_import(body: s.StartImport) -> Response:
    """Import a board that was exported elsewhere, as the part `file`, into a group or an initiative."""
    upload = request.files.get("file")
    if upload is None or len(request.files.getlist("file")) > 1 or len(request.files) > 1:
        raise Invalid.field("file", _("Send one file."))
    with reading() as tx:
        # Before a large file is copied; the command looks again.
        need_place(tx, signed_in(), body.group_id, body.initiative_id)
    stored = secrets.token_hex(16)
    path = job.folder() / stored
    started = False
    try:
        mark = offload(_kept, upload, path)
        answer = command.run(imports.start_import, body, upload.filename or "", stored, status=202, sent=mark)
        started = "Idempotent-Replayed" not in answer.headers
        return answer
    finally:
        if not started:
            path.unlink(missing_ok=True)


@api.get("/imports/<int:import_id>", out=s.ImportRead)
def read_import(import_id: int) -> Response:
    """How an import goes on, and its report."""
    with reading() as tx:
        return http.json(queries.import_page(tx, signed_in(), import_id))


@api.put("/imports/<int:import_id>/mapping", body=s.MapPeople, out=s.ImportStarted)
def map_people(import_id: int, body: s.MapPeople) -> Response:
    """Say who in the file is who here; the held import then goes on."""
    return command.run(imports.map_people, import_id, body)


def _kept(upload: FileStorage, path: Path) -> bytes:
    """Copies what was sent, and returns its hash: another file under a used key is another request."""
    mark = hashlib.sha256()
    with path.open("xb") as out:
        path.chmod(0o600)
        while chunk := upload.stream.read(1 << 20):
            mark.update(chunk)
            out.write(chunk)
    return mark.digest()
