"""Pages of boards. A card opens over its board and has its own address: the same page, whose script reads the address."""

from typing import Any

from flask import Blueprint, Response, redirect, request

from board.boards import abilities, figures, guests, queries, sight
from board.boards.commands import views
from board.core import pages, snapshots
from board.core.access import Actor, signed_in
from board.core.db import Tx, reading
from board.core.errors import NotSeen
from board.initiatives import group_seen, initiative_seen, list_groups, list_initiatives, visibility
from board.people import school_days
from board.people.models import members_seen

site = Blueprint("board_pages", __name__)


@site.get("/boards")
def boards() -> Response:
    actor = signed_in()
    with reading() as tx:
        rows = sorted(queries.list_boards(tx, actor, limit=None), key=lambda row: not row.starred)
        archived = queries.list_boards(tx, actor, limit=None, archived=True)
        # With those that are archived: what is archived with its boards still names where they stood.
        groups = {g.id: g.title for away in (False, True) for g in list_groups(tx, actor, archived=away)}
        initiatives = {i.id: i.title for away in (False, True) for i in list_initiatives(tx, actor, archived=away)}
        counts = queries.open_actions(tx, [row.id for row in rows])
        return pages.show(
            tx,
            actor,
            "boards/list.html",
            boards=rows,
            archived=archived,
            groups=groups,
            initiatives=initiatives,
            counts=counts,
        )


@site.get("/cards")
def cards() -> Response:
    """The cards behind a figure."""
    actor, wanted = signed_in(), figures.Wanted.read(request.args)
    with reading() as tx:
        if wanted.kind == "board":
            found = sight.board(tx, actor, wanted.id)
        elif wanted.kind == "group":
            found = group_seen(tx, actor, wanted.id)
        elif wanted.kind == "initiative":
            found = initiative_seen(tx, actor, wanted.id)
        else:
            raise NotSeen()
        place = {"title": found.title, "href": f"/{wanted.kind}s/{found.id}"}
        at = figures.clock(tx, actor)
        return pages.show(
            tx, actor, "boards/cards.html", wanted=wanted, place=place, **figures.cards_of(tx, actor, at, wanted)
        )


@site.get("/boards/<int:board_id>")
def board(board_id: int) -> Response:
    return _show(board_id)


@site.get("/boards/<int:board_id>/cards/<int:card_id>")
def card(board_id: int, card_id: int) -> Response:
    return _show(board_id)


@site.get("/boards/<int:board_id>/sharing")
def sharing(board_id: int) -> Response:
    """Who can see this board, may do what there, and why."""
    actor = signed_in()
    with reading() as tx:
        row = sight.board(tx, actor, board_id)
        can = abilities.now(actor, row)
        within = _within(tx, actor, board_id)
        named = guests.of_board(tx, actor, row)
        here = {guest["id"] for guest in named}
        others = []
        if "set_guest" in can:
            # An address is for admins to see.
            people = [m for m in tx.all(members_seen(actor)) if m.active and m.id not in here]
            others = [{"id": m.id, "name": m.name, "role": m.role, "mail": m.invited_email} for m in people]
        return pages.show(
            tx, actor, "boards/sharing.html", row=row, can=can, within=within, guests=named, sight=_sight(tx, actor, row) if within else [],
            others=sorted(others, key=lambda m: m["name"].lower()),
        )  # fmt: skip


def _sight(tx: Tx, actor: Actor, row: Any) -> list[visibility.Line]:
    if row.group_id is not None:
        return visibility.of_group(group_seen(tx, actor, row.group_id))
    return visibility.of_initiative(initiative_seen(tx, actor, row.initiative_id), board=True)


@site.get("/c/<int:number>")
def short_address(number: int) -> Response:
    """A card's address to be written on paper: its number in the school."""
    actor = signed_in()
    with reading() as tx:
        row = sight.numbered_card(tx, actor, number)
    answer = redirect(f"/boards/{row.board_id}/cards/{row.id}")
    answer.headers["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]


def _show(board_id: int) -> Response:
    actor = signed_in()
    with reading() as tx:
        data = {
            "late_to": school_days.late_to(tx, actor.school_id),
            "snapshot": snapshots.whole(tx, actor, f"board:{board_id}"),
            "within": _within(tx, actor, board_id),
            "mine": views.read(tx, actor, board_id),
        }
        return pages.show(tx, actor, "boards/board.html", data=data)


def _within(tx: Tx, actor: Actor, board_id: int) -> dict[str, Any] | None:
    """What the board belongs to, with the line that says what for; None for who sees the board alone. ``archived``: the board went away
    with it, and comes back there."""
    row = sight.board(tx, actor, board_id)
    try:
        if row.group_id is not None:
            group = group_seen(tx, actor, row.group_id)
            return {
                "title": group.title,
                "href": f"/groups/{group.id}",
                "purpose": group.objective,
                "archived": bool(row.board_away_with),
            }
        initiative = initiative_seen(tx, actor, row.initiative_id)
        href = f"/initiatives/{initiative.id}"
        return {
            "title": initiative.title,
            "href": href,
            "purpose": initiative.purpose,
            "archived": bool(row.board_away_with),
        }
    except NotSeen:
        return None
