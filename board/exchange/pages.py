"""The page of an import: a file, who is who, how far it is, and what came of it."""

from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import select

from board.core import pages
from board.core.access import Actor, signed_in
from board.core.db import Tx, reading
from board.exchange import queries
from board.initiatives import abilities as places
from board.initiatives.models import groups_seen, initiatives_seen, who
from board.people.models import Member

site = Blueprint("exchange_pages", __name__)
members = Member.__table__


@site.get("/imports/new")
def new_import() -> Response:
    """``?group=3`` or ``?initiative=3`` chooses the place."""
    actor = signed_in()
    with reading() as tx:
        chosen = next(
            (f"{kind}_id:{request.args[kind]}" for kind in ("group", "initiative") if kind in request.args), ""
        )
        return _show(tx, actor, None, chosen)


@site.get("/imports/<int:import_id>")
def one_import(import_id: int) -> Response:
    actor = signed_in()
    with reading() as tx:
        return _show(tx, actor, queries.import_page(tx, actor, import_id)["data"], "")


def _show(tx: Tx, actor: Actor, found: dict[str, Any] | None, chosen: str) -> Response:
    query = select(members.c.id, members.c.name).where(
        members.c.school_id == actor.school_id, members.c.active.is_(True)
    )
    colleagues = [{"id": row.id, "name": row.name} for row in tx.all(query.order_by(members.c.name, members.c.id))]
    data = {"import": found, "members": [] if actor.is_guest else colleagues}
    return pages.show(tx, actor, "exchange/import.html", data=data, places=_places(tx, actor), chosen=chosen)


def _places(tx: Tx, actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """Where she may make a board: (what the form sends, title), by kind."""
    found_groups = [g for g in tx.all(groups_seen(), who(actor)) if "make_board" in places.on_group(actor, g)]
    found_initiatives = [
        i for i in tx.all(initiatives_seen(), who(actor)) if "make_board" in places.on_initiative(actor, i)
    ]
    return {
        "groups": sorted(((f"group_id:{g.id}", g.title) for g in found_groups), key=lambda place: place[1].casefold()),
        "initiatives": sorted(
            ((f"initiative_id:{i.id}", i.title) for i in found_initiatives), key=lambda place: place[1].casefold()
        ),
    }
