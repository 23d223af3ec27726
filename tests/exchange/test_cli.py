"""``bin/board import``: works by itself where no server runs, and leaves the work to the server where one does."""

import fcntl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from board import cli
from board.core import jobs
from board.core.db import writing
from board.people.models import Account, Member, School

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def data(empty_app: Callable[..., Flask]) -> tuple[Path, Flask]:
    """A data directory with a school, its admin, a teacher and a group."""
    from board.core import journal
    from board.initiatives.models import Group

    app = empty_app()
    at = "2026-09-01T07:00:00.000Z"
    with app.app_context(), writing() as tx:
        school = tx.insert(School, title="Lindenhof", created_at=at)
        journal.open_room(tx, f"school:{school}", school)
        for name, role in (("Ana", "admin"), ("Maya", "staff")):
            account = tx.insert(Account, email=f"{name.lower()}@example.org", password="", created_at=at)
            tx.insert(Member, school_id=school, account_id=account, name=name, role=role, created_at=at)
        group = tx.insert(Group, school_id=school, title="Fair", closed=False, created_at=at, created_by=1)
        journal.open_room(tx, f"group:{group}", school)
    return app.config["BOARD"].data, app


def board(data: Path, *words: str) -> int:
    return cli.main(["--data", str(data), "import", "trello", *words])


def test_a_board_and_its_report(data: tuple[Path, Flask], capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        board(
            data[0],
            str(FIXTURES / "trap1_comments_missing.json"),
            "--group",
            "1",
            "--map",
            "minaokafor=maya@example.org",
        )
        == 0
    )
    out = capsys.readouterr().out
    assert "Board 1: /boards/1" in out and "cards: 2 found, 2 made" in out
    assert "2 comments are not in this export:" in out and "2 of Ask the caretaker for tables" in out
    assert "people:" not in out


@pytest.mark.parametrize(
    "words, said",
    [
        (["nowhere.json", "--group", "1"], "There is no file nowhere.json."),
        ([str(FIXTURES / "trap8_board.json"), "--group", "9"], "There is no group 9."),
        ([str(FIXTURES / "trap8_board.json"), "--initiative", "9"], "There is no initiative 9."),
        (
            [str(FIXTURES / "trap8_board.json"), "--group", "1", "--by", "x@y"],
            "Nobody in this school has the address x@y.",
        ),
        ([str(FIXTURES / "trap8_board.json"), "--group", "1", "--by", "maya@example.org"], ""),
        ([__file__, "--group", "1"], "The file is JSON, but not a board. It broke at byte 1. Nothing was changed."),
    ],
)
def test_refused(words: list[str], said: str, data: tuple[Path, Flask], capsys: pytest.CaptureFixture[str]) -> None:
    assert board(data[0], *words) == 1
    assert said in capsys.readouterr().err
    folder = data[0] / "imports"
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_running_server_does_the_work(data: tuple[Path, Flask], capsys: pytest.CaptureFixture[str]) -> None:
    path, app = data
    codes: list[Any] = []
    with (path / "lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        thread = threading.Thread(
            target=lambda: codes.append(board(path, str(FIXTURES / "trap8_board.json"), "--group", "1"))
        )
        thread.start()
        while thread.is_alive():
            jobs.work_once(app)
            thread.join(0.05)
    assert codes == [0]
    assert "cards: 3 found, 3 made" in capsys.readouterr().out
