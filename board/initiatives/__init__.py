"""Initiatives and the task groups in them."""

from flask import Flask

from board import people
from board.core import rooms
from board.initiatives import abilities, feed, pages, queries, routes, undo, visibility
from board.initiatives.models import group_seen, initiative_seen
from board.initiatives.queries import (
    add_collection,
    count_on_pages,
    list_groups,
    list_initiatives,
    list_on_pages,
    offer_starts,
    show_coming,
)

__all__ = [
    "add_collection",
    "count_on_pages",
    "feed",
    "group_seen",
    "initiative_seen",
    "list_groups",
    "list_initiatives",
    "list_on_pages",
    "offer_starts",
    "register",
    "show_coming",
    "undo",
    "visibility",
]


def register(app: Flask) -> None:
    app.register_blueprint(routes.api)
    app.register_blueprint(pages.site)
    people.add_abilities(abilities.in_school)
    people.tell_places(queries.places_of_people)
    people.add_collection("initiatives", queries.school_initiatives)
    people.add_collection("groups", queries.school_groups)
    rooms.register("group", may_watch=queries.may_watch_group, snapshot=queries.group_snapshot, can=queries.group_can)
    rooms.register(
        "initiative",
        may_watch=queries.may_watch_initiative,
        snapshot=queries.initiative_snapshot,
        can=queries.initiative_can,
    )
