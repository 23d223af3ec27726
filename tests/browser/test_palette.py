"""The palette and the sheet of keys: everything by keyboard, on every page, in both themes, on a phone, without a network, without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.board_page import CORNER, VISITS, wait_until
from tests.browser.scenery import Scenery

Open = Callable[..., Any]
NARROW = {"width": 390, "height": 844}


def palette(page: Any) -> Any:
    return page.get_by_role("dialog", name="Search")


def field(page: Any) -> Any:
    return palette(page).get_by_role("combobox")


def chosen(page: Any) -> str:
    """The row that Enter would take, as a screen reader is told of it."""
    text: str = page.evaluate(
        "() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.innerText ?? ''"
    )
    return text


def ask(page: Any, q: str) -> None:
    with page.expect_response(lambda r: "/api/v1/search?" in r.url and r.status == 200):
        field(page).fill(q)
    page.locator(".palette__state").get_by_text("result").wait_for()


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_it_opens_and_goes_to_what_was_meant(scenery: Scenery, board: str, open_page: Open, key: str) -> None:
    page = open_page("Maya", "/")
    page.keyboard.press(key)
    expect(field(page)).to_be_focused()
    ask(page, "reading corner")
    wait_until(page, lambda: CORNER in chosen(page), "the card is chosen")
    wait_until(
        page, lambda: page.locator(".palette mark").all_inner_texts()[:2] == ["reading", "corner"], "why it was found"
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{board}/cards/{scenery.cards[CORNER]}")


def test_what_is_typed_before_it_is_there_is_in_it(scenery: Scenery, board: str, open_page: Open) -> None:
    page = open_page("Maya", board)
    under_way: list[Any] = []
    page.route("**/search/palette*.js*", lambda route: under_way.append(route))
    page.keyboard.press("/")
    wait_until(page, lambda: under_way, "it is being fetched")
    page.keyboard.type("find me")
    under_way[0].continue_()
    expect(field(page)).to_have_value("find me")
    expect(page.get_by_role("button", name="Mine", pressed=False)).to_be_attached()


def test_arrows_walk_round_and_what_comes_late_shifts_nothing(scenery: Scenery, open_page: Open) -> None:
    page = open_page("Maya", "/boards")
    page.keyboard.press("/")
    ask(page, "reading")
    rows = palette(page).get_by_role("option")
    rows.filter(has_text="All results").wait_for()
    titles = rows.all_inner_texts()
    assert len(titles) > 4 and "All results" in titles[-1]
    for key, title in [*(("ArrowDown", title) for title in [*titles[1:], titles[0]]), ("ArrowUp", titles[-1])]:
        page.keyboard.press(key)
        wait_until(page, lambda title=title: chosen(page) == title, f"{key} leads to {title}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=reading")
    page.locator(".found mark").nth(3).wait_for()


def test_a_card_of_this_board_opens_over_it(scenery: Scenery, board: str, open_page: Open) -> None:
    page = open_page("Maya", board)
    page.locator(".card").first.wait_for()
    page.evaluate("window.stillHere = true")
    page.keyboard.press("Control+k")
    ask(page, "pairs a week")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cards/{scenery.cards[VISITS]}")
    assert page.evaluate("window.stillHere")
    page.keyboard.press("Escape")
    page.locator("dialog[open]").wait_for(state="detached")
    page.keyboard.press("Control+k")
    palette(page).get_by_text("Opened lately").wait_for()
    palette(page).get_by_text("Looked for lately").wait_for()


def test_enter_with_control_opens_a_new_tab(scenery: Scenery, open_page: Open) -> None:
    page = open_page("Maya", "/")
    page.keyboard.press("/")
    ask(page, "reading corner")
    with page.context.expect_page() as other:
        page.keyboard.press("Control+Enter")
    other.value.wait_for_url("**/cards/*")
    expect(palette(page)).to_be_visible()


def test_commands_of_the_page(scenery: Scenery, board: str, open_page: Open) -> None:
    page = open_page("Maya", board)
    page.locator(".card").first.wait_for()
    page.keyboard.press("Control+k")
    field(page).fill("only")
    palette(page).get_by_role("option", name="Only mine").wait_for()
    wait_until(page, lambda: "Only mine" in chosen(page), "it is chosen")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Mine", pressed=True).wait_for()
    page.keyboard.press("Control+k")
    field(page).fill("dark")
    palette(page).get_by_role("option", name="Dark").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("html[data-theme=dark]").wait_for()
    page.keyboard.press("Control+k")
    field(page).fill("new c")
    palette(page).get_by_role("option", name="New card").wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("textarea:focus")).to_be_visible()


def test_it_stays_away_while_somebody_types(scenery: Scenery, board: str, open_page: Open) -> None:
    page = open_page("Maya", board)
    page.locator(".card").first.wait_for()
    page.keyboard.press("f")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("a/b?n")
    expect(page.locator("#search")).to_have_value("a/b?n")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_focus_goes_back(scenery: Scenery, open_page: Open) -> None:
    page = open_page("Maya", "/boards")
    people = page.get_by_role("link", name="People", exact=True).first
    people.focus()
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    palette(page).wait_for(state="detached")
    expect(people).to_be_focused()
    page.keyboard.press("Control+k")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Control+k")
    palette(page).wait_for(state="detached")


def test_without_a_network_it_says_so_and_keeps_what_it_had(scenery: Scenery, open_page: Open) -> None:
    page = open_page("Maya", "/")
    page.keyboard.press("/")
    ask(page, "reading corner")
    page.context.set_offline(True)
    field(page).fill("reading corn")
    palette(page).get_by_text("No connection").wait_for()
    expect(palette(page).get_by_role("option").filter(has_text=CORNER)).to_have_count(1)
    page.context.set_offline(False)
    ask(page, "reading corner in")
    field(page).fill("zzzz qqqq")
    palette(page).get_by_text("Nothing that you may see says this.").wait_for()
    field(page).fill("owner:nobodyatall x")
    palette(page).get_by_text("names nothing here").wait_for()


def test_answers_come_in_the_order_of_the_questions(scenery: Scenery, open_page: Open) -> None:
    page = open_page("Maya", "/")
    slow: list[Any] = []
    page.route("**/api/v1/search?q=reading&*", lambda route: slow.append(route))
    page.keyboard.press("/")
    field(page).fill("reading")
    expect(page.locator(".palette__list")).to_have_attribute("aria-busy", "true")
    wait_until(page, lambda: bool(slow), "the first question is under way")
    ask(page, "library")
    for route in slow:
        route.fulfill(json={"data": [], "notes": [], "next": None})
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert "library" in " ".join(palette(page).get_by_role("option").all_inner_texts()).lower()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scenery: Scenery, board: str, open_page: Open, scheme: str) -> None:
    page = open_page("Maya", board, color_scheme=scheme)
    page.locator(".card").first.wait_for()
    page.keyboard.press("Control+k")
    field(page).wait_for()
    assert faults(page) == []
    ask(page, "reading")
    assert faults(page) == []
    page.keyboard.press("Escape")
    palette(page).wait_for(state="detached")
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    assert faults(page) == []
    for path in ("/search", "/search?q=reading", "/search?q=owner:nobodyatall"):
        page.goto(path)
        assert faults(page) == [], path


def test_on_a_phone_it_fills_the_screen(scenery: Scenery, open_page: Open) -> None:
    page = open_page("Maya", "/", viewport=NARROW, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="Search").last.tap()
    field(page).wait_for()
    box = page.locator(".palette").bounding_box()
    assert (box["x"], box["y"], box["width"]) == (0, 0, 390) and box["height"] >= 800
    ask(page, "reading corner")
    for row in palette(page).get_by_role("option").all():
        assert row.bounding_box()["height"] >= 44
    palette(page).get_by_role("option").filter(has_text=CORNER).tap()
    page.wait_for_url("**/cards/*")


def test_letters_can_be_switched_off_on_ones_own_page(scenery: Scenery, board: str, open_page: Open) -> None:
    page = open_page("Maya", "/me")
    page.get_by_role("checkbox", name="Single letters are keys").uncheck()
    page.goto(board)
    page.locator(".card").first.wait_for()
    for key in ("/", "b", "?", "q", "n"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.get_by_role("button", name="Mine", pressed=False)).to_be_visible()
    page.keyboard.press("Control+k")
    field(page).wait_for()


def test_results_need_no_script(scenery: Scenery, open_page: Open) -> None:
    page = open_page("Maya", "/", java_script_enabled=False)
    page.get_by_role("link", name="Search").first.click()
    page.get_by_role("searchbox").fill("reading")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url("**/search?q=reading")
    before = page.locator(".found__one").count()
    page.get_by_role("link", name="Cards").last.click()
    wait_until(page, lambda: 0 < page.locator(".found__one").count() < before, "cards alone")
    page.get_by_role("link", name=CORNER).click()
    page.wait_for_url(f"**/cards/{scenery.cards[CORNER]}")


def test_on_a_shared_computer_nothing_is_remembered(scenery: Scenery, open_page: Open) -> None:
    page = open_page(None, "/sign-in")
    body = {"email": "maya@example.org", "password": "chalk-and-cheese-71", "shared": True}
    assert page.context.request.post("/api/v1/session", data=body).ok
    page.goto("/")
    page.keyboard.press("/")
    ask(page, "reading corner")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cards/*")
    assert page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('staffroom-'))") == []
