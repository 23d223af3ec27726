"""Scene 8: undo of an archive, of a move, of a deleted comment."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.board_page import CORNER, LIBRARY, VISITS, card, cards_of, column, drag, face, faces, say, wait_until
from tests.browser.scenery import Scenery
from tests.servers import LiveServer

Open = Callable[..., Any]


def test_an_archived_card_comes_back(open_page: Open, board: str) -> None:
    maya, jon = open_page("Maya", board), open_page("Jon", board)
    face(jon, CORNER).wait_for()
    _choose(maya, CORNER, "Archive")
    face(jon, CORNER).wait_for(state="detached")
    maya.get_by_role("button", name="Undo").click()
    face(jon, CORNER).wait_for()
    wait_until(maya, lambda: CORNER in cards_of(maya, "Ideas"), "it is back")


def test_a_move_is_taken_back_to_where_it_was(open_page: Open, board: str) -> None:
    maya, jon = open_page("Maya", board), open_page("Jon", board)
    face(maya, CORNER).wait_for()
    before = cards_of(maya, "Ideas")
    drag(maya, card(maya, CORNER), card(maya, LIBRARY))
    wait_until(jon, lambda: CORNER in cards_of(jon, "Next"), "Jon sees the move")
    maya.get_by_role("button", name="Undo").click()
    for page in (jon, maya):
        expect(faces(page, "Ideas")).to_have_text(before)


def test_what_somebody_has_built_upon_is_not_undone_and_says_why(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).wait_for()
    drag(maya, card(maya, CORNER), card(maya, LIBRARY))
    maya.get_by_role("button", name="Undo").wait_for()
    moved = lambda: live_server.call("Jon", "GET", f"/cards/{scenery.cards[CORNER]}")[1]["data"]["list_id"]  # noqa: E731
    wait_until(maya, lambda: moved() == scenery.lists["Next"], "the server has it")
    live_server.call("Jon", "PUT", f"/cards/{scenery.cards[CORNER]}/position", {"list_id": scenery.lists["Done"]})
    wait_until(maya, lambda: CORNER in cards_of(maya, "Done"), "Jon's move is seen")
    maya.get_by_role("button", name="Undo").click()
    maya.locator(".toast", has_text="This could not be undone").wait_for()
    column(maya, "Done").get_by_text(CORNER).wait_for()


def test_a_deleted_comment_comes_back(open_page: Open, board: str, live_server: LiveServer, scenery: Scenery) -> None:
    say(live_server, "Maya", scenery.cards[VISITS], "I have the key to room 4.")
    maya = open_page("Maya", f"{board}/cards/{scenery.cards[VISITS]}")
    comment = maya.get_by_text("I have the key to room 4.")
    comment.wait_for()
    maya.locator(".comment").get_by_role("button", name="Delete").click()
    comment.wait_for(state="detached")
    maya.get_by_role("button", name="Undo").click()
    comment.wait_for()

    def on_server() -> list[tuple[str, str | None]]:
        found = live_server.call("Jon", "GET", f"/threads/{_thread(live_server, scenery)}/comments")[1]["data"]
        return [(comment["body"], comment["deleted_at"]) for comment in found]

    wait_until(maya, lambda: on_server() == [("I have the key to room 4.", None)], "the server has it again")


def test_the_archive_shows_what_was_put_away_and_gives_it_back(open_page: Open, board: str) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).wait_for()
    _choose(maya, CORNER, "Archive")
    face(maya, CORNER).wait_for(state="detached")
    maya.get_by_role("button", name="Archive", exact=True).click()
    drawer = maya.get_by_role("dialog", name="Put away")
    drawer.get_by_role("button", name=f"Restore {CORNER}").click()
    drawer.get_by_role("button", name=f"Restore {CORNER}").wait_for(state="detached")
    maya.keyboard.press("Escape")
    wait_until(maya, lambda: CORNER in cards_of(maya, "Ideas"), "it is back on the board")


def test_a_list_goes_and_comes_back_with_its_cards(open_page: Open, board: str) -> None:
    maya, jon = open_page("Maya", board), open_page("Jon", board)
    face(jon, LIBRARY).wait_for()
    cards = cards_of(jon, "Next")
    maya.get_by_role("button", name="More for the list Next").click()
    maya.get_by_role("menuitem", name="Archive this list").click()
    jon.get_by_role("region", name="Next", exact=True).wait_for(state="detached")
    maya.get_by_role("button", name="Undo").click()
    jon.get_by_role("region", name="Next", exact=True).wait_for()
    expect(faces(jon, "Next")).to_have_text(cards)


def _choose(page: Any, title: str, verb: str) -> None:
    card(page, title).hover()
    card(page, title).get_by_role("button", name="More for").click()
    page.get_by_role("menuitem", name=verb, exact=True).click()


def _thread(server: LiveServer, scenery: Scenery) -> int:
    thread: int = server.call("Maya", "GET", f"/cards/{scenery.cards[VISITS]}")[1]["data"]["thread_id"]
    return thread
