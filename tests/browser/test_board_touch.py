"""Dragging with a finger: hold, then move; a quick swipe scrolls as ever."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.board_page import CORNER, LIBRARY, card, cards_of, column, face, faces, held, wait_until

Open = Callable[..., Any]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True, "is_mobile": True}


class Finger:
    """A touch as the browser gets it from the glass."""

    def __init__(self, page: Any) -> None:
        self.page, self.glass = page, page.context.new_cdp_session(page)

    def down(self, x: float, y: float) -> None:
        self.at = (x, y)
        self._send("touchStart", [{"x": x, "y": y}])

    def move(self, x: float, y: float, steps: int = 8) -> None:
        from_x, from_y = self.at
        for n in range(1, steps + 1):
            self._send("touchMove", [{"x": from_x + (x - from_x) * n / steps, "y": from_y + (y - from_y) * n / steps}])
        self.at = (x, y)

    def up(self) -> None:
        self._send("touchEnd", [])

    def _send(self, type: str, points: list[dict[str, float]]) -> None:
        self.glass.send("Input.dispatchTouchEvent", {"type": type, "touchPoints": points})


@pytest.fixture
def tablet(open_page: Open, board: str) -> Iterator[Any]:
    page = open_page("Maya", board, **TABLET)
    at_rest(page)
    yield page


def at_rest(page: Any) -> Any:
    """Where the card lies, as soon as it can be held and lies still."""
    held(card(page, CORNER))
    card(page, CORNER).hover()
    return card(page, CORNER).bounding_box()


def test_a_held_card_follows_the_finger_to_another_list(tablet: Any) -> None:
    finger = Finger(tablet)
    start, end = card(tablet, CORNER).bounding_box(), card(tablet, LIBRARY).bounding_box()
    finger.down(start["x"] + 60, start["y"] + 20)
    tablet.locator(".card--ghost").wait_for()
    finger.move(end["x"] + 60, end["y"] + 6)
    tablet.locator("#drop-line").wait_for()
    finger.up()
    wait_until(tablet, lambda: CORNER in cards_of(tablet, "Next"), "it is in Next")
    assert cards_of(tablet, "Next").index(CORNER) == cards_of(tablet, "Next").index(LIBRARY) - 1
    expect(tablet.locator(".card--ghost")).to_have_count(0)
    expect(tablet.get_by_role("dialog")).to_have_count(0)  # letting go opens nothing


def test_a_quick_swipe_scrolls_and_moves_nothing(open_page: Open, board: str) -> None:
    page = open_page("Maya", board, **PHONE)
    box = at_rest(page)
    before = cards_of(page, "Ideas")
    # On a slow machine, too, it is off before it would count as held.
    page.evaluate("(wait => { window.setTimeout = (what, ms) => wait(what, ms === 350 ? 60000 : ms); })(setTimeout)")
    finger = Finger(page)
    finger.down(box["x"] + 200, box["y"] + 20)
    finger.move(box["x"] + 20, box["y"] + 22, steps=4)
    finger.up()
    row = page.locator(".lists")
    wait_until(page, lambda: row.evaluate("row => row.scrollLeft") > 40, "the row has scrolled")
    expect(faces(page, "Ideas")).to_have_text(before)
    expect(page.locator(".card--ghost")).to_have_count(0)


def test_at_the_edge_the_row_scrolls_under_the_held_card(open_page: Open, board: str) -> None:
    page = open_page("Maya", board, **PHONE)
    box = at_rest(page)
    finger = Finger(page)
    finger.down(box["x"] + 60, box["y"] + 20)
    page.locator(".card--ghost").wait_for()
    finger.move(386, box["y"] + 40)
    row = page.locator(".lists")
    wait_until(page, lambda: row.evaluate("row => row.scrollLeft") > 500, "the row scrolls on")
    finger.move(150, box["y"] + 40)
    finger.up()
    wait_until(page, lambda: CORNER not in cards_of(page, "Ideas"), "it fell into a list further on")


def test_a_tap_opens_the_card_and_no_keyboard(open_page: Open, board: str) -> None:
    page = open_page("Maya", board, **PHONE)
    face(page, CORNER).tap()
    page.get_by_role("dialog").wait_for()
    assert page.evaluate("document.activeElement.tagName") not in ("TEXTAREA", "INPUT")


def test_targets_are_large_enough_for_a_finger(tablet: Any) -> None:
    small = []
    for button in column(tablet, "Ideas").get_by_role("button").all():
        box = button.bounding_box()
        if box and (box["height"] < 43 or box["width"] < 24):
            small.append((button.inner_text(), box))
    assert not [s for s in small if s[0] != "Ideas"], small
