"""A small school, and another one whose people must never see it. The same rows with the same ids on both databases."""

import hashlib
from dataclasses import dataclass

from argon2 import PasswordHasher

from board.core import journal
from board.core.db import Tx
from board.people.models import Account, Member, School, Token
from board.search import everything

PASSWORD = "chalk-and-cheese-71"
ARGON2_COST = 64  # KiB: the least there is, so that tests do not wait for what is meant to be slow
_AT = "2026-09-01T07:00:00.000Z"


@dataclass(frozen=True)
class Person:
    name: str
    role: str
    school_id: int
    member_id: int

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.org"

    @property
    def token(self) -> str:
        return "sr_" + hashlib.sha256(self.name.encode()).hexdigest()[:43]


PEOPLE = {
    person.name: person
    for person in (
        Person("Ana", "admin", 1, 1),
        Person("Thomas", "organizer", 1, 2),
        Person("Maya", "staff", 1, 3),
        Person("Jon", "staff", 1, 4),
        Person("Rose", "staff", 1, 5),
        Person("Sam", "guest", 1, 6),
        Person("Olga", "admin", 2, 7),  # of the other school
    )
}


def populate(tx: Tx) -> None:
    """Fills an empty database."""
    password = PasswordHasher(time_cost=2, memory_cost=ARGON2_COST, parallelism=1).hash(PASSWORD)
    for title in ("Lindenhof", "Riverside"):
        school_id = tx.insert(School, title=title, created_at=_AT)
        journal.open_room(tx, f"school:{school_id}", school_id)
    for person in PEOPLE.values():
        account_id = tx.insert(Account, email=person.email, password=password, created_at=_AT)
        member_id = tx.insert(
            Member,
            school_id=person.school_id,
            account_id=account_id,
            name=person.name,
            role=person.role,
            created_at=_AT,
        )
        assert member_id == person.member_id
        journal.open_room(tx, f"member:{member_id}", person.school_id)
        tx.insert(
            Token,
            hash=hashlib.sha256(person.token.encode()).hexdigest(),
            prefix=person.token[:8],
            school_id=person.school_id,
            member_id=member_id,
            name="tests",
            scopes="read write",
            created_at=_AT,
        )
    everything(tx)
