"""HTTP of people: coming in, oneself, members, what admins hand out, and the school."""

from datetime import date

from flask import Response, request
from flask_babel import gettext
from sqlalchemy import select

from board.core import command, http, journal, paging
from board.core.access import need, signed_in
from board.core.api import Api
from board.core.db import reading
from board.core.errors import Forbidden, WrongType
from board.core.schemas import Page
from board.people import abilities, calendar_file, entrance, identity, queries, school_days
from board.people.commands import calendar, drafts, links, members, roster, school, sessions, tokens
from board.people.models import member_seen
from board.people.schemas import (
    AcceptInvitation,
    AddAway,
    AddClosedDays,
    AddMember,
    AddPeople,
    AddSchoolYear,
    AddTerm,
    CalendarRead,
    ChangeClosedDays,
    ChangeMe,
    ChangeMember,
    ChangePassword,
    ChangeSchool,
    ChangeSchoolYear,
    ChangeTerm,
    Confirm,
    DropDrafts,
    ImportQuery,
    Join,
    KeepDraft,
    Listed,
    LookAtLink,
    MakeJoinLink,
    MakeToken,
    MemberRead,
    MemberWritten,
    MeRead,
    MeWritten,
    SchoolDaysQuery,
    SetUp,
    SetWeekLetter,
    SignIn,
    TokenMade,
    UseReset,
)

api = Api("people")


# ── coming in ────────────────────────────────────────────────────────────────────────────────────


@api.post("/setup", body=SetUp, out=MeWritten, open=True)
def set_up(body: SetUp) -> Response:
    """Make the school and its first admin, once, with the one-time code; she is signed in."""
    return entrance.set_up(body)


@api.post("/session", body=SignIn, out=MeWritten, status=200, open=True)
def sign_in(body: SignIn) -> Response:
    """Sign in, by password or once by the code of a sign-in card. The answer carries the session cookie."""
    return entrance.sign_in(body)


@api.delete("/session", out=MemberWritten)
def sign_out() -> Response:
    """Sign out; the session's sockets close."""
    return entrance.sign_out()


@api.put("/session/confirmation", body=Confirm, out=MemberWritten)
def confirm_session(body: Confirm) -> Response:
    """Give the password once more, after a refusal of type `reauth`."""
    return entrance.confirm(signed_in(), body.password)


@api.post("/links/look", body=LookAtLink, out=MemberRead, status=200, open=True)
def look_at_link(body: LookAtLink) -> Response:
    """What a link is for (`kind`, `school`, `name`, `email`, `has_password`); it is not used up."""
    return http.json({"data": entrance.look_at_link(body.token)})


@api.post("/acceptances", body=AcceptInvitation, out=MeWritten, open=True, status=200)
def accept_invitation(body: AcceptInvitation) -> Response:
    """Accept an invitation with a password of your own, or with that of the account you have; you are signed in."""
    return entrance.accept_invitation(body)


@api.post("/resets", body=UseReset, out=MeWritten, open=True, status=200)
def use_reset(body: UseReset) -> Response:
    """Set a new password by a link; every other session ends, and you are signed in."""
    return entrance.use_reset(body)


@api.post("/joins", body=Join, out=MeWritten, open=True)
def join(body: Join) -> Response:
    """Become a member by a join link; you are signed in."""
    return entrance.join(body)


# ── oneself ──────────────────────────────────────────────────────────────────────────────────────


@api.get("/me", out=MeRead)
def read_me() -> Response:
    """Who is signed in, and what she may do in the school."""
    actor = signed_in()
    room = f"member:{actor.member_id}"
    with reading() as tx:
        seq, _ = journal.head(tx, room)
        record = queries.me(tx, actor.member_id)
    return http.json(
        {"room": room, "seq": seq, "data": record, "can": sorted(abilities.in_school(actor) | {"change_me"})}
    )


@api.patch("/me", body=ChangeMe, out=MemberWritten)
def change_me(body: ChangeMe) -> Response:
    """Change your name, job title, working days or (with a fresh sign-in) address."""
    return command.run(members.change_me, body)


@api.get("/me/drafts", out=Listed)
def list_drafts() -> Response:
    """What you typed and did not send on a shared computer, newest first; nobody else sees it, and after 30 days it goes."""
    with reading() as tx:
        return http.json({"data": queries.list_drafts(tx, signed_in().member_id), "next": None})


@api.put("/me/drafts", body=KeepDraft, out=MemberWritten)
def keep_draft(body: KeepDraft) -> Response:
    """Keep what you typed in one place until you send it; at most 200 texts."""
    return command.run(drafts.keep_draft, body)


@api.delete("/me/drafts", query=DropDrafts, out=MemberWritten)
def drop_drafts(query: DropDrafts) -> Response:
    """Drop what is kept of one `place`, or all of it."""
    return command.run(drafts.drop_drafts, query.place)


@api.put("/me/password", body=ChangePassword, out=MemberWritten)
def change_password(body: ChangePassword) -> Response:
    """Change your password; every other session ends, and this one gets a new cookie."""
    return entrance.change_password(signed_in(), body)


@api.get("/sessions", out=Listed)
def list_sessions() -> Response:
    """Where you are signed in; `current` is this one."""
    actor = signed_in()
    with reading() as tx:
        rows = queries.list_sessions(tx, actor.account_id or 0)
    data = [
        {"id": r.id, "agent": r.agent, "shared": r.shared, "created_at": r.created_at, "current": r.id == actor.session_id,
         "seen_at": identity.last_seen("sessions", r.id, r.seen_at)}
        for r in rows
    ]  # fmt: skip
    return http.json({"data": data, "next": None})


@api.delete("/sessions/<int:session_id>", out=MemberWritten)
def end_session(session_id: int) -> Response:
    """End one of your sessions."""
    return command.run(sessions.end_session, session_id)


@api.delete("/sessions", out=MemberWritten)
def end_other_sessions() -> Response:
    """End all your sessions but this one."""
    return command.run(sessions.end_other_sessions)


@api.get("/tokens", out=Listed)
def list_tokens() -> Response:
    """Your personal tokens, without their secrets."""
    with reading() as tx:
        rows = queries.list_tokens(tx, signed_in().member_id)
    data = [queries.token_record(r, identity.last_seen("tokens", r.id, r.used_at)) for r in rows]
    return http.json({"data": data, "next": None})


@api.post("/tokens", body=MakeToken, out=TokenMade)
def make_token(body: MakeToken) -> Response:
    """Make a personal token for another program; its secret is in this answer only."""
    return command.run(tokens.make_token, body, status=201)


@api.delete("/tokens/<int:token_id>", out=MemberWritten)
def revoke_token(token_id: int) -> Response:
    """End a personal token; its sockets close."""
    return command.run(tokens.revoke_token, token_id)


# ── members ──────────────────────────────────────────────────────────────────────────────────────


@api.get("/members", query=Page, out=Listed)
def list_members(query: Page) -> Response:
    """The people of the school; a guest sees herself."""
    actor = signed_in()
    after = (paging.read(query.after, int) or (0,))[0]
    with reading() as tx:
        rows = queries.list_members(tx, actor, after, query.limit + 1)
        seq, _ = journal.head(tx, f"school:{actor.school_id}")
    shown, next = paging.page(rows, query.limit, lambda r: (r.id,))
    place = {} if actor.is_guest else {"room": f"school:{actor.school_id}", "seq": seq}
    return http.json({**place, "data": [queries.member_record(r) for r in shown], "next": next})


@api.post("/members", body=AddMember, out=MemberWritten, ability="add_member")
def add_member(body: AddMember) -> Response:
    """Add a person: with a password, or with an `invitation` or a sign-in `card` in this answer only."""
    actor = signed_in()
    hashed = entrance.new_members_password(actor, body) if actor.is_admin else None
    return command.run(members.add_member, body, hashed, status=201, alone=True)


@api.post("/rosters", body=AddPeople, out=MemberWritten, ability="add_people")
def add_people(body: AddPeople) -> Response:
    """Add a staff list at once; nobody is written to, and who is no staff is left out."""
    return command.run(roster.add_people, body, status=201)


@api.get("/members/<int:member_id>", out=MemberRead)
def read_member(member_id: int) -> Response:
    """One person; herself and the admins also see how she signs in and when she works."""
    actor = signed_in()
    with reading() as tx:
        row = member_seen(tx, actor, member_id)
        can = sorted(abilities.on_member(actor, row))
        if actor.is_admin or row.id == actor.member_id:
            # More than any room is told, so that no room is named to keep it true.
            return http.json({"data": {**queries.own_record(row), **queries.private(tx, row)}, "can": can})
        room = f"school:{actor.school_id}"
        seq, _ = journal.head(tx, room)
    return http.json({"room": room, "seq": seq, "data": queries.member_record(row), "can": can})


@api.patch("/members/<int:member_id>", body=ChangeMember, out=MemberWritten, ability="change_member")
def change_member(member_id: int, body: ChangeMember) -> Response:
    """Change a person's name, role, address, job title or working days."""
    return command.run(members.change_member, member_id, body, alone="role" in body.model_fields_set)


@api.delete("/members/<int:member_id>/active", out=MemberWritten, ability="deactivate_member")
def deactivate_member(member_id: int) -> Response:
    """A person leaves the school: sessions, tokens, sockets and links end; her work stays."""
    return command.run(members.deactivate_member, member_id, alone=True)


@api.put("/members/<int:member_id>/active", out=MemberWritten, ability="reactivate_member")
def reactivate_member(member_id: int) -> Response:
    """A person is back in the school."""
    return command.run(members.reactivate_member, member_id, alone=True)


@api.put("/members/<int:member_id>/invitation", out=MemberWritten, ability="make_invitation")
def make_invitation(member_id: int) -> Response:
    """A new invitation link (`token`, `path`, `expires_at`); the one before ends."""
    return command.run(links.make_invitation, member_id)


@api.delete("/members/<int:member_id>/invitation", out=MemberWritten, ability="revoke_invitation")
def revoke_invitation(member_id: int) -> Response:
    """End an invitation."""
    return command.run(links.revoke_invitation, member_id)


@api.put("/members/<int:member_id>/reset", out=MemberWritten, ability="make_reset")
def make_reset(member_id: int) -> Response:
    """A link to a new password (`token`, `path`, `expires_at`), good once within an hour."""
    return command.run(links.make_reset, member_id)


@api.put("/members/<int:member_id>/card", out=MemberWritten, ability="make_sign_in_card")
def make_sign_in_card(member_id: int) -> Response:
    """A sign-in card to print (`sign_in_name`, code as `token`, `path`), good once."""
    return command.run(links.make_sign_in_card, member_id)


@api.delete("/members/<int:member_id>/card", out=MemberWritten, ability="revoke_sign_in_card")
def revoke_sign_in_card(member_id: int) -> Response:
    """End a sign-in card."""
    return command.run(links.revoke_sign_in_card, member_id)


@api.get("/join-links", out=Listed)
def list_join_links() -> Response:
    """The school's join links, without their secrets; for admins."""
    actor = signed_in()
    need(abilities.own_in_school(actor), "make_join_link")
    with reading() as tx:
        return http.json({"data": queries.list_join_links(tx, actor.school_id), "next": None})


@api.post("/join-links", body=MakeJoinLink, out=MemberWritten, ability="make_join_link")
def make_join_link(body: MakeJoinLink) -> Response:
    """A link with which several people join by themselves; its secret is in this answer only."""
    return command.run(links.make_join_link, body, status=201)


@api.delete("/join-links/<int:link_id>", out=MemberWritten, ability="revoke_join_link")
def revoke_join_link(link_id: int) -> Response:
    """End a join link."""
    return command.run(links.revoke_join_link, link_id)


# ── the school ───────────────────────────────────────────────────────────────────────────────────


@api.get("/school", out=MeRead)
def read_school() -> Response:
    """The school: its name, time zone and open days of the week."""
    actor = signed_in()
    room = f"school:{actor.school_id}"
    with reading() as tx:
        row = tx.one(select(queries.schools).where(queries.schools.c.id == actor.school_id))
        seq, _ = journal.head(tx, room)
    place = {} if actor.is_guest else {"room": room, "seq": seq}
    return http.json({**place, "data": queries.school_record(row), "can": sorted(abilities.own_in_school(actor))})


@api.patch("/school", body=ChangeSchool, out=MemberWritten, ability="change_school")
def change_school(body: ChangeSchool) -> Response:
    """Change the school's name, time zone or open days of the week."""
    return command.run(school.change_school, body)


# ── the school's year ────────────────────────────────────────────────────────────────────────────


@api.get("/school/calendar", out=CalendarRead)
def read_calendar() -> Response:
    """The school's years, terms, closed days and lettered weeks, and what today is there (`today`: day, school_day, letter)."""
    actor = signed_in()
    room = f"school:{actor.school_id}"
    with reading() as tx:
        seq, _ = journal.head(tx, room)
        record = queries.calendar(tx, actor.school_id)
        today = school_days.today(tx, actor.school_id)
        letter = school_days.letter_of(tx, actor.school_id, today)
        is_open = school_days.is_school_day(school_days.of_school(tx, actor.school_id), today)
    place = {} if actor.is_guest else {"room": room, "seq": seq}
    now = {"day": today.isoformat(), "school_day": is_open, "letter": letter}
    return http.json({**place, "data": {**record, "today": now}, "can": sorted(abilities.own_in_school(actor))})


@api.get("/school/days", query=SchoolDaysQuery, out=MemberRead)
def count_school_days(query: SchoolDaysQuery) -> Response:
    """How many school days lie after `start`, up to and with `end`; of a member: how many of her working days, for herself and admins."""
    actor = signed_in()
    start, end = date.fromisoformat(query.start), date.fromisoformat(query.end)
    with reading() as tx:
        days = school_days.of_school(tx, actor.school_id)
        if query.member_id is not None:
            row = member_seen(tx, actor, query.member_id)
            if not actor.is_admin and row.id != actor.member_id:
                raise Forbidden(gettext("Only she herself and admins see when she works."))
            days = school_days.of_member(tx, row.id, days)
    return http.json({"data": {"days": school_days.between(days, start, end)}})


@api.post("/school-years", body=AddSchoolYear, out=MemberWritten, ability="add_school_year")
def add_school_year(body: AddSchoolYear) -> Response:
    """Add a school year."""
    return command.run(calendar.add_school_year, body, status=201)


@api.patch("/school-years/<int:school_year_id>", body=ChangeSchoolYear, out=MemberWritten, ability="change_school_year")
def change_school_year(school_year_id: int, body: ChangeSchoolYear) -> Response:
    """Change a school year."""
    return command.run(calendar.change_school_year, school_year_id, body)


@api.delete("/school-years/<int:school_year_id>", out=MemberWritten, ability="remove_school_year")
def remove_school_year(school_year_id: int) -> Response:
    """Remove a school year and its terms."""
    return command.run(calendar.remove_school_year, school_year_id)


@api.post("/school-years/<int:school_year_id>/terms", body=AddTerm, out=MemberWritten, ability="add_term")
def add_term(school_year_id: int, body: AddTerm) -> Response:
    """Add a term; in a year with terms, the days outside of them are free."""
    return command.run(calendar.add_term, school_year_id, body, status=201)


@api.patch("/terms/<int:term_id>", body=ChangeTerm, out=MemberWritten, ability="change_term")
def change_term(term_id: int, body: ChangeTerm) -> Response:
    """Change a term."""
    return command.run(calendar.change_term, term_id, body)


@api.delete("/terms/<int:term_id>", out=MemberWritten, ability="remove_term")
def remove_term(term_id: int) -> Response:
    """Remove a term."""
    return command.run(calendar.remove_term, term_id)


@api.post("/closed-days", body=AddClosedDays, out=MemberWritten, ability="add_closed_days")
def add_closed_days(body: AddClosedDays) -> Response:
    """Add days on which the school is closed, or open for staff only."""
    return command.run(calendar.add_closed_days, body, status=201)


@api.patch("/closed-days/<int:closed_days_id>", body=ChangeClosedDays, out=MemberWritten, ability="change_closed_days")
def change_closed_days(closed_days_id: int, body: ChangeClosedDays) -> Response:
    """Change closed days."""
    return command.run(calendar.change_closed_days, closed_days_id, body)


@api.delete("/closed-days/<int:closed_days_id>", out=MemberWritten, ability="remove_closed_days")
def remove_closed_days(closed_days_id: int) -> Response:
    """Remove closed days."""
    return command.run(calendar.remove_closed_days, closed_days_id)


@api.put("/school/weeks/<day>", body=SetWeekLetter, out=MemberWritten, ability="set_week_letter")
def set_week_letter(day: str, body: SetWeekLetter) -> Response:
    """Say whether the week of a day is A or B; the weeks after it take turns from there."""
    return command.run(calendar.set_week_letter, day, body)


@api.delete("/school/weeks/<day>", out=MemberWritten, ability="clear_week_letter")
def clear_week_letter(day: str) -> Response:
    """Take back what was said of a week."""
    return command.run(calendar.clear_week_letter, day)


@api.post(
    "/school/calendar-files",
    query=ImportQuery,
    out=MemberWritten,
    ability="import_school_days",
    files=calendar_file.MOST_BYTES,
)
def import_school_days(query: ImportQuery) -> Response:
    """Take closed and staff days, terms and A/B weeks from an .ics file, sent as the body (text/calendar); `left_out` says what was not taken."""
    actor = signed_in()
    content = _calendar_file()
    need(abilities.own_in_school(actor), "import_school_days")
    with reading() as tx:
        today = school_days.today(tx, actor.school_id)
    found = calendar_file.read(content, everything=query.everything, today=today)
    return command.run(calendar.import_school_days, found, status=201, sent=content)


def _calendar_file() -> bytes:
    """The body itself; or, from a form, its ``file``."""
    if request.mimetype == "text/calendar":
        return request.get_data()
    sent = request.files.get("file") if request.mimetype == "multipart/form-data" else None
    if sent is None:
        raise WrongType(gettext("Send the file itself, with Content-Type: text/calendar."))
    return sent.read()


@api.post("/members/<int:member_id>/away", body=AddAway, out=MemberWritten, ability="add_away")
def add_away(member_id: int, body: AddAway) -> Response:
    """Days on which you (or, for an admin, somebody) will be away; there is no field for the reason."""
    return command.run(calendar.add_away, member_id, body, status=201)


@api.delete("/away/<int:away_id>", out=MemberWritten, ability="remove_away")
def remove_away(away_id: int) -> Response:
    """Remove days away."""
    return command.run(calendar.remove_away, away_id)
