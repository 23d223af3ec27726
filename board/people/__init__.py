"""Who is here: schools, accounts, members, how they sign in, and the days on which the school is open."""

from flask import Flask

from board.core import rooms
from board.people import entrance, identity, job, pages, queries, routes
from board.people.abilities import add_in_school as add_abilities
from board.people.entrance import hand_reset_link
from board.people.first_start import setup_code
from board.people.identity import tidy
from board.people.models import member_seen
from board.people.queries import add_in_school as add_collection
from board.people.queries import add_of_her_own as add_own_collection
from board.people.queries import listed_record, tell_places

__all__ = [
    "add_abilities",
    "add_collection",
    "add_own_collection",
    "hand_reset_link",
    "job",
    "listed_record",
    "member_seen",
    "register",
    "setup_code",
    "tell_places",
    "tidy",
]


def register(app: Flask) -> None:
    identity.init_app(app)
    app.extensions["password_checks"] = entrance.UnderWay()
    app.extensions.setdefault("after_restore", []).append(identity.after_restore)
    app.register_blueprint(routes.api)
    app.register_blueprint(pages.site)
    rooms.register(
        "school", may_watch=queries.may_watch_school, snapshot=queries.school_snapshot, can=queries.school_can
    )
    rooms.register(
        "member", may_watch=queries.may_watch_member, snapshot=queries.member_snapshot, can=queries.member_can
    )
