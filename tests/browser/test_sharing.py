"""A guest sees exactly what was shared, from the page on which it is shared; a figure opens its cards, and a place is put away and brought back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.scenery import Scenery
from tests.servers import LiveServer

OpenPage = Callable[..., Any]


def test_what_is_shared_by_name_is_all_that_a_guest_sees(open_page: OpenPage, scenery: Scenery, board: str) -> None:
    sam = open_page("Sam", "/")
    sam.get_by_text("Nothing is shared with you yet").first.wait_for()
    jon = open_page("Jon", f"{board}/sharing")
    jon.get_by_label("Share with").select_option(label="Sam")
    jon.get_by_role("button", name="Share", exact=True).click()
    jon.get_by_text("May comment · guest").wait_for()
    sam.reload()
    sam.get_by_role("link", name="Reading, this term").first.click()
    sam.get_by_role("heading", name="Reading, this term").wait_for()
    sam.locator(".card").first.wait_for()
    expect(sam.get_by_role("button", name="Add a card")).to_have_count(0)
    for path in ("/initiatives", f"/groups/{scenery.group}", "/people", "/school"):
        assert sam.goto(path).status == 404, path
    jon.get_by_role("button", name="More for Sam").click()
    stop = jon.get_by_role("button", name="Stop sharing with Sam")
    stop.click()
    stop.click()  # it asks once more, in its own place
    jon.get_by_text("Shared with nobody by name").wait_for()
    assert sam.goto(board).status == 404


def test_a_figure_opens_the_cards_behind_it(open_page: OpenPage, scenery: Scenery) -> None:
    page = open_page("Ana", f"/groups/{scenery.group}")
    box = page.locator(".figure-box", has_text="actions done")
    expect(box).to_contain_text(re.compile(r"2\s+of\s+10"))
    box.click()
    page.get_by_role("heading", name="Done").wait_for()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_a_group_is_put_away_and_brought_back(open_page: OpenPage, scenery: Scenery) -> None:
    page = open_page("Jon", f"/groups/{scenery.group}")
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Archive", exact=True).click()
    page.get_by_text("Archived on").wait_for()
    page.get_by_role("button", name="Restore").click()
    page.get_by_text("Archived on").wait_for(state="detached")


@pytest.mark.parametrize("path", ["/groups/1", "/initiatives/1"])
def test_norms_are_offered_a_start(open_page: OpenPage, scenery: Scenery, path: str) -> None:
    page = open_page("Ana", path)
    page.get_by_role("button", name="Write the norms").click()
    field = page.get_by_label("What we agree on")
    expect(field).to_have_value(re.compile(r"We start and end on time\."))
    field.fill("We are kind, and on time.")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.get_by_role("region", name="Our norms").get_by_text("We are kind, and on time.").wait_for()


def test_norms_are_looked_at_again_kept_and_taken_back(
    open_page: OpenPage, scenery: Scenery, live_server: LiveServer
) -> None:
    live_server.call("Ana", "PATCH", "/school", {"weekdays": "1234567"})  # on a free day nobody is asked
    page = open_page("Jon", f"/groups/{scenery.group}")
    page.get_by_role("button", name="Write the norms").click()
    page.get_by_label("What we agree on").fill("We are kind.\nWe are on time.")
    look = page.get_by_label("Look at them again on")
    expect(look).not_to_have_value("")
    look.fill("2020-01-06")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    norms = page.get_by_role("region", name="Our norms")
    expect(norms.get_by_role("listitem")).to_have_text(["We are kind.", "We are on time."])
    keep = norms.get_by_role("button", name="We have looked: keep them")
    expect(keep).to_be_visible()
    keep.click()
    page.locator(".toast").get_by_text("Kept. You look again on").wait_for()
    expect(norms.get_by_text("We look at them again on")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").first.wait_for()
    expect(keep).to_be_visible()
