"""Pages of boards. A card opens over its board and has its own address: the same page, whose script reads the address."""

from typing import Any

from flask import Blueprint, Response

from board.boards import queries, sight
from board.core import pages, snapshots
from board.core.access import Actor, signed_in
from board.core.db import Tx, reading
from board.core.errors import NotSeen
from board.initiatives import group_seen, initiative_seen, list_groups, list_initiatives

site = Blueprint("board_pages", __name__)


@site.get("/boards")
def boards() -> Response:
    actor = signed_in()
    with reading() as tx:
        rows = queries.list_boards(tx, actor)
        groups = {} if actor.is_guest else {g.id: g.title for g in list_groups(tx, actor)}
        initiatives = {} if actor.is_guest else {i.id: i.title for i in list_initiatives(tx, actor)}
        counts = queries.open_actions(tx, [row.id for row in rows])
        return pages.show(
            tx, actor, "boards/list.html", boards=rows, groups=groups, initiatives=initiatives, counts=counts
        )


@site.get("/boards/<int:board_id>")
def board(board_id: int) -> Response:
    return _show(board_id)


@site.get("/boards/<int:board_id>/cards/<int:card_id>")
def card(board_id: int, card_id: int) -> Response:
    return _show(board_id)


def _show(board_id: int) -> Response:
    actor = signed_in()
    with reading() as tx:
        data = {"snapshot": snapshots.whole(tx, actor, f"board:{board_id}"), "within": _within(tx, actor, board_id)}
        return pages.show(tx, actor, "boards/board.html", data=data)


def _within(tx: Tx, actor: Actor, board_id: int) -> dict[str, Any] | None:
    """What the board belongs to, with the line that says what for; None for who sees the board alone."""
    row = sight.board(tx, actor, board_id)
    try:
        if row.group_id is not None:
            group = group_seen(tx, actor, row.group_id)
            return {"title": group.title, "href": f"/groups/{group.id}", "purpose": group.objective}
        initiative = initiative_seen(tx, actor, row.initiative_id)
        return {"title": initiative.title, "href": f"/initiatives/{initiative.id}", "purpose": initiative.purpose}
    except NotSeen:
        return None
