"""A staff list at once. Nobody is written to: an admin invites each when it is time."""

from typing import Any

from sqlalchemy import or_, select

from board.core.command import Change
from board.people import queries
from board.people.commands import acting
from board.people.commands.members import accounts, add_handle, insert_member, members
from board.people.not_staff import is_not_staff
from board.people.schemas import AddPeople, OnRoster


def add_people(change: Change, body: AddPeople) -> dict[str, Any]:
    """Adds those who are not here yet, as staff.

    Returns who came in, and of the others who is here already, who stands in the list twice, and who is no staff by the title of her job. Of
    the last nothing is kept, not even in the answer to the same key; ``staff`` on her row says that she is.
    """
    actor = acting.who_may(change, "add_people")
    here = _here(change, actor.school_id, [person.email for person in body.people if person.email])
    change.secrets = ("left_out",)
    added, known, twice, left_out = [], [], [], []
    listed: set[str] = set()
    for person in body.people:
        key = (person.email or person.name).lower()
        if not person.staff and is_not_staff(person.job_title):
            left_out.append({"name": person.name, "email": person.email, "job_title": person.job_title})
        elif key in listed:
            twice.append(person.name)
        elif key in here:
            known.append(person.name)
        else:
            listed.add(key)
            added.append(_add(change, actor.school_id, person))
    if added:
        put = {"members": [queries.member_record(row) for row in added]}
        change.record("member.added", f"school:{actor.school_id}", put=put, subject=("member", added[0].id))
    return {
        "added": [queries.member_record(row) for row in added],
        "known": known,
        "twice": twice,
        "not_staff": len(left_out),
        "left_out": left_out,
    }


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
