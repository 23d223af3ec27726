"""What concerns somebody is told to her where she is: on every page, in the tab's title, and on a page of its own."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.board_page import CORNER, card_id, say, wait_until
from tests.browser.scenery import Scenery
from tests.school import PEOPLE
from tests.servers import LiveServer

Open = Callable[..., Any]
MAYA = PEOPLE["Maya"].member_id


def quiet(server: LiveServer, person: str) -> None:
    """What she was told while the school was furnished, she has read."""
    server.call(person, "PUT", "/notices/read", {"up_to": 2**50})


def badge(page: Any) -> str:
    found = page.locator(".nav .bell__count")
    return found.locator("[aria-hidden]").inner_text() if found.is_visible() else ""


def test_asked_and_mentioned_are_there_at_once(scenery: Scenery, live_server: LiveServer, open_page: Open) -> None:
    quiet(live_server, "Maya")
    page = open_page("Maya", "/people")
    expect(page).to_have_title("People · Staffroom")
    assert badge(page) == ""
    card = card_id(scenery, CORNER)
    status, answer = live_server.call("Jon", "PUT", f"/cards/{card}/owners/{MAYA}")
    assert status == 200, answer
    wait_until(page, lambda: badge(page) == "1", "the bell counts")
    expect(page).to_have_title("(1) People · Staffroom")
    expect(page.locator("#announcer")).to_contain_text(CORNER)
    say(live_server, "Jon", card, f"What do you think, @[Maya](member:{MAYA})?")
    wait_until(page, lambda: badge(page) == "2", "the bell counts on")
    expect(page).to_have_title("(2) People · Staffroom")
    expect(page.locator('link[rel="icon"]')).to_have_attribute("href", re.compile("told"))

    page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Notices").click()
    page.get_by_role("link", name=f"Jon asks you to take on “{CORNER}”").wait_for()
    page.get_by_role("link", name="because you were mentioned").click()
    page.get_by_role("dialog").get_by_text("What do you think").wait_for()
    wait_until(page, lambda: badge(page) == "", "what was opened is read")
    expect(page).to_have_title(re.compile(f"^{CORNER}"))
    told = lambda: live_server.call("Maya", "GET", "/notices")[1]["data"]  # noqa: E731
    wait_until(page, lambda: all(notice["read_at"] for notice in told()), "the server knows it")


def test_the_page_is_live_and_reading_is_undone(scenery: Scenery, live_server: LiveServer, open_page: Open) -> None:
    quiet(live_server, "Maya")
    page = open_page("Maya", "/notices")
    card = card_id(scenery, CORNER)
    say(live_server, "Jon", card, f"@[Maya](member:{MAYA}) please")
    page.get_by_text(f"Jon mentioned you in “{CORNER}”").first.wait_for()
    unread = page.locator(".told__line[data-unread]")
    expect(unread).to_have_count(1)
    page.get_by_role("button", name="Mark all as read").click()
    expect(unread).to_have_count(0)
    expect(page.get_by_role("button", name="Mark all as read")).to_be_hidden()
    wait_until(page, lambda: badge(page) == "", "the bell counts nothing")
    page.get_by_role("button", name="Undo").click()
    wait_until(page, lambda: badge(page) == "1", "one is unread again")
    page.get_by_role("button", name="Mark as read: Jon mentioned you").click()
    wait_until(page, lambda: badge(page) == "", "it is read")
    page.get_by_role("button", name="Mark as unread: Jon mentioned you").click()
    wait_until(page, lambda: badge(page) == "1", "it is unread")


def test_two_pages_of_one_person_agree(scenery: Scenery, live_server: LiveServer, open_page: Open) -> None:
    quiet(live_server, "Maya")
    first, second = open_page("Maya", "/"), open_page("Maya", f"/boards/{scenery.board}")
    say(live_server, "Jon", card_id(scenery, CORNER), f"@[Maya](member:{MAYA}) please")
    for page in (first, second):
        wait_until(page, lambda page=page: badge(page) == "1", "both count")
    live_server.call("Maya", "PUT", "/notices/read", {"up_to": 2**50})
    for page in (first, second):
        wait_until(page, lambda page=page: badge(page) == "", "both have read")


def test_a_kind_is_switched_off(scenery: Scenery, live_server: LiveServer, open_page: Open) -> None:
    page = open_page("Maya", "/me")
    box = page.get_by_label("I am mentioned")
    expect(box).to_be_enabled()
    box.uncheck()
    page.get_by_text("Kept.").wait_for()
    page.reload()
    expect(box).to_be_enabled()
    expect(box).not_to_be_checked()
    quiet(live_server, "Maya")
    say(live_server, "Jon", card_id(scenery, CORNER), f"@[Maya](member:{MAYA}) please")
    _, answer = live_server.call("Maya", "GET", "/notices")
    assert not [n for n in answer["data"] if n["reason"] == "mentioned"]


def test_nothing_yet(live_server: LiveServer, open_page: Open) -> None:
    page = open_page("Rose", "/notices")
    page.get_by_text("Nothing yet").wait_for()
    assert not faults(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scenery: Scenery, live_server: LiveServer, open_page: Open, scheme: str) -> None:
    say(live_server, "Jon", card_id(scenery, CORNER), f"@[Maya](member:{MAYA}) please")
    for size in ({"width": 1366, "height": 768}, {"width": 390, "height": 844}):
        page = open_page("Maya", "/notices", color_scheme=scheme, viewport=size)
        page.locator(".told__line").first.wait_for()
        assert not faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
