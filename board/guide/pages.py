"""The page of the guide."""

from flask import Blueprint, Response
from sqlalchemy import func, select

from board.core import pages
from board.core.access import need, signed_in
from board.core.db import reading
from board.guide import abilities, content, queries
from board.people import school_days
from board.people.abilities import own_in_school
from board.people.models import SchoolYear, members_seen

site = Blueprint("guide_pages", __name__)
_years = SchoolYear.__table__


@site.get("/guide")
def guide() -> Response:
    actor = signed_in()
    need(abilities.in_school(actor), "make_start")
    with reading() as tx:
        years = tx.scalar(select(func.count()).select_from(_years).where(_years.c.school_id == actor.school_id))
        people = [row for row in tx.all(members_seen(actor)) if row.active and row.role != "guest"]
        return pages.show(
            tx, actor, "guide/guide.html", texts=content.texts(), years=years, people=people,
            can=own_in_school(actor), today=school_days.today(tx, actor.school_id).isoformat(),
            title=queries.next_title(tx, actor),
        )  # fmt: skip
