"""A board in use, on the real server. On SQLite it is furnished once a run and copied, since making it takes sixty requests."""

import contextlib
import copy
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.browser.scenery import Scenery, furnish
from tests.databases import Database, Sqlite
from tests.servers import LiveServer


@pytest.fixture(scope="session")
def furnished(
    _shared_app: Flask, database: Database, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Scenery] | None:
    if not isinstance(database, Sqlite):
        return None
    data = tmp_path_factory.mktemp("furnished") / "data"
    data.mkdir(mode=0o700)
    shutil.copyfile(database.template, data / "board.db")
    server = LiveServer(data).start()
    scenery = furnish(server, datetime.now(UTC).date())
    assert server.stop() == 0
    with contextlib.closing(sqlite3.connect(data / "board.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return data / "board.db", scenery


@pytest.fixture
def live_server(
    request: pytest.FixtureRequest,
    start_server: Callable[..., LiveServer],
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> LiveServer:
    if "scenery" not in request.fixturenames or not isinstance(database, Sqlite):
        return start_server()
    found = request.getfixturevalue("furnished")
    with monkeypatch.context() as patch:
        patch.setattr(database, "template", found[0])
        return start_server()


@pytest.fixture
def scenery(live_server: LiveServer, furnished: tuple[Path, Scenery] | None) -> Scenery:
    return copy.deepcopy(furnished[1]) if furnished else furnish(live_server, datetime.now(UTC).date())


@pytest.fixture
def board(scenery: Scenery) -> str:
    """The address of the board."""
    return f"/boards/{scenery.board}"
