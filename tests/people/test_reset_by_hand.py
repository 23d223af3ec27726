"""The only admin has forgotten her password: who stands at the server makes her a link."""

import pytest

from board import cli
from tests.people.conftest import NEW_PASSWORD
from tests.school import ARGON2_COST, PASSWORD


@pytest.fixture
def board(app, database, monkeypatch, capsys):
    def board(*arguments: str) -> tuple[int, str]:
        monkeypatch.setenv("BOARD_ARGON2_COST", str(ARGON2_COST))
        place = ["--data", str(app.config["BOARD"].data), *(["--database", database.url] if database.url else [])]
        code = cli.main([*place, *arguments])
        out = capsys.readouterr()
        return code, out.out + out.err

    return board


def test_the_link_sets_a_new_password_once(board, browser_of):
    code, said = board("reset-password", "Ana@example.org")
    assert code == 0
    token = said.split("/reset#")[1].strip()
    assert browser_of().post("/resets", {"token": token, "password": NEW_PASSWORD}).status == 200
    assert browser_of().post("/resets", {"token": token, "password": NEW_PASSWORD}).status == 410
    assert browser_of().post("/session", {"email": "ana@example.org", "password": PASSWORD}).status == 401


def test_nobody_of_that_name(board):
    code, said = board("reset-password", "nobody@example.org")
    assert code == 1
    assert said == "Nobody here signs in as nobody@example.org.\n"
