"""A backup of every release so far comes into the present one, whole. ``bin/keep-release`` adds one."""

from pathlib import Path

import pytest

from board import cli, create_app
from board.exchange import demo
from tests.conftest import test_config as config_of

KEPT = sorted((Path(__file__).parents[1] / "releases").glob("*.backup.zip"))


def test_there_are_some() -> None:
    assert KEPT


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_an_older_backup_comes_in(kept: Path, elsewhere: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*elsewhere, "restore", str(kept)]) == 0, capsys.readouterr()
    settings = dict(zip((flag.removeprefix("--") for flag in elsewhere[::2]), elsewhere[1::2], strict=True))
    client = create_app(config_of(Path(settings.pop("data")), **settings)).test_client()
    answer = client.post("/api/v1/session", json={"email": "maya@riverbend.example", "password": demo.PASSWORD})
    assert answer.status_code == 200
    boards = client.get("/api/v1/boards").get_json()["data"]
    assert len(boards) == 8
    assert sum(len(client.get(f"/api/v1/boards/{b['id']}").get_json()["cards"]) for b in boards) == 60
