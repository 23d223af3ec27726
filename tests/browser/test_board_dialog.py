"""A card's dialog: at its own address, with everything on it; scene 4: two people write at once and neither text is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.board_page import CORNER, VISITS, card, face, focused, say, wait_until, write
from tests.browser.scenery import Scenery
from tests.school import PEOPLE
from tests.servers import LiveServer

Open = Callable[..., Any]


def test_it_has_its_own_address_and_opens_cold(open_page: Open, board: str, scenery: Scenery) -> None:
    address = f"{board}/cards/{scenery.cards[VISITS]}"
    maya = open_page("Maya", board)
    face(maya, VISITS).click()
    dialog = maya.get_by_role("dialog", name=VISITS)
    dialog.wait_for()
    expect(maya).to_have_url(re.compile(re.escape(address) + "$"))
    expect(maya).to_have_title(re.compile(VISITS))
    maya.go_back()
    dialog.wait_for(state="detached")
    maya.go_forward()
    dialog.wait_for()
    maya.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    expect(maya).to_have_url(re.compile(f"{board}$"))
    wait_until(maya, lambda: focused(maya) == VISITS, "the focus is back on the card")

    cold = open_page("Jon", address)
    cold.get_by_role("dialog", name=VISITS).get_by_role("checkbox", name="Pairs found").wait_for()
    cold.get_by_role("button", name="Close", exact=True).click()
    cold.get_by_role("dialog").wait_for(state="detached")
    expect(cold).to_have_url(re.compile(f"{board}$"))
    face(cold, VISITS).wait_for()


def test_a_card_that_is_not_there_says_so_and_leads_back(open_page: Open, board: str) -> None:
    maya = open_page("Maya", f"{board}/cards/987654")
    maya.get_by_role("heading", name="This card is not here").wait_for()
    maya.get_by_role("button", name="Back to the board").click()
    face(maya, CORNER).wait_for()


def test_everything_on_a_card_is_made_and_seen_by_the_other(open_page: Open, board: str, scenery: Scenery) -> None:
    address = f"{board}/cards/{scenery.cards[CORNER]}"
    maya, jon = open_page("Maya", address), open_page("Jon", address)
    mine, his = maya.get_by_role("dialog"), jon.get_by_role("dialog")
    his.get_by_text("Discussion").wait_for()

    mine.get_by_role("button", name="Say what it is about").click()
    write(maya, "Two armchairs and a lamp.")
    mine.get_by_role("button", name="Save").click()
    his.get_by_text("Two armchairs and a lamp.").wait_for()

    mine.get_by_role("button", name="Add a checklist").click()
    write(maya, "To find", "Enter")
    mine.locator(".checklist:not([data-id^='-'])").wait_for()  # it is drawn anew when it is saved
    mine.get_by_role("button", name="Add an item").click()
    write(maya, "A lamp", "Enter")
    his.get_by_role("checkbox", name="A lamp").check()
    expect(mine.get_by_role("checkbox", name="A lamp")).to_be_checked()

    mine.get_by_role("button", name="Add a link").click()
    write(maya, "example.org/lamps", "Enter")
    his.get_by_role("link", name="https://example.org/lamps").wait_for()

    mine.get_by_role("button", name="Ask somebody").click()
    maya.get_by_role("button", name="Jon").click()
    maya.keyboard.press("Escape")
    maya.locator(".popup").wait_for(state="detached")
    his.get_by_text("Maya asks you to take this on.").wait_for()
    his.get_by_role("button", name="Yes, I will").click()
    mine.get_by_title("Jon, asked").wait_for(state="detached")
    mine.locator(".owner").get_by_title("Jon", exact=True).wait_for()

    mine.get_by_role("button", name="Add a label").click()
    maya.get_by_role("button", name="Families", exact=True).click()
    maya.keyboard.press("Escape")
    maya.locator(".popup").wait_for(state="detached")
    his.locator(".sheet__where").get_by_text("Families").wait_for()

    mine.get_by_role("textbox", name="Due").fill("2040-03-01")
    mine.get_by_role("textbox", name="Due").press("Enter")
    his.locator(".due", has_text="Thu 1 Mar").wait_for()
    his.get_by_role("button", name="Done", exact=True).click()
    mine.get_by_text("Thu 1 Mar, done").wait_for()

    mine.get_by_label("Write a comment").fill("Found **one** in the attic.")
    mine.get_by_role("button", name="Comment", exact=True).click()
    his.locator(".comment strong", has_text="one").wait_for()
    his.get_by_role("button", name="Reply").click()
    write(jon, "Wonderful")
    his.locator(".thread").get_by_role("button", name="Reply").last.click()
    mine.locator(".thread__replies").get_by_text("Wonderful").wait_for()
    mine.locator(".thread__replies").get_by_role("button", name="React").click()
    maya.get_by_role("button", name="🎉").click()
    his.get_by_role("button", name="🎉 by Maya").click()
    mine.get_by_role("button", name="🎉 by Maya, Jon").wait_for()
    expect(card(maya, CORNER).locator(".count", has_text="2").first).to_be_visible()


def description_of(server: LiveServer, id: int) -> str:
    found: str = server.call("Jon", "GET", f"/cards/{id}")[1]["data"]["description"]
    return found


@pytest.mark.parametrize(
    ("way", "kept"),
    [
        ("Keep mine", "Maya's text, as it was."),
        ("Keep theirs", "As it was, says Jon."),
        ("Merge", "Maya's text, as it was, says Jon."),
    ],
)
def test_two_people_edit_a_description_and_neither_text_is_lost(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery, way: str, kept: str
) -> None:
    id = scenery.cards[VISITS]
    live_server.call("Jon", "PATCH", f"/cards/{id}", {"description": "As it was."})
    address = f"{board}/cards/{id}"
    maya, jon = open_page("Maya", address), open_page("Jon", address)
    mine, his = maya.get_by_role("dialog"), jon.get_by_role("dialog")
    for dialog in (mine, his):
        dialog.get_by_role("button", name="Edit: Description").click()
    mine.get_by_role("textbox", name="Description").fill("Maya's text, as it was.")
    his.get_by_role("textbox", name="Description").fill("As it was, says Jon.")
    his.get_by_role("button", name="Save", exact=True).click()
    mine.get_by_text("Jon has changed this text.").wait_for()
    expect(mine.get_by_role("textbox", name="Description")).to_have_value("Maya's text, as it was.")
    mine.get_by_role("button", name="Save", exact=True).click()
    both = mine.get_by_role("group", name="Two texts: Description")
    both.wait_for()
    assert description_of(live_server, id) == "As it was, says Jon."
    wait_until(maya, lambda: "Nothing is lost" in focused(maya), "the focus is where it is said")
    expect(both.get_by_role("region", name="Yours, not saved yet")).to_have_text("Maya's text, as it was.")
    expect(both.get_by_role("region", name="Jon’s, saved")).to_have_text("As it was, says Jon.")
    both.locator("mark").nth(1).wait_for()
    choice = both.get_by_role("button", name=way)
    choice.focus()
    maya.keyboard.press("Enter")
    if way == "Merge":
        third = both.get_by_role("textbox", name="Made of both")
        expect(third).to_have_value(re.compile(r"Maya[\s\S]*says Jon|says Jon[\s\S]*Maya"))
        third.fill(kept)
        both.get_by_role("button", name="Save this one").click()
    both.wait_for(state="detached")
    for dialog in (mine, his):
        dialog.locator(".prose", has_text=kept).first.wait_for()
    wait_until(maya, lambda: description_of(live_server, id) == kept, "kept")


def test_two_titles_stand_side_by_side_too(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    id = scenery.cards[VISITS]
    maya = open_page("Maya", f"{board}/cards/{id}")
    dialog = maya.get_by_role("dialog")
    dialog.get_by_role("button", name=VISITS).click()
    field = dialog.get_by_role("textbox", name="Title")
    field.wait_for()
    live_server.call("Jon", "PATCH", f"/cards/{id}", {"title": "Visits, says Jon"})
    field.fill("Visits, says Maya")
    field.press("Enter")
    both = dialog.get_by_role("group", name="Two texts: Title")
    both.get_by_role("button", name="Keep mine").click()
    dialog.get_by_role("heading", name="Visits, says Maya").wait_for()
    maya.set_viewport_size({"width": 390, "height": 844})
    wait_until(maya, lambda: maya.evaluate("document.documentElement.scrollWidth") <= 390, "it fits on a phone")


def test_a_description_is_written_with_keys_buttons_and_a_preview(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    id = scenery.cards[CORNER]
    maya = open_page("Maya", f"{board}/cards/{id}")
    dialog = maya.get_by_role("dialog")
    dialog.get_by_role("button", name="Say what it is about").click()
    field = dialog.get_by_role("textbox", name="Description")
    write(maya, "Two chairs", "Control+A", "Control+B")
    expect(field).to_have_value("**Two chairs**")
    maya.keyboard.press("End")
    maya.keyboard.press("Enter")
    maya.keyboard.press("Enter")
    dialog.get_by_role("button", name="Tasks").click()
    write(maya, "a lamp")
    expect(field).to_have_value("**Two chairs**\n\n- [ ] a lamp")
    dialog.get_by_role("toolbar", name="Writing").get_by_role("button", name="Preview").click()
    preview = dialog.get_by_role("region", name="Preview")
    preview.locator("strong", has_text="Two chairs").wait_for()
    preview.get_by_role("img", name="to do:").wait_for()
    dialog.get_by_role("toolbar", name="Writing").get_by_role("button", name="Preview").click()
    expect(field).to_be_focused()
    maya.keyboard.press("Escape")
    dialog.get_by_text("kept here, not saved").wait_for()
    dialog.get_by_role("button", name="Edit: Description").or_(
        dialog.get_by_role("button", name="Go on writing")
    ).first.click()
    expect(field).to_be_focused()
    maya.keyboard.press("Control+Enter")
    dialog.locator(".prose strong", has_text="Two chairs").wait_for()
    wait_until(maya, lambda: description_of(live_server, id).startswith("**Two chairs**"), "saved")


def test_a_day_is_typed_as_it_is_said_or_chosen_by_keys(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    id = scenery.cards[CORNER]
    due = lambda: live_server.call("Jon", "GET", f"/cards/{id}")[1]["data"]["due"]  # noqa: E731
    maya = open_page("Maya", f"{board}/cards/{id}", locale="en-GB")
    dialog = maya.get_by_role("dialog")
    dialog.get_by_text("Discussion").wait_for()
    maya.keyboard.press("d")
    expect(dialog.locator("#card-due")).to_be_focused()
    maya.keyboard.type("1 march 2040 3pm")
    dialog.get_by_text("Thu 1 Mar, 15:00").wait_for()
    maya.keyboard.press("Enter")
    wait_until(maya, lambda: (due() or "").startswith("2040-03-01T"), "saved")
    dialog.locator("#card-due").fill("when I can")
    maya.keyboard.press("Enter")
    dialog.get_by_text("That is no day we know.").wait_for()
    assert due().startswith("2040-03-01T")
    maya.keyboard.press("Escape")
    maya.keyboard.press("ArrowDown")
    wait_until(maya, lambda: "1 March 2040" in (maya.evaluate("document.activeElement.ariaLabel") or ""), "in the grid")
    for key in ("PageDown", "End", "ArrowLeft", "Enter"):
        maya.keyboard.press(key)
    wait_until(maya, lambda: (due() or "").startswith("2040-03-31T"), "the Saturday of that week")
    dialog.get_by_role("button", name="Remove the date: Due").click()
    wait_until(maya, lambda: due() is None, "no date")


def test_who_is_asked_proposes_another_date_and_it_is_taken(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    id = scenery.cards[CORNER]
    live_server.call("Jon", "PUT", f"/cards/{id}/owners/{PEOPLE['Maya'].member_id}")
    address = f"{board}/cards/{id}"
    maya, jon = open_page("Maya", address), open_page("Jon", address)
    mine, his = maya.get_by_role("dialog"), jon.get_by_role("dialog")
    mine.get_by_text("Jon asks you to take this on.").wait_for()
    mine.get_by_role("button", name="Another date").click()
    mine.get_by_role("textbox", name="Another date").fill("4 dec 2040")
    mine.get_by_role("textbox", name="A word on it").fill("After the reports")
    mine.get_by_role("button", name="Propose").click()
    mine.get_by_text("You proposed").wait_for()
    his.get_by_text("Maya would take it until").wait_for()
    his.get_by_text("After the reports").wait_for()
    his.get_by_role("button", name="Take this date").click()
    mine.get_by_text("Jon asks you to take this on.").wait_for(state="detached")
    his.get_by_text("Maya would take it until").wait_for(state="detached")
    read = lambda: live_server.call("Jon", "GET", f"/cards/{id}")[1]["data"]  # noqa: E731
    wait_until(jon, lambda: read()["due"] == "2040-12-04", "it is kept")
    data = read()
    assert (data["due"], data["asked_ids"]) == ("2040-12-04", [])
    his.get_by_text("Activity").click()
    his.get_by_role("button", name="Undo: Jon took the proposed date").click()
    his.get_by_text("Maya would take it until").wait_for()


def test_help_is_wanted_and_given(open_page: Open, board: str, live_server: LiveServer, scenery: Scenery) -> None:
    id = scenery.cards[VISITS]
    jon, rose = open_page("Jon", f"{board}/cards/{id}"), open_page("Rose", board)
    jon.get_by_role("dialog").get_by_role("combobox", name="Help").select_option("15")
    card(rose, VISITS).get_by_text("Help wanted, 15 min").wait_for()
    face(rose, VISITS).click()
    rose.get_by_role("button", name="I can help").click()
    his = jon.get_by_role("dialog")
    his.get_by_title("Rose", exact=True).first.wait_for()
    expect(card(rose, VISITS).get_by_text("Help wanted, 15 min")).to_be_visible()  # one may be too few
    his.get_by_role("button", name="That is enough help").click()
    expect(card(rose, VISITS).get_by_text("Help wanted, 15 min")).to_have_count(0)
    expect(rose.get_by_role("button", name="I can help")).to_have_count(0)
    his.get_by_role("button", name="Undo", exact=True).click()
    card(rose, VISITS).get_by_text("Help wanted, 15 min").wait_for()


def test_space_takes_the_open_card_and_is_a_button_s_own(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    id = scenery.cards[VISITS]
    owners = lambda: live_server.call("Jon", "GET", f"/cards/{id}")[1]["data"].get("owner_ids") or []  # noqa: E731
    me = PEOPLE["Maya"].member_id
    live_server.call("Jon", "DELETE", f"/cards/{id}/owners/{me}")
    maya = open_page("Maya", board)
    face(maya, VISITS).focus()
    maya.keyboard.press("Enter")
    dialog = maya.get_by_role("dialog", name=VISITS)
    expect(dialog.get_by_role("heading", name=VISITS)).to_be_focused()
    maya.keyboard.press("Space")
    wait_until(maya, lambda: me in owners(), "she took it")
    maya.keyboard.press("Space")
    wait_until(maya, lambda: me not in owners(), "she gave it back")
    maya.keyboard.press("Tab")
    expect(dialog.locator(".sheet__rename")).to_be_focused()
    maya.keyboard.press("Space")
    expect(dialog.get_by_role("textbox", name="Title")).to_be_focused()
    maya.keyboard.press("Escape")
    expect(dialog.locator(".sheet__rename")).to_be_focused()
    assert me not in owners()


def test_its_short_address_leads_here(open_page: Open, board: str, live_server: LiveServer, scenery: Scenery) -> None:
    id = scenery.cards[VISITS]
    number = live_server.call("Jon", "GET", f"/cards/{id}")[1]["data"]["number"]
    maya = open_page("Maya", f"/c/{number}")
    maya.get_by_role("dialog", name=VISITS).wait_for()
    expect(maya).to_have_url(re.compile(f"{board}/cards/{id}$"))


def test_a_change_of_the_title_does_not_stand_in_the_way_of_a_description(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    id = scenery.cards[VISITS]
    maya = open_page("Maya", f"{board}/cards/{id}")
    dialog = maya.get_by_role("dialog")
    dialog.get_by_role("button", name="Say what it is about").click()
    live_server.call("Jon", "PATCH", f"/cards/{id}", {"title": "Visits, two pairs a week"})
    dialog.get_by_role("heading", name="Visits, two pairs a week").wait_for()
    write(maya, "Only the text.")
    dialog.get_by_role("button", name="Save", exact=True).click()
    wait_until(
        maya,
        lambda: live_server.call("Jon", "GET", f"/cards/{id}")[1]["data"]["description"] == "Only the text.",
        "saved",
    )
    expect(dialog.get_by_role("group", name="Two texts")).to_have_count(0)


def test_what_is_typed_stays_when_the_card_goes_away(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    id = scenery.cards[VISITS]
    maya = open_page("Maya", f"{board}/cards/{id}")
    dialog = maya.get_by_role("dialog")
    dialog.get_by_label("Write a comment").fill("I was just about to say")
    live_server.call("Jon", "PUT", f"/cards/{id}/archive")
    dialog.get_by_text("This card is in the archive").wait_for()
    expect(dialog.get_by_label("Write a comment")).to_have_value("I was just about to say")
    dialog.get_by_role("button", name="Restore").click()
    dialog.get_by_text("This card is in the archive").wait_for(state="detached")
    dialog.get_by_role("button", name="Done", exact=True).wait_for()
    expect(dialog.get_by_label("Write a comment")).to_have_value("I was just about to say")


def test_a_comment_that_could_not_be_sent_is_still_there(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", f"{board}/cards/{scenery.cards[VISITS]}")
    maya.route(
        "**/api/v1/threads/*/comments",
        lambda route: (
            route.fulfill(status=403, json={"detail": "Not now."})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    field = maya.get_by_label("Write a comment")
    field.fill("A long and careful thought")
    maya.get_by_role("button", name="Comment", exact=True).click()
    maya.locator(".toast", has_text="Not sent: Not now.").wait_for()
    expect(field).to_have_value("A long and careful thought")


def test_a_second_reader_sees_comments_as_they_come(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    id = scenery.cards[VISITS]
    first = say(live_server, "Jon", id, "Which room?")
    maya = open_page("Maya", f"{board}/cards/{id}")
    maya.get_by_text("Which room?").wait_for()
    say(live_server, "Jon", id, "Room 12, I think.", reply_to=first)
    maya.locator(".thread__replies").get_by_text("Room 12, I think.").wait_for()
    live_server.call("Jon", "PATCH", f"/comments/{first}", {"body": "Which room, and when?"})
    maya.get_by_text("Which room, and when?").wait_for()
    maya.get_by_text("edited").wait_for()


def test_its_history_is_told_in_sentences(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    id = scenery.cards[CORNER]
    live_server.call("Jon", "PUT", f"/cards/{id}/position", {"list_id": scenery.lists["Done"]})
    maya = open_page("Maya", f"{board}/cards/{id}")
    maya.get_by_role("dialog").get_by_text("Activity").click()
    history = maya.locator(".history")
    history.get_by_text("Jon moved it to “Done”.").wait_for()
    history.get_by_text("Jon made this card.").wait_for()
    live_server.call("Rose", "PUT", f"/cards/{id}/done")
    history.get_by_text("Rose marked it as done.").wait_for()


def test_a_card_moves_to_another_board_and_its_reader_is_told_where(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    other = live_server.call("Jon", "POST", "/boards", {"title": "Next term", "group_id": scenery.group})[1]["data"][
        "id"
    ]
    live_server.call("Jon", "POST", f"/boards/{other}/lists", {"title": "From last term"})
    jon = open_page("Jon", f"{board}/cards/{scenery.cards[CORNER]}")
    jon.get_by_label("Write a comment").fill("half a thought")
    maya = open_page("Maya", board)
    card(maya, CORNER).hover()
    card(maya, CORNER).get_by_role("button", name="More for").click()
    maya.get_by_role("menuitem", name="Move to…").click()
    maya.get_by_role("button", name="Another board…").click()
    popup = maya.get_by_role("dialog", name="To another board")
    popup.get_by_label("Board").select_option(label="Next term")
    popup.get_by_label("List").select_option(label="From last term")
    popup.get_by_role("button", name="Move").click()
    face(maya, CORNER).wait_for(state="detached")
    jon.get_by_text("This card was moved to another board.").wait_for()
    expect(jon.get_by_label("Write a comment")).to_have_value("half a thought")
    maya.get_by_role("button", name="Undo").click()
    face(maya, CORNER).wait_for()
    jon.get_by_text("This card was moved to another board.").wait_for(state="detached")


LATE_TOGGLES = """
    const held = [];
    addEventListener('toggle', (event) => {
      if (!event.isTrusted || !event.target.matches('[popover]')) return;
      event.stopImmediatePropagation();
      held.push(event);
    }, true);
    window.releaseToggles = () => {
      for (const { target, newState, oldState } of held.splice(0))
        target.dispatchEvent(new ToggleEvent('toggle', { newState, oldState }));
    };
"""


def test_who_types_faster_than_a_window_closes_is_heard(open_page: Open, board: str, scenery: Scenery) -> None:
    """The browser tells of a closed popover some time afterwards; on a slow computer keys come before that."""
    maya = open_page("Maya", board)
    maya.add_init_script(LATE_TOGGLES)
    maya.goto(f"{maya.url}/cards/{scenery.cards[VISITS]}")
    dialog = maya.get_by_role("dialog", name=VISITS)
    dialog.get_by_text("Discussion").wait_for()
    search = maya.get_by_role("searchbox", name="Find a person")
    for _ in range(2):
        maya.keyboard.press("m")
        expect(search).to_be_focused()
        maya.keyboard.press("Escape")
    maya.keyboard.press("e")
    title = dialog.get_by_role("textbox", name="Title")
    expect(title).to_be_focused()
    maya.evaluate("window.releaseToggles()")
    maya.keyboard.type("Visit lessons")
    expect(title).to_have_value("Visit lessons")
    maya.keyboard.press("Enter")
    expect(maya.get_by_role("heading", name="Visit lessons")).to_be_visible()

    # Who leaves the window by a click into a field stays in that field.
    maya.keyboard.press("l")
    maya.get_by_role("dialog", name="Labels").wait_for()
    comment = maya.get_by_role("textbox", name="Write a comment")
    comment.click()
    expect(maya.get_by_role("dialog", name="Labels")).to_have_count(0)
    maya.evaluate("window.releaseToggles()")
    maya.keyboard.type("Thursday suits me")
    expect(comment).to_have_value("Thursday suits me")


def test_letters_and_an_address_that_is_pasted_over_words(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", f"{board}/cards/{scenery.cards[VISITS]}")
    dialog = maya.get_by_role("dialog", name=VISITS)
    dialog.get_by_text("Discussion").wait_for()
    maya.keyboard.press("l")
    maya.get_by_role("dialog", name="Labels").wait_for()
    maya.keyboard.press("Escape")
    maya.keyboard.press("m")
    expect(maya.get_by_role("searchbox", name="Find a person")).to_be_focused()
    maya.keyboard.press("Escape")
    maya.keyboard.press("e")
    expect(dialog.get_by_role("textbox", name="Title")).to_be_focused()
    maya.keyboard.press("Escape")
    expect(dialog.locator(".sheet__rename")).to_be_focused()
    dialog.locator("[data-edit=description]").click()
    field = dialog.get_by_role("textbox", name="Description")
    field.fill("the plan")
    maya.keyboard.press("Control+A")
    field.evaluate(
        "field => { const data = new DataTransfer(); data.setData('text/plain', 'https://example.org/plan');"
        " field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }"
    )
    expect(field).to_have_value("[the plan](https://example.org/plan)")
