"""Where the tests keep their rows: each test starts from the small school, on SQLite or on PostgreSQL."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from flask import Flask

from board.core import migrate
from board.core.db import db, writing
from tests import school


class Database(Protocol):
    #: for Config and for `--database`; None: DIR/board.db
    url: str | None

    def prepare(self, make_app: Callable[[], Flask]) -> None:
        """Once a run: migrations, and the school's rows to come back to."""

    def reset(self, app: Flask) -> None:
        """Before each test."""


class Sqlite:
    url = None

    def __init__(self, data: Path):
        self.data, self.template = data, data.with_name("template.db")

    def prepare(self, make_app: Callable[[], Flask]) -> None:
        app = make_app()
        migrate.upgrade(app)
        with app.app_context():
            with writing() as tx:
                school.populate(tx)
            with db.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.engine.dispose()
        shutil.copyfile(self.data / "board.db", self.template)

    def reset(self, app: Flask) -> None:
        with app.app_context():
            db.engine.dispose()
        for name in ("board.db-wal", "board.db-shm"):
            (self.data / name).unlink(missing_ok=True)
        shutil.copyfile(self.template, self.data / "board.db")


class PostgreSQL:
    """The school's rows are kept in a second schema, so that going back to them is one batch on the server."""

    def __init__(self, url: str):
        self.url: str | None = url
        self._back = ""

    def prepare(self, make_app: Callable[[], Flask]) -> None:
        app = make_app()
        migrate.upgrade(app)
        with app.app_context():
            with writing() as tx:
                school.populate(tx)
            with db.engine.begin() as connection:
                self._back = self._keep(connection)
            db.engine.dispose()

    def _keep(self, connection: sa.Connection) -> str:
        tables = [t for t in sa.inspect(connection).get_table_names() if t != "alembic_version"]
        batch = ["SET LOCAL session_replication_role = replica"]
        batch += [f"DELETE FROM {table}" for table in tables]
        connection.exec_driver_sql("CREATE SCHEMA kept")
        for table in tables:
            connection.exec_driver_sql(f"CREATE TABLE kept.{table} AS TABLE {table}")
            if connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar():
                batch.append(f"INSERT INTO {table} SELECT * FROM kept.{table}")
        sequences: Any = connection.exec_driver_sql(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
        )
        batch += [f"SELECT setval('{name}', {last or 1}, {'true' if last else 'false'})" for name, last in sequences]
        return ";".join(batch)

    def reset(self, app: Flask) -> None:
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql(self._back)
