"""A board looked at in other ways, over the same cards: filtered by its address, as a table, as a calendar, on paper, on a projector."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.board_page import (
    CORNER,
    LIBRARY,
    VISITS,
    cards_of,
    column,
    drag,
    face,
    faces,
    focused,
    held,
    press,
    say,
    spoken,
    wait_until,
    write,
)
from tests.browser.scenery import Scenery
from tests.browser.test_board_touch import Finger
from tests.servers import LiveServer

Open = Callable[..., Any]
WIDE = {"viewport": {"width": 1366, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


# ── filters ──────────────────────────────────────────────────────────────────────────────────────


def test_an_address_shows_others_the_same_and_the_filter_is_kept(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", board, **WIDE)
    face(maya, CORNER).wait_for()
    maya.get_by_role("button", name="Filter", exact=True).click()
    panel = maya.get_by_role("dialog", name="Show only")
    with maya.expect_response(lambda answer: answer.url.endswith("/view") and (kept(answer) or {}).get("label_ids")):
        panel.get_by_role("button", name="Mine").click()
        panel.get_by_role("button", name="Classroom").click()
    panel.get_by_text("3 of 10 cards").wait_for()
    maya.keyboard.press("Escape")
    panel.wait_for(state="detached")
    asked = f"{board}?owner=me&label={_label(maya, 'Classroom')}"
    wait_until(maya, lambda: maya.url.endswith(asked), "the address has it")
    expect(column(maya, "Ideas").locator(".list__count")).to_contain_text("1 of 3")
    expect(faces(maya, "Done")).to_have_count(0)
    wait_until(maya, lambda: "3 of 10 cards are shown" in spoken(maya), "it is said")

    jon = open_page("Jon", maya.url.replace(maya.url.split("/boards")[0], ""), **WIDE)
    jon.get_by_text("1 of 10 cards", exact=True).wait_for()
    expect(faces(jon, "In progress")).to_have_text([VISITS])  # the same address means what is his

    maya.goto(board)
    maya.get_by_text("3 of 10 cards", exact=True).wait_for()
    wait_until(maya, lambda: "owner=me" in maya.url, "as she left it")
    maya.get_by_role("button", name="Do not look for: Mine").click()
    maya.get_by_text("4 of 10 cards", exact=True).wait_for()
    with maya.expect_response(lambda answer: answer.url.endswith("/view") and not kept(answer)):
        maya.get_by_role("button", name="Clear", exact=True).click()
    wait_until(maya, lambda: maya.url.endswith(board), "nothing is left in the address")
    wait_until(maya, lambda: "Nothing is filtered" in spoken(maya), "and nothing of it is kept")
    maya.goto(board)
    face(maya, CORNER).wait_for()
    expect(maya.locator(".board-head__filtered")).to_have_count(0)


def kept(answer: Any) -> Any:
    """The filter that a page asked to be kept."""
    return answer.request.post_data_json.get("filter")


def test_what_was_searched_is_in_the_address_and_not_kept(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", f"{board}?q=library&due=never&owner=<b>", **WIDE)
    maya.get_by_text("1 of 10 cards", exact=True).wait_for()
    expect(maya.locator("#search")).to_have_value("library")
    wait_until(maya, lambda: maya.url.endswith("?q=library"), "what means nothing is left out")
    maya.locator("body").press("f")
    expect(maya.locator("#search")).to_be_focused()
    maya.locator("#search").fill("reading")
    wait_until(maya, lambda: maya.url.endswith("?q=reading"), "each letter is in the address")
    face(maya, VISITS).click()
    maya.get_by_role("dialog").wait_for()
    maya.keyboard.press("Escape")
    maya.get_by_role("dialog").wait_for(state="detached")
    wait_until(maya, lambda: maya.url.endswith("?q=reading"), "a card that is closed leads back to what was shown")
    maya.locator("#search").press("Escape")
    wait_until(maya, lambda: maya.url.endswith(board), "Escape ends the search")


def test_cards_are_dragged_and_made_while_filtered(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", f"{board}?q=o", **WIDE)
    face(maya, CORNER).wait_for()
    maya.locator("#search").fill("book")
    expect(faces(maya, "In progress")).to_have_count(0)
    expect(maya).to_have_url(re.compile(r"\?q=book$"))
    drag(maya, face(maya, LIBRARY), column(maya, "Ideas").locator("[data-cards-of]"), below=True)
    wait_until(maya, lambda: LIBRARY in cards_of(maya, "Ideas"), "it is moved")
    column(maya, "Next").get_by_role("button", name="Add a card").click()
    write(maya, "Zzz", "Enter")
    maya.locator(".toast").get_by_text("The filter may hide it.").wait_for()
    maya.get_by_role("button", name="Show all").click()
    face(maya, "Zzz").wait_for()


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def test_the_table_by_keyboard_only(open_page: Open, board: str, scenery: Scenery, live_server: LiveServer) -> None:
    jon = open_page("Jon", board, **WIDE)
    face(jon, CORNER).wait_for()
    maya = open_page("Maya", f"{board}?view=table", **WIDE)
    cell(maya, CORNER, "title").wait_for()
    maya.locator(".grid-bar").get_by_role("button", name="New card").focus()
    maya.keyboard.press("Tab")
    first = "Ask families which books are read at home"
    wait_until(maya, lambda: at(maya) == (first, "title"), "one stop for the whole table")
    maya.keyboard.press("ArrowDown")
    wait_until(maya, lambda: at(maya) == (CORNER, "title"), "one row down")
    maya.keyboard.press("Enter")
    expect(maya.locator(".in-place")).to_be_focused()
    maya.keyboard.press("Control+a")
    maya.keyboard.type("A quiet corner")
    maya.keyboard.press("Enter")
    face(jon, "A quiet corner").wait_for()
    wait_until(maya, lambda: at(maya) == ("A quiet corner", "title"), "the focus is where it was")
    maya.keyboard.press("F2")
    expect(maya.locator(".in-place")).to_be_focused()
    maya.keyboard.type("never")
    maya.keyboard.press("Escape")
    wait_until(maya, lambda: at(maya) == ("A quiet corner", "title"), "Escape takes it back")

    maya.keyboard.press("ArrowRight")
    maya.keyboard.press("Enter")
    expect(maya.get_by_role("menuitem").first).to_be_focused()
    maya.keyboard.press("i")
    expect(maya.get_by_role("menuitem", name="In progress")).to_be_focused()
    maya.keyboard.press("Enter")
    wait_until(jon, lambda: "A quiet corner" in cards_of(jon, "In progress"), "it is in another list")
    wait_until(maya, lambda: at(maya) == ("A quiet corner", "list"), "the focus went along with the card")

    maya.keyboard.press("ArrowRight")
    maya.keyboard.press("Enter")
    owners = maya.get_by_role("dialog", name="Owners")
    expect(owners.get_by_role("searchbox")).to_be_focused()
    write(maya, "jon", "Tab")
    expect(owners.get_by_role("button", name="Jon")).to_be_focused()
    maya.keyboard.press("Enter")
    cell(maya, "A quiet corner", "owners").get_by_text(", asked").wait_for(state="attached")
    maya.keyboard.press("Escape")
    owners.wait_for(state="detached")
    wait_until(maya, lambda: at(maya) == ("A quiet corner", "owners"), "back in the cell")

    maya.keyboard.press("ArrowRight")
    maya.keyboard.press("Enter")
    labels = maya.get_by_role("dialog", name="Labels")
    expect(labels.locator(":focus")).to_be_visible()
    maya.keyboard.press("Enter")
    cell(maya, "A quiet corner", "labels").locator(".label").wait_for()
    maya.keyboard.press("Escape")
    labels.wait_for(state="detached")
    wait_until(maya, lambda: at(maya) == ("A quiet corner", "labels"), "back in the cell")

    maya.keyboard.press("ArrowRight")
    maya.keyboard.press("Enter")
    maya.get_by_role("dialog", name="Due").wait_for()
    write(maya, "24 dec", "Enter")
    cell(maya, "A quiet corner", "due").get_by_text("24 Dec").wait_for()
    wait_until(maya, lambda: at(maya) == ("A quiet corner", "due"), "back in the cell")

    for _ in range(2):
        maya.keyboard.press("ArrowRight")
    wait_until(maya, lambda: at(maya) == ("A quiet corner", "done"), "two cells on")
    maya.keyboard.press(" ")
    cell(maya, "A quiet corner", "done").get_by_text("Done").wait_for(state="attached")
    maya.keyboard.press("Home")
    wait_until(maya, lambda: at(maya)[1] == "select", "at the beginning of the row")
    maya.keyboard.press("ArrowRight")
    wait_until(maya, lambda: at(maya)[1] == "number", "one on")
    maya.keyboard.press("Enter")
    maya.get_by_role("dialog", name="A quiet corner").wait_for()
    maya.keyboard.press("Escape")
    maya.get_by_role("dialog").wait_for(state="detached")
    wait_until(maya, lambda: at(maya) == ("A quiet corner", "number"), "and back again")

    def is_all() -> bool:
        card = live_server.call("Jon", "GET", f"/cards/{scenery.cards[CORNER]}")[1]["data"]
        changed = card["title"] == "A quiet corner" and card["done"] and (card["due"] or "").endswith("-12-24")
        return bool(changed and len(card["label_ids"]) == 1 and len(card["owner_ids"]) == 2)

    wait_until(maya, is_all, "the server has all of it")


def test_the_table_sorts_groups_and_says_so_in_the_address(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", f"{board}?view=table", **WIDE)
    cell(maya, CORNER, "title").wait_for()
    maya.get_by_role("button", name="Due", exact=True).click()
    wait_until(maya, lambda: "sort=due" in maya.url, "the address has it")
    expect(maya.get_by_role("columnheader", name="Due")).to_have_attribute("aria-sort", "ascending")
    wait_until(maya, lambda: titles(maya)[0] == "Find out how much is read now", "the first comes first")
    assert titles(maya)[-1] in (CORNER, "Ask families which books are read at home")
    maya.get_by_role("button", name="Due", exact=True).click()
    wait_until(maya, lambda: titles(maya)[0] == "Older classes read to younger ones", "downwards")
    maya.get_by_label("Group").select_option("owner")
    wait_until(maya, lambda: "group=owner" in maya.url, "that, too")
    maya.locator(".grid__group", has_text="Nobody").wait_for()
    heads = maya.locator(".grid__group-in > span:first-child").all_inner_texts()
    assert heads == [*sorted(heads[:-1]), "Nobody"]
    assert titles(maya).count(VISITS) == 2, "who owns it together has it both"
    maya.reload()
    expect(maya.locator(".grid__group")).to_have_count(len(heads))
    maya.get_by_role("link", name="Board", exact=True).click()
    face(maya, CORNER).wait_for()
    maya.go_back()
    maya.locator(".grid__group").first.wait_for()


def test_the_table_is_changed_by_others_without_losing_the_place(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    maya = open_page("Maya", f"{board}?view=table&sort=title", **WIDE)
    cell(maya, LIBRARY, "list").wait_for()
    cell(maya, LIBRARY, "list").focus()
    assert live_server.call("Jon", "PATCH", f"/cards/{scenery.cards[LIBRARY]}", {"title": "Zebra library"})[0] == 200
    wait_until(maya, lambda: titles(maya)[-1] == "Zebra library", "it is sorted anew")
    wait_until(maya, lambda: at(maya) == ("Zebra library", "list"), "the focus is on the same card")


def test_the_table_on_a_phone_is_a_list(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", f"{board}?view=table", **PHONE)
    row = maya.locator(".grid__row", has_text=VISITS)
    row.wait_for()
    assert maya.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert row.bounding_box()["height"] < 110
    row.get_by_text(VISITS).tap()
    maya.get_by_role("dialog", name=VISITS).wait_for()


# ── the calendar ─────────────────────────────────────────────────────────────────────────────────


def test_a_day_is_dragged_and_another_sees_it_at_once(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    first, goal = day_of(8), day_of(15)
    due(live_server, scenery, LIBRARY, first)
    jon = open_page("Jon", f"{board}?view=calendar", **WIDE)
    on(jon, first, LIBRARY).wait_for()
    maya = open_page("Maya", f"{board}?view=calendar", **WIDE)
    on(maya, first, LIBRARY).wait_for()
    drag(maya, on(maya, first, LIBRARY), maya.locator(f'td[data-day="{goal}"]'), below=True)
    on(jon, goal, LIBRARY).wait_for()
    maya.get_by_role("button", name="Undo").click()
    for page in (jon, maya):
        on(page, first, LIBRARY).wait_for()

    drag(
        maya, maya.locator(".calendar__undated").get_by_text(CORNER), maya.locator(f'td[data-day="{goal}"]'), below=True
    )
    on(jon, goal, CORNER).wait_for()
    wait_until(maya, lambda: days(live_server, scenery, CORNER)[1] == goal, "the server has it")
    on(maya, goal, CORNER).wait_for()
    drag(maya, on(maya, goal, CORNER), maya.locator(".calendar__undated"))
    jon.locator(".calendar__undated").get_by_text(CORNER).wait_for()


def test_a_day_by_keyboard(open_page: Open, board: str, scenery: Scenery, live_server: LiveServer) -> None:
    first = day_of(10)
    due(live_server, scenery, LIBRARY, first)
    live_server.call("Jon", "PATCH", f"/cards/{scenery.cards[LIBRARY]}", {"start": day_of(8)})
    maya = open_page("Maya", f"{board}?view=calendar", **WIDE)
    link = maya.locator(".calendar__month [data-keyed]", has_text=LIBRARY).first
    link.focus()
    said = press(maya, " ", "ArrowRight", "ArrowDown")
    assert "picked up" in said[0] and _spoken_day(day_of(18)) in said[2]
    said = press(maya, "Escape")
    assert "is back" in said[0]
    expect(link).to_be_focused()
    press(maya, " ", "ArrowDown", " ")
    goal = day_of(17)
    on(maya, goal, LIBRARY, part=True).wait_for(state="attached")
    wait_until(maya, lambda: LIBRARY in focused(maya), "the focus is still on it")
    wait_until(maya, lambda: days(live_server, scenery, LIBRARY) == (day_of(15), goal), "what lasts keeps its length")
    maya.keyboard.press("d")
    maya.get_by_role("dialog", name="Due").wait_for()
    maya.get_by_role("button", name="No date").click()
    expect(on(maya, goal, LIBRARY, part=True)).to_have_count(0)


def test_a_day_by_finger_and_the_days_of_a_phone(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer
) -> None:
    first, goal = day_of(8), day_of(16)
    due(live_server, scenery, LIBRARY, first)
    tablet = open_page(
        "Maya", f"{board}?view=calendar", viewport={"width": 1180, "height": 900}, has_touch=True, is_mobile=True
    )
    on(tablet, first, LIBRARY).wait_for()
    held(on(tablet, first, LIBRARY))
    on(tablet, first, LIBRARY).hover()
    finger = Finger(tablet)
    start, end = on(tablet, first, LIBRARY).bounding_box(), tablet.locator(f'td[data-day="{goal}"]').bounding_box()
    finger.down(start["x"] + 30, start["y"] + 8)
    tablet.locator(".card--ghost").wait_for()
    finger.move(end["x"] + 30, end["y"] + end["height"] / 2)
    finger.up()
    on(tablet, goal, LIBRARY).wait_for()

    phone = open_page("Maya", f"{board}?view=calendar", **PHONE)
    phone.get_by_role("heading", name=_spoken_day(goal)).wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    phone.get_by_role("region", name="Day by day").get_by_text(LIBRARY).tap()
    phone.get_by_role("dialog", name=LIBRARY).wait_for()


def test_a_full_day_opens(open_page: Open, board: str, scenery: Scenery, live_server: LiveServer) -> None:
    day = day_of(12)
    for n in range(7):
        made = live_server.call("Jon", "POST", f"/lists/{scenery.lists['Ideas']}/cards", {"title": f"Many {n}"})[1][
            "data"
        ]
        live_server.call("Jon", "PATCH", f"/cards/{made['id']}", {"due": day})
    maya = open_page("Maya", f"{board}?view=calendar", **WIDE)
    maya.locator(f'td[data-day="{day}"]').get_by_role("button", name="more on").click()
    maya.get_by_role("dialog", name=_spoken_day(day)).get_by_text("Many 6").wait_for()


# ── paper, projector, everybody ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("view", ["board", "table", "calendar"])
def test_on_paper(open_page: Open, board: str, scenery: Scenery, view: str) -> None:
    maya = open_page("Maya", f"{board}?view={view}", **WIDE)
    maya.locator(".card, .grid__row, .calendar__chip").first.wait_for()
    maya.emulate_media(media="print")
    for hidden in (
        ".nav",
        ".board-head__tools",
        ".views",
        ".composer__opener",
        ".card__tools",
        ".grid-bar",
        ".calendar__head .row",
    ):
        expect(maya.locator(hidden).filter(visible=True)).to_have_count(0)
    expect(maya.get_by_role("heading", level=1)).to_be_visible()
    assert maya.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    if view == "table":
        assert maya.evaluate("getComputedStyle(document.querySelector('.grid thead')).display") == "table-header-group"
    assert len(maya.pdf(format="A4")) > 5_000


def test_presenting(open_page: Open, board: str, scenery: Scenery, live_server: LiveServer) -> None:
    maya = open_page("Maya", board, **WIDE)
    face(maya, CORNER).wait_for()
    small = face(maya, CORNER).evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    maya.keyboard.press("p")
    wait_until(maya, lambda: "present=1" in maya.url, "the address has it")
    wait_until(maya, lambda: "shown to the room" in spoken(maya), "it is said")
    assert face(maya, CORNER).evaluate("e => parseFloat(getComputedStyle(e).fontSize)") > small * 1.15
    for hidden in (".nav", ".bell__count", ".board-head__mine", ".composer__opener", ".here"):
        expect(maya.locator(hidden).filter(visible=True)).to_have_count(0)
    say(live_server, "Jon", scenery.cards[VISITS], "@Maya Rahman please look")
    drag(maya, face(maya, LIBRARY), column(maya, "Ideas").locator("[data-cards-of]"), below=True)
    wait_until(maya, lambda: LIBRARY in cards_of(maya, "Ideas"), "it is still worked on")
    assert not maya.title().startswith("(")
    face(maya, VISITS).click()
    maya.get_by_role("dialog").wait_for()
    maya.keyboard.press("Escape")
    maya.get_by_role("dialog").wait_for(state="detached")
    assert "present=1" in maya.url, "Escape closes what lies on top first"
    maya.keyboard.press("Escape")
    wait_until(maya, lambda: "present" not in maya.url, "then it ends the showing")
    expect(maya.locator(".nav")).to_be_visible()
    other = open_page("Jon", f"{board}?present=1&view=table", **WIDE)
    other.get_by_role("button", name="End the showing").click()
    other.locator(".nav").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view(
    open_page: Open, board: str, scenery: Scenery, live_server: LiveServer, theme: str
) -> None:
    due(live_server, scenery, LIBRARY, day_of(12))
    maya = open_page("Maya", f"{board}?owner=me,nobody&due=none", color_scheme=theme, **WIDE)
    maya.locator(".board-head__filtered").wait_for()
    assert not faults(maya)
    maya.locator(".board-head__filter").click()
    maya.get_by_role("dialog", name="Show only").wait_for()
    assert not faults(maya)
    maya.keyboard.press("Escape")
    for address in ("?view=table&group=due", "?view=calendar", "?view=calendar&present=1"):
        maya.goto(board + address)
        maya.locator(".grid__row, .calendar__chip").first.wait_for()
        assert not faults(maya), address
    maya.set_viewport_size({"width": 390, "height": 844})
    for address in ("?view=table", "?view=calendar"):
        maya.goto(board + address)
        maya.locator(".grid__row, .calendar__agenda").first.wait_for()
        assert not faults(maya), f"{address} on a phone"


@pytest.mark.parametrize("view", ["board", "table", "calendar"])
@pytest.mark.parametrize(("width", "height"), [(683, 384), (320, 256)])
def test_nothing_is_cut_off_at_200_and_400_percent(
    open_page: Open, board: str, scenery: Scenery, view: str, width: int, height: int
) -> None:
    maya = open_page("Maya", f"{board}?view={view}", viewport={"width": width, "height": height})
    maya.locator(".card, .grid__row, .calendar__month").first.wait_for()
    assert maya.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    last = maya.locator(".card, .grid__row, .calendar__undated").last
    last.scroll_into_view_if_needed()
    wait_until(maya, lambda: last.bounding_box()["y"] < height, "the last is reached")


def test_mirrored(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", board, **WIDE)
    face(maya, CORNER).wait_for()
    maya.evaluate("document.dir = 'rtl'")
    left = lambda title: column(maya, title).bounding_box()["x"]  # noqa: E731
    wait_until(maya, lambda: left("Ideas") > left("Next"), "the first list stands at the right")
    face(maya, CORNER).focus()
    maya.keyboard.press("ArrowLeft")
    wait_until(maya, lambda: focused(maya) in cards_of(maya, "Next"), "left is where Next stands now")
    face(maya, CORNER).focus()
    maya.keyboard.press("Alt+ArrowLeft")
    wait_until(maya, lambda: CORNER in cards_of(maya, "Next"), "it is moved to the left")


def cell(page: Any, title: str, name: str) -> Any:
    return page.locator(".grid__row", has=page.locator('[data-col="title"]', has_text=title)).locator(
        f'[data-col="{name}"]'
    )


def at(page: Any) -> tuple[str, str]:
    """Title of the row and name of the column that have the focus."""
    found: list[str] = page.evaluate(
        """(() => { const cell = document.activeElement.closest('[data-col]'); const row = cell?.closest('tr');
        return [row?.querySelector('.grid__title > span')?.textContent ?? '', cell?.dataset.col ?? '']; })()"""
    )
    return found[0], found[1]


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator(".grid__title > span:first-child").all_inner_texts()
    return found


def on(page: Any, day: str, title: str, *, part: bool = False) -> Any:
    """What stands on a day; of what lasts, also a part without words."""
    chips = page.locator(f'td[data-day="{day}"] .calendar__chip')
    return chips.last if part else chips.filter(has_text=title)


def day_of(number: int) -> str:
    """A day of this month."""
    return datetime.now(UTC).date().replace(day=number).isoformat()


def days(server: LiveServer, scenery: Scenery, title: str) -> tuple[str | None, str | None]:
    """From when until when, as the server has it."""
    card = server.call("Jon", "GET", f"/cards/{scenery.cards[title]}")[1]["data"]
    return card["start"], card["due"]


def due(server: LiveServer, scenery: Scenery, title: str, day: str) -> None:
    status, answer = server.call("Jon", "PATCH", f"/cards/{scenery.cards[title]}", {"due": day})
    assert status == 200, answer


def _spoken_day(day: str) -> str:
    when = date.fromisoformat(day)
    return f"{when:%A} {when.day} {when:%B}"


def _label(page: Any, title: str) -> int:
    found: int = page.evaluate(
        f"JSON.parse(document.getElementById('boot').textContent).snapshot.labels.find(l => l.title === '{title}').id"
    )
    return found
