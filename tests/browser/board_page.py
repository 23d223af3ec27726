"""What the scenes of the board do on a page, in the words of a person."""

from collections.abc import Callable
from typing import Any

from tests.browser.scenery import Scenery
from tests.school import PEOPLE
from tests.servers import LiveServer

CORNER = "A reading corner in the canteen"
LIBRARY = "Book the library for the staff meeting"
VISITS = "Visit each other's reading lessons, two pairs a week"


def cards_of(page: Any, title: str) -> list[str]:
    """The titles that stand in a list now, from top to bottom."""
    found: list[str] = column(page, title).locator(".card__open").all_inner_texts()
    return found


def column(page: Any, title: str) -> Any:
    return page.get_by_role("region", name=title, exact=True)


def card(page: Any, title: str) -> Any:
    return page.locator(".card", has_text=title)


def face(page: Any, title: str) -> Any:
    return card(page, title).locator(".card__open")


def drag(page: Any, what: Any, onto: Any, *, below: bool = False) -> None:
    """By mouse: the browser's real drag."""
    what.scroll_into_view_if_needed()
    start, end = what.bounding_box(), onto.bounding_box()
    x, y = end["x"] + end["width"] / 2, end["y"] + (end["height"] - 6 if below else 6)
    page.mouse.move(start["x"] + 60, start["y"] + 16)
    page.mouse.down()
    page.mouse.move(start["x"] + 70, start["y"] + 24, steps=4)
    page.mouse.move(x, y, steps=8)
    page.mouse.move(x + 1, y + 1)
    page.mouse.up()


def press(page: Any, *keys: str) -> list[str]:
    """Keys one after the other; what was said after each."""
    said = []
    for key in keys:
        before = spoken(page)
        page.keyboard.press(key)
        wait_until(page, lambda before=before: spoken(page) != before, f"{key} is answered")
        said.append(spoken(page))
    return said


def spoken(page: Any) -> str:
    """The line that a screen reader says: an open window has its own."""
    inside = page.locator("dialog[open] .announcer")
    line: str = (inside.last if inside.count() else page.locator("#announcer")).text_content()
    return line.replace("\u00a0", "")


def focused(page: Any) -> str:
    text: str = page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")
    return text


def wait_until(page: Any, condition: Callable[[], Any], what: str, patience_ms: int = 5000) -> None:
    """Asks again until it is so. (The page's own rules forbid the strings that ``wait_for_function`` would evaluate there.)"""
    for _ in range(patience_ms // 25):
        if condition():
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"Not within {patience_ms} ms: {what}")


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
