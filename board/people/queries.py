"""Records of people and schools, and what stands in a school's room and in a member's own."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from board.core.access import Actor
from board.core.db import Tx
from board.people import abilities
from board.people.models import (
    Account,
    Away,
    ClosedDay,
    Draft,
    LetteredWeek,
    Link,
    Member,
    School,
    SchoolYear,
    Session,
    Term,
    Token,
    members_seen,
)
from board.people.old_drafts import still_kept

members, accounts, schools = Member.__table__, Account.__table__, School.__table__
links, sessions, tokens = Link.__table__, Session.__table__, Token.__table__
#: collections that later slices add to the school's room: name → (tx, school_id) → records
_more_in_school: dict[str, Callable[[Tx, int], list[dict[str, Any]]]] = {}


def add_in_school(name: str, read: Callable[[Tx, int], list[dict[str, Any]]]) -> None:
    """A later slice shows its records in the school's room; what it records in ``school:N`` must keep them true."""
    _more_in_school[name] = read


#: and to a member's own room: name → (tx, member_id) → records
_more_of_her_own: dict[str, Callable[[Tx, int], list[dict[str, Any]]]] = {}


def add_of_her_own(name: str, read: Callable[[Tx, int], list[dict[str, Any]]]) -> None:
    """The same for ``member:N``."""
    _more_of_her_own[name] = read


# ── records ──────────────────────────────────────────────────────────────────────────────────────


def school_record(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "time_zone": row.time_zone,
        "locale": row.locale,
        "weekdays": row.weekdays,
    }


def listed_record(row: Any) -> dict[str, Any]:
    """What stands of a member where people are listed beside what they work on."""
    return {"id": row.id, "name": row.name, "role": row.role, "active": row.active}


def member_record(row: Any) -> dict[str, Any]:
    """What everybody in the school sees of a member."""
    return {**listed_record(row), "job_title": row.job_title}


def own_record(row: Any) -> dict[str, Any]:
    """What she herself and the admins see beside it; in her own room."""
    return {**member_record(row), "works_on": row.works_on, "until": row.until}


def away_record(row: Any) -> dict[str, Any]:
    return {"id": row.id, "member_id": row.member_id, "start": row.start, "end": row.end}


def token_record(row: Any, used_at: str | None) -> dict[str, Any]:
    return {
        "id": row.id, "name": row.name, "prefix": row.prefix, "scopes": row.scopes.split(), "created_at": row.created_at,
        "expires_at": row.expires_at, "used_at": used_at,
    }  # fmt: skip


def year_record(row: Any) -> dict[str, Any]:
    return {"id": row.id, "title": row.title, "start": row.start, "end": row.end, "ab_weeks": row.ab_weeks}


def term_record(row: Any) -> dict[str, Any]:
    return {"id": row.id, "school_year_id": row.school_year_id, "title": row.title, "start": row.start, "end": row.end}


def closed_record(row: Any) -> dict[str, Any]:
    return {"id": row.id, "title": row.title, "start": row.start, "end": row.end, "staff_day": row.staff_day}


def week_record(row: Any) -> dict[str, Any]:
    return {"id": row.id, "monday": row.monday, "letter": row.letter}


# ── people ───────────────────────────────────────────────────────────────────────────────────────


def has_drafts(actor: Actor) -> Any:
    """Whether there is something that she typed and did not send."""
    return select(Draft.__table__.c.place).where(Draft.__table__.c.member_id == actor.member_id, still_kept()).exists()


def list_drafts(tx: Tx, member_id: int) -> list[dict[str, Any]]:
    d = Draft.__table__.c
    rows = tx.all(
        select(d.place, d.text, d.base, d.version, d.path, d.at)
        .where(d.member_id == member_id, still_kept())
        .order_by(d.at.desc(), d.place)
    )
    return [dict(row._mapping) for row in rows]


def list_members(tx: Tx, actor: Actor, after: int = 0, limit: int = 200) -> list[Any]:
    return list(tx.all(members_seen(actor).where(members.c.id > after).order_by(members.c.id).limit(limit)))


#: what later slices say of where people are: tx, actor, member (None: everybody) → member → places, as the actor may see them
_places: list[Callable[[Tx, Actor, int | None], dict[int, list[dict[str, Any]]]]] = []


def tell_places(read: Callable[[Tx, Actor, int | None], dict[int, list[dict[str, Any]]]]) -> None:
    """A place is kind, id, title, and whether she leads it."""
    if read not in _places:
        _places.append(read)


def places(tx: Tx, actor: Actor, member_id: int | None = None) -> dict[int, list[dict[str, Any]]]:
    """Member → the groups and initiatives that she belongs to, of those that the actor may see."""
    found: dict[int, list[dict[str, Any]]] = {}
    for read in _places:
        for id, its in read(tx, actor, member_id).items():
            found.setdefault(id, []).extend(its)
    return found


def private(tx: Tx, row: Any) -> dict[str, Any]:
    """How a member signs in, for herself and the admins: address, card name, whether an invitation or a card is still open."""
    account = None
    if row.account_id is not None:
        account = tx.first(select(accounts).where(accounts.c.id == row.account_id))
    open_links = tx.all(
        select(links.c.kind, links.c.expires_at).where(
            links.c.member_id == row.id, links.c.uses_left > 0, links.c.kind.in_(("invitation", "card"))
        )
    )
    return {
        "email": (account.email if account else None) or row.invited_email,
        "handle": account.handle if account else None,
        "signs_in": bool(account and account.password),
        **{f"{link.kind}_until": link.expires_at for link in open_links},
        "away": away_of(tx, row.id),
    }


def away_of(tx: Tx, member_id: int) -> list[dict[str, Any]]:
    a = Away.__table__
    return [away_record(r) for r in tx.all(select(a).where(a.c.member_id == member_id).order_by(a.c.id))]


def me(tx: Tx, member_id: int) -> dict[str, Any]:
    """Who is signed in, with everything that her own pages need."""
    row = tx.one(select(members).where(members.c.id == member_id))
    school = tx.one(select(schools).where(schools.c.id == row.school_id))
    return {
        **own_record(row),
        **private(tx, row),
        "school": school_record(school),
        "schools": _schools_of(tx, row.account_id),
    }


def _schools_of(tx: Tx, account_id: int | None) -> list[dict[str, Any]]:
    if account_id is None:
        return []
    source = members.join(schools, schools.c.id == members.c.school_id)
    query = (
        select(schools.c.id, schools.c.title)
        .select_from(source)
        .where(members.c.account_id == account_id, members.c.active)
    )
    return [{"id": r.id, "title": r.title} for r in tx.all(query.order_by(schools.c.id))]


def list_sessions(tx: Tx, account_id: int) -> list[Any]:
    return list(tx.all(select(sessions).where(sessions.c.account_id == account_id).order_by(sessions.c.id)))


def list_tokens(tx: Tx, member_id: int) -> list[Any]:
    return list(tx.all(select(tokens).where(tokens.c.member_id == member_id).order_by(tokens.c.id)))


def list_join_links(tx: Tx, school_id: int) -> list[dict[str, Any]]:
    rows = tx.all(select(links).where(links.c.school_id == school_id, links.c.kind == "join").order_by(links.c.id))
    return [join_link_record(r) for r in rows]


def join_link_record(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "role": row.role,
        "uses_left": row.uses_left,
        "expires_at": row.expires_at,
        "made_by": row.made_by,
    }


# ── the school's year ────────────────────────────────────────────────────────────────────────────


def calendar(tx: Tx, school_id: int) -> dict[str, list[dict[str, Any]]]:
    def rows(model: Any, record: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
        t = model.__table__
        return [record(r) for r in tx.all(select(t).where(t.c.school_id == school_id).order_by(t.c.id))]

    return {
        "school_years": rows(SchoolYear, year_record),
        "terms": rows(Term, term_record),
        "closed_days": rows(ClosedDay, closed_record),
        "lettered_weeks": rows(LetteredWeek, week_record),
    }


# ── rooms ────────────────────────────────────────────────────────────────────────────────────────


def may_watch_school(tx: Tx, actor: Actor, id: int) -> bool:
    return id == actor.school_id and not actor.is_guest


def may_watch_member(tx: Tx, actor: Actor, id: int) -> bool:
    return id == actor.member_id


def school_snapshot(tx: Tx, id: int) -> dict[str, Any]:
    people = tx.all(select(members).where(members.c.school_id == id).order_by(members.c.id))
    return {
        "school": school_record(tx.one(select(schools).where(schools.c.id == id))),
        "members": [member_record(r) for r in people],
        **calendar(tx, id),
        **{name: read(tx, id) for name, read in _more_in_school.items()},
    }


def member_snapshot(tx: Tx, id: int) -> dict[str, Any]:
    """No address here: a journal keeps what was said in its room, and an address must be forgettable."""
    row = tx.one(select(members).where(members.c.id == id))
    return {
        "me": own_record(row),
        "away": away_of(tx, id),
        **{name: read(tx, id) for name, read in _more_of_her_own.items()},
    }


def school_can(tx: Tx, actor: Actor, id: int) -> dict[str, Any]:
    return {"school": sorted(abilities.in_school(actor))}


def member_can(tx: Tx, actor: Actor, id: int) -> dict[str, Any]:
    return {"school": sorted(abilities.in_school(actor)), "me": ["change_me"]}
