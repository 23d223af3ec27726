"""Bringing boards in from elsewhere; later, taking them out."""

from flask import Flask

from board.exchange import pages, routes
from board.exchange.cli import add_commands

__all__ = ["add_commands", "register"]


def register(app: Flask) -> None:
    app.register_blueprint(routes.api)
    app.register_blueprint(pages.site)
