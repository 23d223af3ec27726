"""Members of a school: added, changed, gone and back. The last admin stays."""

import secrets
import unicodedata
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, or_, select, update

from board.core import journal
from board.core.access import Actor, need
from board.core.command import AS_ACTOR, Change
from board.core.errors import Conflict, Forbidden
from board.people import abilities, queries, stay
from board.people.commands import acting, sessions
from board.people.commands.handing import hand_card, hand_invitation
from board.people.models import ROLES, Account, Link, Member, Token, member_seen
from board.people.schemas import AddMember, ChangeMe, ChangeMember

accounts, members, links, tokens = Account.__table__, Member.__table__, Link.__table__, Token.__table__
_PUBLIC = ("name", "role", "active", "job_title")
_HANDLE_TRIES = 20


def add_member(change: Change, body: AddMember, hashed: str | None = None) -> dict[str, Any]:
    """``hashed``: of the password that the admin gave her; without one she gets an invitation or a card."""
    actor = acting.who_may(change, "add_member")
    _no_higher(change, actor, body.role)
    if body.email is not None:
        _not_here_yet(change, actor.school_id, body.email)
    account_id = None
    if hashed is not None:
        if account_of(change, body.email) is not None:
            raise Conflict(
                _(
                    "Somebody signs in with this address already. Leave the password out: she then accepts the invitation with her own."
                )
            )
        account_id = change.tx.insert(Account, email=body.email, password=hashed, created_at=change.at)
    elif body.email is None:
        account_id = add_handle(change, body.name)
    fields = {
        "name": body.name,
        "role": body.role,
        "job_title": body.job_title or None,
        "works_on": body.works_on,
        "until": body.until,
    }
    row = insert_member(
        change, actor.school_id, account_id, invited_email=body.email if account_id is None else None, **fields
    )
    tell_added(change, row)
    record = {**queries.own_record(row), **queries.private(change.tx, row)}
    if hashed is not None:
        return record
    if body.email is not None:
        return {**record, "invitation": hand_invitation(change, row)}
    return {**record, "card": hand_card(change, row)}


def insert_member(change: Change, school_id: int, account_id: int | None, **fields: Any) -> Any:
    """A new member with her room; returns her row. Whoever is the actor then says so by ``tell_added``."""
    id = change.tx.insert(
        Member, school_id=school_id, account_id=account_id, active=True, created_at=change.at, **fields
    )
    journal.open_room(change.tx, f"member:{id}", school_id)
    return _again(change, id)


def tell_added(change: Change, row: Any) -> None:
    put = {"members": [queries.member_record(row)]}
    change.record("member.added", f"school:{row.school_id}", put=put, subject=("member", row.id))


def change_member(change: Change, member_id: int, body: ChangeMember) -> dict[str, Any]:
    actor, row = _may(change, member_id, "change_member")
    given = body.given()
    if given.get("role", row.role) != row.role:
        acting.confirmed(change)
        _no_higher(change, actor, given["role"])
        _not_the_last_admin(change, row)
        change.access_changed([row.id])
    return _change(change, row, given)


def change_me(change: Change, body: ChangeMe) -> dict[str, Any]:
    actor = acting.now(change)
    return _change(change, member_seen(change.tx, actor, actor.member_id, lock=True), body.given())


def deactivate_member(change: Change, member_id: int) -> dict[str, Any]:
    """She leaves the school: nothing that she signs in with works from here on. What she did stays."""
    _, row = _may(change, member_id, "deactivate_member", when_active=True)
    if not row.active:
        return queries.own_record(row)
    _not_the_last_admin(change, row)
    return _leave(change, row)


def end_stay(change: Change) -> dict[str, Any]:
    """The actor's last day is over: the same, and nobody did it."""
    row = member_seen(change.tx, change.actor, change.actor.member_id, lock=True)
    if row.active and stay.is_over(change.tx, row):
        return _leave(change, row, by=None)
    return queries.own_record(row)


def _leave(change: Change, row: Any, by: Any = AS_ACTOR) -> dict[str, Any]:
    tx = change.tx
    tx.update(Member, row.id, active=False)
    sessions.end(change, sessions.sessions.c.member_id == row.id)
    mine = tx.scalars(select(tokens.c.id).where(tokens.c.member_id == row.id))
    tx.delete(Token, tokens.c.member_id == row.id)
    change.end_tokens(mine)
    tx.delete(Link, or_(links.c.member_id == row.id, links.c.made_by == row.id))
    change.access_changed([row.id])
    put = {"members": [{"id": row.id, "active": False}]}
    change.record(
        "member.departed",
        f"school:{row.school_id}",
        put=put,
        subject=("member", row.id),
        was={"members": [{"id": row.id, "active": True}]},
        by=by,
    )
    put = {"me": [{"id": row.id, "active": False}]}
    change.record("member.departed", f"member:{row.id}", put=put, subject=("member", row.id), by=by)
    return queries.own_record(_again(change, row.id))


def reactivate_member(change: Change, member_id: int) -> dict[str, Any]:
    """Back in the school, with her old password; tokens and links stay gone, and so does a last day that is over."""
    _, row = _may(change, member_id, "reactivate_member", when_active=False)
    if row.active:
        return queries.own_record(row)
    back: dict[str, Any] = {"active": True, **({"until": None} if stay.is_over(change.tx, row) else {})}
    change.tx.update(Member, row.id, **back)
    change.access_changed([row.id])
    put = {"members": [{"id": row.id, "active": True}]}
    change.record(
        "member.returned",
        f"school:{row.school_id}",
        put=put,
        subject=("member", row.id),
        was={"members": [{"id": row.id, "active": False}]},
    )
    change.record(
        "member.returned", f"member:{row.id}", put={"me": [{"id": row.id, **back}]}, subject=("member", row.id)
    )
    return queries.own_record(_again(change, row.id))


def account_of(change: Change, email: str | None) -> Any:
    return change.tx.first(select(accounts).where(accounts.c.email == email).with_for_update()) if email else None


def add_handle(change: Change, name: str) -> int:
    """An account for who has no mail address: she signs in by a name like rose-4821, which stands on her card."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    first = "".join(c if c.isalnum() else " " for c in plain).split()
    for _try in range(_HANDLE_TRIES):
        handle = f"{first[0][:20] if first else 'staff'}-{secrets.randbelow(9000) + 1000}"
        if change.tx.first(select(accounts.c.id).where(accounts.c.handle == handle)) is None:
            return change.tx.insert(Account, handle=handle, created_at=change.at)
    raise Conflict(_("No sign-in name is free. Try again."))


def in_another_school(change: Change, row: Any) -> bool:
    query = (
        select(func.count())
        .select_from(members)
        .where(members.c.account_id == row.account_id, members.c.id != row.id, members.c.active)
    )
    return row.account_id is not None and change.tx.scalar(query) > 0


def _change(change: Change, row: Any, given: dict[str, Any]) -> dict[str, Any]:
    tx = change.tx
    email = given.pop("email", None)
    if email is not None:
        _change_email(change, row, email)
    if "job_title" in given:
        given["job_title"] = given["job_title"] or None
    new = {k: v for k, v in given.items() if getattr(row, k) != v}
    if new:
        tx.update(Member, row.id, **new)
        was = {k: getattr(row, k) for k in new}
        public = {k: v for k, v in new.items() if k in _PUBLIC}
        subject = ("member", row.id)
        if public:
            old = {"members": [{"id": row.id, **{k: was[k] for k in public}}]}
            change.record(
                "member.changed",
                f"school:{row.school_id}",
                put={"members": [{"id": row.id, **public}]},
                subject=subject,
                was=old,
            )
        change.record(
            "member.changed",
            f"member:{row.id}",
            put={"me": [{"id": row.id, **new}]},
            subject=subject,
            was={"me": [{"id": row.id, **was}]},
        )
    row = _again(change, row.id)
    return {**queries.own_record(row), **queries.private(tx, row)}


def _change_email(change: Change, row: Any, email: str) -> None:
    tx = change.tx
    present = (
        tx.scalar(select(accounts.c.email).where(accounts.c.id == row.account_id))
        if row.account_id
        else row.invited_email
    )
    if present == email:
        return
    acting.confirmed(change)
    _not_here_yet(change, row.school_id, email, but=row.id)
    if row.account_id is None:
        tx.update(Member, row.id, invited_email=email)
    else:
        if row.id != change.actor.member_id and in_another_school(change, row):
            raise Conflict(_("She is a member of another school too. Only she can change her address."))
        if account_of(change, email) is not None:
            raise Conflict(_("Somebody signs in with this address already."))
        tx.update(Account, row.account_id, email=email)
        tx.update(Member, row.id, invited_email=None)
    # Links that were made for the old address end with it.
    tx.execute(update(links).where(links.c.member_id == row.id).values(uses_left=0))


def _may(change: Change, member_id: int, ability: str, *, when_active: bool | None = None) -> tuple[Actor, Any]:
    """``when_active``: the ability is shown only for members in this state; to repeat it in the other changes nothing and is no error."""
    actor = acting.now(change)
    row = member_seen(change.tx, actor, member_id, lock=True)
    shown = row if when_active is None else _In(row.id, when_active)
    need(abilities.on_member(actor, shown), ability)
    return actor, row


class _In:
    def __init__(self, id: int, active: bool):
        self.id, self.active = id, active


def _no_higher(change: Change, actor: Actor, role: str) -> None:
    """Nobody gives more than she has; to make an admin, she gives her password once more."""
    if ROLES.index(role) > ROLES.index(actor.role):
        raise Forbidden(_("You cannot give a role above your own."))
    if role == "admin":
        acting.confirmed(change)


def _not_the_last_admin(change: Change, row: Any) -> None:
    if row.role != "admin" or not row.active:
        return
    others = select(members.c.id).where(
        members.c.school_id == row.school_id, members.c.role == "admin", members.c.active, members.c.id != row.id
    )
    # Locked in one order: of two admins who send each other away at the same time, one stays.
    if not change.tx.all(others.order_by(members.c.id).with_for_update()):
        raise Conflict(
            _("This is the school's last admin. Make somebody else admin first."), data=queries.own_record(row)
        )


def _not_here_yet(change: Change, school_id: int, email: str, but: int = 0) -> None:
    source = members.outerjoin(accounts, accounts.c.id == members.c.account_id)
    hers = or_(accounts.c.email == email, members.c.invited_email == email)
    query = select(members).select_from(source).where(members.c.school_id == school_id, members.c.id != but, hers)
    found = change.tx.first(query)
    if found is not None:
        raise Conflict(_("%(name)s has this address already.", name=found.name), data=queries.member_record(found))


def _again(change: Change, id: int) -> Any:
    return change.tx.one(select(members).where(members.c.id == id))
