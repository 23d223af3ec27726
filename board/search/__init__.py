"""Finding: over all that somebody may see."""

from flask import Flask

from board.search import feed, fill, pages, routes
from board.search.fill import everything, forget_board

__all__ = ["everything", "feed", "forget_board", "register"]


def register(app: Flask) -> None:
    app.register_blueprint(routes.api)
    app.register_blueprint(pages.site)
    app.extensions.setdefault("after_upgrade", []).append(fill.where_empty)
