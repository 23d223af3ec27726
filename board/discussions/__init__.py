"""Threads and comments on anything that registers itself as a subject."""

from flask import Flask

from board.discussions import routes, undo
from board.discussions.abilities import by_whose
from board.discussions.commands import bring_comments, open_thread, open_threads, remove_threads
from board.discussions.queries import on_threads as comments_on
from board.discussions.queries import record as comment_record
from board.discussions.queries import who_wrote

__all__ = [
    "bring_comments",
    "by_whose",
    "comment_record",
    "comments_on",
    "open_thread",
    "open_threads",
    "register",
    "remove_threads",
    "undo",
    "who_wrote",
]


def register(app: Flask) -> None:
    app.register_blueprint(routes.api)
