"""Cards that wait for each other, and the board's own fields: made, seen on the front, managed, clean for axe."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.board_page import LIBRARY, VISITS, card, face
from tests.browser.scenery import Scenery

Open = Callable[..., Any]


@pytest.fixture
def sheet(open_page: Open, board: str, scenery: Scenery) -> Any:
    page = open_page("Maya", f"{board}/cards/{scenery.cards[VISITS]}")
    page.get_by_role("button", name="Link another card").wait_for()
    return page


def link(page: Any, kind: str, words: str, title: str) -> None:
    page.get_by_role("button", name="Link another card").click()
    page.locator(".popup").get_by_label("This card").select_option(label=kind)
    page.locator(".popup").get_by_label("Which card").fill(words)
    page.locator(".popup .pick-row", has_text=title).click()


def test_a_card_waits_for_another_until_that_is_done(sheet: Any, open_page: Open, board: str) -> None:
    jon = open_page("Jon", board)
    link(sheet, "waits for", "library", LIBRARY)
    sheet.get_by_role("heading", name="Waits for").wait_for()
    card(jon, VISITS).get_by_text("Waiting for another card").wait_for(state="attached")
    assert faults(sheet) == []
    sheet.locator(".card-link a", has_text=LIBRARY).click()
    sheet.get_by_role("dialog", name=LIBRARY).wait_for()
    sheet.get_by_role("heading", name="Blocks").wait_for()
    # No circle: the way is named.
    link(sheet, "waits for", VISITS[:12], VISITS)
    sheet.locator(".popup [role=alert]", has_text=VISITS).wait_for()
    sheet.keyboard.press("Escape")
    sheet.locator(".popup").wait_for(state="detached")
    sheet.locator(".sheet__done").click()
    card(jon, VISITS).get_by_text("Waiting for another card").wait_for(state="detached")
    sheet.get_by_role("button", name=f"Unlink {VISITS}").click()
    sheet.get_by_role("heading", name="Blocks").wait_for(state="detached")
    sheet.get_by_role("button", name="Undo").last.click()
    sheet.get_by_role("heading", name="Blocks").wait_for()


def test_fields_are_made_filled_and_seen_on_the_front(sheet: Any, open_page: Open, board: str) -> None:
    jon = open_page("Jon", board)
    sheet.get_by_role("button", name="Add fields to the cards of this board").click()
    make(sheet, "Room", "Choice", options="Hall\nLibrary", shown=True)
    sheet.get_by_role("button", name="New field").click()
    make(sheet, "Chairs", "Number", shown=True)
    sheet.get_by_role("button", name="New field").click()
    make(sheet, "Booked", "Tick")
    assert faults(sheet) == []
    sheet.keyboard.press("Escape")
    sheet.locator(".fields-manager").wait_for(state="detached")
    fields = sheet.get_by_role("region", name="Fields")
    fields.get_by_label("Room").select_option(label="Library")
    fields.get_by_label("Chairs").fill("12.5")
    fields.get_by_label("Chairs").press("Enter")
    fields.get_by_label("Booked").check()
    card(jon, VISITS).locator(".chip--field", has_text="Library").wait_for()
    card(jon, VISITS).locator(".chip--field", has_text="12.5").wait_for()
    face(jon, VISITS).click()
    his = jon.get_by_role("region", name="Fields")
    expect(his.get_by_label("Booked")).to_be_checked()
    # What is written and not yet left is kept when the card is closed.
    fields.get_by_label("Chairs").fill("14")
    sheet.keyboard.press("Escape")
    expect(his.get_by_label("Chairs")).to_have_value("14")
    assert faults(jon) == []


def test_fields_are_renamed_put_in_order_and_deleted(sheet: Any) -> None:
    sheet.get_by_role("button", name="Close", exact=True).click()
    sheet.get_by_role("button", name="More for this board").click()
    sheet.get_by_role("menuitem", name="Fields of the cards…").click()
    for n, title in enumerate(("One", "Two")):
        if n:
            sheet.get_by_role("button", name="New field").click()
        make(sheet, title, "Text")
    names = sheet.locator(".fields-manager__one")
    expect(names).to_have_text([re.compile("One"), re.compile("Two")])
    sheet.get_by_role("button", name="Move Two up").click()
    expect(names).to_have_text([re.compile("Two"), re.compile("One")])
    sheet.get_by_role("button", name="Edit the field One").click()
    sheet.get_by_label("Name of the field").fill("First")
    sheet.get_by_role("button", name="Save").click()
    sheet.get_by_role("button", name="Delete the field First").click()
    expect(names).to_have_text([re.compile("Two")])


def make(page: Any, title: str, kind: str, options: str = "", *, shown: bool = False) -> None:
    form = page.locator(".fields-manager form")
    form.get_by_label("Name of the field").fill(title)
    form.get_by_label("What stands in it").select_option(label=kind)
    if options:
        form.get_by_label("Choices, one in each line").fill(options)
    if shown:
        form.get_by_label("Show it on the front of the cards").check()
    form.get_by_role("button", name="Add").click()
    form.wait_for(state="detached")
