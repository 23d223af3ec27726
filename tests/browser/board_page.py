"""What the scenes of the board do on a page, in the words of a person."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.scenery import Scenery
from tests.patience import PATIENCE_MS
from tests.school import PEOPLE
from tests.servers import LiveServer

CORNER = "A reading corner in the canteen"
LIBRARY = "Book the library for the staff meeting"
VISITS = "Visit each other's reading lessons, two pairs a week"


def cards_of(page: Any, title: str) -> list[str]:
    """The titles that stand in a list now, from top to bottom."""
    found: list[str] = faces(page, title).all_inner_texts()
    return found


def faces(page: Any, title: str) -> Any:
    """Of the cards in a list."""
    return column(page, title).locator(".card__open")


def column(page: Any, title: str) -> Any:
    return page.get_by_role("region", name=title, exact=True)


def card(page: Any, title: str) -> Any:
    return page.locator(".card", has_text=title)


def face(page: Any, title: str) -> Any:
    return card(page, title).locator(".card__open")


def drag(page: Any, what: Any, onto: Any, *, below: bool = False) -> None:
    """By mouse: the browser's real drag."""
    held(what)
    what.hover()  # which waits until it lies still
    start, end = what.bounding_box(), onto.bounding_box()
    x, y = end["x"] + end["width"] / 2, end["y"] + (end["height"] - 6 if below else 6)
    page.mouse.move(start["x"] + 60, start["y"] + 16)
    page.mouse.down()
    page.mouse.move(start["x"] + 70, start["y"] + 24, steps=4)
    page.mouse.move(x, y, steps=8)
    page.mouse.move(x + 1, y + 1)
    page.mouse.up()


def held(what: Any) -> None:
    """Waits until it can be dragged: a moment after it is drawn."""
    what.scroll_into_view_if_needed()
    expect(what.locator("xpath=ancestor-or-self::*[@draggable='true'][1]")).to_be_visible()


def press(page: Any, *keys: str) -> list[str]:
    """Keys one after the other; what was said after each."""
    said = []
    for key in keys:
        before = _line(page)
        page.keyboard.press(key)
        wait_until(page, lambda before=before: _line(page) != before, f"{key} is answered")
        said.append(spoken(page))
    return said


def write(page: Any, text: str, *keys: str) -> None:
    """By keyboard, into the field to which the focus is just going."""
    expect(page.locator("input:focus, textarea:focus")).to_be_visible()
    page.keyboard.type(text)
    for key in keys:
        page.keyboard.press(key)


def spoken(page: Any) -> str:
    """The line that a screen reader says: an open window has its own."""
    return _line(page).replace("\u00a0", "")


def _line(page: Any) -> str:
    line: str = page.evaluate(
        "([...document.querySelectorAll('dialog[open] .announcer')].at(-1) ?? document.getElementById('announcer')).textContent"
    )
    return line


def focused(page: Any) -> str:
    text: str = page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")
    return text


def wait_until(page: Any, condition: Callable[[], Any], what: str) -> None:
    """Asks again until it is so. (The page's own rules forbid the strings that ``wait_for_function`` would evaluate there.)"""
    patient_until = time.monotonic() + PATIENCE_MS / 1000
    while not condition():
        assert time.monotonic() < patient_until, f"Not within {PATIENCE_MS} ms: {what}"
        page.wait_for_timeout(25)


def card_id(scenery: Scenery, title: str) -> int:
    return scenery.cards[title]


def say(server: LiveServer, person: str, card: int, body: str, reply_to: int | None = None) -> int:
    """A comment on a card; its id."""
    thread = server.call(person, "GET", f"/cards/{card}")[1]["data"]["thread_id"]
    sent = {"body": body} | ({"reply_to": reply_to} if reply_to else {})
    status, answer = server.call(person, "POST", f"/threads/{thread}/comments", sent)
    assert status == 201, answer
    id: int = answer["data"]["id"]
    return id


def share(server: LiveServer, board: int, person: str, right: str) -> None:
    status, answer = server.call("Jon", "PUT", f"/boards/{board}/guests/{PEOPLE[person].member_id}", {"right": right})
    assert status == 200, answer
