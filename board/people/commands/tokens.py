"""Personal tokens: shown once, kept as a mark, ended at any time."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from board.core import times
from board.core.command import Change
from board.core.errors import Conflict, Invalid, NotSeen
from board.people import keys, queries
from board.people.commands import acting
from board.people.models import School, Token
from board.people.schemas import MakeToken

tokens = Token.__table__
MOST = 50


def make_token(change: Change, body: MakeToken) -> dict[str, Any]:
    acting.now(change)
    acting.herself(change)
    tx, member_id = change.tx, change.actor.member_id
    if tx.scalar(select(func.count()).select_from(tokens).where(tokens.c.member_id == member_id)) >= MOST:
        raise Conflict(_("You have %(n)s tokens. Remove one that is no longer used.", n=MOST))
    expires_at = None
    if body.expires_at is not None:
        expires_at = times.end_of(
            body.expires_at, tx.scalar(select(School.time_zone).where(School.id == change.actor.school_id))
        )
        if expires_at <= times.now():
            raise Invalid.field("expires_at", _("This day is over."))
    secret = keys.token()
    id = tx.insert(
        Token, hash=keys.mark(secret), prefix=secret[:8], school_id=change.actor.school_id, member_id=member_id, name=body.name,
        scopes="read write" if "write" in body.scopes else "read", created_at=change.at, expires_at=expires_at,
    )  # fmt: skip
    change.secrets = ("token",)
    row = tx.one(select(tokens).where(tokens.c.id == id))
    return {**queries.token_record(row, None), "token": secret}


def revoke_token(change: Change, token_id: int) -> dict[str, Any]:
    if not change.tx.delete(Token, tokens.c.id == token_id, tokens.c.member_id == change.actor.member_id):
        raise NotSeen()
    change.end_tokens([token_id])
    return {"id": token_id}
