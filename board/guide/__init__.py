"""How a school starts: six questions, the staff list among them, and a first initiative whose board is its steps."""

from flask import Flask

from board import people
from board.guide import abilities, pages, routes

__all__ = ["register"]


def register(app: Flask) -> None:
    people.add_abilities(abilities.in_school)
    app.register_blueprint(routes.api)
    app.register_blueprint(pages.site)
