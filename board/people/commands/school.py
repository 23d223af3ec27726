"""The school itself: made once with the one-time code, then changed by its admins."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from board.core import journal
from board.core.command import Change
from board.core.errors import Gone
from board.people import first_start, queries
from board.people.commands import acting, sessions
from board.people.commands.members import insert_member, tell_added
from board.people.models import Account, School
from board.people.schemas import ChangeSchool, SetUp

schools = School.__table__


def set_up(change: Change, body: SetUp, hashed: str, cookie_mark: str, agent: str) -> dict[str, Any]:
    """The first school and its first admin, signed in. The code was found right before; of two at the same time, one comes first.

    Raises:
        Gone: there is a school.
    """
    tx = change.tx
    if first_start.has_school(tx):
        raise Gone(_("This school is set up. Sign in, or ask an admin for an invitation."))
    school_id = tx.insert(School, title=body.school, time_zone=body.time_zone, created_at=change.at)
    journal.open_room(tx, f"school:{school_id}", school_id)
    account_id = tx.insert(Account, email=body.email, password=hashed, created_at=change.at)
    row = insert_member(change, school_id, account_id, name=body.name, role="admin")
    me = sessions.open_session(change, row, cookie_mark, shared=False, agent=agent)
    school = tx.one(select(schools).where(schools.c.id == school_id))
    change.record(
        "school.added",
        f"school:{school_id}",
        put={"school": [queries.school_record(school)]},
        subject=("school", school_id),
    )
    tell_added(change, row)
    return me


def change_school(change: Change, body: ChangeSchool) -> dict[str, Any]:
    actor = acting.who_may(change, "change_school")
    row = change.tx.one(select(schools).where(schools.c.id == actor.school_id).with_for_update())
    new = {k: v for k, v in body.given().items() if getattr(row, k) != v}
    if new:
        change.tx.update(School, row.id, **new)
        was = {"school": [{"id": row.id, **{k: getattr(row, k) for k in new}}]}
        put = {"school": [{"id": row.id, **new}]}
        change.record("school.changed", f"school:{row.id}", put=put, subject=("school", row.id), was=was)
    return queries.school_record(change.tx.one(select(schools).where(schools.c.id == row.id)))
