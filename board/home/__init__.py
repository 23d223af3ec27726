"""The page one comes home to, and what stands around every page."""

from flask import Flask

from board.home import navigation, routes

__all__ = ["register"]


def register(app: Flask) -> None:
    app.extensions["around"] = navigation.around
    app.register_blueprint(routes.site)
    app.register_blueprint(routes.api)
