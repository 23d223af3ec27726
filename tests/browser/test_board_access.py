"""The board by every means: axe-core finds nothing, in both themes, with a dialog, a menu and a drawer open; it works at 400 % and on a phone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.board_page import CORNER, VISITS, card, face, say, write
from tests.browser.scenery import Scenery
from tests.servers import LiveServer

Open = Callable[..., Any]
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_board(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery, theme: str
) -> None:
    say(live_server, "Jon", scenery.cards[VISITS], "A [link](https://example.org) and **more**.")
    live_server.call("Jon", "PUT", f"/cards/{scenery.cards[CORNER]}/owners/3")
    maya = open_page("Maya", board, color_scheme=theme)
    face(maya, CORNER).wait_for()
    check(maya, "the board")
    card(maya, CORNER).hover()
    card(maya, CORNER).get_by_role("button", name="More for").click()
    maya.get_by_role("menuitem", name="Move to…").wait_for()
    check(maya, "a menu")
    maya.get_by_role("menuitem", name="Move to…").click()
    maya.get_by_role("dialog", name="Move to…").wait_for()
    check(maya, "Move to…")
    maya.keyboard.press("Escape")
    maya.get_by_role("dialog", name="Move to…").wait_for(state="detached")
    face(maya, VISITS).click()
    maya.get_by_role("dialog").get_by_text("more", exact=True).wait_for()
    check(maya, "a card")
    maya.get_by_role("button", name="Ask somebody").click()
    asking = maya.get_by_role("dialog", name="Ask somebody")
    asking.wait_for()
    check(maya, "asking somebody")
    maya.keyboard.press("Escape")
    asking.wait_for(state="detached")
    maya.keyboard.press("Escape")
    maya.get_by_role("dialog").wait_for(state="detached")
    maya.get_by_role("button", name="Archive", exact=True).click()
    maya.get_by_role("dialog", name="Put away").get_by_text("Nothing is archived").wait_for()
    check(maya, "the archive")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 256), (683, 384)])
def test_nothing_is_cut_off_on_small_windows(
    open_page: Open, board: str, scenery: Scenery, width: int, height: int
) -> None:
    """320 × 256 is 1280 × 1024 at 400 %, 683 × 384 is 1366 × 768 at 200 %."""
    maya = open_page("Maya", board, viewport={"width": width, "height": height})
    face(maya, CORNER).wait_for()
    assert maya.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    face(maya, CORNER).scroll_into_view_if_needed()
    face(maya, CORNER).click()
    dialog = maya.get_by_role("dialog")
    dialog.get_by_label("Write a comment").scroll_into_view_if_needed()
    dialog.get_by_label("Write a comment").fill("It fits.")
    expect(dialog.get_by_label("Write a comment")).to_have_value("It fits.")
    assert dialog.evaluate("d => d.scrollWidth - d.clientWidth") <= 0
    dialog.get_by_role("button", name="Close", exact=True).scroll_into_view_if_needed()
    dialog.get_by_role("button", name="Close", exact=True).click()
    dialog.wait_for(state="detached")


def test_an_empty_board_offers_the_first_step(open_page: Open, live_server: LiveServer, scenery: Scenery) -> None:
    status, answer = live_server.call("Jon", "POST", "/boards", {"title": "Brand new", "group_id": scenery.group})
    assert status == 201, answer
    made = answer["data"]["id"]
    for column in live_server.call("Jon", "GET", f"/boards/{made}")[1]["lists"]:
        live_server.call("Jon", "PUT", f"/lists/{column['id']}/archive")
    maya = open_page("Maya", f"/boards/{made}")
    maya.get_by_role("button", name="Add your first list").click()
    write(maya, "This week", "Enter")
    maya.get_by_role("region", name="This week", exact=True).wait_for()
    check(maya, "a new board")


def check(page: Any, what: str) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        f"axe.run(document, {{ runOnly: {json.dumps(RULES)}, resultTypes: ['violations'], preload: false }})"
    )
    broken = [
        (v["id"], v["help"], [n["html"][:160] for n in v["nodes"][:3]], v["nodes"][0].get("failureSummary", "")[:300])
        for v in found["violations"]
    ]
    assert not broken, f"{what}: {json.dumps(broken, indent=1)}"
