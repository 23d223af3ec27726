"""Boards, lists, cards and what is on them."""

from flask import Flask

from board import initiatives, people
from board.boards import (
    blocking,
    checks,
    feed,
    feed_calendar,
    figures,
    job,
    pages,
    queries,
    routes,
    subject,
    undo,
    undo_copies,
    undo_many,
)
from board.boards.audience import sees_board
from board.boards.bin import empty_bin as empty_bin
from board.boards.limits import MOST_OPEN_CARDS
from board.boards.queries import boards_of, list_boards, open_actions
from board.boards.sight import boards_seen
from board.core import checks as core_checks
from board.core import rooms, subjects

__all__ = [
    "MOST_OPEN_CARDS",
    "blocking",
    "boards_of",
    "boards_seen",
    "feed",
    "feed_calendar",
    "job",
    "list_boards",
    "open_actions",
    "register",
    "sees_board",
    "undo",
    "undo_copies",
    "undo_many",
]


def register(app: Flask) -> None:
    app.register_blueprint(routes.api)
    app.register_blueprint(pages.site)
    initiatives.list_on_pages(queries.on_page)
    initiatives.count_on_pages(figures.of_places)
    initiatives.show_coming(figures.coming)
    initiatives.offer_starts(queries.starts)
    rooms.register("board", may_watch=queries.may_watch, snapshot=queries.snapshot, can=queries.can)
    subjects.register("card", subject.CARD)
    for check in checks.ALL:
        core_checks.register(app, check)
    people.add_collection("boards", queries.school_boards)
    initiatives.add_collection("boards", in_group=queries.group_boards, in_initiative=queries.initiative_boards)
