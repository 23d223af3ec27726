"""What is imported can be found once its board is whole."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from board.exchange import job
from tests.exchange.conftest import FIXTURES
from tests.search.test_index import assert_true

MAPPING = '{"minaokafor": 3, "tomreyes": 4}'


@pytest.mark.parametrize("name", sorted(p.name for p in FIXTURES.glob("trap*.json")))
def test_an_import_leaves_the_index_true(app: Flask, importer: Callable[..., Any], name: str) -> None:
    ana = importer("Ana")
    ana(name, mapping=MAPPING)
    assert {row.kind for row in assert_true(app)} >= {"board", "card", "list"}
    if name == "trap8_board.json":
        ana("trap8_newer.json", mapping=MAPPING)
        assert_true(app)
        assert ana.caller.get("/search", q="paper cups").json["data"]


def test_a_hidden_board_is_not_found(app: Flask, importer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    ana = importer("Ana")
    monkeypatch.setattr(job, "show_board", lambda change, board_id: None)
    ana("trap8_board.json", mapping=MAPPING)
    assert [row for row in assert_true(app) if row.kind == "card"]
    for q in ("cups", "is:open", "in:fair", "#1"):
        assert ana.caller.get("/search", q=q, kind="card").json["data"] == []
