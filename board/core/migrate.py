"""Brings the database to the present tables. Alembic takes a quarter of a second to import, so it is asked only when there is something to do."""

import secrets
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from board.core.db import Tx, db, reading
from board.core.journal import Epoch

FOLDER = Path(__file__).parent.parent / "migrations"


def head() -> str:
    """The newest revision: files are named 0001_what.py and revisions 0001."""
    return max(path.name[:4] for path in (FOLDER / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def current(tx: Tx) -> str | None:
    found: str | None = tx.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def upgrade(app: Flask, to: str | None = None) -> None:
    """Runs what is missing; nothing when the database is at the newest revision. Then slices fill what can be made of other rows.

    With ``to`` the database stops at that revision, empty, as a backup of it needs it.
    """
    with app.app_context():
        if _stands() != (to or head()):
            _run(to or "head")
        for fill in () if to else app.extensions.get("after_upgrade", ()):
            fill()


def compared(thing: object, name: str | None, *what: object) -> bool:
    """Whether the models say how this table or index is; what a slice names in ``made_by_hand`` stands in its migration alone."""
    return not (name or "").startswith(tuple(db.metadata.info.get("made_by_hand", ())) or ("\0",))


def _run(to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with db.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        _first_epoch(connection)


def _first_epoch(connection: Connection) -> None:
    epochs = Epoch.__table__
    if connection.scalar(select(epochs.c.id)) is None:
        connection.execute(insert(epochs), {"id": 1, "epoch": secrets.token_hex(8)})
    connection.commit()


def _stands() -> str | None:
    try:
        with reading() as tx:
            if not inspect(tx.connection).has_table("alembic_version"):
                return None
            return current(tx)
    except DBAPIError:
        return None
