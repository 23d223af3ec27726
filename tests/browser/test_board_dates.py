"""Days and months on a card and in my work, as the reader's country has them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.board_page import CORNER
from tests.browser.scenery import Scenery
from tests.servers import LiveServer

Open = Callable[..., Any]


@pytest.mark.parametrize(
    ("locale", "first", "day"), [("en-US", "Sunday", "2040-03-04"), ("en-GB", "Monday", "2040-03-05")]
)
def test_all_months_begin_their_weeks_as_the_country_does(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery, locale: str, first: str, day: str
) -> None:
    id = scenery.cards[CORNER]
    live_server.call("Jon", "PATCH", f"/cards/{id}", {"due": "2040-03-07"})
    maya = open_page("Maya", f"{board}/cards/{id}", locale=locale)
    dialog = maya.get_by_role("dialog")
    dialog.get_by_role("button", name="Choose a day: Due").click()
    expect(dialog.get_by_role("columnheader").first).to_have_attribute("abbr", first)
    chosen = dialog.locator('[data-day="2040-03-07"]')
    expect(chosen).to_be_focused()
    maya.keyboard.press("Home")
    expect(dialog.locator(f'[data-day="{day}"]')).to_be_focused()
    maya.keyboard.press("End")
    expect(dialog.locator(f'tr:has([data-day="{day}"]) [data-day]').last).to_be_focused()
    maya.goto(f"{maya.url.split('/boards')[0]}/work?view=month&month=2040-03")
    expect(maya.locator(".month thead th").first).to_have_text(first[:3])
