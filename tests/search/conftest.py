"""A small school with something to find in it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.boards.places import As, Places, settle


@pytest.fixture
def places(as_: As) -> Places:
    return settle(as_)


@pytest.fixture
def found(as_: As) -> Callable[..., list[str]]:
    """``found("Maya", "hall kind")`` → what she finds, as "kind: title", in order."""

    def finding(person: str, q: str, **more: Any) -> list[str]:
        status, answer = as_(person).get("/search", q=q, **more)
        assert status == 200, answer
        return [f"{hit['kind']}: {said(hit['title'])}" for hit in answer["data"]]

    return finding


def said(pieces: list[dict[str, Any]]) -> str:
    return "".join(piece["text"] for piece in pieces)


def hits(pieces: list[dict[str, Any]]) -> list[str]:
    return [piece["text"] for piece in pieces if piece["hit"]]
