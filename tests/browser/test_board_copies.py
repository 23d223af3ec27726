"""Copies, templates, rhythms and exports, as people do them on a board: by mouse and by keys, and axe finds nothing in the small forms."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.board_page import CORNER, VISITS, card, cards_of, face, faces
from tests.browser.scenery import Scenery
from tests.servers import LiveServer

Open = Callable[..., Any]


def choose(page: Any, button: str, choice: str) -> Any:
    page.get_by_role("button", name=button, exact=True).last.click()
    page.get_by_role("menuitem", name=choice).click()
    return page.locator(".popup[role=dialog]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_is_copied_and_taken_back(open_page: Open, board: str, scenery: Scenery, scheme: str) -> None:
    maya = open_page("Maya", f"{board}/cards/{scenery.cards[VISITS]}", color_scheme=scheme)
    maya.get_by_role("dialog", name=VISITS).wait_for()
    form = choose(maya, "More for this card", "Copy…")
    form.get_by_label("Title").fill("Visits in spring")
    assert faults(maya) == []
    form.get_by_role("button", name="Copy").click()
    form.wait_for(state="detached")
    maya.keyboard.press("Escape")
    maya.get_by_role("dialog").wait_for(state="detached")
    face(maya, "Visits in spring").wait_for()
    here = cards_of(maya, "In progress")
    assert here.index("Visits in spring") == here.index(VISITS) + 1
    maya.get_by_role("button", name="Undo").last.click()
    card(maya, "Visits in spring").wait_for(state="detached")


def test_a_list_is_copied_and_sent_to_another_board(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    status, answer = live_server.call("Jon", "POST", "/boards", {"title": "Spring", "group_id": scenery.group})
    assert status == 201
    maya, jon = open_page("Maya", board), open_page("Jon", board)
    form = choose(maya, "More for the list Ideas", "Copy this list…")
    form.get_by_label("Title").fill("Ideas for spring")
    assert faults(maya) == []
    form.get_by_role("button", name="Copy").click()
    expect(faces(jon, "Ideas for spring")).to_have_count(3)
    expect(faces(maya, "Ideas for spring")).to_have_count(3)
    form = choose(maya, "More for the list Ideas for spring", "To another board…")
    form.get_by_label("Board").select_option("Spring")
    form.get_by_role("button", name="Move the list").click()
    jon.get_by_role("region", name="Ideas for spring").wait_for(state="detached")
    maya.goto(f"/boards/{answer['data']['id']}")
    expect(faces(maya, "Ideas for spring")).to_have_count(3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_comes_again(open_page: Open, board: str, scenery: Scenery, scheme: str) -> None:
    address = f"{board}/cards/{scenery.cards[CORNER]}"
    maya, jon = open_page("Maya", address, color_scheme=scheme), open_page("Jon", address)
    maya.get_by_role("dialog", name=CORNER).get_by_role("button", name="Repeat…").click()
    form = maya.locator(".popup[role=dialog]")
    form.get_by_label("Thursday").check()
    assert faults(maya) == []
    form.get_by_role("button", name="Save").click()
    jon.get_by_role("dialog").get_by_text("Every Monday and Thursday.").wait_for()
    jon.get_by_text("Next:").wait_for()
    jon.keyboard.press("Escape")
    jon.get_by_role("dialog").wait_for(state="detached")
    card(jon, CORNER).get_by_text("Comes again: Every Monday and Thursday.").wait_for(state="attached")
    jon.goto(address)
    maya.get_by_role("button", name="Change the rhythm").click()
    maya.locator(".popup[role=dialog]").get_by_role("button", name="Comes no more").click()
    jon.get_by_role("dialog").get_by_text("Every Monday and Thursday.").wait_for(state="detached")


def test_a_board_is_copied_offered_and_taken_along(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    ana = open_page("Ana", board)
    form = choose(ana, "More for this board", "Copy this board…")
    form.get_by_label("With its open cards").check()
    assert faults(ana) == []
    form.get_by_role("button", name="Copy").click()
    ana.get_by_role("button", name="Open the copy").click()
    face(ana, VISITS).wait_for()
    ana.goto(board)
    face(ana, VISITS).wait_for()
    with ana.expect_download() as download:
        choose(ana, "More for this board", "Export for a spreadsheet")
    assert download.value.suggested_filename == f"board-{scenery.board}.csv"
    choose(ana, "More for this board", "Use as a template")
    ana.get_by_text("New boards can start like this one.").first.wait_for()
    ana.goto(f"/groups/{scenery.group}")
    ana.get_by_role("button", name="New board").click()
    dialog = ana.get_by_role("dialog", name="A new board")
    assert faults(ana) == []
    dialog.get_by_label("Title").first.fill("Meetings in spring")
    dialog.get_by_label("Meetings of a group").check()
    dialog.get_by_role("button", name="Make the board").click()
    ana.get_by_role("region", name="For the next meeting").wait_for()
    ana.goto(f"/groups/{scenery.group}")
    ana.get_by_role("button", name="New board").click()
    dialog = ana.get_by_role("dialog", name="A new board")
    dialog.get_by_label("Title").last.fill("Like the other")
    dialog.get_by_role("button", name="Make it like that").click()
    face(ana, VISITS).wait_for()
