"""Working in the table and the calendar: a board's own fields filled in place, cards made, several selected; by mouse, by keys, by finger."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.board_page import CORNER, LIBRARY, drag, face, spoken, wait_until, write
from tests.browser.scenery import Scenery
from tests.servers import LiveServer

Open = Callable[..., Any]
WIDE = {"viewport": {"width": 1366, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ASK, OLDER = "Ask families which books are read at home", "Older classes read to younger ones"
FIELDS: list[dict[str, Any]] = [
    {"title": "Room", "kind": "choice", "options": [{"title": "Library"}, {"title": "Hall"}]},
    {"title": "Chairs", "kind": "number"},
    {"title": "Booked", "kind": "tick"},
    {"title": "Ordered by", "kind": "date"},
    {"title": "Who brings what", "kind": "text"},
]


@pytest.fixture
def fields(live_server: LiveServer, scenery: Scenery) -> dict[str, Any]:
    """The board has a field of each kind."""
    made = {}
    for field in FIELDS:
        status, answer = live_server.call("Jon", "POST", f"/boards/{scenery.board}/fields", field)
        assert status == 201, answer
        made[field["title"]] = answer["data"]
    return made


# ── fields, in the table ─────────────────────────────────────────────────────────────────────────


def test_fields_are_filled_by_keyboard_and_another_sees_it(
    open_page: Open, board: str, scenery: Scenery, fields: dict[str, Any], live_server: LiveServer
) -> None:
    jon = open_page("Jon", f"{board}?view=table", **WIDE)
    cell(jon, CORNER, "Room").wait_for()
    maya = open_page("Maya", f"{board}?view=table", **WIDE)
    cell(maya, CORNER, "Room").focus()
    maya.keyboard.press("Enter")
    expect(maya.get_by_role("menuitem").first).to_be_focused()
    maya.keyboard.press("h")
    maya.keyboard.press("Enter")
    expect(cell(jon, CORNER, "Room")).to_have_text("Hall")
    expect(cell(maya, CORNER, "Room")).to_be_focused()

    maya.keyboard.press("ArrowRight")
    expect(cell(maya, CORNER, "Chairs")).to_be_focused()
    maya.keyboard.press("1")  # typing a digit begins at once, as in a spreadsheet
    write(maya, ",250", "Enter")
    expect(cell(jon, CORNER, "Chairs")).to_have_text("1,250")
    expect(cell(maya, CORNER, "Chairs")).to_be_focused()

    maya.keyboard.press("ArrowRight")
    maya.keyboard.press("Space")
    expect(cell(jon, CORNER, "Booked")).to_have_text("yes")
    expect(cell(maya, CORNER, "Booked")).to_be_focused()

    maya.keyboard.press("ArrowRight")
    maya.keyboard.press("F2")
    maya.get_by_role("dialog", name="Ordered by").wait_for()
    write(maya, "24 dec", "Enter")
    expect(cell(jon, CORNER, "Ordered by")).to_have_text("24 Dec")
    expect(cell(maya, CORNER, "Ordered by")).to_be_focused()

    maya.keyboard.press("ArrowRight")
    maya.keyboard.press("Enter")
    write(maya, "Rose brings the cushions", "Enter")
    expect(cell(jon, CORNER, "Who brings what")).to_have_text("Rose brings the cushions")
    values = card_of(live_server, scenery, CORNER)["field_values"]
    assert values == {
        str(fields["Room"]["id"]): fields["Room"]["options"][1]["id"],
        str(fields["Chairs"]["id"]): 1250,
        str(fields["Booked"]["id"]): True,
        str(fields["Ordered by"]["id"]): f"{datetime.now(UTC).year}-12-24",
        str(fields["Who brings what"]["id"]): "Rose brings the cushions",
    }
    expect(cell(maya, CORNER, "Who brings what")).to_be_focused()
    maya.keyboard.press("Delete")
    expect(cell(jon, CORNER, "Who brings what")).to_have_text("")
    maya.get_by_role("button", name="Undo").click()
    expect(cell(jon, CORNER, "Who brings what")).to_have_text("Rose brings the cushions")


def test_what_means_nothing_is_told_and_stays_to_be_put_right(
    open_page: Open, board: str, scenery: Scenery, fields: dict[str, Any], live_server: LiveServer
) -> None:
    fill(live_server, scenery, fields, CORNER, "Chairs", 12)
    maya = open_page("Maya", f"{board}?view=table", **WIDE)
    chairs = cell(maya, CORNER, "Chairs")
    chairs.click()
    field = chairs.get_by_role("textbox", name="Chairs")
    expect(field).to_be_focused()
    write(maya, "twelve", "Tab")
    expect(maya.get_by_role("alert").filter(has_text="That is no number")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("twelve")
    assert not faults(maya)
    cell(maya, ASK, "list").hover()
    maya.locator(".grid-bar").click(position={"x": 5, "y": 5})
    maya.wait_for_timeout(200)  # longer than it takes to see that it was left
    expect(field).to_have_value("twelve")
    fill(live_server, scenery, fields, CORNER, "Chairs", 13)
    field.fill("14")
    maya.get_by_text("Somebody changed this meanwhile: 13").wait_for()
    field.press("Tab")
    expect(cell(maya, CORNER, "Booked")).to_be_focused()
    expect(chairs).to_have_text("14")
    maya.keyboard.press("ArrowLeft")
    maya.keyboard.press("F2")
    write(maya, "99", "Escape")
    expect(chairs).to_be_focused()
    expect(chairs).to_have_text("14")
    wait_until(maya, lambda: value_of(live_server, scenery, fields, CORNER, "Chairs") == 14, "it is kept")


def test_a_value_that_is_refused_is_taken_back_and_told(
    open_page: Open, board: str, scenery: Scenery, fields: dict[str, Any], live_server: LiveServer
) -> None:
    fill(live_server, scenery, fields, CORNER, "Chairs", 12)
    maya = open_page("Maya", f"{board}?view=table", **WIDE)
    cell(maya, CORNER, "Chairs").wait_for()
    no = {"type": "/api/docs#problem-invalid", "title": "No", "status": 422, "detail": "Not on a Tuesday."}
    maya.route("**/api/v1/cards/*/fields/*", lambda route: route.fulfill(status=422, json=no))
    cell(maya, CORNER, "Chairs").click()
    write(maya, "40", "Enter")
    toast = maya.locator(".toast")
    expect(toast).to_contain_text("“40” was not saved. Not on a Tuesday.")
    expect(cell(maya, CORNER, "Chairs")).to_have_text("12")
    expect(cell(maya, CORNER, "Chairs")).to_be_focused()


def test_the_table_is_sorted_and_grouped_by_fields(
    open_page: Open, board: str, scenery: Scenery, fields: dict[str, Any], live_server: LiveServer
) -> None:
    hall, library = (fields["Room"]["options"][n]["id"] for n in (1, 0))
    for title, room, chairs in ((CORNER, hall, 9), (LIBRARY, library, 40), (ASK, hall, 100)):
        fill(live_server, scenery, fields, title, "Room", room)
        fill(live_server, scenery, fields, title, "Chairs", chairs)
    maya = open_page("Maya", f"{board}?view=table", **WIDE)
    maya.get_by_role("columnheader", name="Chairs").get_by_role("button").click()
    expect(maya.locator(".grid__title > span:first-child").first).to_have_text(CORNER)
    expect(maya.locator(".grid__title > span:first-child").nth(2)).to_have_text(ASK)
    maya.get_by_label("Group").select_option(label="By Room")
    heads = maya.locator(".grid__group-in > span:first-child")
    expect(heads).to_have_text(["Library", "Hall", "No value: Room"])
    expect(maya).to_have_url(re.compile(f"group=field:{fields['Room']['id']}"))
    maya.reload()
    expect(heads).to_have_text(["Library", "Hall", "No value: Room"])
    maya.get_by_label("Group").select_option(label="By Booked")
    expect(heads).to_have_text(["Not: Booked"])
    assert live_server.call("Jon", "DELETE", f"/fields/{fields['Booked']['id']}")[0] in (200, 204)
    expect(heads).to_have_count(0)


def test_titles_stay_in_sight_and_so_does_what_has_the_focus(
    open_page: Open, board: str, scenery: Scenery, fields: dict[str, Any]
) -> None:
    maya = open_page("Maya", f"{board}?view=table", **WIDE)
    title = cell(maya, CORNER, "title")
    title.wait_for()
    before = title.bounding_box()
    cell(maya, CORNER, "Who brings what").focus()
    wait_until(maya, lambda: maya.evaluate("document.querySelector('.grid-scroll').scrollLeft") > 100, "it scrolls")
    after = title.bounding_box()
    assert after["x"] <= before["x"] and after["width"] == before["width"]
    assert after["x"] >= maya.locator(".grid-scroll").bounding_box()["x"]
    for _ in range(8):
        maya.keyboard.press("ArrowLeft")
    there = maya.locator("[data-col]:focus")
    expect(there).to_have_attribute("data-col", "due")
    assert there.bounding_box()["x"] >= title.bounding_box()["x"] + title.bounding_box()["width"] - 1


# ── new cards, in the table ──────────────────────────────────────────────────────────────────────


def test_cards_are_made_at_the_foot_of_a_group(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    jon = open_page("Jon", board, **WIDE)
    face(jon, CORNER).wait_for()
    maya = open_page("Maya", f"{board}?view=table&group=list", **WIDE)
    cell(maya, LIBRARY, "title").focus()
    maya.keyboard.press("ArrowDown")  # the last card of its list: below it stands the place for new ones
    new = maya.locator("[data-col='new']:focus")
    expect(new).to_be_visible()
    maya.keyboard.press("Enter")
    write(maya, "Order the shelves", "Enter")
    expect(cell(maya, "Order the shelves", "list")).to_have_text("Next")
    write(maya, "Paint the shelves", "Enter")
    face(jon, "Paint the shelves").wait_for()
    expect(maya.locator(".new-card input:focus")).to_have_value("")
    maya.keyboard.type("and then")
    maya.keyboard.press("Escape")
    expect(new).to_be_visible()
    maya.keyboard.press("Enter")
    expect(maya.locator(".new-card input:focus")).to_have_value("and then")
    titles = [card["title"] for card in live_server.call("Jon", "GET", f"/boards/{scenery.board}")[1]["cards"]]
    assert {"Order the shelves", "Paint the shelves"} <= set(titles)


def test_a_new_card_has_what_its_group_is_about(
    open_page: Open, board: str, scenery: Scenery, fields: dict[str, Any], live_server: LiveServer
) -> None:
    fill(live_server, scenery, fields, CORNER, "Room", fields["Room"]["options"][1]["id"])
    maya = open_page("Maya", f"{board}?view=table&group=field:{fields['Room']['id']}", **WIDE)
    cell(maya, CORNER, "title").wait_for()
    maya.locator(".grid__new").first.click()
    maya.locator(".new-card").get_by_label("List").select_option(label="In progress")
    maya.get_by_label("Title of the new card").fill("Carry the chairs")
    maya.get_by_role("button", name="Add", exact=True).click()
    expect(cell(maya, "Carry the chairs", "Room")).to_have_text("Hall")
    expect(cell(maya, "Carry the chairs", "list")).to_have_text("In progress")
    expect(cell(maya, "Carry the chairs", "number")).to_have_text(re.compile(r"^\d+$"))  # it is saved
    maya.reload()
    expect(cell(maya, "Carry the chairs", "Room")).to_have_text("Hall")


def test_a_card_that_is_refused_is_there_to_be_sent_again(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    assert (
        live_server.call("Jon", "PATCH", f"/lists/{scenery.lists['Next']}", {"wip_limit": 1, "wip_hard": True})[0]
        == 200
    )
    maya = open_page("Maya", f"{board}?view=table&group=list", **WIDE)
    cell(maya, LIBRARY, "title").wait_for()
    maya.keyboard.press("n")
    maya.locator(".grid__new").nth(1).click()
    field = maya.locator(".new-card input:focus")
    write(maya, "One more", "Enter")
    maya.locator(".toast--problem").wait_for()
    expect(field).to_have_value("One more")
    expect(cell(maya, "One more", "title")).to_have_count(0)


# ── several at once ──────────────────────────────────────────────────────────────────────────────


def test_several_are_selected_in_the_table(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    maya = open_page("Maya", f"{board}?view=table&sort=title", **WIDE)
    rows = maya.locator(".grid__row")
    expect(rows).to_have_count(10)
    rows.nth(0).locator("[data-col=select]").click()
    rows.nth(2).locator("[data-col=select]").click(modifiers=["Shift"])
    chosen = maya.locator(".grid__row[data-selected]")
    expect(chosen).to_have_count(3)  # in the order in which they stand here
    rows.nth(1).locator("[data-col=title]").click(modifiers=["ControlOrMeta"])
    expect(chosen).to_have_count(2)
    assert not faults(maya)
    maya.keyboard.press("Escape")
    expect(chosen).to_have_count(0)

    rows.nth(3).locator("[data-col=due]").focus()
    maya.keyboard.press("x")
    expect(chosen).to_have_count(1)
    maya.keyboard.press("Shift+ArrowDown")
    expect(rows.nth(4).locator("[data-col=due]")).to_be_focused()
    maya.keyboard.press("Shift+ArrowDown")
    expect(chosen).to_have_count(3)
    maya.keyboard.press("Control+a")
    expect(chosen).to_have_count(10)
    wait_until(maya, lambda: spoken(maya) == "10 cards selected.", "it is said")
    maya.keyboard.press("Escape")
    maya.keyboard.press("Home")
    maya.keyboard.press("Space")
    expect(chosen).to_have_count(1)
    maya.keyboard.press("ArrowUp")
    maya.keyboard.press("Space")
    expect(chosen).to_have_count(2)
    titles = chosen.locator(".grid__title > span:first-child").all_inner_texts()
    bar = maya.get_by_role("region", name="Selected cards")
    bar.get_by_role("button", name="Due").click()
    maya.get_by_label("Due, day").fill("2027-03-01")
    maya.get_by_role("button", name="Save").click()
    for title in titles:
        expect(cell(maya, title, "due")).to_contain_text("1 Mar 2027")
    wait_until(
        maya, lambda: all(card_of(live_server, scenery, title)["due"] == "2027-03-01" for title in titles), "sent"
    )
    bar.get_by_role("button", name="Archive").click()
    expect(rows).to_have_count(8)
    wait_until(maya, lambda: maya.evaluate("document.activeElement.closest('.grid') !== null"), "the focus is kept")
    maya.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(10)


def test_a_group_is_selected_and_moved_with_one_key(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", f"{board}?view=table&group=list", **WIDE)
    cell(maya, CORNER, "title").focus()
    maya.keyboard.press("Control+a")
    expect(maya.locator(".grid__row[data-selected]")).to_have_count(3)
    maya.keyboard.press(">")
    expect(cell(maya, CORNER, "list")).to_have_text("Next")
    expect(cell(maya, OLDER, "list")).to_have_text("Next")
    expect(cell(maya, CORNER, "title")).to_be_focused()


def test_several_are_selected_by_finger(open_page: Open, board: str, scenery: Scenery, fields: dict[str, Any]) -> None:
    phone = open_page("Maya", f"{board}?view=table", **PHONE)
    rows = phone.locator(".grid__row")
    rows.first.wait_for()
    phone.get_by_role("button", name="Select", exact=True).tap()
    rows.nth(0).tap()
    rows.nth(1).tap()
    expect(phone.locator(".grid__row[data-selected]")).to_have_count(2)
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert not faults(phone)
    phone.get_by_role("button", name="End the selection").tap()
    rows.nth(0).get_by_text(ASK).tap()
    phone.get_by_role("dialog", name=ASK).wait_for()


# ── the calendar ─────────────────────────────────────────────────────────────────────────────────


def test_a_card_is_made_on_a_day(open_page: Open, board: str, scenery: Scenery, live_server: LiveServer) -> None:
    jon = open_page("Jon", f"{board}?view=calendar", **WIDE)
    day(jon, 17).wait_for()
    maya = open_page("Maya", f"{board}?view=calendar", **WIDE)
    day(maya, 17).wait_for()
    box = day(maya, 17).bounding_box()
    day(maya, 17).click(position={"x": box["width"] / 2, "y": box["height"] - 6})
    write(maya, "Order the tea", "Enter")
    on(jon, 17, "Order the tea").wait_for()
    write(maya, "Bake the cake", "Enter")
    on(jon, 17, "Bake the cake").wait_for()
    maya.keyboard.press("Escape")
    number = day(maya, 17).locator(".calendar__number")
    expect(number).to_be_focused()

    number.click()
    maya.get_by_role("dialog", name="New card").wait_for()
    day(maya, 1).click(position={"x": 60, "y": 40})  # which closes the window, and does not open the next
    maya.get_by_role("dialog", name="New card").wait_for(state="detached")
    number.focus()

    maya.keyboard.press("ArrowRight")
    expect(day(maya, 18).locator(".calendar__number")).to_be_focused()
    maya.keyboard.press("ArrowUp")
    expect(day(maya, 11).locator(".calendar__number")).to_be_focused()
    maya.keyboard.press("Enter")
    maya.get_by_role("dialog", name="New card").wait_for()
    write(maya, "Set the tables", "Enter")
    on(jon, 11, "Set the tables").wait_for()
    assert not faults(maya)
    cards = live_server.call("Jon", "GET", f"/boards/{scenery.board}")[1]["cards"]
    found = {card["title"]: card for card in cards}
    assert found["Set the tables"]["due"] == day_of(11) and found["Order the tea"]["due"] == day_of(17)
    assert found["Set the tables"]["list_id"] == scenery.lists["Ideas"]


def test_several_days_are_changed_at_once(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    for title, number in ((LIBRARY, 8), (CORNER, 9), (ASK, 10)):
        due(live_server, scenery, title, day_of(number))
    jon = open_page("Jon", f"{board}?view=calendar", **WIDE)
    on(jon, 8, LIBRARY).wait_for()
    maya = open_page("Maya", f"{board}?view=calendar", **WIDE)
    on(maya, 8, LIBRARY).locator("a").click(modifiers=["ControlOrMeta"])
    on(maya, 9, CORNER).locator("a").click(modifiers=["Shift"])
    chosen = maya.locator(".calendar__month [data-selected]")
    expect(chosen).to_have_count(2)
    assert not faults(maya)
    drag(maya, on(maya, 9, CORNER), day(maya, 15), below=True)
    for title in (LIBRARY, CORNER):
        on(jon, 15, title).wait_for()
    maya.get_by_role("button", name="Undo").click()
    on(jon, 8, LIBRARY).wait_for()
    on(jon, 9, CORNER).wait_for()

    on(maya, 8, LIBRARY).locator("a").focus()
    maya.keyboard.press("Escape")
    expect(chosen).to_have_count(0)
    maya.keyboard.press("x")
    maya.keyboard.press("Shift+ArrowDown")
    expect(chosen).to_have_count(2)
    expect(on(maya, 9, CORNER).locator("a")).to_be_focused()
    maya.keyboard.press("Space")
    wait_until(maya, lambda: spoken(maya).startswith("2 cards picked up"), "both are carried")
    maya.keyboard.press("ArrowDown")
    maya.keyboard.press("Space")
    for title in (LIBRARY, CORNER):
        on(jon, 16, title).wait_for()
    on(jon, 10, ASK).wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_where_one_works(
    open_page: Open, board: str, scenery: Scenery, fields: dict[str, Any], live_server: LiveServer, theme: str
) -> None:
    fill(live_server, scenery, fields, CORNER, "Room", fields["Room"]["options"][1]["id"])
    fill(live_server, scenery, fields, CORNER, "Booked", True)
    due(live_server, scenery, CORNER, day_of(12))
    maya = open_page("Maya", f"{board}?view=table&group=list", color_scheme=theme, **WIDE)
    cell(maya, CORNER, "select").click()
    maya.locator(".grid__new").first.click()
    maya.locator(".new-card input").wait_for()
    assert not faults(maya)
    cell(maya, CORNER, "Who brings what").click()
    maya.locator(".cell-input input").wait_for()
    assert not faults(maya)
    maya.goto(f"{board}?view=calendar")
    on(maya, 12, CORNER).locator("a").click(modifiers=["ControlOrMeta"])
    assert not faults(maya)
    maya.set_viewport_size({"width": 390, "height": 844})
    for view in ("table", "calendar"):
        maya.goto(f"{board}?view={view}")
        maya.locator(".grid__row, .calendar__agenda").first.wait_for()
        assert not faults(maya), f"{view} on a phone"


def cell(page: Any, title: str, column: str) -> Any:
    """By the name of a column, or of a field of the board."""
    row = page.locator(".grid__row", has=page.locator('[data-col="title"]', has_text=title))
    return row.locator(f'[data-col="{column}"], [data-name="{column}"]')


def day(page: Any, number: int) -> Any:
    return page.locator(f'td[data-day="{day_of(number)}"]')


def on(page: Any, number: int, title: str) -> Any:
    return day(page, number).locator(".calendar__chip").filter(has_text=title)


def day_of(number: int) -> str:
    """A day of this month."""
    return datetime.now(UTC).date().replace(day=number).isoformat()


def due(server: LiveServer, scenery: Scenery, title: str, when: str) -> None:
    status, answer = server.call("Jon", "PATCH", f"/cards/{scenery.cards[title]}", {"due": when})
    assert status == 200, answer


def card_of(server: LiveServer, scenery: Scenery, title: str) -> dict[str, Any]:
    found: dict[str, Any] = server.call("Jon", "GET", f"/cards/{scenery.cards[title]}")[1]["data"]
    return found


def fill(server: LiveServer, scenery: Scenery, fields: dict[str, Any], title: str, field: str, value: Any) -> None:
    path = f"/cards/{scenery.cards[title]}/fields/{fields[field]['id']}"
    status, answer = server.call("Jon", "PUT", path, {"value": value})
    assert status == 200, answer


def value_of(server: LiveServer, scenery: Scenery, fields: dict[str, Any], title: str, field: str) -> Any:
    return card_of(server, scenery, title)["field_values"].get(str(fields[field]["id"]))
