"""Who stands behind a cookie or a token: asked at every request, so one statement, and nothing is written on the way."""

import threading
from dataclasses import replace
from typing import Any

from flask import Flask, current_app
from sqlalchemy import bindparam, delete, select, update

from board.core import command, times
from board.core.access import NOBODY, Actor
from board.core.command import Change
from board.core.db import Tx, glancing, reading
from board.core.errors import NotSignedIn
from board.core.hot import Hot
from board.people.keys import mark
from board.people.models import Link, Member, Session, Token

IDLE_S, SHARED_IDLE_S = 30 * 86_400, 20 * 60
LONGEST_S, SHARED_LONGEST_S = 365 * 86_400, 12 * 3_600
#: a sighting this fresh is not worth writing down
_NOTED_S = 60

_sessions, _tokens, _members = Session.__table__, Token.__table__, Member.__table__
_BY_COOKIE = Hot(
    select(
        _sessions.c.id, _sessions.c.member_id, _sessions.c.school_id, _sessions.c.account_id, _sessions.c.shared,
        _sessions.c.seen_at, _sessions.c.created_at, _members.c.name, _members.c.role,
    )
    .select_from(_sessions.join(_members, _members.c.id == _sessions.c.member_id))
    .where(_sessions.c.hash == bindparam("mark"), _members.c.active)
)  # fmt: skip
_BY_TOKEN = Hot(
    select(
        _tokens.c.id, _tokens.c.member_id, _tokens.c.school_id, _tokens.c.scopes, _tokens.c.expires_at, _tokens.c.used_at,
        _members.c.account_id, _members.c.name, _members.c.role,
    )
    .select_from(_tokens.join(_members, _members.c.id == _tokens.c.member_id))
    .where(_tokens.c.hash == bindparam("mark"), _members.c.active)
)  # fmt: skip
_NOW = Hot(select(_members.c.role, _members.c.active).where(_members.c.id == bindparam("id")))
_SCOPES = {"read": frozenset({"read"}), "read write": frozenset({"read", "write"})}


class Seen:
    """When sessions and tokens were last used, until the next ``tidy`` writes it down."""

    def __init__(self) -> None:
        self.sessions: dict[int, str] = {}
        self.tokens: dict[int, str] = {}
        self.lock = threading.Lock()

    def take(self) -> tuple[dict[int, str], dict[int, str]]:
        with self.lock:
            taken = self.sessions, self.tokens
            self.sessions, self.tokens = {}, {}
            return taken


def identify(cookie: str | None, bearer: str | None) -> Actor | None:
    """The member as she is now; None when the secret is unknown or over, or she is no longer active."""
    if bearer is not None:
        return _by_token(bearer)
    return _by_cookie(cookie) if cookie else None


def _by_cookie(cookie: str) -> Actor | None:
    with glancing() as tx:
        row = tx.first(_BY_COOKIE, {"mark": mark(cookie)})
    if row is None:
        return None
    seen = _seen()
    last = max(row.seen_at, seen.sessions.get(row.id, ""))
    now = times.clock()
    idle, longest = (SHARED_IDLE_S, SHARED_LONGEST_S) if row.shared else (IDLE_S, LONGEST_S)
    if _age(now, last) > idle or _age(now, row.created_at) > longest:
        return None
    if _age(now, last) > _NOTED_S:
        seen.sessions[row.id] = times.instant(now)
    return Actor(row.member_id, row.school_id, row.role, row.name, account_id=row.account_id, session_id=row.id)


def _by_token(bearer: str) -> Actor | None:
    with glancing() as tx:
        row = tx.first(_BY_TOKEN, {"mark": mark(bearer)})
    if row is None:
        return None
    now = times.clock()
    if row.expires_at is not None and _age(now, row.expires_at) >= 0:
        return None
    seen = _seen()
    last = max(row.used_at or "", seen.tokens.get(row.id, ""))
    if not last or _age(now, last) > _NOTED_S:
        seen.tokens[row.id] = times.instant(now)
    scopes = _SCOPES.get(row.scopes, _SCOPES["read"])
    return Actor(
        row.member_id, row.school_id, row.role, row.name, account_id=row.account_id, token_id=row.id, scopes=scopes
    )


def renew(tx: Tx, actor: Actor) -> Actor:
    """Her role as this transaction sees it. Changes of it run alone, so that it stays until the end.

    Raises:
        NotSignedIn: she was deactivated since the request came in.
    """
    if actor is NOBODY:
        return actor
    row = tx.first(_NOW, {"id": actor.member_id})
    if row is None or not row.active:
        raise NotSignedIn()
    return actor if row.role == actor.role else replace(actor, role=row.role)


def tidy() -> None:
    """Once a minute or so, inside an application context: writes down when sessions and tokens were seen, and ends what is over."""
    sessions, tokens = _seen().take()
    with reading() as tx:
        over = tx.scalars(_over(sessions))
        links = tx.scalars(select(Link.id).where(Link.expires_at < times.now()))
    if sessions or tokens or over or links:
        command.perform(NOBODY, _write_down, sessions, tokens)


def last_seen(kind: str, id: int, written: str | None) -> str | None:
    """The newest sighting of a session or token, written down or not."""
    return max(written or "", getattr(_seen(), kind).get(id, "")) or None


def _write_down(change: Change, sessions: dict[int, str], tokens: dict[int, str]) -> None:
    tx = change.tx
    for table, column, found in ((_sessions, "seen_at", sessions), (_tokens, "used_at", tokens)):
        if found:
            rows = [{"of": id, "at": at} for id, at in sorted(found.items())]
            tx.execute(update(table).where(table.c.id == bindparam("of")).values({column: bindparam("at")}), rows)
    over = tx.scalars(_over({}))
    if over:
        tx.delete(Session, _sessions.c.id.in_(over))
        change.end_sessions(over)
    gone = tx.scalars(select(_tokens.c.id).where(_tokens.c.expires_at < times.now()))
    if gone:
        tx.delete(Token, _tokens.c.id.in_(gone))
        change.end_tokens(gone)
    tx.execute(delete(Link.__table__).where(Link.__table__.c.expires_at < times.now()))


def _over(but: dict[int, str]) -> Any:
    """Sessions past their time, except those just seen."""
    s = _sessions.c
    idle = (s.shared & (s.seen_at < times.later(-SHARED_IDLE_S))) | (s.seen_at < times.later(-IDLE_S))
    old = (s.shared & (s.created_at < times.later(-SHARED_LONGEST_S))) | (s.created_at < times.later(-LONGEST_S))
    return select(s.id).where(idle | old, s.id.not_in(list(but)))


def _age(now: Any, at: str) -> float:
    age: float = (now - times.parse(at)).total_seconds()
    return age


def _seen() -> Seen:
    seen: Seen = current_app.extensions["seen"]
    return seen


def after_restore(tx: Tx) -> None:
    """A backup must not bring back to life a link to a new password; sessions are not in it."""
    tx.execute(delete(Link.__table__).where(Link.__table__.c.kind == "reset"))


def init_app(app: Flask) -> None:
    app.extensions["seen"] = Seen()
    app.extensions["identify"] = identify
    app.extensions["renew"] = renew
