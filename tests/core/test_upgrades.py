"""A database of every release so far comes up to date, whole. ``bin/keep-release`` adds one."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from board import cli, create_app
from board.core import migrate
from board.core.db import db, reading
from board.exchange import demo
from tests.conftest import test_config as config_of

RELEASES = sorted((Path(__file__).parents[1] / "releases").glob("*.db.gz"))


def test_there_are_releases() -> None:
    assert RELEASES


@pytest.mark.parametrize("kept", RELEASES, ids=lambda path: path.name)
def test_an_older_database_comes_up_to_date(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "board.db").write_bytes(gzip.decompress(kept.read_bytes()))
    app = create_app(config_of(data))
    migrate.upgrade(app)
    with app.app_context():
        with reading() as tx:
            assert migrate.current(tx) == migrate.head()
        client = app.test_client()
        answer = client.post("/api/v1/session", json={"email": "maya@riverbend.example", "password": demo.PASSWORD})
        assert answer.status_code == 200
        boards = client.get("/api/v1/boards").get_json()["data"]
        assert len(boards) == 8
        assert sum(len(client.get(f"/api/v1/boards/{b['id']}").get_json()["cards"]) for b in boards) == 60
        db.engine.dispose()
    assert cli.main(["--data", str(data), "check"]) == 0, capsys.readouterr().out


def test_a_second_upgrade_changes_nothing(empty_app: Callable[..., Flask]) -> None:
    app = empty_app()
    with app.app_context(), reading() as tx:
        before = migrate.current(tx)
    migrate.upgrade(app)
    with app.app_context(), reading() as tx:
        assert migrate.current(tx) == before == migrate.head()
