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
from board.core.db import Tx, reading
from board.core.offload import offload

_KEPT_BYTES = 16_000_000
_LEVEL = 6
#: below this a packet or two hold it anyway
_SMALLEST = 1024
#: as it stands, and packed
Body = tuple[bytes, bytes | None]


class Kept:
    """The newest snapshots, and a lock for each room of which one is being built, so that twenty openers at once cost one."""

    def __init__(self) -> None:
        self.bodies: OrderedDict[str, Body] = OrderedDict()
        self.size = 0
        self.building: dict[str, threading.Lock] = {}

    def put(self, key: str, body: Body) -> None:
        self.bodies[key] = body
        self.size += _size(body)
        while self.size > _KEPT_BYTES and len(self.bodies) > 1:
            self.size -= _size(self.bodies.popitem(last=False)[1])

    def release(self, room: str, lock: threading.Lock) -> None:
        if self.building.get(room) is lock:
            del self.building[room]
        lock.release()


def _takes_gzip() -> bool:
    # HTTP libraries ask for "gzip, deflate" by themselves, and a program that then reads the raw bytes gets what it cannot read: one that
    # comes with a token is sent gzip when it asks for just that.
    asked = request.headers.get("Accept-Encoding", "")
    return "gzip" in asked and (signed_in().token_id is None or "deflate" not in asked)


def _size(body: Body) -> int:
    return len(body[0]) + len(body[1] or b"")


def answer(room: str) -> Response:
    """The snapshot of a room for the signed-in actor.

    Raises:
        NotSeen: the room is not there, or hidden from her.
    """
    actor = signed_in()
    kept: Kept = current_app.extensions["snapshots"]
    lock = kept.building.setdefault(room, threading.Lock())
    builds = lock.acquire(blocking=False)
    try:
        etag, body, plain = _look(kept, actor, room, builds)
        if body is None and not builds and not _has(etag):
            # Somebody else builds it. Who waits holds no connection meanwhile: all of them together would be more than there are.
            builds = lock.acquire()
            body = kept.bodies.get(room + etag)
            if body is None:
                etag, body, plain = _look(kept, actor, room, builds)
        if plain is not None:
            body = _packed(plain)
            kept.put(room + etag, body)
    finally:
        if builds:
            kept.release(room, lock)
    if _has(etag):
        return Response(status=304, headers=_headers(etag))
    assert body is not None
    return _response(body, etag)


def whole(tx: Tx, actor: Actor, room: str) -> dict[str, Any]:
    """The same, as values: for a page's first snapshot and for tests of the laws."""
    kind, id = rooms.seen(tx, actor, room)
    seq, epoch = journal.head(tx, room)
    return {"room": room, "seq": seq, "epoch": epoch, **kind.snapshot(tx, id), "can": kind.can(tx, actor, id)}


def _look(kept: Kept, actor: Actor, room: str, builds: bool) -> tuple[str, Body | None, bytes | None]:
    """One consistent transaction: the ETag of what she sees; its bytes, where they are kept; else, for who builds, what they are made of."""
    with reading() as tx:
        kind, id = rooms.seen(tx, actor, room)
        can = orjson.dumps(kind.can(tx, actor, id))
        seq, epoch = journal.head(tx, room)
        mark = hashlib.blake2b(can, digest_size=6).hexdigest()
        etag = f'"{epoch}-{seq}-{mark}"'
        body = kept.bodies.get(room + etag)
        if not builds or body is not None or _has(etag):
            return etag, body, None
        return etag, None, _build(room, seq, epoch, kind.snapshot(tx, id), can)


def _has(etag: str) -> bool:
    return etag in request.headers.get("If-None-Match", "")


def _build(room: str, seq: int, epoch: str, shared: dict[str, Any], can: bytes) -> bytes:
    return orjson.dumps({"room": room, "seq": seq, "epoch": epoch, **shared})[:-1] + b',"can":' + can + b"}"


def _packed(plain: bytes) -> Body:
    # Compressing waits for a thread, behind password hashes: no transaction is open meanwhile.
    return plain, offload(gzip.compress, plain, _LEVEL, mtime=0) if len(plain) >= _SMALLEST else None


def _response(body: Body, etag: str) -> Response:
    plain, packed = body
    headers = _headers(etag)
    if packed is not None and _takes_gzip():
        return Response(packed, mimetype="application/json", headers={**headers, "Content-Encoding": "gzip"})
    return Response(plain, mimetype="application/json", headers=headers)


def _headers(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Cookie, Authorization"}


def init_app(app: Any) -> None:
    app.extensions["snapshots"] = Kept()
