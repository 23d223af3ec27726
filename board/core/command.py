"""The only write path. A command is a function ``verb(change, …) -> record`` that changes rows through ``change.tx`` and says so by
``change.record``; everything else (transaction, repeats, journal, feeds, commit, push, answer) happens here, once."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask import Response, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError, OperationalError

from board.core import idempotency, journal, push, rooms, times
from board.core.access import Actor, as_she_is_now, may_write, signed_in
from board.core.db import Tx, writing
from board.core.errors import Invalid

Event = dict[str, Any]
Feed = Callable[["Change", Event], None]
_feeds: dict[str, list[Feed]] = {}
_TRIES = 5
AS_ACTOR: Any = object()


@dataclass
class Change:
    """One command under way: who, in which transaction, and what it has done so far."""

    actor: Actor
    tx: Tx
    op: str | None = None
    at: str = field(default_factory=times.now)
    events: list[Event] = field(default_factory=list)
    #: names of fields of the record that are shown once and never stored
    secrets: tuple[str, ...] = ()
    #: it takes back an earlier one: whoever it names was named to the actor before
    takes_back: bool = False
    _recheck: set[int] = field(default_factory=set)
    _sessions: set[int] = field(default_factory=set)
    _tokens: set[int] = field(default_factory=set)

    def record(
        self,
        type: str,
        where: str | Iterable[str],
        *,
        put: dict[str, list[dict[str, Any]]] | None = None,
        drop: dict[str, list[int]] | None = None,
        subject: tuple[str | None, int | None] = (None, None),
        was: dict[str, Any] | None = None,
        source_at: str | None = None,
        known: dict[str, Any] | None = None,
        by: Any = AS_ACTOR,
    ) -> None:
        """One event of this type, in each of the rooms ``where``. ``by``: who did it elsewhere, where it is brought; None: nobody here. ``known``: what the verb has at hand, so that feeds need not look it up;
        it is neither pushed nor kept."""
        for room in (where,) if isinstance(where, str) else where:
            self.events.append(
                {
                    "room": room, "type": type, "at": self.at, "by": self.actor.member_id if by is AS_ACTOR else by, "op": self.op, "put": put or {}, "drop": drop or {},
                    "subject": subject, "was": was, "source_at": source_at, "school_id": self.actor.school_id, "known": known,
                }
            )  # fmt: skip

    def access_changed(self, member_ids: Iterable[int]) -> None:
        """What these members may see or do has changed: their sockets are looked at again after the commit."""
        self._recheck.update(member_ids)

    def end_sessions(self, session_ids: Iterable[int]) -> None:
        self._sessions.update(session_ids)

    def end_tokens(self, token_ids: Iterable[int]) -> None:
        self._tokens.update(token_ids)


@dataclass
class Done:
    record: Any
    #: (room, seq, the journal's text) of every event, in order
    events: list[tuple[str, int, str]]
    replay: tuple[int, bytes] | None = None
    body: bytes = b""


def on(*types: str) -> Callable[[Feed], Feed]:
    """Registers a feed: called inside the transaction for each event of these types, it may record more."""

    def register(feed: Feed) -> Feed:
        for type in types:
            _feeds.setdefault(type, []).append(feed)
        return feed

    return register


def run(
    verb: Callable[..., Any],
    *args: Any,
    status: int = 200,
    alone: bool = False,
    sent: bytes | None = None,
    **kwargs: Any,
) -> Response:
    """Runs a command for the signed-in actor of this request and answers it.

    Args:
        alone: the command changes who may see or do something, or what a board shows at large (see ``perform``).
        sent: stands for the body where that is too large to look at again (a file: its hash).
    """
    actor = signed_in()
    may_write(actor)
    op = _idempotency_key()
    mark = (
        idempotency.fingerprint(request.method, request.full_path, request.get_data() if sent is None else sent)
        if op
        else None
    )
    done = perform(actor, verb, *args, op=op, mark=mark, status=status, alone=alone, **kwargs)
    if done.replay:
        status, body = done.replay
        return Response(body, status, mimetype="application/json", headers={"Idempotent-Replayed": "true"})
    return Response(done.body, status, mimetype="application/json")


def perform(
    actor: Actor,
    verb: Callable[..., Any],
    *args: Any,
    op: str | None = None,
    mark: bytes | None = None,
    status: int = 200,
    alone: bool = False,
    **kwargs: Any,
) -> Done:
    """Runs a command: one transaction, tried again when the database refuses for a passing reason; then the push.

    With ``alone`` no other command of the school runs at the same time, so that nobody acts on a right that is being taken from her, and
    no card is written in a list that is being archived.
    """
    for attempt in range(_TRIES):
        try:
            with writing(actor.school_id, alone=alone) as tx:
                done, change = _inside(Change(actor, tx, op), verb, args, kwargs, mark, status, alone)
            break
        except (OperationalError, IntegrityError) as e:
            # 40P01 deadlock, 40001 serialization, 23505 somebody was there first: the database took this one back whole, so it can simply be
            # played again; the verb then meets what the other has written.
            if attempt == _TRIES - 1 or getattr(e.orig, "pgcode", None) not in ("40P01", "40001", "23505"):
                raise
            time.sleep(0.005 * 2**attempt)
    if not done.replay:
        _after_commit(change, done)
    return done


def _inside(
    change: Change,
    verb: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    mark: bytes | None,
    status: int,
    alone: bool,
) -> tuple[Done, Change]:
    change.actor = as_she_is_now(change.tx, change.actor)
    actor, tx = change.actor, change.tx
    if mark and change.op:
        replay = idempotency.claim(tx, actor.member_id, change.op, mark)
        if replay:
            return Done(None, [], replay), change
    record = verb(change, *args, **kwargs)
    own = len(change.events)
    _feed(change)
    written = journal.append(tx, change.events) if change.events else []
    done = Done(record, written)
    shown = _shown(change, written, 0 if alone else own)
    done.body = _answer(record, shown)
    if mark and change.op:
        kept = {k: v for k, v in record.items() if k not in change.secrets} if change.secrets else record
        idempotency.keep(
            tx,
            actor.member_id,
            change.op,
            status,
            _answer(kept, shown) if change.secrets else done.body,
        )
    return done, change


def _feed(change: Change) -> None:
    at = 0
    while at < len(change.events):
        event = change.events[at]
        for feed in _feeds.get(event["type"], ()):
            feed(change, event)
        at += 1


def _shown(change: Change, written: list[tuple[str, int, str]], own: int) -> list[str]:
    """The texts in rooms that the actor may watch. The board on which she acted she sees (of the first ``own`` events: those of the verb
    itself, where it changed no rights); every other room, and all that feeds told elsewhere, needs a look."""
    watched: dict[str, bool] = {}
    for at, (room, _seq, _text) in enumerate(written):
        if room not in watched:
            acted_on = at < own and room.startswith("board:")
            watched[room] = acted_on or rooms.may_watch(change.tx, change.actor, room)
    return [text for room, _seq, text in written if watched[room]]


def _answer(record: Any, texts: list[str]) -> bytes:
    return b'{"data":' + orjson.dumps(record) + b',"events":[' + ",".join(texts).encode() + b"]}"


def _after_commit(change: Change, done: Done) -> None:
    out = push.current()
    # First who may no longer listen leaves, then the events are told.
    if change._recheck:
        out.recheck(sorted(change._recheck))
    if done.events:
        out.deliver([(room, text) for room, _seq, text in done.events])
    if change._sessions:
        out.end_sessions(sorted(change._sessions))
    if change._tokens:
        out.end_tokens(sorted(change._tokens))


def _idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 8 <= len(key) <= 128 or not key.isascii() or not key.isprintable():
        raise Invalid.field("Idempotency-Key", _("Send 8 to 128 printable characters."))
    return key
