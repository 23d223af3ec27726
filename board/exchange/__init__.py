"""Bringing boards in from elsewhere; later, taking them out."""

from flask import Flask

from board.exchange import routes

__all__ = ["register"]


def register(app: Flask) -> None:
    app.register_blueprint(routes.api)
