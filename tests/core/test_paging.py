"""Cursors are opaque, and only ours are taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.core import paging
from board.core.errors import Invalid

WHOLE = st.integers(min_value=-(2**53), max_value=2**53)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), WHOLE)
def test_a_cursor_gives_back_what_was_put_in(text: str, number: int) -> None:
    assert paging.read(paging.cursor(text, number), str, int) == (text, number)


@pytest.mark.parametrize(
    "after",
    [
        "",
        "x",
        "!!!",
        "a" * 500,
        "eyJhIjoxfQ",
        paging.cursor(1),
        paging.cursor("a", "b", "c"),
        paging.cursor("a", True),
        "é",
    ],
)
def test_anything_else_is_refused(app, after: str) -> None:
    with app.test_request_context(), pytest.raises(Invalid):
        paging.read(after, str, int)


def test_a_page_ends_where_it_should() -> None:
    rows = list(range(11))
    shown, following = paging.page(rows, 10, lambda row: (row,))
    assert shown == rows[:10] and paging.read(following, int) == (9,)
    assert paging.page(rows[:10], 10, lambda row: (row,)) == (rows[:10], None)
