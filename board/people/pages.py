"""Pages of people: coming in, oneself, the people of the school, its year."""

from typing import Any
from zoneinfo import available_timezones

from flask import Blueprint, Response, current_app, redirect, request
from flask_babel import gettext as _
from sqlalchemy import func, select

from board.core import access, pages, times
from board.core.access import signed_in
from board.core.db import reading
from board.core.errors import NotSeen
from board.people import abilities, first_start, identity, queries, school_days
from board.people.models import member_seen, members_seen

site = Blueprint("people_pages", __name__)


# ── coming in ────────────────────────────────────────────────────────────────────────────────────


@site.get("/sign-in")
def sign_in() -> Response:
    next = pages.safe_next(request.args.get("next"))
    if _is_signed_in():
        return _go(next)
    if not _has_school():
        return _go("/setup")
    return pages.show_open("people/sign-in.html", next=next, visitors=_visitors())


@site.get("/setup")
def set_up() -> Response:
    if _has_school():
        return _go("/")
    return pages.show_open("people/setup.html", zones=_zones())


@site.get("/invitation")
def invitation() -> Response:
    return pages.show_open("people/link.html", kind="invitation")


@site.get("/join")
def join() -> Response:
    return pages.show_open("people/link.html", kind="join")


@site.get("/reset")
def reset() -> Response:
    return pages.show_open("people/link.html", kind="reset")


@site.get("/card")
def card() -> Response:
    return pages.show_open("people/card.html")


# ── inside ───────────────────────────────────────────────────────────────────────────────────────


@site.get("/me")
def me() -> Response:
    actor = signed_in()
    with reading() as tx:
        own = queries.me(tx, actor.member_id)
        rows = queries.list_sessions(tx, actor.account_id or 0)
        sessions = [
            {
                "id": r.id,
                "agent": device(r.agent),
                "shared": r.shared,
                "current": r.id == actor.session_id,
                "by_card": r.by_card,
                "seen_at": identity.last_seen("sessions", r.id, r.seen_at),
            }
            for r in rows
        ]
        tokens = [
            queries.token_record(r, identity.last_seen("tokens", r.id, r.used_at))
            for r in queries.list_tokens(tx, actor.member_id)
        ]
        current = next((s for s in sessions if s["current"]), None)
        return pages.show(
            tx,
            actor,
            "people/me.html",
            own=own,
            sessions=sessions,
            tokens=tokens,
            current=current,
            by_card=bool(current and current["by_card"]) or request.args.get("welcome") == "card",
            today=school_days.today(tx, actor.school_id).isoformat(),
        )


@site.get("/people")
def people() -> Response:
    actor = _staff()
    with reading() as tx:
        rows = list(tx.all(members_seen(actor).order_by(func.lower(queries.members.c.name), queries.members.c.id)))
        places = queries.places(tx, actor)
        role, group = request.args.get("role", ""), request.args.get("group", "")
        shown = [
            row
            for row in rows
            if (not role or row.role == role)
            and (not group or any(p["kind"] == "group" and str(p["id"]) == group for p in places.get(row.id, ())))
        ]
        groups = {p["id"]: p["title"] for its in places.values() for p in its if p["kind"] == "group"}
        can = abilities.own_in_school(actor)
        links = queries.list_join_links(tx, actor.school_id) if "make_join_link" in can else []
        open_links = _open_links(tx, actor.school_id) if "add_member" in can else {}
        return pages.show(
            tx,
            actor,
            "people/people.html",
            people=shown,
            everybody=rows,
            places=places,
            groups=sorted(groups.items(), key=lambda g: g[1].lower()),
            role=role,
            group=group,
            links=links,
            open_links=open_links,
            can=can,
            roles=role_names(),
        )


@site.get("/people/<int:member_id>")
def person(member_id: int) -> Response:
    actor = _staff()
    with reading() as tx:
        row = member_seen(tx, actor, member_id)
        knows = actor.is_admin or row.id == actor.member_id
        record = {**queries.own_record(row), **queries.private(tx, row)} if knows else queries.member_record(row)
        return pages.show(
            tx,
            actor,
            "people/person.html",
            who=record,
            places=queries.places(tx, actor, row.id).get(row.id, []),
            knows=knows,
            can=abilities.on_member(actor, row),
            roles=role_names(),
            today=school_days.today(tx, actor.school_id).isoformat(),
        )


@site.get("/school")
def school() -> Response:
    actor = _staff()
    with reading() as tx:
        row = tx.one(select(queries.schools).where(queries.schools.c.id == actor.school_id))
        calendar = queries.calendar(tx, actor.school_id)
        calendar["closed_days"].sort(key=lambda day: day["start"])
        calendar["school_years"].sort(key=lambda year: year["start"], reverse=True)
        return pages.show(
            tx,
            actor,
            "people/school.html",
            record=queries.school_record(row),
            calendar=calendar,
            can=abilities.own_in_school(actor),
            zones=_zones() if actor.is_admin else [],
            today=school_days.today(tx, actor.school_id).isoformat(),
        )


def role_names() -> dict[str, tuple[str, str]]:
    """Role → (name, what it may do), in words for people."""
    return {
        "staff": (
            _("Staff"),
            _("Sees what is open in the school, works on boards of her groups, comments everywhere."),
        ),
        "organizer": (_("Organizer"), _("Also opens initiatives, makes groups, and may change any open board.")),
        "admin": (_("Admin"), _("Also looks after people, the school's year and backups.")),
        "guest": (_("Guest"), _("Sees only the boards that are shared with her.")),
    }


def device(agent: str) -> str:
    """A browser and a system, as people call them."""
    browsers = (
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"), ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )  # fmt: skip
    browser = next((name for mark, name in browsers if mark in agent), "")
    system = next((name for mark, name in systems if mark in agent), "")
    return " · ".join(filter(None, (browser, system))) or agent[:60] or "?"


def _staff() -> access.Actor:
    """Raises NotSeen: a guest has no directory and no school pages."""
    actor = signed_in()
    if actor.is_guest:
        raise NotSeen()
    return actor


def _open_links(tx: Any, school_id: int) -> dict[int, dict[str, str]]:
    """Member → kind of link → until when, of the links not used yet."""
    t = queries.links.c
    found: dict[int, dict[str, str]] = {}
    query = select(t.member_id, t.kind, t.expires_at).where(
        t.school_id == school_id, t.member_id.isnot(None), t.uses_left > 0, t.expires_at > times.now()
    )
    for row in tx.all(query):
        found.setdefault(row.member_id, {})[row.kind] = row.expires_at
    return found


def _zones() -> list[str]:
    return sorted(
        z
        for z in available_timezones()
        if z == "UTC" or ("/" in z and not z.startswith(("Etc/", "SystemV/", "posix/", "right/")))
    )


def _visitors() -> list[dict[str, str]]:
    """Of a made-up school: as whom anybody may look around. Only a server that was started for that knows them."""
    known = current_app.extensions.get("demo_visitors")
    if known is None:
        return []
    with reading() as tx:
        found: list[dict[str, str]] = known(tx)
        return found


def _is_signed_in() -> bool:
    return access.identify(request.cookies.get(access.cookie_name()), None) is not None


def _has_school() -> bool:
    with reading() as tx:
        return first_start.has_school(tx)


def _go(path: str) -> Response:
    answer = redirect(path)
    answer.headers["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]
