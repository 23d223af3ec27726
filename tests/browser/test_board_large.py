"""A board of nearly 5,000 cards opens, scrolls and stays live. (How fast, the benchmarks say.)"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import create_engine

from board.boards.models import cards
from tests.browser.board_page import CORNER, column, face, focused, held, wait_until
from tests.browser.scenery import Scenery
from tests.databases import Database, Sqlite
from tests.servers import LiveServer

Open = Callable[..., Any]
#: with those of the scenery and one more, 5,000 are not passed
CARDS = 4_900


def test_a_full_board(
    app: Flask, database: Database, open_page: Open, live_server: LiveServer, scenery: Scenery
) -> None:
    _fill(database, live_server, scenery)
    maya = open_page("Maya", f"/boards/{scenery.board}")
    ideas = column(maya, "Ideas")
    ideas.locator(".card").first.wait_for()
    assert ideas.locator(".card").count() < 200, "lists grow as one scrolls"
    assert maya.locator(".card").count() < 600

    before = ideas.locator(".card").count()
    ideas.locator("[data-cards-of]").evaluate("list => { list.scrollTop = list.scrollHeight }")
    wait_until(maya, lambda: ideas.locator(".card").count() > before, "more cards come")

    column(maya, "Next").get_by_text("1228 cards").wait_for(state="attached")
    status, answer = live_server.call("Jon", "POST", f"/lists/{scenery.lists['Next']}/cards", {"title": "One more"})
    assert status == 201, answer
    column(maya, "Next").get_by_text("1229 cards").wait_for(state="attached")
    first = scenery.cards["Write down why we do this, in half a page"]
    body = {"list_id": scenery.lists["Done"], "before_id": first}
    status, answer = live_server.call("Jon", "PUT", f"/cards/{scenery.cards[CORNER]}/position", body)
    assert status == 200, answer
    column(maya, "Done").get_by_text(CORNER).wait_for()


def test_a_card_that_is_not_grown_yet_is_reached_by_keyboard(
    app: Flask, database: Database, open_page: Open, live_server: LiveServer, scenery: Scenery
) -> None:
    _fill(database, live_server, scenery, count=400)
    maya = open_page("Maya", f"/boards/{scenery.board}")
    ideas = column(maya, "Ideas")
    ideas.locator(".card").first.wait_for()
    ideas.locator(".card__open").first.focus()
    for n in range(60):  # three of the scenery come first
        maya.keyboard.press("ArrowDown")
        wait_until(maya, lambda n=n: n < 2 or focused(maya) == f"Card {n - 2}", f"card {n - 2} has the focus")
    maya.locator("#search").fill("Card 399")
    face(maya, "Card 399").wait_for()


def test_a_long_list_scrolls_under_a_card_that_is_held_at_its_edge(
    app: Flask, database: Database, open_page: Open, live_server: LiveServer, scenery: Scenery
) -> None:
    _fill(database, live_server, scenery, count=400)
    maya = open_page("Maya", f"/boards/{scenery.board}")
    ideas = column(maya, "Ideas")
    ideas.locator(".card").first.wait_for()
    within = ideas.locator("[data-cards-of]")
    held(ideas.locator(".card").first)
    ideas.locator(".card").first.hover()
    start, box = ideas.locator(".card").first.bounding_box(), within.bounding_box()
    maya.mouse.move(start["x"] + 60, start["y"] + 16)
    maya.mouse.down()
    maya.mouse.move(start["x"] + 70, start["y"] + 40, steps=4)
    edge = box["x"] + 60, box["y"] + box["height"] - 8

    def scrolled() -> bool:
        maya.mouse.move(*edge)
        return within.evaluate("list => list.scrollTop") > 200

    wait_until(maya, scrolled, "the list scrolls")
    maya.mouse.up()


def _fill(database: Database, server: LiveServer, scenery: Scenery, count: int = CARDS) -> None:
    """Straight into the tables: over HTTP it would take a minute."""
    engine = create_engine(
        f"sqlite:///{server.data / 'board.db'}" if isinstance(database, Sqlite) else str(database.url)
    )
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    lists = list(scenery.lists.values()) if count == CARDS else [scenery.lists["Ideas"]]
    rows = [
        {
            "school_id": 1, "board_id": scenery.board, "list_id": lists[n % len(lists)], "position": f"n{n:06d}V", "title": f"Card {n}",
            "description": "", "number": 10_000 + n, "created_at": at, "created_by": 1,
        }
        for n in range(count)
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(cards.insert(), rows)
    engine.dispose()


def test_each_letter_of_the_search_is_answered(
    app: Flask, database: Database, open_page: Open, live_server: LiveServer, scenery: Scenery
) -> None:
    _fill(database, live_server, scenery)
    maya = open_page("Maya", f"/boards/{scenery.board}", viewport={"width": 1366, "height": 768})
    column(maya, "Ideas").locator(".card").first.wait_for()
    for address in ("", "?view=table"):
        maya.goto(f"/boards/{scenery.board}{address}")
        shown = maya.locator(".card, .grid__row")
        shown.first.wait_for()
        maya.locator("#search").focus()
        for key, found in (("card ", 4_900), ("4", 1_011), ("8", 111), ("9", 11), ("9", 1)):
            maya.keyboard.type(key)
            maya.get_by_text(f"{found} of 4910 cards", exact=True).wait_for()
        expect(shown).to_have_count(1)
        maya.keyboard.press("Backspace")
        expect(shown).to_have_count(11)
        maya.keyboard.press("Backspace")
        maya.get_by_text("111 of 4910 cards", exact=True).wait_for()
        assert shown.count() <= 111, "no more than fits"
