"""Staffroom: the board where a school shares the load."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from board.config import Config


def create_app(config: "Config") -> "Flask":
    """The WSGI application: config → core → slices. Sockets are attached by ``board.sockets.init_app``."""
    # Imported inside the function: ``python -m board.server`` imports this package first, and must make the standard library green before
    # anything else takes hold of it.
    from flask import Flask

    from board import boards, discussions, exchange, guide, home, initiatives, notifications, people, search
    from board.core import (
        access,
        assets,
        db,
        headers,
        health,
        http,
        language,
        limits,
        openapi,
        pages,
        previews_api,
        rooms_api,
        snapshots,
        undo,
        wording,
    )

    app = Flask(__name__, static_folder=None)
    app.config["BOARD"] = config
    app.config["SECRET_KEY"] = config.secret
    app.json.sort_keys = False  # type: ignore[attr-defined]
    language.init_app(app)
    assets.init_app(app)
    pages.init_app(app)
    wording.init_app(app)
    http.init_app(app)
    headers.init_app(app, config.https, assets.import_map_sha256(app.config["IMPORT_MAP"]))
    db.init_app(app, config.database_url)
    access.init_app(app)
    limits.init_app(app, config.redis, config.limits)
    snapshots.init_app(app)
    for blueprint in (health.pages, openapi.site, previews_api.api, rooms_api.api, undo.api):
        app.register_blueprint(blueprint)
    for part in (people, initiatives, discussions, boards, notifications, search, exchange, guide, home):
        part.register(app)
    return app
