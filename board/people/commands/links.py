"""Links made by admins, and what their holders do with them. To look at one never uses it up: mail filters open links."""

import hmac
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from board.core import times
from board.core.access import Actor, need
from board.core.command import Change
from board.core.errors import Conflict, Gone, NotSeen, NotSignedIn
from board.people import abilities, keys
from board.people.commands import acting, handing, sessions
from board.people.commands.members import account_of, add_handle, in_another_school, insert_member, tell_added
from board.people.models import Account, Link, Member, member_seen
from board.people.schemas import MakeJoinLink

accounts, links, members = Account.__table__, Link.__table__, Member.__table__


# ── made by an admin ─────────────────────────────────────────────────────────────────────────────


def make_invitation(change: Change, member_id: int) -> dict[str, Any]:
    """A new link; the one before ends."""
    row = _may(change, member_id, "make_invitation")
    if row.account_id is not None or row.invited_email is None:
        raise Conflict(
            _("%(name)s has signed in already, or has no address. Make a new password link or a card.", name=row.name)
        )
    return handing.hand_invitation(change, row)


def revoke_invitation(change: Change, member_id: int) -> dict[str, Any]:
    row = _may(change, member_id, "revoke_invitation")
    change.tx.delete(Link, links.c.member_id == row.id, links.c.kind == "invitation")
    return {"id": row.id}


def make_reset(change: Change, member_id: int) -> dict[str, Any]:
    """A link to a new password, for an hour, for the admin to hand over."""
    row = _may(change, member_id, "make_reset")
    acting.confirmed(change)
    if row.account_id is None:
        raise Conflict(_("%(name)s has not accepted her invitation yet. Make a new one.", name=row.name))
    _only_ours(change, row)
    return handing.hand_reset(change, row)


def make_reset_by_hand(change: Change, name: str) -> dict[str, Any]:
    """The same for who stands at the server itself: when the only admin has forgotten hers. ``name``: her address or sign-in name.

    Raises:
        NotSeen: no active member signs in so.
    """
    source = members.join(accounts, accounts.c.id == members.c.account_id)
    hers = (accounts.c.email == name.lower()) | (accounts.c.handle == name.lower())
    query = select(members).select_from(source).where(hers, members.c.active).order_by(members.c.id)
    row = change.tx.first(query.limit(1))
    if row is None:
        raise NotSeen(_("Nobody here signs in as %(name)s.", name=name))
    change.actor = Actor(row.id, row.school_id, row.role)
    return handing.hand_reset(change, row)


def make_sign_in_card(change: Change, member_id: int) -> dict[str, Any]:
    """A card to print, with a name and a code that signs in once."""
    row = _may(change, member_id, "make_sign_in_card")
    acting.confirmed(change)
    if row.account_id is None:
        if account_of(change, row.invited_email) is not None:
            raise Conflict(
                _("Somebody signs in with this address already: she accepts her invitation with that password.")
            )
        # Her address stays outside the account until she puts it there herself: nobody has proved it.
        change.tx.update(Member, row.id, account_id=add_handle(change, row.name))
        change.tx.delete(Link, links.c.member_id == row.id, links.c.kind == "invitation")
        row = member_seen(change.tx, change.actor, member_id)
    _only_ours(change, row)
    return handing.hand_card(change, row)


def revoke_sign_in_card(change: Change, member_id: int) -> dict[str, Any]:
    row = _may(change, member_id, "revoke_sign_in_card")
    change.tx.delete(Link, links.c.member_id == row.id, links.c.kind == "card")
    return {"id": row.id}


def make_join_link(change: Change, body: MakeJoinLink) -> dict[str, Any]:
    """A link with which several people join by themselves, with a role that is fixed here."""
    actor = acting.who_may(change, "make_join_link")
    return handing.hand_join_link(change, actor.school_id, body.role, body.uses, body.days)


def revoke_join_link(change: Change, link_id: int) -> dict[str, Any]:
    actor = acting.who_may(change, "revoke_join_link")
    if not change.tx.delete(Link, links.c.id == link_id, links.c.school_id == actor.school_id, links.c.kind == "join"):
        raise NotSeen()
    return {"id": link_id}


# ── used by its holder ───────────────────────────────────────────────────────────────────────────


def accept_invitation(
    change: Change,
    secret: str,
    account: Any,
    hashed: str | None,
    name: str | None,
    cookie_mark: str,
    *,
    shared: bool,
    agent: str,
) -> dict[str, Any]:
    """``account``: the one with her address whose password was found good; None: she makes one, with ``hashed``."""
    link = _use(change, "invitation", secret)
    row = _hers(change, link)
    if row.invited_email is None or not _same(link.bound, keys.mark(row.invited_email)):
        raise _over()
    account_id = _account(change, row.invited_email, account, hashed)
    if change.tx.first(
        select(members.c.id).where(members.c.school_id == row.school_id, members.c.account_id == account_id)
    ):
        raise Conflict(_("You are a member of this school already. Sign in."))
    change.tx.update(Member, row.id, account_id=account_id, invited_email=None, **({"name": name} if name else {}))
    row = change.tx.one(select(members).where(members.c.id == row.id))
    me = sessions.open_session(change, row, cookie_mark, shared=shared, agent=agent)
    if name:
        put = {"members": [{"id": row.id, "name": name}]}
        change.record("member.changed", f"school:{row.school_id}", put=put, subject=("member", row.id))
        change.record("member.changed", f"member:{row.id}", put={"me": put["members"]}, subject=("member", row.id))
    return me


def use_reset(
    change: Change, secret: str, hashed: str, cookie_mark: str, *, shared: bool, agent: str
) -> dict[str, Any]:
    """A new password; every session that was there before ends."""
    link = _use(change, "reset", secret)
    row = _hers(change, link)
    account = change.tx.one(select(accounts).where(accounts.c.id == row.account_id).with_for_update())
    if not _same(link.bound, handing.bound_to(account)):
        raise _over()
    change.tx.update(Account, account.id, password=hashed)
    sessions.end(change, sessions.sessions.c.account_id == account.id)
    return sessions.open_session(change, row, cookie_mark, shared=shared, agent=agent)


def use_card(
    change: Change, secret: str, cookie_mark: str, *, shared: bool, agent: str, old_mark: str | None = None
) -> dict[str, Any]:
    """Signs in, once; for half an hour she may then set a password without knowing an old one.

    Raises:
        NotSignedIn: no such card, or not any more; it is not said which.
    """
    try:
        link = _use(change, "card", secret)
        row = _hers(change, link)
    except Gone:
        raise NotSignedIn() from None
    account = change.tx.one(select(accounts).where(accounts.c.id == row.account_id).with_for_update())
    if not _same(link.bound, handing.bound_to(account)):
        raise NotSignedIn()
    return sessions.sign_in(
        change,
        account.id,
        account.password,
        row.id,
        cookie_mark,
        shared=shared,
        agent=agent,
        by_card=True,
        old_mark=old_mark,
    )


def join(
    change: Change,
    secret: str,
    account: Any,
    hashed: str | None,
    name: str,
    email: str,
    cookie_mark: str,
    *,
    shared: bool,
    agent: str,
) -> dict[str, Any]:
    link = _use(change, "join", secret)
    account_id = _account(change, email, account, hashed)
    here = select(members.c.id).where(
        members.c.school_id == link.school_id, (members.c.account_id == account_id) | (members.c.invited_email == email)
    )
    if change.tx.first(here):
        raise Conflict(_("You are a member of this school already. Sign in, or use your invitation."))
    row = insert_member(change, link.school_id, account_id, name=name, role=link.role)
    me = sessions.open_session(change, row, cookie_mark, shared=shared, agent=agent)
    tell_added(change, row)
    return me


def found(secret: str) -> Any:
    """Select of a link that is still good, by its secret."""
    return select(links).where(
        links.c.hash == keys.mark(secret), links.c.uses_left > 0, links.c.expires_at > times.now()
    )


def _use(change: Change, kind: str, secret: str) -> Any:
    """Takes one use of a link; of two at the same time, one is refused.

    Raises:
        Gone
    """
    t = links.c
    good = (links.c.hash == keys.mark(secret), t.kind == kind, t.uses_left > 0, t.expires_at > times.now())
    link = change.tx.first(update(links).where(*good).values(uses_left=t.uses_left - 1).returning(links))
    if link is None:
        raise _over()
    if link.uses_left == 0:
        change.tx.execute(delete(links).where(t.id == link.id))
    return link


def _hers(change: Change, link: Any) -> Any:
    row = change.tx.first(select(members).where(members.c.id == link.member_id, members.c.active).with_for_update())
    if row is None:
        raise _over()
    return row


def _account(change: Change, email: str, checked: Any, hashed: str | None) -> int:
    account = account_of(change, email)
    if checked is None:
        if account is not None or hashed is None:
            raise Conflict(_("Somebody signs in with this address since a moment ago. Try again."))
        return change.tx.insert(Account, email=email, password=hashed, created_at=change.at)
    if account is None or account.id != checked.id or not sessions.same(account.password, checked.password):
        raise Conflict(_("The password was changed in the meantime."))
    found_id: int = account.id
    return found_id


def _may(change: Change, member_id: int, ability: str) -> Any:
    actor = acting.now(change)
    row = member_seen(change.tx, actor, member_id, lock=True)
    need(abilities.on_member(actor, row), ability)
    return row


def _only_ours(change: Change, row: Any) -> None:
    """An admin of one school must not come into another by a link to somebody's account."""
    if in_another_school(change, row):
        raise Conflict(
            _("%(name)s is a member of another school too. She changes her password herself.", name=row.name)
        )


def _same(kept: str, now: str) -> bool:
    return hmac.compare_digest(kept.encode(), now.encode())


def _over() -> Gone:
    return Gone(_("This link is over: it was used, ended, or is too old. Ask for a new one."))
