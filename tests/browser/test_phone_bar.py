"""The ways at the foot of a phone: five at most, the others behind "More"."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import axe

Open = Callable[..., Any]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_more_ways_open_above_the_bar(open_page: Open) -> None:
    page = open_page("Maya", "/", **PHONE)
    bar = page.get_by_role("navigation", name="Main, at the foot")
    expect(bar.locator(":scope > .bar__link")).to_have_count(5)
    more = bar.get_by_role("button", name="More")
    assert all(link.bounding_box()["width"] >= 44 for link in bar.locator(":scope > .bar__link").all())
    more.tap()
    people = bar.get_by_role("link", name="People")
    expect(people).to_be_visible()
    assert people.bounding_box()["height"] >= 44
    assert people.bounding_box()["y"] + people.bounding_box()["height"] <= more.bounding_box()["y"]
    assert not axe.faults(page)
    page.keyboard.press("Escape")
    expect(people).to_be_hidden()
    more.tap()
    people.tap()
    page.wait_for_url("**/people")


@pytest.mark.parametrize("width", [320, 390])
def test_a_guest_s_ways_all_fit(open_page: Open, width: int) -> None:
    page = open_page("Sam", "/", viewport={"width": width, "height": 700})
    bar = page.get_by_role("navigation", name="Main, at the foot")
    expect(bar.locator(":scope > .bar__link")).to_have_count(5)
    expect(bar.get_by_role("link", name="Me", exact=True)).to_be_visible()
