"""Who acts, as the database has her inside the transaction: what was read when the request came in may be over by now."""

from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select

from board.core import times
from board.core.access import Actor, need
from board.core.command import Change
from board.core.errors import Forbidden, NotSignedIn, Reauthenticate
from board.people import abilities
from board.people.models import Member, Session

FRESH_S = 30 * 60
members, sessions = Member.__table__, Session.__table__


def now(change: Change) -> Actor:
    """The actor with her present role; her row stays as it is until the end of the command.

    Raises:
        NotSignedIn: she was deactivated in the meantime.
    """
    actor = change.actor
    row = change.tx.first(
        select(members.c.role, members.c.active).where(members.c.id == actor.member_id).with_for_update()
    )
    if row is None or not row.active:
        raise NotSignedIn()
    return actor if row.role == actor.role else replace(actor, role=row.role)


def who_may(change: Change, ability: str) -> Actor:
    """The actor, who has this ability in the school.

    Raises:
        Forbidden
    """
    actor = now(change)
    need(abilities.own_in_school(actor), ability)
    return actor


def herself(change: Change) -> None:
    """Only a person in a browser goes on: a token is good for work, not for the keys of the house.

    Raises:
        Forbidden
    """
    if change.actor.session_id is None:
        raise Forbidden(_("A token may not do this. Sign in and do it yourself."))


def confirmed(change: Change) -> None:
    """Only who gave her password in the last half hour goes on.

    Raises:
        Forbidden: a token.
        Reauthenticate: ask for the password, ``PUT /session/confirmation``, and try again.
    """
    herself(change)
    at = change.tx.scalar(select(sessions.c.confirmed_at).where(sessions.c.id == change.actor.session_id))
    if not at or at < times.later(-FRESH_S):
        raise Reauthenticate(_("Give your password once more for this."))
