"""What an admin hands to somebody: invitations, new passwords, sign-in cards, ways to join. The secret is in the answer, once."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from board.core import times
from board.core.command import Change
from board.core.errors import Conflict
from board.people import keys, queries
from board.people.models import Account, Link

accounts, links = Account.__table__, Link.__table__
LASTS_S = {"invitation": 14 * 86_400, "reset": 3_600, "card": 14 * 86_400}
MOST_JOIN_LINKS = 20


def hand_invitation(change: Change, row: Any) -> dict[str, Any]:
    return _hand(change, "invitation", keys.cookie(), row, bound=keys.mark(row.invited_email))


def hand_reset(change: Change, row: Any) -> dict[str, Any]:
    return _hand(
        change,
        "reset",
        keys.cookie(),
        row,
        bound=bound_to(change.tx.one(select(accounts).where(accounts.c.id == row.account_id))),
    )


def hand_card(change: Change, row: Any) -> dict[str, Any]:
    account = change.tx.one(select(accounts).where(accounts.c.id == row.account_id))
    made = _hand(change, "card", keys.code(), row, bound=bound_to(account))
    return {**made, "sign_in_name": account.handle or account.email}


def hand_join_link(change: Change, school_id: int, role: str, uses: int, days: int) -> dict[str, Any]:
    tx = change.tx
    many = tx.scalar(
        select(func.count()).select_from(links).where(links.c.school_id == school_id, links.c.kind == "join")
    )
    if many >= MOST_JOIN_LINKS:
        raise Conflict(_("There are %(n)s such links. Remove one that is no longer used.", n=many))
    secret = keys.code()
    id = tx.insert(
        Link, kind="join", hash=keys.mark(secret), school_id=school_id, role=role, uses_left=uses, made_by=change.actor.member_id,
        created_at=change.at, expires_at=times.later(days * 86_400),
    )  # fmt: skip
    change.secrets = ("token", "path")
    return {
        **queries.join_link_record(tx.one(select(links).where(links.c.id == id))),
        "token": secret,
        "path": f"/join#{secret}",
    }


def bound_to(account: Any) -> str:
    """Mark of what the account was when a link was made: another password or address ends the link."""
    return keys.mark(f"{account.id}|{account.email}|{account.password}")


def _hand(change: Change, kind: str, secret: str, row: Any, *, bound: str) -> dict[str, Any]:
    tx = change.tx
    tx.execute(update(links).where(links.c.member_id == row.id, links.c.kind == kind).values(uses_left=0))
    expires_at = times.later(LASTS_S[kind])
    id = tx.insert(
        Link, kind=kind, hash=keys.mark(secret), school_id=row.school_id, member_id=row.id, bound=bound, uses_left=1,
        made_by=change.actor.member_id, created_at=change.at, expires_at=expires_at,
    )  # fmt: skip
    change.secrets = ("invitation", "card", "token", "path")
    # After the # of an address: what stands there is sent to no server and written into no log.
    return {"id": id, "kind": kind, "token": secret, "path": f"/{kind}#{secret}", "expires_at": expires_at}
