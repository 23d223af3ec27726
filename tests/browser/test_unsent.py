"""On a shared computer what is typed and not sent goes to the server, and is there again wherever its writer signs in."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.board_page import CORNER, VISITS, column, wait_until
from tests.browser.scenery import Scenery
from tests.servers import LiveServer

Open = Callable[..., Any]
PASSWORD = "chalk-and-cheese-71"


@pytest.fixture
def kept(live_server: LiveServer) -> Callable[[str], list[str]]:
    """The texts that the server keeps of a person."""
    return lambda person: [row["text"] for row in live_server.call(person, "GET", "/me/drafts")[1]["data"]]


def shared_computer(open_page: Open, person: str = "maya") -> Any:
    page = open_page(None, "/sign-in")
    body = {"email": f"{person}@example.org", "password": PASSWORD, "shared": True}
    assert page.context.request.post("/api/v1/session", data=body).ok
    return page


def test_who_is_signed_out_by_the_clock_finds_her_words_again(
    open_page: Open, board: str, scenery: Scenery, kept: Callable[[str], list[str]]
) -> None:
    page = shared_computer(open_page)
    page.clock.install()
    page.goto(board)
    column(page, "Next").get_by_role("button", name="Add a card").click()
    page.get_by_role("textbox", name="Title of the new card").fill("Ask the canteen about lamps")
    page.goto(f"{board}/cards/{scenery.cards[CORNER]}")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Write a comment")).to_be_visible()
    dialog.get_by_role("button", name="Say what it is about").click()
    dialog.get_by_role("textbox", name="Description").fill("Two armchairs, and")
    dialog.get_by_role("textbox", name="Write a comment").fill("I was just about to say")
    page.clock.fast_forward("20:01")
    page.wait_for_url("**/sign-in")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert set(kept("Maya")) == {"Ask the canteen about lamps", "Two armchairs, and", "I was just about to say"}

    # Somebody else at the same computer finds nothing of it.
    assert page.context.request.post(
        "/api/v1/session", data={"email": "jon@example.org", "password": PASSWORD, "shared": True}
    ).ok
    page.goto(f"{board}/cards/{scenery.cards[CORNER]}")
    expect(page.get_by_role("dialog").get_by_role("textbox", name="Write a comment")).to_have_value("")
    assert kept("Jon") == []

    # She herself, at another one, is told at home, and goes on.
    maya = open_page("Maya", "/")
    maya.get_by_role("button", name="Go there").click()
    dialog = maya.get_by_role("dialog")
    comment = dialog.get_by_role("textbox", name="Write a comment")
    expect(comment).to_have_value("I was just about to say")
    dialog.get_by_role("button", name="Go on writing").click()
    expect(dialog.get_by_role("textbox", name="Description")).to_have_value("Two armchairs, and")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".prose", has_text="Two armchairs, and")).to_be_visible()
    comment.press("Control+Enter")
    expect(dialog.get_by_role("article", name="Comment by Maya")).to_contain_text("I was just about to say")
    dialog.get_by_role("button", name="Close", exact=True).click()
    column(maya, "Next").get_by_role("button", name="Add a card").click()
    written = maya.get_by_role("textbox", name="Title of the new card")
    expect(written).to_have_value("Ask the canteen about lamps")
    written.press("Enter")
    expect(column(maya, "Next").get_by_role("link", name="Ask the canteen about lamps")).to_be_visible()
    wait_until(maya, lambda: kept("Maya") == [], "what is sent is kept no longer")


def test_it_is_kept_as_one_types_and_not_after_it_was_given_up(
    open_page: Open, board: str, scenery: Scenery, kept: Callable[[str], list[str]]
) -> None:
    """Somebody pulls the plug: nothing had to happen at the end."""
    page = shared_computer(open_page)
    page.goto(f"{board}/cards/{scenery.cards[VISITS]}")
    comment = page.get_by_role("dialog").get_by_role("textbox", name="Write a comment")
    comment.fill("Half a thought")
    wait_until(page, lambda: kept("Maya") == ["Half a thought"], "kept while it is typed")
    page.context.close()

    again = shared_computer(open_page)
    again.goto(f"{board}/cards/{scenery.cards[VISITS]}")
    comment = again.get_by_role("dialog").get_by_role("textbox", name="Write a comment")
    expect(comment).to_have_value("Half a thought")
    comment.fill("")
    wait_until(again, lambda: kept("Maya") == [], "given up")


def test_signing_out_of_her_own_computer_takes_it_along(
    open_page: Open, board: str, scenery: Scenery, kept: Callable[[str], list[str]]
) -> None:
    maya = open_page("Maya", f"{board}/cards/{scenery.cards[VISITS]}")
    dialog = maya.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Write a comment").fill("Not yet")
    dialog.get_by_role("button", name="Close", exact=True).click()
    expect(dialog).to_have_count(0)
    assert kept("Maya") == [], "here it stays in the page"
    maya.get_by_role("button", name="Sign out").click()
    maya.wait_for_url("**/sign-in")
    wait_until(maya, lambda: kept("Maya") == ["Not yet"], "on the server")


def test_somebody_wrote_meanwhile_and_both_texts_stand_there(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer, kept: Callable[[str], list[str]]
) -> None:
    card = scenery.cards[VISITS]
    live_server.call("Jon", "PATCH", f"/cards/{card}", {"description": "As it was."})
    page = shared_computer(open_page)
    page.goto(f"{board}/cards/{card}")
    page.get_by_role("dialog").get_by_role("button", name="Edit: Description").click()
    page.get_by_role("textbox", name="Description").fill("As it was, and Maya's.")
    wait_until(page, lambda: kept("Maya") == ["As it was, and Maya's."], "kept while it is typed")
    page.context.close()
    live_server.call("Jon", "PATCH", f"/cards/{card}", {"description": "As it was, and Jon's."})

    maya = open_page("Maya", f"{board}/cards/{card}")
    dialog = maya.get_by_role("dialog")
    dialog.get_by_role("button", name="Edit: Description").click()
    expect(dialog.get_by_role("textbox", name="Description")).to_have_value("As it was, and Maya's.")
    dialog.get_by_role("button", name="Save").click()
    both = dialog.get_by_role("group", name="Two texts: Description")
    expect(both.get_by_role("region", name="Yours, not saved yet")).to_have_text("As it was, and Maya's.")
    both.get_by_role("button", name="Keep mine").click()
    expect(dialog.locator(".prose", has_text="and Maya's.")).to_be_visible()
    wait_until(maya, lambda: kept("Maya") == [], "settled")
