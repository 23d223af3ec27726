"""Brings a backup into an empty installation, on either database, under a new epoch."""

import re
import secrets
import warnings
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Integer, LargeBinary, MetaData, Table, func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from board.core import migrate
from board.core.db import Tx, db, reading, writing
from board.core.errors import Problem
from board.core.journal import Epoch
from board.keeping.archive import Archive, Unusable

_AT_ONCE = 1000
_FILE = re.compile(r"(imports|files)(/[A-Za-z0-9_][A-Za-z0-9._-]{0,200}){1,4}\Z")
#: (tx): what must not come back to life with old rows
AfterRestore = Callable[[Tx], None]


def read(app: Flask, path: Path) -> dict[str, Any]:
    """Fills an empty installation from a backup; returns its manifest.

    All rows come in one transaction: a backup that turns out to be damaged leaves the installation empty.

    Raises:
        Unusable: the file is no backup, is damaged, or was made by a newer version.
        Problem: there is a school here already.
    """
    archive = Archive(path)
    try:
        manifest = archive.manifest
        revision = manifest.get("revision")
        if not isinstance(revision, str) or not re.fullmatch(r"\d{4}", revision) or revision > migrate.head():
            raise Unusable(f"{path} was made by a newer Staffroom. Update this one first.")
        names = [name for name in manifest["files"] if not _FILE.match(name)]
        if names:
            raise Unusable(f"{path} is damaged: it names a file {names[0]!r}.")
        archive.verify()
        with app.app_context():
            _refuse_over_a_school()
            _empty()
            migrate.upgrade(app, to=revision)
            try:
                with writing() as tx:
                    _fill(tx, archive)
                    for after in app.extensions.get("after_restore", ()):
                        after(tx)
            except DBAPIError as e:
                # Its own words would show what is stored.
                raise Unusable(
                    f"{path} is damaged: its rows do not fit together ({type(e.orig).__name__}). Nothing was restored."
                ) from None
        _bring_files(archive, app.config["BOARD"].data)
        migrate.upgrade(app)
    finally:
        archive.close()
    return manifest


def _refuse_over_a_school() -> None:
    with reading() as tx:
        if inspect(tx.connection).has_table("schools") and tx.scalar(select(func.count()).select_from(text("schools"))):
            raise Problem(
                "There is a school here already. A backup comes into an empty installation: name another one with --data or --database."
            )


def _empty() -> None:
    # Tables of the present version, made by a first start; the backup may be of an older one.
    found = MetaData()
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for (name,) in connection.execute(
                text("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
            ).all():
                Table(name, found).drop(connection)
            found = MetaData()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Skipped unsupported reflection")
            found.reflect(connection)
        found.drop_all(connection)


def _fill(tx: Tx, archive: Archive) -> None:
    tx.catch_up()
    tables = MetaData()
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message="Skipped unsupported reflection"
        )  # of an index; only columns matter here
        there = {*inspect(tx.connection).get_table_names()}
        unknown = sorted({*archive.manifest["tables"]} - there)
        if unknown:
            raise Unusable(f"The backup is damaged: it names a table {unknown[0]!r}, which there is not.")
        tables.reflect(tx.connection, only=list(archive.manifest["tables"]))
    for table in tables.sorted_tables:
        said = archive.manifest["tables"].get(table.name)
        if said is None:
            continue
        if {*said["columns"]} != {*table.c.keys()}:
            raise Unusable(f"The backup is damaged: it names other columns of {table.name} than there are.")
        tx.execute(table.delete())  # the epoch's row, and what else a first start makes
        binary = {c.name for c in table.c if isinstance(c.type, LargeBinary)}
        rows = archive.rows(table.name, binary)
        while some := list(islice(rows, _AT_ONCE)):
            tx.execute(insert(table), [dict(zip(said["columns"], row, strict=True)) for row in some])
        _count_on(tx, table)
    tx.execute(update(Epoch.__table__).values(epoch=secrets.token_hex(8)))


def _count_on(tx: Tx, table: Table) -> None:
    """The next id comes after the largest that was brought; SQLite sees to that by itself."""
    key = list(table.primary_key.columns)
    if tx.dialect != "postgresql" or len(key) != 1 or not isinstance(key[0].type, Integer):
        return
    sequence = tx.scalar(select(func.pg_get_serial_sequence(table.name, key[0].name)))
    largest = tx.scalar(select(func.max(key[0])))
    if sequence and largest:
        tx.execute(select(func.setval(sequence, largest)))


def _bring_files(archive: Archive, data: Path) -> None:
    for name in archive.manifest["files"]:
        to = data / name
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        to.unlink(missing_ok=True)
        archive.copy(name, to)
