"""The school's year: years, terms, closed days, lettered weeks, and the days on which somebody is away."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from board.core import times
from board.core.access import need
from board.core.command import Change
from board.core.errors import Conflict, Invalid, NotSeen
from board.people import abilities, queries
from board.people.commands import acting
from board.people.models import Away, ClosedDay, LetteredWeek, SchoolYear, Term, member_seen
from board.people.schemas import (
    AddAway,
    AddClosedDays,
    AddSchoolYear,
    AddTerm,
    ChangeClosedDays,
    ChangeSchoolYear,
    ChangeTerm,
    SetWeekLetter,
)

closed_days, school_years, terms = ClosedDay.__table__, SchoolYear.__table__, Term.__table__
lettered_weeks, away = LetteredWeek.__table__, Away.__table__
#: kind of record → (collection in the school's room, how it is shown, the longest in days, the most a school may have)
_KINDS: dict[Any, tuple[str, Any, int, int]] = {
    SchoolYear: ("school_years", queries.year_record, 550, 60),
    Term: ("terms", queries.term_record, 400, 400),
    ClosedDay: ("closed_days", queries.closed_record, 400, 2_000),
}
_SUBJECTS = {SchoolYear: "school_year", Term: "term", ClosedDay: "closed_days"}


def add_school_year(change: Change, body: AddSchoolYear) -> dict[str, Any]:
    acting.who_may(change, "add_school_year")
    _no_overlap(change, body.start, body.end)
    return _add(change, SchoolYear, body.model_dump())


def change_school_year(change: Change, school_year_id: int, body: ChangeSchoolYear) -> dict[str, Any]:
    acting.who_may(change, "change_school_year")
    row = _one(change, SchoolYear, school_year_id)
    _no_overlap(change, body.start or row.start, body.end or row.end, but=row.id)
    return _change(change, SchoolYear, row, body.given())


def remove_school_year(change: Change, school_year_id: int) -> dict[str, Any]:
    """With its terms."""
    acting.who_may(change, "remove_school_year")
    row = _one(change, SchoolYear, school_year_id)
    inside = change.tx.all(select(terms).where(terms.c.school_year_id == row.id).order_by(terms.c.id))
    change.tx.delete(Term, terms.c.school_year_id == row.id)
    return _remove(change, SchoolYear, row, {"terms": [queries.term_record(t) for t in inside]} if inside else {})


def add_term(change: Change, school_year_id: int, body: AddTerm) -> dict[str, Any]:
    acting.who_may(change, "add_term")
    _inside(_one(change, SchoolYear, school_year_id), body.start, body.end)
    return _add(change, Term, {**body.model_dump(), "school_year_id": school_year_id})


def change_term(change: Change, term_id: int, body: ChangeTerm) -> dict[str, Any]:
    acting.who_may(change, "change_term")
    row = _one(change, Term, term_id)
    _inside(_one(change, SchoolYear, row.school_year_id), body.start or row.start, body.end or row.end)
    return _change(change, Term, row, body.given())


def remove_term(change: Change, term_id: int) -> dict[str, Any]:
    acting.who_may(change, "remove_term")
    return _remove(change, Term, _one(change, Term, term_id))


def add_closed_days(change: Change, body: AddClosedDays) -> dict[str, Any]:
    acting.who_may(change, "add_closed_days")
    return _add(change, ClosedDay, {**body.model_dump(), "end": body.end or body.start})


def change_closed_days(change: Change, closed_days_id: int, body: ChangeClosedDays) -> dict[str, Any]:
    acting.who_may(change, "change_closed_days")
    return _change(change, ClosedDay, _one(change, ClosedDay, closed_days_id), body.given())


def remove_closed_days(change: Change, closed_days_id: int) -> dict[str, Any]:
    acting.who_may(change, "remove_closed_days")
    return _remove(change, ClosedDay, _one(change, ClosedDay, closed_days_id))


def set_week_letter(change: Change, day: str, body: SetWeekLetter) -> dict[str, Any]:
    """The week of ``day`` has this letter; the weeks after it take turns from there."""
    actor = acting.who_may(change, "set_week_letter")
    monday = _monday(day)
    row = change.tx.first(
        select(lettered_weeks).where(lettered_weeks.c.school_id == actor.school_id, lettered_weeks.c.monday == monday)
    )
    if row is not None and row.letter == body.letter:
        return queries.week_record(row)
    if row is None:
        id = change.tx.insert(LetteredWeek, school_id=actor.school_id, monday=monday, letter=body.letter)
    else:
        change.tx.update(LetteredWeek, id := row.id, letter=body.letter)
    record = {"id": id, "monday": monday, "letter": body.letter}
    _tell(change, "week.lettered", ("lettered_week", id), put={"lettered_weeks": [record]})
    return record


def clear_week_letter(change: Change, day: str) -> dict[str, Any]:
    actor = acting.who_may(change, "clear_week_letter")
    found = (lettered_weeks.c.school_id == actor.school_id, lettered_weeks.c.monday == _monday(day))
    row = change.tx.one(select(lettered_weeks).where(*found))
    change.tx.delete(LetteredWeek, *found)
    was = {"lettered_weeks": [queries.week_record(row)]}
    _tell(change, "week.cleared", ("lettered_week", row.id), drop={"lettered_weeks": [row.id]}, was=was)
    return {"id": row.id}


def import_school_days(change: Change, found: Any) -> dict[str, Any]:
    """``found``: what was read from a calendar file. The same file again changes nothing; a newer one moves what it moved."""
    actor = acting.who_may(change, "import_school_days")
    tx = change.tx
    here = {
        r.source_id: r
        for r in tx.all(
            select(closed_days).where(closed_days.c.school_id == actor.school_id, closed_days.c.source_id.isnot(None))
        )
    }
    left_out = list(found.left_out)
    put: dict[str, list[dict[str, Any]]] = {}
    made = {"closed_days": 0, "staff_days": 0, "terms": 0, "lettered_weeks": 0}
    room_left = _KINDS[ClosedDay][3] - tx.scalar(
        select(func.count()).select_from(closed_days).where(closed_days.c.school_id == actor.school_id)
    )
    for item in found.closed:
        fields = {"title": item.title, "start": item.start, "end": item.end, "staff_day": item.staff_day}
        row = here.get(item.source_id)
        if row is not None and queries.closed_record(row) == {"id": row.id, **fields}:
            continue
        if row is not None:
            tx.update(ClosedDay, id := row.id, **fields)
        elif room_left > 0:
            room_left -= 1
            id = tx.insert(ClosedDay, school_id=actor.school_id, source_id=item.source_id, **fields)
        else:
            left_out.append({"what": item.title, "why": _("The calendar is full.")})
            continue
        made["staff_days" if item.staff_day else "closed_days"] += 1
        put.setdefault("closed_days", []).append({"id": id, **fields})
    for item in found.terms:
        record = _import_term(change, actor.school_id, item, left_out)
        if record is not None:
            made["terms"] += 1
            put.setdefault("terms", []).append(record)
    for monday, letter in found.letters:
        t = lettered_weeks.c
        row = tx.first(select(lettered_weeks).where(t.school_id == actor.school_id, t.monday == monday))
        if row is None or row.letter != letter:
            if row is None:
                id = tx.insert(LetteredWeek, school_id=actor.school_id, monday=monday, letter=letter)
            else:
                tx.update(LetteredWeek, id := row.id, letter=letter)
            made["lettered_weeks"] += 1
            put.setdefault("lettered_weeks", []).append({"id": id, "monday": monday, "letter": letter})
    if put:
        _tell(change, "calendar.imported", ("school", actor.school_id), put=put)
    return {"found": found.events, "made": made, "left_out": left_out[:500]}


# ── away ─────────────────────────────────────────────────────────────────────────────────────────


def add_away(change: Change, member_id: int, body: AddAway) -> dict[str, Any]:
    row = _hers(change, member_id, "add_away")
    _span(body.start, body.end, 550)
    if change.tx.scalar(select(func.count()).select_from(away).where(away.c.member_id == row.id)) >= 100:
        raise Conflict(_("There are many of these already. Remove some that are over."))
    id = change.tx.insert(Away, school_id=row.school_id, member_id=row.id, start=body.start, end=body.end)
    record = {"id": id, "member_id": row.id, "start": body.start, "end": body.end}
    change.record("away.added", f"member:{row.id}", put={"away": [record]}, subject=("member", row.id))
    return record


def remove_away(change: Change, away_id: int) -> dict[str, Any]:
    found = change.tx.one(select(away).where(away.c.id == away_id, away.c.school_id == change.actor.school_id))
    # Of whom it is, only who may see it learns.
    if found.member_id != change.actor.member_id and not acting.now(change).is_admin:
        raise NotSeen()
    _hers(change, found.member_id, "remove_away")
    change.tx.delete(Away, away.c.id == away_id)
    was = {"away": [queries.away_record(found)]}
    change.record(
        "away.removed",
        f"member:{found.member_id}",
        drop={"away": [away_id]},
        subject=("member", found.member_id),
        was=was,
    )
    return {"id": away_id}


def _hers(change: Change, member_id: int, ability: str) -> Any:
    actor = acting.now(change)
    row = member_seen(change.tx, actor, member_id)
    need(abilities.on_member(actor, row), ability)
    return row


# ── one of the school's records ──────────────────────────────────────────────────────────────────


def _add(change: Change, kind: Any, values: dict[str, Any]) -> dict[str, Any]:
    collection, record_of, longest, most = _KINDS[kind]
    _span(values["start"], values["end"], longest)
    t, school_id = kind.__table__, change.actor.school_id
    if change.tx.scalar(select(func.count()).select_from(t).where(t.c.school_id == school_id)) >= most:
        raise Conflict(_("The calendar is full."))
    id = change.tx.insert(kind, school_id=school_id, **values)
    record: dict[str, Any] = record_of(_one(change, kind, id))
    _tell(change, f"{_SUBJECTS[kind]}.added", (_SUBJECTS[kind], id), put={collection: [record]})
    return record


def _change(change: Change, kind: Any, row: Any, given: dict[str, Any]) -> dict[str, Any]:
    collection, record_of, longest, _most = _KINDS[kind]
    new = {k: v for k, v in given.items() if getattr(row, k) != v}
    if new:
        _span(new.get("start", row.start), new.get("end", row.end), longest)
        change.tx.update(kind, row.id, **new)
        was = {collection: [{"id": row.id, **{k: getattr(row, k) for k in new}}]}
        _tell(
            change,
            f"{_SUBJECTS[kind]}.changed",
            (_SUBJECTS[kind], row.id),
            put={collection: [{"id": row.id, **new}]},
            was=was,
        )
    record: dict[str, Any] = record_of(_one(change, kind, row.id))
    return record


def _remove(
    change: Change, kind: Any, row: Any, with_it: dict[str, list[dict[str, Any]]] | None = None
) -> dict[str, Any]:
    collection, record_of, _longest, _most = _KINDS[kind]
    change.tx.delete(kind, kind.__table__.c.id == row.id)
    was = {**(with_it or {}), collection: [record_of(row)]}
    drop = {name: [r["id"] for r in records] for name, records in was.items()}
    _tell(change, f"{_SUBJECTS[kind]}.removed", (_SUBJECTS[kind], row.id), drop=drop, was=was)
    return {"id": row.id}


def _one(change: Change, kind: Any, id: int) -> Any:
    t = kind.__table__
    return change.tx.one(select(t).where(t.c.id == id, t.c.school_id == change.actor.school_id).with_for_update())


def _tell(change: Change, type: str, subject: tuple[str, int], **what: Any) -> None:
    change.record(type, f"school:{change.actor.school_id}", subject=subject, **what)


def _import_term(change: Change, school_id: int, item: Any, left_out: list[dict[str, str]]) -> dict[str, Any] | None:
    y = school_years.c
    year = change.tx.first(
        select(school_years).where(y.school_id == school_id, y.start <= item.start, y.end >= item.end)
    )
    if year is None:
        left_out.append({"what": item.title, "why": _("No school year has these days. Add the year first.")})
        return None
    same = (terms.c.school_year_id == year.id, terms.c.start == item.start, terms.c.end == item.end)
    if change.tx.first(select(terms.c.id).where(*same)):
        return None
    id = change.tx.insert(
        Term, school_id=school_id, school_year_id=year.id, title=item.title, start=item.start, end=item.end
    )
    return queries.term_record(_one(change, Term, id))


def _span(start: str, end: str, longest: int) -> None:
    if not (times.is_within(start) and times.is_within(end)):
        raise Invalid.field("start", _("Choose days between 1970 and 2199."))
    if end < start:
        raise Invalid.field("end", _("The last day is before the first."))
    if (date.fromisoformat(end) - date.fromisoformat(start)).days >= longest:
        raise Invalid.field("end", _("At most %(n)s days.", n=longest))


def _no_overlap(change: Change, start: str, end: str, but: int = 0) -> None:
    y = school_years.c
    query = select(school_years).where(
        y.school_id == change.actor.school_id, y.start <= end, y.end >= start, y.id != but
    )
    other = change.tx.first(query)
    if other is not None:
        raise Invalid.field("start", _("These days belong to %(title)s already.", title=other.title))


def _inside(year: Any, start: str, end: str) -> None:
    if start < year.start or end > year.end:
        raise Invalid.field(
            "start", _("A term lies inside its school year (%(start)s to %(end)s).", start=year.start, end=year.end)
        )


def _monday(day: str) -> str:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        raise NotSeen() from None
    if not times.is_within(day):
        raise NotSeen()
    return (found - timedelta(days=found.weekday())).isoformat()
