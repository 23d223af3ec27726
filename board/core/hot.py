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

    def rows(self, connection: Connection, parameters: dict[str, Any] | None = None) -> Sequence[Any]:
        """All rows, with the columns' names as attributes."""
        cursor, compiled = self._run(connection, parameters or {})
        found = cursor.fetchall()
        cursor.close()
        return [compiled.row(values) for values in found]

    def count(self, connection: Connection, parameters: dict[str, Any] | None = None) -> int:
        """Runs a statement that changes rows; returns how many."""
        cursor, _ = self._run(connection, parameters or {})
        changed: int = cursor.rowcount
        cursor.close()
        return changed

    def _run(self, connection: Connection, parameters: dict[str, Any]) -> tuple[Any, "_Compiled"]:
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled(self.statement, dialect, self._name)
        if not connection.in_transaction():
            connection.begin()
        given: Sequence[Any] = [parameters.get(name, constant) for name, constant in compiled.binds]
        raw = connection.connection
        cursor = raw.cursor()
        for told in connection.engine.dispatch.before_cursor_execute:
            told(connection, cursor, compiled.text, given, None, False)
        try:
            if compiled.prepare and compiled.prepare not in (known := connection.info.setdefault("prepared", set())):
                cursor.execute(compiled.prepare)
                known.add(compiled.prepare)
            cursor.execute(compiled.execute, given)
        except dialect.loaded_dbapi.Error as e:
            if dialect.is_disconnect(e, raw.dbapi_connection, cursor):
                connection.invalidate(e)
            raise DBAPIError.instance(
                compiled.text, None, e, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
            ) from e
        except Exception:
            raise
        except BaseException:
            # Stopped in the middle of an answer: what comes next on this connection would be its rest.
            connection.invalidate()
            raise
        return cursor, compiled


class _Compiled:
    def __init__(self, statement: Any, dialect: Any, name: str):
        on_postgresql = dialect.name == "postgresql"
        # The numbers of a prepared statement's parameters; psycopg2 itself knows names only.
        compiled = statement.compile(
            dialect=postgresql.dialect(paramstyle="numeric_dollar") if on_postgresql else dialect
        )
        if compiled.post_compile_params or compiled.positiontup is None:
            raise TypeError("a hot statement takes single values only")
        self.text = str(compiled)
        names = list(dict.fromkeys(compiled.positiontup)) if on_postgresql else compiled.positiontup
        self.binds = [(name, compiled.params[name]) for name in names]
        self.execute, self.prepare = self.text, ""
        if on_postgresql:
            values = ", ".join(["%s"] * len(names))
            self.execute = f"EXECUTE {name} ({values})" if names else f"EXECUTE {name}"
            # Without its type PostgreSQL takes a constant among the columns for a text.
            types = ", ".join(_type(compiled.binds[bind].type) for bind in names)
            self.prepare = f"PREPARE {name} ({types}) AS {self.text}" if names else f"PREPARE {name} AS {self.text}"
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
