"""What stands in a room at one seq, as bytes: read in one consistent transaction, kept compressed per (room, seq), built once for many."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from typing import Any

import orjson
from flask import Response, current_app, request

from board.core import journal, rooms
from board.core.access import Actor, signed_in
from board.core.db import reading
from board.core.offload import offload

_KEPT_BYTES = 16_000_000
_LEVEL = 6
#: below this a packet or two hold it anyway
_SMALLEST = 1024


class Kept:
    """The newest snapshots, and a lock for each that is being built, so that twenty openers at once cost one."""

    def __init__(self) -> None:
        self.bodies: OrderedDict[str, tuple[bytes, bytes | None]] = OrderedDict()
        self.size = 0
        self.building: dict[str, threading.Lock] = {}

    def put(self, key: str, body: tuple[bytes, bytes | None]) -> None:
        self.bodies[key] = body
        self.size += _size(body)
        while self.size > _KEPT_BYTES and len(self.bodies) > 1:
            self.size -= _size(self.bodies.popitem(last=False)[1])


def _takes_gzip() -> bool:
    # HTTP libraries ask for "gzip, deflate" by themselves, and a program that then reads the raw bytes gets what it cannot read: one that
    # comes with a token is sent gzip when it asks for just that.
    asked = request.headers.get("Accept-Encoding", "")
    return "gzip" in asked and (signed_in().token_id is None or "deflate" not in asked)


def _size(body: tuple[bytes, bytes | None]) -> int:
    return len(body[0]) + len(body[1] or b"")


def answer(room: str) -> Response:
    """The snapshot of a room for the signed-in actor.

    Raises:
        NotSeen: the room is not there, or hidden from her.
    """
    actor = signed_in()
    with reading() as tx:
        kind, id = rooms.seen(tx, actor, room)
        can = orjson.dumps(kind.can(tx, actor, id))
        seq, epoch = journal.head(tx, room)
        mark = hashlib.blake2b(can, digest_size=6).hexdigest()
        etag = f'"{epoch}-{seq}-{mark}"'
        if etag in request.headers.get("If-None-Match", ""):
            return Response(status=304, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
        kept: Kept = current_app.extensions["snapshots"]
        key = room + etag
        body = kept.bodies.get(key)
        if body is None:
            with kept.building.setdefault(key, threading.Lock()):
                body = kept.bodies.get(key)
                if body is None:
                    body = _build(room, seq, epoch, kind.snapshot(tx, id), can)
                    kept.put(key, body)
            kept.building.pop(key, None)
    return _response(body, etag)


def whole(tx: Any, actor: Actor, room: str) -> dict[str, Any]:
    """The same, as values: for a page's first snapshot and for tests of the laws."""
    kind, id = rooms.seen(tx, actor, room)
    seq, epoch = journal.head(tx, room)
    return {"room": room, "seq": seq, "epoch": epoch, **kind.snapshot(tx, id), "can": kind.can(tx, actor, id)}


def _build(room: str, seq: int, epoch: str, shared: dict[str, Any], can: bytes) -> tuple[bytes, bytes | None]:
    plain = orjson.dumps({"room": room, "seq": seq, "epoch": epoch, **shared})[:-1] + b',"can":' + can + b"}"
    return plain, offload(gzip.compress, plain, _LEVEL, mtime=0) if len(plain) >= _SMALLEST else None


def _response(body: tuple[bytes, bytes | None], etag: str) -> Response:
    plain, packed = body
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Cookie, Authorization"}
    if packed is not None and _takes_gzip():
        return Response(packed, mimetype="application/json", headers={**headers, "Content-Encoding": "gzip"})
    return Response(plain, mimetype="application/json", headers=headers)


def init_app(app: Any) -> None:
    app.extensions["snapshots"] = Kept()
