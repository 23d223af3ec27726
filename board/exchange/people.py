"""Who in a file is who here."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from board.core.access import Actor
from board.core.db import Tx
from board.core.errors import NotSeen
from board.initiatives.models import group_seen, initiative_seen
from board.people.models import Account, Member

members, accounts = Member.__table__, Account.__table__
_MENTION = re.compile(r"(?<![\w@./-])@([A-Za-z0-9_]{2,100})")


def proposed(tx: Tx, school_id: int, people: Iterable[dict[str, Any]]) -> dict[str, int | None]:
    """By exact e-mail, then by exact name where only one member has it; else nobody."""
    by_email: dict[str, int] = {}
    by_name: dict[str, set[int]] = {}
    source = members.outerjoin(accounts, accounts.c.id == members.c.account_id)
    query = select(members.c.id, members.c.name, members.c.invited_email, accounts.c.email).select_from(source)
    for row in tx.all(query.where(members.c.school_id == school_id, members.c.active.is_(True))):
        by_name.setdefault(_plain(row.name), set()).add(row.id)
        if row.email:
            by_email[row.email.lower()] = row.id
    found: dict[str, int | None] = {}
    for person in people:
        same = by_name.get(_plain(person["name"])) or by_name.get(_plain(person["username"])) or set()
        found[person["id"]] = by_email.get(person["email"]) or (min(same) if len(same) == 1 else None)
    return found


def check(tx: Tx, school_id: int, mapping: dict[str, int | None]) -> None:
    """Raises NotSeen: somebody is mapped to who is no member of this school."""
    wanted = {id for id in mapping.values() if id is not None}
    here = select(members.c.id).where(members.c.school_id == school_id, members.c.id.in_(wanted))
    if wanted - set(tx.scalars(here)):
        raise NotSeen(_("There is no such member in this school."))


@dataclass(frozen=True)
class People:
    """The people of a file while it is written."""

    #: as the file names them, by their id there
    theirs: dict[str, dict[str, Any]]
    mapping: dict[str, int | None]
    names: dict[int, str]
    #: members who may own cards: active, and they see where the board stands
    may_own: frozenset[int]
    _by_username: dict[str, int] = field(default_factory=dict)

    def owners(self, ids: list[str]) -> tuple[list[int], list[str]]:
        """(members who own it here, names of the others)."""
        ours = [self.mapping.get(id) for id in ids]
        owning = sorted({id for id in ours if id in self.may_own and id is not None})
        return owning, [self.name(id) for id, our in zip(ids, ours, strict=True) if our not in self.may_own]

    def writer(self, id: str) -> tuple[int | None, str | None]:
        """(``by``, ``by_name``) of a comment."""
        ours = self.mapping.get(id)
        return (ours, None) if ours in self.names else (None, self.name(id))

    def name(self, id: str) -> str:
        person = self.theirs.get(id)
        return (person and (person["name"] or person["username"])) or _("Somebody on Trello")

    def mentions(self, text: str) -> str:
        """@username → @Name of who is a member here."""

        def said(found: re.Match[str]) -> str:
            ours = self._by_username.get(found[1].lower())
            return f"@{self.names[ours]}" if ours in self.names else found[0]

        return _MENTION.sub(said, text) if "@" in text else text


def of_import(tx: Tx, row: Any, theirs: list[dict[str, Any]], mapping: dict[str, int | None]) -> People:
    wanted = sorted({id for id in mapping.values() if id is not None})
    found = tx.all(select(members).where(members.c.school_id == row.school_id, members.c.id.in_(wanted)))
    usernames = {p["username"].lower(): mapping.get(p["id"]) for p in theirs if p["username"]}
    return People(
        theirs={p["id"]: p for p in theirs},
        mapping=mapping,
        names={m.id: m.name for m in found},
        may_own=frozenset(m.id for m in found if m.active and _sees(tx, row, m)),
        _by_username={name: id for name, id in usernames.items() if id is not None},
    )


def _sees(tx: Tx, row: Any, member: Any) -> bool:
    actor = Actor(member.id, member.school_id, member.role)
    try:
        if row.group_id is not None:
            group_seen(tx, actor, row.group_id)
        else:
            initiative_seen(tx, actor, row.initiative_id)
    except NotSeen:
        return False
    return True


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))
