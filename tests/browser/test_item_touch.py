"""Items of a checklist by finger: hold, then move; a quick swipe scrolls the card as ever, and a tap ticks."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.board_page import CORNER, wait_until
from tests.browser.scenery import Scenery
from tests.browser.test_board_touch import PHONE, TABLET, Finger
from tests.servers import LiveServer

Open = Callable[..., Any]


@pytest.fixture
def checklists(live_server: LiveServer, scenery: Scenery) -> int:
    """The card, with twelve things to find and an empty list."""
    id = scenery.cards[CORNER]
    for title, items in (("To find", [f"Thing {n}" for n in range(1, 13)]), ("Found", [])):
        checklist = live_server.call("Maya", "POST", f"/cards/{id}/checklists", {"title": title})[1]["data"]["id"]
        for item in items:
            live_server.call("Maya", "POST", f"/checklists/{checklist}/items", {"title": item})
    return id


def item(page: Any, title: str) -> Any:
    return page.get_by_role("dialog").locator(".item").filter(has=page.get_by_text(title, exact=True))


def shown(page: Any, checklist: str) -> list[str]:
    found: list[str] = page.get_by_role("region", name=checklist).locator(".item__label").all_inner_texts()
    return found


def point(of: Any) -> tuple[float, float]:
    """Where it can be held, as soon as it lies still."""
    of.scroll_into_view_if_needed()
    of.hover()
    box = of.bounding_box()
    return box["x"] + 80, box["y"] + box["height"] / 2


@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_held_item_follows_the_finger(
    open_page: Open, board: str, checklists: int, live_server: LiveServer, device: dict[str, Any]
) -> None:
    page = open_page("Maya", f"{board}/cards/{checklists}", **device)
    item(page, "Thing 4").wait_for()
    (x, y), (_, below) = point(item(page, "Thing 1")), point(item(page, "Thing 3"))
    finger = Finger(page)
    finger.down(x, y)
    expect(page.locator("dialog .card--ghost")).to_be_visible()
    finger.move(x, below + 8)
    expect(page.locator("[data-drop]")).to_have_count(1)
    finger.up()
    wait_until(page, lambda: shown(page, "To find")[:4] == ["Thing 2", "Thing 3", "Thing 1", "Thing 4"], "it is moved")
    expect(page.locator(".card--ghost")).to_have_count(0)
    expect(page.locator("[data-drop]")).to_have_count(0)
    expect(item(page, "Thing 1").get_by_role("checkbox")).not_to_be_checked()  # letting go ticks nothing

    def kept() -> list[str]:
        answer = live_server.call("Jon", "GET", f"/cards/{checklists}")[1]
        return [row["title"] for row in sorted(answer["items"], key=lambda row: row["position"])][:3]

    wait_until(page, lambda: kept() == ["Thing 2", "Thing 3", "Thing 1"], "the server has it")
    item(page, "Thing 2").locator("label").tap()
    expect(item(page, "Thing 2").get_by_role("checkbox")).to_be_checked()


def test_a_quick_swipe_scrolls_the_card(open_page: Open, board: str, checklists: int) -> None:
    page = open_page("Maya", f"{board}/cards/{checklists}", **PHONE)
    item(page, "Thing 12").wait_for()
    x, y = point(item(page, "Thing 6"))
    before = shown(page, "To find")
    body = page.locator(".sheet__body")
    scrolled = body.evaluate("body => body.scrollTop")
    # On a slow machine, too, it is off before it would count as held.
    page.evaluate("(wait => { window.setTimeout = (what, ms) => wait(what, ms === 350 ? 60000 : ms); })(setTimeout)")
    finger = Finger(page)
    finger.down(x, y)
    finger.move(x, y - 160, steps=4)
    finger.up()
    wait_until(page, lambda: body.evaluate("body => body.scrollTop") > scrolled + 40, "the card has scrolled")
    assert shown(page, "To find") == before
    expect(page.locator(".card--ghost")).to_have_count(0)
