"""Signing in and out, and passwords. What is slow (hashing) was done before: here hashes come and go."""

import hmac
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from board.core import times
from board.core.access import Actor
from board.core.command import Change
from board.core.errors import Conflict, Forbidden, NotSeen, NotSignedIn
from board.people import queries, stay
from board.people.commands import acting
from board.people.models import Account, Link, Member, Session

accounts, members, sessions, links = Account.__table__, Member.__table__, Session.__table__, Link.__table__


def sign_in(
    change: Change,
    account_id: int,
    password: str | None,
    member_id: int,
    cookie_mark: str,
    *,
    shared: bool,
    agent: str,
    by_card: bool = False,
    old_mark: str | None = None,
    rehashed: str | None = None,
) -> dict[str, Any]:
    """``password``: the hash that was found good; it must still be the account's, and the member still active.

    Raises:
        NotSignedIn: one of them changed meanwhile.
    """
    tx = change.tx
    member = tx.first(
        select(members)
        .where(members.c.id == member_id, members.c.account_id == account_id, members.c.active)
        .with_for_update()
    )
    account = tx.first(select(accounts).where(accounts.c.id == account_id).with_for_update())
    if member is None or account is None or not same(account.password, password):
        raise NotSignedIn()
    if rehashed is not None:
        tx.update(Account, account_id, password=rehashed)
    if old_mark is not None:
        end(change, sessions.c.hash == old_mark)
    return open_session(change, member, cookie_mark, shared=shared, agent=agent, by_card=by_card)


def open_session(
    change: Change, member: Any, cookie_mark: str, *, shared: bool, agent: str, by_card: bool = False
) -> dict[str, Any]:
    """Makes a member the actor from here on; answers who she is.

    Raises:
        NotSignedIn: her last day is over.
    """
    if stay.is_over(change.tx, member):
        raise NotSignedIn(_("Her time at this school is over. Ask an admin."))
    at = times.now()
    session_id = change.tx.insert(
        Session, hash=cookie_mark, school_id=member.school_id, member_id=member.id, account_id=member.account_id, shared=shared,
        by_card=by_card, created_at=at, seen_at=at, confirmed_at=at, agent=agent[:300],
    )  # fmt: skip
    change.actor = Actor(
        member.id, member.school_id, member.role, member.name, account_id=member.account_id, session_id=session_id
    )
    return queries.me(change.tx, member.id)


def sign_out(change: Change) -> dict[str, Any]:
    acting.herself(change)
    end(change, sessions.c.id == change.actor.session_id)
    return {"id": change.actor.session_id}


def end_session(change: Change, session_id: int) -> dict[str, Any]:
    acting.herself(change)
    if not end(change, sessions.c.id == session_id, sessions.c.account_id == change.actor.account_id):
        raise NotSeen()
    return {"id": session_id}


def end_other_sessions(change: Change) -> dict[str, Any]:
    """All of the person's but this one."""
    acting.herself(change)
    return {"ended": len(end_others(change, change.actor.account_id))}


def confirm_session(change: Change, password: str) -> dict[str, Any]:
    """``password``: the hash that was found good."""
    acting.herself(change)
    _unchanged(change, password)
    change.tx.update(Session, change.actor.session_id or 0, confirmed_at=times.now())
    return {"id": change.actor.session_id}


def change_password(change: Change, password: str | None, new: str, cookie_mark: str) -> dict[str, Any]:
    """Ends every other session, and gives this one a new cookie. ``password``: the hash that was found good; none right after a card."""
    acting.now(change)
    acting.herself(change)
    account = _unchanged(change, password) if password is not None else _after_a_card(change)
    change.tx.update(Account, account.id, password=new)
    change.tx.update(Session, change.actor.session_id or 0, hash=cookie_mark, confirmed_at=times.now(), by_card=False)
    end_others(change, account.id)
    _end_links_of(change, account.id)
    return {"id": change.actor.member_id}


def end(change: Change, *conditions: Any) -> list[int]:
    """Ends these sessions, and closes their sockets after the commit."""
    ended = change.tx.scalars(select(sessions.c.id).where(*conditions).order_by(sessions.c.id))
    if ended:
        change.tx.delete(Session, sessions.c.id.in_(ended))
        change.end_sessions(ended)
    return ended


def end_others(change: Change, account_id: int | None) -> list[int]:
    return end(change, sessions.c.account_id == account_id, sessions.c.id != (change.actor.session_id or 0))


def same(kept: str | None, checked: str | None) -> bool:
    """Whether an account's hash is still the one that was looked at before the transaction."""
    return hmac.compare_digest((kept or "").encode(), (checked or "").encode())


def _unchanged(change: Change, password: str) -> Any:
    account = change.tx.one(select(accounts).where(accounts.c.id == change.actor.account_id).with_for_update())
    if not same(account.password, password):
        raise Conflict(_("The password was changed in the meantime."))
    return account


def _after_a_card(change: Change) -> Any:
    account = change.tx.one(select(accounts).where(accounts.c.id == change.actor.account_id).with_for_update())
    session = change.tx.one(select(sessions).where(sessions.c.id == change.actor.session_id))
    if not session.by_card or session.confirmed_at < times.later(-acting.FRESH_S):
        raise Forbidden(_("Give your present password too."))
    return account


def _end_links_of(change: Change, account_id: int) -> None:
    hers = select(members.c.id).where(members.c.account_id == account_id)
    change.tx.execute(update(links).where(links.c.member_id.in_(hers)).values(uses_left=0))
