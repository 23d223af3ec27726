"""What the other tests stand on does what it says."""

import os
import socket
import subprocess
import sys

import pytest
import sqlalchemy as sa

from board.core.db import db, reading
from tests.servers import ROOT


def test_each_test_starts_from_the_small_school(app, look):
    with look() as tx:
        before = tx.scalar(sa.text("SELECT count(*) FROM members"))
        assert (before, tx.scalar(sa.text("SELECT count(*) FROM schools"))) == (7, 2)


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_leaves_behind_is_gone(app, look, turn):
    with app.app_context(), db.engine.connect().execution_options(board_write=True) as connection:
        connection.execute(
            sa.text(
                "INSERT INTO schools (title, time_zone, locale, card_number, created_at) VALUES ('Left', 'UTC', 'en', 0, '')"
            )
        )
        connection.commit()
    with look() as tx:
        assert tx.all(sa.text("SELECT id FROM schools WHERE title = 'Left'")) == [(3,)]


def test_the_network_is_out_of_reach():
    with socket.socket() as outside, pytest.raises(RuntimeError, match="tried to reach"):
        outside.connect(("192.0.2.1", 80))


def test_queries_are_counted(app, queries):
    with pytest.raises(AssertionError, match="2 statements"), queries(1), app.app_context(), reading() as tx:
        tx.scalar(sa.text("SELECT 1"))
        tx.scalar(sa.text("SELECT 2"))


@pytest.mark.once
@pytest.mark.parametrize("code", ["def test_it(): pytest.skip('no')", "pytest.skip('no', allow_module_level=True)"])
def test_nothing_is_skipped_in_ci(tmp_path, code):
    (tmp_path / "test_skips.py").write_text(f"import pytest\n{code}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-c", os.devnull, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "CI": "true"}, capture_output=True)
    assert done.returncode not in (0, 5)
