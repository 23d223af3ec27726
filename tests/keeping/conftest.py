"""An installation to back up, and an empty one beside it on the same kind of database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from flask import Flask
from sqlalchemy import select

from board import cli
from board.core.db import reading
from board.core.journal import Epoch
from board.keeping import backup
from tests.boards.places import Places, settle
from tests.callers import Caller
from tests.databases import Database, PostgreSQL

Rows = dict[str, list[Any]]


@pytest.fixture
def school(app: Flask, as_: Callable[..., Caller]) -> Places:
    """Two boards on which something has happened."""
    places = settle(as_)
    maya = as_("Maya")
    card = places.open.cards[0]
    checklist = maya.post(f"/cards/{card}/checklists", {"title": "Steps"}).json["data"]["id"]
    assert maya.post(f"/checklists/{checklist}/items", {"title": "First"}).status == 201
    assert maya.post(f"/threads/{places.open.threads[0]}/comments", {"body": "Grüße, ☕"}).status == 201
    for title in ("One", "Two", "Three"):
        assert maya.patch(f"/cards/{card}", {"title": title}).status == 200
    return places


@pytest.fixture
def board(app: Flask, database: Database, school: Places) -> Callable[..., int]:
    """``board("backup")``: the command line over the small school."""

    def run(*arguments: str) -> int:
        place = ["--data", str(app.config["BOARD"].data)]
        if isinstance(database, PostgreSQL):
            place += ["--database", database.url]
        return cli.main([*place, *arguments])

    return run


@pytest.fixture
def elsewhere(database: Database, tmp_path: Path) -> Iterator[list[str]]:
    """Flags of an installation where nothing is yet."""
    flags = ["--data", str(tmp_path / "elsewhere")]
    if not isinstance(database, PostgreSQL):
        yield flags
        return
    _maintain(database.url, "DROP DATABASE IF EXISTS elsewhere", "CREATE DATABASE elsewhere")
    yield [*flags, "--database", database.url.replace("/staffroom", "/elsewhere", 1)]
    _maintain(database.url, "DROP DATABASE elsewhere WITH (FORCE)")


@pytest.fixture
def written(board: Callable[..., int], tmp_path: Path) -> Path:
    """A backup of the small school."""
    path = tmp_path / "school.zip"
    assert board("backup", str(path)) == 0
    return path


def rows_of(app: Flask) -> Rows:
    """Everything that a backup keeps; the epoch is new at each restore."""
    with app.app_context(), reading() as tx:
        return {
            table.name: sorted(map(tuple, tx.all(select(table))), key=repr)
            for table in backup.kept_tables()
            if table is not Epoch.__table__
        }


def _maintain(url: str, *statements: str) -> None:
    connection = psycopg2.connect(url.replace("postgresql+psycopg2", "postgresql"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()
