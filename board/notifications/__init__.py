"""What each person is told: that she was asked, mentioned, answered, that something of hers is due."""

from flask import Flask

from board import people
from board.notifications import feed, feed_items, feed_many, job, pages, queries, routes, undo

__all__ = ["feed", "feed_items", "feed_many", "job", "register", "undo"]


def register(app: Flask) -> None:
    app.register_blueprint(routes.api)
    app.register_blueprint(pages.site)
    people.add_own_collection("unread", queries.unread)
    people.add_own_collection("notice_settings", queries.in_room)
