"""Several cards at once: selected by mouse, by keys and by finger; what is done then is one change with one way back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.board_page import (
    CORNER,
    LIBRARY,
    card,
    cards_of,
    column,
    drag,
    face,
    faces,
    focused,
    press,
    spoken,
    wait_until,
)
from tests.browser.scenery import Scenery
from tests.servers import LiveServer

Open = Callable[..., Any]
ASK, OLDER = "Ask families which books are read at home", "Older classes read to younger ones"
IDEAS = [ASK, CORNER, OLDER]


@pytest.fixture
def maya(open_page: Open, board: str) -> Any:
    page = open_page("Maya", board)
    face(page, CORNER).wait_for()
    return page


def bar(page: Any) -> Any:
    return page.get_by_role("region", name="Selected cards")


def selected(page: Any) -> list[str]:
    found: list[str] = page.locator(".card[data-selected] .card__open").all_inner_texts()
    return [text.replace("Selected:", "").strip() for text in found]


def test_by_mouse_one_by_one_and_as_a_range(maya: Any) -> None:
    face(maya, ASK).click(modifiers=["ControlOrMeta"])
    face(maya, OLDER).click(modifiers=["Shift"])
    wait_until(maya, lambda: selected(maya) == IDEAS, "the range is selected")
    expect(bar(maya)).to_contain_text(re.compile(r"3\s*cards selected"))
    face(maya, CORNER).click(modifiers=["ControlOrMeta"])
    face(maya, LIBRARY).click(modifiers=["ControlOrMeta"])
    wait_until(maya, lambda: selected(maya) == [ASK, OLDER, LIBRARY], "one out, one in")
    wait_until(maya, lambda: spoken(maya) == "3 cards selected.", "it is said")
    assert not axe.faults(maya)
    maya.keyboard.press("Escape")
    bar(maya).wait_for(state="detached")
    wait_until(maya, lambda: selected(maya) == [] and focused(maya) == LIBRARY, "nothing is, and the focus stays")


def test_dragging_one_takes_all_and_one_undo_brings_them_back(maya: Any, open_page: Open, board: str) -> None:
    jon = open_page("Jon", board)
    face(jon, CORNER).wait_for()
    before = cards_of(maya, "Next")
    face(maya, ASK).click(modifiers=["ControlOrMeta"])
    face(maya, OLDER).click(modifiers=["ControlOrMeta"])
    drag(maya, card(maya, OLDER), card(maya, LIBRARY))
    for page in (maya, jon):
        wait_until(
            page, lambda page=page: cards_of(page, "Next") == [*before[:-1], ASK, OLDER, LIBRARY], "both are there"
        )
    expect(faces(maya, "Ideas")).to_have_text([CORNER])
    maya.get_by_role("button", name="Undo").click()
    for page in (maya, jon):
        wait_until(page, lambda page=page: cards_of(page, "Ideas") == IDEAS, "both are back")
    expect(faces(jon, "Next")).to_have_text(before)


def test_by_keys_alone(maya: Any, open_page: Open, board: str) -> None:
    face(maya, ASK).focus()
    said = press(maya, "x", "Shift+ArrowDown", "Shift+ArrowDown")
    assert said == ["1 card selected.", "2 cards selected.", "3 cards selected."]
    wait_until(maya, lambda: OLDER in focused(maya), "the focus goes along")
    assert press(maya, "Shift+ArrowUp") == ["2 cards selected."]
    wait_until(maya, lambda: CORNER in focused(maya), "the focus goes back")
    maya.keyboard.press("Control+a")
    wait_until(maya, lambda: spoken(maya) == "3 cards selected.", "the whole list")
    maya.keyboard.press("Space")
    popup = maya.get_by_role("dialog", name="Move to…")
    popup.get_by_label("List").select_option(label="In progress")
    popup.get_by_label("Position").select_option(label="At the top")
    popup.get_by_role("button", name="Move 3 cards").press("Enter")
    wait_until(maya, lambda: cards_of(maya, "In progress")[:3] == IDEAS, "all three are at the top")
    wait_until(maya, lambda: spoken(maya) == "3 cards moved to “In progress”.", "it is said")
    wait_until(maya, lambda: focused(maya) == ASK, "the focus is with the first")
    press(maya, "x", "Shift+ArrowDown")
    assert press(maya, "<") == ["2 cards moved to “Next”."]
    wait_until(maya, lambda: CORNER in focused(maya), "the focus goes along")
    press(maya, "Escape")
    wait_until(maya, lambda: selected(maya) == [], "nothing is selected any more")
    wait_until(maya, lambda: cards_of(maya, "Next")[-2:] == [ASK, CORNER], "both moved to the list at the left")


def test_labelled_asked_dated_finished_and_archived(maya: Any, live_server: LiveServer, scenery: Scenery) -> None:
    for title in (ASK, CORNER):
        face(maya, title).click(modifiers=["ControlOrMeta"])

    def shown(title: str) -> dict[str, Any]:
        found: dict[str, Any] = live_server.call("Maya", "GET", f"/cards/{scenery.cards[title]}")[1]["data"]
        return found

    bar(maya).get_by_role("button", name="Labels").click()
    labels = maya.get_by_role("dialog", name="Labels")
    families = labels.get_by_role("button", name="Families")
    expect(families).to_have_attribute("aria-pressed", "mixed")
    families.click()
    expect(families).to_have_attribute("aria-pressed", "true")
    assert not axe.faults(maya)
    maya.keyboard.press("Escape")
    labels.wait_for(state="detached")
    bar(maya).get_by_role("button", name="Owners").click()
    maya.get_by_role("dialog", name="Owners").get_by_role("button", name="Jon").click()
    maya.keyboard.press("Escape")
    maya.get_by_role("dialog", name="Owners").wait_for(state="detached")
    bar(maya).get_by_role("button", name="Due").click()
    maya.get_by_label("Due, day").fill("2027-03-01")
    maya.get_by_role("button", name="Save").click()
    bar(maya).get_by_role("button", name="Done").click()
    card(maya, ASK).get_by_text("Done").first.wait_for()

    def has_all(card: dict[str, Any]) -> bool:
        return bool(card["done"] and card["due"] == "2027-03-01" and card["label_ids"] and card["asked_ids"])

    wait_until(maya, lambda: all(has_all(shown(title)) for title in (ASK, CORNER)), "all has arrived")
    bar(maya).get_by_role("button", name="Archive").click()
    wait_until(maya, lambda: cards_of(maya, "Ideas") == [OLDER], "both are away")
    bar(maya).wait_for(state="detached")
    maya.get_by_role("button", name="Undo").click()
    wait_until(maya, lambda: cards_of(maya, "Ideas") == IDEAS, "both are back in their places")


def test_what_was_left_out_is_said(maya: Any, live_server: LiveServer, scenery: Scenery) -> None:
    """Somebody archives one in the very moment in which it is dated."""
    for title in (ASK, CORNER):
        face(maya, title).click(modifiers=["ControlOrMeta"])
    bar(maya).get_by_role("button", name="Due").click()
    maya.get_by_label("Due, day").fill("2027-03-01")
    ids = [scenery.cards[title] for title in (ASK, CORNER)]
    maya.route(
        "**/batch",
        lambda route: route.fulfill(
            status=201,
            json={"data": {"id": 1, "card_ids": ids[:1], "skipped": [{"id": ids[1], "why": "archived"}]}, "events": []},
        ),
    )
    maya.get_by_role("button", name="Save").click()
    maya.get_by_text("1 card changed. Left out: 1 is archived.").first.wait_for()


def test_by_finger(open_page: Open, board: str) -> None:
    phone = open_page("Maya", board, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    face(phone, CORNER).wait_for()
    face(phone, ASK).tap()
    dialog = phone.get_by_role("dialog").first
    dialog.wait_for()
    phone.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    column(phone, "Ideas").get_by_role("button", name="More for the list Ideas").tap()
    phone.get_by_role("menuitem", name="Select cards").tap()
    face(phone, ASK).tap()
    face(phone, CORNER).tap()
    wait_until(phone, lambda: selected(phone) == [ASK, CORNER], "both are selected")
    button = bar(phone).get_by_role("button", name="Move to…").bounding_box()
    assert button["width"] >= 44 and button["height"] >= 44
    assert not axe.faults(phone)
    bar(phone).get_by_role("button", name="Move to…").tap()
    popup = phone.get_by_role("dialog", name="Move to…")
    popup.get_by_label("List").select_option(label="Done")
    popup.get_by_role("button", name="Move 2 cards").tap()
    wait_until(phone, lambda: cards_of(phone, "Done")[-2:] == [ASK, CORNER], "both are done")
    face(phone, OLDER).tap()
    phone.get_by_role("dialog").first.wait_for()
