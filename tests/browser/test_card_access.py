"""A rich card by every means: axe-core finds nothing in its states, in both themes; it fits on a phone and at 200 %; it prints alone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.board_page import VISITS
from tests.browser.scenery import Scenery
from tests.school import PEOPLE
from tests.servers import LiveServer

Open = Callable[..., Any]
TEXT = "We look at **how it begins**, see https://example.org.\n\n- [x] asked\n- [ ] told\n\n> Twenty minutes\n\n| who | when |\n|---|---|\n| Rose | Tuesday |"


@pytest.fixture
def rich(live_server: LiveServer, scenery: Scenery) -> int:
    """A card on which help is wanted, Maya is asked, and Rose proposes another date."""
    id = scenery.cards[VISITS]
    live_server.call("Jon", "DELETE", f"/cards/{id}/owners/{PEOPLE['Maya'].member_id}")
    for person in ("Maya", "Rose"):
        live_server.call("Jon", "PUT", f"/cards/{id}/owners/{PEOPLE[person].member_id}")
    live_server.call("Jon", "PATCH", f"/cards/{id}", {"description": TEXT, "help_minutes": 15})
    later = {"due": "2040-12-04", "note": "After the reports"}
    live_server.call("Rose", "PUT", f"/cards/{id}/owners/{PEOPLE['Rose'].member_id}/proposal", later)
    return id


@pytest.mark.parametrize(
    ("theme", "width"), [("light", 1366), ("dark", 1366), ("light", 390), ("dark", 390), ("light", 683)]
)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    open_page: Open, board: str, live_server: LiveServer, rich: int, theme: str, width: int
) -> None:
    size = {"width": width, "height": 384 if width == 683 else 844}
    maya = open_page("Maya", f"{board}/cards/{rich}", color_scheme=theme, viewport=size)
    dialog = maya.get_by_role("dialog")

    def check(what: str) -> None:
        found = axe.faults(maya)
        assert not found, (what, found)
        assert dialog.first.evaluate("d => d.scrollWidth - d.clientWidth") <= 0, what

    dialog.get_by_text("Rose would take it until").wait_for()
    dialog.get_by_text("Jon asks you").wait_for()
    check("a card that asks")
    dialog.get_by_role("button", name="Another date").click()
    dialog.get_by_role("textbox", name="Another date").fill("whenever")
    dialog.get_by_role("textbox", name="Another date").press("Enter")
    dialog.get_by_text("That is no day we know.").wait_for()
    check("another date")
    dialog.get_by_role("button", name="Cancel").click()
    dialog.get_by_text("Activity").click()
    dialog.get_by_role("heading", name="Today").wait_for()
    check("its activity")
    dialog.get_by_role("button", name="Choose a day: Due").click()
    maya.get_by_role("grid").wait_for()
    check("the month")
    maya.keyboard.press("Escape")
    maya.get_by_role("grid").wait_for(state="detached")
    dialog.get_by_role("button", name="Edit: Description").click()
    dialog.get_by_role("textbox", name="Description").fill("Maya's text.")
    check("the editor")
    live_server.call("Jon", "PATCH", f"/cards/{rich}", {"description": "Jon's text."})
    dialog.get_by_role("button", name="Look", exact=True).click()
    dialog.get_by_role("group", name="Two texts: Description").wait_for()
    check("two texts")
    dialog.get_by_role("button", name="Merge").click()
    dialog.get_by_role("textbox", name="Made of both").wait_for()
    check("a third text")


def test_it_prints_alone(open_page: Open, board: str, rich: int) -> None:
    maya = open_page("Maya", f"{board}/cards/{rich}")
    dialog = maya.get_by_role("dialog")
    dialog.get_by_text("Rose would take it until").wait_for()
    maya.emulate_media(media="print")
    expect(maya.locator(".lists")).to_be_hidden()
    expect(dialog.locator(".prose strong", has_text="how it begins")).to_be_visible()
    expect(dialog.get_by_role("button", name="Yes, I will")).to_be_hidden()
    assert dialog.bounding_box()["height"] > 300
