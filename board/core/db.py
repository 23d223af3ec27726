"""The database: one small wrapper over a SQLAlchemy connection, the same on SQLite and PostgreSQL.

Statements are SQLAlchemy Core; tables are declared as ``db.Model`` classes. Nobody holds objects that change behind their back.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from flask import Flask, current_app
from flask_babel import gettext as _
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    Insert,
    Table,
    Text,
    bindparam,
    delete,
    event,
    insert,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase

from board.core.errors import NotSeen, Problem
from board.core.hot import Batch, Hot

WRITE_WAIT_S = 10.0


class Base(DeclarativeBase):
    if TYPE_CHECKING:
        __table__: ClassVar[Table]


db = SQLAlchemy(model_class=Base)
#: what tables derive from; mypy does not see the class that Flask-SQLAlchemy makes from ours
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
#: Text compared by code unit on both databases (SQLite does so by itself): fractional positions and room names.
CodeUnits = Text().with_variant(Text(collation="C"), "postgresql")


class Tx:
    """One open transaction."""

    def __init__(self, connection: Connection, *opening: tuple[str, tuple[Any, ...]]):
        self.connection = connection
        self.dialect = connection.dialect.name
        self._batch = Batch(connection)
        for text, values in opening:
            self._batch.add(text, values)

    def execute(self, statement: Executable, parameters: Any = None) -> Any:
        self.catch_up()
        return self.connection.execute(statement, parameters)

    def first(self, statement: Executable | Hot, parameters: Any = None) -> Any:
        if isinstance(statement, Hot):
            rows = self._batch.rows(statement, parameters or {})
            return rows[0] if rows else None
        return self.execute(statement, parameters).first()

    def one(self, statement: Executable | Hot, parameters: Any = None) -> Any:
        """The first row.

        Raises:
            NotSeen: there is none, or the statement's conditions hide it from the actor.
        """
        row = self.first(statement, parameters)
        if row is None:
            raise NotSeen()
        return row

    def all(self, statement: Executable | Hot, parameters: Any = None) -> Any:
        if isinstance(statement, Hot):
            return self._batch.rows(statement, parameters or {})
        return self.execute(statement, parameters).all()

    def scalar(self, statement: Executable | Hot, parameters: Any = None) -> Any:
        row = self.first(statement, parameters)
        return None if row is None else row[0]

    def scalars(self, statement: Executable | Hot, parameters: Any = None) -> list[Any]:
        if isinstance(statement, Hot):
            return [row[0] for row in self._batch.rows(statement, parameters or {})]
        return list(self.execute(statement, parameters).scalars())

    def count(self, statement: Hot, parameters: dict[str, Any]) -> int:
        """Runs a statement that changes rows; returns how many."""
        return self._batch.count(statement, parameters)

    def later(self, statement: Hot, parameters: dict[str, Any]) -> None:
        """Runs a statement whose result nobody needs: before all that follow, and on PostgreSQL together with the next one."""
        if self.dialect == "postgresql":
            self._batch.wait(statement, parameters)
        else:
            self._batch.count(statement, parameters)

    def insert(self, model: Any, **values: Any) -> int:
        """Inserts one row and returns its id."""
        result = self.execute(_insert(model.__table__), values)
        key = result.inserted_primary_key
        return int(key[0]) if key and isinstance(key[0], int) else 0

    def insert_all(self, model: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.execute(_insert(model.__table__), rows)

    def upsert(self, model: Any, values: dict[str, Any], *, change: Sequence[str] = (), only: Any = None) -> bool:
        """Inserts one row. Where its primary key is taken, the columns ``change`` of the row that is there get the values (if ``only`` holds for
        it); without ``change`` it stays as it is. Returns whether a row was written."""
        table: Table = getattr(model, "__table__", model)
        statement = inserting(self.dialect, table, values, change, only)
        return bool(self.execute(statement).rowcount)

    def update(self, model: Any, id: int, **values: Any) -> None:
        self.later(_update(model.__table__, tuple(values)), {"of_id": id, **values})

    def delete(self, model: Any, *conditions: Any) -> int:
        count: int = self.execute(delete(model.__table__).where(*conditions)).rowcount
        return count

    def catch_up(self, last: str = "") -> None:
        """Sends what waits, and ``last`` with it."""
        if last:
            self._batch.add(last)
        if self._batch.waits:
            self._batch.send().close()


def inserting(dialect: str, table: Table, values: dict[str, Any], change: Sequence[str] = (), only: Any = None) -> Any:
    """The statement of ``Tx.upsert``: both databases know it, SQLAlchemy has it in their dialects."""
    make: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make(table).values(values)
    if not change:
        return statement.on_conflict_do_nothing()
    new = {name: statement.excluded[name] for name in change}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=new, where=only)


# A statement that is built once is compiled once; built anew for each call it costs more than the database.
@lru_cache(maxsize=256)
def _insert(table: Table) -> Insert:
    return insert(table)


@lru_cache(maxsize=256)
def _update(table: Table, names: tuple[str, ...]) -> Hot:
    values = {name: bindparam(name, type_=table.c[name].type) for name in names}
    return Hot(update(table).where(table.c.id == bindparam("of_id")).values(values))


@contextmanager
def reading() -> Iterator[Tx]:
    """A consistent view: all statements inside see the same moment."""
    options = (
        {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        if db.engine.dialect.name == "postgresql"
        else {}
    )
    with db.engine.connect().execution_options(**options) as connection:
        yield Tx(connection)


@contextmanager
def glancing() -> Iterator[Tx]:
    """For one statement, which sees one moment by itself: no transaction, so on PostgreSQL one round trip instead of three."""
    options = {"isolation_level": "AUTOCOMMIT"} if db.engine.dialect.name == "postgresql" else {"board_begin": None}
    with db.engine.connect().execution_options(**options) as connection:
        yield Tx(connection)


@contextmanager
def writing(school_id: int | None = None, *, alone: bool = False) -> Iterator[Tx]:
    """The one write transaction; commands get theirs from ``core.command``. Nothing inside may yield: no mail, no socket, no sleep.

    With ``alone`` no other that names the same school runs at the same time; on SQLite there is one writer anyway.
    """
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield from _postgresql(connection, school_id, alone)
        return
    with _writer_lock(), db.engine.connect().execution_options(board_begin="BEGIN IMMEDIATE") as connection:
        _begin_immediate(connection)
        yield Tx(connection)
        connection.commit()


def _postgresql(connection: Connection, school_id: int | None, alone: bool) -> Iterator[Tx]:
    # BEGIN and the school's lock travel with the first statement, COMMIT with the last; the driver would send each by itself.
    opening: list[tuple[str, tuple[Any, ...]]] = [("BEGIN", ())]
    if school_id is not None:
        lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        opening.append((f"SELECT {lock}(%s)", (school_id,)))
    try:
        tx = Tx(connection, *opening)
        yield tx
        tx.catch_up("COMMIT")
    except BaseException:
        try:
            connection.exec_driver_sql("ROLLBACK")
        except DBAPIError:
            connection.invalidate()
        raise


def _writer_lock() -> threading.Lock:
    lock: threading.Lock = current_app.extensions["writer_lock"]
    return lock


def _begin_immediate(connection: Connection) -> None:
    # Another process (the command line) may hold the write lock: SQLite's own wait would stop every greenthread, so we wait ourselves.
    deadline = time.monotonic() + WRITE_WAIT_S
    while True:
        try:
            connection.begin()
            return
        except OperationalError as e:
            if "locked" not in str(e) and "busy" not in str(e):
                raise
            if time.monotonic() > deadline:
                raise Problem(_("The database is busy. Try again.")) from e
            connection.rollback()
            time.sleep(0.005)


def init_app(app: Flask, url: str) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    options: dict[str, Any] = {"pool_size": 8, "max_overflow": 0, "pool_timeout": 10, "pool_use_lifo": True}
    if url.startswith("sqlite"):
        options["connect_args"] = {"timeout": 0, "check_same_thread": False, "cached_statements": 512}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    app.extensions["writer_lock"] = threading.Lock()
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        # FULL: an acknowledged write survives a power cut.
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "cache_size=-16000",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        how = connection.get_execution_options().get("board_begin", "BEGIN")
        if how:
            # By the driver: SQLAlchemy's own way to it costs as much as a look-up.
            cursor = connection.connection.cursor()
            try:
                cursor.execute(how)
            except sqlite3.OperationalError as e:
                raise OperationalError(how, None, e) from e
            finally:
                cursor.close()
