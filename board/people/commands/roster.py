"""A staff list at once. Nobody is written to: an admin invites each when it is time."""

import re
from typing import Any

from sqlalchemy import or_, select

from board.core.command import Change
from board.people import queries
from board.people.commands import acting
from board.people.commands.members import accounts, add_handle, insert_member, members
from board.people.schemas import AddPeople, OnRoster

#: a staff list copied out of a school's system may hold others too; nothing of them is kept
_NOT_STAFF = re.compile(
    r"\s*(student|pupil|learner|guardian|parent|carer|mother|father)s?\s*($|[,;:(\d]|of |in |grade )", re.IGNORECASE
)


def add_people(change: Change, body: AddPeople) -> dict[str, Any]:
    """Adds those who are not here yet, as staff.

    Returns who came in, and of the others how many are no staff and who is here already.
    """
    actor = acting.who_may(change, "add_people")
    here = _here(change, actor.school_id, [person.email for person in body.people if person.email])
    added, known, others = [], [], 0
    for person in body.people:
        if _NOT_STAFF.match(person.job_title):
            others += 1
        elif _seen(person, here):
            known.append(person.name)
        else:
            added.append(_add(change, actor.school_id, person))
    if added:
        put = {"members": [queries.member_record(row) for row in added]}
        change.record("member.added", f"school:{actor.school_id}", put=put, subject=("member", added[0].id))
    return {"added": [queries.member_record(row) for row in added], "known": known, "not_staff": others}


def _add(change: Change, school_id: int, person: OnRoster) -> Any:
    account_id = None if person.email else add_handle(change, person.name)
    return insert_member(
        change, school_id, account_id, invited_email=person.email, name=person.name, role="staff",
        job_title=person.job_title or None, works_on=None, until=None,
    )  # fmt: skip


def _here(change: Change, school_id: int, emails: list[str]) -> set[str]:
    """Addresses and names of members, in small letters."""
    source = members.outerjoin(accounts, accounts.c.id == members.c.account_id)
    query = select(members.c.name, accounts.c.email, members.c.invited_email).select_from(source)
    found: set[str] = set()
    for row in change.tx.all(
        query.where(members.c.school_id == school_id, or_(members.c.active, accounts.c.email.in_(emails)))
    ):
        found.update(text.lower() for text in (row.name, row.email, row.invited_email) if text)
    return found


def _seen(person: OnRoster, here: set[str]) -> bool:
    """By her address; who has none, by her name. From now on she is here."""
    key = (person.email or person.name).lower()
    if key in here:
        return True
    here.add(key)
    return False
