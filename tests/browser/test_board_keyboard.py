"""Scene 5: moving a card by keyboard only, heard by a screen reader."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.board_page import CORNER, LIBRARY, cards_of, face, faces, focused, press, spoken, wait_until

Open = Callable[..., Any]


def test_a_card_is_carried_to_another_list_and_each_step_is_said(open_page: Open, board: str) -> None:
    maya, jon = open_page("Maya", board), open_page("Jon", board)
    face(maya, CORNER).focus()
    said = press(maya, "Space", "ArrowDown", "ArrowRight", "Space")
    assert said[0].startswith(f"{CORNER} picked up. Position 2 of 3 in Ideas.")
    assert said[1] == "Position 3 of 3 in Ideas."
    assert said[2] == "Position 3 of 4 in Next."
    wait_until(maya, lambda: spoken(maya) == f"{CORNER} dropped. Position 3 of 4 in Next.", "the drop is said")
    wait_until(maya, lambda: focused(maya) == CORNER, "the focus is with the card")
    wait_until(jon, lambda: cards_of(jon, "Next")[2:3] == [CORNER], "Jon sees it")


def test_escape_brings_it_back_and_nothing_is_sent(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    sent: list[str] = []
    maya.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    face(maya, CORNER).focus()
    before = cards_of(maya, "Ideas")
    said = press(maya, "Space", "ArrowRight", "Escape")
    assert said[-1] == f"{CORNER} is back. Position 2 of 3 in Ideas."
    expect(faces(maya, "Ideas")).to_have_text(before)
    expect(face(maya, CORNER)).to_be_focused()
    assert not sent


def test_the_edges_are_said(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).focus()
    said = press(maya, "Space", "ArrowLeft")
    assert said[-1] == "This is the edge. Position 2 of 3 in Ideas."
    press(maya, "Escape")


def test_arrows_walk_from_card_to_card(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).focus()
    for key, there in (
        ("ArrowRight", "Choose the text for the first shared lesson"),
        ("ArrowDown", LIBRARY),
        ("ArrowLeft", "Older classes read to younger ones"),
    ):
        maya.keyboard.press(key)
        wait_until(maya, lambda there=there: focused(maya) == there, f"{key} goes to {there}")


def test_keys_that_are_quicker_than_the_page_are_all_heard(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).focus()
    for key in ("ArrowUp", "ArrowDown", "ArrowDown", "Space", "ArrowRight", "ArrowRight", "ArrowUp", "Space"):
        maya.keyboard.press(key)
    expect(faces(maya, "In progress").nth(1)).to_have_text("Older classes read to younger ones")
    wait_until(maya, lambda: "dropped. Position 2 of 3 in In progress." in spoken(maya), "the drop is said")
    wait_until(maya, lambda: focused(maya) == "Older classes read to younger ones", "the focus is with the card")


def test_alt_and_an_arrow_move_at_once(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).focus()
    press(maya, "Alt+ArrowUp")
    expect(faces(maya, "Ideas").first).to_have_text(CORNER)
    wait_until(maya, lambda: focused(maya) == CORNER, "the focus is with the card")
    press(maya, "Alt+ArrowRight")
    expect(faces(maya, "Next").first).to_have_text(CORNER)


def test_the_menu_moves_to_a_list_and_a_place(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).focus()
    maya.keyboard.press("Tab")
    maya.keyboard.press("Tab")
    expect(maya.get_by_role("button", name=f"More for {CORNER}")).to_be_focused()
    maya.keyboard.press("Enter")
    maya.get_by_role("menuitem", name="Move to…").press("Enter")
    popup = maya.get_by_role("dialog", name="Move to…")
    popup.get_by_label("List").select_option(label="Next")
    popup.get_by_label("Position").select_option(label="1 (top)")
    popup.get_by_role("button", name="Move").press("Enter")
    expect(faces(maya, "Next").first).to_have_text(CORNER)
    wait_until(maya, lambda: focused(maya) == CORNER, "the focus is with the card")
    wait_until(maya, lambda: spoken(maya) == f"{CORNER} moved to Next, position 1 of 4.", "it is said")


def test_letters_can_be_switched_off(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).wait_for()
    maya.keyboard.press("?")
    maya.get_by_role("dialog", name="Keys").get_by_role("checkbox").uncheck()
    maya.keyboard.press("Escape")
    maya.get_by_role("dialog", name="Keys").wait_for(state="detached")
    face(maya, CORNER).focus()
    maya.keyboard.press("c")
    maya.keyboard.press("/")
    maya.keyboard.press("Alt+ArrowUp")  # what is answered came after what is not
    expect(faces(maya, "Ideas").first).to_have_text(CORNER)
    expect(face(maya, CORNER)).to_be_focused()
    expect(maya.locator("dialog[open]")).to_have_count(0)


def test_a_card_is_renamed_where_it_stands(open_page: Open, board: str) -> None:
    maya, jon = open_page("Maya", board), open_page("Jon", board)
    face(jon, CORNER).wait_for()
    face(maya, CORNER).focus()
    maya.keyboard.press("t")
    maya.get_by_role("textbox", name="Title of the card").fill("Two armchairs")
    maya.keyboard.press("Enter")
    face(jon, "Two armchairs").wait_for()
    wait_until(maya, lambda: focused(maya) == "Two armchairs", "the focus is with the card")
    maya.keyboard.press("t")
    maya.get_by_role("textbox", name="Title of the card").fill("no")
    maya.keyboard.press("Escape")
    wait_until(maya, lambda: focused(maya) == "Two armchairs", "Escape changes nothing")
