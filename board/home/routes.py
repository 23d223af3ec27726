"""The page one comes home to."""

from datetime import timedelta

from flask import Blueprint, Response, request

from board.boards import open_actions
from board.core import command, pages, times
from board.core.access import Actor, signed_in
from board.core.api import Api
from board.core.db import Tx, reading
from board.home import commands, news, queries, schemas, work
from board.people.models import members_seen

site = Blueprint("home", __name__)
api = Api("home")
#: boards of others that are shown to who has none of her own
_SOME = 6


@site.get("/")
def home() -> Response:
    actor = signed_in()
    with reading() as tx:
        now = queries.now(tx, actor)
        near = queries.near_boards(tx, actor)
        boards = near or queries.some_boards(tx, actor, _SOME)
        ids = [b.id for b in near]
        groups = queries.my_groups(tx, actor)
        found = queries.mine(tx, actor, now)
        since = queries.new_since(tx, actor, times.now())
        return pages.show(
            tx, actor, "home/home.html", now=now, mine=found, fitting=queries.fitting(found), groups=groups,
            boards=boards, near=near, start=_start(tx, actor, boards, groups), since=since,
            known=queries.was_here(tx, actor), counts=open_actions(tx, [b.id for b in boards]),
            news=news.since(tx, actor, ids, since),
            ahead=queries.ahead(tx, actor, now, found, ids),
            free=queries.free_days(tx, actor.school_id, now.today),
        )  # fmt: skip


@site.get("/work")
def my_work() -> Response:
    actor = signed_in()
    wanted = work.Wanted.read(request.args)
    with reading() as tx:
        now = queries.now(tx, actor)
        every = work.actions(tx, actor, now, wanted)
        found = work.within(every, wanted)[: work.MOST]
        return pages.show(
            tx, actor, "home/work.html", now=now, wanted=wanted, found=found, places=work.places(tx, actor, wanted, every),
            sections=work.sections(found, wanted.sort), month=work.month(now, wanted, found), cut=len(every) > work.MOST,
            next_day=work.next_day(now), next_week=work.next_day(now, now.today + timedelta(days=7)),
        )  # fmt: skip


@api.put("/home/visit", out=schemas.VisitWritten)
def visit_home() -> Response:
    """Remember that you were here, so that home tells next time what is new; nobody else sees it."""
    return command.run(commands.visit_home)


def _start(tx: Tx, actor: Actor, boards: list[object], groups: list[object]) -> str | None:
    """What somebody is offered who has nothing here yet: None as soon as there is something."""
    if actor.is_guest:
        return None if boards else "guest"
    if groups:
        return None
    if boards:
        return "join"
    if actor.is_organizer:
        alone = len(tx.all(members_seen(actor).limit(2))) < 2
        return "school_alone" if alone and actor.is_admin else "school"
    return "wait"
