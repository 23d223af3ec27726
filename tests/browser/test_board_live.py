"""Scene 3: Maya drags a card; Jon's screen shows it; both agree after a network was down while both edited."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.board_page import (
    CORNER,
    LIBRARY,
    VISITS,
    card,
    cards_of,
    column,
    drag,
    face,
    faces,
    focused,
    say,
    share,
    wait_until,
    write,
)
from tests.browser.scenery import Scenery
from tests.school import PEOPLE
from tests.servers import LiveServer

Open = Callable[..., Any]
LISTS = ("Ideas", "Next", "In progress", "Done")


def test_another_screen_shows_a_drag(open_page: Open, board: str) -> None:
    maya, jon = open_page("Maya", board), open_page("Jon", board)
    face(jon, LIBRARY).wait_for()
    expected = cards_of(jon, "Next")
    expected.insert(expected.index(LIBRARY), CORNER)
    drag(maya, card(maya, CORNER), card(maya, LIBRARY))
    for page in (maya, jon):
        expect(faces(page, "Next")).to_have_text(expected)


def test_both_agree_after_one_was_away_while_both_edited(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    maya, jon = open_page("Maya", board), open_page("Jon", board)
    face(jon, CORNER).wait_for()
    face(maya, CORNER).wait_for()
    maya.context.set_offline(True)
    drag(maya, card(maya, CORNER), card(maya, LIBRARY))
    _add_card(maya, "Ideas", "Written without a network")
    maya.locator(".strip--warning").get_by_text("kept here").wait_for()
    column(maya, "Next").get_by_text(CORNER).wait_for()

    drag(jon, card(jon, VISITS), card(jon, LIBRARY), below=True)
    _add_card(jon, "Next", "Jon's own")
    column(jon, "Next").get_by_text("Jon's own").wait_for()
    assert CORNER in cards_of(jon, "Ideas"), "nobody has heard of Maya's changes yet"

    maya.context.set_offline(False)
    column(jon, "Ideas").get_by_text("Written without a network").wait_for()
    wait_until(jon, lambda: CORNER in cards_of(jon, "Next"), "Jon sees Maya's move")
    wait_until(maya, lambda: all(cards_of(maya, name) == cards_of(jon, name) for name in LISTS), "both screens agree")
    assert {"Jon's own", VISITS, CORNER} <= set(cards_of(maya, "Next"))

    def on_server() -> set[str]:
        return {c["title"] for c in live_server.call("Ana", "GET", f"/boards/{scenery.board}")[1]["cards"]}

    wait_until(jon, lambda: {"Written without a network", "Jon's own"} <= on_server(), "the server has both")
    maya.locator(".strip").wait_for(state="detached")


def test_screens_recover_by_themselves_when_the_server_was_killed(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    maya, jon = open_page("Maya", board), open_page("Jon", board)
    face(jon, CORNER).wait_for()
    face(maya, CORNER).wait_for()
    live_server.kill()
    maya.locator(".strip").wait_for()
    drag(maya, card(maya, CORNER), card(maya, LIBRARY))
    live_server.start()
    column(jon, "Next").get_by_text(CORNER).wait_for()
    for page in (maya, jon):
        page.locator(".strip").wait_for(state="detached")
    wait_until(maya, lambda: all(cards_of(maya, name) == cards_of(jon, name) for name in LISTS), "both screens agree")
    _move(live_server, scenery.cards[VISITS], {"list_id": scenery.lists["Next"], "before_id": scenery.cards[CORNER]})
    column(maya, "Next").get_by_text(VISITS).wait_for()


def test_what_others_do_takes_no_focus_no_scroll_and_no_text(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    maya = open_page("Maya", board, viewport={"width": 1366, "height": 420})
    composer = column(maya, "Next")
    composer.get_by_role("button", name="Add a card").click()
    write(maya, "half a thou")
    maya.locator(".lists").evaluate("row => { row.scrollLeft = 90 }")
    scrolled = maya.locator(".lists").evaluate("row => row.scrollLeft")

    _move(live_server, scenery.cards[CORNER], {"list_id": scenery.lists["Next"], "before_id": scenery.cards[LIBRARY]})
    live_server.call("Jon", "PUT", f"/lists/{scenery.lists['Ideas']}/position", {"after_id": scenery.lists["Done"]})
    live_server.call("Jon", "PATCH", f"/lists/{scenery.lists['Next']}", {"title": "Next up"})
    column(maya, "Next up").get_by_text(CORNER).wait_for()

    wait_until(maya, lambda: focused(maya) == "half a thou", "the focus is where it was")
    assert maya.locator(".lists").evaluate("row => row.scrollLeft") == scrolled
    maya.keyboard.type("ght")
    maya.keyboard.press("Enter")
    column(maya, "Next up").locator(".card__open", has_text="half a thought").wait_for()


def test_the_focus_stays_with_a_card_that_others_move(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).focus()
    _move(live_server, scenery.cards[CORNER], {"list_id": scenery.lists["Done"]})
    column(maya, "Done").get_by_text(CORNER).wait_for()
    wait_until(maya, lambda: focused(maya) == CORNER, "the focus went along")


def test_a_refused_change_is_taken_back_and_the_reason_said(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    maya = open_page("Maya", board)
    face(maya, CORNER).wait_for()
    maya.route(
        "**/api/v1/cards/*/position",
        lambda route: route.fulfill(status=403, json={"title": "Forbidden", "detail": "Not today."}),
    )
    drag(maya, card(maya, CORNER), card(maya, LIBRARY))
    maya.locator(".toast", has_text="Not done: Not today.").wait_for()
    wait_until(maya, lambda: CORNER in cards_of(maya, "Ideas"), "the card is back")


def test_who_is_here_is_seen_and_leaves(open_page: Open, board: str, scenery: Scenery) -> None:
    maya, jon = open_page("Maya", board), open_page("Jon", board)
    here = maya.get_by_role("list", name="Here now")
    here.get_by_text("Jon").wait_for(state="attached")
    face(jon, VISITS).click()
    card(maya, VISITS).locator(".card__here").wait_for()
    jon.context.close()
    here.wait_for(state="detached")


def test_who_may_only_read_finds_nothing_to_change(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    share(live_server, scenery.board, "Sam", "read")
    say(live_server, "Jon", scenery.cards[VISITS], "Room 12 is free.")
    sam = open_page("Sam", board)
    face(sam, CORNER).wait_for()
    for verb in ("Add a card", "Add a list", "More for the list Next", "Done: ", "Rename"):
        expect(sam.get_by_role("button", name=verb)).to_have_count(0)
    face(sam, VISITS).click()
    sam.get_by_text("Room 12 is free.").wait_for()
    dialog = sam.get_by_role("dialog")
    expect(dialog.get_by_text("Room 12 is free.")).to_be_visible()
    assert set(dialog.get_by_role("button").all_inner_texts()) <= {"", "Copy link", "Hide ticked"}, (
        "only close, the menu that opens, and what reading takes"
    )
    expect(dialog.get_by_role("textbox")).to_have_count(0)
    assert all(box.is_disabled() for box in dialog.get_by_role("checkbox").all())


def test_a_right_that_is_given_and_taken_shows_at_once(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    share(live_server, scenery.board, "Sam", "read")
    sam = open_page("Sam", board)
    face(sam, CORNER).wait_for()
    share(live_server, scenery.board, "Sam", "edit")
    sam.get_by_role("button", name="Add a card").first.wait_for()
    live_server.call("Jon", "DELETE", f"/boards/{scenery.board}/guests/{PEOPLE['Sam'].member_id}")
    sam.get_by_text("no longer shared with you").wait_for()


def _add_card(page: Any, name: str, title: str) -> None:
    column(page, name).get_by_role("button", name="Add a card").click()
    write(page, title, "Enter")
    expect(page.get_by_label("Title of the new card")).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Title of the new card")).to_have_count(0)


def _move(server: LiveServer, id: int, body: dict[str, int]) -> None:
    status, answer = server.call("Jon", "PUT", f"/cards/{id}/position", body)
    assert status == 200, answer
