"""The page one comes home to."""

from flask import Blueprint, Response
from sqlalchemy import select

from board.boards import list_boards, open_actions
from board.core import pages
from board.core.access import signed_in
from board.core.db import reading
from board.home import news, queries
from board.initiatives import list_groups
from board.people.models import School, members_seen

site = Blueprint("home", __name__)


@site.get("/")
def home() -> Response:
    actor = signed_in()
    with reading() as tx:
        zone = tx.scalar(select(School.time_zone).where(School.id == actor.school_id))
        groups = [] if actor.is_guest else [g for g in list_groups(tx, actor) if g.my_role is not None]
        rows = list_boards(tx, actor)
        near = [b for b in rows if b.my_role is not None or b.my_right is not None or b.my_initiative_role is not None]
        alone = len(tx.all(members_seen(actor).limit(2))) < 2 if actor.is_admin else False
        return pages.show(
            tx, actor, "home/home.html", mine=queries.mine(tx, actor, zone), groups=groups, boards=near or rows[:6],
            any_board=bool(rows), alone=alone, counts=open_actions(tx, [b.id for b in near or rows[:6]]),
            news=news.lately(tx, actor, [b.id for b in near]),
        )  # fmt: skip
