"""Scene 6, without picture and mail: a comment with a mention, told to who is meant; a reply; settled. And what makes a long discussion usable:
its addresses, what is new, quotes, drafts, and who is writing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.board_page import CORNER, VISITS, card_id, say, spoken, wait_until
from tests.browser.scenery import Scenery
from tests.school import PEOPLE
from tests.servers import LiveServer

Open = Callable[..., Any]
MAYA, JON, ROSE = (PEOPLE[name].member_id for name in ("Maya", "Jon", "Rose"))


def opened(page: Any, board: str, scenery: Scenery, title: str, comment: int | None = None) -> Any:
    page.goto(f"{board}/cards/{card_id(scenery, title)}{f'#comment-{comment}' if comment else ''}")
    dialog = page.get_by_role("dialog", name=title)
    dialog.get_by_label("Write a comment").wait_for()
    return dialog


def thread_of(server: LiveServer, scenery: Scenery, title: str) -> int:
    thread: int = server.call("Jon", "GET", f"/cards/{card_id(scenery, title)}")[1]["data"]["thread_id"]
    return thread


def newest(server: LiveServer, scenery: Scenery) -> str:
    """What the last comment on the reading corner says."""
    found = server.call("Jon", "GET", f"/threads/{thread_of(server, scenery, CORNER)}/comments")[1]["data"]
    return str(found[-1]["body"]) if found else ""


def test_a_mention_a_reply_and_settled(open_page: Open, board: str, scenery: Scenery, live_server: LiveServer) -> None:
    live_server.call("Rose", "PUT", "/notices/read", {"up_to": 2**50})
    jon, rose = open_page("Jon", "/"), open_page("Rose", "/")
    dialog = opened(jon, board, scenery, CORNER)
    field = dialog.get_by_label("Write a comment")
    field.press_sequentially("Is there a lamp, @ro")
    dialog.get_by_role("option", name="Rose").wait_for()
    wait_until(jon, lambda: "1 person: Rose" in spoken(jon), "it is said")
    jon.keyboard.press("Enter")
    expect(field).to_have_value("Is there a lamp, @Rose ")
    jon.keyboard.press("Control+Enter")
    dialog.locator(".comment .mention", has_text="@Rose").wait_for()
    wait_until(jon, lambda: newest(live_server, scenery) == f"Is there a lamp, @[Rose](member:{ROSE})", "it is sent")

    # She is told where she is, and led there.
    rose.locator(".nav .bell__count", has_text="1").wait_for()
    rose.goto("/notices")
    rose.get_by_role("link", name=f"Jon mentioned you in “{CORNER}”").click()
    hers = rose.get_by_role("dialog", name=CORNER)
    comment = hers.locator(".comment", has_text="Is there a lamp")
    expect(comment.locator(".mention--me")).to_have_count(1)
    expect(comment).to_have_attribute("data-pointed", "")
    comment.get_by_role("button", name="Reply").click()
    hers.get_by_label("Write a reply").fill("Two, in the **attic**.")
    hers.get_by_label("Write a reply").press("Control+Enter")
    dialog.locator(".thread__replies strong", has_text="attic").wait_for()

    dialog.get_by_role("button", name="Mark as settled").click()
    hers.get_by_text("Settled, today").wait_for()
    dialog.get_by_role("button", name="Open it again").click()
    hers.get_by_text("Settled, today").wait_for(state="detached")
    dialog.get_by_role("button", name="Undo").click()
    hers.get_by_text("Settled, today").wait_for()


def test_choosing_by_arrows_and_leaving_the_list(open_page: Open, board: str, scenery: Scenery) -> None:
    jon = open_page("Jon", "/")
    dialog = opened(jon, board, scenery, CORNER)
    field = dialog.get_by_label("Write a comment")
    field.press_sequentially("@")
    options = dialog.get_by_role("listbox", name="People").get_by_role("option")
    options.first.wait_for()
    for name in ("Ana", "Maya", "Rose", "Thomas"):
        expect(options.locator(".mentions__name", has_text=name)).to_have_count(1)
    expect(options.locator(".mentions__name", has_text="Jon")).to_have_count(0)
    jon.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id"))
    jon.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(dialog).to_be_visible()
    expect(field).to_have_value("@")
    field.press_sequentially("t")
    options.filter(has_text="Thomas").click()
    expect(field).to_have_value("@Thomas ")


def test_an_address_leads_to_its_comment(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    card = card_id(scenery, CORNER)
    ids = [say(live_server, "Rose" if n % 2 else "Ana", card, f"Thought number {n}") for n in range(75)]
    jon = open_page("Jon", "/")
    dialog = opened(jon, board, scenery, CORNER, ids[3])
    wanted = dialog.locator(f"#comment-{ids[3]}")
    expect(wanted).to_have_attribute("data-pointed", "")
    expect(wanted).to_be_in_viewport()
    dialog = opened(jon, board, scenery, CORNER)
    expect(dialog.locator(".comment")).to_have_count(60)
    dialog.get_by_role("button", name="Show 15 earlier").click()
    expect(dialog.locator(".comment")).to_have_count(75)


def test_what_is_new_is_marked_until_it_was_seen(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    thread = thread_of(live_server, scenery, VISITS)
    known = say(live_server, "Rose", card_id(scenery, VISITS), "Thursday?")
    live_server.call("Maya", "PUT", f"/threads/{thread}/read", {"up_to": known})
    newest = say(live_server, "Jon", card_id(scenery, VISITS), "Which room?")
    maya = open_page("Maya", "/")
    dialog = opened(maya, board, scenery, VISITS)
    dialog.get_by_text("1 new").wait_for()
    expect(dialog.get_by_role("separator").filter(has_text="New")).to_contain_text("New since")
    dialog.locator(f"#comment-{newest}").scroll_into_view_if_needed()

    def read_to() -> int:
        up_to: int = live_server.call("Maya", "GET", f"/threads/{thread}/comments")[1]["thread"]["up_to"]
        return up_to

    wait_until(maya, lambda: read_to() == newest, "it was seen")
    expect(dialog.get_by_text("1 new")).to_be_visible()
    dialog = opened(maya, board, scenery, VISITS)
    dialog.locator(f"#comment-{newest}").wait_for()
    expect(dialog.get_by_text("1 new")).to_have_count(0)


def test_a_quote_and_a_draft_that_outlives_the_page(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    say(live_server, "Rose", card_id(scenery, CORNER), f"Ask @[Maya](member:{MAYA})\nand the cook")
    jon = open_page("Jon", "/")
    dialog = opened(jon, board, scenery, CORNER)
    dialog.locator(".comment", has_text="and the cook").get_by_role("button", name="Quote").click()
    field = dialog.get_by_label("Write a reply")
    expect(field).to_have_value("> **Rose:**\n> Ask @Maya\n> and the cook\n\n")
    field.press_sequentially("I did.")
    dialog.get_by_label("Write a comment").fill("half a thought")
    jon.reload()
    again = jon.get_by_role("dialog", name=CORNER)
    expect(again.get_by_label("Write a comment")).to_have_value("half a thought")
    again.locator(".comment", has_text="and the cook").get_by_role("button", name="Reply").click()
    expect(again.get_by_label("Write a reply")).to_have_value(re.compile(r"I did\.$"))
    again.get_by_label("Write a reply").press("Control+Enter")
    again.locator(".thread__replies blockquote", has_text="and the cook").wait_for()
    again.get_by_role("button", name="Preview").first.click()
    again.get_by_role("region", name="Preview").get_by_text("half a thought").wait_for()


def test_on_a_shared_computer_nothing_stays(open_page: Open, board: str, scenery: Scenery) -> None:
    page = open_page(None, "/sign-in")
    page.get_by_label("E-mail").fill(PEOPLE["Jon"].email)
    page.get_by_label("Password", exact=True).fill("chalk-and-cheese-71")
    page.get_by_label("shared", exact=False).first.check()
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Hello, Jon").wait_for()
    dialog = opened(page, board, scenery, CORNER)
    dialog.get_by_label("Write a comment").fill("between us")
    assert page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})").count("between us") == 0


def test_who_cannot_see_it_is_refused_and_the_words_stay(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    jon = open_page("Jon", "/")
    dialog = opened(jon, board, scenery, CORNER)
    field = dialog.get_by_label("Write a comment")
    field.fill("@[Olga](member:7) what do you think?")
    field.press("Control+Enter")
    dialog.locator(".toast", has_text="Somebody you mention cannot see this").wait_for()
    expect(field).to_have_value(re.compile(r"what do you think\?"))


def test_who_is_here_and_writing(open_page: Open, board: str, scenery: Scenery) -> None:
    jon, maya = open_page("Jon", "/"), open_page("Maya", "/")
    his, hers = opened(jon, board, scenery, CORNER), opened(maya, board, scenery, CORNER)
    his.get_by_label("Write a comment").press_sequentially("Hm")
    hers.get_by_text("Jon is writing…").wait_for()
    his.get_by_label("Write a comment").fill("")
    hers.get_by_text("Jon is writing…").wait_for(state="detached")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Open, board: str, scenery: Scenery, live_server: LiveServer, scheme: str) -> None:
    id = say(live_server, "Rose", card_id(scenery, CORNER), f"Ask @[Jon](member:{JON}) and @[Maya](member:{MAYA})")
    jon = open_page("Jon", "/", color_scheme=scheme)
    dialog = opened(jon, board, scenery, CORNER, id)
    dialog.locator(".comment[data-pointed]").wait_for()
    dialog.get_by_label("Write a comment").press_sequentially("@")
    dialog.get_by_role("listbox", name="People").wait_for()
    assert not faults(jon)


def test_a_comment_changed_in_two_windows_loses_neither_text(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    id = say(live_server, "Jon", card_id(scenery, CORNER), "Room 4")
    jon = open_page("Jon", "/")
    dialog = opened(jon, board, scenery, CORNER)
    comment = dialog.locator(f"#comment-{id}")
    comment.get_by_role("button", name="Edit").click()
    comment.get_by_label("Your comment").fill("Room 5, on Thursday")
    live_server.call("Jon", "PATCH", f"/comments/{id}", {"body": "Room 6"})
    comment.get_by_label("Your comment").press("Control+Enter")
    both = dialog.get_by_role("group", name="Two texts: Your comment")
    both.get_by_role("button", name="Keep mine").click()
    dialog.locator(".comment", has_text="Room 5, on Thursday").wait_for()
    wait_until(jon, lambda: newest(live_server, scenery) == "Room 5, on Thursday", "it is kept")
