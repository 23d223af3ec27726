"""Lists that are limited, coloured, folded away; many cards of a pasted text; whole boards at hand or put away."""

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


@pytest.fixture
def jon(open_page: Open, board: str) -> Any:
    page = open_page("Jon", board)
    face(page, CORNER).wait_for()
    return page


def menu(page: Any, title: str, item: str) -> None:
    column(page, title).get_by_role("button", name=f"More for the list {title}").click()
    page.get_by_role("menuitem", name=item).click()


def test_a_full_list_says_why_it_takes_no_more(jon: Any) -> None:
    before = cards_of(jon, "Next")
    menu(jon, "Next", "Limit the cards…")
    jon.get_by_label("At most so many cards").last.fill("3")
    jon.get_by_label("It takes no more cards").check()
    assert not axe.faults(jon)
    jon.get_by_role("button", name="Save").click()
    column(jon, "Next").get_by_text("3 of 3").first.wait_for()
    drag(jon, card(jon, CORNER), card(jon, LIBRARY))
    said = "Not done: “Next” is full: it takes 3 cards, and 3 are there. Move one on first."
    jon.get_by_text(said).first.wait_for()
    wait_until(jon, lambda: CORNER in cards_of(jon, "Ideas"), "the card is back")
    expect(faces(jon, "Next")).to_have_text(before)
    # The same by keys.
    face(jon, CORNER).focus()
    press(jon, "Space", "ArrowRight", "Space")
    wait_until(jon, lambda: spoken(jon) == said, "it is said")
    wait_until(jon, lambda: CORNER in cards_of(jon, "Ideas"), "the card is back")
    wait_until(jon, lambda: focused(jon) == CORNER, "with the focus")


def test_a_soft_limit_is_said_in_words(jon: Any, open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    menu(jon, "Next", "Limit the cards…")
    jon.get_by_label("At most so many cards").last.fill("2")
    jon.get_by_role("button", name="Save").click()
    for page in (jon, maya):
        column(page, "Next").get_by_text("3 of 2").wait_for()
        expect(column(page, "Next").get_by_text("too many")).to_be_visible()
    drag(jon, card(jon, CORNER), card(jon, LIBRARY))
    wait_until(jon, lambda: CORNER in cards_of(jon, "Next"), "it may be put there")
    assert not axe.faults(jon)


def test_many_lines_become_many_cards(jon: Any) -> None:
    column(jon, "Ideas").get_by_role("button", name="Add a card").click()
    field = jon.get_by_label("Title of the new card")
    field.fill("Book the hall\n\n  Order chairs\nSongs")
    jon.get_by_role("button", name="Make 3 cards").click()
    wait_until(jon, lambda: cards_of(jon, "Ideas")[-3:] == ["Book the hall", "Order chairs", "Songs"], "three cards")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    jon.get_by_role("button", name="Undo").click()
    wait_until(jon, lambda: "Songs" not in cards_of(jon, "Ideas"), "all three are away")
    field.fill("The hall\nneeds forty chairs")
    with jon.expect_request("**/cards") as sent:
        jon.get_by_role("button", name="One card").click()
    assert sent.value.post_data_json == {"title": "The hall", "description": "needs forty chairs"}
    face(jon, "The hall").wait_for()


def test_of_too_many_lines_nothing_is_lost(jon: Any) -> None:
    column(jon, "Done").get_by_role("button", name="Add a card").click()
    field = jon.get_by_label("Title of the new card")
    field.fill("\n".join(f"Line {n}" for n in range(700)))
    jon.get_by_text("These are 700 lines; 500 cards are made at once. The rest stays here.").wait_for()
    jon.get_by_role("button", name="Make the first 500").click()
    jon.get_by_role("button", name="Make 200 cards").wait_for()
    expect(field).to_have_value("\n".join(f"Line {n}" for n in range(500, 700)))
    column(jon, "Done").get_by_text("502 cards").wait_for(state="attached")
    field.fill("x" * 600 + "\nshort")
    jon.get_by_role("button", name="Make 2 cards").click()
    jon.get_by_role("alert").get_by_text("One line is longer than a title may be").wait_for()
    expect(field).to_have_value("x" * 600 + "\nshort")


def test_a_list_is_coloured_for_all_and_folded_for_oneself(jon: Any, open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    menu(jon, "Done", "Colour…")
    jon.get_by_role("radio", name="Violet").check(force=True)
    jon.keyboard.press("Escape")
    jon.locator(".popup").wait_for(state="detached")
    for page in (jon, maya):
        page.locator('.list[data-colour="violet"]').wait_for()
    with jon.expect_response("**/view"):
        menu(jon, "Done", "Collapse")
    unfold = column(jon, "Done").get_by_role("button", name="Done")
    wait_until(jon, lambda: "Done" in focused(jon), "the focus stays with it")
    assert not axe.faults(jon)
    expect(column(maya, "Done").locator(".card")).to_have_count(2)
    drag(jon, card(jon, CORNER), unfold)
    column(maya, "Done").get_by_text(CORNER).wait_for()
    jon.reload()
    face(jon, LIBRARY).wait_for()
    expect(column(jon, "Done").locator(".card")).to_have_count(0)
    column(jon, "Done").get_by_role("button").click()
    column(jon, "Done").locator(".card").first.wait_for()


def test_a_board_is_kept_at_hand(jon: Any, board: str) -> None:
    with jon.expect_response("**/star"):
        jon.get_by_role("button", name="Keep this board at hand").click()
    wait_until(jon, lambda: spoken(jon) == "This board is kept at hand.", "it is said")
    jon.goto(jon.url.split("/boards/")[0] + "/boards")
    star = jon.locator(".room", has_text="Reading, this term").get_by_role("button")
    expect(star).to_have_attribute("aria-pressed", "true")
    assert not axe.faults(jon)
    with jon.expect_response("**/star"):
        star.click()
    expect(star).to_have_attribute("aria-pressed", "false")


def test_the_ground_and_the_archive_of_a_board(jon: Any, open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    jon.get_by_role("button", name="More for this board").click()
    jon.get_by_role("menuitem", name="Background…").click()
    for ground in ("Sand", "Sage", "Sky", "Lilac", "Rose", "Slate"):
        jon.get_by_role("radio", name=ground).check(force=True)
        maya.locator(f'.board[data-ground="{ground.lower()}"]').wait_for()
        assert not axe.faults(maya), ground
        maya.emulate_media(color_scheme="dark")
        assert not axe.faults(maya), f"{ground} at night"
        maya.emulate_media(color_scheme="light")
    jon.keyboard.press("Escape")
    jon.locator(".popup").wait_for(state="detached")
    jon.get_by_role("button", name="More for this board").click()
    jon.get_by_role("menuitem", name="Archive this board").click()
    for page in (jon, maya):
        page.get_by_text("This board is archived.").wait_for()
        column(page, "Ideas").get_by_role("button", name="Add a card").wait_for(state="detached")
    expect(maya.get_by_role("button", name="Restore the board")).to_have_count(0)
    assert not axe.faults(jon)
    jon.goto(jon.url.split("/boards/")[0] + "/boards")
    jon.get_by_text("Archived boards").wait_for()
    if not jon.get_by_role("link", name="Reading, this term").is_visible():
        jon.get_by_text("Archived boards").click()
    jon.get_by_role("link", name="Reading, this term").click()
    jon.get_by_role("button", name="Restore the board").click()
    column(jon, "Ideas").get_by_role("button", name="Add a card").wait_for()
    column(maya, "Ideas").get_by_role("button", name="Add a card").wait_for()


def test_what_is_put_away_is_found_and_comes_back(jon: Any, live_server: LiveServer, scenery: Scenery) -> None:
    for method, path in (
        ("PUT", f"/cards/{scenery.cards[CORNER]}/archive"), ("PUT", f"/lists/{scenery.lists['In progress']}/archive"),
        ("DELETE", f"/cards/{scenery.cards[LIBRARY]}"),
    ):  # fmt: skip
        assert live_server.call("Jon", method, path)[0] == 200
    jon.get_by_role("button", name="Archive", exact=True).click()
    drawer = jon.get_by_role("dialog", name="Put away")
    drawer.get_by_role("button", name="Restore In progress").click()
    column(jon, "In progress").locator(".card").nth(1).wait_for(state="attached")
    drawer.get_by_role("searchbox").fill("canteen")
    drawer.get_by_text(CORNER).wait_for()
    expect(drawer.locator(".shelf__row")).to_have_count(1)
    assert not axe.faults(jon)
    drawer.get_by_role("button", name=f"Restore {CORNER}").click()
    wait_until(jon, lambda: CORNER in cards_of(jon, "Ideas"), "it is back")
    drawer.get_by_role("searchbox").fill("")
    drawer.get_by_role("button", name="Bin").click()
    drawer.get_by_text("goes for good on").wait_for()
    drawer.get_by_role("button", name=f"Restore {LIBRARY}").click()
    wait_until(jon, lambda: LIBRARY in cards_of(jon, "Next"), "and this one")
