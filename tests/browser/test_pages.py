"""Every page beside the board: it opens for who may see it, axe-core finds nothing in either theme, wide and narrow, and it asks the database
the same number of times however much is in it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.board_page import wait_until
from tests.browser.scenery import Scenery
from tests.callers import Caller

PAGES = [
    "/",
    "/work",
    "/cards?initiative=1&state=all",
    "/boards",
    "/boards/1/sharing",
    "/initiatives",
    "/initiatives/1",
    "/groups/1",
    "/people",
    "/people/3",
    "/school",
    "/me",
    "/notices",
    "/guide",
    "/search?q=reading",
    "/api/docs",
]
OPEN = ["/sign-in", "/invitation", "/join", "/reset", "/card", "/nowhere"]
NARROW = {"width": 390, "height": 844}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_inside(scenery: Scenery, open_page: Callable[..., Any], scheme: str) -> None:
    page = open_page("Ana", "/", color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found[path] = faults(page)
    assert not any(found.values()), {path: lines for path, lines in found.items() if lines}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_outside(open_page: Callable[..., Any], scheme: str) -> None:
    page = open_page(None, "/sign-in", color_scheme=scheme, viewport=NARROW)
    found = {}
    for path in OPEN:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found[path] = faults(page)
    assert not any(found.values()), {path: lines for path, lines in found.items() if lines}


def test_nothing_is_cut_off_on_a_phone(scenery: Scenery, open_page: Callable[..., Any]) -> None:
    page = open_page("Ana", "/", viewport=NARROW)
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path


def test_a_group_is_made_and_gets_its_board(open_page: Callable[..., Any]) -> None:
    page = open_page("Thomas", "/initiatives")
    page.get_by_role("button", name="Start the first one").first.click()
    dialog = page.get_by_role("dialog", name="A new initiative")
    dialog.get_by_label("Title").fill("Literacy for all")
    dialog.get_by_role("button", name="Start").click()
    page.get_by_role("heading", name="Literacy for all").wait_for()
    page.get_by_role("button", name="New group").click()
    dialog = page.get_by_role("dialog", name="A new group")
    dialog.get_by_label("Title").fill("Reading week")
    dialog.get_by_role("button", name="Make the group").click()
    page.get_by_role("heading", name="Reading week").wait_for()
    page.get_by_label("Add somebody").select_option(label="Maya")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="More for Maya").click()
    page.get_by_role("button", name="Make lead").click()
    page.get_by_role("listitem").filter(has_text="Maya").get_by_text("Lead", exact=True).wait_for()
    page.get_by_role("button", name="Add the first board").click()
    dialog = page.get_by_role("dialog", name="A new board")
    dialog.get_by_label("Title").fill("Timetable")
    dialog.get_by_role("button", name="Make the board").click()
    page.get_by_role("heading", name="Timetable").wait_for()
    expect(page).to_have_url(re.compile("/boards/"))


def test_what_i_am_asked_for_stands_on_my_page(
    scenery: Scenery, open_page: Callable[..., Any], live_server: Any
) -> None:
    snapshot = live_server.call("Ana", "GET", f"/boards/{scenery.board}").json
    asked = live_server.call(
        "Ana", "POST", f"/lists/{snapshot['lists'][0]['id']}/cards", {"title": "Bring chalk", "owner_ids": [4]}
    )
    assert asked.status == 201
    page = open_page("Jon", "/")
    mine = page.get_by_role("region", name="Mine")
    line = mine.get_by_role("listitem").filter(has_text="Bring chalk")
    line.get_by_role("button", name="Yes, I will").click()
    page.get_by_role("button", name="Done: Bring chalk").click()
    mine.locator(".action[data-done]", has_text="Bring chalk").wait_for()
    card = lambda: live_server.call("Jon", "GET", f"/cards/{asked.json['data']['id']}").json["data"]  # noqa: E731
    wait_until(page, lambda: card()["done"] and card()["asked_ids"] == [], "it is his, and done")


@pytest.mark.parametrize("path", ["/", "/boards", "/initiatives", "/people"])
def test_a_page_asks_as_often_however_much_there_is(
    sign_in: Callable[[str], FlaskClient],
    as_: Callable[..., Caller],
    queries: Callable[[int], AbstractContextManager[list[str]]],
    path: str,
) -> None:
    client = sign_in("Ana")
    _make(as_("Ana"), 1)
    with queries(100) as few:
        assert client.get(path).status_code == 200
    _make(as_("Ana"), 12)
    with queries(len(few)):
        assert client.get(path).status_code == 200


def _make(ana: Caller, many: int) -> None:
    for n in range(many):
        initiative = ana.post("/initiatives", {"title": f"I{n}"}).json["data"]["id"]
        group = ana.post("/groups", {"title": f"G{n}", "initiative_id": initiative}).json["data"]["id"]
        board = ana.post("/boards", {"title": f"B{n}", "group_id": group}).json["data"]["id"]
        column = ana.post(f"/boards/{board}/lists", {"title": "To do"}).json["data"]["id"]
        assert ana.post(f"/lists/{column}/cards", {"title": "C", "owner_ids": [1], "due": "2026-12-01"}).status == 201
