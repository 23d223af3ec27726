"""Home and my work: an action is done, answered and given another date on the spot, and each is taken back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.board_page import wait_until
from tests.browser.scenery import Scenery
from tests.school import PEOPLE
from tests.servers import LiveServer

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
CHOOSE = "Choose the text for the first shared lesson"


@pytest.fixture
def asked(live_server: LiveServer, scenery: Scenery) -> int:
    """A card that Jon asks Maya to take."""
    body = {"title": "Speak at the open evening", "owner_ids": [PEOPLE["Maya"].member_id]}
    status, made = live_server.call("Jon", "POST", f"/lists/{scenery.lists['Next']}/cards", body)
    assert status == 201
    return int(made["data"]["id"])


def row(page: Any, title: str) -> Any:
    return page.locator(".action", has_text=title)


def until(page: Any, server: LiveServer, card: int, **wanted: Any) -> None:
    """Waits until the server says so of a card."""
    read = lambda: server.call("Maya", "GET", f"/cards/{card}")[1]["data"]  # noqa: E731
    wait_until(page, lambda: all(read()[name] == value for name, value in wanted.items()), f"{wanted} of {card}")


def owners(server: LiveServer, card: int) -> tuple[list[int], list[int]]:
    _, read = server.call("Maya", "GET", f"/cards/{card}")
    return read["data"]["owner_ids"], read["data"]["asked_ids"]


def test_a_tick_finishes_and_undo_takes_it_back(open_page: OpenPage, live_server: LiveServer, scenery: Scenery) -> None:
    page = open_page("Maya", "/")
    line = row(page, CHOOSE)
    line.hover()
    place = line.bounding_box()
    line.get_by_role("button", name=f"Done: {CHOOSE}").click()
    page.get_by_text(f"Done: {CHOOSE}", exact=True).first.wait_for()
    expect(line).to_have_attribute("data-done", "")
    assert line.bounding_box() == place  # nothing jumps
    done = lambda: live_server.call("Maya", "GET", f"/cards/{scenery.cards[CHOOSE]}")[1]["data"]["done"]  # noqa: E731
    wait_until(page, done, "it is done")
    page.get_by_role("button", name="Undo").click()
    page.locator(".action:not([data-done])", has_text=CHOOSE).wait_for()
    wait_until(page, lambda: done() is None, "it is open again")


def test_who_is_asked_answers_right_there(open_page: OpenPage, live_server: LiveServer, asked: int) -> None:
    page = open_page("Maya", "/")
    line = row(page, "Speak at the open evening")
    line.get_by_role("button", name="Not me").click()
    line.get_by_text("You said: not me.").wait_for()
    wait_until(page, lambda: owners(live_server, asked) == ([], []), "it is nobody's")
    page.get_by_role("button", name="Undo").click()
    line.get_by_role("button", name="Yes, I will").click()
    line.get_by_text("It is yours now.").wait_for()
    wait_until(page, lambda: owners(live_server, asked) == ([PEOPLE["Maya"].member_id], []), "it is hers")
    # By now it can be ticked, and the keyboard stands there.
    expect(line.locator("[data-tick]")).to_be_focused()


def test_home_answers_three_questions_on_a_laptop_without_a_scroll(open_page: OpenPage, scenery: Scenery) -> None:
    page = open_page("Maya", "/", viewport={"width": 1366, "height": 768})
    for name in ("Mine", "Next", "In the last days"):
        box = page.get_by_role("heading", name=name).first.bounding_box()
        assert box["y"] + box["height"] + 60 < 768, name
    late = row(page, "Visit each other")
    assert late.bounding_box()["y"] < 700


def test_on_a_phone_all_is_within_the_thumbs_reach(open_page: OpenPage, scenery: Scenery) -> None:
    page = open_page("Maya", "/", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    tick = page.locator("[data-tick]:visible").first.bounding_box()
    assert tick["x"] > 195
    assert min(tick["width"], tick["height"]) >= 44
    page.locator(".home-jump").get_by_role("link", name="Next").tap()
    wait_until(page, lambda: page.locator("#next").bounding_box()["y"] < 100, "it has come up")


def test_the_second_visit_tells_what_came_after_the_first(open_page: OpenPage, live_server: LiveServer, scenery: Scenery) -> None:  # fmt: skip
    page = open_page("Maya")
    with page.expect_response("**/home/visit"):
        page.reload()
    page.reload()
    page.get_by_role("heading", name="Since you were here").wait_for()


def test_another_date_by_dragging_and_by_the_form(
    open_page: OpenPage, live_server: LiveServer, scenery: Scenery
) -> None:
    card = scenery.cards[CHOOSE]
    _, read = live_server.call("Maya", "GET", f"/cards/{card}")
    first = read["data"]["due"]
    page = open_page("Maya", f"/work?view=month&month={first[:7]}", viewport={"width": 1366, "height": 1000})
    action = page.locator(".month__action", has_text=CHOOSE)
    day = f"{first[:7]}-{'10' if first[8:] != '10' else '11'}"
    action.drag_to(page.locator(f'td[data-day="{day}"]'))
    page.get_by_role("button", name="Undo").wait_for()
    until(page, live_server, card, due=day)
    page.get_by_role("button", name="Undo").click()
    page.locator(f'td[data-day="{first}"]', has_text="Choose the text").wait_for()
    until(page, live_server, card, due=first)
    action.get_by_role("button", name="Another date").click()
    page.get_by_role("button", name="No date").click()
    page.locator(".month-undated", has_text=CHOOSE).wait_for()
    until(page, live_server, card, due=None)


def test_by_keyboard_alone_in_the_list(open_page: OpenPage, live_server: LiveServer, scenery: Scenery) -> None:
    page = open_page("Maya", "/work")
    row(page, CHOOSE).get_by_role("button", name="Another date").focus()
    page.keyboard.press("Enter")
    wanted = (datetime.now(UTC).date() + timedelta(days=40)).isoformat()
    page.get_by_label("Due").fill(wanted)
    page.get_by_label("Due").press("Enter")
    page.locator("#later", has_text=CHOOSE).wait_for()
    until(page, live_server, scenery.cards[CHOOSE], due=wanted)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/", "/work", "/work?view=month", "/work?whose=groups"])
def test_nothing_is_wrong_for_who_does_not_see_it(open_page: OpenPage, scenery: Scenery, asked: int, address: str, theme: str) -> None:  # fmt: skip
    page = open_page("Maya", address, color_scheme=theme)
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert faults(page) == []
