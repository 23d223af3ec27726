"""Pages of initiatives and groups."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request

from board.core import pages
from board.core.access import Actor, signed_in
from board.core.db import Tx, reading
from board.core.errors import NotSeen
from board.initiatives import abilities, look_again, queries, visibility
from board.initiatives.models import group_seen, groups, groups_seen, initiative_seen, who
from board.people.models import members_seen

site = Blueprint("initiatives_pages", __name__)
#: a start for who has no norms yet
NORMS = Path(__file__).parent.parent / "content" / "norms.txt"


@site.get("/initiatives")
def initiatives() -> Response:
    actor = signed_in()
    if actor.is_guest:
        raise NotSeen()
    with reading() as tx:
        rows = queries.list_initiatives(tx, actor)
        inside = queries.list_groups(tx, actor)
        figures = queries.figures(tx, actor)
        sort = request.args.get("sort", "")
        return pages.show(
            tx, actor, "initiatives/list.html", can=abilities.in_school(actor), sort=sort if sort in SORTS else "title", figures=figures,
            initiatives=_sorted([r for r in rows if r.status != "finished"], "initiative", figures, sort),
            finished=[r for r in rows if r.status == "finished"], groups=inside,
            alone=_sorted([g for g in inside if g.initiative_id is None], "group", figures, sort),
            archived=queries.list_initiatives(tx, actor, archived=True), archived_groups=queries.list_groups(tx, actor, archived=True),
        )  # fmt: skip


#: by what the list can be put in order, most first
SORTS = ("title", "done", "overdue", "waiting", "moved")


def _sorted(rows: list[Any], kind: str, figures: dict[tuple[str, int], dict[str, Any]], sort: str) -> list[Any]:
    if sort not in SORTS or sort == "title":
        return sorted(rows, key=lambda row: row.title.lower())
    return sorted(rows, key=lambda row: -figures.get((kind, row.id), {}).get(sort, 0))


@site.get("/initiatives/<int:initiative_id>")
def initiative(initiative_id: int) -> Response:
    actor = signed_in()
    with reading() as tx:
        row = initiative_seen(tx, actor, initiative_id)
        can = abilities.now(abilities.on_initiative(actor, row), row)
        inside = list(tx.all(groups_seen().where(groups.c.initiative_id == row.id).order_by(groups.c.id), who(actor)))
        people = queries.initiative_people(tx, row.id)
        return pages.show(
            tx, actor, "initiatives/initiative.html", row=row, can=can, groups=[g for g in inside if not g.archived_at],
            archived_groups=[g for g in inside if g.archived_at], people=people, group_titles={g.id: g.title for g in inside},
            **_place(tx, actor, "initiative", row, people, can),
        )  # fmt: skip


@site.get("/groups/<int:group_id>")
def group(group_id: int) -> Response:
    actor = signed_in()
    with reading() as tx:
        row = group_seen(tx, actor, group_id)
        can = abilities.now(abilities.on_group(actor, row), row)
        people = queries.group_people(tx, row.id)
        above = None
        if row.initiative_id is not None:
            try:
                above = initiative_seen(tx, actor, row.initiative_id)
            except NotSeen:
                above = None
        return pages.show(
            tx, actor, "initiatives/group.html", row=row, can=can, people=people, above=above,
            **_place(tx, actor, "group", row, people, can),
        )  # fmt: skip


def _place(tx: Tx, actor: Actor, kind: str, row: Any, people: list[Any], can: frozenset[str]) -> dict[str, Any]:
    """What both pages show: the boards, the figures, and who could still join."""
    here = {person.id for person in people}
    others = []
    if f"set_{kind}_member" in can:
        others = [m for m in tx.all(members_seen(actor)) if m.active and m.role != "guest" and m.id not in here]
    return {
        "boards": queries.boards_on_page(tx, actor, kind, row.id),
        "starts": queries.starts(tx, actor) if "make_board" in can else {},
        "sight": visibility.of_group(row) if kind == "group" else visibility.of_initiative(row),
        "figures": queries.figures(tx, actor),
        "coming": queries.coming(tx, actor, kind, row.id),
        "look": look_again.on_page(tx, row),
        "norms_template": NORMS.read_text() if not row.norms and f"change_{kind}" in can else "",
        "others": sorted(others, key=lambda m: m.name.lower()),
    }
