"""An organizer's first minutes: the staff list pasted, the questions answered, and the board of steps on screen."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import expect

LIST = "Name\tE-mail\tRole\nPriya Natarajan\tpriya@example.org\tTeacher\nWim Peters\t\tCaretaker\nTim Little\t\tStudent\nNoel\tnoel@\tAide"


def test_from_a_pasted_list_to_a_board_of_steps(open_page: Callable[..., Any]) -> None:
    monday = date.today() + timedelta(days=60)
    monday -= timedelta(days=monday.weekday())
    page = open_page("Ana", "/guide")
    page.get_by_label("Staff list").fill(LIST)
    shown = page.locator("[data-roster-shown]")
    shown.get_by_text("Wim Peters").wait_for()
    expect(shown.locator(".roster__line--left")).to_contain_text("no such address: left out")
    page.get_by_role("button", name="Add 3 people").click()
    page.locator("[data-roster-done]").get_by_text("2 people came in. 1 row was no staff, and is not kept.").wait_for()
    page.get_by_label("Thought partner").select_option(label="Priya Natarajan")
    page.get_by_label("The nine steps").check()
    page.get_by_label("Day of the meeting").fill(monday.isoformat())
    page.get_by_label("What we agreed").fill("Nothing after 16:30.")
    page.get_by_role("button", name="Make our start").click()
    page.wait_for_url(re.compile(r"/boards/\d+$"))
    page.get_by_text("Before you start: name what matters most").wait_for()
    page.get_by_text("First staff meeting").first.click()
    page.get_by_text("Final agenda to everybody").wait_for()


def test_what_was_typed_is_there_after_a_reload(open_page: Callable[..., Any]) -> None:
    page = open_page("Thomas", "/guide")
    page.get_by_label("A shared hour").check()
    page.get_by_label("What we agreed").fill("One meeting a week.")
    page.reload()
    expect(page.get_by_label("What we agreed")).to_have_value("One meeting a week.")
    expect(page.get_by_label("A shared hour")).to_be_checked()
    expect(page.get_by_label("Staff list")).to_have_count(0)  # only an admin adds people


def test_bringing_boards_leads_to_the_import(open_page: Callable[..., Any]) -> None:
    page = open_page("Ana", "/guide")
    page.get_by_label("Bring what you have").check()
    page.get_by_role("button", name="Make our start").click()
    page.wait_for_url(re.compile(r"/imports/new\?initiative=\d+$"))
    page.get_by_role("option", name=re.compile("Sharing leadership")).first.wait_for(state="attached")
