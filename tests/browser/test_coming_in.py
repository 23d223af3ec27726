"""From an empty installation to two people at work: the one-time code, the school, an invitation, a printed card, leaving for good."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.patience import PATIENCE_MS
from tests.school import PASSWORD
from tests.servers import LiveServer


@pytest.fixture
def fresh(tmp_path: Path, browser: Any) -> Iterator[tuple[LiveServer, Any]]:
    """A server without a school, and a maker of browser contexts."""
    data = tmp_path / "fresh"
    data.mkdir(mode=0o700)
    server = LiveServer(data).start()
    contexts = []

    def page(**options: Any) -> Any:
        context = browser.new_context(base_url=server.url, reduced_motion="reduce", **options)
        contexts.append(context)
        made = context.new_page()
        made.set_default_timeout(PATIENCE_MS)
        return made

    yield server, page
    for context in contexts:
        context.close()
    assert server.stop() == 0


def test_first_start_then_an_invitation_then_both_are_in(fresh: tuple[LiveServer, Any]) -> None:
    server, new_page = fresh
    kit = new_page()
    kit.goto("/")
    expect(kit).to_have_url(re.compile("/setup$"))
    code = (server.data / "setup-code").read_text().strip()
    assert code in server.log.read_text(), "the code is printed"
    kit.get_by_label("code", exact=False).first.fill(code)
    kit.locator("[name=school]").fill("Riverbend School")
    kit.locator("[name=name]").fill("Kit Larsen")
    kit.locator("[name=email]").fill("kit@example.org")
    kit.locator("[name=password]").fill("four quiet green chairs")
    kit.locator("form button.button--primary").first.click()
    kit.get_by_role("heading", name="A good start").wait_for()
    expect(kit).to_have_url(re.compile("/guide$"))  # it opens at the first sign-in
    kit.get_by_role("link", name="Later").click()
    kit.get_by_role("heading", name="Hello, Kit").wait_for()
    assert not (server.data / "setup-code").exists(), "the code is over"

    kit.goto("/people")
    kit.get_by_role("button", name="Add a person").first.click()
    dialog = kit.get_by_role("dialog", name="Add a person")
    dialog.get_by_label("Name").fill("Ana Ferreira")
    dialog.get_by_label("E-mail address").fill("ana@example.org")
    dialog.get_by_role("button", name="Add", exact=True).click()
    given = kit.locator("#given-address")
    expect(given).to_have_value(re.compile("^" + re.escape(server.url) + r"/invitation#\S{20,}$"))
    link = given.input_value()

    ana = new_page()
    ana.goto(link)
    ana.locator("[name=password]").fill("seven small blue boats")
    ana.locator("form button.button--primary").first.click()
    ana.get_by_role("heading", name="Hello, Ana").wait_for()

    again = new_page()
    again.goto(link)
    again.get_by_text("This link is over", exact=False).wait_for()


def test_after_signing_out_the_back_button_shows_the_sign_in_page(open_page: Callable[..., Any]) -> None:
    page = open_page("Maya", "/")
    page.goto("/people")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    page.go_back()
    page.wait_for_url("**/sign-in*")
    page.get_by_role("button", name="Sign in", exact=True).wait_for()
    assert "Maya" not in page.content()


def test_signing_in_leads_on_to_where_one_wanted_to_go(open_page: Callable[..., Any]) -> None:
    page = open_page(None, "/people")
    assert "/sign-in?next=/people" in page.url
    page.locator("[name=email]").fill("maya@example.org")
    page.locator("[name=password]").fill("wrong wrong wrong")
    page.locator("form button.button--primary").first.click()
    page.get_by_text("not right", exact=False).wait_for()
    expect(page.locator("[name=email]")).to_have_value("maya@example.org")  # nothing typed is lost
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button.button--primary").first.click()
    page.wait_for_url("**/people")


def test_a_shared_computer_keeps_nothing(open_page: Callable[..., Any]) -> None:
    page = open_page(None, "/sign-in")
    page.locator("[name=email]").fill("maya@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_label("This computer is shared").check()
    page.locator("form button.button--primary").first.click()
    page.get_by_role("heading", name="Hello, Maya").wait_for()
    cookie = next(c for c in page.context.cookies() if c["name"] == "session")
    assert cookie["expires"] == -1 and cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
