"""Scene 5: moving a card by keyboard only, heard by a screen reader."""

from collections.abc import Callable
from typing import Any

from tests.browser.board_page import CORNER, LIBRARY, cards_of, face, focused, press, spoken, wait_until

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
    wait_until(
        jon,
        lambda: cards_of(jon, "Next").index(CORNER) == 2 if CORNER in cards_of(jon, "Next") else False,
        "Jon sees it",
    )


def test_escape_brings_it_back_and_nothing_is_sent(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    sent: list[str] = []
    maya.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    before = cards_of(maya, "Ideas") or (face(maya, CORNER).wait_for(), cards_of(maya, "Ideas"))[1]
    face(maya, CORNER).focus()
    said = press(maya, "Space", "ArrowRight", "Escape")
    assert said[-1] == f"{CORNER} is back. Position 2 of 3 in Ideas."
    assert cards_of(maya, "Ideas") == before
    assert focused(maya) == CORNER
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


def test_alt_and_an_arrow_move_at_once(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).focus()
    press(maya, "Alt+ArrowUp")
    wait_until(maya, lambda: cards_of(maya, "Ideas")[0] == CORNER, "it is at the top")
    wait_until(maya, lambda: focused(maya) == CORNER, "the focus is with the card")
    press(maya, "Alt+ArrowRight")
    wait_until(maya, lambda: cards_of(maya, "Next")[0] == CORNER, "it is in the next list")


def test_the_menu_moves_to_a_list_and_a_place(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).focus()
    maya.keyboard.press("Tab")
    maya.keyboard.press("Tab")
    maya.keyboard.press("Enter")
    maya.get_by_role("menuitem", name="Move to…").press("Enter")
    popup = maya.get_by_role("dialog", name="Move to…")
    popup.get_by_label("List").select_option(label="Next")
    popup.get_by_label("Position").select_option(label="1 (top)")
    popup.get_by_role("button", name="Move").press("Enter")
    wait_until(maya, lambda: cards_of(maya, "Next")[0] == CORNER, "it is at the top of Next")
    wait_until(maya, lambda: focused(maya) == CORNER, "the focus is with the card")
    assert spoken(maya) == f"{CORNER} moved to Next, position 1 of 4."


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
    assert focused(maya) == CORNER
    assert CORNER in cards_of(maya, "Ideas")


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
