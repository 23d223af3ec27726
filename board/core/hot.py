"""Statements that run at every request: written like all others, compiled once, then run by the driver itself.

SQLAlchemy spends 60 µs on a statement that SQLite answers in 5; on PostgreSQL planning a look-up over six tables takes longer than the look-up,
so there each connection prepares such a statement once. Its transaction, errors and events are those of the connection it runs on.
"""

from collections import namedtuple
from collections.abc import Sequence
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, Executable, Integer, LargeBinary, String
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

_numbers = count(1)
_TYPES = {Boolean: "boolean", Integer: "integer", LargeBinary: "bytea", String: "text"}


class Hot:
    """One statement, with a ``bindparam`` for everything that changes (lists for IN cannot)."""

    def __init__(self, statement: Executable):
        self.statement = statement
        self._name = f"hot_{next(_numbers)}"
        self._compiled: dict[str, _Compiled] = {}

    def on(self, dialect: Any) -> "_Compiled":
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = _Compiled(self.statement, dialect, self._name)
        return found


class Batch:
    """What is sent to one connection. A statement whose result nobody needs may wait, and travels with the next one (PostgreSQL takes
    several at once; each journey costs as much as a look-up)."""

    def __init__(self, connection: Connection):
        self._connection = connection
        self._texts: list[str] = []
        self._values: list[Any] = []
        #: what this batch prepares: known once it has been sent
        self._preparing: set[Hot] = set()

    @property
    def waits(self) -> bool:
        return bool(self._texts)

    def add(self, text: str, values: Sequence[Any] = ()) -> None:
        """A text in the driver's own way of writing, to go with the next statement."""
        self._texts.append(text)
        self._values.extend(values)

    def wait(self, hot: Hot, parameters: dict[str, Any]) -> None:
        """Runs with the next statement, and at the latest with ``send``."""
        compiled = hot.on(self._connection.dialect)
        if compiled.prepare:
            known = self._connection.info.get("prepared")
            if known is None and not self._preparing:
                # After an error nobody knows what this connection has prepared.
                self._texts.append("DEALLOCATE ALL")
            if hot not in (known or ()) and hot not in self._preparing:
                self._preparing.add(hot)
                self._texts.append(compiled.prepare.replace("%", "%%"))
        self.add(compiled.execute, [parameters.get(name, constant) for name, constant in compiled.binds])

    def rows(self, hot: Hot, parameters: dict[str, Any]) -> Sequence[Any]:
        """All rows, with the columns' names as attributes."""
        compiled = hot.on(self._connection.dialect)
        self.wait(hot, parameters)
        cursor = self.send()
        found = cursor.fetchall()
        cursor.close()
        return [compiled.row(values) for values in found]

    def count(self, hot: Hot, parameters: dict[str, Any]) -> int:
        """Runs a statement that changes rows; returns how many."""
        self.wait(hot, parameters)
        cursor = self.send()
        changed: int = cursor.rowcount
        cursor.close()
        return changed

    def send(self) -> Any:
        """Sends what waits; returns the driver's cursor on the result of the last one.

        Raises:
            sqlalchemy.exc.DBAPIError: as SQLAlchemy would.
        """
        connection, dialect = self._connection, self._connection.dialect
        if not connection.in_transaction():
            connection.begin()
        text, values = "; ".join(self._texts), self._values
        if dialect.name == "postgresql" and not values:
            text = text % ()  # the driver reads %% only beside values
        preparing = self._preparing
        self._texts, self._values, self._preparing = [], [], set()
        raw = connection.connection
        cursor = raw.cursor()
        for told in connection.engine.dispatch.before_cursor_execute:
            told(connection, cursor, text, values, None, False)
        try:
            cursor.execute(text, values)
        except dialect.loaded_dbapi.Error as e:
            cursor.close()
            connection.info.pop("prepared", None)
            if dialect.is_disconnect(e, raw.dbapi_connection, None):
                connection.invalidate(e)
            raise DBAPIError.instance(
                text, None, e, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
            ) from e
        except BaseException as e:
            if not isinstance(e, Exception):
                # Stopped in the middle of an answer: what comes next on this connection would be its rest.
                connection.invalidate()
            raise
        if preparing:
            connection.info.setdefault("prepared", set()).update(preparing)
        return cursor


class _Compiled:
    def __init__(self, statement: Any, dialect: Any, name: str):
        on_postgresql = dialect.name == "postgresql"
        # The numbers of a prepared statement's parameters; psycopg2 itself knows names only.
        compiled = statement.compile(
            dialect=postgresql.dialect(paramstyle="numeric_dollar") if on_postgresql else dialect
        )
        if compiled.post_compile_params or compiled.positiontup is None:
            raise TypeError("a hot statement takes single values only")
        names = list(dict.fromkeys(compiled.positiontup)) if on_postgresql else compiled.positiontup
        self.binds = [(name, compiled.params[name]) for name in names]
        self.execute, self.prepare = str(compiled), ""
        if on_postgresql:
            # Without its type PostgreSQL takes a constant among the columns for a text.
            types = ", ".join(_type(compiled.binds[bind].type) for bind in names)
            self.prepare = f"PREPARE {name}{f' ({types})' if names else ''} AS {compiled}"
            values = ", ".join(["%s"] * len(names))
            self.execute = f"EXECUTE {name} ({values})" if names else f"EXECUTE {name}"
        columns = getattr(statement, "exported_columns", ())
        self._row = _row_type(tuple(column.key for column in columns))
        self._processors = [
            (at, process)
            for at, column in enumerate(columns)
            if (process := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]

    def row(self, values: Sequence[Any]) -> Any:
        if self._processors:
            values = list(values)
            for at, process in self._processors:
                values[at] = process(values[at])
        return self._row._make(values)


def _type(of: Any) -> str:
    return next((name for kind, name in _TYPES.items() if isinstance(of, kind)), "unknown")


def _row_type(names: tuple[str, ...]) -> type[NamedTuple]:
    plain: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # known only now
    return type("Row", (plain,), {"__slots__": (), "_mapping": property(plain._asdict)})
