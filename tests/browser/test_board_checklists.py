"""Checklists in a card: put in order by mouse, keyboard and menu; given to somebody by a day; many lines at once; an item becomes a card."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.board_page import VISITS, held, press, spoken, wait_until, write
from tests.browser.scenery import Scenery

Open = Callable[..., Any]
ALL = ["Pairs found", "Rooms and times", "What we look for", "First round"]


@pytest.fixture
def sheet(open_page: Open, board: str, scenery: Scenery) -> Any:
    page = open_page("Maya", f"{board}/cards/{scenery.cards[VISITS]}")
    page.get_by_role("checkbox", name=ALL[0]).wait_for()
    return page


def labels(page: Any, n: int = 0) -> Any:
    """Of the items of a checklist, from top to bottom."""
    return page.locator(".checklist").nth(n).locator(".item__label")


def grip(page: Any, title: str) -> Any:
    return page.get_by_role("button", name=f"Move {title}", exact=True)


def choose(page: Any, title: str, verb: str) -> None:
    page.get_by_role("button", name=f"More for {title}", exact=True).click()
    page.get_by_role("menuitem", name=verb, exact=True).click()


def test_by_keyboard_said_at_each_step(sheet: Any) -> None:
    grip(sheet, "First round").focus()
    said = press(sheet, "Space", "ArrowUp", "ArrowUp")
    assert "First round picked up. Position 4 of 4" in said[0] and "Position 2 of 4" in said[2]
    expect(labels(sheet)).to_have_text([ALL[0], ALL[3], ALL[1], ALL[2]])
    assert "is back. Position 4 of 4" in press(sheet, "Escape")[0]
    expect(labels(sheet)).to_have_text(ALL)
    expect(grip(sheet, "First round")).to_be_focused()
    with sheet.expect_response("**/position"):
        press(sheet, "Space", "ArrowUp", "Space")
    expect(labels(sheet)).to_have_text([ALL[0], ALL[1], ALL[3], ALL[2]])
    expect(grip(sheet, "First round")).to_be_focused()
    sheet.reload()
    expect(labels(sheet)).to_have_text([ALL[0], ALL[1], ALL[3], ALL[2]])


def test_by_mouse_and_into_another_checklist(sheet: Any) -> None:
    sheet.get_by_role("button", name="Add a checklist").click()
    write(sheet, "After", "Enter")
    expect(sheet.locator(".checklist:not([data-id^='-'])")).to_have_count(2)  # it is drawn anew when it is saved
    sheet.locator(".checklist").nth(1).get_by_role("button", name="Add an item").click()
    write(sheet, "Thank them", "Enter")
    sheet.get_by_role("button", name="Move Thank them").wait_for()
    drag_by(sheet, grip(sheet, ALL[0]), sheet.locator(".item", has_text=ALL[2]))
    expect(labels(sheet)).to_have_text([ALL[1], ALL[2], ALL[0], ALL[3]])
    drag_by(sheet, grip(sheet, ALL[1]), sheet.locator(".item", has_text="Thank them"))
    expect(labels(sheet, 1)).to_have_text(["Thank them", ALL[1]])
    # By keyboard over the edge, and by the menu back.
    grip(sheet, ALL[3]).focus()
    press(sheet, "Space", "ArrowDown", "Space")
    expect(labels(sheet, 1)).to_have_text([ALL[3], "Thank them", ALL[1]])
    choose(sheet, ALL[3], "Move down")
    expect(labels(sheet, 1)).to_have_text(["Thank them", ALL[3], ALL[1]])
    choose(sheet, "After", "Move up")
    expect(labels(sheet, 0)).to_have_text(["Thank them", ALL[3], ALL[1]])
    wait_until(sheet, lambda: "Checklist 1 of 2" in spoken(sheet), "it is said")
    assert faults(sheet) == []


def drag_by(page: Any, handle: Any, onto: Any) -> None:
    held(handle)
    handle.hover()
    start, end = handle.bounding_box(), onto.bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 12, start["y"] + 16, steps=4)
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 4, steps=8)
    page.mouse.move(end["x"] + 61, end["y"] + end["height"] - 3)
    page.mouse.up()


def test_who_and_when_and_a_card_of_its_own(sheet: Any, open_page: Open) -> None:
    choose(sheet, "First round", "Who does it…")
    sheet.locator(".popup .pick-row", has_text="Jon").click()
    sheet.keyboard.press("Escape")
    sheet.locator(".popup").wait_for(state="detached")
    choose(sheet, "First round", "Due date…")
    sheet.locator(".popup").get_by_label("Day", exact=True).fill("2020-01-02")
    sheet.keyboard.press("Escape")
    sheet.locator(".popup").wait_for(state="detached")
    item = sheet.locator(".item", has_text="First round")
    item.get_by_text("Late", exact=False).first.wait_for()
    choose(sheet, "First round", "Make a card of it")
    item.get_by_role("link", name="Card #").click()
    sheet.get_by_role("dialog", name="First round").wait_for()
    sheet.get_by_text("asked", exact=True).first.wait_for()
    assert faults(sheet) == []


def test_many_lines_are_many_items_taken_back_as_one_and_ticked_ones_hidden(sheet: Any) -> None:
    sheet.get_by_role("button", name="Add an item").click()
    sheet.get_by_role("textbox", name="New item, or several lines").fill("Milk\nBread\n\n  Cheese  ")
    sheet.keyboard.press("Enter")
    expect(labels(sheet)).to_have_text([*ALL, "Milk", "Bread", "Cheese"])
    sheet.get_by_role("button", name="Undo").last.click()
    expect(labels(sheet)).to_have_text(ALL)
    sheet.get_by_text("3 of 4", exact=True).wait_for()
    sheet.get_by_role("button", name="Hide ticked").click()
    expect(labels(sheet)).to_have_text(["First round"])
    sheet.get_by_role("button", name="Show 3 ticked").click()
    expect(labels(sheet)).to_have_text(ALL)
